"""A conversation is graded by what it says itself: the assigned problems, and those that it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader import batch
from grader.batch import chunks, driver
from grader.records import Status
from grader.specs import Course, load_course

SPEC = """\
id: {name}
number: {number}
title: {title}
solver: reference/sums.py
parts:
  - id: a
    prompt: How much?
    points: 1
    answer: {{type: number, solve: {name}}}
"""
TITLES = {"first": "The first sum", "second": "Another sum", "third": "The last sum"}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Three problems of which one is assigned; their answers are 1, 2 and 3."""
    for number, (name, title) in enumerate(TITLES.items(), 1):
        path = tmp_path / "problems" / ("hw" if number == 1 else "more") / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SPEC.format(name=name, number=number, title=title), encoding="utf-8")
    (tmp_path / "reference").mkdir()
    solver = "".join(f"def {name}():\n    return {number}\n\n" for number, name in enumerate(TITLES, 1))
    (tmp_path / "reference/sums.py").write_text(solver, encoding="utf-8")
    (tmp_path / "grade.toml").write_text('assigned = ["hw"]\n', encoding="utf-8")
    return load_course(tmp_path)


def talks(path: Path, *asked: tuple[str, str]) -> Path:
    """A conversation for each question and reply."""
    lines = [
        {"id": f"t{n}", "messages": [{"role": "user", "content": q}, {"role": "assistant", "content": a}]}
        for n, (q, a) in enumerate(asked)
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    return path


def found(run: batch.Run) -> dict[str, list[tuple[str, Status]]]:
    """Of each conversation the problems and statuses."""
    told: dict[str, list[tuple[str, Status]]] = {name: [] for name in run.subjects}
    for one in run.results:
        told[one.claim.subject].append((one.claim.problem, one.verdict.status))
    return told


def test_a_problem_that_only_another_conversation_names_is_not_asked(course: Course, tmp_path: Path) -> None:
    """Whatever stands beside a conversation, it is graded the same."""
    first, second = ("Solve problem 1.", "(a) 1"), ("# Another sum\n\nPlease solve it.", "# Another sum\n\n(a) 2")
    both = found(batch.grade_transcripts(course, talks(tmp_path / "both.jsonl", first, second), workers=1))
    alone = found(batch.grade_transcripts(course, talks(tmp_path / "one.jsonl", first), workers=1))
    assert both["t0"] == alone["t0"] == [("first", Status.CORRECT)]
    assert ("second", Status.CORRECT) in both["t1"]
    assert not any(problem == "third" for one in both.values() for problem, _ in one)


def test_problems_are_solved_when_a_text_names_them(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chunks that have to wait for that are graded afterwards, and stand where they belong."""
    monkeypatch.setattr(chunks, "CHUNK", 100)
    solved: list[set[str]] = []

    def with_more(key, course, wanted, limits):
        solved.append(set(wanted))
        return original(key, course, wanted, limits)

    original = driver.with_more
    monkeypatch.setattr(driver, "with_more", with_more)
    asked = [("# The last sum", "# The last sum\n\n(a) 3"), ("Problem 1", "(a) 1"), ("# Another sum", "(a) 2")] * 3
    run = batch.grade_transcripts(course, talks(tmp_path / "t.jsonl", *asked), workers=1)
    assert run.subjects == tuple(f"t{n}" for n in range(9))
    assert [one.claim.subject for one in run.results if one.claim.problem == "third"] == ["t0", "t3", "t6"]
    assert solved
    assert set().union(*solved) == {"second", "third"}
    assert len(solved) <= 2, "the processes are started anew twice at most"
