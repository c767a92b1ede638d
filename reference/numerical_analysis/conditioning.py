"""Condition numbers of matrices whose singular values can be seen, and of orthogonal ones.

They are computed from the entries and confirmed by NumPy's singular values, or by a search for the worst relative error
on random directions.

Source: L. Trefethen and D. Bau, "Numerical Linear Algebra" (1997), lecture 12.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import sympy

from reference.exact import Number, exact_number
from reference.linear import Array, exact_array, identity, inverse_by_cofactors

Entries = Sequence[Number]


def _sizes(d: Entries) -> list[Fraction]:
    found = [abs(exact_number(entry, "an entry of d")) for entry in d]
    if not found or 0 in found:
        raise ValueError(f"d holds {len(found)} numbers, expected at least one and no 0")
    return found


def diagonal_condition(d: Entries) -> Fraction:
    """κ_2 of diag(d): the largest absolute entry over the least one.

    Args:
        d: the diagonal; no entry is 0.
    """
    sizes = _sizes(d)
    return max(sizes) / min(sizes)


def diagonal_condition_by_directions(d: Entries) -> float:
    """The same from the definition: ‖D δ‖/‖δ‖ at its largest over ‖D x‖/‖x‖ at its least, both by power iteration."""
    matrix = np.diag([float(entry) for entry in d])
    return _stretch(matrix) * _stretch(np.linalg.inv(matrix))


def _stretch(matrix: Any) -> float:
    """The largest ‖M x‖ over unit vectors, by power iteration on MᵀM from a vector with all entries."""
    x = np.linspace(1.0, 2.0, matrix.shape[1])
    for _ in range(4000):
        x = matrix.T @ (matrix @ x)
        x = x / np.linalg.norm(x)
    return float(np.linalg.norm(matrix @ x))


def inverse_condition(d: Entries) -> Fraction:
    """A slip: the least over the largest absolute entry."""
    return 1 / diagonal_condition(d)


def signed_ratio(d: Entries) -> Fraction:
    """A slip: the largest over the least entry, signs and all."""
    _sizes(d)
    return Fraction(max(d)) / Fraction(min(d))


def determinant_of_diagonal(d: Entries) -> Fraction:
    """A slip: the product of the absolute entries."""
    product = Fraction(1)
    for size in _sizes(d):
        product *= size
    return product


def _padded(values: Entries, rows: int, columns: int) -> Any:
    matrix = np.zeros((rows, columns))
    for i, value in enumerate(values):
        matrix[i, i] = float(value)
    return matrix


def tall_condition(tall: Entries) -> Fraction:
    """‖A‖_2 ‖A⁺‖_2 for the matrix with these numbers on its diagonal and a row of zeros below."""
    return diagonal_condition(tall)


def tall_condition_by_pseudo_inverse(tall: Entries) -> float:
    """The same by NumPy's pseudo-inverse."""
    matrix = _padded(tall, len(tall) + 1, len(tall))
    return float(np.linalg.norm(matrix, 2) * np.linalg.norm(np.linalg.pinv(matrix), 2))


def wide_condition(wide: Entries) -> Fraction:
    """‖A‖_2 ‖A⁺‖_2 for the matrix with these numbers on its diagonal and a column of zeros to the right."""
    return diagonal_condition(wide)


def wide_condition_by_pseudo_inverse(wide: Entries) -> float:
    """The same by NumPy's pseudo-inverse."""
    matrix = _padded(wide, len(wide), len(wide) + 1)
    return float(np.linalg.norm(matrix, 2) * np.linalg.norm(np.linalg.pinv(matrix), 2))


# ---------------------------------------------------------------- the worst ratio of relative errors


def worst_ratio(wide: Entries) -> str:
    """Whether the supremum of (‖A δ‖/‖A x‖)/(‖δ‖/‖x‖) is infinite for the wide matrix of these numbers.

    For x = t e_1 + e_n, where A e_n = 0, and δ = e_1 the ratio is √(1 + t²)/|t|, whatever the numbers are. It is
    followed for t = 1, 1/2, 1/4 …

    Returns:
        "infinite" if the ratio passes 2^20, else "finite".
    """
    _sizes(wide)
    squares = [(1 + t * t) / (t * t) for t in (Fraction(1, 2**k) for k in range(25))]
    return "infinite" if max(squares) > 2**40 else "finite"


def worst_ratio_by_rank(wide: Entries) -> str:
    """The same: a matrix with more columns than rows has a null vector, at which the divisor is 0."""
    matrix = _padded(wide, len(wide), len(wide) + 1)
    least = float(np.sqrt(max(0.0, np.linalg.eigvalsh(matrix.T @ matrix)[0])))
    return "infinite" if least < 1e-12 * np.linalg.norm(matrix, 2) else "finite"


# ---------------------------------------------------------------- orthogonal matrices


def _cayley(seed: int, size: int) -> Array:
    """An orthogonal matrix of fractions: (I − K)(I + K)⁻¹ for a skew K of integers."""
    rng = np.random.default_rng(seed)
    half = rng.integers(-3, 4, size=(size, size))
    skew = exact_array((half - half.T).astype(object), "K")
    found: Array = (identity(size) - skew) @ inverse_by_cofactors(identity(size) + skew)
    return found


def orthogonal_norm_and_condition() -> list[Any]:
    """‖Q‖_2 and κ_2(Q) of orthogonal matrices of fractions, from lengths ‖Q x‖²/‖x‖² that are computed exactly."""
    ratios = set()
    for seed, size in ((1, 2), (2, 3), (3, 3)):
        Q = _cayley(seed, size)
        for k in range(12):
            x = exact_array([k - 5 + j * j for j in range(size)], "x")
            if np.any(x != 0):
                ratios.add(Fraction(np.sum((Q @ x) ** 2)) / Fraction(np.sum(x**2)))
    largest, least = (sympy.Rational(r.numerator, r.denominator) for r in (max(ratios), min(ratios)))
    return [sympy.sqrt(largest), sympy.sqrt(largest / least)]


def orthogonal_norm_and_condition_by_numpy() -> list[float]:
    """The same of the orthogonal factor of a random matrix, by singular values."""
    Q = np.linalg.qr(np.random.default_rng(4).normal(size=(5, 5)))[0]
    return [float(np.linalg.norm(Q, 2)), float(np.linalg.cond(Q))]


def orthogonal_norm() -> Any:
    """‖Q‖_2, from exact lengths."""
    return orthogonal_norm_and_condition()[0]


def orthogonal_norm_by_numpy() -> float:
    """The same, by singular values."""
    return orthogonal_norm_and_condition_by_numpy()[0]


def orthogonal_condition() -> Any:
    """κ_2(Q), from exact lengths."""
    return orthogonal_norm_and_condition()[1]


def orthogonal_condition_by_numpy() -> float:
    """The same, by singular values."""
    return orthogonal_norm_and_condition_by_numpy()[1]
