"""``grade report``: what was graded is shown anew, as it was graded and as people decided since."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_line import grade_here
from course_sample import new_course

from grader.batch import FOLDER


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with both kinds of input graded, into ``out`` and ``talks``."""
    root = tmp_path_factory.mktemp("reported") / "course"
    new_course(root)
    assert grade_here("submissions", "submissions", "--out", "out", cwd=root).code == 0
    assert grade_here("transcripts", "transcripts", "--out", "talks", cwd=root).code == 0
    return root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(graded, tmp_path / "course"))


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder, but for what a run keeps to go on."""
    found = (path for path in folder.rglob("*") if path.is_file() and FOLDER not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.mark.parametrize("out", ["out", "talks"])
def test_the_reports_come_back_byte_for_byte(course: Path, out: str) -> None:
    """What was deleted is written again as it was, and nothing else is touched; no course is needed for that."""
    before = contents(course / out)
    for path in (course / out).rglob("*"):
        if path.is_file() and path.name not in ("run.sqlite", "history.jsonl"):
            path.unlink()
    for name in ("problems", "reference", "submissions", "transcripts"):
        shutil.rmtree(course / name)
    done = grade_here("report", out, cwd=course)
    assert (done.code, done.err) == (0, "")
    assert contents(course / out) == before
    assert f"wrote {out}/results.jsonl" in done.out
    assert "for a person to see." in done.out


def test_the_expected_answers_can_be_released_later(course: Path) -> None:
    """The pages then show them, and without the option they are as the run was graded."""
    page = next((course / "out" / "students").glob("emil*"))
    before = page.read_text(encoding="utf-8")
    assert grade_here("report", "out", "--release-expected", cwd=course).code == 0
    assert page.read_text(encoding="utf-8") != before
    assert grade_here("report", "out", cwd=course).code == 0
    assert page.read_text(encoding="utf-8") == before


def test_a_spec_that_changed_since_is_told(course: Path) -> None:
    """The report is of the run as it was graded, and says what to do for the marks by the new spec."""
    before = contents(course / "out")
    spec = course / "problems" / "moving-average.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("points: 4", "points: 40"), encoding="utf-8")
    (course / "reference" / "damping.py").unlink()
    done = grade_here("report", "out", cwd=course)
    assert done.code == 0
    assert "problems/moving-average.yaml" in done.err
    assert "reference/damping.py" in done.err
    assert "run-older" in done.err
    assert "grade regrade out" in done.err
    assert contents(course / "out") == before


def test_the_summary_is_that_of_the_run(course: Path) -> None:
    """As JSON it has the keys that the grading commands give."""
    done = grade_here("report", "talks", "--json", cwd=course)
    assert {name: done.json[name] for name in ("command", "path", "exit")} == {
        "command": "transcripts",
        "path": "transcripts",
        "exit": 0,
    }
    assert done.json["reports"]["report"] == "talks/hints.html"


def test_a_folder_without_a_run_is_a_usage_error(course: Path) -> None:
    """The message says which file is looked for, and who writes it; nothing is written."""
    (course / "empty").mkdir()
    done = grade_here("report", "empty", cwd=course)
    assert done.code == 2
    assert "run-none" in done.err
    assert "run.sqlite" in done.err
    assert list((course / "empty").iterdir()) == []


def test_a_damaged_run_is_told_and_nothing_is_written(course: Path) -> None:
    """Also where the damage shows only far into the file."""
    path = course / "out" / "run.sqlite"
    path.write_bytes(path.read_bytes()[:-5000])
    before = contents(course / "out")
    done = grade_here("report", "out", cwd=course)
    assert done.code == 2
    assert "run-damaged" in done.err
    assert contents(course / "out") == before


def test_files_that_cannot_be_written_are_told(course: Path) -> None:
    """A folder that stands where a report belongs is a usage error with its name."""
    (course / "out" / "grades.csv").unlink()
    (course / "out" / "grades.csv").mkdir()
    done = grade_here("report", "out", cwd=course)
    assert done.code == 2
    assert "out-write" in done.err
    assert "grades.csv" in done.err
