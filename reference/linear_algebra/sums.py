"""Sums and multiples of small matrices, entry by entry as they are defined, and by products of block matrices.

Matrices are nested lists or NumPy arrays of ``int`` and ``Fraction``, vectors are lists; results are NumPy arrays of
``Fraction``, vectors as columns.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reference.linear import Array, exact_array, identity, number, solve, zeros


def same_shape(A: Any, B: Any, first: str, second: str) -> tuple[Array, Array]:
    """Two matrices of fractions; the names are used in errors.

    Raises:
        ValueError: the shapes differ.
    """
    one, other = exact_array(A, first), exact_array(B, second)
    if one.shape != other.shape:
        raise ValueError(f"the shapes of {first} and {second} differ: {one.shape} and {other.shape}")
    return one, other


def added(A: Any, B: Any) -> Array:
    """A + B, entry by entry.

    Raises:
        ValueError: the shapes differ.
    """
    one, other = same_shape(A, B, "A", "B")
    found = zeros(*one.shape)
    for i, j in np.ndindex(*one.shape):
        found[i, j] = one[i, j] + other[i, j]
    return found


def added_by_blocks(A: Any, B: Any) -> Array:
    """A + B as the product of the block row [A B] and the block column of two identities."""
    one, other = same_shape(A, B, "A", "B")
    units = identity(one.shape[1])
    found: Array = np.concatenate([one, other], axis=1) @ np.concatenate([units, units])
    return found


def subtracted(A: Any, B: Any) -> Array:
    """A − B: the sum with a slip of sign."""
    one, other = same_shape(A, B, "A", "B")
    found: Array = one - other
    return found


def vectors_added(x: Any, y: Any) -> Array:
    """x + y, entry by entry."""
    return added(x, y)


def vectors_added_by_blocks(x: Any, y: Any) -> Array:
    """x + y as [x y] times (1, 1)."""
    return added_by_blocks(x, y)


def vectors_subtracted(x: Any, y: Any) -> Array:
    """x − y."""
    return subtracted(x, y)


def multiple(k: Any, A: Any) -> Array:
    """k A, entry by entry."""
    factor, matrix = number(k, "k"), exact_array(A, "A")
    found = zeros(*matrix.shape)
    for i, j in np.ndindex(*matrix.shape):
        found[i, j] = factor * matrix[i, j]
    return found


def multiple_by_identity(k: Any, A: Any) -> Array:
    """k A as the product of A and a matrix with k on its diagonal."""
    matrix = exact_array(A, "A")
    found: Array = matrix @ (number(k, "k") * identity(matrix.shape[1]))
    return found


def shifted(k: Any, A: Any) -> Array:
    """k added to each entry: a sum in place of a multiple."""
    found: Array = exact_array(A, "A") + number(k, "k")
    return found


def vector_multiple(k: Any, x: Any) -> Array:
    """k x, entry by entry."""
    return multiple(k, x)


def vector_multiple_by_identity(k: Any, x: Any) -> Array:
    """k x as a matrix with k on its diagonal times x."""
    column = exact_array(x, "x")
    found: Array = (number(k, "k") * identity(len(column))) @ column
    return found


def vector_shifted(k: Any, x: Any) -> Array:
    """k added to each entry of x."""
    return shifted(k, x)


def divided(A: Any, divisor: Any) -> Array:
    """A / divisor, entry by entry.

    Raises:
        ValueError: the divisor is 0.
    """
    by = number(divisor, "divisor")
    if by == 0:
        raise ValueError("divisor is 0, expected another number")
    matrix = exact_array(A, "A")
    found = zeros(*matrix.shape)
    for i, j in np.ndindex(*matrix.shape):
        found[i, j] = matrix[i, j] / by
    return found


def divided_by_elimination(A: Any, divisor: Any) -> Array:
    """A / divisor as the X with divisor · X = A."""
    matrix = exact_array(A, "A")
    return solve(number(divisor, "divisor") * identity(len(matrix)), matrix)


def multiplied_instead(A: Any, divisor: Any) -> Array:
    """A times the divisor."""
    found: Array = exact_array(A, "A") * number(divisor, "divisor")
    return found


def combined(k: Any, x: Any, z: Any, part_e: Any = None) -> Array:
    """k x − z, entry by entry.

    Args:
        k: a number.
        x, z: vectors of one length.
        part_e: what was found for k x before, in place of it.

    Raises:
        ValueError: the lengths differ; “trivial: …” where the vector handed on has another length than z.
    """
    if part_e is None:
        found = multiple(k, x)
    else:
        own = exact_array(part_e, "k x")
        found = own if own.shape[1] == 1 else own.T
        if found.shape != exact_array(z, "z").shape:
            raise ValueError("trivial: that vector is not as long as z")
    one, other = same_shape(found, z, "k x", "z")
    for i, j in np.ndindex(*one.shape):
        found[i, j] = one[i, j] - other[i, j]
    return found


def combined_by_blocks(k: Any, x: Any, z: Any) -> Array:
    """k x − z as [x z] times (k, −1)."""
    one, other = same_shape(x, z, "x", "z")
    weights = exact_array([number(k, "k"), -1], "weights")
    return np.concatenate([one, other], axis=1) @ weights


def combined_in_brackets(k: Any, x: Any, z: Any) -> Array:
    """k (x − z): the factor reaches too far."""
    one, other = same_shape(x, z, "x", "z")
    found: Array = number(k, "k") * (one - other)
    return found


def combined_with_plus(k: Any, x: Any, z: Any) -> Array:
    """k x + z: a slip of sign."""
    one, other = same_shape(x, z, "x", "z")
    found: Array = number(k, "k") * one + other
    return found


def multiplied_entries(A: Any, B: Any) -> Array:
    """The product of entries in the same place."""
    one, other = same_shape(A, B, "A", "B")
    found: Array = one * other
    return found
