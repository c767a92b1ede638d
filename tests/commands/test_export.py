"""``grade export``: what was graded and decided, for other tools; nothing is written that is not whole."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import ROOT, grade, grade_here
from course_sample import new_course

from grader.batch import FOLDER
from grader.store.exports import Options, exports

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,course (71)
    Points Possible,,,,,10
"Lovelace, Ada",101,ada,ada@example.edu,A,
"Noether, Emil",102,emil,emil@example.edu,A,
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with both kinds of input graded, into ``out`` and ``talks``."""
    root = tmp_path_factory.mktemp("handed-on") / "course"
    new_course(root)
    (root / "grade.toml").write_text("", encoding="utf-8")
    assert grade_here("submissions", "submissions", "--out", "out", cwd=root).code == 0
    assert grade_here("transcripts", "transcripts", "--out", "talks", cwd=root).code == 0
    (root / "book.csv").write_text(CANVAS, encoding="utf-8")
    return root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(graded, tmp_path / "course"))


def test_a_process_of_its_own_writes_to_standard_output(course: Path) -> None:
    """The table alone; what there is to say stands on standard error."""
    done = grade("export", "out", "--to", "csv", "--file", "-", cwd=course)
    assert done.code == 0
    assert done.out.startswith("schema,subject,problem,part,")
    assert len(list(csv.reader(done.out.splitlines()))) == 9
    assert done.err == "wrote to standard output: 8 results\n"


def test_a_reader_that_stops_early_is_no_error(course: Path) -> None:
    """As `grade export … | head -1` does."""
    command = [sys.executable, "-m", "grader.commands.main", "export", "out", "--to", "jsonl", "--file", "-"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command, cwd=course, env=environment, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=120
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("out", ["out", "talks"])
def test_json_lines_are_the_results_of_the_run(course: Path, out: str) -> None:
    """Without --file they go where the results stand, and nothing changes there."""
    before = (course / out / "results.jsonl").read_bytes()
    done = grade_here("export", out, "--to", "jsonl", cwd=course)
    assert done.code == 0
    assert done.out.startswith(f"wrote {out}/results.jsonl: ")
    assert (course / out / "results.jsonl").read_bytes() == before
    assert [one.name for one in (course / out).glob(".*")] == [FOLDER]


def test_marks_that_people_gave_are_exported(course: Path) -> None:
    """As the reports have them, and a decision that is not applied is told."""
    path = course / "out" / "results.jsonl"
    first = json.loads(path.read_text(encoding="utf-8").splitlines()[5])
    assert (first["subject"], first["part"], first["credit"]) == ("emil", "b", 0.0)
    from grader.records.decisions import answer_digest
    from grader.store.runs import load

    claim = load(course / "out" / "run.sqlite").run.results[5].claim
    event = {
        "schema": 1, "event": "decide", "id": "d1", "at": "2026-11-26T15:00:00Z", "by": "grace", "subject": "emil",
        "problem": first["problem"], "part": "b", "turn": None, "act": "", "answer": answer_digest(claim),
        "spec": "0" * 32, "text": "", "status": "correct", "credit": "1", "why": "", "comment": "Fine.",
        "machine": {"status": "incorrect", "credit": "0"},
    }  # fmt: skip
    (course / "out" / "decisions.jsonl").write_text(json.dumps(event) + "\n", encoding="utf-8")
    done = grade_here("export", "out", "--to", "jsonl", cwd=course)
    made = json.loads(path.read_text(encoding="utf-8").splitlines()[5])
    assert (made["credit"], made["decided_by"], made["machine_credit"]) == (1.0, "grace", 0.0)
    assert "decision-question" in done.err
    done = grade_here("export", "out", "--to", "canvas", "--gradebook", "book.csv", cwd=course)
    assert ",A,6\n" in (course / "out" / "canvas.csv").read_text(encoding="utf-8")


def test_canvas_is_filled_and_what_is_not_entered_ends_with_4(course: Path) -> None:
    """Who has no row is named; the others are entered all the same."""
    done = grade_here("export", "out", "--to", "canvas", "--gradebook", "book.csv", cwd=course)
    assert (done.code, done.out, done.err) == (0, "wrote out/canvas.csv: 2 marks\n", "")
    text = (course / "out" / "canvas.csv").read_text(encoding="utf-8")
    assert text == CANVAS.replace("ada@example.edu,A,", "ada@example.edu,A,10").replace("du,A,\n", "du,A,4\n")
    book = course / "book.csv"
    book.write_text(CANVAS.replace("Emil", "Emmy").replace("emil", "emmy"), encoding="utf-8")
    done = grade_here("export", "out", "--to", "canvas", "--gradebook", "book.csv", "--file", "book.csv", cwd=course)
    assert (done.code, done.out) == (4, "wrote book.csv: 1 mark, 1 not entered\n")
    assert "no row is beyond doubt that of emil: 4 of 10 are not entered [export-unmatched]" in done.err
    assert ",A,10\n" in book.read_text(encoding="utf-8")


def test_the_summary_is_json_on_request(course: Path) -> None:
    """With what was written, where, and what there is to say."""
    done = grade_here("export", "out", "--to", "moodle", "--gradebook", "book.csv", "--json", cwd=course)
    assert done.code == 2
    assert "gradebook-columns" in done.err
    done = grade_here("export", "out", "--to", "nbgrader", "--json", cwd=course)
    assert done.json == {
        "schema": 1,
        "format": "nbgrader",
        "file": "out/nbgrader.csv",
        "rows": 2,
        "what": "mark",
        "without_final_mark": 0,
        "not_entered": 0,
        "notes": [],
        "exit": 0,
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "xlsx"], "known are canvas, csv, inspect, jsonl, moodle, nbgrader, parquet"),
        (["--to", "csv", "--gradebook", "book.csv"], "--gradebook is not for --to csv; it is for canvas, moodle"),
        (["--to", "canvas", "--no-scale", "--log", "x"], "--log is not for --to canvas; it is for inspect"),
        (["--to", "inspect", "--file", "scores.json"], "ends in .jsonl"),
        (["--to", "inspect"], "[export-kind]"),
        (["--to", "canvas", "--gradebook", "gone.csv"], "gone.csv"),
        (["--to", "csv", "--file", "submissions"], "[out-write]"),
        (["--to", "csv", "--file", "talks/../out/run.sqlite"], "of which the export is made"),
        (["--to", "csv", "--file", "book.csv/x"], "[out-write]"),
        ([], "--to"),
    ],
)
def test_wrong_usage_ends_with_2_and_writes_nothing(course: Path, arguments: list[str], says: str) -> None:
    """What was found, and what is known."""
    before = sorted(str(path) for path in course.rglob("*"))
    done = grade_here("export", "out", *arguments, cwd=course)
    assert done.code == 2
    assert says in done.err
    assert sorted(str(path) for path in course.rglob("*")) == before


