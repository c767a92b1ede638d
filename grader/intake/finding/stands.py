"""How a value stands in its text: before a dash that opens the reasons, the other way round, in a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from grader.answers.base import Match
from grader.maths.reading.tokens import Kind, Token

_DASHES = frozenset("— – -".split())
_LISTS = frozenset({"and", ","})
_FEW = 3
"""Most marks before a value that begins a text."""


class _Sentences(Protocol):
    """A text whose sentences are known."""

    @property
    def tokens(self) -> Sequence[Token]:
        """All of it."""

    @property
    def words(self) -> Sequence[str]:
        """The tokens as words, in lower case."""

    def before(self, at: int) -> Sequence[str]:
        """The words of the sentence before a token."""

    def ends_sentence(self, at: int) -> bool:
        """Whether nothing of a sentence stands from a token on but its end."""


def inverted(text: _Sentences, match: Match[Any]) -> bool:
    """Whether a value is said of “it”, the other way round, and nothing else: “5 it is.”, “5 is.”

    Args:
        text: in which it stands.
        match: the value.
    """
    after = match.last + (text.words[match.last : match.last + 1] == ["it"])
    says = text.words[after : after + 1] == ["is"] and text.ends_sentence(after + 1)
    return says and not text.before(match.first)


def heads(text: _Sentences, match: Match[Any]) -> bool:
    """Whether a value begins the text, and a dash and words follow it: “50 – the ratio of the two”.

    Args:
        text: in which it stands.
        match: the value.
    """
    dash, word = match.last, match.last + 1
    if match.first > _FEW or word >= len(text.tokens):
        return False
    follows = text.words[dash] in _DASHES and text.tokens[word].kind is Kind.WORD
    return follows and all(token.kind in (Kind.NEWLINE, Kind.BULLET) for token in text.tokens[: match.first])


def listed(text: _Sentences, match: Match[Any]) -> bool:
    """Whether a value stands beside another number in a list: “8 and 2”, “1, −7, 10”.

    Args:
        text: in which it stands.
        match: the value.
    """
    first, last = match.first, match.last
    signed = text.words[last + 1 : last + 2] in (["-"], ["−"], ["+"])
    behind = [token.kind for token in text.tokens[last + 1 + signed : last + 2 + signed]] == [Kind.NUM]
    before = first > 1 and text.tokens[first - 2].kind is Kind.NUM
    return (behind and text.words[last] in _LISTS) or (before and text.words[first - 1] in _LISTS)
