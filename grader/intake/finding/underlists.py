"""What stands above a list says whose the results in it are, or that they are only set beside one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from grader.intake.finding import cues
from grader.maths.reading.tokens import Kind, Token

_SHORT = 6  # words of a line that is a label
_NEAR = 40  # words of a line above a list that are looked at


class _Lines(Protocol):
    """A text whose lines are known."""

    @property
    def tokens(self) -> Sequence[Token]:
        """All of it."""

    @property
    def words(self) -> Sequence[str]:
        """The tokens as words, in lower case."""

    def line(self, at: int) -> int:
        """The first token of the line of a token."""


def introduction(text: _Lines, at: int) -> Sequence[str]:
    """The words of the line above the list in which a token stands; none where it is in no list.

    Args:
        text: the text.
        at: index of the token.
    """
    first = text.line(at)
    while first > 0 and text.tokens[first].kind is Kind.BULLET:
        end = first
        while end > 0 and text.tokens[end - 1].kind is Kind.NEWLINE:
            end -= 1
        first = text.line(end - 1) if end else 0
    stop = first
    while stop < text.line(at) and stop < first + _NEAR and text.tokens[stop].kind is not Kind.NEWLINE:
        stop += 1
    return text.words[first:stop]


def compared(text: _Lines, at: int) -> bool:
    """Whether a token stands in a list that sets results beside one another, under “In comparison:”."""
    return "comparison" in introduction(text, at)[:_SHORT]


def of_each(text: _Lines, at: int) -> bool:
    """Whether the line above the list in which a token stands says that each of many steps takes what follows.

    “Each entry needs O(log n):” has said what each takes.
    """
    words = introduction(text, at)
    return words[-1:] == [":"] and cues.COSTS.isdisjoint(words) and cues.of_one_step(words[:-1], [])


def general_lead(text: _Lines, at: int) -> Sequence[str]:
    """The words above a list that tell whose a cost is with a general name: “Naive way:”, “- Path: O(n)”.

    Args:
        text: the text.
        at: index of the first token of the cost.
    """
    label = text.words[text.line(at) : at]
    general = label[-1:] == [":"] and len(label) <= _SHORT and bool((cues.GENERAL | {"all"}) & set(label))
    return introduction(text, at) if general else ()
