"""`grade submissions` on what platforms export, from the archive to the grade book and the pages."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from command_line import Done, grade_here, lines

GOOD = "# Problem 1\n\n(a) y = [1, 2, 3, 4]\n\n(b) 1\n\n# Problem 2\n\n(a) 0 <= c < 4\n\n(b) B\n"
BAD = "# Problem 1\n\n(a) y = [1, 2, 3, 4]\n\n(b) 3\n\n# Problem 2\n\n(a) 0 <= c < 4\n\n(b) A\n"


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip archive of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return made.getvalue()


def run(course: Path, path: str, *options: str) -> tuple[Done, dict[str, dict[str, str]]]:
    """Grade a path; the rows of the grade book by student."""
    done = grade_here("submissions", path, *options, cwd=course)
    book = course / "out/grades.csv"
    if not book.exists():
        return done, {}
    with book.open(encoding="utf-8", newline="") as stream:
        return done, {row["student"]: row for row in csv.DictReader(stream)}


def settings(course: Path, *more: str) -> None:
    """Add settings to the course."""
    with (course / "grade.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n" + "\n".join(more) + "\n")


def test_an_archive_of_canvas_with_roster_late_work_and_a_broken_one(course: Path) -> None:
    """Everybody is where they belong, the broken one costs itself alone, and nobody is forgotten."""
    members = {
        "lovelaceada_1001_51_hw.md": GOOD,
        "noetheremmy_LATE_1002_52_hw.md": BAD,
        "gausscarl_1003_53_hw.zip": zipped({"hw/answers.md": GOOD}),
        "evileve_1004_54_hw.zip": zipped({"hw.zip": zipped({"answers.md": GOOD})}),
    }
    (course / "canvas.zip").write_bytes(zipped(members))
    (course / "roster.csv").write_text(
        "Student,ID,Section\n    Points Possible,,\n"
        '"Lovelace, Ada",1001,A\n"Noether, Emmy",1002,A\n"Gauss, Carl",1003,B\n"Riemann, Bernhard",1009,B\n'
    )
    settings(course, "late_penalty = 20", 'late_penalty_per = "once"')
    done, book = run(course, "canvas.zip")
    assert done.code == 4
    assert "laid out by canvas" in done.out
    assert "1 student on the roster handed in nothing" in done.out
    assert "canvas.zip/evileve_1004_54_hw.zip/hw.zip" in done.err
    assert {name: (row["name"], row["total"], row["late"]) for name, row in book.items()} == {
        "1001": ("Lovelace, Ada", "10", "no"),
        "1002": ("Noether, Emmy", "7", "yes"),
        "1003": ("Gauss, Carl", "10", "no"),
        "evileve (1004)": ("evileve", "0", "no"),
        "1009": ("Riemann, Bernhard", "", ""),
    }
    assert (book["1002"]["late_penalty"], book["1002"]["total_after_penalty"]) == ("1.4", "5.6")
    assert (book["evileve (1004)"]["open"], book["evileve (1004)"]["on_roster"]) == ("4", "no")
    report = (course / "out/report.html").read_text(encoding="utf-8")
    for text in ("Handed in nothing", "Riemann, Bernhard", "not on the roster", "5.6 after the penalty"):
        assert text in report
    [page] = [p.read_text(encoding="utf-8") for p in (course / "out/students").glob("1002-*")]
    for text in ("Noether, Emmy", "This was late.", "20 %: 1.4 of 7 points, which leaves 5.6"):
        assert text in page
    results = lines(course / "out/results.jsonl")
    assert {r["subject"] for r in results} == {"1001", "1002", "1003", "evileve (1004)"}
    assert {r["file"] for r in results if r["subject"] == "1003"} == {
        "canvas.zip/gausscarl_1003_53_hw.zip/hw/answers.md"
    }


def test_a_group_of_gradescope_is_graded_once(course: Path) -> None:
    """One line for each part in the results; a row and a page for each member; late by its time."""
    metadata = (
        "submission_1:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '7'\n  - :name: Emmy Noether\n"
        "    :sid: '8'\n  :created_at: 2026-11-21 01:30:00 Z\n  :history:\n  - :created_at: 2026-11-20 12:00:00 Z\n"
    )
    export = {"export/submission_metadata.yml": metadata, "export/submission_1/hw.md": GOOD}
    (course / "gs.zip").write_bytes(zipped(dict(export)))
    settings(course, "due = 2026-11-21T00:00:00Z", "late_penalty = 10")
    done, book = run(course, "gs.zip", "--json")
    assert done.code == 0, done.err
    assert (done.json["layout"], done.json["subjects"], done.json["late"]) == ("gradescope", 1, 1)
    assert len(lines(course / "out/results.jsonl")) == 4
    assert list(book) == ["7", "8"]
    for row in book.values():
        assert (row["total"], row["group"], row["hours_late"], row["attempt"]) == ("10", "7 + 8", "1.5", "2 of 2")
        assert row["total_after_penalty"] == "9"
    pages = {path.name.rpartition("-")[0] for path in (course / "out/students").iterdir()}
    assert pages == {"7-8", "7", "8"}


@pytest.mark.parametrize(
    ("names", "layout"),
    [
        (("Ada L_12_assignsubmission_file_/hw.md", "Emmy N_13_assignsubmission_file_/hw.md"), "moodle"),
        (("submitted/ada/ps1/hw.md", "submitted/emmy/ps1/hw.md"), "nbgrader"),
        (("ada/hw.md", "emmy/hw.md"), None),
    ],
)
def test_other_layouts_are_graded_too(course: Path, names: tuple[str, str], layout: str | None) -> None:
    """As archives; `grade PATH` takes them for submissions."""
    (course / "all.zip").write_bytes(zipped(dict(zip(names, (GOOD, BAD), strict=True))))
    done = grade_here("all.zip", cwd=course)
    assert done.code == 0, done.err
    assert "this is `grade submissions`" in done.err
    _, book = run(course, "all.zip", "--json")
    assert [row["total"] for row in book.values()] == ["10", "7"]
    assert grade_here("submissions", "all.zip", "--json", cwd=course).json["layout"] == (layout or "plain")


def test_a_folder_of_canvas_is_known_for_submissions(course: Path) -> None:
    """`grade PATH` says by whom it is laid out, also where every file reads as a conversation."""
    (course / "in").mkdir()
    talk = f"User: Please answer.\n\nAssistant: {GOOD}\n"
    (course / "in" / "adal_12_51_hw.md").write_text(talk)
    done = grade_here("in", cwd=course)
    assert "laid out by canvas; this is `grade submissions`" in done.err


def test_what_is_ambiguous_is_a_question_to_the_operator(course: Path) -> None:
    """Nothing is graded; the message tells the option that decides, and the option does."""
    (course / "all.zip").write_bytes(zipped({"one.md": GOOD, "two.md": BAD}))
    done, book = run(course, "all.zip")
    assert (done.code, book) == (2, {})
    assert "layout-ambiguous" in done.err
    assert "--layout plain" in done.err
    done, book = run(course, "all.zip", "--layout", "plain")
    assert (done.code, list(book)) == (0, ["one", "two"])
    done = grade_here("submissions", "all.zip", "--layout", "blackboard", cwd=course)
    assert done.code == 2
    assert "canvas, gradescope, moodle, nbgrader, plain" in done.err


def test_a_roster_that_cannot_be_read_stops_the_run(course: Path) -> None:
    """Else everybody would be a stranger."""
    (course / "roster.csv").write_text("colour\nred\n")
    done, book = run(course, "submissions")
    assert (done.code, book) == (2, {})
    assert "roster-columns" in done.err


def test_names_with_markup_are_text_everywhere(course: Path) -> None:
    """In the roster, in folders, in the archive."""
    name = "<img src=x onerror=alert(1)>"
    (course / "all.zip").write_bytes(zipped({f"{name}/hw.md": GOOD, "b\nc/hw.md": GOOD}))
    (course / "roster.csv").write_text(f'id,name\n"{name}",<b>Ada</b>\nzoe,<i>Zoe</i>\n')
    done, book = run(course, "all.zip")
    assert done.code == 0, done.err
    assert set(book) == {name, "b\nc", "zoe"}
    for page in [course / "out/report.html", *(course / "out/students").iterdir()]:
        text = page.read_text(encoding="utf-8")
        assert "<img" not in text
        assert "<b>Ada" not in text
        assert "<i>Zoe" not in text
