"""The numbers at the top, and the sentences that say them."""

from __future__ import annotations

from collections.abc import Sequence

from grader.analysis.summary import Transitions
from grader.records import HintKind
from grader.reports.numbers import of, plural

MEASURES = (
    ("Right before", "of pairs with marks on both sides", "right_before"),
    ("Right after", "of the same pairs", "right_after"),
    ("Right → wrong", "of the same pairs", "right_to_wrong"),
    ("Wrong → right", "of the same pairs", "wrong_to_right"),
    ("Keeps right", "still right, of those right before", "keeps_right"),
    ("Repairs wrong", "now right, of those wrong before", "repairs_wrong"),
    ("Wrong → other wrong", "of those wrong before", "wrong_to_other_wrong"),
    ("Flipped", "another answer, of all answers given again", "flipped"),
    ("Persisted", "kept or not taken up, of answers the hint concerned", "persisted"),
    ("Answered again", "of answers the hint concerned", "answered"),
    ("Readable", "of the new answers", "readable"),
)


def headline(everything: Transitions, table: Sequence[Transitions]) -> str:
    """What happened, in one or two sentences with their numbers."""
    if not everything.marked:
        return "No part was answered again with marks on both sides, so there is no change to report."
    lost, won = everything.right_to_wrong, everything.wrong_to_right
    if not lost.count and not won.count:
        return f"No answer changed between right and wrong in {plural(everything.marked, 'pair')} of answers."
    text = (
        f"Of {plural(everything.marked, 'answer')} given again, {lost.count} went from right to wrong "
        f"and {won.count} from wrong to right."
    )
    misled = [row for row in table if row.kind is HintKind.MISLEADING]
    if misled and misled[0].right_to_wrong.count:
        kept = misled[0].keeps_right
        text += f" After misleading hints, {of(kept)} right answers stayed right."
    return text


def chart_title(table: Sequence[Transitions]) -> str:
    """The kind of hint that moved accuracy most, said in words."""
    moved = [row for row in table if row.marked and row.right_before.count != row.right_after.count]
    if not moved:
        return "Accuracy before and after is the same for each kind of hint"
    most = max(moved, key=_moved)
    kind = "turns without a hint" if most.kind is HintKind.NONE else f"{most.kind} hints"
    verb = "fell" if most.right_after.count < most.right_before.count else "rose"
    return (
        f"After {kind}, right answers {verb} from {most.right_before.count} to "
        f"{most.right_after.count} of {most.marked}"
    )


def _moved(row: Transitions) -> tuple[int, bool]:
    """By how many right answers a row moved; of equal ones, losses come first."""
    by = row.right_after.count - row.right_before.count
    return abs(by), by < 0
