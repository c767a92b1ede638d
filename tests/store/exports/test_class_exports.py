"""Marks reach Canvas, Moodle and nbgrader: each where it is certain whose it is, and none that is not final."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from export_sample import answers, class_of, codes, course, hostile, keep, person, written

from grader.diagnostics import InputError
from grader.records import Delivery, Person
from grader.specs import Course

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Homework 7 (70),Homework 8 (71),Final Score
,,,,,Manual Posting,,
    Points Possible,,,,,10,10,(read only)
"Lovelace, Ada",101,s1,ada@example.edu,A,9,,88
"Noether, Emmy",102,s2,emmy,A,,3,
"Student, Test",999,,,A,,,
"""
MOODLE = """Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",\
"Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 501","Ada Lovelace",ada@example.edu,"Submitted for grading - ",,10.00,Yes,"Friday, 20 November",-,
"Participant 502","Emmy Noether",emmy@example.edu,"Submitted for grading - ",,10.00,No,-,-,
"Participant 503","Emil Noether",emil@example.edu,"No submission - ",,10.00,Yes,-,-,"<p>see me</p>"
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of 10 points."""
    return course(tmp_path_factory.mktemp("classes") / "course")


def book(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file that a platform exported."""
    path = folder / "book.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return path


def rows(path: Path, encoding: str = "utf-8") -> list[list[str]]:
    """The rows of a CSV file."""
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.reader(stream))


# ---------------------------------------------------------------- Canvas


def test_canvas_gets_the_marks_into_the_column_of_the_assignment_and_nothing_else(
    graded: Course, tmp_path: Path
) -> None:
    """By the title of the run; ids, logins and names find their rows; all other bytes are as they were."""
    run = class_of(graded, [answers("ada@example.edu", 1, 1, 1, 1), answers("emmy-noether", 1, "1/2", 0, 1)])
    out = keep(graded, run, tmp_path / "out")
    found = written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, CANVAS))
    expected = CANVAS.replace("A,9,,88", "A,9,10,88").replace("A,,3,", "A,,6,").replace("\n", "\r\n")
    assert (tmp_path / "c.csv").read_bytes() == expected.encode()
    assert (found.rows, found.lost, codes(found)) == (2, 0, ["export-free", "export-replaced"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_canvas_keeps_the_encoding_the_delimiter_and_the_decimal_sign(
    graded: Course, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    """As it exports them with a mark of the byte order, and where a comma parts decimals."""
    text = CANVAS.replace(",", delimiter).replace(f"10{delimiter}10", f"10,00{delimiter}10,00")
    text = text.replace(f"Lovelace{delimiter}", "Lovelace,").replace(f"Noether{delimiter}", "Noether,")
    out = keep(graded, class_of(graded, [answers("s1", 1, "1/4", 1, 1)]), tmp_path / "out")
    written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, text, encoding))
    expected = text.replace(f"{delimiter}9{delimiter * 2}88", f"{delimiter}9{delimiter}8,5{delimiter}88")
    assert (tmp_path / "c.csv").read_bytes() == expected.replace("\n", "\r\n").encode(encoding)


def test_who_is_not_certain_is_listed_and_left_blank(graded: Course, tmp_path: Path) -> None:
    """Names that two people have, work that fits one row twice, strangers, ids of one and the name of another."""
    text = CANVAS + '"Noether, Emmy",103,s3,emmy2,B,,,\n"Gauss, Carl",104,s4,carl,B,,,\n"Gauss, C F",105,s4,cf,B,,,\n'
    whose = {
        "emmy noether": person("emmy noether"),  # two rows
        "s1": person("s1"),
        "101": person("101"),  # and the same row again
        "x9": person("x9", "Zoe Zorn"),  # no row
        "s4": person("s4", "Carl Gauss"),  # an id of two, and a name of one
        "999": person("999", "Carl Gauss"),  # an id of one, and a name of another
    }
    run = class_of(graded, [answers(name, 1, 1, 1, 1) for name in whose], deliveries=whose)
    found = written(keep(graded, run, tmp_path / "out"), "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, text))
    marks = {row[1]: row[6] for row in rows(tmp_path / "c.csv")[3:]}
    assert marks == {"101": "", "102": "3", "999": "", "103": "", "104": "10", "105": ""}
    assert (found.rows, found.lost) == (1, 5)
    unmatched = [note.message for note in found.notes if note.code == "export-unmatched"]
    assert [text.split(": ")[0].split("that of ")[1] for text in unmatched] == [
        "emmy noether", "x9 (Zoe Zorn)", "999 (Carl Gauss)"
    ]  # fmt: skip
    (shared,) = [note for note in found.notes if note.code == "export-shared"]
    assert "fits several: s1, 101" in shared.message
    assert shared.span is not None
    assert shared.span.line == 4


def test_an_open_part_leaves_no_mark_unless_the_marks_so_far_are_wanted(graded: Course, tmp_path: Path) -> None:
    """The cell stays as it was; so far means the points of the parts that have a mark; with none there is none."""
    run = class_of(graded, [answers("s1", 1, None, 1, 1), answers("s2", None, None, None, None)])
    out = keep(graded, run, tmp_path / "out")
    found = written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, CANVAS))
    assert (tmp_path / "c.csv").read_bytes() == book(tmp_path, CANVAS).read_bytes()
    assert (found.rows, found.left, codes(found)[0]) == (0, 2, "export-open")
    assert "s1 (1 open), s2 (4 open) have no final mark" in found.notes[0].message
    found = written(out, "canvas", tmp_path / "d.csv", gradebook=book(tmp_path, CANVAS), include_open=True)
    assert [row[6] for row in rows(tmp_path / "d.csv")[3:5]] == ["8", "3"]
    assert (found.rows, found.left) == (1, 1)
    assert "a mark of the parts that have one" in found.notes[1].message


def test_other_points_are_converted_only_if_that_is_asked_for(graded: Course, tmp_path: Path) -> None:
    """10 points here and 100 there is a question, with the line in which they stand."""
    text = CANVAS.replace(",10,10,", ",10,100,")
    out = keep(graded, class_of(graded, [answers("s1", 1, "1/4", 1, 1)]), tmp_path / "out")
    with pytest.raises(InputError, match="gives 100 points, and this run 10") as caught:
        written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, text))
    assert "--scale" in caught.value.diagnostics[0].fix
    with pytest.raises(InputError, match="gives no points, and this run 10"):
        none = book(tmp_path, text.replace(",10,100,", ",10,,"))
        written(out, "canvas", tmp_path / "c.csv", gradebook=none, scale=True)
    for scale, mark in ((True, "85"), (False, "8.5")):
        written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, text), scale=scale)
        assert rows(tmp_path / "c.csv")[3][6] == mark


@pytest.mark.parametrize(
    ("wanted", "column"), [("Homework 7", 5), ("70", 5), ("Homework 8 (71)", 6), ("", 6), ("Homework", None)]
)
def test_the_assignment_is_named_and_never_chosen(
    graded: Course, tmp_path: Path, wanted: str, column: int | None
) -> None:
    """By heading, title or number; else the title of the run; what is there is listed."""
    out = keep(graded, class_of(graded, [answers("s1", 1, 1, 0, 0)]), tmp_path / "out")
    if column is None:
        with pytest.raises(InputError, match=r"no assignment .* there are: 'Homework 7 \(70\)', 'Homework 8 \(71\)'"):
            written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, CANVAS), assignment=wanted)
    else:
        written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, CANVAS), assignment=wanted)
        assert rows(tmp_path / "c.csv")[3][column] == "6"


def test_two_assignments_of_one_title_are_told(graded: Course, tmp_path: Path) -> None:
    """The number decides."""
    out = keep(graded, class_of(graded, [answers("s1", 1, 1, 0, 0)]), tmp_path / "out")
    text = CANVAS.replace("Homework 7 (70)", "Homework 8 (70)")
    with pytest.raises(InputError, match="more than one assignment"):
        written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, text))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    Points Possible", "Points", "no row 'Points Possible'"),
        (",ID,", ",Number,", "expected among them 'Student', 'ID'"),
    ],
)
def test_what_is_no_grade_book_of_canvas_says_where_to_get_one(
    graded: Course, tmp_path: Path, old: str, new: str, says: str
) -> None:
    """File, line and fix."""
    out = keep(graded, class_of(graded, [answers("s1", 1, 1, 0, 0)]), tmp_path / "out")
    with pytest.raises(InputError, match=says) as caught:
        written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, CANVAS.replace(old, new)))
    assert caught.value.diagnostics[0].fix.startswith("In Canvas: Grades, Export")
    assert "book.csv:" in str(caught.value)


def test_formulas_that_canvas_exported_stay_and_are_told(graded: Course, tmp_path: Path) -> None:
    """Bytes of the platform are not ours to change, but nobody shall open them unwarned."""
    text = CANVAS + '"=HYPERLINK(""http://x"")",106,s6,x,B,,,\n'
    out = keep(graded, class_of(graded, [answers("s6", 1, 1, 1, 1)]), tmp_path / "out")
    found = written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, text))
    assert b'"=HYPERLINK(""http://x"")",106,s6,x,B,,10,\r\n' in (tmp_path / "c.csv").read_bytes()
    (note,) = [note for note in found.notes if note.code == "gradebook-formula"]
    assert note.span is not None
    assert note.span.line == 7


def test_without_a_grade_book_canvas_gets_rows_of_the_run(graded: Course, tmp_path: Path) -> None:
    """Canvas's own number where the work came from Canvas; hostile names are no formulas; groups have a row each."""
    pair = Delivery((Person("=emil", "Emil\nE"), Person("zoe", '"Zoe"', "zoe@example.edu", "B")))
    whose = {"lovelaceada (101)": person("lovelaceada (101)", "lovelaceada"), "=emil + zoe": pair}
    run = class_of(
        graded,
        [answers(name, 1, 1, 1, 0) for name in whose],
        deliveries=whose,
        absent=(Person("@abs"),),
        layout="canvas",
    )
    found = written(keep(graded, run, tmp_path / "out"), "canvas", tmp_path / "c.csv")
    assert rows(tmp_path / "c.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Homework 8"],
        ["    Points Possible", "", "", "", "", "10"],
        ["lovelaceada", "101", "", "", "", "9"],
        ["Emil\nE", "", "'=emil", "", "", "9"],
        ['"Zoe"', "", "zoe", "zoe@example.edu", "B", "9"],
        ["'@abs", "", "'@abs", "", "", ""],
    ]
    assert (found.rows, found.left, codes(found)) == (3, 1, ["export-absent", "export-ids"])


