"""Matrices as lines of cells: Markdown tables, columns of plain text, rows between bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.answers._matrix.tokens import parts, separator
from grader.maths.reading.tokens import Kind, Token

_BARS = frozenset("| │ ⎡ ⎢ ⎣ ⎤ ⎥ ⎦ ⎛ ⎜ ⎝ ⎞ ⎟ ⎠ ∣".split())


@dataclass(frozen=True, slots=True)
class Lines:
    """A grid of lines as one bracketed matrix.

    Args:
        tokens: for the parser.
        first, last: of the text: from ``first``, up to ``last``.
        rows, columns: how many.
        bordered: bars, tabs or ampersands stand between its cells.
        plain: its cells are numbers and nothing else.
    """

    tokens: list[Token]
    first: int
    last: int
    rows: int
    columns: int
    bordered: bool
    plain: bool


def grid_lines(tokens: Sequence[Token], first: int, last: int) -> Lines | None:
    """Lines with as many cells each, as one matrix; None where they are none.

    Args:
        tokens: of a text.
        first, last: the lines: from the token ``first``, up to ``last``.
    """
    rows: list[list[list[Token]]] = []
    numeric: list[bool] = []
    bordered = False
    for start, end in _lines(tokens, first, last):
        line = tokens[start:end]
        if not line or _is_rule(line):
            continue
        cells, border = _cells(line)
        if not cells:
            continue
        bordered = bordered or border
        numeric.append(all(_is_number(cell) for cell in cells))
        rows.append(cells)
    if bordered and len(rows) > 1 and all(numeric[1:]) and _is_head(rows[0]):
        rows, numeric = rows[1:], numeric[1:]
    if not rows or len({len(row) for row in rows}) != 1:
        return None
    out = [Token(Kind.OPEN, "[", tokens[first].start, tokens[first].start)]
    for number, row in enumerate(rows):
        if number:
            out.append(separator(";", row[0][0].start))
        for place, cell in enumerate(row):
            if place:
                out.append(separator(",", cell[0].start))
            out.extend(cell)
    end = tokens[last - 1].end
    out.append(Token(Kind.CLOSE, "]", end, end))
    return Lines(out, first, last, len(rows), len(rows[0]), bordered, all(numeric))


def _lines(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    found, start = [], first
    for index in range(first, last):
        if tokens[index].kind in (Kind.NEWLINE, Kind.ROW) or tokens[index].text == ";":
            found.append((start, index))
            start = index + 1
    found.append((start, last))
    return found


def _is_rule(line: Sequence[Token]) -> bool:
    """Whether a line is the rule of a table: ``|---|---|``, ``\\hline``, or empty cells."""
    return all(
        token.text in ("-", "–", "—", ":", "=", "+", "\\hline") or token.text in _BARS or token.kind is Kind.BULLET
        for token in line
    )


def _cells(line: Sequence[Token]) -> tuple[list[list[Token]], bool]:
    """The cells of a line, and whether borders stand between them."""
    begin, end = 0, len(line)
    if line[0].text == "[" and line[-1].text == "]":
        begin, end = 1, end - 1
    while begin < end and line[begin].text in _BARS:
        begin += 1
    while end > begin and line[end - 1].text in _BARS:
        end -= 1
    inner = line[begin:end]
    border = any(_is_border(token) for token in inner)
    cells: list[list[Token]] = [[]]
    depth = 0
    for index, token in enumerate(inner):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth == 0 and (_is_border(token) if border else token.text == ","):
            cells.append([])
            continue
        opening = depth == 1 and token.kind is Kind.OPEN
        if not border and (depth == 0 or opening) and cells[-1] and parts(inner, index):
            cells.append([])
        cells[-1].append(token)
    return ([] if any(not cell for cell in cells) else cells), border


def _is_border(token: Token) -> bool:
    return token.kind is Kind.CELL or token.text in ("|", "│", "&")


def _is_head(cells: Sequence[Sequence[Token]]) -> bool:
    """Whether the cells of the first row only name the columns."""
    return all(token.kind in (Kind.NAME, Kind.WORD) for cell in cells for token in cell)


def _is_number(cell: Sequence[Token]) -> bool:
    digits = [token for token in cell if token.kind is Kind.NUM]
    return bool(digits) and all(
        token.kind is Kind.NUM or token.text in ("-", "/", "\\frac", "√", "\\sqrt", "{", "}", "^") for token in cell
    )
