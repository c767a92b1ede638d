"""The task asks what a course asks: which parts, in which words, and what each sample declares."""

from __future__ import annotations

from pathlib import Path

import pytest
from inspect_ai.util import registry_info

from grader.diagnostics import InputError, SpecError
from grader.inspect import by_part, hint_ladder, marks, problems, stderr_by_problem

ALL = ["moving-average/a", "moving-average/b", "damping/a", "damping/b"]


def ids(course: Path, **task: object) -> list[object]:
    """The ids of a task's samples."""
    return [sample.id for sample in problems(course=str(course), **task).dataset]


@pytest.mark.parametrize(
    ("task", "asked"),
    [
        ({}, ALL),
        ({"problems": "damping"}, ALL[2:]),
        ({"problems": ["damping", "moving-average"]}, ALL),
        ({"problems": "moving-*", "parts": "b"}, ["moving-average/b"]),
        ({"parts": "damping/*"}, ALL[2:]),
        ({"parts": "a"}, ["moving-average/a", "damping/a"]),
        ({"per": "problem"}, ["moving-average", "damping"]),
        ({"per": "problem", "parts": "a"}, ["moving-average", "damping"]),
    ],
)
def test_problems_and_parts_are_chosen_by_names_and_patterns(
    course: Path, task: dict[str, object], asked: list[str]
) -> None:
    """By default all that the course assigns; one sample a part, or a problem."""
    assert ids(course, **task) == asked


@pytest.mark.parametrize(
    ("task", "says"),
    [
        ({"problems": "dampign"}, "no problem 'dampign'"),
        ({"parts": "z"}, "no part 'z'"),
        ({"per": "word"}, "expected part or problem"),
    ],
)
def test_a_name_that_fits_nothing_is_an_error(course: Path, task: dict[str, object], says: str) -> None:
    """It says what there is."""
    with pytest.raises(InputError, match=says):
        ids(course, **task)


def test_without_a_course_it_is_said_how_to_name_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest course counts; a broken spec is an error before any model is asked."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="no course"):
        problems()
    with pytest.raises(InputError, match="no course in nowhere"):
        problems(course="nowhere")


def test_a_broken_spec_is_told_before_a_model_is_asked(own_course: Path) -> None:
    """A sound part of a course is not a course."""
    (own_course / "problems/damping.yaml").write_text("id: damping\n", encoding="utf-8")
    with pytest.raises(SpecError):
        problems(course=str(own_course))


def test_the_nearest_course_is_taken(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a folder below it, too."""
    monkeypatch.chdir(course / "problems")
    assert [sample.id for sample in problems().dataset] == ALL


def test_a_question_has_its_words_its_options_and_what_it_builds_on(course: Path) -> None:
    """Nothing of the answer; and the message declares which part it asks for."""
    samples = {sample.id: sample for sample in problems(course=str(course)).dataset}
    choice = samples["damping/b"]
    [message] = choice.input
    assert message.metadata == {"hint": "none", "about": ["damping/b"]}
    assert choice.metadata == {"problem": "damping", "part": "b", "type": "choice", "points": 1.0}
    assert choice.target == ""
    assert message.text.startswith("# When a door swings through\n\nA door with a closer")
    assert "**(b)** What does it do with $c = 5$?" in message.text
    assert "- B: it closes without swinging through" in message.text
    assert "For which" not in message.text
    assert message.text.endswith(
        "Answer part (b) alone. End with your final answer on a line of its own, after “Answer:”."
    )
    [whole] = problems(course=str(course), problems="damping", per="problem").dataset
    assert whole.metadata == {"problem": "damping", "parts": ["a", "b"], "points": 4.0}
    assert whole.input[0].metadata == {"hint": "none", "about": ["damping/a", "damping/b"]}
    assert "under a heading of its own, such as “## (a)”" in whole.input[0].text


def test_parts_that_a_person_decides_are_asked_only_on_demand(own_course: Path) -> None:
    """Their answers would have no mark."""
    spec = own_course / "problems/damping.yaml"
    more = "  - id: c\n    prompt: Why?\n    points: 1\n    answer: {type: rubric, criteria: [{points: 1, text: x}]}\n"
    spec.write_text(spec.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert ids(own_course) == ALL
    assert ids(own_course, human=True) == [*ALL, "damping/c"]
    with pytest.raises(InputError, match="a person decides"):
        ids(own_course, parts="damping/c")


def test_names_have_the_prefix_of_the_package() -> None:
    """As Inspect looks them up: by the name of the entry point, however grade is installed."""
    found = {registry_info(one).name for one in (problems, marks, hint_ladder, by_part, stderr_by_problem)}
    assert found == {f"grader/{name}" for name in ("problems", "marks", "hint_ladder", "by_part", "stderr_by_problem")}
