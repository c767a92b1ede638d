"""Singular values and eigenvalues as balls, the condition number, and the norms that are made of them.

The singular values of A are the roots of the eigenvalues of AᵀA (or of AAᵀ, whichever is smaller). Arb encloses
eigenvalues rigorously (Johansson, “Arb”, IEEE Trans. Comput. 66, 2017; Rump, “Computational error bounds for multiple
or nearly multiple eigenvalues”, Linear Algebra Appl. 324, 2001), so that a singular value is told apart from another
number only where that is proved.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cmp_to_key
from typing import Any

from grader.maths.values.fields import Field, RetryError, UnsupportedError, UnsureError
from grader.maths.values.operations import ShapeError, is_matrix, shape_of, transposed

MAX_SIZE = 12
"""Largest matrix, by the smaller of its two sizes, whose singular values or eigenvalues are worked out."""

WORK = 12
"""What the eigenvalues of a matrix of size n take of the budget of terms: n² / WORK and one."""

MIN, MAX = "min", "max"
"""The last and the first of values in descending order, by their names."""


def singular_values(value: Any, field: Field, budget: list[int]) -> tuple[Any, ...]:
    """The singular values in descending order, min(rows, columns) of them.

    Args:
        value: a matrix or number of balls.
        field: its arithmetic.
        budget: terms that may still be worked out in this evaluation; it is reduced.

    Raises:
        UnsupportedError: the arithmetic has no order, or the matrix is too large to work with.
    """
    _require_balls(field, "singular values")
    if not is_matrix(value):
        return (abs(value),)
    rows, columns = shape_of(value)
    _pay(min(rows, columns), budget)
    return _KNOWN.of("singular", value, _singular)


def eigenvalues(value: Any, field: Field, budget: list[int]) -> tuple[Any, ...]:
    """The eigenvalues in descending order, which all have to be real.

    Args:
        value: a square matrix or a number of balls.
        field: its arithmetic.
        budget: terms that may still be worked out in this evaluation; it is reduced.

    Raises:
        UnsupportedError: the arithmetic has no order, or the matrix is too large to work with.
        ShapeError: it is not square.
        RetryError: some of them are not real, or it is not known whether they are.
    """
    _require_balls(field, "eigenvalues")
    if not is_matrix(value):
        return (value,)
    rows, columns = shape_of(value)
    if rows != columns:
        raise ShapeError("the eigenvalues of a matrix that is not square are taken")
    _pay(rows, budget)
    return _KNOWN.of("eigen", value, _eigen)


def chosen(values: tuple[Any, ...], which: int | str) -> Any:
    """One of values in descending order.

    Args:
        values: all of them.
        which: its number from 1 on, or :data:`MAX` or :data:`MIN`.

    Raises:
        RetryError: there is no such one.
    """
    if which == MAX:
        return values[0]
    if which == MIN:
        return values[-1]
    if not isinstance(which, int) or not 1 <= which <= len(values):
        raise RetryError("an index runs past the end")
    return values[which - 1]


def condition(value: Any, field: Field, budget: list[int]) -> Any:
    """The condition number σ_max / σ_min of a matrix of full column rank.

    Args:
        value: a matrix or number of balls.
        field: its arithmetic.
        budget: as in :func:`singular_values`.

    Raises:
        UnsupportedError: it has more columns than rows; whether that makes κ infinite is a matter of definition.
        RetryError: its columns are dependent here.
    """
    rows, columns = shape_of(value)
    if rows < columns:
        raise UnsupportedError("the condition number of a matrix with more columns than rows")
    values = singular_values(value, field, budget)
    if not values[-1] > 0:
        known = RetryError if values[-1].is_zero() else UnsureError
        raise known("the condition number of a matrix of dependent columns")
    return values[0] / values[-1]


def numerical_rank(value: Any, field: Field, budget: list[int]) -> Any:
    """The number of singular values that are not 0.

    Args:
        value: a matrix or number of balls.
        field: its arithmetic.
        budget: as in :func:`singular_values`.

    Raises:
        UnsureError: whether one of them is 0 is not known.
    """
    values = singular_values(value, field, budget)
    count = sum(1 for found in values if found > 0)
    if count < len(values):  # a singular value that is 0 cannot be told from one that is very small
        raise UnsupportedError("the rank of a matrix of dependent columns")
    return field.number(Fraction(count))


def _require_balls(field: Field, what: str) -> None:
    if field.name != "ball arithmetic":
        raise UnsupportedError(f"{what} are no rational numbers")


def _pay(size: int, budget: list[int]) -> None:
    if size > MAX_SIZE:
        raise UnsupportedError("a matrix is too large for its singular values to be worked out")
    budget[0] -= 1 + size * size // WORK
    if budget[0] < 0:
        raise UnsupportedError("too many singular values to work out")


def _precision() -> int:
    from flint import ctx

    return int(ctx.prec)


class _Known:
    """The last spectra that were worked out: a sum over σ_i asks for the same one again and again."""

    most = 64

    def __init__(self) -> None:
        self.spectra: dict[tuple[object, ...], tuple[Any, ...]] = {}

    def of(self, kind: str, matrix: Any, compute: Callable[[Any], list[Any]]) -> tuple[Any, ...]:
        """The spectrum of a matrix, in descending order.

        Args:
            kind: of spectrum.
            matrix: of balls.
            compute: it, in any order.
        """
        exact = tuple(part.man_exp() for entry in matrix.entries() for part in (entry.mid(), entry.rad()))
        key = (kind, matrix.nrows(), _precision(), *((int(mantissa), int(power)) for mantissa, power in exact))
        found = self.spectra.get(key)
        if found is None:
            if len(self.spectra) >= self.most:
                self.spectra.clear()
            found = self.spectra[key] = tuple(_descending(compute(matrix)))
        return found


_KNOWN = _Known()


def _singular(matrix: Any) -> list[Any]:
    rows, columns = shape_of(matrix)
    gram = transposed(matrix) * matrix if rows >= columns else matrix * transposed(matrix)
    return [_root(found.real) for found in _enclosures(gram)]


def _eigen(matrix: Any) -> list[Any]:
    found = _enclosures(matrix)
    if not all(root.imag.contains(0) for root in found):
        raise RetryError("an eigenvalue is not real")
    return [root.real for root in found]


def _enclosures(matrix: Any) -> list[Any]:
    """Enclosures of all eigenvalues, each as often as it occurs."""
    import flint

    for in_another_basis in (False, True):  # zeros can stand in the way of the enclosures
        tried = _turned(matrix) if in_another_basis else matrix
        try:
            found: list[Any] = flint.acb_mat(tried).eig(multiple=True)
        except ValueError:
            continue
        return found
    raise UnsureError("the eigenvalues could not be told apart")


def _turned(matrix: Any) -> Any:
    """The matrix in another orthonormal basis, which leaves its eigenvalues: Cayley's transform (I − S)(I + S)⁻¹."""
    import flint

    size = matrix.nrows()
    ratio = flint.arb(1) / 3
    skew = [((i < j) - (i > j)) * ratio / (1 + i + j) for i in range(size) for j in range(size)]
    part = flint.arb_mat(size, size, skew)
    unit = flint.arb_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])
    basis = (unit - part) * (unit + part).inv()
    return basis * matrix * basis.transpose()


def _descending(values: list[Any]) -> list[Any]:
    """Balls by their midpoints; those that overlap hold the same values in whatever order they stand."""

    def order(one: Any, other: Any) -> int:
        return int(one.mid() < other.mid()) - int(one.mid() > other.mid())

    return sorted(values, key=cmp_to_key(order))


def _root(square: Any) -> Any:
    """The root of what is known not to be negative, although its ball may reach below 0."""
    import flint

    if square > 0 or square.is_zero():
        return square.sqrt()
    return flint.arb(0).union(square.upper().sqrt())


__all__ = ["MAX", "MIN", "chosen", "condition", "eigenvalues", "numerical_rank", "singular_values"]
