"""results.jsonl, grades.csv and files that are whole or not there."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from grader.diagnostics import Span
from grader.records import (
    Claim,
    Confidence,
    Delivery,
    Evidence,
    HintKind,
    Label,
    Part,
    Person,
    Problem,
    Rendered,
    Result,
    Run,
    Status,
    Verdict,
    Witness,
)
from grader.store.files import atomic_writer, write_lines, write_text
from grader.store.grades import write_grades
from grader.store.opinions import opinion_object
from grader.store.results import result_object, write_results

KEYS = [
    "schema",
    "subject",
    "problem",
    "part",
    "turn",
    "hint",
    "status",
    "credit",
    "reason",
    "text",
    "read_as",
    "file",
    "page",
    "line",
    "carried",
    "confidence",
    "review",
    "feedback",
    "evidence",
    "decided_by",
    "decided_at",
    "machine_status",
    "machine_credit",
]


def problem() -> Problem:
    """Two parts, worth 4 and 3 points."""
    parts = tuple(
        Part(name, (name,), "", Fraction(points), "number", None, "f") for name, points in (("a", 4), ("b", 3))
    )
    return Problem("p", "1", "P", "", {}, "s.py", parts, "p.yaml")


def marked(subject: str, part: str, credit: Fraction | None, status: Status, text: str = "x") -> Result:
    """A result with that credit."""
    return Result(Claim(subject, "p", part, text=text), Verdict(status, credit, "any"))


def run(*results: Result, subjects: tuple[str, ...] = ()) -> Run:
    """A run over the subjects of the results."""
    names = subjects or tuple(dict.fromkeys(r.claim.subject for r in results))
    return Run("submissions", "T", (problem(),), names, results)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_result_has_the_keys_of_the_contract_in_order() -> None:
    """The object has exactly the promised keys; credit is a number; kinds are plain words."""
    claim = Claim("ada", "p", "a", 2, "1/2", Span("ada.md", 5, 8, 3, 1), carried=True, confidence=Confidence.LOW)
    evidence = Evidence("exact", "", Witness((("λ", "1"),), "0.4", "0.571"))
    verdict = Verdict(
        Status.PARTIAL, Fraction(1, 3), "known", Rendered("½", "", ""), Rendered("1", "", ""), "Look.", evidence
    )
    found = result_object(Result(claim, verdict, HintKind.MISLEADING), [problem()])
    assert list(found) == KEYS
    plain = json.loads(json.dumps(found))
    assert plain["schema"] == 1
    assert plain["credit"] == pytest.approx(1 / 3)
    assert (plain["status"], plain["hint"], plain["confidence"]) == ("partial", "misleading", "low")
    assert (plain["turn"], plain["text"], plain["read_as"], plain["carried"]) == (2, "1/2", "½", True)
    assert (plain["file"], plain["line"]) == ("ada.md", 3)
    assert plain["evidence"]["method"] == "exact"
    assert set(plain["evidence"]) == {"method", "error_bound", "witness"}
    assert plain["evidence"]["witness"]["yours"] == "0.4"


def test_what_is_not_there_is_null() -> None:
    """Without a mark, a reading, a place, a turn or a hint the values are null, not 0 or empty words."""
    found = result_object(marked("ada", "a", None, Status.MISSING, text=""))
    for key in ("credit", "read_as", "file", "line", "turn", "hint", "evidence"):
        assert found[key] is None, key


def test_a_result_of_an_unknown_part_is_refused() -> None:
    """A part that the run's problems do not have is an error, not a line."""
    with pytest.raises(KeyError):
        result_object(marked("ada", "z", None, Status.MISSING), [problem()])


def test_results_are_one_object_a_line_in_order(tmp_path: Path) -> None:
    """Each result is a line of UTF-8 JSON, in the order of the run; a lone surrogate is an escape."""
    first = marked("λ\n", "a", Fraction(1), Status.CORRECT, text="a\ud800b\u2028c")
    write_results(run(first, marked("b", "a", Fraction(0), Status.INCORRECT)), tmp_path / "results.jsonl")
    lines = (tmp_path / "results.jsonl").read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    objects = [json.loads(line) for line in lines]
    assert [o["subject"] for o in objects] == ["λ\n", "b"]
    assert objects[0]["text"] == "a\ud800b\u2028c"


def test_grades_have_points_and_what_is_open(tmp_path: Path) -> None:
    """Points are credit times worth; an open part has an empty cell, is counted and named, and is no 0."""
    results = (
        marked("ada", "a", Fraction(1, 2), Status.PARTIAL),
        marked("ada", "b", Fraction(1, 3), Status.PARTIAL),
        marked("emil", "a", Fraction(0), Status.INCORRECT),
        marked("emil", "b", None, Status.UNREADABLE),
    )
    write_grades(run(*results, subjects=("ada", "emil", "zoe")), tmp_path / "grades.csv")
    ada, emil, zoe = rows(tmp_path / "grades.csv")
    assert list(ada) == ["student", "p/a", "p/b", "total", "possible", "open", "open_parts"]
    assert (ada["p/a"], ada["p/b"], ada["total"], ada["possible"], ada["open"]) == ("2", "1", "3", "7", "0")
    assert (emil["p/a"], emil["p/b"], emil["total"], emil["open"]) == ("0", "", "0", "1")
    assert emil["open_parts"] == "p/b: unreadable"
    assert (zoe["p/a"], zoe["open"]) == ("", "2")
    assert zoe["open_parts"] == "p/a: not graded; p/b: not graded"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=cmd|"/C calc"!A0'])
