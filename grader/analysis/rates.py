"""A count with its denominator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many.

    Args:
        count: how many, ``0 <= count <= of``.
        of: the denominator; 0 where there was nothing to count, and then there is no value.
    """

    count: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError(f"{self.count} of {self.of} is not a rate")

    @property
    def value(self) -> Fraction | None:
        """The exact share, None where the denominator is 0."""
        return Fraction(self.count, self.of) if self.of else None

    def __str__(self) -> str:
        return f"{self.count} of {self.of}"


def rate(flags: Iterable[bool]) -> Rate:
    """The share of true flags among all flags."""
    found = list(flags)
    return Rate(sum(found), len(found))


def mean(values: Iterable[Fraction]) -> Fraction | None:
    """The exact mean, None of nothing."""
    found = list(values)
    return sum(found, Fraction(0)) / len(found) if found else None


def median(values: Iterable[Fraction]) -> Fraction | None:
    """The exact median (mean of the middle two for an even number), None of nothing."""
    found = sorted(values)
    if not found:
        return None
    middle = len(found) // 2
    return found[middle] if len(found) % 2 else (found[middle - 1] + found[middle]) / 2
