"""Canvas's grade book: the column of an assignment filled in what Canvas exported, or rows made of the run.

Columns and rows are as ``lib/gradebook_exporter.rb`` of Canvas writes them: students by ``ID``, ``SIS User ID`` and
``SIS Login ID``, an assignment as ``Title (id)``, and its points in a row of their own above the students.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import InputError, operator_error, operator_note
from grader.intake.handins.roster import RosterRow
from grader.records import Person
from grader.store.cells import safe_cell
from grader.store.exports.base import SUBMISSIONS, Export, Options, Written
from grader.store.exports.filling import TAKES, Place, fill
from grader.store.exports.gradebooks import GradeBook, Row, read_gradebook
from grader.store.exports.marks import marks, notes_on
from grader.store.exports.matching import own_number
from grader.store.exports.source import Kept
from grader.store.files import atomic_writer
from grader.store.grades import number

STUDENT, IDS, SECTION = "Student", ("ID", "SIS User ID", "SIS Login ID"), "Section"
POSSIBLE = "Points Possible"
_ASSIGNMENT = re.compile(r"(?P<title>.*) \((?P<id>\d{1,20})\)", re.DOTALL)
_WHENCE = "In Canvas: Grades, Export, Export Entire Gradebook; name that file."


class Canvas(Export):
    """See the module."""

    name: ClassVar[str] = "canvas"
    summary: ClassVar[str] = "Canvas: its grade book with one column filled (--gradebook), or rows to import"
    file: ClassVar[str] = "canvas.csv"
    kinds: ClassVar[tuple[str, ...]] = (SUBMISSIONS,)
    takes: ClassVar[frozenset[str]] = TAKES | {"assignment"}

    def write(self, kept: Kept, options: Options, path: Path) -> Written:
        """Fill the grade book; without one, write a row for each student."""
        if options.gradebook is None:
            return _rows(kept, options, path)
        book = read_gradebook(options.gradebook, (STUDENT, IDS[0]), _WHENCE)
        column = _column(book, options.assignment or kept.title, named=bool(options.assignment))
        places = _places(book, column)
        written = fill(kept, options, book, places, column)
        book.save(path)
        return written


def _column(book: GradeBook, wanted: str, *, named: bool) -> int:
    """The column of the assignment: by its heading, its title or its number, and never another one."""
    known = {i: match for i, name in enumerate(book.header) if (match := _ASSIGNMENT.fullmatch(name))}
    found = [i for i, match in known.items() if wanted in (match[0], match["title"].strip(), match["id"])]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(repr(match[0]) for match in list(known.values())[:8]) or "none"
    what = "no assignment" if not found else "more than one assignment"
    says = f"{what} of the grade book is called {wanted!r}{'' if named else ', as this run is'}; there are: {listed}"
    fix = "Say which, by title or number: --assignment NUMBER"
    raise InputError(operator_error("gradebook-assignment", says, book.span(1), fix))


def _places(book: GradeBook, column: int) -> list[Place]:
    """The rows of students, which begin below the points."""
    student = book.column(STUDENT)
    rows = [row for row in book.rows if not row.blank]
    start = next((i for i, row in enumerate(rows) if book.value(row, STUDENT) == POSSIBLE), None)
    if start is None:
        says = f"the grade book has no row {POSSIBLE!r} in its column {STUDENT!r}"
        raise InputError(operator_error("gradebook-row", says, book.span(2), _WHENCE))
    possible = book.text(rows[start], column)
    return [Place(row, _listed(book, row), possible) for row in rows[start + 1 :] if row.cells[student].strip()]


def _listed(book: GradeBook, row: Row) -> RosterRow:
    ids = tuple(filter(None, (book.value(row, name) for name in IDS)))
    email = next((one for one in ids if "@" in one), "")
    return RosterRow(Person(ids[0] if ids else "", book.value(row, STUDENT), email), tuple(dict.fromkeys(ids)))


def _rows(kept: Kept, options: Options, path: Path) -> Written:
    """A grade book of the run alone: ids of which Canvas's are not known stand as those of the school (SIS)."""
    found = marks(kept, options)
    given = 0
    with atomic_writer(path) as stream:
        writer = csv.writer(stream)
        writer.writerow(map(safe_cell, (STUDENT, *IDS, SECTION, options.assignment or kept.title)))
        possible = next((number(mark.possible) for mark in found), "0")
        writer.writerow((f"    {POSSIBLE}", "", "", "", "", possible))
        for mark in found:
            points = mark.points(options)
            given += points is not None
            _, there = own_number(mark, kept.layout if kept.layout == "canvas" else "")
            ids = (there, "" if there else mark.person.id, mark.person.email)
            cells = (mark.person.name or mark.person.id, *ids, mark.person.section)
            writer.writerow([*map(safe_cell, cells), "" if points is None else number(points)])
    says = "ids of the roster or of the submissions stand under SIS User ID, where Canvas did not give them itself"
    fix = "Check that Canvas knows them; --gradebook fills what Canvas exported, and needs no such check."
    note = operator_note("export-ids", says, fix=fix)
    return Written(given, "mark", (*notes_on(found, options), note), 0, len(found) - given)
