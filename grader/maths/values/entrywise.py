"""Arithmetic entry by entry, as programs do it with arrays: only where a question declares that it is meant so."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.maths.tree import Call, Node
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import Ones, Scaled, ShapeError, is_matrix, raised, shape_of, shape_text

if TYPE_CHECKING:
    from grader.maths.values.places import Point

FUNCTIONS = frozenset(
    "exp log sqrt sin cos tan sinh cosh tanh arcsin arccos arctan arsinh arcosh artanh sigmoid relu abs sign".split()
)
"""Functions that are entry by entry here, and whose powers are so too: ``tanh²(X)``."""


def mapped(value: Any, rule: Callable[[Any], Any], point: Point) -> Any:
    """A function of every entry.

    Args:
        value: a matrix or a number.
        rule: from entry to entry.
        point: where.
    """
    if not is_matrix(value):
        return rule(value)
    rows, columns = shape_of(value)
    return point.field.matrix(rows, columns, [rule(entry) for entry in value.entries()])


def combined(left: Any, right: Any, rule: Callable[[Any, Any], Any], point: Point) -> Any:
    """A rule on the entries of two values of one shape, either of which may be a number that stands for every entry.

    Args:
        left, right: matrices or numbers.
        rule: from two entries to one.
        point: where.

    Raises:
        ShapeError: their shapes differ.
        UnsupportedError: one is an identity or a vector of ones, whose size is not known.
    """
    if any(isinstance(value, Scaled | Ones) for value in (left, right)):
        raise UnsupportedError("an identity or a vector of ones, of unknown size, entry by entry")
    if not is_matrix(right):
        return mapped(left, lambda entry: rule(entry, right), point)
    if not is_matrix(left):
        return mapped(right, lambda entry: rule(left, entry), point)
    if shape_of(left) != shape_of(right):
        shapes = [shape_text(shape_of(value), point.sizes) for value in (left, right)]
        raise ShapeError(f"{shapes[0]} and {shapes[1]} are taken entry by entry")
    pairs = zip(left.entries(), right.entries(), strict=True)
    return point.field.matrix(*shape_of(left), [rule(one, other) for one, other in pairs])


def quotient(left: Any, right: Any, point: Point) -> Any:
    """A quotient entry by entry; arguments and errors as in :func:`combined`."""

    def divided(one: Any, other: Any) -> Any:
        if other == 0:
            raise RetryError("division by zero")
        return one / other

    return combined(left, right, divided, point)


def shifted(left: Any, right: Any, point: Point) -> Any:
    """A sum in which a number is added to every entry; None where neither is a number beside a matrix.

    Args:
        left, right: values.
        point: where.
    """
    if is_matrix(left) == is_matrix(right) or any(isinstance(value, Scaled | Ones) for value in (left, right)):
        return None
    return combined(left, right, lambda one, other: one + other, point)


def power(node: Node, base: Any, exponent: Fraction, point: Point) -> Any:
    """A power of a matrix; that of a vector, and of a function that is entry by entry, is so as well.

    Args:
        node: the base, which may be a function.
        base: its value, a matrix.
        exponent: a rational.
        point: where.

    Raises:
        UnsupportedError: the exponent is no whole number.
    """
    rows, columns = shape_of(base)
    if rows == columns and not (isinstance(node, Call) and node.function.rstrip("′") in FUNCTIONS):
        if exponent.denominator != 1:
            raise UnsupportedError("a matrix to a power that is no whole number")
        return raised(base, exponent.numerator, point.sizes)
    if exponent.denominator == 1:
        return mapped(base, lambda entry: raised(entry, exponent.numerator), point)
    return mapped(base, lambda entry: point.field.power(entry, exponent, point.field.number(exponent)), point)


def of_exponents(base: Any, exponent: Any, rule: Callable[[Any], Any], point: Point) -> Any:
    """A number raised to every entry of a vector: ``e^a``. A square matrix has a power of its own, and is refused.

    Args:
        base: a number.
        exponent: a matrix, or a multiple of the identity.
        rule: from an entry to the power.
        point: where.

    Raises:
        UnsupportedError: it may be meant entry by entry or not.
        ShapeError: the base is a matrix too.
    """
    if is_matrix(base) or isinstance(base, Scaled | Ones):
        raise ShapeError("a matrix stands in an exponent")
    if isinstance(exponent, Scaled | Ones):
        raise UnsupportedError("an exponent of unknown size")
    rows, columns = shape_of(exponent)
    if rows == columns and not point.elementwise:
        raise UnsupportedError("a square matrix in an exponent, which may be meant entry by entry or not")
    return mapped(exponent, rule, point)


__all__ = ["combined", "mapped", "of_exponents", "power", "quotient", "shifted"]
