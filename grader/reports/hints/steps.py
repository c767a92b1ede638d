"""A change between two replies, as the lists and the grid show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.analysis.flows import STANDINGS
from grader.analysis.index import PartOf
from grader.records import Change, HintKind, Result, Status
from grader.reports.hints.diff import Piece, difference

BRIEF = 200  # characters of the words that changed, in the list


@dataclass(frozen=True, slots=True)
class Kind:
    """What may happen between two replies.

    Args:
        css: its class, and its name in addresses.
        glyph: its sign in the grid.
        title: of its part of the list; one answer, then several.
        means: what counts as this.
        says: the same in short, to choose from.
        folded: whether its part of the list is folded at first.
    """

    css: str
    glyph: str
    title: tuple[str, str]
    means: str
    says: str
    folded: bool = False


KINDS: Mapping[str, Kind] = {
    kind.css: kind
    for kind in (
        Kind("lost", "↘", ("answer went", "answers went"), "right → wrong", "right → wrong"),
        Kind("won", "↗", ("answer went", "answers went"), "wrong → right", "wrong → right"),
        Kind("moved", "↻", ("other change", "other changes"), "with a mark before or after", "other change"),
        Kind(
            "open", "∿", ("change", "changes"), "without a mark before and after", "change without marks", folded=True
        ),
        Kind("first", "+", ("first answer", "first answers"), "to a part asked before", "first answer", folded=True),
        Kind("kept", "=", ("answer", "answers"), "given again unchanged", "same answer again", folded=True),
    )
}
"""Kinds of change in the order of the list: what was right and is wrong now is the news."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change as the list and the grid show it.

    Args:
        kind: what happened.
        says: the same in words.
        anchor: of the drawer in which the answer after it is shown.
        about: the hint between the two names this part, or none in particular.
        model: whose answers these are, "" if not known.
        clash: what key, annotator and computation say of the answer after it differs.
    """

    change: Change
    where: PartOf
    kind: Kind
    says: str
    anchor: str
    about: bool = True
    model: str = ""
    clash: bool = False

    @property
    def turn(self) -> int:
        """Number of the reply that made the change."""
        return self.change.after.claim.turn or 0

    @property
    def band(self) -> str:
        """The band of the chart of states in which it lies: ``2-correct-incorrect``."""
        before, after = self.change.before, self.change.after
        return f"{before.claim.turn}-{STANDINGS[before.verdict.status]}-{STANDINGS[after.verdict.status]}"

    @property
    def order(self) -> tuple[int, int, str]:
        """Where it stands in a list: by kind, then by turn, then with the others of its band."""
        return list(KINDS).index(self.kind.css), self.turn, self.band

    @property
    def hint(self) -> HintKind | None:
        """Kind of the hint between the two."""
        return self.change.hint.kind if self.change.hint else None

    @property
    def difference(self) -> tuple[Piece, ...]:
        """The words that changed."""
        return difference(*compared(self.change.before, self.change.after))

    @property
    def brief(self) -> tuple[Piece, ...]:
        """The same for the list of changes: nothing where it would take many lines, or no word is the same."""
        found = self.difference
        short = sum(len(piece.text) for piece in found) <= BRIEF
        return found if short and any(piece.kind == "same" for piece in found) else ()


def compared(before: Result, after: Result) -> tuple[str, str]:
    """The words of two answers that are held against each other: as read, where both were read."""
    one, other = before.verdict.read_as, after.verdict.read_as
    return (one.unicode, other.unicode) if one and other else (before.claim.text, after.claim.text)


def happened(change: Change) -> tuple[Kind, str]:
    """What a change is, and the same in words."""
    before, after = change.before.verdict.status, change.after.verdict.status
    if before.carries_marks and after.carries_marks:
        right = before is Status.CORRECT, after is Status.CORRECT
        if right == (True, False):
            return KINDS["lost"], "right → wrong"
        if right == (False, True):
            return KINDS["won"], "wrong → right"
    if before is Status.MISSING:
        return KINDS["first"], "first answer"
    if change.same_answer and before is after:
        return KINDS["kept"], "same answer again"
    if not (before.carries_marks or after.carries_marks):
        return KINDS["open"], f"{before} → {after}" if before is not after else f"{after}, in other words"
    if before is not after:
        return KINDS["moved"], f"{before} → {after}"
    return KINDS["moved"], "another answer"


def count_kinds(steps: Iterable[Step]) -> Mapping[str, int]:
    """How many changes of each kind, in the order of :data:`KINDS`."""
    found = dict.fromkeys(KINDS, 0)
    for step in steps:
        found[step.kind.css] += 1
    return found


def understood(result: Result) -> str:
    """An answer as it was read, or, where it was not, as it was written."""
    read_as = result.verdict.read_as
    return read_as.unicode if read_as else result.claim.text
