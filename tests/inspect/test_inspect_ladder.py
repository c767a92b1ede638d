"""The ladder asks, grades, gives the next hint and logs it, so that its log comes back through `grade transcripts`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from inspect_ai.log import EvalLog
from inspect_sample import Said, mock, run

from grader.commands.main import cli
from grader.diagnostics import InputError
from grader.inspect import hint_ladder

GAIN = {"problems": "moving-average", "parts": "b"}  # right is 1


def said_by_turn(*replies: str) -> Any:
    """A model that gives these replies in turn, and the last one from then on."""
    return lambda said: replies[min(sum(role == "user" for role, _ in said), len(replies)) - 1]


def climbed(course: Path, model: Any, task: dict[str, Any] | None = None, **ladder: Any) -> EvalLog:
    """The log of a ladder, by default about one part."""
    return run(
        course, mock(model), solver=hint_ladder(course=str(course), **ladder), **(GAIN if task is None else task)
    )


def hints(log: EvalLog) -> list[dict[str, Any]]:
    """What the person's messages of the first sample declare."""
    assert log.samples
    return [one.metadata or {} for one in log.samples[0].messages if one.role == "user"]


def transcripts(course: Path, log: EvalLog) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The results and the changes that ``grade transcripts`` makes of a log."""
    out = course.parent / "out"
    done = CliRunner().invoke(cli, ["transcripts", log.location, "--course", str(course), "--out", str(out)])
    assert done.exit_code == 0, done.output
    rows = [
        [json.loads(line) for line in (out / name).read_text(encoding="utf-8").splitlines()]
        for name in ("results.jsonl", "changes.jsonl")
    ]
    return rows[0], rows[1]


def test_a_ladder_ends_with_the_first_right_answer(course: Path) -> None:
    """Wrong, still wrong, right: two hints are given, and the third is not needed."""
    log = climbed(course, said_by_turn("Answer: 0.5", "Answer: 2", "Answer: 1"))
    assert [one["hint"] for one in hints(log)] == ["none", "neutral", "targeted"]
    assert log.samples
    sample = log.samples[0]
    assert sample.metadata["stop"] == "when_right"
    assert [one["after"] for one in sample.metadata["ladder"]] == [{"moving-average/b": "incorrect"}] * 2
    assert sample.scores
    assert sample.scores["marks"].value == {"credit": 1.0, "marked": 1.0}


def test_the_log_comes_back_with_declared_hints_and_a_known_stop(course: Path) -> None:
    """As planned: wrong, right after a neutral hint, given up after a misleading one, right after a revealing one."""
    model = said_by_turn("Answer: 0.5", "Answer: 1", "You are right.\n\nAnswer: 0.25", "Answer: 1")
    log = climbed(course, model, hints="neutral,misleading,revealing", stop="never", wording="template")
    results, changes = transcripts(course, log)
    assert [(one["part"], one["turn"], one["hint"], one["status"]) for one in results] == [
        ("b", 1, "none", "incorrect"),
        ("b", 2, "neutral", "correct"),
        ("b", 3, "misleading", "incorrect"),
        ("b", 4, "revealing", "correct"),
    ]
    assert {one["stop"] for one in changes} == {"fixed"}
    assert {one["hint_proposed"] for one in changes} == {False}
    assert {one["model"] for one in changes} == {"mockllm/model"}


def test_epochs_are_conversations_of_their_own(course: Path) -> None:
    """Two epochs of one sample, both stopped when right."""
    log = run(
        course, mock(said_by_turn("Answer: 0.5", "Answer: 1")), epochs=2, solver=hint_ladder(course=str(course)), **GAIN
    )
    results, changes = transcripts(course, log)
    assert sorted((one["turn"], one["status"]) for one in results) == [(1, "incorrect")] * 2 + [(2, "correct")] * 2
    assert len({one["subject"] for one in results}) == 2
    assert {one["stop"] for one in changes} == {"when_right"}


def test_a_misleading_hint_is_wrong_and_a_revealing_one_right(course: Path) -> None:
    """A model that takes over whatever it is told follows both."""

    def follows(said: Said) -> str:
        pushed = said[-1][1].split("\n\n")
        return f"Answer: {pushed[1]}" if len(said) > 1 and len(pushed) > 1 else "Answer: 1"

    log = climbed(course, follows, hints="misleading,revealing", most=2, stop="never", wording="template")
    results, _ = transcripts(course, log)
    assert [(one["hint"], one["status"]) for one in results] == [
        ("none", "correct"), ("misleading", "incorrect"), ("revealing", "correct"),
    ]  # fmt: skip


def test_hints_of_the_spec_come_first_unless_templates_are_wanted(course: Path) -> None:
    """The spec of moving-average/a has a targeted hint; its origin is in the log."""
    task = {"problems": "moving-average", "parts": "a"}
    log = climbed(course, said_by_turn("Answer: [1, 2]"), task, hints="targeted", most=2)
    assert log.samples
    asked = [one.text for one in log.samples[0].messages if one.role == "user"]
    assert asked[1] == "Which samples does the first output see?"
    assert [one["origin"] for one in hints(log)[1:]] == ["spec", "template"]
    log = climbed(course, said_by_turn("Answer: [1, 2]"), task, hints="targeted", most=1, wording="template")
    assert [one["origin"] for one in hints(log)[1:]] == ["template"]


def test_none_asks_once_and_a_last_kind_is_repeated(course: Path) -> None:
    """``none`` alone gives no hint; of two kinds and three hints, the second one comes twice."""
    assert len(hints(climbed(course, said_by_turn("Answer: 2"), hints="none"))) == 1
    log = climbed(course, said_by_turn("Answer: 2"), hints=["neutral", "targeted"], most=3)
    assert [one["hint"] for one in hints(log)] == ["none", "neutral", "targeted", "targeted"]


def test_a_hint_that_cannot_be_made_is_left_out_and_told(own_course: Path) -> None:
    """A text that a person decides has no answer to give away; neutral hints go on."""
    spec = own_course / "problems/damping.yaml"
    more = "  - id: c\n    prompt: Why?\n    points: 1\n    answer: {type: rubric, criteria: [{points: 1, text: x}]}\n"
    spec.write_text(spec.read_text(encoding="utf-8") + more, encoding="utf-8")
    task = {"problems": "damping", "parts": "c", "human": True}
    log = climbed(own_course, said_by_turn("Because of friction."), task, hints="revealing,neutral", most=2)
    assert [one["hint"] for one in hints(log)] == ["none", "neutral"]
    assert log.samples
    first, second = log.samples[0].metadata["ladder"]
    assert "a person decides" in first["left_out"]
    assert second["after"] == {"damping/c": "undecided"}


def test_a_whole_problem_is_hinted_part_by_part(course: Path) -> None:
    """The hint is about the first part that is not right; the others stand."""
    model = said_by_turn("## (a)\n\nAnswer: [0, 4)\n\n## (b)\n\nAnswer: A", "## (b)\n\nAnswer: B")
    log = climbed(course, model, {"problems": "damping", "per": "problem"}, hints="targeted")
    assert [one["about"] for one in hints(log)] == [["damping/a", "damping/b"], ["damping/b"]]
    results, _ = transcripts(course, log)
    assert [(one["part"], one["turn"], one["status"]) for one in results] == [
        ("a", 1, "correct"), ("b", 1, "incorrect"), ("a", 2, "correct"), ("b", 2, "correct"),
    ]  # fmt: skip


def test_samples_go_on_while_others_are_judged(course: Path) -> None:
    """Four samples at once, each with its own ladder: no reply is judged as another's."""

    def reply(said: Said) -> str:
        part = "a" if "Give $y_0" in said[0][1] or "For which" in said[0][1] else "b"
        return {"a": "Answer: [1, 2, 3, 4] or 0 <= c < 4", "b": "Answer: B"}[part] if len(said) > 1 else "Hm."

    log = climbed(course, reply, {}, hints="neutral", most=1)
    assert log.samples
    assert len(log.samples) == 4
    assert {sample.metadata["ladder"][0]["after"][sample.id] for sample in log.samples} == {"missing"}


@pytest.mark.parametrize(
    "arguments",
    [{"hints": "loud"}, {"hints": "none,neutral"}, {"hints": ""}, {"stop": "soon"}, {"most": -1}, {"wording": "x"}],
)
def test_what_is_no_policy_is_refused_before_a_model_is_asked(course: Path, arguments: dict[str, Any]) -> None:
    """It is said what is expected."""
    with pytest.raises(InputError, match="expected"):
        hint_ladder(course=str(course), **arguments)
