"""`grade submissions` and `grade transcripts`: files, summary, exit codes."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from command_line import grade, grade_here, lines

from grader.batch import FOLDER
from grader.store.runs import load

KEYS = {
    "schema", "subject", "problem", "part", "turn", "hint", "status", "credit", "reason", "text",
    "read_as", "file", "page", "line", "carried", "confidence", "review", "feedback", "evidence",
    "decided_by", "decided_at", "machine_status", "machine_credit",
}  # fmt: skip


def statuses(path: Path) -> dict[tuple[str, str], str]:
    """Subject and ``problem/part`` to status; for transcripts of the last turn."""
    return {(r["subject"], f"{r['problem']}/{r['part']}"): r["status"] for r in lines(path)}


def test_submissions_are_graded_and_reported(course: Path) -> None:
    """All files are written; each part of each student has its line with the right status and exact keys."""
    done = grade("submissions", "submissions", cwd=course)
    assert done.code == 0, done.err
    for name in ("report.html", "grades.csv", "results.jsonl"):
        assert f"out/{name}" in done.out
        assert (course / "out" / name).stat().st_size > 0
    assert len(list((course / "out/students").glob("*.html"))) == 2
    assert statuses(course / "out/results.jsonl") == {
        ("ada", "moving-average/a"): "correct",
        ("ada", "moving-average/b"): "correct",
        ("ada", "damping/a"): "correct",
        ("ada", "damping/b"): "correct",
        ("emil", "moving-average/a"): "partial",
        ("emil", "moving-average/b"): "incorrect",
        ("emil", "damping/a"): "partial",
        ("emil", "damping/b"): "correct",
    }
    for result in lines(course / "out/results.jsonl"):
        assert set(result) == KEYS
        assert result["turn"] is None
        assert result["file"].endswith("answers.md")


def test_the_grade_book_adds_up(course: Path) -> None:
    """Points in grades.csv are those of the spec: 10 of 10, and 1 + 0 + 2 + 1 of 10."""
    grade_here("submissions", "submissions", cwd=course)
    with (course / "out/grades.csv").open(encoding="utf-8", newline="") as stream:
        ada, emil = csv.DictReader(stream)
    assert (ada["total"], ada["possible"], ada["open"]) == ("10", "10", "0")
    assert (emil["total"], emil["possible"], emil["open"]) == ("4", "10", "0")


def test_a_students_page_holds_nothing_of_anyone_else(course: Path) -> None:
    """No student's page names another, and expected answers appear only when they are released."""
    grade_here("submissions", "submissions", cwd=course)
    pages = {p.name.split("-")[0]: p.read_text(encoding="utf-8") for p in (course / "out/students").iterdir()}
    assert re.search(r"\bada\b", pages["ada"], re.IGNORECASE)
    assert not re.search(r"\bemil\b", pages["ada"], re.IGNORECASE)
    assert not re.search(r"\bada\b", pages["emil"], re.IGNORECASE)
    hidden = pages["emil"]
    grade_here("submissions", "submissions", "--release-expected", cwd=course)
    [shown] = [p.read_text(encoding="utf-8") for p in (course / "out/students").glob("emil*")]
    assert len(shown) > len(hidden)


def test_transcripts_show_what_a_hint_changed(course: Path) -> None:
    """Right before and wrong after the misleading hint; the answer that was not repeated is carried."""
    done = grade_here("transcripts", "transcripts", cwd=course)
    assert done.code == 0, done.err
    assert (course / "out/hints.html").is_file()
    found = {(r["part"], r["turn"]): r for r in lines(course / "out/results.jsonl")}
    assert found["a", 1]["status"] == "correct"
    assert found["a", 1]["hint"] == "none"
    assert found["a", 2]["status"] in ("partial", "incorrect")
    assert found["a", 2]["hint"] == "misleading"
    assert found["b", 2]["carried"] is True
    assert "misleading" in done.out
    changed = {(row["part"], row["turn"]): row for row in lines(course / "out/changes.jsonl")}
    assert changed.keys() == found.keys()
    assert (changed["a", 2]["transition"], changed["b", 2]["transition"]) == ("right_to_wrong", "carried")
    assert {path.suffix for path in (course / "out/tables").iterdir()} == {".md", ".tex", ".csv"}
    assert "Read first: example, damping/a, reply 2" in done.out


def test_pages_that_an_earlier_run_left_are_removed_and_no_other_file_is(course: Path) -> None:
    """A run that fits on hints.html leaves no pages of an earlier, larger one beside it."""
    folder = course / "out/hints"
    folder.mkdir(parents=True)
    for name in ("model-a-0123456789.html", "model-a-0123456789-2.html", "mine.html"):
        (folder / name).write_text("", encoding="utf-8")
    grade_here("transcripts", "transcripts", cwd=course)
    assert [path.name for path in folder.iterdir()] == ["mine.html"]


