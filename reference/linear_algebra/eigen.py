"""Characteristic polynomial, eigenvalues and eigenvectors of 2 × 2 matrices.

The truth goes the way of the definition: det(A − λI) at three values of λ, the roots of the polynomial through them,
the null space of A − λI. The confirmations never form that polynomial: they iterate, or use Cayley and Hamilton's
theorem.

A student's own polynomial may take the place of the computed one (``part_a``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, determinant, identity, shaped

Values = list[Fraction | float]


def _square(A: Any) -> Array:
    return shaped(A, "A", 2, 2)


# ---------------------------------------------------------------- characteristic polynomial


def coefficients(A: Any) -> list[Fraction]:
    """Coefficients of det(λI − A), from λ² down, by interpolation of its values at −1, 0 and 1.

    Args:
        A: 2 x 2.
    """
    matrix, units = _square(A), identity(2)
    low, middle, high = (determinant(at * units - matrix) for at in (-1, 0, 1))
    return [(high + low) / 2 - middle, (high - low) / 2, middle]


def coefficients_by_cayley_hamilton(A: Any) -> list[Fraction]:
    """The same: the monic quadratic that A satisfies, A² + p A + q I = 0.

    Raises:
        ValueError: A is a multiple of I, which satisfies more than one.
    """
    matrix = _square(A)
    square = matrix @ matrix
    # Off the diagonal the equation reads (A²)_ij + p A_ij = 0; with p known, any diagonal entry gives q.
    for i, j in ((0, 1), (1, 0)):
        if matrix[i, j] != 0:
            p = -square[i, j] / matrix[i, j]
            break
    else:
        if matrix[0, 0] == matrix[1, 1]:
            raise ValueError("A is a multiple of I, which satisfies many quadratic equations")
        p = -(square[0, 0] - square[1, 1]) / (matrix[0, 0] - matrix[1, 1])
    return [Fraction(1), p, -square[0, 0] - p * matrix[0, 0]]


def characteristic_polynomial(A: Any, part_a: Sequence[Any] | None = None) -> str:
    """det(λI − A) written out.

    Args:
        A: 2 x 2.
        part_a: coefficients found before, from λ² down, in place of those of A.

    Raises:
        ValueError: “trivial: …” where these are not three.
    """
    if part_a is not None and len(part_a) != 3:
        raise ValueError("trivial: those are not three coefficients")
    return _written(coefficients(A) if part_a is None else part_a)


def characteristic_polynomial_by_cayley_hamilton(A: Any) -> str:
    """The same, from the equation that A satisfies."""
    return _written(coefficients_by_cayley_hamilton(A))


def _written(polynomial: Sequence[Fraction]) -> str:
    leading, p, q = polynomial
    return f"({leading}) λ^2 + ({p}) λ + ({q})"


def coefficients_with_positive_trace(A: Any) -> list[Fraction]:
    """λ² + (trace) λ + det: the sign of the middle coefficient is wrong."""
    leading, p, q = coefficients(A)
    return [leading, -p, q]


def coefficients_reversed(A: Any) -> list[Fraction]:
    """From the constant up."""
    return coefficients(A)[::-1]


def coefficients_with_plus(A: Any) -> list[Fraction]:
    """With ad + bc for the determinant."""
    matrix = _square(A)
    leading, p, _ = coefficients(A)
    return [leading, p, matrix[0, 0] * matrix[1, 1] + matrix[0, 1] * matrix[1, 0]]


def coefficients_exchanged(A: Any) -> list[Fraction]:
    """Trace and determinant exchanged."""
    leading, p, q = coefficients(A)
    return [leading, -q, -p]


# ---------------------------------------------------------------- eigenvalues


def roots(polynomial: Sequence[Any]) -> Values:
    """The real roots of a quadratic, the larger one first; exact where they are rational.

    Raises:
        ValueError: “trivial: …” where it is no quadratic with real roots.
    """
    if len(polynomial) != 3 or polynomial[0] == 0:
        raise ValueError("trivial: that is no polynomial of degree 2")
    a, b, c = (Fraction(entry) for entry in polynomial)
    inside = b * b - 4 * a * c
    if inside < 0:
        raise ValueError("trivial: that polynomial has no real roots")
    found: Values
    exact = Fraction(math.isqrt(inside.numerator), math.isqrt(inside.denominator))
    if exact * exact == inside:
        found = [(-b + exact) / (2 * a), (-b - exact) / (2 * a)]
    else:
        root = math.sqrt(inside)
        found = [(-float(b) + root) / float(2 * a), (-float(b) - root) / float(2 * a)]
    return sorted(found, reverse=True)


def eigenvalues(A: Any, part_a: Sequence[Any] | None = None) -> Values:
    """The real eigenvalues: roots of the characteristic polynomial, the larger one first.

    Args:
        A: 2 x 2, with real eigenvalues.
        part_a: coefficients found before, from λ² down, in place of those of A.

    Raises:
        ValueError: they are not real; “trivial: …” where the polynomial handed on has no real roots.
    """
    return roots(coefficients(A) if part_a is None else part_a)


def eigenvalues_by_iteration(A: Any, part_a: Sequence[Any] | None = None) -> list[float]:
    """The same by QR steps in floating point; of a polynomial, by those of its companion matrix."""
    if part_a is not None:
        leading, p, q = (float(entry) for entry in part_a)
        matrix = np.array([[-p / leading, -q / leading], [1.0, 0.0]])
    else:
        matrix = np.array(_square(A), dtype=float)
    found = np.linalg.eigvals(matrix)
    if np.any(np.iscomplex(found)):
        raise ValueError("trivial: the eigenvalues are not real")
    return sorted((float(v) for v in found), reverse=True)


def eigenvalues_negated(A: Any) -> Values:
    """The roots of the polynomial with the wrong sign of the trace."""
    return roots(coefficients_with_positive_trace(A))


def diagonal(A: Any) -> list[Fraction]:
    """The diagonal entries, which are eigenvalues of triangular matrices only."""
    matrix = _square(A)
    return [matrix[0, 0], matrix[1, 1]]


# ---------------------------------------------------------------- eigenvectors


def _null_vector(M: Array) -> Array:
    """A vector that a singular 2 x 2 matrix takes to 0: at right angles to a row that is not 0."""
    if determinant(M) != 0:
        raise ValueError("trivial: that number is no eigenvalue of A, so no vector but 0 belongs to it")
    row = next((row for row in M if np.any(row != 0)), None)
    if row is None:
        raise ValueError("every vector is an eigenvector: A is a multiple of I")
    return np.array([[row[1]], [-row[0]]], dtype=object)


def _eigenvector(A: Any, largest: bool) -> Array:
    values = eigenvalues(A)
    value = values[0] if largest else values[-1]
    if not isinstance(value, Fraction):
        raise ValueError("the eigenvalues are not rational")
    return _null_vector(_square(A) - value * identity(2))


def eigenvector_of_larger(A: Any) -> Array:
    """An eigenvector to the larger eigenvalue: the null space of A − λI.

    Args:
        A: 2 x 2, with two different rational eigenvalues.

    Returns:
        2 x 1; every multiple but 0 is right too.
    """
    return _eigenvector(A, largest=True)


def eigenvector_of_smaller(A: Any) -> Array:
    """An eigenvector to the smaller eigenvalue."""
    return _eigenvector(A, largest=False)


def _iterated(A: Any, largest: bool) -> Array:
    matrix = np.array(_square(A), dtype=float)
    shift = float(np.linalg.norm(matrix))
    # All eigenvalues of A + shift are positive, so that its powers turn any vector towards the larger one's.
    step = matrix + shift * np.eye(2) if largest else shift * np.eye(2) - matrix
    vector = np.array([[1.0], [0.381966]])
    for _ in range(4000):
        vector = step @ vector
        vector /= np.linalg.norm(vector)
    return vector


def eigenvector_of_larger_by_iteration(A: Any) -> Array:
    """The same by powers of A + s I, in floating point."""
    return _iterated(A, largest=True)


def eigenvector_of_smaller_by_iteration(A: Any) -> Array:
    """The same for the smaller eigenvalue, by powers of s I − A."""
    return _iterated(A, largest=False)


def larger_vector_with_wrong_sign(A: Any) -> Array:
    """One sign lost when the equation was solved."""
    return eigenvector_of_larger(A) * _signs()


def smaller_vector_with_wrong_sign(A: Any) -> Array:
    """One sign lost when the equation was solved."""
    return eigenvector_of_smaller(A) * _signs()


def _signs() -> Array:
    """(1, −1) as a column."""
    return np.array([[Fraction(1)], [Fraction(-1)]], dtype=object)
