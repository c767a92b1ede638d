"""Sums, products and powers of numbers, matrices, and multiples of the identity."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.maths.values import fields
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import (
    Scaled,
    ShapeError,
    add,
    multiply,
    negative,
    raised,
    shape_of,
    shape_text,
    transposed,
)

FIELD = fields.exact()


def number(value: int | str) -> Any:
    """A rational number."""
    return FIELD.number(Fraction(value))


def matrix(rows: int, columns: int, entries: list[int]) -> Any:
    """A matrix from entries that are repeated as often as needed."""
    return FIELD.matrix(rows, columns, [number(entries[k % len(entries)] + k) for k in range(rows * columns)])


ENTRIES = st.lists(st.integers(-4, 4), min_size=1, max_size=5)
SIZES = st.integers(2, 4)


@settings(max_examples=40, deadline=None)
@given(SIZES, SIZES, SIZES, ENTRIES, ENTRIES)
def test_transposes_reverse_products(a: int, b: int, c: int, one: list[int], other: list[int]) -> None:
    """(XY)ᵀ is YᵀXᵀ, and sums keep their order and their sign."""
    left, right = matrix(a, b, one), matrix(b, c, other)
    assert transposed(multiply(left, right)) == multiply(transposed(right), transposed(left))
    assert add(left, left) == multiply(number(2), left)
    assert add(left, negative(left)) == multiply(number(0), left)


@settings(max_examples=40, deadline=None)
@given(SIZES, ENTRIES, st.integers(-3, 4))
def test_a_multiple_of_the_identity_is_that_matrix(size: int, entries: list[int], factor: int) -> None:
    """Adding and multiplying c·I does what the matrix with c on its diagonal does, from both sides."""
    value, scaled = matrix(size, size, entries), Scaled(number(factor))
    whole = FIELD.matrix(size, size, [number(factor * (i == j)) for i in range(size) for j in range(size)])
    assert add(value, scaled) == add(scaled, value) == add(value, whole)
    assert multiply(value, scaled) == multiply(scaled, value) == multiply(value, whole)
    assert multiply(scaled, Scaled(number(2))) == Scaled(number(2 * factor))
    assert add(scaled, Scaled(number(1))) == Scaled(number(factor + 1))


@settings(max_examples=40, deadline=None)
@given(SIZES, ENTRIES, st.integers(-3, 4))
def test_powers_of_a_matrix(size: int, entries: list[int], exponent: int) -> None:
    """A negative power is that of the inverse, and the power 0 the identity; singular ones are refused."""
    value = matrix(size, size, [*entries, 7])
    try:
        power = raised(value, exponent)
    except RetryError:
        assert value.det() == 0
        return
    assert multiply(power, raised(value, 1)) == raised(value, exponent + 1) or value.det() == 0


@pytest.mark.parametrize("shapes", [((2, 3), (2, 3)), ((2, 3), (4, 2)), ((2, 1), (3, 1))])
def test_sizes_that_do_not_fit_are_named(shapes: tuple[tuple[int, int], tuple[int, int]]) -> None:
    """The message says the shapes, in the names of the sizes where they have names."""
    one, other = (matrix(*shape, [1]) for shape in shapes)
    with pytest.raises(ShapeError, match=r"\dx?×\d times|d×n times|\d×\d"):
        multiply(one, other)
    with pytest.raises(ShapeError, match=r"d×n|n×1"):
        multiply(matrix(2, 3, [1]), matrix(2, 3, [1]), {2: "d", 3: "n"})


def test_numbers_and_matrices_do_not_add() -> None:
    """A number is added to no matrix but 0; an identity only to a square one; only square matrices have powers."""
    wide, square = matrix(2, 3, [1]), matrix(2, 2, [1])
    for bad in (lambda: add(wide, number(1)), lambda: add(wide, Scaled(number(1))), lambda: raised(wide, 2),
    lambda: raised(wide, -1),
                lambda: add(wide, square)):  # fmt: skip
        with pytest.raises(ShapeError):
            bad()
    assert add(wide, number(0)) == wide
    assert add(number(2), Scaled(number(3))) == number(5)


def test_a_matrix_of_one_entry_is_a_number() -> None:
    """A row times a column is a number, whose shape is told as such."""
    product = multiply(matrix(1, 3, [1]), matrix(3, 1, [1]))
    assert product == number(14)
    assert shape_of(product) == (1, 1)
    assert shape_text((1, 1)) == "a number"
    assert shape_text((2, 3), {2: "d"}) == "d×3"


def test_powers_of_numbers_are_bounded() -> None:
    """0 has no negative power, and a number with too many digits is not worked with."""
    with pytest.raises(RetryError):
        raised(number(0), -1)
    with pytest.raises(UnsupportedError):
        raised(number("12345/7"), 90_000)
    assert raised(number("2/3"), -2) == number("9/4")
