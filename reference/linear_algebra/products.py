"""Transposes and products of small matrices: row times column, and by dyads, columns or unit vectors.

Matrices are nested lists or NumPy arrays of ``int`` and ``Fraction``, vectors are lists; results are NumPy arrays of
``Fraction``, vectors as columns.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reference.linear import Array, exact_array, identity, zeros
from reference.linear_algebra.sums import same_shape


def conformable(A: Any, B: Any, first: str, second: str) -> tuple[Array, Array]:
    """Two matrices of fractions that can be multiplied; the names are used in errors.

    Raises:
        ValueError: the inner sizes differ.
    """
    one, other = exact_array(A, first), exact_array(B, second)
    if one.shape[1] != other.shape[0]:
        raise ValueError(f"{first} has {one.shape[1]} columns, but {second} has {other.shape[0]} rows")
    return one, other


def transposed(M: Any) -> Array:
    """Mᵀ: the entry in row i and column j of M goes to row j and column i."""
    matrix = exact_array(M, "M")
    found = zeros(matrix.shape[1], matrix.shape[0])
    for i, j in np.ndindex(*matrix.shape):
        found[j, i] = matrix[i, j]
    return found


def transposed_by_inner_products(M: Any) -> Array:
    """The only matrix N with yᵀ(M x) = (N y)ᵀx, found with unit vectors for x and y."""
    matrix = exact_array(M, "M")
    rows, columns = identity(matrix.shape[0]), identity(matrix.shape[1])
    images = [matrix @ columns[:, [j]] for j in range(matrix.shape[1])]
    return np.array([[(rows[[i]] @ image)[0, 0] for i in range(len(rows))] for image in images], dtype=object)


def reshaped(M: Any) -> Array:
    """The entries of M, row by row, in the shape of Mᵀ: the usual mistake for a transpose."""
    matrix = exact_array(M, "M")
    return matrix.reshape(matrix.shape[1], matrix.shape[0])


def turned(M: Any) -> Array:
    """M turned by a quarter."""
    return np.rot90(exact_array(M, "M"), -1)


def product(A: Any, B: Any) -> Array:
    """A B, row times column.

    Raises:
        ValueError: the inner sizes differ.
    """
    one, other = conformable(A, B, "A", "B")
    found = zeros(one.shape[0], other.shape[1])
    for i, j in np.ndindex(*found.shape):
        for k in range(one.shape[1]):
            found[i, j] += one[i, k] * other[k, j]
    return found


def product_by_dyads(A: Any, B: Any) -> Array:
    """A B as the sum over k of column k of A times row k of B."""
    one, other = conformable(A, B, "A", "B")
    return sum((np.outer(one[:, k], other[k]) for k in range(one.shape[1])), zeros(one.shape[0], other.shape[1]))


def product_reversed(A: Any, B: Any) -> Array:
    """B A, row times column."""
    return product(B, A)


def product_reversed_by_dyads(A: Any, B: Any) -> Array:
    """B A as a sum of dyads."""
    return product_by_dyads(B, A)


def entrywise(A: Any, B: Any) -> Array:
    """The product of entries in the same place."""
    one, other = same_shape(A, B, "A", "B")
    found: Array = one * other
    return found


def image(M: Any, y: Any) -> Array:
    """M y, row times column."""
    return product(M, y)


def image_by_columns(M: Any, y: Any) -> Array:
    """M y as the combination of the columns of M with the entries of y as weights."""
    matrix, weights = conformable(M, y, "M", "y")
    columns = (matrix[:, [j]] * weights[j, 0] for j in range(len(weights)))
    return sum(columns, zeros(len(matrix), 1))


def image_without_sums(M: Any, y: Any) -> Array:
    """The rows of M times y, entry by entry, and not added up."""
    matrix, weights = conformable(M, y, "M", "y")
    found: Array = matrix * weights.T
    return found
