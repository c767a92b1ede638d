"""Tables as Markdown, in which nothing that came from outside acts as markup."""

from __future__ import annotations

import re

from grader.analysis.papers.table import Kind, Table, plain, words

_ACTIVE = re.compile(r"([\\`*_|~$&]|<(?! )|\](?=[\[(]))")  # a bracket alone is none of a link, nor is "< 0.001" a tag


def markdown_of(table: Table) -> str:
    """The table under its caption, and the note below it.

    Args:
        table: any.
    """
    lines = [f"**{escaped(table.caption)}**", ""]
    lines.append(_line([escaped(column.title) for column in table.columns]))
    lines.append(_line([":--" if column.kind is Kind.TEXT else "--:" for column in table.columns]))
    for row in table.printed:
        lines.append(_line([escaped(words(cell, col.kind)) for cell, col in zip(row, table.columns, strict=True)]))
    return "\n".join([*lines, "", escaped(table.notes), ""])


def escaped(text: str) -> str:
    """Words that Markdown shows as they are.

    Args:
        text: any.
    """
    return _ACTIVE.sub(r"\\\1", plain(text))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
