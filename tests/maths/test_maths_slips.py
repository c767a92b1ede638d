"""Formulas with one slip in them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from tree_strategies import FORMULAS, reread

from grader.maths.rendering import unicode
from grader.maths.slips import slips, spread, with_child
from grader.maths.tree import Node, children


def texts(formula: str, *matrices: str) -> set[str]:
    """The formulas that one slip makes of a formula."""
    return {unicode.text_of(slip.node) for slip in slips(reread(formula), frozenset(matrices))}


@pytest.mark.parametrize(
    ("formula", "slip"),
    [
        ("0.768", "0.769"), ("0.768", "0.868"), ("95", "96"), ("95", "15"),
        ("a - b", "a + b"), ("-a", "a"), ("a + b", "a"), ("a - b", "-b"),
        ("x^2", "x"), ("x^2", "x³"), ("x^{n-1}", "xⁿ"), ("x^{n-1}", "xⁿ⁻²"), ("x^n", "xⁿ⁺¹"),
        ("x/y", "y/x"), ("log(n)", "n"), ("log_2(n)", "ln(n)"), ("x_1", "x₂"),
        ("[1, 2, 3]", "[2, 1, 3]"), ("[1, 2, 3]", "[1, 2]"), ("[[1, 2], [3, 4]]", "[[1, 3], [2, 4]]"),
        ("x < 4", "x ≤ 4"), ("1 ≤ x ≤ 4", "1 < x ≤ 4"),
    ],
)  # fmt: skip
def test_each_kind_of_slip_is_made(formula: str, slip: str) -> None:
    """A digit, a sign, a term, an exponent, a quotient, a function, an index, an entry, strictness."""
    assert slip in texts(formula)


def test_matrices_are_transposed_inverted_and_exchanged() -> None:
    """Only what stands for a matrix is transposed; factors are exchanged also in the middle of a product."""
    found = {text.replace(" ", "") for text in texts("A B^T X^{-1}", "A", "B", "X")}
    assert {"AᵀBᵀX⁻¹", "ABX⁻¹", "ABᵀX", "AX⁻¹Bᵀ", "BᵀAX⁻¹"} <= found
    assert "xᵀy" not in texts("x y")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FORMULAS)
def test_slips_differ_from_the_formula_and_from_one_another(node: Node) -> None:
    """No tree comes twice, and none is the formula itself."""
    found = [slip.node for slip in slips(node)]
    assert node not in found
    assert len(set(found)) == len(found)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FORMULAS)
def test_a_part_can_be_put_back(node: Node) -> None:
    """Replacing any part by itself gives the node again."""
    for place, child in enumerate(children(node)):
        assert with_child(node, place, child) == node


def test_some_of_each_kind_are_kept() -> None:
    """Of many slips each kind keeps its share."""
    kept = spread([*(f"a{i}" for i in range(10)), "b0", "c0"], lambda one: one[0], 4)
    assert kept == ["a0", "b0", "c0", "a1"]
    assert spread(["a", "b"], str, 4) == ["a", "b"]
