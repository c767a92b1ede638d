"""What an expression is made of: its variables and indices, and which arithmetic can decide it."""

from __future__ import annotations

import pytest
from tree_strategies import reread

from grader.maths.reading.scope import Scope
from grader.maths.values.profile import profile


@pytest.mark.parametrize(
    ("text", "free", "families", "whole", "rational"),
    [
        ("x^2 + y", "x y", "", "", True), ("x/(y+1)", "x y", "", "", True), ("x^{-2}", "x", "", "", True), ("x^n",
        "x n", "", "n", True),
        ("x^{2n+1}", "x n", "", "n", True), ("2^x", "x", "", "", False), ("x^y", "x y", "", "", False), ("x^{1/2}",
        "x", "", "", False),
        ("√x", "x", "", "", False), ("e^x", "x e", "", "", False), ("π x", "x", "", "", False), ("ln x", "x", "", "",
        False), ("|x|", "x", "", "", False),
        ("\\sum_{i=1}^n x_i", "n", "x", "n", True), ("\\sum_{i=1}^n i", "n", "", "n", True), ("\\sum_{i=1}^n x_i y",
        "n y", "x", "n", True),
        ("x_1 + x_2", "x_1 x_2", "", "", True), ("n!", "n", "", "n", True), ("\\binom{n}{k}", "n k", "", "n k",
        True), ("50%", "", "", "", True),
        ("tr(A B)", "A B", "", "", True), ("‖p‖", "p", "", "", False), ("A'", "A′", "", "", True), ("max(x, y)",
        "x y", "", "", False),
        ("\\max_i x_i", "", "x", "", False), ("\\sum_{i=1}^n \\sum_{j=1}^i x_{ij}", "n", "x", "n", True), ("m'",
        "m′", "", "", True),
    ],
)  # fmt: skip
def test_what_an_expression_is_made_of(text: str, free: str, families: str, whole: str, rational: bool) -> None:
    """Free symbols, families with an index, whole numbers, and whether values mod p decide."""
    found = profile(reread(text, Scope(free=True)))
    assert found.free - {"e"} == set(free.split()) - {"e"}
    assert found.families == set(families.split())
    assert found.whole == set(whole.split())
    assert found.rational == rational


def test_bound_indices_are_not_free() -> None:
    """An index is bound in the body of its sum and free outside."""
    assert profile(reread("i + \\sum_{i=1}^n i", Scope(free=True))).free == {"i", "n"}


def test_absolute_values_and_arrays_are_noted() -> None:
    """Bars, signs, maxima and norms are absolute; transposes, matrices and traces are arrays."""
    for text in ("|x|", "max(x, 1)", "‖p‖"):
        assert profile(reread(text, Scope(free=True))).absolute, text
    for text in ("A^T", "[[1, 2], [3, 4]]", "tr(A)", "diag(x)"):
        assert profile(reread(text, Scope(free=True))).arrays, text
