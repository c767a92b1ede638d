"""Statements that give a value to one entry of a sequence: ``K_2 = 1.2``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.answers import _find
from grader.answers._numbers.numeric import Value
from grader.answers._sequences.brackets import number
from grader.maths.reading.tokens import Kind, Token, text_at

_MOST_DIGITS = 5
"""Longer numbers are no index: no sequence has as many entries."""

_LOOK_BACK = 60
"""Tokens in which the bracket around a comma is looked for; bounded, to keep reading linear."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A statement such as ``K_2 = 1.2``.

    Args:
        symbol: the name without its index.
        index: of the entry.
        value: of the entry; None if it cannot be read.
        first: index of its first token.
        last: index past its last token.
    """

    symbol: str
    index: int
    value: Value | None
    first: int
    last: int


def indexed_statements(tokens: Sequence[Token], names: dict[str, Fraction]) -> Iterator[Indexed]:
    """All statements that give a value to a symbol with a number as its index, in order.

    ``K_2 = C A B = 1.2`` gives 1.2: the last member of the chain. ``K[2] = 1.2``, ``K(2) = 1.2`` and
    ``K2 = 1.2`` are read too.

    Args:
        tokens: of the text.
        names: symbols with values.
    """
    at = 0
    while at < len(tokens):
        head = _indexed_head(tokens, at)
        if head is None:
            at += 1
            continue
        symbol, index, after = head
        end, value_at = after, after
        members = [after]
        while end < len(tokens) and not _ends_statement(tokens, end):
            if tokens[end].text == "=":
                value_at = end + 1
                members.append(value_at)
            elif tokens[end].text == "≈":
                break
            end += 1
        entry = number(tokens, value_at, names) if value_at < len(tokens) else None
        value, last = None, end
        if entry is not None and not _find.glued_after(tokens, entry[1]):
            value, last = entry
        yield Indexed(symbol, index, value, at, last)
        for member in members:  # F_0 = F_1 = 1
            if member < len(tokens) and (other := _indexed_head(tokens, member)) is not None:
                yield Indexed(other[0], other[1], value, member, last)
        at = max(last, at + 1)


def _indexed_head(tokens: Sequence[Token], at: int) -> tuple[str, int, int] | None:
    """``K_2 =``, ``K[2] =``, ``K(2) =``, ``K^{(2)} =`` or ``K2 =``: symbol, index, index past the sign."""
    token = tokens[at]
    operand = at > 0 and tokens[at - 1].kind is Kind.OP and tokens[at - 1].text in "/*+-^"
    if token.kind is not Kind.NAME or operand:
        return None
    if token.sub.isdecimal() and len(token.sub) <= _MOST_DIGITS:
        index, after = int(token.sub), at + 1
    elif text_at(tokens, at + 1) in ("[", "(") and _is_index(tokens, at + 2) and text_at(tokens, at + 3) in ("]", ")"):
        index, after = int(tokens[at + 2].text), at + 4
    elif (power := _step_mark(tokens, at + 1)) is not None:
        index, after = power
    elif _is_index(tokens, at + 1) and not tokens[at + 1].space and not token.sub:
        index, after = int(tokens[at + 1].text), at + 2
    else:
        return None
    after += text_at(tokens, after) == "&"  # K_0 &= 0
    return (token.text, index, after + 1) if text_at(tokens, after) in ("=", ":", "≈") else None


def _step_mark(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The number of an iterate, ``^{(2)}``, and the index past it."""
    if text_at(tokens, at) != "^":
        return None
    braced = text_at(tokens, at + 1) == "{"
    first = at + 1 + braced
    if text_at(tokens, first) != "(" or not _is_index(tokens, first + 1) or text_at(tokens, first + 2) != ")":
        return None
    shut = not braced or text_at(tokens, first + 3) == "}"
    return (int(tokens[first + 1].text), first + 3 + braced) if shut else None


def _is_index(tokens: Sequence[Token], at: int) -> bool:
    return (
        at < len(tokens)
        and tokens[at].kind is Kind.NUM
        and tokens[at].text.isdecimal()
        and len(tokens[at].text) <= _MOST_DIGITS
    )


def _ends_statement(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind is Kind.PUNCT:
        return _find.ends_sentence(tokens, at)
    if token.kind in (Kind.NEWLINE, Kind.SEP, Kind.CELL) or token.text in ("⇒", ";", "and", "so", "from", "where"):
        return not (token.kind is Kind.SEP and _inside(tokens, at))
    return token.kind is Kind.ROW


def _inside(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma stands inside brackets, looking back over the statement only."""
    depth = 0
    for index in range(at - 1, max(-1, at - _LOOK_BACK), -1):
        token = tokens[index]
        if token.kind is Kind.NEWLINE:
            break
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth > 0:
            return True
    return False
