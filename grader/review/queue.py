"""The queue: which groups are shown, in which order, and how far the work has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from urllib.parse import urlencode

from grader.records import Confidence
from grader.review.desk import State
from grader.review.items import Group, Groups

SHOWS: Mapping[str, str] = {
    "open": "to decide",
    "all": "open for the machine, decided or not",
    "decided": "decided by a person",
    "left": "left open by a person",
    "again": "decided, to look at again",
    "unsure": "marked by the machine, not sure where",
    "marked": "marked by the machine",
}
"""What of the answers can be listed."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is wanted; "" is anything.

    Args:
        show: one of :data:`SHOWS`.
        part: ``problem/part``.
        status, reason: of the machine's verdict.
        who: a subject, or for conversations a model.
        order: ``part`` for all answers to a part together, in the order of the assignment; else by the marks at stake.
    """

    show: str = "open"
    part: str = ""
    status: str = ""
    reason: str = ""
    who: str = ""
    order: str = ""

    @property
    def query(self) -> str:
        """For an address: ``?show=…``, without what is anything; "" for the plain queue."""
        pairs = [(one.name, getattr(self, one.name)) for one in fields(self)]
        wanted = [(name, value) for name, value in pairs if value and (name, value) != ("show", "open")]
        text = urlencode(wanted, errors="surrogatepass")
        return f"?{text}" if text else ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Filter:
        """From the query of an address; what is unknown is left out."""
        found = {one.name: values.get(one.name, "") for one in fields(cls)}
        return cls(**{**found, "show": found["show"] if found["show"] in SHOWS else "open"})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come, over all answers that the machine left open.

    Args:
        settled, of: answers.
        left: how many of the settled ones are left open on purpose, without a mark.
        points, stake: those of the settled ones, and of all.
    """

    settled: int
    of: int
    left: int
    points: Fraction
    stake: Fraction


def progress(groups: Groups, state: State) -> Progress:
    """How many of the open answers are decided."""
    settled = of = left = 0
    points = stake = Fraction(0)
    for group in groups.open:
        done = len(group.items) - len(state.waiting(group))
        settled += done
        of += len(group.items)
        left += sum(state.left_open(group, place) is not None for place in range(len(group.items)))
        points += group.where.part.points * done
        stake += group.stake
    return Progress(settled, of, left, points, stake)


def listed(groups: Groups, state: State, wanted: Filter) -> tuple[Group, ...]:
    """The groups that a filter wants, in the order that it wants."""
    found = [group for group in _shown(groups, state, wanted.show) if _fits(groups, group, wanted)]
    return _ordered(groups, found, wanted)


def course_of(groups: Groups, state: State, wanted: Filter) -> tuple[Group, ...]:
    """The groups that one walks through: as :func:`listed`, with what was decided on the way still in its place."""
    if wanted.show != "open":
        return listed(groups, state, wanted)
    return _ordered(groups, [group for group in groups.open if _fits(groups, group, wanted)], wanted)


def neighbours(course: Sequence[Group], group: Group) -> tuple[Group | None, Group | None]:
    """The groups before and after one; after one that is not in the course comes its first."""
    names = [one.name for one in course]
    if group.name not in names:
        return None, course[0] if course else None
    place = names.index(group.name)
    before = course[place - 1] if place else None
    return before, course[place + 1] if place + 1 < len(course) else None


def next_open(course: Sequence[Group], state: State, group: Group, wanted: Filter) -> Group | None:
    """Where to go on after a decision: the same group while some of its answers wait, else the next that waits for
    one, round the end; None where none does."""
    if wanted.show in ("open", "all") and not state.settled(group):
        return group
    names = [one.name for one in course]
    start = names.index(group.name) + 1 if group.name in names else 0
    rest = [*course[start:], *course[:start]]
    if wanted.show in ("open", "all"):
        rest = [one for one in rest if not state.settled(one)]
    elif start >= len(course):
        return None
    return next((one for one in rest if one.name != group.name), None)


def _ordered(groups: Groups, found: Sequence[Group], wanted: Filter) -> tuple[Group, ...]:
    places = {ref: place for place, ref in enumerate(groups.index.parts)}
    by_stake = sorted(found, key=lambda group: group.stake, reverse=True)
    return tuple(sorted(by_stake, key=lambda group: places[group.where.ref]) if wanted.order == "part" else by_stake)


def _shown(groups: Groups, state: State, show: str) -> Sequence[Group]:
    if show == "open":
        return [group for group in groups.open if not state.settled(group)]
    if show == "all":
        return groups.open
    if show == "unsure":
        return [group for group in groups.marked if group.shown.claim.confidence is not Confidence.HIGH]
    if show == "marked":
        return groups.marked
    if show == "left":
        return [g for g in groups.open if any(state.left_open(g, place) for place in range(len(g.items)))]
    found = [group for group in (*groups.open, *groups.marked) if any(state.decisions(group))]
    if show == "again":
        return [group for group in found if any(item in state.again for item in group.items)]
    return found


def _fits(groups: Groups, group: Group, wanted: Filter) -> bool:
    if wanted.part and wanted.part != "/".join(group.where.ref):
        return False
    if wanted.status and wanted.status != group.status:
        return False
    if wanted.reason and wanted.reason != group.reason:
        return False
    return not wanted.who or any(wanted.who in (item.subject, groups.model(item.subject)) for item in group.items)
