"""Whose mark is another in a second run, from what to what, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from grader.analysis.classes import Total, totals
from grader.analysis.index import RunIndex
from grader.analysis.regrading.reasons import Reason, Reasons
from grader.analysis.regrading.since import Since, since
from grader.records import Item, Result, Run, Status
from grader.store.runs import StoredRun


class Direction(StrEnum):
    """Which way a mark went."""

    UP = "up"
    DOWN = "down"
    MARKED = "marked"  # it was open
    OPENED = "opened"  # it had a mark
    OTHER = "other"  # open before and after, or the same points of another worth
    NEW = "new"  # there was no such answer
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stood, or stands, of an answer.

    Args:
        points: earned; None where there is no mark.
        of: what the part is worth.
        by: who decided it; "" for the machine.
    """

    status: Status
    reason: str
    points: Fraction | None
    of: Fraction
    by: str = ""


@dataclass(frozen=True, slots=True)
class MarkChange:
    """An answer whose mark is another; ``before`` or ``after`` is None where there is no such answer."""

    item: Item
    before: Mark | None
    after: Mark | None
    why: tuple[Reason, ...]

    @property
    def direction(self) -> Direction:
        """Which way it went."""
        if self.before is None or self.after is None:
            return Direction.NEW if self.before is None else Direction.GONE
        before, after = self.before.points, self.after.points
        if before is None or after is None:
            open_twice = before is None and after is None
            return Direction.OTHER if open_twice else Direction.MARKED if before is None else Direction.OPENED
        return Direction.OTHER if before == after else Direction.UP if after > before else Direction.DOWN


@dataclass(frozen=True, slots=True)
class Regrading:
    """An earlier run beside a later one.

    Args:
        since: what they were made from, where that differs.
        changes: in the order of the later run; what is gone comes last.
        same: answers that keep their mark.
        before, after: totals of the subjects of either run, by name; of a conversation those of its last answers.
    """

    since: Since
    changes: tuple[MarkChange, ...]
    same: int
    before: Mapping[str, Total]
    after: Mapping[str, Total]

    @property
    def directions(self) -> Mapping[Direction, int]:
        """How many marks went which way."""
        return Counter(one.direction for one in self.changes)

    def by_part(self) -> Mapping[tuple[str, str], tuple[MarkChange, ...]]:
        """The changes of each part in which there are any, in the order of the later run's problems."""
        found: dict[tuple[str, str], tuple[MarkChange, ...]] = {}
        for one in self.changes:
            part = (one.item.problem, one.item.part)
            found[part] = (*found.get(part, ()), one)
        return found

    def totals(self) -> Iterator[tuple[str, Total | None, Total | None]]:
        """The subjects whose total, or number of open parts, is another: name, before, after."""
        for name in {**self.after, **self.before}:
            before, after = self.before.get(name), self.after.get(name)
            if before is None or after is None or (before.earned, before.open) != (after.earned, after.open):
                yield name, before, after


def compare(before: StoredRun, after: StoredRun) -> Regrading:
    """Set two runs side by side.

    Args:
        before, after: with the decisions of people in their results.
    """
    found = since(before, after)
    reasons = Reasons(found, before.run, after.run, (before.manifest.path, after.manifest.path))
    old, new = _by_item(before.run), _by_item(after.run)
    worth = (_points(before.run), _points(after.run))
    changes = []
    same = 0
    for item in {**new, **old}:
        then, now = old.get(item), new.get(item)
        was, stands = _mark(then, worth[0]), _mark(now, worth[1])
        if _worth(was) == _worth(stands):
            same += 1
        else:
            changes.append(MarkChange(item, was, stands, reasons.of(item, then, now)))
    return Regrading(found, tuple(changes), same, _totals(before.run), _totals(after.run))


def _by_item(run: Run) -> dict[Item, Result]:
    claims = ((one.claim, one) for one in run.results)
    return {Item(claim.subject, claim.problem, claim.part, claim.turn): one for claim, one in claims}


def _points(run: Run) -> dict[tuple[str, str], Fraction]:
    return {(problem.id, part.id): part.points for problem in run.problems for part in problem.parts}


def _mark(result: Result | None, worth: Mapping[tuple[str, str], Fraction]) -> Mark | None:
    if result is None:
        return None
    verdict, of = result.verdict, worth[result.claim.problem, result.claim.part]
    points = None if verdict.credit is None else verdict.credit * of
    return Mark(verdict.status, verdict.reason, points, of, result.decision.by if result.decision else "")


def _worth(mark: Mark | None) -> tuple[Status, Fraction | None, Fraction | None] | None:
    """What makes a mark another: not who gave it, nor how; and what an open part is worth is no mark."""
    if mark is None:
        return None
    return mark.status, mark.points, None if mark.points is None else mark.of


def _totals(run: Run) -> dict[str, Total]:
    return {one.subject: one for one in totals(RunIndex(run))}
