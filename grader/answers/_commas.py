"""Commas inside numbers: between thousands (``12,345.6``) and as the decimal sign (``0,75``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.maths.lexer import Kind, Token


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
        end = _end_of_number(tokens, at) if where(at) else at
        token = tokens[at]
        if end > at:
            text = _joined_text([t.text for t in tokens[at : end + 1] if t.kind is Kind.NUM])
            token = Token(Kind.NUM, text, token.start, tokens[end].end, token.space, Fraction(text))
        joined.tokens.append(token)
        joined.first.append(at)
        joined.last.append(end + 1)
        at = end + 1
    return joined


def _joined_text(groups: list[str]) -> str:
    return "".join(groups) if _are_thousands(groups) else ".".join(groups)


def _end_of_number(tokens: Sequence[Token], at: int) -> int:
    """The index of the last token of the number that begins here."""
    if tokens[at].kind is not Kind.NUM:
        return at
    end = at
    while end + 2 < len(tokens) and _is_tight(tokens[end + 1], tokens[end + 2]):
        end += 2
    groups = [t.text for t in tokens[at : end + 1] if t.kind is Kind.NUM]
    decimal = len(groups) == 2 and groups[0].isdecimal() and groups[1].lower().partition("e")[0].isdecimal()
    return end if end > at and (decimal or _are_thousands(groups)) else at


def _is_tight(comma: Token, group: Token) -> bool:
    comma_only = comma.kind is Kind.SEP and comma.text == "," and not comma.space
    return comma_only and group.kind is Kind.NUM and not group.space


def _are_thousands(groups: list[str]) -> bool:
    lead, *middle = groups[:-1]
    last = groups[-1].partition(".")[0]
    leads = lead.isdecimal() and len(lead) <= 3 and lead[0] != "0"
    return leads and all(len(g) == 3 and g.isdecimal() for g in [*middle, last])
