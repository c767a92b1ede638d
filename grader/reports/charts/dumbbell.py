"""Right before and right after, by the kind of hint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.analysis.rates import Rate
from grader.analysis.stats import Interval
from grader.records import HintKind
from grader.reports.charts.axis import RATES, Mark, Scale, ranged
from grader.reports.charts.base import counted, grouped
from grader.reports.numbers import percent


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What one kind of hint did: shares of the same answers.

    Args:
        kind: of the hint; None where none is recorded.
        before, after: right answers, of those with marks on both sides.
        before_interval, after_interval: of these shares; None where there is none.
    """

    kind: HintKind | None
    before: Rate
    after: Rate
    before_interval: Interval | None = None
    after_interval: Interval | None = None

    @property
    def moved(self) -> int:
        """Right answers after less right answers before."""
        return self.after.count - self.before.count


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """One kind of hint, drawn.

    Args:
        way: ``up``, ``down`` or ``level``.
        counts: ``10 → 9 of 13``; ``shares``: the same in percent.
        ranges: both intervals in words; "" where there is none.
    """

    kind: HintKind | None
    before: Mark
    after: Mark
    way: str
    counts: str
    shares: str
    ranges: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """The chart: its finding, its axis, and a row for each kind of hint with such answers."""

    title: str
    scale: Scale
    rows: tuple[DumbbellRow, ...]


def dumbbell(found: Sequence[BeforeAfter]) -> Dumbbell:
    """Lay the chart out; kinds without answers that carry marks on both sides are left out.

    Args:
        found: in the order in which they are to stand.
    """
    rows = tuple(
        DumbbellRow(
            one.kind,
            RATES.mark(one.before.value, one.before_interval),
            RATES.mark(one.after.value, one.after_interval),
            "down" if one.moved < 0 else "up" if one.moved else "level",
            f"{grouped(one.before.count)} → {grouped(one.after.count)} of {grouped(one.before.of)}",
            f"{percent(one.before.value)} → {percent(one.after.value)}",
            (ranged(one.before_interval), ranged(one.after_interval)),
        )
        for one in found
        if one.before.of
    )
    return Dumbbell(dumbbell_title(found), RATES, rows)


def dumbbell_title(found: Sequence[BeforeAfter]) -> str:
    """The kind of hint that moved most answers, in words; of equal ones, losses come first."""
    there = [one for one in found if one.before.of]
    if not there:
        return "No part was answered again with marks on both sides"
    most = max(there, key=lambda one: (abs(one.moved), one.moved < 0))
    if not most.moved:
        return "As many answers were right after hints of each kind as before"
    kind = "turns without a recorded hint" if most.kind is None else f"{most.kind} hints"
    kind = "turns without a hint" if most.kind is HintKind.NONE else kind
    verb = "fell" if most.moved < 0 else "rose"
    of = counted(most.before.of, "answer")
    return (
        f"After {kind}, right answers {verb} from {grouped(most.before.count)} to {grouped(most.after.count)} of {of}"
    )
