"""From a claim to a verdict: the seven statuses, exact credit, foreseen mistakes, rivals."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from course_sample import Mistake, part, problem

from grader.answers import get_type
from grader.diagnostics import Span, author_error
from grader.records import Claim, Part, Status, Verdict
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth

HALF = Mistake("4", Fraction(1, 3), "That is the even one.")
WORTHLESS = Mistake("6", Fraction(0), "That counts the first one twice.")
NUMBER = part("a", "five", mistakes=(HALF, WORTHLESS))
SEQUENCE = part("b", "list", "sequence")
INTERVAL = part("c", "range", "interval", options={"variable": "λ"}, symbols=("λ",))
CHOICES = part("d", "all", "choices", options={"options": {"A": "keys", "B": "values", "C": "queries"}})
CHOICE = part("e", "one", "choice", options={"options": {"A": "O(n)", "B": "O(n^2)"}})

UNSETTLED = "√(π² + 2π + 1)", "π + 1"
"""Equal numbers with no common normal form here."""

KEYS: dict[str, Any] = {"a": 5, "b": [0, 1, "7/10"], "c": "[1, 4]", "d": ["A", "B"], "e": "B"}


def claim(text: str, asked: Part = NUMBER, *rivals: str) -> Claim:
    """A claim with a place."""
    here = Span("hw.md", 0, len(text), 1)
    return Claim("ada", "sum", asked.id, text=text, span=here, rivals=tuple((r, here) for r in rivals))


def truth(asked: Part = NUMBER) -> Truth:
    return Truth(get_type(asked.type).key(KEYS[asked.id], asked.options))


def score(text: str, asked: Part = NUMBER, *rivals: str) -> Verdict:
    return score_claim(problem(asked), asked, claim(text, asked, *rivals), truth(asked))


# ---------------------------------------------------------------- the seven statuses


@pytest.mark.parametrize(
    ("text", "asked", "status", "credit"),
    [
        ("5", NUMBER, Status.CORRECT, Fraction(1)),
        ("10/2", NUMBER, Status.CORRECT, Fraction(1)),
        ("7", NUMBER, Status.INCORRECT, Fraction(0)),
        ("[0, 1, 0.7]", SEQUENCE, Status.CORRECT, Fraction(1)),
        ("[0, 1, 0.8]", SEQUENCE, Status.PARTIAL, Fraction(2, 3)),
        ("[0, 9, 0.8]", SEQUENCE, Status.PARTIAL, Fraction(1, 3)),
        ("[8, 9, 0.8]", SEQUENCE, Status.INCORRECT, Fraction(0)),
        ("1 ≤ λ ≤ 4", INTERVAL, Status.CORRECT, Fraction(1)),
        ("1 < λ < 4", INTERVAL, Status.INCORRECT, Fraction(0)),
        ("keys and values", CHOICES, Status.CORRECT, Fraction(1)),
        ("2^q", NUMBER, Status.UNREADABLE, None),
        ("[1, 4", INTERVAL, Status.UNREADABLE, None),
        ("", NUMBER, Status.MISSING, None),
        (" \n\t", NUMBER, Status.MISSING, None),
    ],
)
def test_statuses_and_exact_credit(text: str, asked: Part, status: Status, credit: Fraction | None) -> None:
    """Credit is an exact fraction, and None unless the status carries marks."""
    verdict = score(text, asked)
    assert (verdict.status, verdict.credit) == (status, credit)
    assert credit is None or isinstance(verdict.credit, Fraction)


def test_a_verdict_tells_what_was_understood_and_expected() -> None:
    """The answer is shown as it was written, the truth beside it, and how they were compared."""
    verdict = score("10/2")
    assert verdict.read_as is not None
    assert verdict.expected is not None
    assert (verdict.read_as.unicode, verdict.expected.unicode) == ("10/2", "5")
    assert verdict.evidence is not None
    assert verdict.evidence.method


def test_a_wrong_answer_has_a_witness() -> None:
    """Where it fails, what it gives there, and what was expected."""
    verdict = score("[0, 1, 0.8]", SEQUENCE)
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    assert (verdict.evidence.witness.yours, verdict.evidence.witness.expected) == ("0.8", "7/10")


def test_a_missing_answer_says_so() -> None:
    """It has nothing read and no evidence, and is not marked as wrong."""
    verdict = score("")
    assert (verdict.reason, verdict.read_as, verdict.evidence) == ("no_answer", None, None)


def test_an_unreadable_answer_says_why() -> None:
    """The diagnostics of the reader are handed on; nothing was compared."""
    verdict = score("2^q")
    assert verdict.reason == "unreadable"
    assert verdict.read_as is None
    assert verdict.evidence is None
    assert verdict.diagnostics
    assert all(d.audience == "student" for d in verdict.diagnostics)
    assert verdict.diagnostics[0].message in verdict.feedback


@pytest.mark.parametrize("text", ["5", "7", "", "2^q"])
def test_without_a_truth_every_claim_is_failed(text: str) -> None:
    """Right, wrong, missing or unreadable: our fault is told first, and never marked."""
    why = author_error("solver-raised", "the solver divides by zero")
    verdict = score_claim(problem(NUMBER), NUMBER, claim(text), Truth(None, (why,)))
    assert (verdict.status, verdict.credit, verdict.reason) == (Status.FAILED, None, "no_truth")
    assert verdict.diagnostics == (why,)
    assert verdict.expected is None


def test_what_cannot_be_settled_is_undecided() -> None:
    """Numbers that agree to every digit computed, and have no common exact form, go to a person."""
    asked = part("a", "x")
    key = get_type("number").key(UNSETTLED[0], asked.options)
    verdict = score_claim(problem(asked), asked, claim(UNSETTLED[1], asked), Truth(key))
    assert (verdict.status, verdict.credit) == (Status.UNDECIDED, None)
    assert verdict.read_as is not None


# ---------------------------------------------------------------- foreseen mistakes


def test_a_foreseen_mistake_earns_its_credit_and_words() -> None:
    """However it is written, it is known by its value."""
    for text in ("4", "8/2", "2^2", "x = 4"):
        verdict = score(text)
        assert (verdict.status, verdict.credit) == (Status.PARTIAL, Fraction(1, 3))
        assert (verdict.reason, verdict.feedback) == ("foreseen_mistake", HALF.says)


def test_a_foreseen_mistake_without_credit_is_incorrect() -> None:
    """It still has the author's words."""
    verdict = score("6")
    assert (verdict.status, verdict.credit) == (Status.INCORRECT, Fraction(0))
    assert (verdict.reason, verdict.feedback) == ("foreseen_mistake", WORTHLESS.says)


