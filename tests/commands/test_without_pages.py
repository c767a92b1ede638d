"""A run without pages: asked for, or because it is large. Its summary is that of the run with pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import grade_here, lines

from grader.commands import grading
from grader.store.runs import NAME, reading


def rows(text: str) -> list[str]:
    """The lines of the table."""
    return [line for line in text.splitlines() if "/" in line.split(" ")[0]]


@pytest.mark.parametrize(("command", "path"), [("submissions", "submissions"), ("transcripts", "transcripts")])
def test_the_summary_and_the_results_are_the_same(course: Path, command: str, path: str) -> None:
    """The database counts what the pages count; no page is written."""
    with_pages = grade_here(command, path, "--out", "with", cwd=course)
    without = grade_here(command, path, "--out", "without", "--no-pages", cwd=course)
    assert without.code == with_pages.code == 0
    assert rows(without.out) == rows(with_pages.out)
    assert lines(course / "without/results.jsonl") == lines(course / "with/results.jsonl")
    assert not list((course / "without").rglob("*.html"))
    if command == "transcripts":
        assert (course / "without/changes.jsonl").read_bytes() == (course / "with/changes.jsonl").read_bytes()
    assert "`grade report without` writes them" in without.out
    assert grade_here("report", "without", cwd=course).code == 0
    assert list((course / "without").rglob("*.html"))


def test_a_large_run_writes_no_pages_unless_it_is_asked(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how many answers there are, and why."""
    monkeypatch.setattr(grading, "MOST_REPORTED", 3)
    done = grade_here("submissions", "submissions", cwd=course)
    assert "No pages and tables were written: 8 answers are more than fit into little memory." in done.out
    assert not (course / "out/report.html").exists()
    assert grade_here("submissions", "submissions", "--pages", cwd=course).code == 0
    assert (course / "out/report.html").exists()


def test_its_summary_as_json(course: Path) -> None:
    """With the same keys for the numbers as after a run with pages."""
    done = grade_here("submissions", "submissions", "--no-pages", "--json", cwd=course)
    told = json.loads(done.out)
    whole = json.loads(grade_here("submissions", "submissions", "--json", "--out", "other", cwd=course).out)
    same = ("schema", "command", "subjects", "answers", "statuses", "share", "exit")
    assert {name: told[name] for name in same} == {name: whole[name] for name in same}
    assert (told["pages"], told["failures"]) == (False, 0)


def test_a_share_below_the_wanted_one_ends_with_1(course: Path) -> None:
    """As with pages."""
    done = grade_here("submissions", "submissions", "--no-pages", "--fail-under", "99", cwd=course)
    assert done.code == 1
    assert "Below --fail-under 99 %" in done.err


def test_what_cannot_be_read_is_told(course: Path) -> None:
    """By name and with its reason; the others are graded, and the code says that some failed."""
    (course / "transcripts/none.jsonl").write_text('{"messages": []}\n{"x": 1}\n', encoding="utf-8")
    done = grade_here("transcripts", "transcripts", "--no-pages", cwd=course)
    assert done.code == 4
    assert "none" in done.err


@pytest.mark.parametrize("command", ["submissions", "transcripts"])
def test_marks_by_hand_are_in_all_files_of_a_run_without_pages(course: Path, command: str) -> None:
    """The same lines, changes, history and numbers as with pages; the stored run stays the machine's."""
    for out in ("with", "without"):
        grade_here(command, command, "--out", out, cwd=course)
        (course / out / "history.jsonl").unlink()
    found = [one for one in lines(course / "with/results.jsonl") if not one["carried"]]
    for one in (found[0], found[-1]):
        turn = ["--turn", str(one["turn"])] if one["turn"] else []
        part = f"{one['problem']}/{one['part']}"
        for out in ("with", "without"):
            decide = ("review", out, "--by", "ada", "--decide", one["subject"], part, "50 %", "--why", "seen", *turn)
            assert grade_here(*decide, cwd=course).code == 0
    whole = grade_here(command, command, "--out", "with", cwd=course)
    bare = grade_here(command, command, "--out", "without", "--no-pages", cwd=course)
    assert rows(bare.out) == rows(whole.out)
    assert "given by hand." in bare.out
    names = ("results.jsonl", *(("changes.jsonl",) if command == "transcripts" else ()))
    for name in names:
        told = lines(course / "without" / name)
        assert [{**one, "decided_at": None} for one in told] == [
            {**one, "decided_at": None} for one in lines(course / "with" / name)
        ]
    told = [lines(course / out / "history.jsonl")[0] for out in ("with", "without")]
    assert told[0]["decided_by_hand"] >= 2
    same = ("statuses", "decided_by_hand", "answers")
    assert {name: told[0][name] for name in same} == {name: told[1][name] for name in same}
    again = grade_here(command, command, "--out", "without", "--no-pages", "--json", cwd=course)
    assert json.loads(again.out)["decided_by_hand"] == told[0]["decided_by_hand"]
    with reading(course / "without" / NAME) as reader:
        assert not any(one.decision for one in reader.results())
