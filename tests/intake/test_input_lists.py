"""Lists of inputs, and lines of submissions: what a person names in place of a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.diagnostics import InputError
from grader.intake.archives import read_bytes
from grader.intake.handins.submissions import read_submissions
from grader.intake.lists import listed
from grader.intake.talks.recorded import Unread, transcripts_at

TALK = "User: Problem 1\n\nLLM: 2\n"


def test_a_list_names_files_and_folders_from_where_it_stands(tmp_path: Path) -> None:
    """Remarks and blank lines are none; what is not there is told with its line, and the others are read."""
    for name in ("a.md", "b/c.md", "b/d.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TALK, encoding="utf-8")
    (tmp_path / "all.list").write_text("# mine\na.md\n\nnowhere.md\nb\n", encoding="utf-8")
    found = list(transcripts_at(tmp_path / "all.list"))
    assert [one.name if isinstance(one, Path | Unread) else one.id for one in found] == ["a.md", "all", "c.md", "d.md"]
    assert isinstance(found[1], Unread)
    assert (found[1].error.diagnostics[0].code, found[1].error.diagnostics[0].span.line) == ("input-list", 4)


def test_a_list_in_a_list_is_no_endless_one(tmp_path: Path) -> None:
    """One that names itself is read once, as the text that it is."""
    (tmp_path / "x.list").write_text("x.list\n", encoding="utf-8")
    assert list(transcripts_at(tmp_path / "x.list")) == [tmp_path / "x.list"]


def test_a_list_of_submissions_is_a_student_a_line(tmp_path: Path) -> None:
    """A folder is all of a student's; what is not there is a note that belongs to nobody."""
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada/hw.md").write_text("5", encoding="utf-8")
    (tmp_path / "emil.md").write_text("6", encoding="utf-8")
    (tmp_path / "class.list").write_text("emil.md\nada\neve\n", encoding="utf-8")
    found = read_submissions(tmp_path / "class.list")
    assert [one.subject for one in found.submissions] == ["ada", "emil"]
    assert [note.code for note in found.notes] == ["input-list"]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a\0b.md\n"])
def test_a_list_that_cannot_be_read_is_told(tmp_path: Path, data: bytes) -> None:
    """By its name, and never with a traceback."""
    (tmp_path / "x.list").write_bytes(data)
    try:
        found = list(listed(tmp_path / "x.list"))
    except InputError as error:
        found = [error]
    assert [one.diagnostics[0].code for one in found if isinstance(one, InputError)] == ["input-list"]


def test_lines_are_a_student_each(tmp_path: Path) -> None:
    """Under any of the usual names of the fields; several lines of one student are several files."""
    lines = [
        {"student": "ada", "text": "# Problem 1\n\n(a) 5"},
        {"id": 7, "answer": "x"},
        {"subject": "../eve", "response": "y"},
        {"student": "ada", "text": "again"},
    ]
    path = tmp_path / "all.jsonl"
    path.write_text("\ufeff" + "\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = read_submissions(path).submissions
    assert [one.subject for one in found] == ["7", "-eve", "ada"]
    texts = [[read_bytes(file, 100).decode() for file in one.files] for one in found]
    assert texts == [["x"], ["y"], [lines[0]["text"], "again"]]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{broken", "no JSON object"),
        ('["ada"]', "no JSON object"),
        ('{"text": "5"}', "names no student"),
        ('{"student": "ada"}', "holds no text"),
        ('{"student": {"a": 1}, "text": "5"}', "names no student"),
    ],
)
def test_a_line_that_cannot_be_read_costs_only_itself(tmp_path: Path, line: str, says: str) -> None:
    """It is told, and the others are graded."""
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps({"student": "zoe", "text": "5"}) + "\n" + line + "\n", encoding="utf-8")
    found = {one.subject: one for one in read_submissions(path).submissions}
    assert len(found) == 2
    assert found["zoe"].files
    (other,) = (one for name, one in found.items() if name != "zoe")
    assert not other.files
    assert says in str(other.diagnostics)
