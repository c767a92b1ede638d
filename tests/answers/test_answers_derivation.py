"""Derivations: every step is checked, the first that does not follow is named, what is not read is for a person."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from steps import calls
from tables import table

from grader import check
from grader.answers import get_type
from grader.answers.derivation import DerivationOptions
from grader.diagnostics import SpecError
from grader.records import Status, Verdict

TABLE = Path(__file__).resolve().parents[1] / "cases" / "derivations.yaml"
CASES: list[dict[str, Any]] = table(TABLE)
BY_ID = {case["id"]: case for case in CASES}
TYPE = get_type("derivation")


def judge(response: str, like: str, **more: Any) -> Verdict:
    """The verdict on a response to the question of a case in the table."""
    case = BY_ID[like]
    return check(response, case["expected"], type="derivation", **{**case["options"], **more})


AXB, RIDGE, CONV, WEIGHTS, NORMAL = "der-001", "der-017", "der-035", "der-044", "der-052"


@pytest.mark.parametrize("case", [case for case in CASES if "step" in case], ids=lambda case: case["id"])
def test_the_first_wrong_step_is_named(case: dict[str, Any]) -> None:
    """The feedback begins with the number of the first step that does not follow, and the evidence has a witness."""
    verdict = check(case["response"], case["expected"], type="derivation", **case["options"])
    assert verdict.feedback.startswith(f"Step {case['step']} of "), verdict.feedback
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None


def test_a_witness_can_be_checked_by_hand() -> None:
    """Both sides of the wrong step are told at small values of what is declared."""
    verdict = judge("-2σ²(1 - w) + 2λw = 0\n-2σ² - 2σ²w + 2λw = 0\nw = σ²/(λ - σ²)", "der-031")
    witness = verdict.evidence.witness if verdict.evidence else None
    assert witness is not None
    at = {name: Fraction(value) for name, value in witness.at}
    σ, λ, w = at["σ"], at["λ"], at["w"]
    assert w == σ**2 / (σ**2 + λ)
    left = -2 * σ**2 - 2 * σ**2 * w + 2 * λ * w
    assert left != 0
    assert witness.expected == f"{left} as on the left"
    assert witness.yours == "0 on the right"


# ---------------------------------------------------------------- what is credited


def test_the_share_up_to_the_first_wrong_step_is_an_option() -> None:
    """Three of four steps are right: 3/4 with ``credit: steps``, nothing without."""
    text = BY_ID["der-009"]["response"]
    assert judge(text, AXB).credit == 0
    assert judge(text, AXB, credit="steps").credit == Fraction(3, 4)


def test_the_right_end_by_way_of_a_wrong_step_is_an_option() -> None:
    """``slip`` is earned by the right end only; the step is named all the same."""
    verdict = judge(BY_ID["der-008"]["response"], AXB, slip="1/2")
    assert (verdict.status, verdict.credit) == (Status.PARTIAL, Fraction(1, 2))
    assert "Step 3" in verdict.feedback
    assert "right all the same" in verdict.feedback
    assert judge(BY_ID["der-009"]["response"], AXB, slip="1/2").credit == 0


def test_the_result_alone_is_for_a_person_unless_the_spec_says_what_it_earns() -> None:
    """``result_credit`` decides it; what is no derivation is never correct."""
    assert judge("∂f/∂X = Aᵀ G Bᵀ", AXB).status is Status.UNDECIDED
    assert judge("∂f/∂X = Aᵀ G Bᵀ", AXB, result_credit="1/4").credit == Fraction(1, 4)
    assert judge("∂f/∂X = Aᵀ G Bᵀ", AXB, result_credit=0).status is Status.INCORRECT


def test_an_end_in_what_is_to_be_avoided_repeats_the_question() -> None:
    """True members that never reach the asked form earn no marks; a spec may give a share."""
    text = r"y_k = C x_k + D u_k = D u_k + C x_k = D u_k + C \sum_{j=0}^{k-1} A^{k-1-j} B u_j"
    assert judge(text, CONV).reason == "form"
    assert judge(text, CONV, form_credit="1/3").credit == Fraction(1, 3)


def test_padding_a_derivation_with_what_is_the_same_adds_no_step() -> None:
    """Repeating a member word for word is no step between start and end."""
    text = "-2(X - WX)X' + 2λW = 0. So -2(X - WX)X' + 2λW = 0. W = W. So W = XX'(XX' + λI)^-1."
    assert judge(text, RIDGE).reason == "no_steps"


def test_more_lines_between_start_and_end_may_be_asked() -> None:
    """``least_steps`` counts what stands between."""
    text = "df = Tr(Gᵀ dY) = Tr(Gᵀ A dX B) = Tr(B Gᵀ A dX), so ∂f/∂X = Aᵀ G Bᵀ"
    assert judge(text, AXB, least_steps=2).status is Status.CORRECT
    assert judge(text, AXB, least_steps=3).status is Status.UNDECIDED


# ---------------------------------------------------------------- never a wrong mark for what was not understood


@pytest.mark.parametrize(
    "text",
    [
        "We use S = XX'. ZS + λW = S, and so W = S(S + λI)^-1.",
        "-2(X - WX)X' + 2λW = 0\nvec(W) = (S ⊛ I)^-1 vec(S)\nW = XX'(XX' + λI)^-1",
        "-2(X - WX)X' + 2λW = 0. If X had full rank and λ = 0 we would get WXX' = XX', W = I. W = XX'(XX' + λI)^-1",
        "-2(X - WX)X' + 2λW = 0, which is not the same as W = XX'. WXX' + λW = XX'. W = XX'(XX'+λI)^-1.",
        "2λ = 2. 0 + 2λ = 2. x \u200b = k+1",
        "k = 1 = 0 = 2\nU = 0 ⊤ β",
    ],
)
def test_what_is_not_understood_is_for_a_person(text: str) -> None:
    """Foreign symbols, conditions, denials and torn formulas carry no marks."""
    assert judge(text, RIDGE).status in (Status.UNDECIDED, Status.UNREADABLE)


def test_a_wrong_step_after_one_that_was_not_read_is_told_and_left_open() -> None:
    """The person who looks is told of both."""
    verdict = judge("-2(X - WX)X' + 2λW = 0\nW(XX' + λI = XX'\nW = XX'(XX' - λI)^-1", RIDGE)
    assert verdict.status is Status.UNDECIDED
    assert "Step 2" in verdict.feedback
    assert "Step 3" in verdict.feedback


AROUND = [
    ("Answer:\n", ""), ("## Part (a)\n\n> Derive it.\n\n", ""), ("Note that matrices do not commute. ", ""),
    ("", " Q.E.D."), ("", " ∎"), ("", "\n\nNote that this is not the same as the naive result."),
    ("", "\n\nFor λ → ∞ this tends to 0."), ("", " (see lecture 3, eq. (12))"), ("", "\n\nIf λ = 0, it differs."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), AROUND)
def test_words_around_a_derivation_change_nothing(before: str, after: str) -> None:
    """Headings, quotations, remarks and ends of proofs beside right derivations of all five questions."""
    for case in CASES[:60]:
        if case["status"] == "correct":
            verdict = judge(before + case["response"] + after, case["id"])
            assert verdict.status is Status.CORRECT, (case["id"], verdict.feedback)


def test_the_derivative_by_another_variable_is_not_the_one_that_is_asked() -> None:
    """∂f/∂W, or a derivative of something else, is no end, though its value is right."""
    text = "df = Tr(Gᵀ dY) = Tr(Gᵀ A dX B) = Tr(B Gᵀ A dX), hence ∂f/∂W = Aᵀ G Bᵀ"
    assert judge(text, AXB).reason == "unfinished"


def test_a_gradient_that_does_not_vanish_at_the_solution_is_for_a_person() -> None:
    """What follows can be right all the same."""
    text = "∇f(b) = 2T'Tb + 2T'y\n2T'Tb - 2T'y = 0\nT'Tb = T'y\nb = (T'T)^-1 T'y"
    verdict = judge(text, NORMAL)
    assert (verdict.status, verdict.reason) == (Status.UNDECIDED, "unsettled")
    assert "not zero at the solution" in verdict.feedback


def test_a_result_that_is_told_after_the_end_and_differs_is_for_a_person() -> None:
    """Which of the two is meant, nobody knows."""
    text = "df = Tr(Gᵀ dY) = Tr(Gᵀ A dX B) = Tr(B Gᵀ A dX), hence ∂f/∂X = Aᵀ G Bᵀ. So the gradient is B G A."
    assert judge(text, AXB).reason == "two_results"


def test_the_index_of_another_best_matrix_is_not_the_unknown() -> None:
    """Ŵ, W^* and W_opt are the unknown; W̃ and W̃^* are what the text says they are."""
    text = "Let W̃ = 2W. Then -2(X - WX)X' + 2λW = 0, W(XX' + λI) = XX' and {} = XX'(XX' + λI)^-1."
    for name in ("W", "Ŵ", "W^*", "W_opt", "½W̃^*"):
        assert judge(text.replace("{}", name), RIDGE).status is Status.CORRECT, name
    assert judge(text.replace("{}", "W̃^*"), RIDGE).status is Status.INCORRECT


def test_a_claim_that_is_repeated_is_no_derivation_of_it() -> None:
    """What is to be shown does not count as shown by being announced."""
    text = r"We want to show y_k = \sum_{l=0}^k K_l u_{k-l}. Indeed y_k = C x_k + D u_k = D u_k + C x_k."
    assert judge(text, CONV).status is Status.INCORRECT


def test_an_index_is_tried_through_its_range() -> None:
    """What is right for k = 0 and 1 only is found out, and the witness names k."""
    text = r"y_k = C x_k + D u_k = C B u_{k-1} + D u_k = \sum_{l=0}^k K_l u_{k-l}"
    verdict = judge(text, CONV)
    assert verdict.feedback.startswith("Step 2 of 3")
    witness = verdict.evidence.witness if verdict.evidence else None
    assert witness is not None
    assert dict(witness.at)["k"] not in ("0", "1")


def test_the_writer_s_letter_for_the_index_is_the_question_s() -> None:
    """y_n for y_k, where n is a size elsewhere; not where both letters occur."""
    text = r"y_n = C x_n + D u_n = \sum_{i=0}^{n-1} C A^{n-1-i} B u_i + D u_n = \sum_{l=0}^n K_l u_{n-l}"
    assert judge(text, CONV).status is Status.CORRECT
    assert judge(text.replace("n-1-i} B", "n-i} B"), CONV).feedback.startswith("Step 2 of 3")
    assert judge("y_n = C x_n + D u_n. " + r"So y_k = \sum_{l=0}^k K_l u_{k-l}", CONV).status is Status.UNDECIDED


def test_rules_that_hold_from_an_index_on_are_checked_there() -> None:
    """K_ℓ = CA^{ℓ-1}B is true for ℓ ≥ 1 and false without that."""
    chain = r" y_k = C x_k + D u_k = \sum_{j=0}^{k-1} C A^{k-1-j} B u_j + D u_k = \sum_{l=0}^k K_l u_{k-l}"
    assert judge("K_0 = D and K_l = C A^{l-1} B for l ≥ 1." + chain, CONV).status is Status.CORRECT
    assert judge("K_l = C A^{l-1} B." + chain, CONV).feedback.startswith("Step 1 of")


# ---------------------------------------------------------------- the author's mistakes


def test_a_start_that_would_pass_as_the_end_is_the_author_s_mistake() -> None:
    """Otherwise repeating the question would earn the marks."""
    with pytest.raises(SpecError, match="nothing tells the two apart"):
        check("A x = A x", "A x_R", type="derivation", shapes={"A": ["m", "n"], "x": ["n"]}, define={"x_R": "A⁺ A x"},
              start="A x")  # fmt: skip


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": "A ("}, "the start"),
        ({"unknown": "W", "shapes": {"A": ["n", "n"]}}, "no declared shape"),
        ({"indices": {"k": "a..b"}}, "range of an index"),
        ({"indices": {"k": [0, 500]}}, "at most 20"),
        ({"slip": 1}, "less than 1"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, Any], message: str) -> None:
    """Each with what was expected."""
    with pytest.raises(ValidationError, match=message):
        DerivationOptions.model_validate(options)


def test_a_solver_gets_indices_and_families_from_index_0() -> None:
    """The recursion itself agrees with the key at every drawn instance."""
    case = BY_ID[CONV]
    options = DerivationOptions.model_validate(case["options"])
    truth = TYPE.key(case["expected"], options)
    assert {"A", "B", "C", "D", "u", "k"} <= (TYPE.arguments(truth, options) or frozenset())
    seen = set()
    for instance in TYPE.instances(truth, options):
        given = instance.arguments
        x = 0 * (given["A"] @ given["B"] @ given["u"][0])
        for j in range(given["k"]):
            x = given["A"] @ x + given["B"] @ given["u"][j]
        assert TYPE.agrees(given["C"] @ x + given["D"] @ given["u"][given["k"]], instance, options)
        assert not TYPE.agrees(given["C"] @ x + 1, instance, options)
        seen.add(given["k"])
    assert len(seen) > 2


# ---------------------------------------------------------------- laws


MEMBERS = [
    "Tr(A dX B Gᵀ)", "Tr(dX B Gᵀ A)", "Tr(B Gᵀ A dX)", "Tr((Bᵀ dXᵀ Aᵀ) G)", "2 Tr(Gᵀ A dX B) - Tr(B Gᵀ A dX)",
    "Tr((Aᵀ G Bᵀ)ᵀ dX)", "Tr(Gᵀ A dX B + 0 Gᵀ A dX B)", "Tr(Gᵀ A (dX B))",
]  # fmt: skip
MUTANTS = [
    "Tr(Gᵀ A dX B) + 1", "2 Tr(Gᵀ A dX B)", "-Tr(B Gᵀ A dX)", "Tr(Gᵀ B dX A)", "Tr(G A dX B)", "Tr((Aᵀ G Bᵀ) dX)",
    "Tr(Gᵀ A dX B Gᵀ A dX B)",
]  # fmt: skip
JOINTS = [" = ", "\n= ", " \\\\\n&= ", "\n   = ", " = \n"]


def _chain(members: list[str], seed: int) -> str:
    draw = random.Random(seed)  # noqa: S311  # layouts of a test
    text = "df = Tr(Gᵀ dY)"
    for member in members:
        text += draw.choice(JOINTS) + member
    return text + draw.choice([", so ", "\nHence ", ".\n\nTherefore ", " ⇒ "]) + "∂f/∂X = Aᵀ G Bᵀ"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(MEMBERS), min_size=2, max_size=7, unique=True), st.integers(0, 10**6))
def test_any_true_rewriting_is_correct(members: list[str], seed: int) -> None:
    """True members in any order, in any layout."""
    verdict = judge(_chain(members, seed), AXB)
    assert verdict.status is Status.CORRECT, verdict.feedback


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(MEMBERS), min_size=2, max_size=7, unique=True),
    st.sampled_from(MUTANTS),
    st.data(),
    st.integers(0, 10**6),
)
def test_one_wrong_member_is_named_exactly(members: list[str], wrong: str, data: st.DataObject, seed: int) -> None:
    """The step to it is the first that does not follow, wherever it stands."""
    place = data.draw(st.integers(0, len(members) - 1))
    verdict = judge(_chain([*members[:place], wrong, *members[place + 1 :]], seed), AXB)
    assert verdict.status is Status.INCORRECT, verdict.feedback
    assert verdict.feedback.startswith(f"Step {place + 2} of {len(members) + 2} does not follow"), verdict.feedback


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-5, 5), min_size=2, max_size=6), st.integers(0, 5), st.integers(1, 3))
def test_equations_for_an_unknown_are_followed_wherever_they_are_multiplied(
    factors: list[int], place: int, slip: int
) -> None:
    """Any multiple of the equation, with anything added to both sides, follows; one with a slip does not."""
    lines = [f"{f} w (σ² + λ) + {g} λ² w = {f} σ² + {g} λ² w" for f, g in itertools.pairwise(factors) if f]
    head, tail = "-2σ²(1 - w) + 2λw = 0", "w = σ²/(σ² + λ)"
    middle = ["w (σ² + λ) = σ²", *lines]
    assert judge("\n".join([head, *middle, tail]), "der-031").status is Status.CORRECT
    at = place % len(middle)
    middle[at] = f"{middle[at]} + {slip}"
    verdict = judge("\n".join([head, *middle, tail]), "der-031")
    assert verdict.feedback.startswith(f"Step {at + 2} of"), verdict.feedback


# ---------------------------------------------------------------- hostile texts


@pytest.mark.parametrize(
    "text",
    [
        "df = " * 3_000, "W = X" * 2_000, "= " * 4_000, "X\n= " * 3_000, "⇒ " * 9_000, "W(" * 2_000 + "= 0",
        "\n".join(f"a_{i} = a_{i + 1} a_{i + 1}" for i in range(300)), "let S = S S. " * 500,
        "\\frac{\\partial " * 500, "∂" * 5_000, "∂f/∂X = " * 1_000, "\\boxed{" * 500 + "W = 1" + "}" * 500,
        "\\overset{!}{=} " * 600, "for k = 1: " * 700, "L(W) = " * 900, "not W = 0. " * 400, "W = 0 for i ≠ j, " * 300,
        "W = W = " * 900 + "W",
    ],
)  # fmt: skip
def test_hostile_derivations_end_after_bounded_work(text: str) -> None:
    """Thousands of signs, unmatched brackets, endless definitions: no mark is given, and work is bounded."""
    verdicts: list[Verdict] = []
    work = calls(lambda: verdicts.append(judge(text, RIDGE)))
    assert verdicts[0].status not in (Status.CORRECT, Status.PARTIAL)
    assert work < 3_000_000


KERNEL: dict[str, Any] = {
    "shapes": {"A": ["n", "n"], "B": ["n", "d"], "C": ["m", "n"], "D": ["m", "d"], "u_k": ["d"]},
    "indices": {"k": [0, 5], "ℓ": [0, 5]},
    "zero_before": ["u"],
    "define": {
        "x_k": "\\sum_{j=0}^{k-1} A^{k-1-j} B u_j",
        "y_k": "C x_k + D u_k",
        "K_ℓ": "{D if ℓ = 0; C A^{ℓ-1} B otherwise}",
    },
    "start": "y_k = C x_k + D u_k",
    "avoid": ["x", "A", "B", "C", "D"],
}


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("K_ℓ = C A^{ℓ-1} B (ℓ = 1, …, L)", "correct"), ("K_0 = D and K_ℓ = C A^{ℓ-1} B", "correct"),
        ("$K_0 = D$, $K_ℓ = C A^{ℓ-1} B$ ($ℓ \\ge 1$)", "correct"), ("K_ℓ = C A^{ℓ-1} B", "incorrect"),
        ("K_0 = D and K_ℓ = C A^ℓ B", "incorrect"), ("K_ℓ = C A^{ℓ-1} B (ℓ ≥ 0)", "incorrect"),
    ],
)  # fmt: skip
def test_a_range_in_brackets_and_an_entry_told_apart_limit_what_is_said_of_all_entries(told: str, status: str) -> None:
    """“K_0 = D and K_ℓ = …” is about ℓ ≥ 1, as is “(ℓ = 1, …, L)”; without either it is about all ℓ."""
    chain = "y_k = C x_k + D u_k = D u_k + \\sum_{ℓ=1}^{k} C A^{ℓ-1} B u_{k-ℓ}"
    verdict = check(f"{chain}. With {told}: y_k = \\sum_{{ℓ=0}}^{{k}} K_ℓ u_{{k-ℓ}}", "\\sum_{ℓ=0}^{k} K_ℓ u_{k-ℓ}",
                    type="derivation", **KERNEL)  # fmt: skip
    assert verdict.status.value == status, verdict.feedback
