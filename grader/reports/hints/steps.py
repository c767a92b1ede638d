"""A change between two replies, as the lists and the grid show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.analysis.index import PartOf
from grader.records import Change, Result, Status
from grader.reports.excerpts import shorten

SHORT = 90  # characters of an answer in the list of changes
ORDER = ("lost", "won", "moved", "kept")
"""Kinds of change as they are listed: what was right and is wrong now is the news."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change as the list and the grid show it.

    Args:
        css: ``lost`` (right → wrong), ``won``, ``moved`` (another answer) or ``kept``.
        says: the same in words.
        anchor: of the drawer in which the answer after it is shown.
    """

    change: Change
    where: PartOf
    css: str
    glyph: str
    says: str
    anchor: str

    @property
    def before(self) -> str:
        """The words before, short."""
        return shorten(understood(self.change.before), SHORT)

    @property
    def after(self) -> str:
        """The words after, short."""
        return shorten(understood(self.change.after), SHORT)


def steps_of(where: PartOf, found: Iterable[Change], anchor: str) -> dict[int, Step]:
    """The changes of one part, by the number of the reply that made them.

    Args:
        found: all changes of a conversation.
        anchor: of the part's row; the number of the reply is added to it.
    """
    mine = (c for c in found if (c.after.claim.problem, c.after.claim.part) == where.ref)
    return {
        turn: Step(change, where, *kind_of(change), anchor=f"{anchor}-{turn}")
        for change in mine
        if (turn := change.after.claim.turn) is not None
    }


def kind_of(change: Change) -> tuple[str, str, str]:
    """CSS class, glyph and words of a change."""
    before, after = change.before.verdict.status, change.after.verdict.status
    if before.carries_marks and after.carries_marks:
        right = before is Status.CORRECT, after is Status.CORRECT
        if right == (True, False):
            return "lost", "↘", "right → wrong"
        if right == (False, True):
            return "won", "↗", "wrong → right"
    if before is Status.MISSING:
        return "moved", "+", "first answer"
    if change.same_answer:
        return "kept", "=", "same answer again"
    if not (before.carries_marks and after.carries_marks):
        return "moved", "↻", f"{before} → {after}"
    return "moved", "↻", "another answer"


def understood(result: Result) -> str:
    """An answer as it was read, or, where it was not, as it was written."""
    read_as = result.verdict.read_as
    return read_as.unicode if read_as else result.claim.text
