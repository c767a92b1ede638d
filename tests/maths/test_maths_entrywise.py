"""Arithmetic entry by entry, where a question declares that it is meant so."""

from __future__ import annotations

import pytest

from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import formulas_in
from grader.maths.values.spaces import Space

SHAPES = {"X": ("n", "n"), "Z": ("m", "n"), "x": ("n", 1), "y": ("n", 1)}
SCOPE = formulas_in(("X", "Z", "x", "y", "n", "m"), ("X", "Z", "x", "y"))


def equal(one: str, other: str, *, elementwise: bool) -> bool | None:
    """Whether two texts are equal."""
    key = MatrixKey(parse_all(tokenize(one), SCOPE), Space(SHAPES, elementwise=elementwise))
    return key.compare(parse_all(tokenize(other), SCOPE)).equal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tanh(X) ∘ tanh(X)", "tanh²(X)"), ("1 - tanh²(x)", "1/cosh(x)^2"), ("exp(x) ∘ exp(y)", "exp(x + y)"),
        ("e^x", "exp(x)"), ("e^X", "exp(X)"), ("sigmoid(x)", "1/(1 + e^{-x})"), ("x^2", "x ∘ x"), ("x/y", "x ∘ y^{-1}"),
        ("sigmoid′(x)", "sigmoid(x) - sigmoid(x)^2"), ("relu(x) - relu(-x)", "x"), ("√(x^2)", "|x_i|"),
        ("X^2", "X X"), ("2^x ∘ 2^y", "2^(x+y)"), ("cos(Z)^2 + sin(Z)^2", "1 + 0 Z"),
    ],
)  # fmt: skip
def test_equal_entry_by_entry(one: str, other: str) -> None:
    """Functions and their powers, quotients and sums with numbers; the square of a square matrix stays its product."""
    assert equal(one, other, elementwise=True)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("X", "exp(X)", None), ("X", "e^X", None), ("x", "1 + x", False), ("x", "x/y", False), ("exp(x)", "e^x", True),
        ("X", "tanh(X)^2", None), ("x", "x^2", False),
    ],
)  # fmt: skip
def test_without_the_declaration_nothing_is_assumed(one: str, other: str, expected: bool | None) -> None:
    """A function of a square matrix is undecided; a number is not added to a vector; e^x of a vector is no matter."""
    assert equal(one, other, elementwise=False) is expected


def test_shapes_count_entry_by_entry_too() -> None:
    """A quotient of a column by a row does not fit."""
    assert equal("x", "x/y^T", elementwise=True) is False
