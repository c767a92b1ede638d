"""Lists of numbers in prose: brackets of every kind, LaTeX rows and columns, bare commas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.answers._find import opens_number
from grader.answers._numbers.commas import are_thousands
from grader.answers._numbers.numeric import Value, scope_of, value_of
from grader.diagnostics import AnswerError
from grader.maths.reading.parser import NotAnExpressionError, parse_prefix
from grader.maths.reading.tokens import CLOSING, Kind, Token, text_at
from grader.maths.tree import Number, Unary

MAX_ENTRIES = 10_000
"""Longest list that is read."""

MAX_CALLS = 3
"""Deepest nesting of calls around a list."""

_ARGUMENTS = 12
"""Tokens after a list, such as ``dtype=float``, among which the bracket of its call is looked for."""

_BORDERS = (Kind.SEP, Kind.CLOSE, Kind.NEWLINE, Kind.ROW)
"""After these kinds of tokens nothing of a number can follow."""

_MATRICES = frozenset(
    f"\\begin{{{kind}}}" for kind in ("bmatrix", "pmatrix", "matrix", "Bmatrix", "vmatrix", "smallmatrix", "array")
)
_ARRAY_WORDS = frozenset({"array", "tensor", "list", "tuple", "matrix", "asarray", "vector", "Matrix"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of numbers and where it stands: tokens ``first`` up to, not including, ``last``."""

    values: tuple[Value, ...]
    first: int
    last: int


