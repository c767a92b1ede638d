"""Commas inside numbers: between thousands (``12,345.6``) and as the decimal sign (``0,75``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.maths.tokens import Kind, Token


@dataclass(frozen=True, slots=True)
class Joined:
    """Tokens in which each number is one token, and where those came from.

    Args:
        tokens: as joined.
        first, last: for each of them the tokens from which it was made: from ``first``, up to ``last``.
    """

    tokens: list[Token]
    first: list[int]
    last: list[int]


def join_commas(tokens: Sequence[Token], *, where: Callable[[int], bool] = lambda _: True) -> Joined:
    """Join numbers that have commas inside.

    A comma with digits right on both sides joins them: three digits after it make thousands, anything else a
    decimal comma. Where more than one comma stands so and the groups are no thousands, nothing is joined.

    Args:
        tokens: of the text.
        where: whether a number may be joined at this token; lists want their commas for themselves.
    """
    joined = Joined([], [], [])
    at = 0
    while at < len(tokens):
        end = _end_of_run(tokens, at) if where(at) else at
        groups = [t.text for t in tokens[at : end + 1] if t.kind is Kind.NUM]
        if end > at and (_are_thousands(groups) or _is_decimal(groups)):
            text = "".join(groups) if _are_thousands(groups) else ".".join(groups)
            whole = Token(Kind.NUM, text, tokens[at].start, tokens[end].end, tokens[at].space, Fraction(text))
            _append(joined, whole, at, end + 1)
        else:
            for index in range(at, end + 1):
                _append(joined, tokens[index], index, index + 1)
        at = end + 1
    return joined


def _append(joined: Joined, token: Token, first: int, last: int) -> None:
    joined.tokens.append(token)
    joined.first.append(first)
    joined.last.append(last)


def _end_of_run(tokens: Sequence[Token], at: int) -> int:
    """The index of the last of the numbers with commas and no space between them that begin here."""
    end = at
    if tokens[at].kind is Kind.NUM:
        while end + 2 < len(tokens) and _is_tight(tokens[end + 1], tokens[end + 2]):
            end += 2
    return end


def _is_decimal(groups: list[str]) -> bool:
    return len(groups) == 2 and groups[0].isdecimal() and groups[1].lower().partition("e")[0].isdecimal()


def _is_tight(comma: Token, group: Token) -> bool:
    comma_only = comma.kind is Kind.SEP and comma.text == "," and not comma.space
    return comma_only and group.kind is Kind.NUM and not group.space


def _are_thousands(groups: list[str]) -> bool:
    lead, *middle = groups[:-1]
    last = groups[-1].partition(".")[0]
    leads = lead.isdecimal() and len(lead) <= 3 and lead[0] != "0"
    return leads and all(len(g) == 3 and g.isdecimal() for g in [*middle, last])
