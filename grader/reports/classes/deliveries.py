"""How work came in, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from grader.analysis.classes import Total
from grader.records import Delivery, Person
from grader.reports.numbers import exact, plural

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """How one piece of work came in, where something of it is out of the ordinary; "" for what is not.

    Args:
        at: when it was handed in.
        late_by: ``late``, or by how much.
        earned, off, left: points; what the rule on late work takes off, and what that leaves, None where it takes none.
        attempt: ``2 of 3``.
        group: its members.
        strangers: those who are not on the roster.
    """

    subject: str
    at: str
    late: bool
    late_by: str
    earned: Fraction
    off: Fraction | None
    left: Fraction | None
    attempt: str
    group: tuple[str, ...]
    strangers: tuple[str, ...]


def delivery_rows(come: Mapping[str, Delivery], totals: Mapping[str, Total]) -> tuple[DeliveryRow, ...]:
    """Those that came late, in groups, in several attempts, or from outside the roster; the late ones first.

    Args:
        come: by subject.
        totals: by subject; no mark has a penalty taken off.
    """
    rows = []
    for subject, one in come.items():
        group = tuple(map(called, one.people)) if len(one.people) > 1 else ()
        strangers = tuple(called(person) for person in one.people if person.enrolled is False)
        if not (one.late or one.of > 1 or group or strangers):
            continue
        earned, off = totals[subject].earned, points_off(one, totals[subject])
        rows.append(
            DeliveryRow(
                subject,
                f"{one.at:%Y-%m-%d %H:%M}" if one.at else "",
                bool(one.late),
                late(one).removeprefix("late by ") if one.late else "",
                earned,
                off,
                None if off is None else earned - off,
                f"{one.attempt} of {one.of}" if one.of > 1 else "",
                group,
                strangers,
            )
        )
    return tuple(sorted(rows, key=lambda row: not row.late))


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
