"""Inner and outer products, traces, and products with the identity."""

from __future__ import annotations

from typing import Any

import numpy as np

from reference.linear import Array, exact_array, identity
from reference.linear_algebra.products import product
from reference.linear_algebra.search import rank
from reference.linear_algebra.sums import same_shape


def dyad_rank(x: Any, y: Any) -> int:
    """The rank of x yᵀ: the number of rows that are left after elimination.

    Args:
        x, y: vectors; their lengths may differ.
    """
    return rank(product(x, exact_array(y, "y").T))


def dyad_rank_by_singular_values(x: Any, y: Any) -> int:
    """The rank of x yᵀ as the number of singular values that are not 0, in floating point."""
    left, right = (np.array(exact_array(v, name), dtype=float) for v, name in ((x, "x"), (y, "y")))
    values = np.linalg.svd(left @ right.T, compute_uv=False)
    return int(np.sum(values > 1e-9 * max(1.0, values[0])))


def inner_product(x: Any, y: Any) -> Any:
    """Σ x_i y_i, added up."""
    one, other = same_shape(x, y, "x", "y")
    total = one[0, 0] * 0
    for i in range(len(one)):
        total += one[i, 0] * other[i, 0]
    return total


def inner_product_by_lengths(x: Any, y: Any) -> Any:
    """The same by the squared lengths of sum and difference, (‖x + y‖² − ‖x − y‖²)/4."""
    one, other = same_shape(x, y, "x", "y")
    return (np.sum((one + other) ** 2) - np.sum((one - other) ** 2)) / 4


def with_identities(A: Any) -> Array:
    """I A I with identities of the sizes that fit, row times column."""
    matrix = exact_array(A, "A")
    return product(product(identity(len(matrix)), matrix), identity(matrix.shape[1]))


def with_identities_by_units(A: Any) -> Array:
    """The same, from what it does to unit vectors: I y = y and I x = x for all of them."""
    matrix = exact_array(A, "A")
    units = identity(matrix.shape[1])
    return np.concatenate([matrix @ units[:, [j]] for j in range(len(units))], axis=1)


def trace(A: Any) -> Any:
    """The sum of the diagonal of a square matrix.

    Raises:
        ValueError: it is not square.
    """
    matrix = exact_array(A, "A")
    if matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"A is {matrix.shape[0]} x {matrix.shape[1]}, expected a square matrix")
    total = matrix[0, 0] * 0
    for i in range(len(matrix)):
        total += matrix[i, i]
    return total


def trace_by_growth(A: Any) -> Any:
    """The trace as the rate at which det(I + h A) grows at h = 0, in floating point by a complex step."""
    matrix = np.array(exact_array(A, "A"), dtype=float)
    return float(np.imag(np.linalg.det(np.eye(len(matrix)) + 1e-20j * matrix)) / 1e-20)
