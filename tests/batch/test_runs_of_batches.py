"""Runs: nothing that goes wrong with one subject, part or worker costs anything else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest
from course_sample import loaded, part, write

from grader import batch
from grader.batch import keys, runs
from grader.diagnostics import operator_error
from grader.intake.handins.submissions import HandedIn, Submission
from grader.records import Run, Status
from grader.scoring.truth import Truth
from grader.scoring.truths import truths

SOLVER = "def five():\n    return 5\n\ndef six():\n    return 6\n"
ANSWERS = "# Problem 1\n\n(a) 5\n\n(b) 7\n"


class Bomb:
    """A value that ends the process that looks at it."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        os._exit(3)


class BombFile(type(Path())):  # type: ignore[misc]
    """A file that ends the process that opens it."""

    def open(self, *_: object, **__: object) -> NoReturn:
        os._exit(3)


@pytest.fixture
def sums(tmp_path: Path):
    """A course of two parts, whose answers are 5 and 6."""
    return loaded(tmp_path, SOLVER, part("a", "five"), part("b", "six"))


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """Two students with the same answers: a right one and a wrong one."""
    for name in ("ada", "emil"):
        write(tmp_path / "handed-in" / name / "answers.md", ANSWERS)
    return tmp_path / "handed-in"


def statuses(run: Run) -> dict[tuple[str, str], Status]:
    """Subject and part to status."""
    return {(r.claim.subject, r.claim.part): r.verdict.status for r in run.results}


def test_every_part_of_every_student_has_a_result(sums, handed_in: Path) -> None:
    """Results stand in the order of the students and the parts; progress is told after each chunk."""
    told = []
    run = batch.grade_submissions(sums, handed_in, workers=2, on_progress=told.append)
    assert list(statuses(run).items()) == [
        (("ada", "a"), Status.CORRECT),
        (("ada", "b"), Status.INCORRECT),
        (("emil", "a"), Status.CORRECT),
        (("emil", "b"), Status.INCORRECT),
    ]
    assert [(state.subjects, state.kept, state.share) for state in told] == [(2, 0, 1.0)]
    assert (run.kind, run.title, run.subjects, run.failures) == ("submissions", "Sums", ("ada", "emil"), ())


def test_a_claim_that_kills_its_worker_costs_only_itself(
    sums, handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The subject is scored again claim by claim: the one at fault is failed, with a failure; the rest stands."""

    def with_bomb(*arguments: object) -> dict[tuple[str, str], Truth]:
        return {**truths(*arguments), ("sum", "b"): Truth(Bomb())}

    monkeypatch.setattr(keys, "truths", with_bomb)
    monkeypatch.setattr(keys, "digest_of_truths", lambda *_: "")
    run = batch.grade_submissions(sums, handed_in, workers=2)
    assert statuses(run) == {
        ("ada", "a"): Status.CORRECT,
        ("ada", "b"): Status.FAILED,
        ("emil", "a"): Status.CORRECT,
        ("emil", "b"): Status.FAILED,
    }
    failed = [r for r in run.results if r.verdict.status is Status.FAILED]
    assert {r.verdict.reason for r in failed} == {"worker_failed"}
    assert all(r.claim.text for r in failed)
    assert [(f.subject, [d.code for d in f.diagnostics]) for f in run.failures] == [
        ("ada", ["worker-died"]),
        ("emil", ["worker-died"]),
    ]


def test_a_subject_that_cannot_be_read_costs_only_itself(
    sums, handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A subject whose reading kills the worker has a failed result for each part, and a failure."""
    good = Submission("ada", (handed_in / "ada/answers.md",))
    bomb = Submission("bomb", (BombFile("bomb.md"),))
    monkeypatch.setattr(runs, "read_submissions", lambda *_, **__: HandedIn((bomb, good)))
    run = batch.grade_submissions(sums, handed_in, workers=1)
    assert statuses(run) == {
        ("bomb", "a"): Status.FAILED,
        ("bomb", "b"): Status.FAILED,
        ("ada", "a"): Status.CORRECT,
        ("ada", "b"): Status.INCORRECT,
    }
    assert [f.subject for f in run.failures] == ["bomb"]


def test_a_part_without_a_truth_is_failed_with_the_solvers_diagnostics(tmp_path: Path, handed_in: Path) -> None:
    """The answer is kept, carries no mark, and its verdict says what the solver did."""
    made = loaded(tmp_path, SOLVER + "\ndef none():\n    pass\n", part("a", "five"), part("b", "none"))
    run = batch.grade_submissions(made, handed_in)
    [first, second] = [r for r in run.results if r.claim.subject == "ada"]
    assert first.verdict.status is Status.CORRECT
    assert (second.verdict.status, second.verdict.reason) == (Status.FAILED, "no_truth")
    assert [d.code for d in second.verdict.diagnostics] == ["solver-nonsense"]


def test_notes_on_files_are_told_and_cost_nothing(sums, handed_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A student without any file is told about, has missing answers, and is no failure of ours."""
    note = operator_error("input-format", "nothing was handed in")
    monkeypatch.setattr(runs, "read_submissions", lambda *_, **__: HandedIn((Submission("zoe", (), (note,)),)))
    told = []
    run = batch.grade_submissions(sums, handed_in, on_note=lambda *what: told.append(what))
    assert set(statuses(run).values()) == {Status.MISSING}
    assert told == [("zoe", note)]
    assert run.failures == ()


def test_an_empty_folder_starts_no_solver(sums, tmp_path: Path) -> None:
    """Where there is nothing to grade the run is empty."""
    (tmp_path / "empty").mkdir()
    run = batch.grade_submissions(sums, tmp_path / "empty")
    assert (run.subjects, run.results) == ((), ())


TALK = "User: Please solve problem 1.\n\nAssistant: # Problem 1\n\n(a) 5\n\n(b) 7\n"


def test_conversations_of_one_name_are_told_apart(sums, tmp_path: Path) -> None:
    """Two files of one name in two folders become two subjects, in the conversations and in the results."""
    for folder in ("x", "y"):
        write(tmp_path / "talks" / folder / "chat.md", TALK)
    run = batch.grade_transcripts(sums, tmp_path / "talks")
    assert run.subjects == ("chat", "chat (2)")
    assert tuple(c.id for c in run.conversations) == run.subjects
    assert {r.claim.subject for r in run.results} == set(run.subjects)
    assert statuses(run)["chat", "a"] is Status.CORRECT


def test_a_transcript_that_is_none_is_a_failure(sums, tmp_path: Path) -> None:
    """A file without turns is named among the failures; the conversation beside it is graded."""
    write(tmp_path / "talks/good.md", TALK)
    write(tmp_path / "talks/list.md", "- milk\n- eggs\n")
    run = batch.grade_transcripts(sums, tmp_path / "talks")
    assert [f.subject for f in run.failures] == ["list"]
    assert statuses(run)["good", "a"] is Status.CORRECT
