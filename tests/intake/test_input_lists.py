"""Lists of inputs, and lines of submissions: what a person names in place of a folder."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from grader.diagnostics import InputError
from grader.intake.archives import lines, read_bytes
from grader.intake.handins.roster import read_roster
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
    assert [one.subject for one in found.submissions] == ["emil", "ada"], "in the order of the list"
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
    told = [
        {"student": "ada", "text": "# Problem 1\n\n(a) 5"},
        {"id": 7, "answer": "x"},
        {"subject": "../eve", "response": "y"},
        {"student": "ada", "text": "again"},
    ]
    path = tmp_path / "all.jsonl"
    path.write_text("\ufeff" + "\n\n".join(map(json.dumps, told)), encoding="utf-8")
    found = list(read_submissions(path).submissions)
    assert [one.subject for one in found] == ["ada", "7", "-eve"], "in the order in which they come first"
    texts = [[read_bytes(file, 100).decode() for file in one.files] for one in found]
    assert texts == [[told[0]["text"], "again"], ["x"], ["y"]]
    assert [file.name for file in found[0].files] == ["answers-1.md", "answers-7.md"], "by their lines"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{broken", "Line 2 is not read: it is no JSON object"),
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


def test_any_number_of_lines_is_read_in_flat_memory(tmp_path: Path) -> None:
    """No line is held when the next one is read, and none is left out."""
    path = tmp_path / "all.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(6_000):
            stream.write(json.dumps({"student": f"s{number}", "text": f"# Problem 1\n\n(a) {number}" * 9}) + "\n")
    tracemalloc.start()
    try:
        found = read_submissions(path).submissions
        assert sum(1 for one in found if one.files) == 6_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_roster_finds_in_lines_who_is_there_twice_and_who_is_not(tmp_path: Path) -> None:
    """By number and by name the same person; the warning stands with each of the two."""
    (tmp_path / "roster.csv").write_text("id,name\n17,Ada Lovelace\n18,Emil Post\n", encoding="utf-8")
    handed_in = [{"student": name, "text": "5"} for name in ("17", "zoe", "Ada Lovelace")]
    (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, handed_in)), encoding="utf-8")
    found = read_submissions(tmp_path / "all.jsonl", roster=read_roster(tmp_path / "roster.csv"))
    told = {(one.key, one.subject): [note.code for note in one.diagnostics] for one in found.submissions}
    assert told == {
        ("17", "17"): ["roster-handed-in-twice"],
        ("zoe", "zoe"): ["roster-unknown"],
        ("Ada Lovelace", "17"): ["roster-handed-in-twice"],
    }
    assert [person.name for person in found.absent] == ["Emil Post"]


def test_a_line_that_was_changed_since_is_not_taken_for_the_one_that_was_found(tmp_path: Path) -> None:
    """Its place holds another text: whose it is would be a guess."""
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps({"student": "ada", "text": "5"}) + "\n", encoding="utf-8")
    [ada] = read_submissions(path).submissions
    path.write_text(json.dumps({"student": "eve", "text": "6"}) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="changed while it was graded"):
        read_bytes(ada.files[0], 100)


def test_lines_of_any_length_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is too long is told, and where the next one begins is known."""
    monkeypatch.setattr(lines, "MOST_LINE", 60)
    path = tmp_path / "all.jsonl"
    told = [json.dumps({"student": name, "text": text}) for name, text in (("a", "5"), ("b", "x" * 200), ("c", "6"))]
    path.write_text("\n".join(told), encoding="utf-8")
    found = {one.subject: one for one in read_submissions(path).submissions}
    assert list(found) == ["a", "line 2", "c"]
    assert read_bytes(found["c"].files[0], 100) == b"6"


def test_attempts_in_a_list_are_those_of_one_name(tmp_path: Path) -> None:
    """The last in the list counts; one folder that cannot be read costs only its student."""
    for name in ("mon/ada.md", "tue/ada.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "class.list").write_text("mon/ada.md\ntue/ada.md\n", encoding="utf-8")
    [ada] = read_submissions(tmp_path / "class.list").submissions
    assert [read_bytes(file, 100) for file in ada.files] == [b"tue/ada.md"]
    assert (ada.delivery.attempt, ada.delivery.of) == (2, 2)
