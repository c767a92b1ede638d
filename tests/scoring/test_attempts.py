"""Which attempt counts, and what goes with the results of a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from course_sample import loaded, part, write

from grader import batch
from grader.records import Run, Status

SOLVER = "def five():\n    return 5\n\ndef six():\n    return 6\n"
BOTH, ONE, NONE = (
    "# Problem 1\n\n(a) 5\n\n(b) 6\n",
    "# Problem 1\n\n(a) 5\n\n(b) 7\n",
    "# Problem 1\n\n(a) 1\n\n(b) 2\n",
)
OPEN = "# Problem 1\n\n(a) 1\n"  # part b is missing, and may be found elsewhere


@pytest.fixture
def sums(tmp_path: Path):
    """A course of two parts, whose answers are 5 and 6."""
    return loaded(tmp_path, SOLVER, part("a", "five"), part("b", "six"))


def graded(sums, folder: Path, policy: str, *texts: str) -> tuple[Run, list[str]]:
    """The run over one student's attempts beside another student, and the codes that were told."""
    for number, text in enumerate(texts):
        write(folder / f"ada_1_{50 + number}_hw{f'-{number}' if number else ''}.md", text)
    write(folder / "emil_2_40_hw.md", NONE)
    told: list[str] = []
    with_policy = replace(sums, settings=replace(sums.settings, attempts=policy))
    run = batch.grade_submissions(with_policy, folder, on_note=lambda _, note: told.append(note.code), workers=1)
    return run, told


@pytest.mark.parametrize(
    ("policy", "attempt", "statuses"),
    [
        ("first", 1, [Status.CORRECT, Status.INCORRECT]),
        ("last", 3, [Status.INCORRECT, Status.INCORRECT]),
        ("best", 2, [Status.CORRECT, Status.CORRECT]),
    ],
)
def test_the_settings_say_which_attempt_counts(
    sums, tmp_path: Path, policy: str, attempt: int, statuses: list[Status]
) -> None:
    """One result for each part of each student, whichever it is, under the student's own name."""
    run, told = graded(sums, tmp_path / "in", policy, ONE, BOTH, NONE)
    assert run.subjects == ("ada (1)", "emil (2)")
    assert [r.verdict.status for r in run.results if r.claim.subject == "ada (1)"] == statuses
    assert len(run.results) == 4
    come = run.deliveries["ada (1)"]
    assert (come.attempt, come.of, len(come.others)) == (attempt, 3, 2)
    assert (run.layout, told) == ("canvas", [])


def test_of_two_attempts_that_earn_the_same_the_later_counts(sums, tmp_path: Path) -> None:
    """Nobody is worse off for it."""
    run, _ = graded(sums, tmp_path / "in", "best", ONE, ONE, NONE)
    assert run.deliveries["ada (1)"].attempt == 2


def test_an_attempt_that_waits_for_a_person_may_be_the_best(sums, tmp_path: Path) -> None:
    """The one that earned most so far is taken, and that is told; not where nothing can come of it."""
    run, told = graded(sums, tmp_path / "in", "best", OPEN, NONE)
    assert (run.deliveries["ada (1)"].attempt, told) == (2, ["attempts-open"])
    _, told = graded(sums, tmp_path / "again", "best", BOTH, OPEN)
    assert told == []


def test_a_broken_attempt_is_no_failure_of_the_one_that_counts(sums, tmp_path: Path) -> None:
    """It is told of only with the attempt that it is."""
    folder = tmp_path / "in"
    write(folder / "ada_1_51_hw-1.md", "")
    (folder / "ada_1_51_hw-1.md").write_bytes(b"\0\1\2")
    run, told = graded(sums, folder, "best", BOTH)
    assert (run.failures, run.deliveries["ada (1)"].attempt) == ((), 1)
    assert told == []
    run, _ = graded(sums, folder, "last", BOTH)
    assert [one.subject for one in run.failures] == ["ada (1)"]


def test_a_single_file_and_a_folder_have_deliveries_too(sums, tmp_path: Path) -> None:
    """Of one attempt, by the one whose it is."""
    path = write(tmp_path / "in" / "ada.md", BOTH) or tmp_path / "in" / "ada.md"
    for place, layout in ((path, ""), (path.parent, "plain")):
        run = batch.grade_submissions(sums, place, workers=1)
        assert (run.layout, [p.id for p in run.deliveries["ada"].people]) == (layout, ["ada"])
        assert (run.deliveries["ada"].late, run.absent) == (None, ())