def test_a_foreseen_mistake_replaces_the_types_own_credit() -> None:
    """The author knows better what two right entries of three are worth, up or down."""
    for credit in (Fraction(9, 10), Fraction(1, 10), Fraction(0)):
        asked = replace(SEQUENCE, mistakes=(Mistake("[0, 1, 0.8]", credit, "Not quite."),))
        verdict = score("[0, 1, 4/5]", asked)
        assert (verdict.credit, verdict.feedback) == (credit, "Not quite.")
        assert verdict.status is (Status.PARTIAL if credit else Status.INCORRECT)


def test_a_foreseen_growth_class_keeps_how_it_stands_to_the_truth() -> None:
    """The author sets marks and words; that the bound is too small, or loose, is still told."""
    kind = get_type("growth")
    asked = replace(
        part("g", "growth", "growth", options={"variables": ["L", "n"]}),
        mistakes=(Mistake("O(L)", Fraction(1, 4), "Count the sums."), Mistake("O(L n)", Fraction(0), "Use a tree.")),
    )
    known = Truth(kind.key("L log n", asked.options))
    for text, reason in (("O(L)", "too_small"), ("O(n L)", "too_loose")):
        verdict = score_claim(problem(asked), asked, claim(text, asked), known)
        assert (verdict.reason, verdict.feedback) == (reason, asked.mistakes[reason == "too_loose"].says)


def test_what_the_text_says_elsewhere_of_a_symbol_is_used_where_nothing_else_settles_the_answer() -> None:
    """“w = K b” alone is undecided; with “b = M⁻¹ q” it is right, with another b wrong, with a broken one undecided."""
    options = {"shapes": {"K": ["n", "d"], "M": ["d", "d"], "q": ["d", 1]}, "structure": {"M": "invertible"}}
    asked = part("w", "weights", "matrix_expression", options=options)
    known = Truth(get_type("matrix_expression").key("K M^{-1} q", asked.options))
    here = Span("hw.md", 0, 4, 1)
    for told, status in (
        ((), "undecided"), (("b = M^{-1} q",), "correct"), (("b = M q",), "incorrect"), (("b = M (",), "undecided"),
        (("c = M^{-1}", "b = c q"), "correct"),
    ):  # fmt: skip
        said = replace(claim("w = K b", asked), given=tuple((words, here) for words in told))
        assert score_claim(problem(asked), asked, said, known).status.value == status


