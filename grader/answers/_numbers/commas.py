"""Commas and spaces inside numbers: thousands (``12,345.6``, ``12 345``), the decimal sign (``0,75``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from grader.maths.reading.tokens import Kind, Token, text_at


@dataclass(frozen=True, slots=True)
class Joined:
    """Tokens in which each number is one token, and where those came from.

    Args:
        tokens: as joined.
        first, last: for each of them the tokens from which it was made: from ``first``, up to ``last``.
    """

    tokens: Sequence[Token]
    first: Sequence[int]
    last: Sequence[int]


def apart(tokens: Sequence[Token]) -> Joined:
    """Tokens of which none is joined with another one.

    Args:
        tokens: of the text.
    """
    return Joined(tokens, range(len(tokens)), range(1, len(tokens) + 1))


def join_commas(tokens: Sequence[Token], *, where: Callable[[int], bool] | None = None, spaces: bool = False) -> Joined:
    """Join numbers that have commas inside.

    A comma with digits right on both sides joins them: three digits after it make thousands, anything else a
    decimal comma. Where more than one comma stands so and the groups are no thousands, nothing is joined, nor is
    what alone stands in brackets: ``(5,1)`` is a pair.

    One comma before three digits may be a decimal comma as well, which the number keeps below it: “,”.

    Args:
        tokens: of the text.
        where: whether a number may be joined at this token; lists want their commas for themselves.
        spaces: one space joins thousands too, as in a bare answer: ``12 345``.
    """
    if not _may_join(tokens, spaces):
        return apart(tokens)
    joined, first, last = list[Token](), list[int](), list[int]()
    at = 0
    while at < len(tokens):
        end = at
        if tokens[at].kind is Kind.NUM and (where is None or where(at)):
            end = _end_of_run(tokens, at)
            if end == at and spaces:
                end = _end_of_spaced(tokens, at)
        groups = [t.text for t in tokens[at : end + 1] if t.kind is Kind.NUM]
        thousands = end > at and are_thousands(groups)
        if thousands or (end > at and _is_decimal(groups) and not _is_pair(tokens, at, end)):
            text = "".join(groups) if thousands else ".".join(groups)
            span, doubt = (tokens[at].start, tokens[end].end), "," if len(groups) == 2 and end - at == 2 else ""
            joined.append(Token(Kind.NUM, text, *span, tokens[at].space, Fraction(text), doubt if thousands else ""))
            first.append(at)
            last.append(end + 1)
        else:
            joined += tokens[at : end + 1]
            first += range(at, end + 1)
            last += range(at + 1, end + 2)
        at = end + 1
    return Joined(joined, first, last)


def _may_join(tokens: Sequence[Token], spaces: bool) -> bool:
    """Whether any two numbers have a comma, or nothing, between them."""
    numbers = [at for at, token in enumerate(tokens) if token.kind is Kind.NUM]
    for one, other in pairwise(numbers):
        if (other - one == 2 and tokens[one + 1].kind is Kind.SEP) or (spaces and other - one == 1):
            return True
    return False


def _is_pair(tokens: Sequence[Token], at: int, end: int) -> bool:
    return text_at(tokens, at - 1) in ("(", "[") and text_at(tokens, end + 1) in (")", "]")


def _end_of_spaced(tokens: Sequence[Token], at: int) -> int:
    """The index of the last of the groups of three digits that follow with one space before each."""
    end = at
    while end + 1 < len(tokens):
        group = tokens[end + 1]
        one = group.kind is Kind.NUM and group.start - tokens[end].end == 1
        if not one or _is_endless(group) or len(group.text.partition(".")[0]) != 3 or not group.text[:3].isdecimal():
            break
        end += 1
    return end


def _end_of_run(tokens: Sequence[Token], at: int) -> int:
    """The index of the last of the numbers with commas and no space between them that begin here."""
    end = at
    while end + 2 < len(tokens) and _is_tight(tokens[end + 1], tokens[end + 2]):
        end += 2
    return end


def _is_decimal(groups: list[str]) -> bool:
    return len(groups) == 2 and groups[0].isdecimal() and groups[1].lower().partition("e")[0].isdecimal()


def _is_tight(comma: Token, group: Token) -> bool:
    comma_only = comma.kind is Kind.SEP and comma.text == "," and not comma.space
    return comma_only and group.kind is Kind.NUM and not group.space and not _is_endless(group)


def _is_endless(number: Token) -> bool:
    """Whether the decimals of a number repeat for ever."""
    return number.text.endswith("…")


def are_thousands(groups: list[str]) -> bool:
    """Whether groups of digits are those of one number with marks between its thousands.

    Args:
        groups: as text; the last may have decimals.
    """
    lead, *middle = groups[:-1]
    last = groups[-1].partition(".")[0]
    leads = lead.isdecimal() and len(lead) <= 3 and lead[0] != "0"
    return leads and all(len(g) == 3 and g.isdecimal() for g in [*middle, last])
