"""The scorer: marks by part with their reasons, and what has no mark is not wrong."""

from __future__ import annotations

import asyncio
import math
from pathlib import Path
from typing import Any

import pytest
from inspect_ai.model import (
    ChatMessageAssistant,
    ChatMessageUser,
    ContentReasoning,
    ContentText,
    ModelName,
    ModelOutput,
)
from inspect_ai.scorer import SampleScore, Score, Target
from inspect_ai.solver import TaskState
from inspect_sample import mock, run

from grader.diagnostics import InputError
from grader.inspect import by_part, marks, stderr_by_problem

OPEN = ("unreadable", "missing", "undecided", "failed")


def score(
    course: Path, *said: Any, sample: str = "x", metadata: dict[str, Any] | None = None, **arguments: Any
) -> Score:
    """The score of a conversation that begins with the person."""
    roles = (ChatMessageUser, ChatMessageAssistant)
    messages = [roles[place % 2](content=content) for place, content in enumerate(said)]
    state = TaskState(
        ModelName("mockllm/model"), sample, 1, "", messages, metadata=metadata or {}, output=ModelOutput()
    )
    found = asyncio.run(marks(course=str(course), **arguments)(state, Target("")))
    assert isinstance(found, Score)
    return found


def test_a_score_has_marks_answer_reason_and_the_whole_verdict(course: Path) -> None:
    """One part, as its sample's id says."""
    right = score(course, "?", "The gain is 1.", sample="moving-average/b")
    assert (right.value, right.answer, right.reason) == ({"credit": 1.0, "marked": 1.0}, "1", None)
    partly = score(course, "?", "Answer: 0 <= c <= 4", sample="damping/a")
    assert partly.value == {"credit": 2 / 3, "marked": 1.0}
    assert partly.explanation == (
        "partial (foreseen_mistake): At c = 4 the two roots meet and are real: the door just does not swing through."
    )
    assert partly.metadata is not None
    assert partly.metadata["problem"] == "damping"
    [(name, part)] = partly.metadata["parts"].items()
    assert name == "damping/a"
    assert list(part) == [
        "status", "credit", "reason", "read_as", "feedback", "evidence", "text", "confidence", "carried",
    ]  # fmt: skip
    assert (part["status"], part["evidence"]["witness"]["at"]) == ("partial", {"c": "4"})


@pytest.mark.parametrize(
    ("reply", "status", "reason"),
    [
        ("I cannot say.", "missing", "no_response"),
        ("Answer: either 1 or 0.25", "undecided", "undecided"),
        ("Answer: 1 + + (", "unreadable", "invalid_response_format"),
    ],
)
def test_what_has_no_mark_is_left_out_and_not_wrong(course: Path, reply: str, status: str, reason: str) -> None:
    """Its credit is NaN, which Inspect leaves out of its metrics; how much is marked is told beside it."""
    found = score(course, "?", reply, sample="moving-average/b")
    assert isinstance(found.value, dict)
    assert math.isnan(float(found.value["credit"] or 0))
    assert found.value["marked"] == 0.0
    assert found.reason == reason
    assert found.metadata is not None
    assert found.metadata["parts"]["moving-average/b"]["status"] == status
    counted = score(course, "?", reply, sample="moving-average/b", **{status: 0.25})
    assert counted.value == {"credit": 0.25, "marked": 1.0}
    assert counted.reason == reason


def test_parts_weigh_by_their_points_and_open_ones_are_left_out(course: Path) -> None:
    """A sample about a whole problem: 3 points right, 1 point open."""
    reply = "## (a)\n\nAnswer: [0, 4)\n\n## (b)\n\nI do not know."
    found = score(course, "?", reply, sample="damping")
    assert found.value == {"credit": 1.0, "marked": 0.5}
    assert found.answer == "damping/a: c ∈ [0, 4)\ndamping/b: "
    assert found.reason == "no_response"
    assert score(course, "?", reply, sample="damping", missing=0).value == {"credit": 0.75, "marked": 1.0}


@pytest.mark.parametrize(
    ("sample", "metadata", "arguments"),
    [
        ("1", {"problem": "moving-average", "part": "b"}, {}),
        ("1", {"problem": "moving-average", "parts": ["b"]}, {}),
        ("1", {"problem": "What is it?"}, {"problem": "moving-average", "part": "b"}),
        ("moving-average/b", {"problem": "What is it?"}, {}),
        ("moving-average", {}, {"problem": "moving-average", "part": "b"}),
    ],
)
def test_what_is_asked_is_told_by_arguments_metadata_or_id(
    course: Path, sample: str, metadata: dict[str, Any], arguments: dict[str, str]
) -> None:
    """In this order; a log of another task is scored as well."""
    found = score(course, "?", "Answer: 1", sample=sample, metadata=metadata, **arguments)
    assert found.metadata is not None
    assert list(found.metadata["parts"]) == ["moving-average/b"]
    assert found.value == {"credit": 1.0, "marked": 1.0}