def test_hostile_students_reach_no_row(graded: Course, tmp_path: Path) -> None:
    """They are listed."""
    run = class_of(graded, [[replace(one, claim=replace(one.claim, subject=hostile().claim.subject))
                            for one in answers("x", 1, 1, 1, 1)]])  # fmt: skip
    found = written(keep(graded, run, tmp_path / "out"), "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, CANVAS))
    assert (found.rows, found.lost, codes(found)) == (0, 1, ["export-unmatched", "export-free"])


# ---------------------------------------------------------------- Moodle


def in_moodle(graded: Course, out: Path, *marks: str, layout: str = "moodle") -> Path:
    """A run of an archive of Moodle."""
    whose = {name: person(name, name.partition(" (")[0]) for name in marks}
    run = class_of(graded, [answers(name, 1, "1/4", 1, 1) for name in marks], deliveries=whose, layout=layout)
    return keep(graded, run, out)


def test_moodle_gets_grades_by_the_number_of_the_participant(graded: Course, tmp_path: Path) -> None:
    """A row that is locked is left alone and listed, and so is who is not there; all other bytes are as they were."""
    out = in_moodle(graded, tmp_path / "out", "Ada Lovelace (501)", "Emmy Noether (502)", "Karl Gauß (900)")
    found = written(out, "moodle", tmp_path / "m.csv", gradebook=book(tmp_path, MOODLE, "utf-8-sig"))
    expected = MOODLE.replace('- ",,10.00,Yes,"Friday', '- ",8.5,10.00,Yes,"Friday').replace("\n", "\r\n")
    assert (tmp_path / "m.csv").read_bytes() == expected.encode("utf-8-sig")
    assert (found.rows, found.lost, found.left) == (1, 1, 1)
    assert codes(found) == ["export-unmatched", "export-free", "export-locked"]
    assert "Emmy Noether" in found.notes[2].message


def test_a_number_of_another_name_is_not_believed(graded: Course, tmp_path: Path) -> None:
    """As in the worksheet of another assignment; where marking was blind everybody is Participant."""
    out = in_moodle(graded, tmp_path / "a", "Karl Gauß (501)")
    assert written(out, "moodle", tmp_path / "m.csv", gradebook=book(tmp_path, MOODLE)).lost == 1
    out = in_moodle(graded, tmp_path / "b", "Participant (501)")
    assert written(out, "moodle", tmp_path / "m.csv", gradebook=book(tmp_path, MOODLE)).rows == 1


def test_numbers_count_only_where_the_work_came_from_moodle(graded: Course, tmp_path: Path) -> None:
    """A student may have a number of her own; a unique name will do, or an address of the roster."""
    out = in_moodle(graded, tmp_path / "a", "s (501)", layout="plain")
    assert written(out, "moodle", tmp_path / "m.csv", gradebook=book(tmp_path, MOODLE)).lost == 1
    whose = {"7": person("7", "", "ADA@example.edu"), "8": person("8", "Noether, Emil")}
    run = class_of(graded, [answers(name, 1, 1, 1, 1) for name in whose], deliveries=whose)
    found = written(keep(graded, run, tmp_path / "b"), "moodle", tmp_path / "m.csv", gradebook=book(tmp_path, MOODLE))
    assert [row[4] for row in rows(tmp_path / "m.csv")[1:]] == ["10", "", "10"]
    assert found.lost == 0


def test_moodle_gets_comments_as_escaped_html_where_none_stand(graded: Course, tmp_path: Path) -> None:
    """What is said of each part; a comment of a person stays."""
    own = answers("501", 1, 1, 1, 1)
    own[0] = replace(own[0], verdict=replace(own[0].verdict, feedback='a <b> & "c"\nd'))
    whose = {"501": person("501", "Ada Lovelace"), "503": person("503", "Emil Noether")}
    run = class_of(graded, [own, answers("503", 1, 1, 1, 1)], deliveries=whose)
    found = written(
        keep(graded, run, tmp_path / "out"),
        "moodle",
        tmp_path / "m.csv",
        gradebook=book(tmp_path, MOODLE),
        feedback=True,
    )
    ada, _, emil = rows(tmp_path / "m.csv")[1:]
    assert ada[9].startswith(
        "moving-average/a – 4 of 4: a &lt;b&gt; &amp; &quot;c&quot; d<br>moving-average/b – 2 of 2<br>"
    )
    assert (emil[4], emil[9]) == ("10", "<p>see me</p>")
    assert "export-comments" in codes(found)


def test_moodle_needs_its_worksheet_and_its_columns(graded: Course, tmp_path: Path) -> None:
    """Both are told with how to get them."""
    out = in_moodle(graded, tmp_path / "out", "Ada Lovelace (501)")
    with pytest.raises(InputError, match="none is named") as caught:
        written(out, "moodle", tmp_path / "m.csv")
    assert "--gradebook FILE" in caught.value.diagnostics[0].fix
    text = MOODLE.replace("Feedback comments", "Kommentar")
    assert written(out, "moodle", tmp_path / "m.csv", gradebook=book(tmp_path, text)).rows == 1
    with pytest.raises(InputError, match="expected among them 'Identifier', 'Grade', 'Feedback comments'"):
        written(out, "moodle", tmp_path / "m.csv", gradebook=book(tmp_path, text), feedback=True)


# ---------------------------------------------------------------- late work, nbgrader


def late(name: str) -> Delivery:
    """Work that came late, and loses a quarter."""
    at = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
    return Delivery((Person(name, "Lovelace, Ada", "a@x"),), at, True, timedelta(minutes=91), Fraction(1, 4))


def test_a_penalty_is_taken_off_only_if_that_is_asked_for(graded: Course, tmp_path: Path) -> None:
    """Else it is told that none is."""
    run = class_of(graded, [answers("s1", 1, 1, 1, 1)], deliveries={"s1": late("s1")})
    out = keep(graded, run, tmp_path / "out")
    found = written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, CANVAS))
    assert rows(tmp_path / "c.csv")[3][6] == "10"
    assert "export-late" in codes(found)
    found = written(out, "canvas", tmp_path / "c.csv", gradebook=book(tmp_path, CANVAS), penalty=True)
    assert rows(tmp_path / "c.csv")[3][6] == "7.5"
    assert "export-late" not in codes(found)


def test_nbgrader_gets_its_columns(graded: Course, tmp_path: Path) -> None:
    """Times in UTC, the penalty apart, names as far as they are known; nothing where there is no final mark."""
    whose = {"ada": late("ada"), "=eve": person("=eve", "Eve von E")}
    run = class_of(graded, [answers("ada", 1, 1, 1, 0), answers("=eve", 1, None, 1, 1)], deliveries=whose)
    found = written(keep(graded, run, tmp_path / "out"), "nbgrader", tmp_path / "n.csv")
    header, ada, eve = rows(tmp_path / "n.csv")
    assert header == (
        "assignment duedate timestamp student_id last_name first_name email raw_score late_submission_penalty "
        "score max_score".split()
    )
    due = "2026-11-20 23:59:00"
    assert ada == ["Homework 8", due, "2026-11-21 01:30:00", "ada", "Lovelace", "Ada", "a@x", "9", "2.25", "6.75", "10"]
    assert eve == ["Homework 8", due, "", "'=eve", "Eve von E", "", "", "", "", "", "10"]
    assert (found.rows, found.left, codes(found)) == (1, 1, ["export-open"])
