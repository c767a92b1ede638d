"""Functions of which nothing is known: a random one stands for them, so that equal arguments alone give equal values.

Mod p a function is a table of random values; where numbers are real, it is a polynomial with random coefficients, for
an identity that holds for every function holds for that one, and one that fails for some function fails for almost
all polynomials of a degree that is high enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from grader.maths.values import fields
from grader.maths.values.fields import Field, UnsupportedError
from grader.maths.values.operations import Ones, Scaled, ShapeError, is_matrix, shape_of, shape_text

DEGREE = 4
"""Degree of the polynomials."""

Unknown = Callable[[list[Any]], Any]
"""A function of its arguments' values."""

Signature = tuple[str | int, str | int]
"""Entries of the vectors that a function takes and gives, as names of sizes or numbers; 1 for a number."""


def drawn(
    functions: Mapping[str, Signature],
    turn: int,
    field: Field,
    size: Callable[[str | int], int],
    *,
    small: bool,
) -> dict[str, Unknown]:
    """Random functions.

    Args:
        functions: by name, what each takes and gives.
        turn: number of the instance; another one has other functions.
        field: the arithmetic.
        size: the value of a size.
        small: with small coefficients, for witnesses that a person can check.
    """
    return {
        name: partial(_value, f"{name} {turn}", (size(taken), size(given)), field, small)
        for name, (taken, given) in functions.items()
    }


def _value(name: str, sizes: tuple[int, int], field: Field, small: bool, arguments: list[Any]) -> Any:
    taken, given = sizes
    if any(isinstance(argument, Scaled | Ones) for argument in arguments):
        raise UnsupportedError("a function of what has no size")
    numbers: list[Any] = []
    for argument in arguments:
        if shape_of(argument) != (taken, 1):
            raise ShapeError(f"a function of {shape_text((taken, 1))} is taken of {shape_text(shape_of(argument))}")
        numbers += argument.entries() if is_matrix(argument) else [argument]
    values = [_number(f"{name} {place}", field, small, numbers) for place in range(given)]
    return values[0] if given == 1 else field.matrix(given, 1, values)


def _number(tag: str, field: Field, small: bool, numbers: list[Any]) -> Any:
    """The value of a random function of numbers."""
    if field.name == "modular":
        return field.function(tag, numbers, None)
    total = field.number(_coefficient(tag, 0, 0, small))
    for degree in range(1, DEGREE + 1):
        form = field.number(_coefficient(tag, degree, 0, small))
        for place, number in enumerate(numbers, 1):
            form = form + number * field.number(_coefficient(tag, degree, place, small))
        total = total + form**degree
    return total


def _coefficient(tag: str, degree: int, place: int, small: bool) -> Fraction:
    """A small number, another one for each place."""
    found = fields.drawn(29, tag, degree, place)
    return (Fraction(found % 7 - 3) or Fraction(1)) if small else Fraction(found % 61 - 30, 7)
