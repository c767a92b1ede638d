"""Differentials of functions of matrices, and the gradient of a function of A X B.

The differential of F at X in the direction dX is the derivative of F(X + t dX) at t = 0. Products are differentiated
exactly, by differences, since they are quadratic in t; an inverse by elimination in the ring of dual numbers, where
X + ε dX is the block matrix [[X, dX], [0, X]]; a sine by a complex step. The confirmations take another of these ways.

Source: J. Magnus and H. Neudecker, "Matrix Differential Calculus", 3rd ed., chapter 8.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, exact_array, gradient, identity, shaped, solve, zeros
from reference.numerical_analysis.differences import Floats, central_slope, complex_gradient, complex_slope, floats


def _quadratic_slope(first: Array, second: Array) -> Array:
    found: Array = (first - second) / Fraction(2)
    return found


def product_differential(X: Any, Y: Any, dX: Any, dY: Any) -> Array:
    """d(X Y), by a central difference with step 1, which is exact for a function that is quadratic in the step.

    Args:
        X, dX: m x n.
        Y, dY: n x p.

    Returns:
        m x p.
    """
    left, right = exact_array(X, "X"), exact_array(Y, "Y")
    dleft, dright = shaped(dX, "dX", *left.shape), shaped(dY, "dY", *right.shape)
    return _quadratic_slope((left + dleft) @ (right + dright), (left - dleft) @ (right - dright))


def product_differential_by_complex_step(X: Any, Y: Any, dX: Any, dY: Any) -> Floats:
    """The same, by a complex step."""
    found: Floats = complex_slope(lambda t: (floats(X) + t * floats(dX)) @ (floats(Y) + t * floats(dY)))
    return found


def hadamard_differential(X: Any, Y: Any, dX: Any, dY: Any) -> Array:
    """d(X ⊙ Y), by an exact central difference.

    Args:
        X, Y, dX, dY: m x n.

    Returns:
        m x n.
    """
    left = exact_array(X, "X")
    right, dleft, dright = (shaped(m, name, *left.shape) for m, name in ((Y, "Y"), (dX, "dX"), (dY, "dY")))
    return _quadratic_slope((left + dleft) * (right + dright), (left - dleft) * (right - dright))


def hadamard_differential_by_complex_step(X: Any, Y: Any, dX: Any, dY: Any) -> Floats:
    """The same, by a complex step."""
    found: Floats = complex_slope(lambda t: (floats(X) + t * floats(dX)) * (floats(Y) + t * floats(dY)))
    return found


def inverse_differential(X: Any, dX: Any) -> Array:
    """d(X⁻¹), by exact elimination on dual numbers.

    With ε² = 0 the number a + ε b is the matrix [[a, b], [0, a]]. So the inverse of [[X, dX], [0, X]] holds X⁻¹ on its
    diagonal and the differential of the inverse above it.

    Args:
        X: n x n, invertible.
        dX: n x n.

    Returns:
        n x n.

    Raises:
        ValueError: X is singular.
    """
    at = exact_array(X, "X")
    n = len(at)
    move = shaped(dX, "dX", *shaped(at, "X", n, n).shape)
    dual = np.block([[at, move], [zeros(n, n), at]])
    return solve(dual, identity(2 * n))[:n, n:]


def inverse_differential_by_complex_step(X: Any, dX: Any) -> Floats:
    """The same in floating point, by a complex step through an inversion."""
    found: Floats = complex_slope(lambda t: np.linalg.inv(floats(X) + t * floats(dX)))
    return found


def sine_differential(X: Any, dX: Any) -> Floats:
    """d sin(X), where sin acts on each entry, by a complex step.

    Args:
        X, dX: m x n.

    Returns:
        m x n.
    """
    found: Floats = complex_slope(lambda t: np.sin(floats(X) + t * floats(dX)))
    return found


def sine_differential_by_differences(X: Any, dX: Any) -> Floats:
    """The same, by central differences of order 8."""
    found: Floats = central_slope(lambda t: np.sin(floats(X) + t * floats(dX)))
    return found


# ---------------------------------------------------------------- a function of A X B


def chained_gradient(A: Any, X: Any, B: Any, G: Any) -> Array:
    """∂f/∂X for Y = A X B, where f has the gradient G at this Y.

    f is a quadratic function with that gradient, f(Y) = ⟨G, Y − Y₀⟩ + ‖Y − Y₀‖²; it is differentiated through A X B by
    differences, which are exact for it.

    Args:
        A: p x m.
        X: m x n, where the gradient is taken.
        B: n x q.
        G: p x q.

    Returns:
        m x n.
    """
    left, at, right = exact_array(A, "A"), exact_array(X, "X"), exact_array(B, "B")
    start = left @ at @ right
    slope = shaped(G, "G", *start.shape)

    def f(moved: Array) -> Fraction:
        change = left @ moved @ right - start
        return Fraction(np.sum(slope * change) + np.sum(change * change))

    return gradient(f, at)


def chained_gradient_by_entries(A: Any, X: Any, B: Any, G: Any) -> Array:
    """The same, by the chain rule for numbers: Σ_kl G_kl ∂Y_kl/∂X_ij with Y_kl = Σ_ij a_ki x_ij b_jl."""
    left, at, right = exact_array(A, "A"), exact_array(X, "X"), exact_array(B, "B")
    slope = shaped(G, "G", len(left), right.shape[1])
    found = zeros(*at.shape)
    for i, j in np.ndindex(*at.shape):
        terms = (slope[k, q] * left[k, i] * right[j, q] for k, q in np.ndindex(*slope.shape))
        found[i, j] = sum(terms, Fraction(0))
    return found


def sine_gradient(A: Any, X: Any, B: Any, C: Any) -> Floats:
    """∂f/∂X for f(X) = Σ_kl c_kl sin((A X B)_kl), by complex steps, entry by entry.

    Args:
        A: p x m.
        X: m x n.
        B: n x q.
        C: p x q.

    Returns:
        m x n.
    """
    left, right, weights = floats(A), floats(B), floats(C)
    return complex_gradient(lambda moved: np.sum(weights * np.sin(left @ moved @ right)), floats(X))


def sine_gradient_by_entries(A: Any, X: Any, B: Any, C: Any) -> Floats:
    """The same, by the chain rule for numbers with the derivative of the sine."""
    left, at, right, weights = floats(A), floats(X), floats(B), floats(C)
    found = np.zeros_like(at)
    for k, q in np.ndindex(*weights.shape):
        inner = sum(left[k, i] * at[i, j] * right[j, q] for i, j in np.ndindex(*at.shape))
        for i, j in np.ndindex(*at.shape):
            found[i, j] += weights[k, q] * np.cos(inner) * left[k, i] * right[j, q]
    return found
