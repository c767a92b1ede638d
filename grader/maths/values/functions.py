"""Functions of values: of numbers entry by entry, of matrices, norms, diagonals, blocks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.maths.values.entrywise import mapped
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.norms import folded, norm
from grader.maths.values.operations import (
    SIZELESS,
    Scaled,
    ShapeError,
    add,
    is_matrix,
    multiply,
    raised,
    shape_of,
    shape_text,
    transposed,
    unwrapped,
)

if TYPE_CHECKING:
    from grader.maths.values.places import Point


def shape_error(message: str) -> ShapeError:
    """The error for sizes that do not fit, for the caller to raise."""
    return ShapeError(message)


def apply(name: str, arguments: list[Any], base: Any, point: Point) -> Any:
    """A function of values.

    Args:
        name: as in :class:`grader.maths.tree.Call`.
        arguments: values.
        base: of a logarithm or root, or None.
        point: where; its field computes functions of numbers.

    Raises:
        UnsupportedError: it is not computed here.
        ShapeError: it is not defined for these shapes.
        RetryError: it is undefined at this point.
    """
    first = arguments[0]
    special = _OF_MATRICES.get(name)
    if special is not None and (is_matrix(first) or isinstance(first, Scaled) or name in ("dot", "softmax", "outer")):
        if len(arguments) != (2 if name == "dot" else 1):
            raise UnsupportedError(f"{name} of {len(arguments)} arguments")
        return special(arguments, point)
    if any(type(argument) in SIZELESS for argument in arguments):
        raise UnsupportedError(f"{name} of what has no known size")
    if is_matrix(first) and len(arguments) == 1 and base is None and name not in _OF_ALL_ENTRIES:
        if name.rstrip("′") in _OF_SQUARE and first.nrows() == first.ncols() and not point.elementwise:
            raise UnsupportedError(f"{name} of a square matrix, which may be meant entry by entry or not")
        return mapped(first, lambda entry: point.field.function(name, [entry], None), point)
    require_numbers(name, *arguments, base)
    if name in ("tr", "transpose", "vec"):
        return first
    if name == "logsumexp":
        return first
    if name == "pinv":
        return raised(first, -1)
    if name == "rank":
        return point.field.number(Fraction(int(first != 0)))
    if name == "det":
        return first
    if name == "dot" and len(arguments) == 2:
        return first * arguments[1]
    return point.field.function(name, arguments, base)


_OF_ALL_ENTRIES = frozenset("max min gcd lcm hypot".split())
"""Functions of many numbers: those of one matrix are not of each entry."""

_OF_SQUARE = frozenset("exp log sqrt sin cos tan sinh cosh tanh arcsin arccos arctan arsinh arcosh artanh".split())
"""Functions that square matrices have too, given by a power series: another thing than that of each entry."""


def require_numbers(name: str, *values: Any) -> None:
    """Refuse a matrix, or a multiple of the identity, where a function is of numbers.

    Args:
        name: of the function, for the message.
        values: its arguments and its base; None for one that is not there.

    Raises:
        UnsupportedError: one of them is no number.
    """
    if any(is_matrix(value) or type(value) in SIZELESS for value in values):
        raise UnsupportedError(f"{name} of matrices")


def _trace(arguments: list[Any], point: Point) -> Any:
    matrix = arguments[0]
    if isinstance(matrix, Scaled):
        raise UnsupportedError("the trace of an identity of unknown size")
    if matrix.nrows() != matrix.ncols():
        raise ShapeError(f"the trace of {shape_text(shape_of(matrix), point.sizes)}, which is not square, is taken")
    total = matrix[0, 0]
    for place in range(1, matrix.nrows()):
        total = total + matrix[place, place]
    return total


def _determinant(arguments: list[Any], point: Point) -> Any:
    matrix = arguments[0]
    if isinstance(matrix, Scaled):
        raise UnsupportedError("the determinant of an identity of unknown size")
    if matrix.nrows() != matrix.ncols():
        if 1 in shape_of(matrix):
            return norm(matrix, None, point)  # bars around a vector
        raise ShapeError(
            f"the determinant of {shape_text(shape_of(matrix), point.sizes)}, which is not square, is taken"
        )
    return matrix.det()


def total(value: Any, point: Point) -> Any:
    """The sum of all entries."""
    if isinstance(value, Scaled):
        raise UnsupportedError("the sum of an identity of unknown size")
    return folded(value.entries()) if is_matrix(value) else value


def _inverse_like(arguments: list[Any], point: Point) -> Any:
    """The pseudo-inverse of a matrix of full rank."""
    matrix = arguments[0]
    if isinstance(matrix, Scaled):
        return raised(matrix, -1)
    rows, columns = shape_of(matrix)
    if rows == columns:
        return raised(matrix, -1)
    flipped = transposed(matrix)
    if rows > columns:
        return unwrapped(multiply(raised(multiply(flipped, matrix), -1), flipped))
    return unwrapped(multiply(flipped, raised(multiply(matrix, flipped), -1)))


def _dot(arguments: list[Any], point: Point) -> Any:
    left, right = arguments
    alike = is_matrix(left) and is_matrix(right) and shape_of(left) == shape_of(right)
    if alike and (1 in shape_of(left) or left.nrows() != left.ncols()):  # square matrices have a product, A · B
        return folded([a * b for a, b in zip(left.entries(), right.entries(), strict=True)])
    return multiply(left, right, point.sizes)


def _softmax(arguments: list[Any], point: Point) -> Any:
    vector = arguments[0]
    if isinstance(vector, Scaled):
        raise UnsupportedError("the softmax of a matrix")
    if not is_matrix(vector):
        return point.field.number(Fraction(1))
    if 1 not in shape_of(vector):
        raise UnsupportedError("the softmax of a matrix")
    powers = mapped(vector, lambda entry: point.field.function("exp", [entry], None), point)
    divisor = folded(powers.entries())
    if divisor == 0:
        raise RetryError("division by zero")
    return powers * (1 / divisor)


def _log_sum(arguments: list[Any], point: Point) -> Any:
    """log Σ exp of the entries."""
    vector = arguments[0]
    if isinstance(vector, Scaled):
        raise UnsupportedError("logsumexp of an identity of unknown size")
    powers = mapped(vector, lambda entry: point.field.function("exp", [entry], None), point)
    return point.field.function("log", [folded(powers.entries())], None)


def _vector(arguments: list[Any], point: Point) -> Any:
    matrix = arguments[0]
    if isinstance(matrix, Scaled):
        raise UnsupportedError("the columns of an identity of unknown size")
    rows, columns = shape_of(matrix)
    return point.field.matrix(rows * columns, 1, transposed(matrix).entries())


def _rank(arguments: list[Any], point: Point) -> Any:
    if isinstance(arguments[0], Scaled):
        raise UnsupportedError("the rank of an identity of unknown size")
    if not hasattr(arguments[0], "rank"):
        raise UnsupportedError("the rank of a matrix of balls")
    return point.field.number(Fraction(arguments[0].rank()))


_OF_MATRICES: dict[str, Callable[[list[Any], Any], Any]] = {
    "tr": _trace, "det": _determinant, "abs": _determinant, "pinv": _inverse_like, "dot": _dot,
    "softmax": _softmax, "logsumexp": _log_sum, "vec": _vector, "rank": _rank,
}  # fmt: skip


__all__ = ["add", "apply", "total"]
