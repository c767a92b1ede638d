"""Products of matrices besides the usual one: entry by entry, and of Kronecker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.maths.values.blocks import MAX_ENTRIES
from grader.maths.values.fields import UnsupportedError
from grader.maths.values.operations import Ones, Scaled, ShapeError, filled, is_matrix, multiply, shape_of, shape_text

if TYPE_CHECKING:
    from grader.maths.values.places import Point


def hadamard(left: Any, right: Any, point: Point) -> Any:
    """The Hadamard product.

    Args:
        left, right: values of one shape.
        point: where.

    Raises:
        ShapeError: their shapes differ.
    """
    if not is_matrix(left) or not is_matrix(right):
        if isinstance(left, Scaled) or isinstance(right, Scaled):
            return _with_identity(left, right, point)
        if isinstance(left, Ones) and is_matrix(right):
            return hadamard(filled(left, *shape_of(right), right), right, point)
        if isinstance(right, Ones) and is_matrix(left):
            return hadamard(left, filled(right, *shape_of(left), left), point)
        return multiply(left, right, point.sizes)
    if shape_of(left) != shape_of(right):
        shapes = [shape_text(shape_of(value), point.sizes) for value in (left, right)]
        raise ShapeError(f"{shapes[0]} and {shapes[1]} are multiplied entry by entry")
    entries = [a * b for a, b in zip(left.entries(), right.entries(), strict=True)]
    return point.field.matrix(*shape_of(left), entries)


def _with_identity(left: Any, right: Any, point: Point) -> Any:
    """The Hadamard product with the identity keeps the diagonal."""
    matrix, identity = (right, left) if isinstance(left, Scaled) else (left, right)
    if not is_matrix(matrix):
        return multiply(left, right, point.sizes)
    rows, columns = shape_of(matrix)
    entries = [
        matrix[i, j] * identity.factor if i == j else matrix[i, j] * 0 for i in range(rows) for j in range(columns)
    ]
    return point.field.matrix(rows, columns, entries)


def kronecker(left: Any, right: Any, point: Point) -> Any:
    """The Kronecker product."""
    if isinstance(left, Scaled) or isinstance(right, Scaled):
        raise UnsupportedError("the Kronecker product with an identity of unknown size")
    if not is_matrix(left) or not is_matrix(right):
        return multiply(left, right, point.sizes)
    (a, b), (c, d) = shape_of(left), shape_of(right)
    if a * b * c * d > MAX_ENTRIES:
        raise UnsupportedError("a matrix is too large to work with")
    entries = [left[i // c, j // d] * right[i % c, j % d] for i in range(a * c) for j in range(b * d)]
    return point.field.matrix(a * c, b * d, entries)