def number(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> tuple[Value, int] | None:
    """The number that starts at a token.

    Args:
        tokens: of the text.
        at: where to begin.
        names: symbols with values.

    Returns:
        The number and the index past it; None where none starts there, or it has no real value.
    """
    if at >= len(tokens):
        return None
    try:
        if tokens[at].kind is Kind.NUM and (at + 1 >= len(tokens) or tokens[at + 1].kind in _BORDERS):
            return value_of(_literal(tokens[at]), names), at + 1
        node, after = parse_prefix(tokens, at, scope_of(names))
        return value_of(node, names), after
    except (NotAnExpressionError, AnswerError):
        return None


def bracketed(tokens: Sequence[Token], at: int, names: dict[str, Fraction], depth: int = 0) -> Listed | None:
    """A list in brackets, a LaTeX matrix with one row or column, or ``array([...])``, from a token on.

    Args:
        tokens: of the text.
        at: where to begin.
        names: symbols with values.
        depth: calls around it, as in ``np.array(list([...]))``; at most :data:`MAX_CALLS` are read.

    Returns:
        The list, None where none starts there.
    """
    token = tokens[at]
    if depth > MAX_CALLS:
        return None
    if token.kind is Kind.COMMAND and token.text in _MATRICES:
        return _matrix(tokens, at, names)
    if token.text in ("np", "numpy", "torch", "jnp") and text_at(tokens, at + 1) == "." and at + 2 < len(tokens):
        inside = bracketed(tokens, at + 2, names, depth + 1) if tokens[at + 2].text in _ARRAY_WORDS else None
        return Listed(inside.values, at, inside.last) if inside is not None else None
    if token.kind is Kind.WORD and token.text in _ARRAY_WORDS and text_at(tokens, at + 1) == "(":
        inside = bracketed(tokens, at + 2, names, depth + 1) if at + 2 < len(tokens) else None
        if inside is None:
            return None
        end = inside.last
        while end < len(tokens) and text_at(tokens, end) != ")" and end < inside.last + _ARGUMENTS:
            end += 1  # dtype=float and the like
        return Listed(inside.values, at, end + 1) if text_at(tokens, end) == ")" else None
    if token.kind is not Kind.OPEN or token.text not in CLOSING:
        return None
    if token.text in ("(", "[") and at + 1 < len(tokens) and tokens[at + 1].text in _MATRICES:
        inside = _matrix(tokens, at + 1, names)
        if inside is None or text_at(tokens, inside.last) != CLOSING[token.text]:
            return None
        return Listed(inside.values, at, inside.last + 1)
    return _plain(tokens, at, names)


def _plain(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> Listed | None:
    """A list in brackets, its entries numbers with commas or space between them."""
    closing = CLOSING[tokens[at].text]
    spaced = _spaced(tokens, at, closing)
    if spaced is not None:
        return spaced
    values: list[Value] = []
    index = at + 1
    while index < len(tokens) and len(values) < MAX_ENTRIES:
        index = _skip_lines(tokens, index)
        entry = _column_entry(tokens, index, names) or number(tokens, index, names)
        if entry is None:
            return None
        values.append(entry[0])
        index = _skip_lines(tokens, entry[1])
        if text_at(tokens, index) == closing:
            end = _after_transpose(tokens, index + 1)
            if has_unclear_commas(tokens, at + 1, index):
                return None
            return Listed(tuple(values), at, end) if closing != ")" or len(values) > 1 else None
        if index < len(tokens) and tokens[index].kind is Kind.SEP:
            index += 1
            if text_at(tokens, index) == closing:  # a comma after the last entry
                return Listed(tuple(values), at, index + 1)
        elif index < len(tokens) and not (tokens[index].space and tokens[index].kind in (Kind.NUM, Kind.OP)):
            return None
    return None


def _spaced(tokens: Sequence[Token], at: int, closing: str) -> Listed | None:
    """Plain numbers with nothing but space between them, as numpy prints them: ``[1 -2 3]``."""
    values: list[Value] = []
    index = at + 1
    while index < len(tokens) and tokens[index].text != closing:
        negative = tokens[index].text == "-"
        index += negative
        token = tokens[index] if index < len(tokens) else None
        apart = token is not None and (not values or tokens[index - negative].space) and not (negative and token.space)
        if token is None or token.kind is not Kind.NUM or not apart:
            return None
        values.append(value_of(Unary("-", _literal(token)) if negative else _literal(token), {}))
        index += 1
        while index < len(tokens) and tokens[index].kind is Kind.NEWLINE:
            index += 1
    return Listed(tuple(values), at, index + 1) if index < len(tokens) and len(values) > 1 else None


def _literal(token: Token) -> Number:
    return Number(token.value or Fraction(0), token.text)


def nested(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> Listed | None:
    """Rows of equal length, one after another: ``[[0, 2], [0.001, 1]]`` or a LaTeX matrix.

    Args:
        tokens: of the text.
        at: where to begin.
        names: symbols with values.

    Returns:
        The entries row by row, None where there are none.
    """
    if tokens[at].kind is Kind.COMMAND and tokens[at].text in _MATRICES:
        return _matrix(tokens, at, names, any_shape=True)
    if text_at(tokens, at) in ("np", "numpy", "torch") and text_at(tokens, at + 1) == ".":
        at += 2
    if text_at(tokens, at) in _ARRAY_WORDS and text_at(tokens, at + 1) == "(":
        inside = nested(tokens, at + 2, names) if text_at(tokens, at + 2) == "[" else None
        ends = inside is not None and text_at(tokens, inside.last) == ")"
        return Listed(inside.values, at, inside.last + 1) if inside is not None and ends else None
    if text_at(tokens, at) not in ("[", "("):
        return None
    rows: list[Listed] = []
    index = at + 1
    while index < len(tokens):
        index = _skip_lines(tokens, index)
        row = _plain(tokens, index, names) if text_at(tokens, index) in ("[", "(") else None
        if row is None or (rows and len(row.values) != len(rows[0].values)):
            return None
        rows.append(row)
        index = _skip_lines(tokens, row.last)
        if text_at(tokens, index) == CLOSING[tokens[at].text]:
            return Listed(tuple(value for row in rows for value in row.values), at, index + 1)
        index += index < len(tokens) and tokens[index].kind is Kind.SEP
    return None


def _column_entry(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> tuple[Value, int] | None:
    """An entry that stands in brackets of its own, as in ``[[0], [1]]``."""
    if text_at(tokens, at) != "[":
        return None
    entry = number(tokens, at + 1, names)
    return (entry[0], entry[1] + 1) if entry is not None and text_at(tokens, entry[1]) == "]" else None


def _after_transpose(tokens: Sequence[Token], at: int) -> int:
    """The index past a mark of transposition, which changes nothing about a list."""
    if text_at(tokens, at) != "^":
        return at
    mark = at + 1
    if text_at(tokens, mark) == "{":
        mark += 1
    if text_at(tokens, mark) in ("T", "\\top", "⊤", "ᵀ", "t"):
        return mark + 2 if text_at(tokens, mark + 1) == "}" else mark + 1
    return at


def _matrix(tokens: Sequence[Token], at: int, names: dict[str, Fraction], *, any_shape: bool = False) -> Listed | None:
    """A LaTeX matrix with one row or one column, or, where asked, of any shape, row by row."""
    end_mark = tokens[at].text.replace("begin", "end")
    index = at + 1
    if tokens[at].text == "\\begin{array}" and text_at(tokens, index) == "{":  # the column letters
        while index < len(tokens) and tokens[index].text != "}":
            index += 1
        index += 1
    rows: list[list[Value]] = [[]]
    while index < len(tokens) and tokens[index].text != end_mark:
        token = tokens[index]
        if token.kind is Kind.ROW:
            rows.append([])
            index += 1
        elif token.text == "&" or token.kind is Kind.NEWLINE:
            index += 1
        else:
            entry = number(tokens, index, names)
            if entry is None:
                return None
            rows[-1].append(entry[0])
            index = entry[1]
    if index >= len(tokens):
        return None
    rows = [row for row in rows if row]
    if len({len(row) for row in rows}) != 1 or not (any_shape or len(rows) == 1 or len(rows[0]) == 1):
        return None
    return Listed(tuple(value for row in rows for value in row), at, _after_transpose(tokens, index + 1))


def unbracketed(tokens: Sequence[Token], at: int, names: dict[str, Fraction], least: int = 3) -> Listed | None:
    """Numbers with commas between them and no brackets, perhaps with “and” before the last.

    Args:
        tokens: of the text.
        at: where to begin.
        names: symbols with values.
        least: fewer numbers are no list.

    Returns:
        The list, None where none starts there.
    """
    values: list[Value] = []
    index = at
    while index < len(tokens) and len(values) < MAX_ENTRIES:
        entry = number(tokens, index, names)
        if entry is None:
            return None
        values.append(entry[0])
        index = entry[1]
        following = _after_separator(tokens, index)
        if following is None or not _starts_number(tokens, following, names):
            break
        index = following
    if has_unclear_commas(tokens, at, index):
        return None
    return Listed(tuple(values), at, index) if len(values) >= least else None


def has_unclear_commas(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether some commas between plain numbers may stand inside of them: ``0,8, 0,5`` and ``1,234, 567``.

    That is so where commas with a space after them stand beside others without, and those join each pair as a
    decimal comma does, or thousands.

    Args:
        tokens: of the text.
        first: index of the first token of the list.
        last: index past the last.
    """
    groups: list[list[str]] = [[]]
    for at in range(first, last):
        token = tokens[at]
        if token.kind is Kind.NUM:
            if (token.space and groups[-1]) or (groups[-1] and tokens[at - 1].space):
                groups.append([])
            groups[-1].append(token.text)
        elif token.kind is not Kind.SEP and token.text != "-":
            return False
        elif token.text == "-" and token.space and groups[-1]:
            groups.append([])
    if len(groups) < 2 or all(len(group) == 1 for group in groups):
        return False
    decimals = all(len(group) == 2 and group[0].isdecimal() and group[1].isdecimal() for group in groups)
    return decimals or all(len(group) == 1 or are_thousands(group) for group in groups)


def _after_separator(tokens: Sequence[Token], at: int) -> int | None:
    """The index past a comma or an arrow, an “and”, or both; None if none of these stands at ``at``."""
    index = at
    if index < len(tokens) and (tokens[index].kind is Kind.SEP or tokens[index].text == "⇒"):
        index += 1
    if index < len(tokens) and (tokens[index].text in ("and", "then", "finally", "next", "&")):
        index += 1
    return index if index > at else None


def _starts_number(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> bool:
    if at >= len(tokens):
        return False
    token = tokens[at]
    return opens_number(token) or token.text == "(" or token.symbol in names


def _skip_lines(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].kind is Kind.NEWLINE:
        at += 1
    return at