def test_a_folder_without_a_run_and_a_damaged_one_are_told(course: Path) -> None:
    """Nothing is left behind, though the damage shows late."""
    done = grade_here("export", "submissions", "--to", "jsonl", cwd=course)
    assert (done.code, "run-none" in done.err) == (2, True)
    path = course / "out" / "run.sqlite"
    path.write_bytes(path.read_bytes()[:-5000])
    before = {one.name: one.read_bytes() for one in (course / "out").iterdir() if one.is_file()}
    done = grade_here("export", "out", "--to", "jsonl", cwd=course)
    assert (done.code, "run-damaged" in done.err) == (2, True)
    assert {one.name: one.read_bytes() for one in (course / "out").iterdir() if one.is_file()} == before


def test_a_spec_that_changed_since_is_told(course: Path) -> None:
    """Marks go into a grade book as they were graded, and nobody shall take them for those of the new spec."""
    spec = course / "problems" / "damping.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("points: 3", "points: 30"), encoding="utf-8")
    done = grade_here("export", "out", "--to", "csv", cwd=course)
    assert (done.code, "run-older" in done.err) == (0, True)


def test_the_help_names_every_format() -> None:
    """So that nobody needs the documentation to begin."""
    done = grade_here("export", "--help")
    for name in exports():
        assert name in done.out


def test_the_page_lists_every_format_and_every_option() -> None:
    """With the summaries of the formats themselves, and who takes what."""
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    for name, one in exports().items():
        kinds = one.kinds[0] if len(one.kinds) == 1 else "both"
        assert f"| `{name}` | {kinds} | {one.summary} |" in page
    for field in Options.__dataclass_fields__:
        switch = f"--{field.replace('_', '-')}"
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{switch}")]
        takers = {name for name, one in exports().items() if field in one.takes}
        assert set(row.split(" | ")[1].split(", ")) == takers
