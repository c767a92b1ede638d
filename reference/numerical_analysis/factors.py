"""A matrix from its singular values and vectors, and its pseudo-inverse, in exact arithmetic.

The matrix is built in two ways: as a sum of dyads, entry by entry; and as the linear map that takes each right singular
vector v_i to s_i u_i and everything perpendicular to them to 0. The pseudo-inverse takes each y to the coefficients of
least squares; it is confirmed in floating point by NumPy, which computes its own singular value decomposition.

Source: G. Golub and C. Van Loan, "Matrix Computations", 4th ed., sections 2.4 and 5.5.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, exact_array, identity, solve, zeros
from reference.numerical_analysis.differences import Floats, floats
from reference.numerical_analysis.least_squares import coefficients


def _diagonal(S: Any) -> list[Fraction]:
    middle = exact_array(S, "S")
    return [middle[i, i] for i in range(len(middle))]


def sum_of_dyads(U: Any, S: Any, V: Any) -> Array:
    """Σ_i s_i u_i v_iᵀ, entry by entry.

    Args:
        U: n x r, with orthonormal columns u_i.
        S: r x r, diagonal.
        V: m x r, with orthonormal columns v_i.

    Returns:
        n x m.
    """
    left, values, right = exact_array(U, "U"), _diagonal(S), exact_array(V, "V")
    found = zeros(len(left), len(right))
    for k, l in np.ndindex(len(left), len(right)):  # noqa: E741
        terms = (s * left[k, i] * right[l, i] for i, s in enumerate(values))
        found[k, l] = sum(terms, Fraction(0))
    return found


def map_of_directions(U: Any, S: Any, V: Any) -> Array:
    """The same, as the map with A v_i = s_i u_i and A w = 0 for each w that is perpendicular to all v_i.

    Raises:
        ValueError: ``too large`` where V has more columns than rows, so that its columns cannot be orthonormal.
    """
    left, values, right = exact_array(U, "U"), _diagonal(S), exact_array(V, "V")
    m, r = right.shape
    if r > m or r > len(left):
        raise ValueError(f"too large: {r} directions in {m} dimensions")
    away = identity(m) - right @ right.T  # its columns are perpendicular to all v_i, and span all that is
    # A V = U S and A (I − V Vᵀ) = 0, as one system for Aᵀ, in least squares since it has more equations than needed
    images = np.concatenate([left * np.array(values, dtype=object), zeros(len(left), m)], axis=1)
    inputs = np.concatenate([right, away], axis=1)
    return solve(inputs @ inputs.T, inputs @ images.T).T


def pseudo_inverse(A: Any) -> Array:
    """The pseudo-inverse of a matrix with independent columns: its column k holds the coefficients for y = e_k.

    Args:
        A: n x d, with independent columns.

    Returns:
        d x n.
    """
    matrix = exact_array(A, "A")
    units = identity(len(matrix))
    return np.concatenate([coefficients(matrix, units[:, [k]]) for k in range(len(matrix))], axis=1)


def pseudo_inverse_by_numpy(A: Any) -> Floats:
    """The same in floating point."""
    return np.asarray(np.linalg.pinv(floats(A)), dtype=np.float64)
