"""How and when work came in, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who hands in.

    Args:
        id: as the roster has it; without a roster as the folder or its metadata do.
        name, email, section: "" where they are not known.
        enrolled: whether the roster lists them; None without a roster.
    """

    id: str
    name: str = ""
    email: str = ""
    section: str = ""
    enrolled: bool | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """How and when a piece of work came in; of everything only what is known.

    Args:
        people: whose work it is, several for a group.
        at: when it was handed in, with its time zone.
        late: whether that was too late; None where it is not known.
        late_by: by how much.
        penalty: share of the points, 0 to 1, that the course's rule takes off for that; None where no rule applies or
            the time is not known. No mark has it taken off.
        attempt, of: which of how many attempts was graded, from 1.
        others: the attempts that do not count, each in a few words.
    """

    people: tuple[Person, ...] = ()
    at: datetime | None = None
    late: bool | None = None
    late_by: timedelta | None = None
    penalty: Fraction | None = None
    attempt: int = 1
    of: int = 1
    others: tuple[str, ...] = ()