def test_no_cell_is_a_formula(tmp_path: Path, name: str) -> None:
    """A name that a spreadsheet would run gets an apostrophe in front; nothing else of it changes."""
    write_grades(run(marked(name, "a", Fraction(1), Status.CORRECT)), tmp_path / "grades.csv")
    [row] = rows(tmp_path / "grades.csv")
    assert row["student"] == f"'{name}"


def test_names_survive_the_csv(tmp_path: Path) -> None:
    """Commas, quotes, line breaks and markup in a name come back as they were."""
    name = 'Ha"lm,os\n<script>'
    write_grades(run(marked(name, "a", Fraction(1), Status.CORRECT)), tmp_path / "grades.csv")
    assert rows(tmp_path / "grades.csv")[0]["student"] == name


def test_points_are_written_as_decimals(tmp_path: Path) -> None:
    """Points that end are exact; others have four places."""
    results = (marked("a", "a", Fraction(1, 3), Status.PARTIAL), marked("a", "b", Fraction(3, 4), Status.PARTIAL))
    write_grades(run(*results), tmp_path / "g.csv")
    [row] = rows(tmp_path / "g.csv")
    assert (row["p/a"], row["p/b"], row["total"]) == ("1.3333", "2.25", "3.5833")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """An error in the middle keeps the earlier content and leaves no other file."""
    path = tmp_path / "deep" / "file.txt"
    write_text(path, "old")
    with pytest.raises(ZeroDivisionError), atomic_writer(path) as stream:
        stream.write("new")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


def test_a_new_file_can_be_read_by_others(tmp_path: Path) -> None:
    """A report gets the permissions of any new file, not those of a private temporary one."""
    plain, ours = tmp_path / "plain", tmp_path / "ours"
    plain.touch()
    write_text(ours, "x")
    assert ours.stat().st_mode == plain.stat().st_mode


def test_what_is_said_of_an_answer_is_one_line(tmp_path: Path) -> None:
    """Truth, key and annotator have a field each; a second word of theirs, and what others say, are kept too."""
    found = marked("talk", "a", Fraction(1), Status.CORRECT, "5")
    labels = [
        Label("annotator", 2, "p/a", "wrong", "no"),
        Label("annotator", 2, "p/a", "hm"),
        Label("Ada", 2, "p/a", "ok"),
    ]
    line = opinion_object("talk", 2, "p/a", found, labels, ["they part"])
    assert list(line) == [
        "schema", "subject", "problem", "part", "turn", "text", "truth", "key", "annotator", "others", "conflicts",
    ]  # fmt: skip
    assert (line["problem"], line["part"], line["turn"], line["text"]) == ("p", "a", 2, "5")
    assert line["truth"] == {"status": "correct", "reason": "any", "evidence": None}
    assert (line["key"], line["annotator"]) == (None, {"says": "wrong", "note": "no"})
    assert [other["by"] for other in line["others"]] == ["annotator", "Ada"]
    bare = opinion_object("talk", 2, "p/b", None, [], [])
    assert (bare["truth"], bare["text"]) == (None, None)
    write_lines([line, bare], tmp_path / "labels.jsonl")
    assert [json.loads(one) for one in (tmp_path / "labels.jsonl").read_text().splitlines()] == [line, bare]


# ---------------------------------------------------------------- how work came in


def test_without_anything_known_the_grade_book_has_no_further_columns(tmp_path: Path) -> None:
    """As before there were any."""
    made = replace(run(marked("ada", "a", Fraction(1), Status.CORRECT)), deliveries={"ada": Delivery((Person("ada"),))})
    write_grades(made, tmp_path / "g.csv")
    assert list(rows(tmp_path / "g.csv")[0]) == ["student", "p/a", "p/b", "total", "possible", "open", "open_parts"]


def test_a_penalty_stands_beside_the_marks(tmp_path: Path) -> None:
    """The total is what was earned; late work says by how much, and what would be left."""
    at = datetime(2026, 11, 21, 1, tzinfo=UTC)
    come = Delivery((Person("ada"),), at, True, timedelta(minutes=90), Fraction(1, 4), 2, 3)
    made = replace(run(marked("ada", "a", Fraction(1), Status.CORRECT)), deliveries={"ada": come})
    write_grades(made, tmp_path / "g.csv")
    (row,) = rows(tmp_path / "g.csv")
    assert {name: row[name] for name in ("p/a", "total", "handed_in", "late", "hours_late")} == {
        "p/a": "4",
        "total": "4",
        "handed_in": "2026-11-21 01:00:00+0000",
        "late": "yes",
        "hours_late": "1.5",
    }
    assert (row["late_penalty"], row["total_after_penalty"], row["attempt"]) == ("1", "3", "2 of 3")


def test_each_member_of_a_group_has_a_row_and_so_has_who_handed_in_nothing(tmp_path: Path) -> None:
    """Members have the same marks; the others have none, not 0; no cell is a formula."""
    pair = Delivery((Person("ada", "Ada L", enrolled=True), Person("=emil", "@E", enrolled=False)))
    made = replace(
        run(marked("ada + =emil", "a", Fraction(1), Status.CORRECT)),
        deliveries={"ada + =emil": pair},
        absent=(Person("zoe", "Zoe Z", section="A", enrolled=True),),
    )
    write_grades(made, tmp_path / "g.csv")
    ada, emil, zoe = rows(tmp_path / "g.csv")
    assert [(r["student"], r["name"], r["total"], r["on_roster"], r["group"]) for r in (ada, emil)] == [
        ("ada", "Ada L", "4", "yes", "ada + =emil"),
        ("'=emil", "'@E", "4", "no", "ada + =emil"),
    ]
    assert (zoe["student"], zoe["p/a"], zoe["total"], zoe["open"], zoe["handed_in"]) == ("zoe", "", "", "2", "no")
    assert zoe["open_parts"] == "handed in nothing"
