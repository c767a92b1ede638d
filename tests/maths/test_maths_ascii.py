"""What is shown in Unicode, as it is typed on a plain keyboard."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from tree_strategies import FORMULAS, plain, reread

from grader.maths.rendering import render
from grader.maths.rendering.ascii import ascii_of
from grader.maths.tree import Node


def _is_usual(text: str) -> bool:
    """Whether a text has no ℓ, ½, 𝟙, typed as l, 0.5, 1, no index on a word, no norm in a norm, no root of a list."""
    root_of_list = any(f"{sign}((" in text for sign in "√∛∜]")
    return not {"ℓ", "½", "𝟙", "∈", "c"} & set(text) and text.count("‖") <= 2 and not root_of_list


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(FORMULAS.filter(lambda node: _is_usual(render.render(node).unicode)))
def test_a_formula_in_ascii_reads_as_the_same_tree(node: Node) -> None:
    """Every sign has a spelling that the parser takes for it."""
    text = ascii_of(render.render(node).unicode)
    assert text.isascii()
    assert plain(reread(text)) == plain(node), text


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("x + 1", "x + 1"),
        ("λI", "lambda I"),
        ("2λₖx", "2 lambda_k x"),
        ("xᵀy", "x^T y"),
        ("A⁻ᵀ", "A^{-T}"),
        ("C·Aˡ⁻¹·B", "C*A^{l-1}*B"),
        ("x⁽¹⁾", "x^{(1)}"),
        ("x₁₂", "x_12"),
        ("√2·x", "sqrt(2)*x"),
        ("√λ₁", "sqrt(lambda_1)"),
        ("√(x + 1)", "sqrt(x + 1)"),
        ("√[5](x)", "\\sqrt[5](x)"),
        ("∑ᵢ₌₁ⁿ xᵢ", "sum_{i=1}^n x_i"),
        ("∑ x", "\\sum x"),
        ("∑ ∑ᵢ x", "\\sum \\sum_i x"),
        ("‖x‖₂", "||x||_2"),
        ("⌈log₂(n)⌉", "ceil(log_2(n))"),
        ("σ̂ + x̄", "\\hat{\\sigma} + \\bar{x}"),
        ("m′n", "m' n"),
        ("1½", "1.5"),
        ("⅓", "(1/3)"),
        ("Θ(n log(n))", "Theta(n log(n))"),
        ("λ ∈ [1, ∞)", "lambda in [1, oo)"),
        ("λ ∈ [0, 1) ∪ (4, ∞)", "lambda in [0, 1) or lambda in (4, oo)"),
        ("x ≤ 1", "x <= 1"),
        ("∅", "{}"),
        ("語", "語"),
    ],
)
def test_how_a_text_is_typed(shown: str, typed: str) -> None:
    """Greek letters become words, raised and lowered characters stand behind ``^`` and ``_``; the unknown is kept."""
    assert ascii_of(shown) == typed
