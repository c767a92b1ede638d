"""Moodle's offline grading worksheet, filled: the columns of grades, and of comments where that is asked for.

Columns are as ``mod/assign/feedback/offline`` of Moodle writes and reads them. ``Identifier`` ends in the number that
the assignment gives to a participant; the archive of all submissions has the same number in its names.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import InputError, operator_error
from grader.intake.handins.roster import RosterRow
from grader.records import Person
from grader.store.exports.base import SUBMISSIONS, Export, Options, Written
from grader.store.exports.filling import TAKES, Place, fill
from grader.store.exports.gradebooks import GradeBook, Row, read_gradebook
from grader.store.exports.source import Kept

IDENTIFIER, GRADE, MAXIMUM = "Identifier", "Grade", "Maximum grade"
CHANGEABLE, COMMENTS = "Grade can be changed", "Feedback comments"
_NUMBER = re.compile(r"\d{1,20}\Z")
_WHENCE = (
    "In Moodle: the assignment, View all submissions, Download grading worksheet (in English; offline grading "
    "worksheets have to be allowed in its feedback types)."
)


class Moodle(Export):
    """See the module."""

    name: ClassVar[str] = "moodle"
    summary: ClassVar[str] = "Moodle: its offline grading worksheet (--gradebook) with grades filled in"
    file: ClassVar[str] = "moodle.csv"
    kinds: ClassVar[tuple[str, ...]] = (SUBMISSIONS,)
    takes: ClassVar[frozenset[str]] = TAKES | {"feedback"}

    def write(self, kept: Kept, options: Options, path: Path) -> Written:
        """Fill the worksheet."""
        if options.gradebook is None:
            says = "Moodle takes back its own worksheet only, and none is named"
            raise InputError(operator_error("export-gradebook", says, None, f"{_WHENCE} Then: --gradebook FILE"))
        needed = (IDENTIFIER, GRADE, *((COMMENTS,) if options.feedback else ()))
        book = read_gradebook(options.gradebook, needed, _WHENCE)
        places = [Place(row, _listed(book, row), *_terms(book, row)) for row in book.rows if not row.blank]
        comments = book.column(COMMENTS) if options.feedback else None
        written = fill(kept, options, book, places, book.column(GRADE), comments)
        book.save(path)
        return written


def _listed(book: GradeBook, row: Row) -> RosterRow:
    """A participant: by number, and by what else the worksheet shows of them where marking is not blind."""
    number = _NUMBER.search(book.value(row, IDENTIFIER))
    known = ("ID number", "Username")
    ids = tuple(filter(None, (number[0] if number else "", *(book.value(row, name) for name in known))))
    person = Person(ids[0] if ids else "", book.value(row, "Full name"), book.value(row, "Email address"))
    return RosterRow(person, ids)


def _terms(book: GradeBook, row: Row) -> tuple[str, bool]:
    """The most points, and whether no mark can be entered."""
    changeable = book.value(row, CHANGEABLE)
    return book.value(row, MAXIMUM), bool(changeable) and changeable.casefold() != "yes"