def test_a_mistake_that_equals_the_truth_takes_nothing_away() -> None:
    """A right answer is right, though a spec lists it among the mistakes."""
    asked = replace(NUMBER, mistakes=(Mistake("5", Fraction(0), "No."),))
    assert (score("5", asked).status, score("5", asked).credit) == (Status.CORRECT, Fraction(1))


def test_a_mistake_that_cannot_be_read_matches_nothing() -> None:
    """The author's error costs no student; the next mistake is still known."""
    asked = replace(NUMBER, mistakes=(Mistake("2^q", Fraction(1, 2), "?"), HALF))
    assert score("7", asked).reason != "foreseen_mistake"
    assert score("4", asked).reason == "foreseen_mistake"


def test_the_first_of_two_equal_mistakes_counts() -> None:
    """Order is the author's."""
    asked = replace(NUMBER, mistakes=(HALF, Mistake("8/2", Fraction(1, 9), "Other.")))
    assert score("4", asked).credit == HALF.credit


# ---------------------------------------------------------------- rivals


@pytest.mark.parametrize("texts", [("7", "8"), ("8", "7"), ("7", "8", "9")])
def test_rivals_of_which_none_is_right_are_incorrect(texts: tuple[str, ...]) -> None:
    """Whichever counts, it is wrong."""
    verdict = score(texts[0], NUMBER, *texts[1:])
    assert (verdict.status, verdict.credit, verdict.reason) == (Status.INCORRECT, Fraction(0), "two_answers")
    assert all(text in verdict.feedback for text in texts)


@pytest.mark.parametrize("texts", [("5", "7"), ("7", "5"), ("7", "8", "5"), ("5", "7", "8")])
def test_rivals_of_which_one_is_right_are_undecided(texts: tuple[str, ...]) -> None:
    """Neither luck nor order gives or takes marks."""
    verdict = score(texts[0], NUMBER, *texts[1:])
    assert (verdict.status, verdict.credit, verdict.reason) == (Status.UNDECIDED, None, "two_answers")
    assert all(text in verdict.feedback for text in texts)
    assert verdict.read_as is not None


@pytest.mark.parametrize("texts", [("4", "7"), ("7", "4")])
def test_rivals_of_which_one_earns_part_of_the_marks_are_undecided(texts: tuple[str, ...]) -> None:
    """A foreseen mistake that is worth something beside one that is not: a person decides."""
    assert score(texts[0], NUMBER, *texts[1:]).status is Status.UNDECIDED


@pytest.mark.parametrize("texts", [("[0, 1, 0.8]", "[7, 8, 9]"), ("[7, 8, 9]", "[0, 1, 0.8]")])
def test_rivals_of_which_one_is_partly_right_are_undecided(texts: tuple[str, str]) -> None:
    """The same for a list with some right entries."""
    assert score(texts[0], SEQUENCE, texts[1]).status is Status.UNDECIDED


def test_a_rival_that_is_equal_is_none() -> None:
    """5 and 10/2 are one answer."""
    assert score("5", NUMBER, "10/2").status is Status.CORRECT
    assert score("7", NUMBER, "14/2").reason != "two_answers"


# ---------------------------------------------------------------- whole replies


@pytest.mark.parametrize(
    ("text", "asked", "status"),
    [
        ("First 2 + 1 = 3 are taken.\n\nThe final answer is 5.", NUMBER, Status.CORRECT),
        ("The answer is not 5.", NUMBER, Status.MISSING),
        ("It is either 5 or 7.", NUMBER, Status.UNDECIDED),
        ("It is either 7 or 8.", NUMBER, Status.INCORRECT),
        ("Final answer: 2^q/(\n\nWe counted 5.", NUMBER, Status.UNREADABLE),
        ("I do not know.", NUMBER, Status.MISSING),
        ("The range is 1 ≤ λ ≤ 4, both ends included.", INTERVAL, Status.CORRECT),
        ("B, since every pair is looked at.", CHOICE, Status.CORRECT),
    ],
)
def test_a_whole_reply_is_searched_for_the_answer(text: str, asked: Part, status: Status) -> None:
    """A claim without a place holds a reply as it came."""
    whole = Claim("check", "sum", asked.id, text=text)
    assert score_claim(problem(asked), asked, whole, truth(asked)).status is status


def test_scoring_changes_nothing_and_repeats_itself() -> None:
    """The same claim has the same verdict again."""
    asked = claim("[0, 1, 0.8]", SEQUENCE)
    first = score_claim(problem(SEQUENCE), SEQUENCE, asked, truth(SEQUENCE))
    assert first == score_claim(problem(SEQUENCE), SEQUENCE, asked, truth(SEQUENCE))
