"""Slopes of functions of one number, in two ways that share nothing: a complex step, and numbers with a slope.

:func:`complex_slope` takes one value, a tiny way off the real line, and knows no rule of differentiation.
:class:`Sloped` carries a slope through sums, products, quotients and the exponential function by the rules for these
four; sigmoid and tanh are made of them, so that no closed form of their derivatives is put in.

Sources: W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review 40
(1998); R. Wengert, "A simple automatic derivative evaluation program", Communications of the ACM 7 (1964).
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import Any

_STEP = 2.0**-100


def complex_slope(function: Callable[[complex], Any], at: float) -> float:
    """The derivative of an analytic function that is real on the real line.

    Args:
        function: of a complex number.
        at: where.
    """
    return float((complex(function(complex(at, _STEP)))).imag / _STEP)


class Sloped:
    """A number that depends on another one, and how fast.

    Args:
        value: the number.
        slope: its derivative by the other one.
    """

    __slots__ = ("slope", "value")

    def __init__(self, value: float, slope: float = 0.0) -> None:
        self.value = float(value)
        self.slope = float(slope)

    def __add__(self, other: Any) -> Sloped:
        two = _sloped(other)
        return Sloped(self.value + two.value, self.slope + two.slope)

    def __mul__(self, other: Any) -> Sloped:
        two = _sloped(other)
        return Sloped(self.value * two.value, self.slope * two.value + self.value * two.slope)

    def __truediv__(self, other: Any) -> Sloped:
        two = _sloped(other)
        value = self.value / two.value
        return Sloped(value, (self.slope - value * two.slope) / two.value)

    def __neg__(self) -> Sloped:
        return Sloped(-self.value, -self.slope)

    def __sub__(self, other: Any) -> Sloped:
        return self + -_sloped(other)

    def __rtruediv__(self, other: Any) -> Sloped:
        return _sloped(other) / self

    __radd__ = __add__
    __rmul__ = __mul__


def _sloped(value: Any) -> Sloped:
    return value if isinstance(value, Sloped) else Sloped(float(value))


def carried_slope(function: Callable[[Sloped], Any], at: float) -> float:
    """The derivative of a function, carried through its operations.

    Args:
        function: made of +, −, ×, ÷, :func:`sigmoid` and :func:`tanh`.
        at: where.
    """
    return _sloped(function(Sloped(at, 1.0))).slope


def exp(x: Any) -> Any:
    """e^x of a number, a complex number or a number with a slope."""
    if isinstance(x, Sloped):
        value = math.exp(x.value)
        return Sloped(value, value * x.slope)
    return cmath.exp(x) if isinstance(x, complex) else math.exp(x)


def sigmoid(x: Any) -> Any:
    """1/(1 + e^−x)."""
    return 1.0 / (1.0 + exp(-x))


def tanh(x: Any) -> Any:
    """The hyperbolic tangent, as 2 sigmoid(2x) − 1."""
    return 2.0 * sigmoid(2.0 * x) - 1.0
