"""Determinant and inverse of a 2 × 2 matrix, and the slips that its formula invites.

The truth is found by elimination; it is confirmed by cofactors. The slips are the formula
1/(ad − bc) · [[d, −b], [−c, a]] with one of its steps wrong.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, determinant, exact_array, identity, inverse_by_cofactors, shaped, solve


def _entries(A: Any) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    (a, b), (c, d) = shaped(A, "A", 2, 2)
    return a, b, c, d


def _matrix(a: Fraction, b: Fraction, c: Fraction, d: Fraction) -> Array:
    return exact_array([[a, b], [c, d]], "the result")


# ---------------------------------------------------------------- determinant


def area_determinant(A: Any) -> Fraction:
    """det A, as the signed area of the parallelogram of the columns of A.

    The area is found by the shoelace formula from the corners 0, a, a + b, b.

    Args:
        A: 2 x 2.
    """
    a, b, c, d = _entries(A)
    corners = [(Fraction(0), Fraction(0)), (a, c), (a + b, c + d), (b, d)]
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    return sum((x * v - u * y for (x, y), (u, v) in pairs), Fraction(0)) / 2


def cofactor_determinant(A: Any) -> Fraction:
    """det A, expanded along the first row."""
    return determinant(shaped(A, "A", 2, 2))


def determinant_with_plus(A: Any) -> Fraction:
    """ad + bc."""
    a, b, c, d = _entries(A)
    return a * d + b * c


def determinant_of_rows(A: Any) -> Fraction:
    """ab − cd: products along the rows."""
    a, b, c, d = _entries(A)
    return a * b - c * d


def trace_for_determinant(A: Any) -> Fraction:
    """a + d."""
    a, _, _, d = _entries(A)
    return a + d


def negative_determinant(A: Any) -> Fraction:
    """bc − ad."""
    return -area_determinant(A)


# ---------------------------------------------------------------- inverse


def inverse(A: Any, part_a: Any = None) -> Array:
    """A⁻¹ by elimination.

    Args:
        A: 2 x 2.
        part_a: a determinant found before, by which [[d, −b], [−c, a]] is divided in place of the right one.

    Raises:
        ValueError: A is singular; “trivial: …” where the determinant handed on is 0.
    """
    if part_a is None:
        return solve(shaped(A, "A", 2, 2), identity(2))
    if part_a == 0:
        raise ValueError("trivial: with a determinant of 0 there is no inverse")
    found: Array = inverse_without_determinant(A) / Fraction(part_a)
    return found


def cofactor_inverse(A: Any) -> Array:
    """A⁻¹ by cofactors.

    Raises:
        ValueError: A is singular.
    """
    return inverse_by_cofactors(shaped(A, "A", 2, 2))


def inverse_without_determinant(A: Any) -> Array:
    """[[d, −b], [−c, a]], not divided by the determinant."""
    a, b, c, d = _entries(A)
    return _matrix(d, -b, -c, a)


def inverse_with_positive_corner(A: Any) -> Array:
    """The diagonal exchanged, the signs of the other two entries left as they are."""
    a, b, c, d = _entries(A)
    found: Array = _matrix(d, b, c, a) / area_determinant(A)
    return found


def inverse_without_exchange(A: Any) -> Array:
    """The signs changed, the diagonal not exchanged."""
    a, b, c, d = _entries(A)
    found: Array = _matrix(a, -b, -c, d) / area_determinant(A)
    return found


def inverse_transposed(A: Any) -> Array:
    """(A⁻¹)ᵀ: the two entries beside the diagonal exchanged as well."""
    return inverse(A).T


def inverse_with_wrong_determinant(A: Any) -> Array:
    """Divided by ad + bc."""
    wrong = determinant_with_plus(A)
    if wrong == 0:
        raise ValueError("ad + bc is 0, so this slip leads to no matrix")
    found: Array = inverse_without_determinant(A) / wrong
    return found


def reciprocal_entries(A: Any) -> Array:
    """1 over each entry."""
    matrix = shaped(A, "A", 2, 2)
    if np.any(matrix == 0):
        raise ValueError("A has an entry 0, so this slip leads to no matrix")
    return np.array([[1 / entry for entry in row] for row in matrix], dtype=object)
