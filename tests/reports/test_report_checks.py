"""What a student reads of a wrong answer: where to check it by hand, and never what is expected before its release."""

from __future__ import annotations

from fractions import Fraction

import pytest
from report_sample import rendered

from grader.records import Evidence, Status, Verdict, Witness
from grader.reports.classes.checks import hand_check, quotes, without_answer

At = tuple[tuple[str, str], ...]


def wrong(at: At, yours: str, expected: str, feedback: str = "", method: str = "exact", truth: str = "") -> Verdict:
    evidence = Evidence(method, "", Witness(at, yours, expected))
    shown = rendered(truth) if truth else None
    return Verdict(Status.INCORRECT, Fraction(0), "different", None, shown, feedback, evidence)


@pytest.mark.parametrize(
    ("type_", "at", "yours", "expected", "told"),
    [
        ("interval", (("λ", "4"),), "in the set", "not in the set", "Try λ = 4: it is in your set, but it does not"),
        ("interval", (("λ", "4"),), "not in the set", "in the set", "Try λ = 4: it satisfies what was asked, but"),
        ("sequence", (("index", "3"),), "0.58", "0.51", "At index 3 you have 0.58: work that one out once more."),
        ("sequence", (("cell", "α size"),), "2", "1", "For α size you have 2: work that one out once more."),
        ("matrix", (("entry", "row 1, column 2"),), "x", "y", "In row 1, column 2 you have x: work"),
        ("set", (("element", "7"),), "in the set", "not in the set", "7 is in your set and does not belong there."),
        ("growth", (("n", "d"),), "d⁴", "d³", "Take n = d and let d grow: your bound grows like d⁴."),
        ("growth", (("L", "fixed"),), "1", "log d", "Keep L fixed and let the rest grow: your bound does not grow."),
        ("growth", (("n", "d²"), ("m", "fixed")), "d", "d³", "Take n = d², keep m fixed and let d grow:"),
        ("expression", (("x", "2"), ("y", "1/3")), "5", "7", "Put in x = 2, y = 1/3: your answer gives 5; work"),
        ("expression", (("y", "[1, 2]"), ("y_i", "11")), "5", "7", "Put in y = [1, 2]: your answer gives 5; work"),
        ("matrix_expression", (), "m×n times m×m does not fit", "sizes that fit", "Write the sizes below your"),
    ],
)  # fmt: skip
def test_each_kind_of_witness_is_a_sentence_to_check_by_hand(
    type_: str, at: At, yours: str, expected: str, told: str
) -> None:
    assert hand_check(wrong(at, yours, expected), type_, release=False).startswith(told)


@pytest.mark.parametrize(
    ("type_", "at", "yours", "expected"),
    [
        ("set", (("element", "7"),), "not in the set", "in the set"),
        ("choices", (("option", "B: never"),), "chosen", "not chosen"),
        ("choice", (), "A", "B"),
        ("sequence", (("what", "number of entries"),), "4", "5"),
        ("matrix_expression", (("X", "[" + "1/3, " * 60 + "1]"),), "1", "2"),
    ],
)
def test_a_witness_that_would_tell_the_answer_or_is_no_work_for_a_hand_is_left_out(
    type_: str, at: At, yours: str, expected: str
) -> None:
    assert hand_check(wrong(at, yours, expected), type_, release=False) == ""


def test_what_is_expected_at_the_witness_is_said_only_after_the_release() -> None:
    verdict = wrong((("x", "2"),), "5", "4242")
    assert "4242" not in hand_check(verdict, "expression", release=False)
    assert hand_check(verdict, "expression", release=True).endswith("your answer gives 5; expected is 4242.")


def test_a_formula_for_entries_is_checked_at_an_index_and_not_by_values_that_were_drawn() -> None:
    told = hand_check(wrong((("index", "2"),), "57", "-3", method="modular"), "sequence", release=False)
    assert "index 2" in told and "57" not in told


def test_what_the_feedback_says_already_is_not_said_again() -> None:
    says = "At λ = 4 the bound fails."
    assert hand_check(wrong((("λ", "4"),), "in the set", "not in the set"), "interval", False, says) == ""


@pytest.mark.parametrize(
    ("feedback", "kept"),
    [
        ("Check the sign. For example, at x = 2: yours 5, expected 7.", "Check the sign."),
        ("At x = 2: yours 5, expected 7.", ""),
        ("2 of 3 elements are right. Missing: 4, 5.", "2 of 3 elements are right."),
        ("It is N⁻¹ M q. Look at the order.", "Look at the order."),
        ("The result is  N⁻¹Mq. Look at the order.", "Look at the order."),
        ("M goes before q.", "M goes before q."),
        ("This is too small: along L = n → ∞, the cost outgrows it by a factor of L log L.", "This is too small."),
        (
            "Neither bounds the other: along n → ∞ with d fixed, the cost outgrows it by a factor of x; "
            "along d → ∞, it outgrows the cost by a factor of d.",
            "Neither bounds the other.",
        ),
    ],
)
def test_feedback_loses_only_the_sentences_that_tell_the_answer(feedback: str, kept: str) -> None:
    """The witness, missing elements, the expected formula however it is spaced, and by what factor a bound fails."""
    assert without_answer(wrong((("x", "2"),), "5", "7", feedback, truth="o = N⁻¹Mq")) == kept


@pytest.mark.parametrize(
    ("text", "secret", "found"),
    [
        ("it is 1.", "1", True),
        ("it is 12.", "1", False),
        ("x1 is", "1", False),
        ("so a + b it is", "a+b", False),
        ("so a + b·c it is", "a+b·c", True),
        ("anything", "", False),
    ],
)
def test_a_secret_is_quoted_as_a_whole_however_it_is_spaced(text: str, secret: str, found: bool) -> None:
    """Short ones only as they stand: between letters “a+b” could be anything."""
    assert quotes(text, secret) is found
