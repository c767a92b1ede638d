"""Forest plots: models, or anything else that has names and rates, with intervals, several measures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.rates import Rate
from grader.analysis.stats import Interval
from grader.reports.charts.axis import Mark, Scale, ranged, rated, rates_up_to
from grader.reports.excerpts import shorten
from grader.reports.numbers import percent

NAME = 40
"""Characters of a name in a title."""


@dataclass(frozen=True, slots=True)
class Named:
    """A rate that belongs to somebody.

    Args:
        name: as in the input; nothing is presumed of it.
        rate: the count.
        interval: of the rate; None where there is none.
        href: where a click on the name leads; "" for nowhere.
    """

    name: str
    rate: Rate
    interval: Interval | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One of them, drawn: ``share``, ``count`` and ``ranges`` are its numbers in words."""

    name: str
    href: str
    mark: Mark
    share: str
    count: str
    ranges: str


@dataclass(frozen=True, slots=True)
class Multiples:
    """Several measures of the same rows side by side.

    Args:
        heads: of the columns, ready for the page, each with its axis.
        rows: name, link, and for each column the row or None.
    """

    title: str
    heads: tuple[tuple[object, Scale], ...]
    rows: tuple[tuple[str, str, tuple[ForestRow | None, ...]], ...]

    @property
    def uneven(self) -> bool:
        """Whether the axes differ."""
        return len({scale.high for _, scale in self.heads}) > 1


def multiples(
    title: str, heads: Sequence[object], found: Sequence[tuple[str, str, Sequence[Named | None]]]
) -> Multiples:
    """Lay out several measures, the rows in the order given.

    Args:
        heads: of the columns.
        found: name, link, and a rate or None for each column.
    """
    columns = [[cells[i] for _, _, cells in found] for i in range(len(heads))]
    scales = [rates_up_to(max(map(_highest, column), default=0)) for column in columns]
    rows = tuple(
        (name, href, tuple(_row(one, scale) if one else None for one, scale in zip(cells, scales, strict=True)))
        for name, href, cells in found
    )
    return Multiples(title, tuple(zip(heads, scales, strict=True)), rows)


def _highest(one: Named | None) -> float:
    """Where the drawing of a rate ends."""
    if one is None or one.rate.value is None:
        return 0
    return max(float(one.rate.value), one.interval.high if one.interval is not None else 0)


def forest_title(found: Sequence[Named], measure: str, who: tuple[str, str] = ("model", "models")) -> str:
    """The range over all rows, with the names of its ends.

    Args:
        found: in any order; those with nothing to count are not in it.
        measure: what is counted, as a title begins: “Right last answers”.
        who: what the rows are, one and many.
    """
    there = sorted((one for one in found if one.rate.of), key=lambda one: (-(one.rate.value or 0), one.name))
    if not there:
        return f"{measure}: nothing to count"
    first, last = there[0], there[-1]
    if len(there) == 1:
        return f"{measure}: {rated(first.rate)}, {quoted(first.name)}"
    if first.rate.value == last.rate.value:
        return f"{measure}: {percent(first.rate.value)} for all {len(there)} {who[1]}"
    low, high = _percents(last.rate.value, first.rate.value)
    return f"{measure}: from {low} ({quoted(last.name)}) to {high} ({quoted(first.name)}) over {len(there)} {who[1]}"


def quoted(name: str) -> str:
    """A foreign name, short, in direction marks that keep it from turning the words around it."""
    return f"\u2068{shorten(name, NAME)}\u2069"


def _percents(low: Fraction | None, high: Fraction | None) -> tuple[str, str]:
    """Two shares in percent, with a decimal where whole percents would look the same."""
    whole = percent(low), percent(high)
    if whole[0] != whole[1] or low is None or high is None:
        return whole
    return f"{float(low) * 100:.1f} %", f"{float(high) * 100:.1f} %"


def _row(one: Named, scale: Scale) -> ForestRow:
    count = f"{one.rate.count:,} of {one.rate.of:,}" if one.rate.of else "none"
    mark = scale.mark(one.rate.value, one.interval)
    return ForestRow(one.name, one.href, mark, percent(one.rate.value), count, ranged(one.interval))
