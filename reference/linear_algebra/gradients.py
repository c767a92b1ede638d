"""Gradients and second derivatives of linear and quadratic functions, and the product rule.

Only values of the functions are used: differences with step 1 are exact for polynomials of degree 2. Dual numbers
confirm them. Vectors are columns; so is the gradient.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, exact_array, gradient, identity, number, shaped, zeros
from reference.linear_algebra.duals import Dual, gradient_by_duals, hessian_by_duals


def _linear(b: Any, d: int) -> Callable[[Array], Any]:
    weights = shaped(b, "b", d, 1)
    return lambda x: (weights.T @ x)[0, 0]


def _quadratic(A: Any, d: int) -> Callable[[Array], Any]:
    matrix = shaped(A, "A", d, d)
    return lambda x: (x.T @ matrix @ x)[0, 0]


def gradient_of_linear(b: Any, x: Any) -> Array:
    """∇ₓ bᵀx by differences.

    Args:
        b, x: d x 1.

    Returns:
        d x 1.
    """
    at = exact_array(x, "x")
    return gradient(_linear(b, len(at)), at)


def gradient_of_linear_by_duals(b: Any, x: Any) -> Array:
    """The same by dual numbers."""
    at = exact_array(x, "x")
    return gradient_by_duals(_linear(b, len(at)), at)


def gradient_of_quadratic(A: Any, x: Any) -> Array:
    """∇ₓ xᵀA x by differences.

    Args:
        A: d x d; it need not be symmetric.
        x: d x 1.

    Returns:
        d x 1.
    """
    at = exact_array(x, "x")
    return gradient(_quadratic(A, len(at)), at)


def gradient_of_quadratic_by_duals(A: Any, x: Any) -> Array:
    """The same by dual numbers."""
    at = exact_array(x, "x")
    return gradient_by_duals(_quadratic(A, len(at)), at)


def hessian_of_quadratic(A: Any) -> Array:
    """The second derivatives of xᵀA x, as second differences with step 1.

    Args:
        A: d x d.

    Returns:
        d x d; they are the same at every x.
    """
    d = len(exact_array(A, "A"))
    f, units = _quadratic(A, d), identity(d)
    at = exact_array([j + 1 for j in range(d)], "x")
    found = zeros(d, d)
    for i, j in np.ndindex(d, d):
        one, other = units[:, [i]], units[:, [j]]
        found[i, j] = f(at + one + other) - f(at + one) - f(at + other) + f(at)
    return found


def hessian_of_quadratic_by_duals(A: Any) -> Array:
    """The same by dual numbers of dual numbers, at another point."""
    d = len(exact_array(A, "A"))
    return hessian_by_duals(_quadratic(A, d), exact_array([2 - 3 * j for j in range(d)], "x"))


def slope_of_product(f: Any, g: Any, f_prime: Any, g_prime: Any) -> Fraction:
    """The slope at 0 of (f + f′h)(g + g′h), by central differences with step 1, which are exact here.

    Args:
        f, g: values of two functions at one place.
        f_prime, g_prime: their slopes there.
    """
    value, other = number(f, "f"), number(g, "g")
    slope, other_slope = number(f_prime, "f'"), number(g_prime, "g'")
    ends = [(value + slope * h) * (other + other_slope * h) for h in (1, -1)]
    return (ends[0] - ends[1]) / 2


def slope_of_product_by_duals(f: Any, g: Any, f_prime: Any, g_prime: Any) -> Fraction:
    """The same as the slope of a product of dual numbers."""
    one = Dual(number(f, "f"), number(f_prime, "f'"))
    other = Dual(number(g, "g"), number(g_prime, "g'"))
    return Fraction((one * other).slope)
