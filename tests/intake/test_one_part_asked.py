"""Who answers a problem of one part, or the one part that is asked, needs no heading for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from shared import own_course

from grader.intake.claims import claims_of_conversation
from grader.intake.documents import document_from_text
from grader.intake.parts.contexts import contexts
from grader.intake.talks.transcripts import conversation_in
from grader.records import Conversation, Problem


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    """A whole problem, and one that is a part of another alone."""
    by_id = {problem.id: problem for problem in own_course().problems}
    part = by_id["purification"].part("c")
    return [by_id["ssm-kernels"], replace(by_id["purification"], id="alone", number="9", title="Alone", parts=(part,))]


def talk(words: str, problems: list[Problem]) -> Conversation:
    return conversation_in(document_from_text(words, "talk.md", "markdown"), Path("talk.md"), problems)


@pytest.mark.parametrize(
    "reply", ["[1, 4]", "$[1, 4]$", "I get 1 ≤ λ ≤ 4.", "It is [1, 4].", "Let me see.\n\n$$\\boxed{[1, 4]}$$"]
)
def test_a_bare_answer_to_a_problem_of_one_part_is_found(reply: str, problems: list[Problem]) -> None:
    """As most evaluations of models ask: no heading says which part it is, for there is one only."""
    conversation = talk(f"User: Problem 9?\n\nLLM: {reply}", problems)
    assert contexts(conversation, problems)[0].label == ("c",)
    (claim,) = claims_of_conversation(conversation, problems)
    assert (claim.part, claim.text != "") == ("c", True)


def test_the_one_part_that_is_asked_is_answered(problems: list[Problem]) -> None:
    """Where a turn asks for one part of a problem alone, a reply without a heading is about it."""
    asked = talk("User (hint: none; about: ssm-kernels/b.i): Solve it.\n\nLLM: [0, 1.5, 1.2]", problems)
    assert contexts(asked, problems)[0].label == ("b", "i")


def test_a_reply_to_several_parts_is_about_none_without_a_heading(problems: list[Problem]) -> None:
    """What it says may be meant for any of them."""
    assert contexts(talk("User: Problem 1?\n\nLLM: [0, 1.5]", problems), problems)[0].label == ()
