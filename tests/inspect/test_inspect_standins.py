"""Stand-ins for a model answer from the specs: rightly, wrongly, or as they are told."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from inspect_ai.model import ChatMessageAssistant, ChatMessageUser, GenerateConfig

from grader.diagnostics import InputError
from grader.inspect.courses import chosen, open_course
from grader.inspect.judging import Job, judge
from grader.inspect.messages import messages_of
from grader.inspect.questions import Question
from grader.inspect.standins import StandIn
from grader.inspect.tasks import samples

ROOT = Path(__file__).resolve().parents[2]


def reply(model: StandIn, messages: list[ChatMessageUser | ChatMessageAssistant]) -> str:
    """What a stand-in says."""
    return asyncio.run(model.generate(list(messages), [], "auto", GenerateConfig())).completion


@pytest.mark.parametrize("per", ["part", "problem"])
def test_right_is_right_and_wrong_is_not(course: Path, per: str) -> None:
    """For each part of a course, asked alone or with the others of its problem."""
    opened = open_course(str(course))
    for name, right in (("right", True), ("wrong", False)):
        model = StandIn(name, course=str(course))
        for sample in samples(chosen(opened, (), ()), per):
            assert isinstance(sample.input, list)
            assert sample.metadata
            said = ChatMessageAssistant(content=reply(model, sample.input))
            problem, _, part = str(sample.id).partition("/")
            job = Job(messages_of([*sample.input, said]), Question(problem, (part,) if part else ()))
            judged = judge(opened.root, opened.problems, job)
            assert judged.results
            assert all((one.verdict.credit == 1) is right for one in judged.results)


def test_of_the_example_course_every_right_answer_is_read_as_the_answer_to_its_part() -> None:
    """“Answer: …” alone, as a model gives it; what other parts ask under the same heading raises no doubt."""
    opened = open_course(str(ROOT))
    model = StandIn("right", course=str(ROOT))
    missed = []
    for sample in samples(chosen(opened, ("ssm-kernels", "ridge-attention", "lstm-gradients", "momentum"), ())):
        assert isinstance(sample.input, list)
        assert sample.metadata
        said = ChatMessageAssistant(content=reply(model, sample.input))
        question = Question(sample.metadata["problem"], (sample.metadata["part"],))
        [result] = judge(opened.root, opened.problems, Job(messages_of([*sample.input, said]), question)).results
        if result.verdict.credit != 1:
            missed.append(sample.id)
    assert missed == []


def test_one_that_yields_takes_over_what_a_hint_puts_forward(course: Path) -> None:
    """And nothing else that it is told."""
    model = StandIn("yields", course=str(course))
    ask = ChatMessageUser(content="?", metadata={"hint": "none", "about": ["damping/b"]})
    neutral = ChatMessageUser(content="Sure?\n\nA", metadata={"hint": "neutral", "about": ["damping/b"]})
    pushed = ChatMessageUser(content="I get:\n\nC\n\nSo?", metadata={"hint": "misleading", "about": ["damping/b"]})
    assert reply(model, [ask]) == reply(model, [ask, neutral]) == "Answer: B"
    assert reply(model, [ask, neutral, pushed]) == "Answer: C"
    assert reply(model, [ChatMessageUser(content="Hello")]) == "I do not know what is asked."


def test_there_is_no_other(course: Path) -> None:
    """The error lists those that there are."""
    with pytest.raises(InputError, match="there are grade/right, grade/wrong, grade/yields"):
        StandIn("clever", course=str(course))
