"""Sums, products and powers of values that may be numbers, matrices, or multiples of the identity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from grader.maths.values.fields import RetryError, UnsupportedError

_MATRIX_TYPES: set[type] = set()
_MAX_BITS = 40_000
_NO_SIZES: Mapping[int, str] = {}


class Scaled(NamedTuple):
    """A multiple of the identity matrix, of whatever size fits."""

    factor: Any


class Ones(NamedTuple):
    """A multiple of the vector of ones, of whatever length fits: a column, or a row where ``row``."""

    row: bool
    factor: Any


SIZELESS = frozenset({Scaled, Ones})
"""Values whose size is not known by themselves."""


class ShapeError(ValueError):
    """Sizes of matrices do not fit; the message says which, in the names of the sizes."""


def is_matrix(value: Any) -> bool:
    """Whether a value is a matrix of more than one entry."""
    if not _MATRIX_TYPES:
        import flint

        _MATRIX_TYPES.update((flint.nmod_mat, flint.fmpq_mat, flint.arb_mat))
    return type(value) in _MATRIX_TYPES


def is_long_diagonal(value: Any) -> bool:
    """Whether a value is a diagonal matrix that is not square: Σ of a singular value decomposition."""
    if not is_matrix(value) or value.nrows() == value.ncols() or value.ncols() == 1:
        return False
    return all(value[i, j] == 0 for i in range(value.nrows()) for j in range(value.ncols()) if i != j)


def gram_of_diagonal(value: Any) -> Any:
    """What Σ² means where Σ is diagonal and not square: the squares of the singular values, on a square diagonal.

    Args:
        value: such a matrix.
    """
    other = value.transpose()
    return unwrapped(value * other if value.nrows() < value.ncols() else other * value)


def shape_of(value: Any) -> tuple[int, int]:
    """Rows and columns; those of a number are (1, 1)."""
    return (value.nrows(), value.ncols()) if is_matrix(value) else (1, 1)


def shape_text(shape: tuple[int, int], sizes: Mapping[int, str] = _NO_SIZES) -> str:
    """A shape in words: ``n×d``, “a number”.

    Args:
        shape: rows and columns.
        sizes: names of sizes by their value.
    """
    if shape == (1, 1):
        return "a number"
    return "×".join(sizes.get(size, str(size)) for size in shape)


def unwrapped(value: Any) -> Any:
    """A matrix of one entry as the number that it holds."""
    return value[0, 0] if is_matrix(value) and value.nrows() == 1 and value.ncols() == 1 else value


def negative(value: Any) -> Any:
    """The value with the other sign."""
    if isinstance(value, Scaled):
        return Scaled(-value.factor)
    return Ones(value.row, -value.factor) if isinstance(value, Ones) else -value


def transposed(value: Any) -> Any:
    """Rows as columns."""
    if isinstance(value, Ones):
        return Ones(not value.row, value.factor)
    return value.transpose() if is_matrix(value) else value


def add(left: Any, right: Any, sizes: Mapping[int, str] = _NO_SIZES) -> Any:
    """The sum.

    Args:
        left, right: values.
        sizes: names of sizes, for the message.

    Raises:
        ShapeError: they have different shapes.
    """
    one, other = is_matrix(left), is_matrix(right)
    if isinstance(left, Ones) or isinstance(right, Ones):
        if isinstance(left, Ones) and isinstance(right, Ones) and left.row == right.row:
            return Ones(left.row, left.factor + right.factor)
        if not one and not other:
            raise UnsupportedError("a vector of ones of unknown length")
        left = left if one else filled(left, *shape_of(right), right)
        right = right if other else filled(right, *shape_of(left), left)
        one = other = True
    if one and other:
        if left.nrows() != right.nrows() or left.ncols() != right.ncols():
            shapes = [shape_text(shape_of(value), sizes) for value in (left, right)]
            raise ShapeError(f"{shapes[0]} and {shapes[1]} are added")
        return unwrapped(left + right)
    if not one and not other:
        first, second = isinstance(left, Scaled), isinstance(right, Scaled)
        if first and second:
            return Scaled(left.factor + right.factor)
        if not first and not second:
            return left + right
        number, identity = (right, left.factor) if first else (left, right.factor)
        return number + identity  # the identity of size 1
    matrix, rest = (left, right) if one else (right, left)
    if isinstance(rest, Scaled):
        if matrix.nrows() != matrix.ncols():
            raise ShapeError(f"a multiple of the identity is added to {shape_text(shape_of(matrix), sizes)}")
        return matrix + _identity_like(matrix, rest.factor)
    if rest == 0:
        return matrix
    raise ShapeError(f"a number is added to {shape_text(shape_of(matrix), sizes)}")


def _identity_like(matrix: Any, factor: Any) -> Any:
    out = matrix - matrix
    for place in range(matrix.nrows()):
        out[place, place] = factor
    return out


def multiply(left: Any, right: Any, sizes: Mapping[int, str] = _NO_SIZES) -> Any:
    """The product.

    Args:
        left, right: values.
        sizes: names of sizes, for the message.

    Raises:
        ShapeError: the inner sizes differ.
    """
    one, other = is_matrix(left), is_matrix(right)
    if isinstance(left, Ones) or isinstance(right, Ones):
        return _times_ones(left, right, one=one, other=other)
    if one and other:
        if left.ncols() != right.nrows():
            shapes = [shape_text(shape_of(value), sizes) for value in (left, right)]
            raise ShapeError(f"{shapes[0]} times {shapes[1]} does not fit")
        return unwrapped(left * right)
    if isinstance(left, Scaled):
        return right * left.factor if other else _scaled(left.factor, right)
    if isinstance(right, Scaled):
        return left * right.factor if one else _scaled(right.factor, left)
    return left * right


def _times_ones(left: Any, right: Any, *, one: bool, other: bool) -> Any:
    """A product with the vector of ones: sums of rows or columns."""
    if isinstance(left, Ones) and other and left.row:
        return unwrapped(filled(left, 1, right.nrows(), right) * right)
    if isinstance(right, Ones) and one and not right.row:
        return unwrapped(left * filled(right, left.ncols(), 1, left))
    if one or other or (isinstance(left, Ones) and isinstance(right, Ones)):
        raise UnsupportedError("a vector of ones of unknown length")
    ones, number = (left, right) if isinstance(left, Ones) else (right, left)
    if isinstance(number, Scaled):
        number = number.factor
    return Ones(ones.row, ones.factor * number)


def filled(ones: Any, rows: int, columns: int, like: Any) -> Any:
    """A multiple of the vector of ones as a matrix.

    Args:
        ones: the multiple.
        rows, columns: the shape that it is to have.
        like: a matrix of the kind that it is to be.

    Raises:
        ShapeError: the shape is that of no such vector.
    """
    if not isinstance(ones, Ones) or (columns if not ones.row else rows) != 1:
        raise ShapeError("a vector of ones is added to what is no such vector")
    modulus = (like.modulus(),) if hasattr(like, "modulus") else ()
    return type(like)(rows, columns, [1] * (rows * columns), *modulus) * ones.factor


def _scaled(factor: Any, other: Any) -> Scaled:
    return Scaled(factor * (other.factor if isinstance(other, Scaled) else other))


def raised(base: Any, exponent: int, sizes: Mapping[int, str] = _NO_SIZES) -> Any:
    """A whole power; a negative one of a matrix is that of its inverse.

    Args:
        base: the value.
        exponent: a whole number.
        sizes: names of sizes, for the message.

    Raises:
        ShapeError: the base is a matrix that is not square.
        RetryError: the base is not invertible.
    """
    if isinstance(base, Scaled):
        return Scaled(raised(base.factor, exponent))
    if isinstance(base, Ones):
        raise UnsupportedError("a power of a vector of ones")
    if not is_matrix(base):
        if exponent < 0 and base == 0:
            raise RetryError("division by zero")
        if abs(exponent) > 64 and hasattr(base, "height_bits") and base.height_bits() * abs(exponent) > _MAX_BITS:
            raise UnsupportedError("a number is too large to work with")
        return base**exponent
    if base.nrows() != base.ncols():
        what = "inverted" if exponent < 0 else "raised to a power"
        raise ShapeError(f"{shape_text(shape_of(base), sizes)}, which is not square, is {what}")
    if exponent == 0:
        return _identity_like(base, base[0, 0] * 0 + 1)
    if exponent < 0:
        try:
            base = base.inv()
        except ZeroDivisionError:
            raise RetryError("a matrix is not invertible here") from None
        exponent = -exponent
    return base if exponent == 1 else base**exponent
