"""Whose mark is another in a second run, from what to what, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
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
    """An answer whose mark is another.

    Args:
        before, after: None where there is, or was, no such answer.
        words: of the answer that is there now, else of the one that was.
    """

    item: Item
    before: Mark | None
    after: Mark | None
    why: tuple[Reason, ...]
    words: str = ""

    @property
    def step(self) -> Fraction | None:
        """By how much the points changed; None unless both are marks."""
        if self.before is None or self.after is None or self.before.points is None or self.after.points is None:
            return None
        return self.after.points - self.before.points

    @property
    def direction(self) -> Direction:
        """Which way it went."""
        if self.before is None or self.after is None:
            return Direction.NEW if self.before is None else Direction.GONE
        if (step := self.step) is not None:
            return Direction.OTHER if not step else Direction.UP if step > 0 else Direction.DOWN
        if self.after.points is not None:
            return Direction.MARKED
        return Direction.OTHER if self.before.points is None else Direction.OPENED


@dataclass(frozen=True, slots=True)
class Sum:
    """Points of all subjects that are earned and that could be, and parts that are open."""

    earned: Fraction
    possible: Fraction
    open: int


@dataclass(frozen=True, slots=True)
class Regrading:
    """An earlier run beside a later one.

    Args:
        since: what they were made from, where that differs.
        changes: of subjects of both runs, in the order of the later one; answers that are new or gone come last.
        new, gone: subjects of one run only.
        same: answers that keep their mark.
        before, after: totals of the subjects of either run, by name; of a conversation those of its last answers.
    """

    since: Since
    changes: tuple[MarkChange, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    same: int
    before: Mapping[str, Total]
    after: Mapping[str, Total]

    def __bool__(self) -> bool:
        """Whether anybody's marks are others."""
        return bool(self.changes or self.new or self.gone)

    @property
    def directions(self) -> Mapping[Direction, int]:
        """How many marks went which way; ways that none went are left out."""
        counts = Counter(one.direction for one in self.changes)
        return {way: counts[way] for way in Direction if counts[way]}

    def by_part(self) -> Mapping[tuple[str, str], tuple[MarkChange, ...]]:
        """The changes of each part in which there are any, in the order of the later run's problems."""
        found: dict[tuple[str, str], list[MarkChange]] = {}
        for one in self.changes:
            found.setdefault((one.item.problem, one.item.part), []).append(one)
        return {part: tuple(changes) for part, changes in found.items()}

    @property
    def sums(self) -> tuple[Sum, Sum]:
        """Of all subjects together, before and after."""
        return _sum(self.before.values()), _sum(self.after.values())

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
    both = set(before.run.subjects) & set(after.run.subjects)
    changes = []
    same = 0
    for item in {**new, **old}:
        if item.subject not in both:
            continue
        then, now = old.get(item), new.get(item)
        was, stands = _mark(then, worth[0]), _mark(now, worth[1])
        if _worth(was) == _worth(stands):
            same += 1
        else:
            there = now or then
            words = there.claim.told if there else ""
            changes.append(MarkChange(item, was, stands, reasons.of(item, then, now), words))
    changes.sort(key=lambda one: one.before is None or one.after is None)
    return Regrading(
        found,
        tuple(changes),
        tuple(name for name in after.run.subjects if name not in both),
        tuple(name for name in before.run.subjects if name not in both),
        same,
        _totals(before.run),
        _totals(after.run),
    )


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


def _sum(found: Collection[Total]) -> Sum:
    zero = Fraction(0)
    return Sum(
        sum((one.earned for one in found), zero),
        sum((one.possible for one in found), zero),
        sum(one.open for one in found),
    )
