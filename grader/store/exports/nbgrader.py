"""nbgrader's export of grades: the columns that ``nbgrader export`` writes, one row for each student."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from grader.store.cells import safe_cell
from grader.store.exports.base import SUBMISSIONS, Export, Options, Written
from grader.store.exports.marks import Mark, marks, notes_on
from grader.store.exports.source import Kept
from grader.store.files import atomic_writer
from grader.store.grades import number

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


class Nbgrader(Export):
    """See the module."""

    name: ClassVar[str] = "nbgrader"
    summary: ClassVar[str] = "nbgrader: CSV as nbgrader export writes it, with the penalty for late work apart"
    file: ClassVar[str] = "nbgrader.csv"
    kinds: ClassVar[tuple[str, ...]] = (SUBMISSIONS,)
    takes: ClassVar[frozenset[str]] = frozenset({"assignment", "include_open"})

    def write(self, kept: Kept, options: Options, path: Path) -> Written:
        """One row for each student; without a final mark its cells are empty, and not 0 as nbgrader would have it."""
        manifest = kept.manifest
        assignment = options.assignment or manifest.assignment or kept.title
        found = marks(kept, options)
        given = 0
        with atomic_writer(path) as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            for mark in found:
                given += mark.points(options) is not None
                writer.writerow([safe_cell(assignment), _time(manifest.settings.due), *_cells(mark, options)])
        # The penalty has a column of its own, so that nothing is to be said of it.
        notes = (note for note in notes_on(found, options) if note.code != "export-late")
        return Written(given, "mark", tuple(notes), 0, len(found) - given)


def _cells(mark: Mark, options: Options) -> list[str]:
    """The cells from the time on."""
    points = mark.points(options)
    scores = ["", "", ""]
    if points is not None:
        scores = [number(points), number(mark.off), number(max(points - mark.off, points * 0))]
    last, comma, first = mark.person.name.partition(",")
    names = (last.strip(), first.strip()) if comma else (mark.person.name, "")
    texts = map(safe_cell, (mark.person.id, *names, mark.person.email))
    return [_time(mark.come.at), *texts, *scores, number(mark.possible)]


def _time(at: datetime | None) -> str:
    """A time in UTC without a zone, as nbgrader keeps it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if at else ""
