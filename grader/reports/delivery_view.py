"""How work came in, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from grader.analysis.classes import Total
from grader.records import Delivery, Person
from grader.reports.numbers import exact, plural

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def called(person: Person) -> str:
    """A person's id, and the name where it is another."""
    return person.id if person.name in person.id else f"{person.id} ({person.name})"


def short(come: Delivery) -> tuple[str, ...]:
    """What the instructor's table says beside a student; empty where nothing is out of the ordinary."""
    return tuple(_short(come))


def _short(come: Delivery) -> Iterator[str]:
    if len(come.people) > 1:
        yield f"group of {', '.join(called(person) for person in come.people)}"
    elif come.people and called(come.people[0]) != come.people[0].id:
        yield come.people[0].name
    if come.late:
        yield late(come)
    if come.of > 1:
        yield f"attempt {come.attempt} of {come.of}"
    if strangers := [person for person in come.people if person.enrolled is False]:
        whole = len(strangers) == len(come.people)
        yield "not on the roster" if whole else f"{', '.join(map(called, strangers))} not on the roster"


def late(come: Delivery) -> str:
    """``late``, with by how much where that is known: ``late by 3 hours``."""
    if come.late_by is None:
        return "late"
    if come.late_by < _HOUR:
        return f"late by {plural(max(1, come.late_by // timedelta(minutes=1)), 'minute')}"
    if come.late_by < 2 * _DAY:
        return f"late by {plural(come.late_by // _HOUR, 'hour')}"
    return f"late by {plural(come.late_by // _DAY, 'day')}"


def told(come: Delivery, total: Total) -> tuple[str, ...]:
    """What the student's own page says, in sentences."""
    return tuple(_told(come, total))


def _told(come: Delivery, total: Total) -> Iterator[str]:
    if come.at is not None:
        yield f"Handed in on {come.at:%Y-%m-%d at %H:%M} ({come.at.tzname() or 'UTC'})."
    if come.late:
        yield f"This was {late(come)}."
        if come.penalty is not None:
            off = come.penalty * total.earned
            yield (
                f"The rule of the course takes off {exact(come.penalty * 100)} %: {exact(off)} of "
                f"{exact(total.earned)} points, which leaves {exact(total.earned - off)}. "
                "The marks on this page are without that."
            )
    if come.of > 1:
        yield f"This is attempt {come.attempt} of {come.of}."
    if len(come.people) > 1:
        yield f"The work of a group of {len(come.people)}."


def points_off(come: Delivery, total: Total) -> Fraction | None:
    """Points that the rule on late work takes off; None where it takes none."""
    return None if come.penalty is None else come.penalty * total.earned
