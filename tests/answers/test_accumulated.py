"""Sums told step by step, put in where the symbol is used, and what a text calls otherwise than the question does."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.answers import get_type
from grader.answers._expressions.finding import find_formulas
from grader.intake.finding.finder import find_answer
from grader.maths.reading.lexer import tokenize
from grader.maths.rendering.render import render
from grader.records import Claim, Part, Status, Verdict
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth

OPTIONS = get_type("matrix_expression").options_model(
    shapes={"K": ["t", "d"], "V": ["t", "e"], "k_i": ["d", 1], "v_i": ["e", 1], "q": ["d", 1], "λ": "scalar"},
    rows={"K": "k_i", "V": "v_i"},
    sums={"i": "t"},
    define={"M": "K^T K + λ I", "S": "V^T K", "M_t": "M", "S_t": "S", "q_t": "q"},
    domain="λ > 0",
)
PART = Part("o", ("o",), "", Fraction(1), "matrix_expression", OPTIONS, "solve", symbols=("o", "o_t"))


def verdict(text: str) -> Verdict:
    """On the answer found in a text, where S M⁻¹ q is right."""
    found = find_answer(tokenize(text), PART)
    assert found is not None
    given = tuple((text[p.start : p.end], None) for p in found.given)
    claim = Claim("x", "p", "o", text=text[found.place.start : found.place.end], given=given)  # type: ignore[arg-type]
    truth = Truth(get_type("matrix_expression").read("S M^{-1} q", OPTIONS))
    return score_claim(None, PART, claim, truth)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Start with $C_0 = 0$. Then $C_t = C_{t-1} + k_t v_t^T$ and $o_t = C_t^T M_t^{-1} q_t$.", "correct"),
        ("Start with $C_0 = 0$. Then $C_t = C_{t-1} + k_t v_t^T$ and $o_t = M_t^{-1} C_t q_t$.", "incorrect"),
        ("Then $C_t = C_{t-1} + k_t v_t^T$ and $o_t = C_t^T M_t^{-1} q_t$.", "undecided"),
        (
            "$P_t = (\\lambda I + \\sum_{i \\le t} k_i k_i^T)^{-1}$\n\n$P_t = P_{t-1} - g g^T$\n\n$o_t = S_t P_t q_t$",
            "correct",
        ),
        ("$G_0 = \\lambda I$, $G_t = G_{t-1} + k_t k_t^T$. So $o_t = S_t G_t^{-1} q_t$.", "correct"),
        ("$o_t = S_t M_t^{-1} q_t$    O(d^2)", "correct"),
    ],
)  # fmt: skip
def test_a_sum_told_step_by_step(text: str, status: str) -> None:
    """With its start it is the sum; without it nothing is known of it; the explicit form goes before the update."""
    assert verdict(text).status.value == status


def test_what_the_text_calls_otherwise_is_read_as_the_text_has_it() -> None:
    """S is Σ v kᵀ in the question and Σ k vᵀ here: its transpose is right, and S itself is for a person to look at."""
    told = "$S_t = \\sum_{i=1}^t k_i v_i^T$. Then "
    assert verdict(told + "$o_t = S_t^T M_t^{-1} q_t$.").status is Status.CORRECT
    slip = verdict(told + "$o_t = S_t M_t^{-1} q_t$.")
    assert (slip.status, slip.reason) == (Status.UNDECIDED, "doubtful")
    assert "as the text itself defines them" in slip.feedback
    loop = "Begin with $M = \\lambda I$. At each step $M = M + k_t k_t^T$. Then $o_t = S_t M^{-1} q_t$."
    assert verdict(loop).status is Status.CORRECT


def test_a_letter_in_passing_is_no_formula() -> None:
    """“the $n$ updates” says nothing of n; “it is $n$” does."""

    def shown(text: str) -> list[str]:
        return [render(m.value.node).unicode for m in find_formulas(tokenize(text), OPTIONS.scope)]

    assert shown("so the $n$ updates follow") == []
    assert shown("so it is $n$ in all") == ["n"]


def test_several_statements_in_one_box() -> None:
    """The first one counts too: without K_0 the sequence would begin too late."""
    sequence = get_type("sequence")
    options = sequence.options_model(
        index="ℓ", last="L", shapes={"A": ["n", "n"], "B": ["n", "d"], "C": ["m", "n"], "D": ["m", "d"]}
    )
    text = r"$$\boxed{K_0 = D,\qquad K_\ell = C A^{\ell-1} B \quad (\ell \ge 1)}$$"
    (match,) = sequence.find(tokenize(text), options)
    assert len(match.value.rules) == 2


def test_small_letters_for_capitals_with_an_index() -> None:
    """c_i is C_i where no c is declared."""
    sequence = get_type("sequence")
    options = sequence.options_model(
        index="ℓ", start=1, shapes={"B_i": "scalar", "C_i": "scalar", "λ_i": "scalar"}, sums={"i": "n"}
    )
    one, other = (
        sequence.read(text, options)
        for text in ("K_ℓ = Σ_{i=1}^n C_i B_i λ_i^{ℓ-1}", "K_ℓ = Σ_{i=1}^n c_i b_i λ_i^{ℓ-1}")
    )
    assert sequence.same(one, other, options) is True


def test_a_formula_that_dollars_cut_is_not_read_in_part() -> None:
    """Out of a damaged text, what is left of “K (M$)^{-1}$q” would be another formula."""
    assert list(find_formulas(tokenize("w = K(K^T K + λ$)^{-1}$q"), OPTIONS.scope)) == []
    (found,) = find_formulas(tokenize("$x y$, the $x$-axis"), OPTIONS.scope)
    assert render(found.value.node).unicode == "xy"