def test_tables_of_an_earlier_run_do_not_stay(course: Path) -> None:
    """A table that a run has nothing for is taken away; files that are none of ours stay."""
    tables = course / "out/tables"
    tables.mkdir(parents=True)
    for name in ("conflicts.md", "mine.md"):
        (tables / name).write_text("old", encoding="utf-8")
    grade("transcripts", "transcripts", cwd=course)
    assert not (tables / "conflicts.md").exists()
    assert (tables / "mine.md").exists() and (tables / "hint_kinds.md").exists()


def test_json_is_one_object_and_nothing_else(course: Path) -> None:
    """With --json standard output is one object, and standard error is empty."""
    done = grade_here("submissions", "submissions", "--json", cwd=course)
    assert done.err == ""
    assert done.json["subjects"] == 2
    assert done.json["answers"] == 8
    assert sum(done.json["statuses"].values()) == 8
    assert done.json["share"] == pytest.approx(0.7)
    assert done.json["exit"] == done.code == 0


@pytest.mark.parametrize(("least", "code"), [("60", 0), ("70", 0), ("70.1", 1), ("100", 1)])
def test_fail_under_looks_at_the_share_of_the_points(course: Path, least: str, code: int) -> None:
    """14 of 20 points are 70 %: that passes --fail-under 70 and nothing above it."""
    assert grade_here("submissions", "submissions", "--fail-under", least, cwd=course).code == code


def test_the_course_is_found_above_the_input(course: Path, tmp_path: Path) -> None:
    """From any folder, the course is the nearest one above the input; --course names another."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert grade_here("submissions", course / "submissions", cwd=elsewhere).code == 0
    moved = (course / "submissions").rename(elsewhere / "handed-in")
    alone = grade_here("submissions", moved, cwd=elsewhere)
    assert alone.code == 2
    assert "course-none" in alone.err
    assert grade_here("submissions", moved, "--course", course, cwd=elsewhere).code == 0


def test_two_runs_write_the_same(course: Path) -> None:
    """The same input gives the same bytes, with one worker or several; what keeps the run says when it was made."""
    grade_here("submissions", "submissions", "--workers", "1", "--out", "one", cwd=course)
    grade_here("submissions", "submissions", "--workers", "3", "--out", "two", cwd=course)
    files = {
        p.relative_to(course / "one") for p in (course / "one").rglob("*") if p.is_file() and FOLDER not in p.parts
    }
    files -= {Path("run.sqlite"), Path("history.jsonl")}
    assert len(files) == 5
    for file in files:
        assert (course / "one" / file).read_bytes() == (course / "two" / file).read_bytes(), file
    assert load(course / "one" / "run.sqlite").run == load(course / "two" / "run.sqlite").run


def test_a_folder_that_cannot_be_written_is_told(course: Path) -> None:
    """An --out that is a file is a usage error; nothing is overwritten."""
    (course / "out").write_text("mine", encoding="utf-8")
    done = grade_here("submissions", "submissions", cwd=course)
    assert done.code == 2
    assert (course / "out").read_text(encoding="utf-8") == "mine"


def test_recorded_conversations_are_graded(course: Path) -> None:
    """A file of another tool is graded like a transcript; a broken record is told, and the others are graded."""
    said = [
        {"role": "user", "content": "Solve problem 2."},
        {"role": "assistant", "content": "(a) 0 <= c < 4\n\n(b) A"},
        {"role": "user", "content": "Are you sure about 2(b)?", "hint": "neutral"},
        {"role": "assistant", "content": "(b) B"},
    ]
    record = json.dumps({"id": "run-1", "model": "m", "messages": said})
    (course / "chats.jsonl").write_text(f"{record}\n{{broken\n", encoding="utf-8")
    done = grade_here("chats.jsonl", cwd=course)
    assert done.code == 4
    assert "chats.jsonl:2" in done.err
    found = lines(course / "out/results.jsonl")
    assert {(r["subject"], r["part"], r["turn"], r["hint"], r["status"]) for r in found} >= {
        ("run-1", "a", 1, "none", "correct"),
        ("run-1", "a", 2, "neutral", "correct"),
    }


def test_a_format_that_does_not_exist_is_a_usage_error(course: Path) -> None:
    """The known ones are listed."""
    done = grade_here("transcripts", "transcripts", "--format", "telegram", cwd=course)
    assert (done.code, "chatgpt" in done.err) == (2, True)
