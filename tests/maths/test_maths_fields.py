"""The three arithmetics: they agree where all have a value, roots multiply, and nothing else is computed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_strategies import number

from grader.maths.tree import Binary, Node, Symbol, Unary
from grader.maths.values import fields
from grader.maths.values.evaluate import Point, evaluate
from grader.maths.values.fields import PRIME, RetryError, UnsupportedError

NAMES = ("x", "y")
_LEAVES = st.integers(0, 9).map(number) | st.sampled_from(NAMES).map(Symbol)
RATIONAL: st.SearchStrategy[Node] = st.recursive(
    _LEAVES,
    lambda inner: (
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner)
        | st.builds(Binary, st.just("^"), inner, st.integers(0, 4).map(number))
        | st.builds(Unary, st.just("-"), inner)
    ),
    max_leaves=8,
)


def at(field: Any, values: dict[str, Fraction]) -> Point:
    """A point of a field."""
    return Point(field, {name: field.number(value) for name, value in values.items()}, {}, lambda name, at: None)


SMALL = st.fractions(-5, 5, max_denominator=7)


@settings(max_examples=100, deadline=None)
@given(RATIONAL, SMALL, SMALL)
def test_the_fields_agree_on_rational_expressions(node: Node, x: Fraction, y: Fraction) -> None:
    """The rational value, taken mod p, is the value mod p, and lies in the ball; all three are undefined together."""
    try:
        value = evaluate(node, at(fields.exact(), {"x": x, "y": y}))
    except (RetryError, ZeroDivisionError):
        with pytest.raises((RetryError, ZeroDivisionError)):
            evaluate(node, at(fields.modular(), {"x": x, "y": y}))
        return
    exact = Fraction(int(value.p), int(value.q))
    assert evaluate(node, at(fields.modular(), {"x": x, "y": y})) == fields.modular().number(exact)
    try:
        ball = evaluate(node, at(fields.real_balls(), {"x": x, "y": y}))
    except RetryError:
        return  # a ball around 0 was inverted
    assert not ball.is_finite() or (ball - fields.real_balls().number(exact)).contains(0)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, PRIME - 1), st.integers(1, PRIME - 1))
def test_principal_roots_multiply(one: int, other: int) -> None:
    """The root of a square of a square is the square, and √a √b is √(ab) wherever roots are defined."""
    field = fields.modular()
    a, b = field.number(Fraction(one)) ** 2, field.number(Fraction(other)) ** 2
    assert field.root(a) ** 2 == a
    assert field.root(a) * field.root(b) == field.root(a * b)
    assert field.root(a**2) == a
    assert field.power(a, Fraction(3, 2), None) == field.root(a) ** 3


@settings(max_examples=50, deadline=None)
@given(st.integers(2, PRIME - 1))
def test_half_of_all_numbers_have_no_root(value: int) -> None:
    """A number has a root mod p or its negative has; the other asks for another point."""
    field = fields.modular()
    found = 0
    for sign in (1, -1):
        try:
            field.root(field.number(Fraction(sign * value)))
            found += 1
        except RetryError:
            continue
    assert found == 1


def test_functions_mod_p_depend_on_name_and_arguments_alone() -> None:
    """The same call has the same value in every run; another name, argument or base has another."""
    field = fields.modular()
    two, three = field.number(Fraction(2)), field.number(Fraction(3))
    values = [
        field.function("exp", [two], None), field.function("exp", [three], None), field.function("log", [two], None),
        field.function("log", [two], three), field.function("max", [two, three], None), field.function("max",
        [three, two], None),
        field.constant("π"), field.constant("e"),
    ]  # fmt: skip
    assert len({int(value) for value in values}) == len(values)
    assert field.function("exp", [two], None) == values[0]


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [("abs", ["-3/2"], "3/2"), ("max", ["1", "2"], "2"), ("min", ["1", "2"], "1"), ("sign", ["-5"], "-1"), ("sign",
    ["0"], "0"),
     ("sqrt", ["9/4"], "3/2"), ("sqrt", ["2"], None), ("sqrt", ["-4"], None), ("exp", ["1"], None), ("sin", ["0"],
     None)],
)  # fmt: skip
def test_rational_functions_of_rational_numbers(name: str, arguments: list[str], value: str | None) -> None:
    """A function is computed in the rationals where its value is rational, and refused elsewhere."""
    field = fields.exact()
    given_ = [field.number(Fraction(argument)) for argument in arguments]
    if value is None:
        with pytest.raises(UnsupportedError):
            field.function(name, given_, None)
    else:
        assert field.function(name, given_, None) == field.number(Fraction(value))


def test_balls_of_roots_and_logarithms() -> None:
    """Odd roots of negative numbers are real; logarithms and even roots of them are undefined; 0 to a power is 0."""
    field = fields.real_balls()
    minus, zero = field.number(Fraction(-8)), field.number(Fraction(0))
    third = field.number(Fraction(1, 3))
    assert field.power(minus, Fraction(1, 3), third).contains(-2)
    assert field.power(minus, Fraction(2, 3), 2 * third).contains(4)
    assert field.power(zero, Fraction(1, 3), third).is_zero()
    for name in ("sqrt", "log"):
        with pytest.raises(RetryError):
            field.function(name, [minus], None)
    with pytest.raises(UnsupportedError):
        field.function("outer", [minus], None)


def test_numbers_that_are_drawn_depend_on_their_parts() -> None:
    """Draws are the same in every run, and differ for every seed, name and place."""
    values = {
        fields.drawn(seed, name, i, j) for seed in range(3) for name in ("A", "B") for i in range(4) for j in range(4)
    }
    assert len(values) == 96
    assert fields.drawn(1, "A", 2) == fields.drawn(1, "A", 2)
    assert all(0 <= value < PRIME for value in values)