def test_where_only_the_words_say_what_is_asked_they_count(course: Path) -> None:
    """As in ``grade transcripts``; a sample about nothing of the course has no score."""
    found = score(course, "Solve problem 2.", "(a) c < 4\n\n(b) B")
    assert found.metadata is not None
    assert {name: part["status"] for name, part in found.metadata["parts"].items()} == {
        "damping/a": "correct",
        "damping/b": "correct",
    }
    nothing = score(course, "How are you?", "Well.")
    assert isinstance(nothing.value, float)
    assert math.isnan(nothing.value)
    assert nothing.reason == "not_asked"


def test_the_last_reply_counts_and_carries_on_what_it_does_not_repeat(course: Path) -> None:
    """Right, then only talk; thinking is not read."""
    kept = score(course, "?", "Answer: 1", "Sure?", "Yes.", sample="moving-average/b")
    assert kept.metadata is not None
    assert kept.value == {"credit": 1.0, "marked": 1.0}
    assert kept.metadata["parts"]["moving-average/b"]["carried"] is True
    thought = [ContentReasoning(reasoning="Answer: 1"), ContentText(text="Answer: 0.25")]
    assert score(course, "?", thought, sample="moving-average/b").value == {"credit": 0.0, "marked": 1.0}


def test_a_conversation_without_a_reply_is_missing(course: Path) -> None:
    """The model said nothing at all."""
    found = score(course, "?", sample="moving-average/b")
    assert (found.reason, found.explanation) == ("no_response", "missing (no_answer)")


@pytest.mark.parametrize("hostile", ["(" * 100_000, "x" * 1_000_000, "\x00\ud800", "9" * 50_000, "Answer: 10^10^10^10"])
def test_hostile_replies_get_a_score(course: Path, hostile: str) -> None:
    """None of them is right, and none stops the run."""
    found = score(course, "?", hostile, sample="moving-average/b")
    assert isinstance(found.value, dict)
    assert not (found.value["credit"] or 0) > 0


def test_a_credit_outside_of_0_to_1_is_refused(course: Path) -> None:
    """As is what is no number."""
    for value in (-1, 2, True, "half"):
        with pytest.raises(InputError, match="missing is"):
            marks(course=str(course), missing=value)  # type: ignore[arg-type]


# ---------------------------------------------------------------- metrics


def of(problem: str, credit: float, sample: str = "s", **parts: float | None) -> SampleScore:
    """A score as the scorer gives it, at the key ``credit``."""
    found = {f"{problem}/{name}": {"credit": value} for name, value in parts.items()}
    return SampleScore(score=Score(value=credit, metadata={"problem": problem, "parts": found}), sample_id=sample)


def test_the_standard_error_has_problems_as_clusters_and_none_from_few() -> None:
    """Six problems whose answers agree: as of six answers; with four problems there is none."""
    scores = [of(f"p{number}", float(number % 2)) for number in range(6) for _ in range(3)]
    found = stderr_by_problem()(scores)  # type: ignore[arg-type]
    assert found == pytest.approx(math.sqrt(0.25 / 5), rel=1e-6)
    assert math.isnan(stderr_by_problem()(scores[:12]))  # type: ignore[arg-type]


def test_means_by_part_leave_out_what_has_no_mark() -> None:
    """A part that no sample marks is not listed."""
    scores = [of("p", 1.0, a=1.0, b=None), of("p", 0.5, a=0.0, b=1.0, c=None)]
    assert by_part()(scores) == {"p/a": 0.5, "p/b": 1.0}  # type: ignore[arg-type]


def test_a_run_has_means_over_what_is_marked(course: Path) -> None:
    """Two of four parts are answered, one of them rightly; what Inspect counts as unscored is told."""

    def reply(said: Any) -> str:
        return "Answer: B" if "closer" in said[0][1] and "(b)" in said[0][1] else "I do not know."

    log = run(course, mock(reply), epochs=2)
    assert log.results is not None
    found = {one.name: one for one in log.results.scores}
    assert (found["credit"].scored_samples, found["credit"].unscored_samples) == (1, 3)
    assert found["credit"].metrics["mean"].value == 1.0
    assert found["marked"].metrics["mean"].value == 0.25
