"""Damage lowers what an answer is worth: repaired words stand and say so, lost words are for a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from intake_sample import LOSSES as BARE

from grader.answers import get_type
from grader.diagnostics import Span
from grader.intake.claims import claims_of_conversation
from grader.intake.doubts import BORDERS, DAMAGED, REPAIRED
from grader.records import Claim, Confidence, Conversation, Doubt, Places, Status, Turn
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth

OPTIONS = get_type("number").options_model()
LOSSES = replace(BARE, parts=tuple(replace(part, options=OPTIONS) for part in BARE.parts))
REPLY = "Problem 3\n\n(c)\nThe answer is 7.\n\nThat is all.\n"
AT = REPLY.index("7")


def claim(*doubts: Doubt, borders: Confidence = Confidence.HIGH, text: str = REPLY) -> Claim:
    """The claim on 3(c) of a reply that stands on page 2 from line 10 on."""
    places = Places(tuple(range(10, 20)), (2,) * 10)
    asked = Turn("user", 1, "Solve problem 3.", Span("talk.pdf", 0, 16, 1))
    reply = Turn("assistant", 1, text, Span("talk.pdf", 20, 60, 10), None, False, places, doubts, borders)
    talk = Conversation("talk", "", (asked, reply), "talk.pdf")
    return next(c for c in claims_of_conversation(talk, [LOSSES]) if (c.problem, c.part) == ("losses", "c"))


def status(one: Claim) -> tuple[Status, str]:
    kind = get_type("number")
    part = LOSSES.part("c")
    verdict = score_claim(LOSSES, part, one, Truth(kind.read("7", part.options)))
    return verdict.status, verdict.reason


def test_an_answer_knows_its_page_and_the_line_of_the_file() -> None:
    span = claim().span
    assert span is not None
    assert (span.page, span.line, span.start) == (2, 13, 20 + AT)
    assert status(claim())[0] is Status.CORRECT


def test_a_repaired_answer_keeps_its_verdict_and_says_so() -> None:
    one = claim(Doubt(AT, AT + 1, Confidence.MEDIUM, "a digit was put back."))
    assert one.confidence is Confidence.MEDIUM
    assert [d.code for d in one.diagnostics] == [REPAIRED]
    assert status(one)[0] is Status.CORRECT


def test_an_answer_in_lost_words_is_for_a_person() -> None:
    one = claim(Doubt(AT, AT + 1, Confidence.LOW, "the number is a guess."))
    assert [d.code for d in one.diagnostics] == [DAMAGED]
    assert status(one) == (Status.UNDECIDED, "damaged")


def test_words_that_are_lost_altogether_are_no_missing_answer() -> None:
    text = REPLY.replace("The answer is 7.", "Hence the sum .")
    start = text.index("Hence")
    one = claim(Doubt(start, start + 15, Confidence.LOW, "a formula is missing here."), text=text)
    assert one.text.startswith("Hence the sum .")
    assert status(one) == (Status.UNREADABLE, "damaged")


def test_a_doubt_elsewhere_costs_nothing() -> None:
    one = claim(Doubt(REPLY.index("That"), len(REPLY), Confidence.LOW, "x."))
    assert (one.confidence, one.diagnostics) == (claim().confidence, ())


@pytest.mark.parametrize("borders", [Confidence.MEDIUM, Confidence.LOW])
def test_no_answer_is_surer_than_the_borders_of_its_turn(borders: Confidence) -> None:
    one = claim(borders=borders)
    assert (one.confidence, [d.code for d in one.diagnostics]) == (borders, [BORDERS])
