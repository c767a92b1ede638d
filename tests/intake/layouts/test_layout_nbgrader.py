"""nbgrader's folders: students, assignments, times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from handed_in import codes, files, folder, of, zipped

from grader.diagnostics import InputError
from grader.intake.handins.submissions import read_submissions
from grader.specs import Settings

DUE = datetime(2026, 11, 20, 12, tzinfo=UTC)


def course(root: Path, **times: str) -> Path:
    """A course with one assignment, handed in at these times."""
    for student, time in times.items():
        folder(root, f"submitted/{student}/ps1/problem.md", **{f"submitted/{student}/ps1/timestamp.txt": time})
    return root


def test_the_folder_of_a_course_is_read_from_submitted(tmp_path: Path) -> None:
    """Not from source, autograded or feedback; the time is no answer."""
    root = course(tmp_path, ada="2026-11-20 11:00:00.000000 UTC", emmy="2026-11-20 13:30:00 UTC")
    folder(root, "source/ps1/problem.md", "autograded/ada/ps1/problem.md", "feedback/ada/ps1/problem.html")
    found = read_submissions(root, Settings(due=DUE))
    assert found.layout == "nbgrader"
    assert files(found) == {"ada": ["problem.md"], "emmy": ["problem.md"]}
    assert of(found, "ada").delivery.late is False
    assert of(found, "emmy").delivery.late is True
    assert of(found, "emmy").delivery.late_by == timedelta(hours=1, minutes=30)


def test_the_folder_of_what_was_submitted_will_do(tmp_path: Path) -> None:
    """And an archive of it."""
    root = course(tmp_path, ada="2026-11-20 11:00:00 UTC")
    assert files(read_submissions(root / "submitted")) == {"ada": ["problem.md"]}
    path = zipped(tmp_path / "all.zip", "submitted/ada/ps1/problem.md", "submitted/emmy/ps1/problem.md")
    assert files(read_submissions(path)) == {"ada": ["problem.md"], "emmy": ["problem.md"]}


def test_of_several_assignments_one_is_named(tmp_path: Path) -> None:
    """Else it is an error that lists them; who has only the other one is not there."""
    names = ("ada/ps1/a.md", "ada/ps2/b.md", "emmy/ps2/b.md", "ada/ps1/timestamp.txt")
    root = folder(tmp_path / "submitted", *names)
    with pytest.raises(InputError) as caught:
        read_submissions(root)
    assert caught.value.diagnostics[0].code == "layout-assignment"
    assert "ps1, ps2" in str(caught.value)
    assert files(read_submissions(root, assignment="ps2")) == {"ada": ["b.md"], "emmy": ["b.md"]}
    with pytest.raises(InputError, match="no assignment 'ps3'"):
        read_submissions(root, assignment="ps3")


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-11-20 15:58:23.948203 Europe/Berlin\n", datetime(2026, 11, 20, 14, 58, 23, 948203, tzinfo=UTC)),
        ("2026-11-20 15:58:23.948203", datetime(2026, 11, 20, 15, 58, 23, 948203, tzinfo=UTC)),
        ("2026-11-20T15:58:23+01:00", datetime(2026, 11, 20, 14, 58, 23, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        ("2026-02-30 10:00:00 UTC", None),
        ("2026-11-20 15:58:23 Mars/Olympus", None),
    ],
)
def test_times_are_read_as_nbgrader_writes_them(tmp_path: Path, written: str, at: datetime | None) -> None:
    """With a zone by name, or none for UTC; one that cannot be read is told, and nobody is called late for it."""
    found = read_submissions(course(tmp_path, ada=written), Settings(due=DUE))
    come = of(found, "ada").delivery
    assert come.at == at
    assert (come.late is None) == (at is None)
    assert codes(found) == ({} if at else {"ada": ["layout-time"]})


def test_a_link_to_another_students_work_is_not_followed(tmp_path: Path) -> None:
    """Inside the course as little as outside."""
    root = course(tmp_path / "c", ada="2026-11-20 11:00:00 UTC", eve="2026-11-20 11:00:00 UTC")
    stolen = root / "submitted/eve/ps1/mine.md"
    stolen.symlink_to(root / "submitted/ada/ps1/problem.md")
    found = read_submissions(root)
    assert files(found) == {"ada": ["problem.md"], "eve": ["problem.md"]}
    assert codes(found) == {"eve": ["input-link-outside"]}


def test_what_lies_beside_the_students_is_told(tmp_path: Path) -> None:
    """A file of a student outside any assignment belongs to none."""
    root = course(tmp_path, ada="2026-11-20 11:00:00 UTC")
    folder(root, "submitted/ada/lost.md")
    assert codes(read_submissions(root)) == {"": ["layout-stray"]}
