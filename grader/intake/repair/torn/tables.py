"""Tables that were set as matrices with a first row of words, written as tables."""

from __future__ import annotations

import re

_TABLE = re.compile(r"\\begin\{matrix\} (.{1,4000}) \\end\{matrix\}")
_WORDS = re.compile(r"(?:\\text\{\w{1,40}\}\s?){1,6}")
_FEWEST = 2


def table_of(tex: str) -> list[str] | None:
    """The lines of a table.

    Args:
        tex: a formula.

    Returns:
        Lines of a table in Markdown; None for a formula that is no table.
    """
    matrix = _TABLE.fullmatch(tex)
    if matrix is None:
        return None
    first, *rows = [[cell.strip() for cell in row.split(" & ")] for row in matrix.group(1).split(r" \\ ")]
    if len(first) < _FEWEST or not all(_WORDS.fullmatch(cell) for cell in first):
        return None
    titles = [" ".join(re.findall(r"\{(\w+)\}", cell)) for cell in first]
    body = [[f"${cell}$" for cell in row] for row in rows]
    return [_row(titles), "|" + "---|" * len(titles), *map(_row, body)]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
