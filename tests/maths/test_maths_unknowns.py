"""Functions of which nothing is known: what holds for every function is found, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.maths.deciding.equality import Scalar
from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import formulas_in
from grader.maths.tree import Node
from grader.maths.values import fields, unknowns
from grader.maths.values.domain import read_domain
from grader.maths.values.operations import Scaled, ShapeError
from grader.maths.values.spaces import Space

SPACE = Space(shapes={"u": ("D", 1), "v": ("D", 1), "a": ()}, functions={"∇F": ("D", "D"), "L": ("D", 1), "f": (1, 1)})
SCOPE = formulas_in(("u", "v", "a", "∇F", "L", "f"), ("u", "v"), ("∇F", "L", "f"))
NUMBERS = formulas_in(("x", "f", "g", "f′"), (), ("f", "g", "f′"))


def formula(text: str, scope: Any = SCOPE) -> Node:
    """The tree of a text."""
    return parse_all(tokenize(text), scope)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("∇F(u - v)", "∇F(-v + u)", True), ("\\nabla F\\left(u-v\\right)", "∇F(u - v)", True),
        ("∇F(u - v)", "∇F(v - u)", False), ("∇F(u - v)", "∇F(u)", False), ("∇F(u + v)", "∇F(u) + ∇F(v)", False),
        ("a ∇F(u)", "∇F(a u)", False), ("∇F(u)^T v", "v^T ∇F(u)", True), ("L(u)", "∇F(u)", False),
        ("f(a) + f(2a)", "f(2a) + f(a)", True), ("f(a)^2", "f(a^2)", False), ("√(f(a)^2)", "|f(a)|", True),
        ("f²(a)", "f(a) f(a)", True), ("L(u) u", "u L(u)", True), ("f(a)", "f(L(u))", False),
    ],
)  # fmt: skip
def test_only_what_holds_for_every_function_holds(one: str, other: str, equal: bool) -> None:
    """Equal arguments give equal values; nothing is linear, even or a power by chance, mod p and with balls."""
    assert MatrixKey(formula(one), SPACE).compare(formula(other)).equal is equal


def test_arguments_have_to_fit() -> None:
    """A function of a vector is of no number, nor of a vector of another size."""
    for text in ("∇F(a)", "f(u)", "∇F(u^T)", "L(u v^T)"):
        outcome = MatrixKey(formula("u"), SPACE).compare(formula(text))
        assert (outcome.equal, outcome.relation) == (False, "shape"), text


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("f'(x) g(x) + f(x)", "f + f' g", True), ("f(g(x))", "g(f(x))", False), ("f g", "f(x) g(x)", True),
        ("f(x+1) - f(x)", "f(1)", False), ("f(2x)", "f(x + x)", True), ("sin(f(x))^2", "1 - cos²(f(x))", True),
    ],
)  # fmt: skip
def test_functions_of_numbers(one: str, other: str, equal: bool) -> None:
    """f alone is f(x) where x is the only variable; other functions may be taken of them."""
    key = Scalar(formula(one, NUMBERS), read_domain(""), ("x",), {"f": (1, 1), "g": (1, 1), "f′": (1, 1)})
    assert key.compare(formula(other, NUMBERS)).equal is equal


def test_of_two_variables_a_bare_function_is_undecided() -> None:
    """Where there are x and y, f alone is not known of what it is taken."""
    key = Scalar(formula("f(x)", NUMBERS), read_domain(""), ("x", "y"), {"f": (1, 1)})
    assert key.compare(formula("f", NUMBERS)).equal is None
    assert key.compare(formula("f(y)", NUMBERS)).equal is False


@given(st.integers(0, 20), st.integers(-5, 5), st.integers(-5, 5))
def test_the_same_function_is_drawn_again(turn: int, one: int, other: int) -> None:
    """At one turn a function has one value for an argument, and almost never one for two arguments."""
    field = fields.modular()
    drawn = [unknowns.drawn({"f": (1, 1)}, turn, field, int, small=True)["f"] for _ in range(2)]
    values = [drawn[0]([field.whole(one)]), drawn[1]([field.whole(one)]), drawn[1]([field.whole(other)])]
    assert values[0] == values[1]
    assert (values[1] == values[2]) is (one == other)


def test_what_has_no_size_is_no_argument() -> None:
    """A multiple of the identity of unknown size is refused, not guessed."""
    function = unknowns.drawn({"f": (2, 2)}, 0, fields.exact(), int, small=True)["f"]
    with pytest.raises(fields.UnsupportedError):
        function([Scaled(fields.exact().number(1))])
    with pytest.raises(ShapeError):
        function([fields.exact().number(1)])
