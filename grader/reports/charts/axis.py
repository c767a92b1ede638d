"""Scales, and points with their intervals on them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.rates import Rate
from grader.analysis.stats import Interval
from grader.reports.numbers import percent

MARGIN = 3.0
"""Percent of the width that stays free at both ends of an axis, so that a mark at its end is not cut."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the axis, at ``x`` percent; ``label`` may be ""."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from ``low`` to ``high``, which has room for its labels from some 120 pixels on."""

    low: float
    high: float
    ticks: tuple[Tick, ...] = ()

    def at(self, value: float) -> float:
        """Where a value stands, in percent of the width; values beyond the ends stand at the ends."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(MARGIN + (100 - 2 * MARGIN) * share, 2)

    def mark(self, value: float | Fraction | None, interval: Interval | None = None) -> Mark:
        """A value with its interval; nothing where there is no value."""
        if value is None:
            return Mark(None, None)
        ends = (self.at(interval.low), self.at(interval.high)) if interval is not None else None
        return Mark(self.at(float(value)), ends)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point at ``x`` percent and the ends of its interval; None where there is none."""

    x: float | None
    ends: tuple[float, float] | None


def _with_ticks(low: float, high: float, labels: dict[float, str]) -> Scale:
    bare = Scale(low, high)
    return Scale(low, high, tuple(Tick(bare.at(value), label) for value, label in labels.items()))


RATES = _with_ticks(0, 1, {0: "0 %", 0.25: "", 0.5: "50 %", 0.75: "", 1: "100 %"})
"""Of shares."""

_TOPS = (0.04, 0.1, 0.2, 0.4, 1)


def rates_up_to(highest: float) -> Scale:
    """An axis of shares from 0 to the least of 4, 10, 20, 40 and 100 % that is not below ``highest``."""
    top = next(one for one in _TOPS if one >= min(highest, 1))
    quarters = (0, top / 4, top / 2, 3 * top / 4, top)
    return _with_ticks(0, top, {value: "" if i % 2 else f"{100 * value:g} %" for i, value in enumerate(quarters)})


CORRELATIONS = _with_ticks(-0.5, 1, {-0.5: "−0.5", 0: "0", 0.5: "0.5", 1: "1"})
"""Of correlations between parts of a test, which are seldom below -0.5; what is stands at the end."""


def rated(rate: Rate) -> str:
    """``9 of 13 (69 %)``, or ``none``."""
    return f"{rate.count:,} of {rate.of:,} ({percent(rate.value)})" if rate.of else "none"


def ranged(interval: Interval | None) -> str:
    """``42 to 87 %``, or ``–``."""
    if interval is None:
        return "–"
    return f"{100 * interval.low:.0f} to {100 * interval.high:.0f} %"
