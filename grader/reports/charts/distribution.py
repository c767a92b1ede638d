"""The distribution of totals: final ones solid, lower bounds hatched, median and quartiles marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.classes import Bin, Total
from grader.reports.charts.base import Table, counted, grouped
from grader.reports.numbers import exact, percent

HEIGHT = 128.0  # pixels of the tallest column
TOP = 20.0  # pixels above it: room for its number
MARKS = 28.0  # pixels above that for the names of the quantiles, where there are any
LEVELS = 4  # lines across at most


@dataclass(frozen=True, slots=True)
class Pillar:
    """One class of totals: ``x`` and ``width`` in percent, tops and heights in pixels."""

    x: float
    width: float
    settled: tuple[float, float]
    open: tuple[float, float]
    count: str
    says: str


@dataclass(frozen=True, slots=True)
class Quantile:
    """A mark across the plot at ``x`` percent; its label ends there, stands over it, or starts there."""

    x: float
    name: str
    value: str
    anchor: str

    @property
    def y(self) -> int:
        """Of the label in pixels: the median's stands above the others, which point away from each other."""
        return 10 if self.anchor == "middle" else 25


@dataclass(frozen=True, slots=True)
class Distribution:
    """The chart.

    Args:
        base: pixels down to the axis.
        levels: (pixels, number) of the lines across.
        quantiles: of the final totals: none of fewer than 4, the median alone of fewer than 8.
        final, bounds: whether there are final totals, and lower bounds.
    """

    title: str
    base: float
    pillars: tuple[Pillar, ...]
    levels: tuple[tuple[float, str], ...]
    quantiles: tuple[Quantile, ...]
    final: bool
    bounds: bool
    table: Table


def distribution(found: Sequence[Total], bins: Sequence[Bin]) -> Distribution:
    """Lay the chart out.

    Args:
        found: all totals, out of the same number of points.
        bins: their classes.
    """
    tallest = max((one.settled + one.open for one in bins), default=0)
    final_totals = sorted(one.earned for one in found if one.settled)
    possible = max((one.possible for one in found), default=Fraction(0))
    quantiles = _quantiles(final_totals, possible)
    base = TOP + HEIGHT + (MARKS if quantiles else 0)
    per, width = HEIGHT / max(1, tallest), 100 / max(1, len(bins))
    pillars = []
    for i, one in enumerate(bins):
        final, waiting = one.settled * per, one.open * per
        says = f"{percent(one.low)} to {percent(one.high)}: {counted(one.settled, 'final total')}"
        says += f", {counted(one.open, 'lower bound')}" if one.open else ""
        whole = one.settled + one.open
        pillars.append(
            Pillar(
                round((i + 0.08) * width, 2),
                round(0.84 * width, 2),
                (round(base - final, 2), round(final, 2)),
                (round(base - final - waiting, 2), round(waiting, 2)),
                grouped(whole) if whole else "",
                says,
            )
        )
    step = _step(tallest)
    rows = tuple(
        (f"{percent(one.low)} to {percent(one.high)}", grouped(one.settled), grouped(one.open)) for one in bins
    )
    return Distribution(
        distribution_title(found),
        base,
        tuple(pillars),
        tuple((round(base - n * per, 2), grouped(n)) for n in range(step, tallest + 1, step)),
        quantiles,
        any(one.settled for one in bins),
        any(one.open for one in bins),
        Table(("Share of the points", "Final totals", "Lower bounds"), rows, "Totals by share of the points"),
    )


def distribution_title(found: Sequence[Total]) -> str:
    """The median of the final totals, and how many there are."""
    final = sorted(one.earned for one in found if one.settled)
    if not final:
        return "No total is final yet: the bars show lower bounds" if found else "There are no totals"
    whose = "all totals are final" if len(final) == len(found) else f"{len(final)} of {len(found)} totals are final"
    possible = exact(found[0].possible)
    if len(final) == 1:
        return f"The only final total is {exact(final[0])} of {possible} points ({whose})"
    middle = exact(quantile(final, Fraction(1, 2)))
    return f"Half of the final totals are at or above {middle} of {possible} points ({whose})"


def quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """The exact quantile by linear interpolation (R's type 7): of two values the median is their mean.

    Source: Hyndman and Fan 1996, American Statistician 50.

    Args:
        ordered: ascending, at least one.
        share: 0 to 1.
    """
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def _quantiles(final: Sequence[Fraction], possible: Fraction) -> tuple[Quantile, ...]:
    if len(final) < 4 or not possible:
        return ()
    wanted = [("median", Fraction(1, 2), "middle")]
    if len(final) >= 8:
        wanted = [("¼", Fraction(1, 4), "end"), *wanted, ("¾", Fraction(3, 4), "start")]
    marks = []
    for name, share, anchor in wanted:
        value = quantile(final, share)
        marks.append(Quantile(round(100 * float(value / possible), 2), name, _short(value), anchor))
    return tuple(marks)


def _short(value: Fraction) -> str:
    """At most two decimals; ``≈`` before what is not exact then."""
    return f"{float(value):g}" if 100 % value.denominator == 0 else f"≈ {float(value):.2f}"


def _step(tallest: int) -> int:
    """The least of 1, 2, 5 times a power of ten that needs at most ``LEVELS`` lines."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if step * size * LEVELS >= tallest:
                return step * size
        size *= 10
