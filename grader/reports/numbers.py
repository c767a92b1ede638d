"""Exact numbers as people write them."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from grader.analysis.rates import Rate
from grader.analysis.stats import Interval


def exact(value: Fraction) -> str:
    """``4``, ``2.5``, or ``2 2/3`` where at most two decimals do not suffice; never rounded."""
    if value.denominator == 1:
        return str(value.numerator)
    if 100 % value.denominator == 0:
        return f"{value.numerator * 100 // value.denominator / 100:g}"
    whole, part = divmod(abs(value), 1)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}\u00a0{part}" if whole else f"{sign}{part}"


def percent(value: Fraction | None) -> str:
    """A share in whole percent; ``–`` for None. Only 0 and 1 are shown as 0 % and 100 %."""
    if value is None:
        return "–"
    rounded = round(value * 100)
    if rounded == 0 and value > 0:
        return "< 1 %"
    if rounded == 100 and value < 1:
        return "> 99 %"
    return f"{rounded} %"


def of(rate: Rate) -> str:
    """``3 of 4``, or ``none`` where the denominator is 0."""
    return f"{rate.count:,} of {rate.of:,}" if rate.of else "none"


def plural(number: int, one: str, many: str = "") -> str:
    """``1 answer``, ``2 answers``, ``12,345 answers``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(count: int, whole: int) -> float:
    """``count`` of ``whole`` in percent, for the geometry of charts; 0 of nothing is 0."""
    return round(100 * count / whole, 3) if whole else 0.0


def between(interval: Interval) -> str:
    """An interval of a share in whole percent: ``30–61 %``."""
    return f"{100 * interval.low:.0f}–{100 * interval.high:.0f}\u00a0%"


def p_value(value: float) -> str:
    """A p-value in two digits; ``< 0.001`` below that."""
    return "< 0.001" if value < 0.001 else f"{value:.2g}" if value < 0.1 else f"{value:.2f}"


def day(at: datetime) -> str:
    """``26 November 2026, 15:04``."""
    return f"{at.day} {at:%B %Y, %H:%M}"
