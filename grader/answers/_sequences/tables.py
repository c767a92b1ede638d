"""Tables of numbers with labelled cells: Markdown, tab-separated and LaTeX, and labels in prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.answers._numbers.numeric import Value
from grader.answers._sequences.brackets import number
from grader.answers._sequences.vocabulary import Vocabulary, label_of
from grader.maths.reading.tokens import Kind, Token


@dataclass(slots=True)
class _Cell:
    words: list[str] = field(default_factory=list)
    value: Value | None = None
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table.

    Args:
        values: in the order of their names; None where a cell was not found.
        first: index of the first token of the table.
        last: index past its last token.
        labelled: False where the labels were lost and the order of the cells was all there was.
    """

    values: tuple[Value | None, ...]
    first: int
    last: int
    labelled: bool


_Values = tuple[tuple[Value | None, ...], bool]  # the cells, and whether labels told them apart


def find_tables(tokens: Sequence[Token], names: Sequence[str], known: dict[str, Fraction]) -> Iterator[Table]:
    """Tables that hold the named cells, in order.

    Args:
        tokens: of the text.
        names: of the cells, such as ``α reconstruction``: the words of its row and column.
        known: symbols with values.
    """
    vocabulary = Vocabulary(names)
    wanted = vocabulary.wanted
    for block in _blocks(tokens):
        rows = [_cells(tokens, first, last, known, vocabulary) for first, last in block]
        rows = [row for row in rows if row]
        table = _labelled(rows, wanted) or _in_order(rows, wanted)
        if table is not None:
            yield Table(table[0], block[0][0], block[-1][1], table[1])


def _lines(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    first = 0
    for index, token in enumerate(tokens):
        if token.kind in (Kind.NEWLINE, Kind.ROW):
            yield first, index
            first = index + 1
    yield first, len(tokens)


def _blocks(tokens: Sequence[Token]) -> Iterator[list[tuple[int, int]]]:
    """Runs of at least two lines with cells, without a blank line between."""
    block: list[tuple[int, int]] = []
    for first, last in _lines(tokens):
        line = tokens[first:last]
        after_blank = first > 0 and tokens[first - 1].text == "\n\n"
        cells = any(_is_border(tokens, index) for index in range(first, last))
        is_rule = all(t.kind in (Kind.BULLET, Kind.COMMAND) or t.text in ("-", "–", ":") for t in line)
        if block and (after_blank or not (cells or is_rule)):
            if len(block) >= 2:
                yield block
            block = []
        if cells:
            block.append((first, last))
    if len(block) >= 2:
        yield block


def in_tables(tokens: Sequence[Token]) -> list[bool]:
    """For each token whether it stands in a table.

    Args:
        tokens: of the text.
    """
    inside = [False] * len(tokens)
    for block in _blocks(tokens):
        first, last = block[0][0], block[-1][1]
        inside[first:last] = [True] * (last - first)
    return inside


def _is_border(tokens: Sequence[Token], at: int) -> bool:
    """Whether a cell ends before this token: a tab, a rule, or a wide gap as in columns of plain text."""
    return _is_rule(tokens[at]) or _is_wide_gap(tokens, at)


def _is_rule(token: Token) -> bool:
    return token.kind is Kind.CELL or token.text in ("|", "&")


def _is_wide_gap(tokens: Sequence[Token], at: int) -> bool:
    if at == 0 or not tokens[at].wide:
        return False
    return not any(_is_rule(t) or t.kind in (Kind.NEWLINE, Kind.BULLET) for t in (tokens[at - 1], tokens[at]))


def _cells(
    tokens: Sequence[Token], first: int, last: int, known: dict[str, Fraction], vocabulary: Vocabulary
) -> list[_Cell]:
    """The cells of a line; numbers side by side with space between them are cells of their own."""
    cells = [_Cell()]
    index = first
    while index < last:
        token = tokens[index]
        if index > first and _is_wide_gap(tokens, index):
            cells.append(_Cell())
        elif _is_border(tokens, index):
            cells.append(_Cell())
            index += 1
            continue
        cell = cells[-1]
        entry = number(tokens, index, known)
        if entry is not None and entry[1] <= last and not (token.kind is Kind.NAME and token.text not in known):
            if cell.value is not None and cell.tokens == 1:
                cells.append(cell := _Cell())
            cell.value = entry[0]
            cell.tokens += 1
            index = entry[1]
            continue
        if word := label_of(token):
            cell.words.append(vocabulary.match(token) or word)
        cell.tokens += token.kind is not Kind.BULLET
        index += 1
    return cells


def _plain_value(cell: _Cell) -> Value | None:
    """The number of a cell that is a number, perhaps at the end of a computation, and nothing else."""
    return cell.value if cell.value is not None and not [w for w in cell.words if len(w) > 1] else None


def _labelled(rows: list[list[_Cell]], wanted: list[set[str]]) -> _Values | None:
    """The cells whose row and column labels carry the words of each name."""
    if len(rows) < 2:
        return None
    header = rows[0]
    if all(len(row) == len(header) + 1 and _plain_value(row[0]) is None for row in rows[1:]):
        header = [_Cell(), *header]  # the corner is empty and left out
    values: list[Value | None] = [None] * len(wanted)
    used: set[int] = set()
    for row in rows[1:]:
        lead = {w for cell in row if _plain_value(cell) is None for w in cell.words}
        for column, cell in enumerate(row):
            if _plain_value(cell) is None:
                continue
            labels = lead | (set(header[column].words) if column < len(header) else set())
            slots = [slot for slot, words in enumerate(wanted) if words <= labels]
            if len(slots) == 1 and slots[0] not in used:
                used.add(slots[0])
                values[slots[0]] = cell.value
    plain = sum(_plain_value(cell) is not None for row in rows[1:] for cell in row)
    if len(used) < max(1, (len(wanted) + 1) // 2) or len(used) < min(plain, len(wanted)):
        return None  # a number without a name may be the missing cell
    return tuple(values), True


def _in_order(rows: list[list[_Cell]], wanted: list[set[str]]) -> _Values | None:
    """As many plain numbers as there are names, row by row, where no label contradicts the order."""
    cells = [cell for row in rows for cell in row if _plain_value(cell) is not None]
    labels = {w for row in rows[1:] for cell in row for w in cell.words}
    if len(cells) != len(wanted) or labels & set().union(*wanted):
        return None
    return tuple(c.value for c in cells), False


def find_indexed(tokens: Sequence[Token], start: int, known: dict[str, Fraction]) -> Iterator[Table]:
    """Tables of an index and its values: two rows, or two columns, one of which counts up from ``start``.

    Args:
        tokens: of the text.
        start: the first index.
        known: symbols with values.
    """
    for block in _blocks(tokens):
        rows = [_cells(tokens, first, last, known, Vocabulary(())) for first, last in block]
        plain = [[value for cell in row if (value := _plain_value(cell)) is not None] for row in rows]
        plain = [row for row in plain if row]
        columns = [list(column) for column in zip(*plain, strict=False)] if {len(row) for row in plain} == {2} else []
        for pair in (plain, columns):
            if len(pair) != 2:
                continue
            index, values = pair
            if len(index) == len(values) > 1 and _counts(index, start):
                yield Table(tuple(values), block[0][0], block[-1][1], True)
                break


def _counts(values: Sequence[Value], start: int) -> bool:
    return all(value.real.fraction == start + place for place, value in enumerate(values))
