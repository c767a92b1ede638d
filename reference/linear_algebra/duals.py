"""Dual numbers a + b ε with ε² = 0: the slope b follows the value through every sum and product.

The parts may be dual numbers themselves, which gives second derivatives.

Source: W. K. Clifford, "Preliminary sketch of biquaternions", Proc. London Math. Soc. 4 (1873).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from reference.linear import Array


@dataclass(frozen=True)
class Dual:
    """A number and the slope that it has.

    Args:
        value: a number, or a dual number of another ε.
        slope: of the same kind.
    """

    value: Any
    slope: Any

    def __add__(self, other: Any) -> Dual:
        """The sum; other numbers have slope 0."""
        other = _dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    __radd__ = __add__

    def __mul__(self, other: Any) -> Dual:
        """The product."""
        other = _dual(other)
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    __rmul__ = __mul__


def _dual(value: Any) -> Dual:
    return value if isinstance(value, Dual) else Dual(value, 0)


def gradient_by_duals(f: Callable[[Array], Any], at: Array) -> Array:
    """The gradient of a polynomial f, one coordinate at a time.

    Args:
        f: takes an array of the shape of ``at``, made of sums and products.
        at: where.

    Returns:
        An array of the shape of ``at``.
    """
    found = np.empty_like(at)
    for index in np.ndindex(*at.shape):
        moved = at.copy()
        moved[index] = Dual(at[index], 1)
        found[index] = _dual(f(moved)).slope
    return found


def hessian_by_duals(f: Callable[[Array], Any], at: Array) -> Array:
    """The second derivatives of a polynomial f of a column, as the slopes of slopes.

    Args:
        f: as for :func:`gradient_by_duals`.
        at: d x 1.

    Returns:
        d x d.
    """
    d = len(at)
    found = np.empty((d, d), dtype=object)
    for i, j in np.ndindex(d, d):
        # Every entry is dual in both ε, lest a slope of one be taken for that of the other.
        moved = [Dual(Dual(at[k, 0], int(k == j)), Dual(int(k == i), 0)) for k in range(d)]
        found[i, j] = _dual(_dual(f(np.array(moved, dtype=object).reshape(d, 1))).slope).slope
    return found
