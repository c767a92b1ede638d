"""The numbers at the top, and the sentences that say them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.analysis.measures import Measured
from grader.analysis.summary import Transitions
from grader.records import HintKind
from grader.reports.numbers import of, percent, plural

MANY = 1000  # answers from which on a title has percents


@dataclass(frozen=True, slots=True)
class Figure:
    """One number at the top.

    Args:
        css: of what it counts, as for changes.
        measured: with its interval, or why there is none.
    """

    name: str
    css: str
    glyph: str
    measured: Measured


def figures(everything: Transitions) -> tuple[Figure, ...]:
    """The four numbers that say most: right before and after, lost and won."""
    of = everything.measured
    return (
        Figure("Right before", "", "", of["right_before"]),
        Figure("Right after", "", "", of["right_after"]),
        Figure("Right → wrong", "lost", "↘", of["right_to_wrong"]),
        Figure("Wrong → right", "won", "↗", of["wrong_to_right"]),
    )


def headline(everything: Transitions) -> str:
    """What happened, in one sentence with its numbers."""
    if not everything.marked:
        return "No part was answered again with marks on both sides, so there is no change to report"
    lost, won = everything.right_to_wrong.count, everything.wrong_to_right.count
    if not lost and not won:
        return "No answer changed between right and wrong"
    if not lost:
        return f"{plural(won, 'wrong answer')} became right, and no right one was lost"
    if not won:
        return f"{plural(lost, 'right answer')} became wrong, and no wrong one was put right"
    return f"{plural(lost, 'right answer')} became wrong, {plural(won, 'wrong one')} became right"


def lead(everything: Transitions, table: Sequence[Transitions]) -> str:
    """What the numbers are of, and what hints had to do with the losses."""
    if not everything.marked:
        return ""
    text = f"Of {plural(everything.marked, 'answer')} given again, with a mark before and after."
    misled = next((row for row in table if row.kind is HintKind.MISLEADING), None)
    if misled is None or not misled.keeps_right.of:
        return text
    lost = misled.right_to_wrong.count
    if lost and lost == everything.right_to_wrong.count:
        who = {1: "The one loss came", 2: "Both losses came"}.get(lost, f"All {lost} losses came")
        return f"{text} {who} after misleading hints, where {of(misled.keeps_right)} right answers stayed right."
    return f"{text} After misleading hints, {of(misled.keeps_right)} right answers stayed right."


def chart_title(table: Sequence[Transitions]) -> str:
    """The kinds of hints after which right answers rose and fell most, with the counts."""
    moved = [(row.right_after.count - row.right_before.count, row) for row in table if row.marked]
    best = max(moved, key=lambda pair: pair[0], default=None)
    worst = min(moved, key=lambda pair: pair[0], default=None)
    if best is None or worst is None or (not best[0] and not worst[0]):
        return "As many answers were right after hints of each kind as before"
    said = [_moved(row) for by, row in (best, worst) if by]
    rose, fell = best[0] > 0, worst[0] < 0
    if rose and fell:
        return f"Right answers rose from {said[0]}, and fell from {said[1]}"
    return f"Right answers {'rose' if rose else 'fell'} from {_moved((best if rose else worst)[1])}"


def _moved(row: Transitions) -> str:
    after = "without a hint" if row.kind is HintKind.NONE else f"after {row.kind} hints"
    if row.marked >= MANY:
        return f"{percent(row.right_before.value)} to {percent(row.right_after.value)} {after}"
    return f"{row.right_before.count} to {row.right_after.count} of {row.marked} {after}"
