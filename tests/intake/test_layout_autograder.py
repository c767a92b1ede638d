"""The metadata of Gradescope's container: what is taken from it, and that hostile contents do no harm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.diagnostics import InputError
from grader.intake.handins.submissions import HandedIn, read_submissions
from grader.intake.handins.trees import tree_of
from grader.intake.layouts import platform_of
from grader.specs.settings import Settings

DAY = "2026-10-{:02}T09:00:00.000000-07:00"
USER = {"email": "ada@example.org", "id": 1, "name": "Ada Lovelace"}
PLAIN = {"created_at": DAY.format(2), "assignment": {"due_date": DAY.format(3)}, "users": [USER]}


def read(folder: Path, metadata: object, settings: Settings | None = None) -> HandedIn:
    """What a container with these metadata holds; a text is written as it is."""
    (folder / "submission").mkdir(exist_ok=True)
    (folder / "submission/hw.md").write_text("Problem 1\n\n(a) 14\n", encoding="utf-8")
    text = metadata if isinstance(metadata, str) else json.dumps(metadata)
    (folder / "submission_metadata.json").write_text(text, encoding="utf-8", errors="surrogatepass")
    return read_submissions(folder, settings or Settings(), layout="autograder")


@pytest.mark.parametrize(
    ("users", "subject"),
    [
        ([USER], "ada@example.org"),
        ([{**USER, "sid": "1001"}], "1001"),
        ([{**USER, "email": None}], "Ada Lovelace"),
        ([{"id": 7}], "user 7"),
        ([USER, {"email": "bo@example.org", "name": "Bo"}], "ada@example.org + bo@example.org"),
        ([{**USER, "name": {"first": "Ada"}, "roles": ["x", {"email": "eve@example.org"}]}], "ada@example.org"),
        ([{**USER, "name": "<img src=x>" * 400}], "ada@example.org"),
        ([{"email": "\u0000../../etc", "name": "\u202e"}], "\u0000../../etc"),
    ],
)
def test_whose_it_is(tmp_path: Path, users: list[Any], subject: str) -> None:
    """By number, address or name, of each of the users; other shapes than expected are passed over."""
    (submission,) = read(tmp_path, {**PLAIN, "users": users}).submissions
    assert submission.subject == subject
    assert [file.name for file in submission.files] == ["hw.md"]
    assert all(len(person.name) <= 1000 for person in submission.delivery.people)


@pytest.mark.parametrize(
    ("change", "late"),
    [
        ({}, False),
        ({"created_at": DAY.format(4)}, True),
        ({"created_at": DAY.format(4), "users": [{**USER, "assignment": {"due_date": DAY.format(5)}}]}, False),
        ({"created_at": DAY.format(4), "assignment": {"due_date": None}}, None),
        ({"created_at": "yesterday"}, None),
        ({"created_at": 17}, None),
        ({"assignment": "Homework"}, None),
    ],
)
def test_whether_it_is_late(tmp_path: Path, change: dict[str, Any], late: bool | None) -> None:
    """By the due date of the assignment, or by the student's own; None where anything of that is not known."""
    (submission,) = read(tmp_path, {**PLAIN, **change}).submissions
    assert submission.delivery.late is late


def test_the_deadline_of_the_course_comes_first(tmp_path: Path) -> None:
    """Where the course has one, Gradescope's is not asked."""
    from datetime import UTC, datetime

    settings = Settings(due=datetime(2026, 10, 1, tzinfo=UTC), late_penalty=10.0)
    (submission,) = read(tmp_path, PLAIN, settings).submissions
    assert submission.delivery.late
    assert submission.delivery.penalty == 2 * submission.delivery.penalty / 2 > 0


def test_earlier_attempts_are_counted(tmp_path: Path) -> None:
    """However much stands in their results."""
    earlier = [{"submission_time": DAY.format(1), "score": 0.0, "results": {"users": [USER], "x": [[[1]]]}}] * 3
    (submission,) = read(tmp_path, {"previous_submissions": earlier, **PLAIN}).submissions
    assert (submission.delivery.attempt, submission.delivery.of) == (4, 4)
    assert len(submission.delivery.people) == 1


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "[]",
        "7",
        "{",
        '{"users": [{"email": "a"}',
        "\ud800",
        '{"users": [' + "[" * 100_000,
        '{"users": [{"id": ' + "9" * 10_000 + "}]}",
        '{"users": {"email": "a@b"}}',
        {**PLAIN, "users": []},
        {**PLAIN, "users": [USER] * 2000},
        {**PLAIN, "users": [{"email": " "}]},
    ],
)
def test_metadata_that_name_nobody_stop_the_grading(tmp_path: Path, metadata: object) -> None:
    """Under a name that is guessed, a student would get somebody else's numbers."""
    with pytest.raises(InputError, match="metadata of the submission cannot be read"):
        read(tmp_path, metadata)


def test_there_have_to_be_metadata(tmp_path: Path) -> None:
    """A folder without them is no container."""
    (tmp_path / "submission").mkdir()
    with pytest.raises(InputError, match="there is no such file"):
        read_submissions(tmp_path, layout="autograder")


def test_nothing_handed_in_is_told(tmp_path: Path) -> None:
    """An empty submission is one without files, not a failure of the grader."""
    (tmp_path / "submission_metadata.json").write_text(json.dumps(PLAIN), encoding="utf-8")
    (submission,) = read_submissions(tmp_path, layout="autograder").submissions
    assert not submission.files
    assert "handed in no files" in submission.diagnostics[-1].message


def test_links_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    """Neither to the solvers beside the submission nor to the rest of the machine."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source/answers.md").write_text("Problem 1\n\n(a) 14\n", encoding="utf-8")
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission/copy.md").symlink_to(tmp_path / "source/answers.md")
    (tmp_path / "submission/all").symlink_to(tmp_path / "source")
    (tmp_path / "submission/host.md").symlink_to("/etc/hostname")
    (submission,) = read(tmp_path, PLAIN).submissions
    assert [file.name for file in submission.files] == ["hw.md"]


def test_it_is_known_by_its_metadata(tmp_path: Path) -> None:
    """The name of the file alone is not enough, nor is the folder."""
    read(tmp_path, PLAIN)
    assert platform_of(tree_of(tmp_path)) == "autograder"
    (tmp_path / "submission_metadata.json").write_text("{}", encoding="utf-8")
    assert platform_of(tree_of(tmp_path)) == ""
