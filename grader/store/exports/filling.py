"""Filling the marks of a class into a grade book, where it is certain whose row it is and what is to stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from grader.diagnostics import Diagnostic, InputError, operator_error, operator_note, operator_warning
from grader.intake.handins.roster import RosterRow
from grader.store.exports.base import Options, Written
from grader.store.exports.gradebooks import GradeBook, Row, as_number, as_written
from grader.store.exports.marks import Mark, marks, named, notes_on
from grader.store.exports.matching import Matched, match
from grader.store.exports.source import Kept
from grader.store.grades import number

TAKES = frozenset({"gradebook", "include_open", "scale", "penalty"})
"""The options that say how marks are filled in; for the ``takes`` of an export."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a grade book that is somebody's.

    Args:
        row: of the file.
        listed: whose it is, as the platform says.
        possible: the points that the platform gives for the assignment, as it writes them.
        locked: the platform takes no mark there.
    """

    row: Row
    listed: RosterRow
    possible: str
    locked: bool = False


def fill(
    kept: Kept, options: Options, book: GradeBook, places: Sequence[Place], column: int, comments: int | None = None
) -> Written:
    """Fill the marks of a run into a column.

    Args:
        kept: a run of submissions.
        options: of the export.
        book: to be changed.
        places: its rows.
        column: for the marks.
        comments: the column for what is said of each part, as HTML; None for none.

    Raises:
        InputError: ``export-scale``.
    """
    found = marks(kept, options)
    matched = match(found, [(place.row.line, place.listed) for place in places], kept.layout)
    _check_scale(book, places, matched, options)
    filled = replaced = left = commented = 0
    locked: list[str] = []
    for place in places:
        mark = matched.by_line.get(place.row.line)
        points = mark.points(options) if mark else None
        if mark is None or points is None:
            left += mark is not None
            continue
        if place.locked:
            locked.append(str(mark))
            continue
        text = as_written(number(_scaled(points, mark, place, options)), place.possible)
        replaced += book.fill(place.row, column, text)
        filled += 1
        if comments is not None:
            commented += _comment(book, place.row, comments, mark)
    notes = (
        *notes_on(found, options),
        *_unplaced(matched, book, options),
        *_changed(replaced, locked, commented),
        *book.told_of_formulas(),
    )
    lost = sum(one.points(options) is not None for one in (*matched.nowhere, *_all(matched)))
    return Written(filled, "mark", notes, lost, left + len(locked))


def _all(matched: Matched) -> Iterator[Mark]:
    return (mark for several in matched.shared.values() for mark in several)


def _check_scale(book: GradeBook, places: Sequence[Place], matched: Matched, options: Options) -> None:
    """Refuse to guess whether 8 of 10 points are 8 or 80 of 100, and to convert to points that are not there."""
    for place in places:
        mark = matched.by_line.get(place.row.line)
        there = as_number(place.possible)
        if mark is None or options.scale is False or (options.scale and there):
            continue
        if options.scale or (there is not None and there != mark.possible):
            given = f"gives {place.possible.strip() or 'no'} points"
            says = f"the grade book {given}, and this run {number(mark.possible)}"
            fix = "Say what is meant: --scale converts, where there are points; --no-scale writes those of this run."
            raise InputError(operator_error("export-scale", says, book.span(place.row.line), fix))


def _scaled(points: Fraction, mark: Mark, place: Place, options: Options) -> Fraction:
    there = as_number(place.possible)
    return points * there / mark.possible if options.scale and there is not None and mark.possible else points


def _comment(book: GradeBook, row: Row, column: int, mark: Mark) -> int:
    """Write what is said of each part, where nothing is said yet; how many comments were kept instead."""
    text = "<br>".join(escape(" ".join(one.split())) for one in mark.comments)
    before = row.cells[column].strip('" ')
    if before:
        return 1
    book.fill(row, column, text)
    return 0


def _unplaced(matched: Matched, book: GradeBook, options: Options) -> Iterator[Diagnostic]:
    """A warning for each mark that is not entered, and a note on rows that stay as they are."""
    for mark in matched.nowhere:
        points = mark.points(options)
        if points is not None:
            says = f"no row is beyond doubt that of {mark}: {number(points)} of {number(mark.possible)} are not entered"
            fix = "Enter them by hand; or give the roster of the course the ids that the grade book has."
            yield operator_warning("export-unmatched", says, book.span(1), fix)
    for line, several in matched.shared.items():
        says = f"this row fits several: {named([str(one) for one in several])}; nothing is entered"
        yield operator_warning("export-shared", says, book.span(line), "Enter by hand what counts.")
    if matched.free:
        count = len(matched.free)
        stay = "stays as it was" if count == 1 else "stay as they were"
        says = f"{count} {'row' if count == 1 else 'rows'} without work in this run {stay}: {named(matched.free)}"
        yield operator_note("export-free", says)


def _changed(replaced: int, locked: Sequence[str], commented: int) -> Iterator[Diagnostic]:
    """What stood there before."""
    if replaced:
        says = f"{replaced} {'mark' if replaced == 1 else 'marks'} stood there and now differ"
        yield operator_note("export-replaced", says)
    if locked:
        says = f"the platform takes no mark of {named(locked)}: “Grade can be changed” is not Yes"
        fix = "Unlock the grade on the platform and export the grade book again."
        yield operator_warning("export-locked", says, fix=fix)
    if commented:
        says = f"{commented} {'comment' if commented == 1 else 'comments'} stood there already and stay"
        yield operator_note("export-comments", says)
