"""Tables of numbers with labelled cells: Markdown, tab-separated and LaTeX, and labels in prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.answers._find import glued_after, glued_before
from grader.answers._lists import number
from grader.answers._numeric import Value
from grader.maths.lexer import Kind, Token, tokenize

_SHORTEST = 3
"""A word stands for another that begins with it from this length on: “recon” for “reconstruction”."""


@dataclass(slots=True)
class _Cell:
    words: list[str] = field(default_factory=list)
    value: Value | None = None
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Cells that were read, in the order of their names; None where one was not found.

    ``labelled`` is False where the labels were lost and the order of the cells was all there was.
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
    wanted = [_words_of(name) for name in names]
    vocabulary = _Vocabulary(wanted)
    for block in _blocks(tokens):
        rows = [_cells(tokens, first, last, known, vocabulary) for first, last in block]
        rows = [row for row in rows if row]
        table = _labelled(rows, wanted) or _in_order(rows, wanted)
        if table is not None:
            yield Table(table[0], block[0][0], block[-1][1], table[1])


def find_in_prose(tokens: Sequence[Token], names: Sequence[str], known: dict[str, Fraction]) -> Table | None:
    """Cells named in running text, such as “For α: reconstruction 0, regularization 2”; the last value counts.

    The words of names are followed as they occur. A word takes the place of those with which it never
    shares a name (β that of α), so a number belongs to the cell whose words are all in force when it comes.
    """
    wanted = [_words_of(name) for name in names]
    vocabulary = _Vocabulary(wanted)
    companions = {w: set().union(*(ws for ws in wanted if w in ws)) for ws in wanted for w in ws}
    values: list[Value | None] = [None] * len(wanted)
    spots: list[tuple[int, int]] = []
    force: set[str] = set()
    fresh = False
    opening = -1
    index = 0
    while index < len(tokens):
        if word := vocabulary.match(tokens[index]):
            force, fresh = (force & companions[word]) | {word}, True
            opening = index if opening < 0 else opening
            index += 1
            continue
        entry = _stated_number(tokens, index, known)
        if entry is None:
            index += 1
            continue
        value, after = entry
        follow = after + 1 if after < len(tokens) and tokens[after].text in _LABEL_AFTER else after
        while follow > after and follow < len(tokens) and follow < after + 5:  # “0 for α, 0.001 for β”
            if word := vocabulary.match(tokens[follow]):
                force, fresh = (force & companions[word]) | {word}, True
            elif tokens[follow].kind is not Kind.WORD:
                break
            follow += 1
        slots = [slot for slot, words in enumerate(wanted) if words <= force]
        if fresh and len(slots) == 1:
            values[slots[0]] = value
            spots.append((index, after))
            fresh = False
        index = max(after, follow)
    if not spots:
        return None
    first = min(spots[0][0], opening) if opening >= 0 else spots[0][0]
    return Table(tuple(values), first, max(end for _, end in spots), True)


_LABEL_AFTER = frozenset({"for", "with", "under", "in", "of", "("})


def _stated_number(tokens: Sequence[Token], at: int, known: dict[str, Fraction]) -> tuple[Value, int] | None:
    """A number that stands by itself: not an operand, not an entry of a matrix, not a link of a chain."""
    token = tokens[at]
    if token.kind is not Kind.NUM and token.text not in ("-", "\\frac", "√", "\\sqrt"):
        return None
    if glued_before(tokens, at) or tokens[at - 1 if at else at].text in ("&", "["):
        return None
    entry = number(tokens, at, known)
    if entry is None or glued_after(tokens, entry[1]):
        return None
    following = tokens[entry[1]] if entry[1] < len(tokens) else None
    if following is not None and (following.kind in (Kind.CLOSE, Kind.ROW) or following.text == "&"):
        return None
    return entry


def _words_of(name: str) -> set[str]:
    return {word for token in tokenize(name) if (word := _label(token))}


def _label(token: Token) -> str:
    """The word of a token as a label: symbols as they are, words in lower case."""
    if token.kind is Kind.NAME:
        return token.text
    return token.text.lower() if token.kind is Kind.WORD and len(token.text) >= _SHORTEST else ""


class _Vocabulary:
    """The words of the names, found again in a text where one is the beginning of the other."""

    def __init__(self, wanted: Sequence[set[str]]) -> None:
        self.words = set().union(*wanted)
        self.found: dict[str, str] = {}

    def match(self, token: Token) -> str:
        """The word of a name that a token stands for, or ""."""
        label = _label(token)
        if label not in self.found:
            near = [w for w in self.words if len(label) >= _SHORTEST and (w.startswith(label) or label.startswith(w))]
            near = [w for w in near if len(w) >= _SHORTEST]
            self.found[label] = label if label in self.words else (near[0] if len(near) == 1 else "")
        return self.found[label]


def _lines(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    first = 0
    for index, token in enumerate(tokens):
        if token.kind in (Kind.NEWLINE, Kind.ROW):
            yield first, index
            first = index + 1
    yield first, len(tokens)


def _blocks(tokens: Sequence[Token]) -> Iterator[list[tuple[int, int]]]:
    """Runs of lines with at least two cells each."""
    block: list[tuple[int, int]] = []
    for first, last in _lines(tokens):
        line = tokens[first:last]
        borders = sum(t.kind is Kind.CELL or t.text in ("|", "&") for t in line)
        if borders:
            block.append((first, last))
        elif all(t.kind in (Kind.BULLET, Kind.COMMAND) or t.text in ("-", "–", ":") for t in line):
            continue  # rules, and empty lines
        else:
            if len(block) >= 2:
                yield block
            block = []
    if len(block) >= 2:
        yield block


def _cells(
    tokens: Sequence[Token], first: int, last: int, known: dict[str, Fraction], vocabulary: _Vocabulary
) -> list[_Cell]:
    """The cells of a line; numbers side by side with space between them are cells of their own."""
    cells = [_Cell()]
    index = first
    while index < last:
        token = tokens[index]
        if token.kind is Kind.CELL or token.text in ("|", "&"):
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
        if word := _label(token):
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
    if len(used) < max(1, (len(wanted) + 1) // 2):
        return None
    return tuple(values), True


def _in_order(rows: list[list[_Cell]], wanted: list[set[str]]) -> _Values | None:
    """As many plain numbers as there are names, row by row, where no label contradicts the order."""
    cells = [cell for row in rows for cell in row if _plain_value(cell) is not None]
    labels = {w for row in rows[1:] for cell in row for w in cell.words}
    if len(cells) != len(wanted) or labels & set().union(*wanted):
        return None
    return tuple(c.value for c in cells), False
