"""How hard each part was, and how well it tells apart those who do well elsewhere: two dots a part, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.rates import Rate
from grader.analysis.stats import Interval
from grader.reports.charts.axis import CORRELATIONS, RATES, Mark, Scale, ranged
from grader.reports.charts.base import counted, grouped
from grader.reports.numbers import percent

WEAK = 0.2
"""A part that discriminates less deserves a look (Ebel and Frisbie 1991, chapter 13)."""


@dataclass(frozen=True, slots=True)
class PartItem:
    """What is known of a part.

    Args:
        name, href: of the part.
        graded: answers with marks, of all.
        difficulty: mean credit, 0 to 1; None of nothing.
        interval: of it.
        discrimination: corrected item-total correlation, -1 to 1; None where there are too few students.
        discrimination_interval: of it.
    """

    name: str
    href: str
    graded: Rate
    difficulty: Fraction | None
    interval: Interval | None = None
    discrimination: float | None = None
    discrimination_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class DifficultyRow:
    """A part, drawn; ``flag`` is ``""``, ``weak`` or ``negative``."""

    name: str
    href: str
    graded: str
    difficulty: Mark
    credit: str
    credit_range: str
    discrimination: Mark
    correlation: str
    correlation_range: str
    flag: str


@dataclass(frozen=True, slots=True)
class Difficulty:
    """The chart: the hardest part first, parts that nobody has marks on last."""

    title: str
    credits: Scale
    correlations: Scale
    rows: tuple[DifficultyRow, ...]

    @property
    def discriminates(self) -> bool:
        """Whether there is any discrimination to show."""
        return any(row.discrimination.x is not None for row in self.rows)


def difficulty(found: Sequence[PartItem]) -> Difficulty:
    """Lay the chart out.

    Args:
        found: in the order of the assignment, which is kept among equals.
    """
    ordered = sorted(found, key=lambda one: (one.difficulty is None, one.difficulty or 0))
    return Difficulty(difficulty_title(found), RATES, CORRELATIONS, tuple(map(_row, ordered)))


def _row(one: PartItem) -> DifficultyRow:
    at = one.discrimination
    between = one.discrimination_interval
    return DifficultyRow(
        one.name,
        one.href,
        f"{grouped(one.graded.count)} of {grouped(one.graded.of)}",
        RATES.mark(one.difficulty, one.interval),
        percent(one.difficulty),
        ranged(one.interval),
        CORRELATIONS.mark(at, between),
        "–" if at is None else _signed(at),
        "–" if between is None else f"{_signed(between.low)} to {_signed(between.high)}",
        "" if at is None or at >= WEAK else "negative" if at < 0 else "weak",
    )


def _signed(value: float) -> str:
    """Two decimals, with a minus sign as it is printed; no ``−0.00``."""
    text = f"{abs(value):.2f}"
    return f"−{text}" if value < 0 and text != "0.00" else text


def difficulty_title(found: Sequence[PartItem]) -> str:
    """The hardest part; and how many parts those who do well elsewhere do no better on."""
    marked = [one for one in found if one.difficulty is not None]
    if not marked:
        return "No part has an answer with marks yet"
    hardest = min(marked, key=lambda one: one.difficulty or 0)
    if len(marked) == 1:
        title = f"Part {hardest.name} has {percent(hardest.difficulty)} of its marks"
    else:
        title = f"Part {hardest.name} was the hardest, with {percent(hardest.difficulty)} of its marks"
    known = [one for one in marked if one.discrimination is not None]
    weak = sum(1 for one in known if one.discrimination is not None and one.discrimination < WEAK)
    if not weak:
        return title
    return f"{title}; {counted(weak, 'part')} hardly {'tells' if weak == 1 else 'tell'} strong from weak"
