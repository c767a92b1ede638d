"""Right before and right after, by the kind of hint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.analysis.rates import Rate
from grader.analysis.stats import Interval
from grader.records import HintKind
from grader.reports.charts.axis import RATES, Mark, Scale, ranged, rated
from grader.reports.charts.base import grouped


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
        counts: ``10 → 9 of 13``.
        says: all of it in words, with the intervals where there are any.
    """

    kind: HintKind | None
    before: Mark
    after: Mark
    way: str
    counts: str
    says: str


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """The chart: its axis, and a row for each kind of hint with such answers."""

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
            f"right before: {_says(one.before, one.before_interval)}; after: {_says(one.after, one.after_interval)}",
        )
        for one in found
        if one.before.of
    )
    return Dumbbell(RATES, rows)


def _says(rate: Rate, interval: Interval | None) -> str:
    return rated(rate) + (f", 95 % interval {ranged(interval)}" if interval is not None else "")
