"""Lists of numbers in prose: brackets of every kind, LaTeX rows and columns, bare commas, indexed statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.answers import _find
from grader.answers._numeric import Value, value_of
from grader.diagnostics import AnswerError
from grader.maths.lexer import Kind, Token
from grader.maths.parser import CONSTANTS, NotAnExpressionError, parse_prefix
from grader.maths.tree import Number, Unary

MAX_ENTRIES = 10_000
"""Longest list that is read."""

_MATRICES = frozenset(
    f"\\begin{{{kind}}}" for kind in ("bmatrix", "pmatrix", "matrix", "Bmatrix", "vmatrix", "smallmatrix", "array")
)
_ARRAY_WORDS = frozenset({"array", "tensor", "list", "tuple", "matrix", "asarray", "vector", "Matrix"})
_CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "⟨": "⟩"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of numbers and where it stands: tokens ``first`` up to, not including, ``last``."""

    values: tuple[Value, ...]
    first: int
    last: int


def number(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> tuple[Value, int] | None:
    """The number that starts at token ``at``, and the index past it."""
    try:
        node, after = parse_prefix(tokens, at, lambda name: name in CONSTANTS or name in names)
        return value_of(node, names), after
    except (NotAnExpressionError, AnswerError):
        return None


def bracketed(tokens: Sequence[Token], at: int, names: dict[str, Fraction], depth: int = 0) -> Listed | None:
    """A list in brackets, a LaTeX matrix with one row or column, or ``array([...])``, from token ``at`` on."""
    token = tokens[at]
    if depth > 3:
        return None
    if token.kind is Kind.COMMAND and token.text in _MATRICES:
        return _matrix(tokens, at, names)
    if token.text in ("np", "numpy", "torch", "jnp") and _text(tokens, at + 1) == "." and at + 2 < len(tokens):
        inside = bracketed(tokens, at + 2, names, depth + 1) if tokens[at + 2].text in _ARRAY_WORDS else None
        return Listed(inside.values, at, inside.last) if inside is not None else None
    if token.kind is Kind.WORD and token.text in _ARRAY_WORDS and _text(tokens, at + 1) == "(":
        inside = bracketed(tokens, at + 2, names, depth + 1) if at + 2 < len(tokens) else None
        if inside is None:
            return None
        end = inside.last
        while end < len(tokens) and _text(tokens, end) != ")" and end < inside.last + 12:
            end += 1  # dtype=float and the like
        return Listed(inside.values, at, end + 1) if _text(tokens, end) == ")" else None
    if token.kind is not Kind.OPEN or token.text not in _CLOSING:
        return None
    if token.text in ("(", "[") and at + 1 < len(tokens) and tokens[at + 1].text in _MATRICES:
        inside = _matrix(tokens, at + 1, names)
        if inside is None or _text(tokens, inside.last) != _CLOSING[token.text]:
            return None
        return Listed(inside.values, at, inside.last + 1)
    return _plain(tokens, at, names)


def _plain(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> Listed | None:
    closing = _CLOSING[tokens[at].text]
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
        if _text(tokens, index) == closing:
            end = _after_transpose(tokens, index + 1)
            return Listed(tuple(values), at, end) if closing != ")" or len(values) > 1 else None
        if index < len(tokens) and tokens[index].kind is Kind.SEP:
            index += 1
            if _text(tokens, index) == closing:  # a comma after the last entry
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
    """Rows of equal length, one after another: ``[[0, 2], [0.001, 1]]`` or a LaTeX matrix."""
    if tokens[at].kind is Kind.COMMAND and tokens[at].text in _MATRICES:
        return _matrix(tokens, at, names, any_shape=True)
    if _text(tokens, at) in ("np", "numpy", "torch") and _text(tokens, at + 1) == ".":
        at += 2
    if _text(tokens, at) in _ARRAY_WORDS and _text(tokens, at + 1) == "(":
        inside = nested(tokens, at + 2, names) if _text(tokens, at + 2) == "[" else None
        ends = inside is not None and _text(tokens, inside.last) == ")"
        return Listed(inside.values, at, inside.last + 1) if inside is not None and ends else None
    if _text(tokens, at) not in ("[", "("):
        return None
    rows: list[Listed] = []
    index = at + 1
    while index < len(tokens):
        index = _skip_lines(tokens, index)
        row = _plain(tokens, index, names) if _text(tokens, index) in ("[", "(") else None
        if row is None or (rows and len(row.values) != len(rows[0].values)):
            return None
        rows.append(row)
        index = _skip_lines(tokens, row.last)
        if _text(tokens, index) == _CLOSING[tokens[at].text]:
            return Listed(tuple(value for row in rows for value in row.values), at, index + 1)
        index += index < len(tokens) and tokens[index].kind is Kind.SEP
    return None


def _column_entry(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> tuple[Value, int] | None:
    """An entry that stands in brackets of its own, as in ``[[0], [1]]``."""
    if _text(tokens, at) != "[":
        return None
    entry = number(tokens, at + 1, names)
    return (entry[0], entry[1] + 1) if entry is not None and _text(tokens, entry[1]) == "]" else None


def _after_transpose(tokens: Sequence[Token], at: int) -> int:
    """The index past a mark of transposition, which changes nothing about a list."""
    if _text(tokens, at) != "^":
        return at
    mark = at + 1
    if _text(tokens, mark) == "{":
        mark += 1
    if _text(tokens, mark) in ("T", "\\top", "⊤", "ᵀ", "t"):
        return mark + 2 if _text(tokens, mark + 1) == "}" else mark + 1
    return at


def _matrix(tokens: Sequence[Token], at: int, names: dict[str, Fraction], *, any_shape: bool = False) -> Listed | None:
    """A LaTeX matrix with one row or one column, or, where asked, of any shape, row by row."""
    end_mark = tokens[at].text.replace("begin", "end")
    index = at + 1
    if tokens[at].text == "\\begin{array}" and _text(tokens, index) == "{":  # the column letters
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
    """Numbers with commas between them and no brackets, perhaps with “and” before the last."""
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
    return Listed(tuple(values), at, index) if len(values) >= least else None


def _after_separator(tokens: Sequence[Token], at: int) -> int | None:
    """The index past a comma, an “and”, or both; None if none of these stands at ``at``."""
    index = at
    if index < len(tokens) and tokens[index].kind is Kind.SEP:
        index += 1
    if index < len(tokens) and (tokens[index].text in ("and", "then", "&")):
        index += 1
    return index if index > at else None


def _starts_number(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> bool:
    if at >= len(tokens):
        return False
    token = tokens[at]
    return token.kind is Kind.NUM or token.text in ("-", "\\frac", "√", "\\sqrt", "(") or token.symbol in names


@dataclass(frozen=True, slots=True)
class Indexed:
    """A statement such as ``K_2 = 1.2``: symbol, index, the value (None if unreadable) and its tokens."""

    symbol: str
    index: int
    value: Value | None
    first: int
    last: int


def indexed_statements(tokens: Sequence[Token], names: dict[str, Fraction]) -> Iterator[Indexed]:
    """All statements that give a value to a symbol with a number as its index, in order.

    ``K_2 = C A B = 1.2`` gives 1.2: the last member of the chain. ``K[2] = 1.2`` and ``K(2) = 1.2``,
    ``K2 = 1.2`` are read too.
    """
    at = 0
    while at < len(tokens):
        head = _indexed_head(tokens, at)
        if head is None:
            at += 1
            continue
        symbol, index, after = head
        end, value_at = after, after
        while end < len(tokens) and not _ends_statement(tokens, end):
            if tokens[end].text == "=":
                value_at = end + 1
            elif tokens[end].text == "≈":
                break
            end += 1
        entry = number(tokens, value_at, names) if value_at < len(tokens) else None
        value, last = None, end
        if entry is not None and not _find.glued_after(tokens, entry[1]):
            value, last = entry
        yield Indexed(symbol, index, value, at, last)
        at = max(last, at + 1)


def _indexed_head(tokens: Sequence[Token], at: int) -> tuple[str, int, int] | None:
    """``K_2 =``, ``K[2] =``, ``K(2) =`` or ``K2 =`` at token ``at``: symbol, index, index past the equals sign."""
    token = tokens[at]
    operand = at > 0 and tokens[at - 1].kind is Kind.OP and tokens[at - 1].text in "/*+-^"
    if token.kind is not Kind.NAME or operand:
        return None
    if token.sub.isdecimal() and len(token.sub) < 6:
        index, after = int(token.sub), at + 1
    elif _text(tokens, at + 1) in ("[", "(") and _is_index(tokens, at + 2) and _text(tokens, at + 3) in ("]", ")"):
        index, after = int(tokens[at + 2].text), at + 4
    elif _is_index(tokens, at + 1) and not tokens[at + 1].space and not token.sub:
        index, after = int(tokens[at + 1].text), at + 2
    else:
        return None
    after += _text(tokens, after) == "&"  # K_0 &= 0
    return (token.text, index, after + 1) if _text(tokens, after) in ("=", ":", "≈") else None


def _is_index(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.NUM and tokens[at].text.isdecimal() and len(tokens[at].text) < 6


def _ends_statement(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind is Kind.PUNCT and token.text in ".?!":
        return at + 1 >= len(tokens) or tokens[at + 1].space or tokens[at + 1].kind is Kind.NEWLINE
    if token.kind in (Kind.NEWLINE, Kind.SEP, Kind.CELL) or token.text in ("⇒", ";", "and", "so", "from", "where"):
        return not (token.kind is Kind.SEP and _inside(tokens, at))
    return token.kind is Kind.ROW


def _inside(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma stands inside brackets, looking back over the statement only."""
    depth = 0
    for index in range(at - 1, max(-1, at - 60), -1):
        token = tokens[index]
        if token.kind is Kind.NEWLINE:
            break
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth > 0:
            return True
    return False


def _skip_lines(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].kind is Kind.NEWLINE:
        at += 1
    return at


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""
