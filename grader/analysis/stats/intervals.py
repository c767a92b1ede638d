"""Confidence intervals of a rate."""

from __future__ import annotations

import math
from dataclasses import dataclass

from grader.analysis.stats.distributions import t_quantile


@dataclass(frozen=True, slots=True)
class Interval:
    """A two-sided confidence interval.

    Args:
        low, high: its ends, ``low <= high``; of a rate from 0 to 1, of a difference from -1 to 1.
        level: the confidence that it is meant to have, such as 0.95.
    """

    low: float
    high: float
    level: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise ValueError(f"[{self.low}, {self.high}] is not an interval")
        if not 0 < self.level < 1:
            raise ValueError(f"{self.level} is not a confidence level between 0 and 1")

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def width(self) -> float:
        """The distance of the ends."""
        return self.high - self.low

    def within(self, least: float, most: float) -> Interval:
        """The interval cut off at what values there can be, such as 0 and 1 for a mean credit."""
        return Interval(min(max(self.low, least), most), max(min(self.high, most), least), self.level)


def wilson(
    count: float, of: int, level: float = 0.95, effective: float | None = None, df: float = math.inf
) -> Interval | None:
    """Wilson's score interval of a rate.

    The rates p that a score test does not reject: ``|p̂ - p| <= z √(p(1-p)/n)``. Unlike ``p̂ ± z·SE`` it
    has a width at 0 of n and n of n and stays between 0 and 1. For clustered answers n is the effective
    sample size, and z may be a quantile of t, as in the survey literature.

    Sources: Wilson 1927 (J. Amer. Stat. Assoc. 22); for few items Bowyer et al. (arXiv 2503.01747); with the
    effective sample size and t: Korn and Graubard 1998 (Survey Methodology 24), Franco et al. 2019
    (J. Survey Stat. Methodol. 7), who find it the best of eight for clustered samples.

    Args:
        count: how many, ``0 <= count <= of``; not necessarily whole, as a sum of credits.
        of: the denominator.
        level: confidence level.
        effective: number of independent answers that would tell as much (``of`` divided by the design effect);
            positive, not necessarily whole. None: ``of``, which is right for independent answers alone.
        df: degrees of freedom from which the design effect was estimated; infinite where it was not.

    Returns:
        the interval; None where ``of`` is 0, since nothing was seen.

    Raises:
        ValueError: counts or sizes that cannot be.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is not a rate")
    if effective is not None and not (effective > 0 and math.isfinite(effective)):
        raise ValueError(f"an effective sample size is positive and finite, got {effective}")
    if not of:
        return None
    z, n, p = t_quantile((1 + level) / 2, df), effective or of, count / of
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + (z / (2 * n)) ** 2)
    # At the ends the formula gives 0 and 1 exactly; floats may miss them by a rounding.
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == of else min(1.0, middle + half)
    return Interval(low, high, level)
