"""What the lists of a review show, as plain values: the queue, and all that one subject said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.analysis.index import PartOf
from grader.records import Decision, Item, Result, Status
from grader.records.decisions import digest
from grader.reports.excerpts import sentences, shorten
from grader.reports.numbers import exact
from grader.review.desk import State
from grader.review.items import NAME, Group, Groups
from grader.review.queue import SHOWS, Filter, Progress, listed, progress
from grader.store.decisions import item_of

LONGEST_WORDS = 140  # characters of an answer in a list
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A group in the queue.

    Args:
        who: the first names.
        more: number of further ones.
        decided: number of its answers that are decided.
        marks: what they got, in points, each once.
        left: number of them that are left open on purpose.
    """

    group: Group
    who: tuple[str, ...]
    more: int
    words: str
    decided: int
    marks: tuple[str, ...]
    left: int

    @property
    def size(self) -> int:
        """Number of answers in it."""
        return len(self.group.items)


@dataclass(frozen=True, slots=True)
class QueueView:
    """The list of what there is to decide."""

    rows: tuple[Row, ...]
    hidden: int
    wanted: Filter
    shows: Mapping[str, str]
    parts: tuple[PartOf, ...]
    statuses: tuple[str, ...]
    reasons: tuple[str, ...]
    who: tuple[str, ...]
    progress: Progress
    first: Group | None
    notes: tuple[str, ...]
    stale: int


@dataclass(frozen=True, slots=True)
class SubjectPart:
    """A part on the page of a subject: the verdict that stands, and where it is decided."""

    where: PartOf
    result: Result | None
    decision: Decision | None
    points: str
    words: str
    group: Group | None
    status: Status | None


@dataclass(frozen=True, slots=True)
class SubjectView:
    """All that one student or model said."""

    subject: str
    page: str
    parts: tuple[SubjectPart, ...]
    wanted: Filter


def subject_page(subject: str) -> str:
    """The name of a subject in addresses."""
    return digest(subject)[:NAME]


def queue_view(groups: Groups, state: State, wanted: Filter) -> QueueView:
    """The list that a filter asks for."""
    found = listed(groups, state, wanted)
    choices = groups.marked if wanted.show in ("unsure", "marked") else groups.open
    if wanted.show in ("decided", "again"):
        choices = (*groups.open, *groups.marked)
    who = dict.fromkeys(groups.model(subject) for subject in groups.index.subjects)
    return QueueView(
        rows=tuple(_row(group, state) for group in found[:MOST_ROWS]),
        hidden=max(0, len(found) - MOST_ROWS),
        wanted=wanted,
        shows=SHOWS,
        parts=tuple(groups.index.parts.values()),
        statuses=tuple(sorted({str(group.status) for group in choices})),
        reasons=tuple(sorted({group.reason for group in choices})),
        who=tuple(dict.fromkeys((*groups.index.subjects, *(model for model in who if model)))),
        progress=progress(groups, state),
        first=next((group for group in found if not state.settled(group)), found[0] if found else None),
        notes=tuple(dict.fromkeys(map(sentences, state.notes))),
        stale=len(state.stale),
    )


def _row(group: Group, state: State) -> Row:
    made = [one for one in state.decisions(group) if one]
    marks = dict.fromkeys(exact(one.credit * group.where.part.points) for one in made)
    names = list(dict.fromkeys(_name(item) for item in group.items))
    return Row(
        group,
        tuple(names[:3]),
        max(0, len(names) - 3),
        shorten(group.shown.claim.text, LONGEST_WORDS) if group.shown.claim.text else "",
        len(made),
        tuple(marks),
        sum(state.left_open(group, place) is not None for place in range(len(group.items))),
    )


def _name(item: Item) -> str:
    return item.subject if item.turn is None else f"{item.subject}, reply {item.turn}"


def subject_view(groups: Groups, state: State, subject: str, wanted: Filter) -> SubjectView:
    """All parts of a subject: for conversations every answer that says something of its own."""
    parts = []
    for ref, where in groups.index.parts.items():
        found = groups.index.series(subject, ref)
        own = [one for one in found if item_of(one) in groups.by_item]
        if not found:
            parts.append(SubjectPart(where, None, None, "", "", None, None))
        parts += [_subject_part(groups, state, where, one) for one in own]
    return SubjectView(subject, subject_page(subject), tuple(parts), wanted)


def _subject_part(groups: Groups, state: State, where: PartOf, result: Result) -> SubjectPart:
    group = groups.by_item[item_of(result)]
    decision = state.decision(group, group.items.index(item_of(result)))
    status = decision.status if decision else result.verdict.status
    credit = decision.credit if decision else result.verdict.credit
    points = "" if credit is None else exact(credit * where.part.points)
    return SubjectPart(where, result, decision, points, shorten(result.claim.text, LONGEST_WORDS), group, status)
