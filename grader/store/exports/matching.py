"""Whose row is whose in a grade book: by ids, addresses and names, and never by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.intake.handins.roster import Roster, RosterRow
from grader.records import Person
from grader.store.exports.marks import Mark

_NUMBERED = re.compile(r"(?:(?P<who>.*) \()?(?P<number>\d{1,20})\)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Matched:
    """Which mark belongs into which row.

    Args:
        by_line: marks by the line of their row.
        nowhere: marks that fit no row, or not one alone.
        shared: for each row that several marks fit, these marks; none of them is entered.
        free: the names in rows that no mark fits.
    """

    by_line: Mapping[int, Mark]
    nowhere: tuple[Mark, ...]
    shared: Mapping[int, tuple[Mark, ...]]
    free: tuple[str, ...]


def match(marks: Sequence[Mark], rows: Sequence[tuple[int, RosterRow]], layout: str = "") -> Matched:
    """Find the row of each mark.

    Args:
        marks: of a class.
        rows: of the grade book, each with its line.
        layout: in which the work came; those of Canvas and Moodle name the platform's own number.
    """
    # Two rows of the same words are two people, so that who fits both fits none alone.
    listed = [
        RosterRow(Person(str(line), row.person.name, row.person.email, enrolled=True), row.ids) for line, row in rows
    ]
    roster = Roster(listed)
    found: dict[int, list[Mark]] = {}
    nowhere = []
    for mark in marks:
        person = roster.find(*_told(mark, layout))
        if person is None:
            nowhere.append(mark)
        else:
            found.setdefault(int(person.id), []).append(mark)
    free = tuple(row.person.name or row.person.id for line, row in rows if line not in found)
    return Matched(
        {line: own[0] for line, own in found.items() if len(own) == 1},
        tuple(nowhere),
        {line: tuple(own) for line, own in found.items() if len(own) > 1},
        free,
    )


def own_number(mark: Mark, layout: str) -> tuple[str, str]:
    """The name and the number that a platform gave to whoever handed in; both "" where it is not that platform's.

    Args:
        layout: ``lovelaceada (1234)`` is of Canvas, ``Ada Lovelace (1327627)`` of Moodle.
    """
    known = _NUMBERED.fullmatch(mark.person.id) if layout in ("canvas", "moodle") else None
    return (known["who"] or "", known["number"]) if known else ("", "")


def _told(mark: Mark, layout: str) -> Iterator[Person]:
    """All that is known of a student, in the ways in which a list may have it."""
    person = mark.person
    name, number = own_number(mark, layout)
    if name.casefold() == "participant":  # where marking is blind everybody is called so
        yield Person(number)
        return
    yield person
    yield Person(person.id, person.id)  # a folder may be called by the name
    if number:
        yield Person(number, name)
