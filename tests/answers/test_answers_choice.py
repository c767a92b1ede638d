"""One of several options as the answer."""

from __future__ import annotations

import pytest
from answers_sample import Case, check_case

from grader import check
from grader.answers import get_type
from grader.answers.choice import ChoiceOptions
from grader.diagnostics import SpecError

COSTS = {"options": ["O(d^4)", "O(nd^2)", "O(n^2 d^2)", "O(1)"]}
KINDS = {"options": {"A": "positive definite", "B": "negative definite", "C": "indefinite", "D": "none of these"}}
TRUTH = {"options": ["True", "False"]}


def cost(response: str, status: str, why: str, reason: str = "") -> Case:
    return Case(response, "B", status, why, reason, options=COSTS)


CASES = [
    *(cost(text, "correct", "a letter in any dress", "option") for text in (
        "B", "b", "(B)", "(b)", "B.", "B)", "**B**", "**(b)**", "*b*", "$B$", "\\textbf{B}", "\\boxed{B}",
        "$\\boxed{\\text{B}}$",
        "Answer: B", "answer: b", "Option B", "option (b)", "The answer is B.", "The answer is **B**.",
        "The correct answer is (B).",
        "I choose B", "Final answer: B", "𝐁", "Ｂ", "[B]", "Ⓑ", "ⓑ", "`B`", "B\n",
        "**Answer: B**", "My answer is option b.",
    )),
    *(cost(text, "correct", "the text in any notation", "option") for text in (
        "O(nd^2)", "O(n d^2)", "O(n·d²)", "O(nd²)", "$O(nd^2)$", "$\\mathcal{O}(n d^{2})$", "O(d^2 n)", "O(d²n)",
        "O(n * d^2)",
        "O(n*d**2)", "$O(n \\cdot d^2)$", "It costs O(nd^2).", "The cost is $O(nd^2)$ per step.", "O(n d d)",
    )),
    *(cost(text, "correct", "both", "option") for text in (
        "B) O(nd^2)", "(B) O(n d²)", "B: O(nd^2)", "B. $O(nd^2)$", "Option B, O(nd^2)", "b — O(nd^2)",
    )),
    *(cost(text, "incorrect", "another option", "option") for text in ("A", "(d)", "O(1)", "O(d^4)", "O(n²d²)",
    "C) O(n^2 d^2)")),
    *(cost(text, "unreadable", "none of the options") for text in (
        "O(n^2 d)", "E", "O(d^2)", "Ω(nd^2)", "Θ(nd^2)", "o(nd^2)", "O(Nd^2)", "O(nd^2 + 1)", "O(nd^2/2)",
        "2B", "B_1",
        "O(nd^3)",
    )),
    *(cost(text, "unreadable", "letter and text contradict each other") for text in (
        "B) O(d^4)", "B: O(1)", "Option B, O(d^4)", "(B) O(n^2)",
    )),
    *(cost(text, "undecided", "two answers are not one", "two_answers") for text in (
        "A or B", "Answer: A or B", "either A or B", "B or C", "O(1) or O(nd^2)",
    )),
    cost("A or C", "incorrect", "two answers, both wrong", "two_answers"),
    cost("It is not A but B.", "correct", "a denied option is no rival", "option"),
    cost("The answer is A. Wait, that is wrong: the answer is B.", "correct", "a revision counts", "option"),
    cost("A matrix has d² entries, so the answer is B.", "correct", "an article is no letter", "option"),
    cost("A) O(d^4)\nB) O(nd^2)\nC) O(n^2 d^2)\nD) O(1)\n\nAnswer: B", "correct", "the question copied is no answer",
    "option"),
    cost("- [ ] A\n- [x] B\n- [ ] C\n- [ ] D", "correct", "a ticked box", "option"),
    cost("☐ A\n☑ B\n☐ C", "correct", "a ticked box in Unicode", "option"),
    Case("indefinite", "C", "correct", "words", "option", options=KINDS),
    Case("Indefinite.", "C", "correct", "in any case", "option", options=KINDS),
    Case("The matrix is negative definite.", "B", "correct", "in a sentence", "option", options=KINDS),
    Case("positive  definite", "A", "correct", "with more space", "option", options=KINDS),
    Case("positive-definite", "A", "correct", "with a hyphen", "option", options=KINDS),
    Case("definite", "A", "unreadable", "half of a text is none", options=KINDS),
    Case("none of these", "D", "correct", "an option like any other", "option", options=KINDS),
    Case("true", "A", "correct", "true", "option", options=TRUTH),
    Case("**False**", "A", "incorrect", "false", "option", options=TRUTH),
    Case("TRUE", "A", "correct", "capitals", "option", options=TRUTH),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.response[:50])
def test_choices_of_one(case: Case) -> None:
    """A letter in any dress, a text in any notation; contradiction and doubt are no answer."""
    check_case("choice", case)


@pytest.mark.parametrize(
    "text", ["not B", "It is not B.", "not (B)", "definitely not option B", "it isn't B", "The answer is not O(nd^2)."]
)
def test_a_denial_carries_no_marks(text: str) -> None:
    """What is denied is not chosen."""
    assert not check(text, "B", type="choice", **COSTS).status.carries_marks


@pytest.mark.parametrize("text", ["O(d^4), option B", "O(1) (B)", "B, that is O(1)", "B because it is O(d^4)",
    "either A or B",
                                  "I am between A and B", "B? or A?", "(A) or (B)", "B, or maybe A",
                                  "A/B"])  # fmt: skip
def test_contradiction_and_doubt_are_not_right(text: str) -> None:
    """Letter and text that contradict each other, and two letters, are not taken for the right one of the two."""
    assert check(text, "B", type="choice", **COSTS).status != "correct"


@pytest.mark.parametrize("key", ["E", "", "O(n)", None, 1, ["A"], "A or B"])
def test_a_bad_key_is_the_authors_error(key: object) -> None:
    """A key that is none of the options is told to its author."""
    kind = get_type("choice")
    with pytest.raises(SpecError):
        kind.key(key, kind.options_model.model_validate(COSTS))


def test_a_key_may_be_a_text() -> None:
    """The text of an option is its key, in another notation too."""
    kind = get_type("choice")
    assert kind.key("$O(d^2 n)$", kind.options_model.model_validate(COSTS)) == "B"


def test_a_list_of_options_is_lettered() -> None:
    """A, B, C in order; a mapping keeps its letters."""
    assert list(ChoiceOptions.model_validate({"options": ["x", "y", "z"]}).options) == ["A", "B", "C"]
    assert list(ChoiceOptions.model_validate({"options": {"1": "x", "2": "y"}}).options) == ["1", "2"]


@pytest.mark.parametrize("options", [{}, {"options": ["one"]}, {"options": 5}, {"options": ["a", "b"], "more": 1}])
def test_bad_options_are_refused(options: dict[str, object]) -> None:
    """Without at least two options there is no choice."""
    with pytest.raises(ValueError, match=r"options|more"):
        ChoiceOptions.model_validate(options)
