"""Slopes of functions of one number, in floating point: by central differences and by a complex step.

The two share nothing. Differences take values at eight real points around 0; the complex step takes one value, a tiny
way off the real line, and no difference at all, so it loses no digits. It needs a function that is analytic and that
handles complex numbers.

Sources: B. Fornberg, "Generation of finite difference formulas on arbitrarily spaced grids", Mathematics of
Computation 51 (1988), for the weights; W. Squire and G. Trapp, "Using complex variables to estimate derivatives of
real functions", SIAM Review 40 (1998).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_WEIGHTS = (4 / 5, -1 / 5, 4 / 105, -1 / 280)  # of f(kh) - f(-kh), k = 1, 2, 3, 4; the error is of order h^8
_STEP = 2.0**-7
_COMPLEX_STEP = 2.0**-100


def floats(rows: Any) -> Floats:
    """A matrix of exact numbers as one of floats; a list of numbers becomes a column."""
    found = np.array(rows, dtype=float)
    return found.reshape(-1, 1) if found.ndim == 1 else found


def central_slope(function: Callable[[float], Any], step: float = _STEP) -> Any:
    """The derivative at 0, by central differences of order 8.

    Args:
        function: of a real number; gives a number or an array.
        step: distance of the points, small against the scale on which the function changes.
    """
    terms = (w * (function(k * step) - function(-k * step)) for k, w in enumerate(_WEIGHTS, 1))
    return sum(terms) / step


def complex_slope(function: Callable[[complex], Any]) -> Any:
    """The derivative at 0 of an analytic function that is real on the real line, by a complex step.

    Args:
        function: of a complex number; gives a number or an array.
    """
    return np.imag(function(1j * _COMPLEX_STEP)) / _COMPLEX_STEP


def central_gradient(function: Callable[[Floats], float], at: Floats, step: float = _STEP) -> Floats:
    """The gradient of a function of a matrix, entry by entry by central differences.

    Args:
        function: of an array of the shape of ``at``.
        at: where.
        step: as for :func:`central_slope`.
    """
    found = np.empty_like(at)
    for index in np.ndindex(*at.shape):
        unit = np.zeros_like(at)
        unit[index] = 1.0
        found[index] = central_slope(lambda t, unit=unit: function(at + t * unit), step)  # type: ignore[misc]
    return found


def complex_gradient(function: Callable[[Any], complex], at: Floats) -> Floats:
    """The same gradient, entry by entry by complex steps."""
    found = np.empty_like(at)
    for index in np.ndindex(*at.shape):
        unit = np.zeros_like(at)
        unit[index] = 1.0
        found[index] = complex_slope(lambda t, unit=unit: function(at + t * unit))  # type: ignore[misc]
    return found
