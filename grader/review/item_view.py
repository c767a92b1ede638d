"""What the page of one group shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.equality import normal_text, read, same_values
from grader.analysis.index import PartOf
from grader.answers import get_type
from grader.diagnostics import Span
from grader.records import Aside, Decision, Hint, Item, Mistake, Note, Result, Status, Undo
from grader.records.decisions import status_of
from grader.reports.excerpts import Excerpt, excerpt, sentences, shorten
from grader.reports.numbers import exact
from grader.review.desk import State
from grader.review.items import Group, Groups
from grader.review.list_views import LONGEST_WORDS, subject_page
from grader.review.queue import Filter, Progress, course_of, neighbours, progress

LONGEST_TEXT = 40_000  # characters of an answer on its own page
AROUND = 700  # characters shown on each side of it
MOST_PEERS = 12
MOST_RECENT = 6
CRITERIA = "criteria met: "
"""Begins the reason of a mark that was given by a list of criteria."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of the answers of a group.

    Args:
        place: in the group.
        turns: for conversations which replies say so: ``reply 2, carried on to reply 7``.
        page: name of the subject in addresses.
        near: the place at which to look: of the answer, or, where none was found, of the one before it in the
            assignment; None where that is not known.
        hint: what the person said before the reply.
        decision: that stands.
        left_open: who left it open on purpose.
        history: what happened to it, the latest first.
    """

    place: int
    item: Item
    turns: str
    page: str
    wrote: Excerpt | None
    near: Span | None
    hint: Hint | None
    notes: tuple[str, ...]
    decision: Decision | None
    left_open: Aside | None
    again: bool
    history: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """One event in the history of an answer.

    Args:
        undone: who took the decision back; None where it was not, and for notes.
        points: that the decision gave; "" for what gave none.
        stale: it was made on other words than the ones that are found now.
    """

    event: Decision | Aside | Note
    undone: Undo | None = None
    points: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Final:
    """One of several final answers, and what it would get alone.

    Args:
        points: that the spec gives an answer like it; "" where it foresees none.
        status: that goes with them; None likewise.
    """

    text: str
    points: str = ""
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """Other answers to the same part, and what they got.

    Args:
        same: they say the same as the one that is looked at.
        by: who decided; "" for the machine.
    """

    group: Group
    same: bool
    words: str
    count: int
    points: str
    status: Status
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One group, with all that helps to decide it.

    Args:
        shown: the result of which the reading, the evidence and the feedback are shown.
        digits: points that a key gives: whole ones below full marks.
        criteria: what earns how many points.
        seen: what stands, as one word; a decision says what it was made on.
        act: that can be undone here; "" for none.
        standing: the mark that the form starts with, "" for none.
        recent: the last comments, to be used again: those on this part first.
    """

    group: Group
    where: PartOf
    prompt: str
    part_prompt: str
    points: Fraction
    shown: Result
    members: tuple[Member, ...]
    digits: tuple[int, ...]
    criteria: tuple[tuple[Fraction, str], ...]
    guide: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    finals: tuple[Final, ...]
    peers: tuple[Peer, ...]
    more_peers: int
    seen: str
    act: str
    standing: str
    recent: tuple[str, ...]
    comment: str
    why: str
    position: int
    of: int
    previous: Group | None
    following: Group | None
    progress: Progress
    wanted: Filter


def item_view(groups: Groups, state: State, group: Group, wanted: Filter) -> ItemView:
    """All that is shown of one group."""
    part = group.where.part
    kind = get_type(part.type)
    course = course_of(groups, state, wanted)
    before, after = neighbours(course, group)
    names = [one.name for one in course]
    made = [one for one in state.decisions(group) if one]
    latest = max(made, key=lambda one: one.at, default=None)
    left = [one for place in range(len(group.items)) if (one := state.left_open(group, place))]
    standing: list[Decision | Aside] = [*made, *left]
    last = max(standing, key=lambda one: one.at, default=None)
    problem = groups.problem(group.items[0].subject, group.where)
    asked = problem.part(part.id)
    peers = tuple(_peers(groups, state, group))
    return ItemView(
        group=group,
        where=group.where,
        prompt=problem.prompt,
        part_prompt=asked.prompt,
        points=part.points,
        shown=group.shown,
        members=tuple(_member(groups, state, group, place) for place in range(len(group.items))),
        digits=tuple(number for number in range(1, 10) if number < part.points),
        criteria=kind.criteria(part.options),
        guide=() if kind.criteria(part.options) else kind.guide(part.options),
        mistakes=tuple(one for one in asked.mistakes if one.answer),
        finals=tuple(_finals(groups, group)),
        peers=peers[:MOST_PEERS],
        more_peers=max(0, len(peers) - MOST_PEERS),
        seen=state.seen(group),
        act=last.act if last else "",
        standing=exact(latest.credit * part.points).replace("\u00a0", " ") if latest else "",
        recent=tuple(_recent(state, group)),
        comment=latest.comment if latest else "",
        why=_own_words(last.why) if last else "",
        position=names.index(group.name) + 1 if group.name in names else 0,
        of=len(course),
        previous=before,
        following=after,
        progress=progress(groups, state),
        wanted=wanted,
    )


def _own_words(why: str) -> str:
    """A reason without the list of criteria in front of it, which is made anew with each mark."""
    return why.partition("; ")[2] if why.startswith(CRITERIA) else why


def _recent(state: State, group: Group) -> Iterator[str]:
    """Comments that were given before, each once: those on the same part first, the latest first."""
    made = [one for one in reversed(state.log.events) if isinstance(one, Decision) and one.comment]
    here = [one.comment for one in made if (one.problem, one.part) == group.where.ref]
    yield from list(dict.fromkeys((*here, *(one.comment for one in made[:MOST_RECENT]))))[:MOST_RECENT]


def _member(groups: Groups, state: State, group: Group, place: int) -> Member:
    result, item = group.results[place], group.items[place]
    claim = result.claim
    decision = state.decision(group, place)
    found = [*claim.diagnostics, *result.verdict.diagnostics]
    return Member(
        place,
        item,
        _turns(item, group.last[place]),
        subject_page(item.subject),
        excerpt(claim, LONGEST_TEXT, around=AROUND),
        claim.span or _near(groups, result),
        groups.index.hint(result) if item.turn is not None else None,
        tuple(dict.fromkeys(map(sentences, found))),
        decision,
        state.left_open(group, place),
        item in state.again,
        tuple(_history(state, group, place)),
    )


def _finals(groups: Groups, group: Group) -> Iterator[Final]:
    """The final answers of one that gives several, each held against what the spec accepts and foresees.

    No solver runs: an answer that equals none of these has no mark here. Nothing for numbers that are a student's own,
    to which what the spec writes does not apply.
    """
    part, claim = group.where.part, group.shown.claim
    if not claim.rivals or groups.given(group.shown):
        return
    known = [(text, Fraction(1)) for text in part.accept] + [(one.answer, one.credit) for one in part.mistakes]
    values = [(read(text, part), credit) for text, credit in known if text]
    for text in dict.fromkeys((*(text for text, _ in claim.rivals), claim.told)):
        value = read(text, part)
        credit = next((credit for other, credit in values if same_values(value, other, part)), None)
        words = shorten(text, LONGEST_WORDS)
        yield Final(words) if credit is None else Final(words, exact(credit * part.points), status_of(credit))


def _turns(item: Item, last: int | None) -> str:
    if item.turn is None:
        return ""
    return f"reply {item.turn}" if last in (item.turn, None) else f"reply {item.turn}, and on to reply {last}"


def _near(groups: Groups, result: Result) -> Span | None:
    """The place of the last answer of the same subject to the same problem before this part in the assignment."""
    claim = result.claim
    near = None
    for ref in groups.index.parts:
        if ref == (claim.problem, claim.part):
            return near
        found = groups.index.last(claim.subject, ref)
        if found and found.claim.span and ref[0] == claim.problem:
            near = found.claim.span
    return near


def _history(state: State, group: Group, place: int) -> Iterator[Happened]:
    points = group.where.part.points
    for event in reversed(state.log.by_item.get(group.items[place], ())):
        if isinstance(event, Note):
            yield Happened(event)
        else:
            marks = exact(event.credit * points) if isinstance(event, Decision) else ""
            yield Happened(event, state.log.undone.get(event.id), marks, event.answer != group.digests[place])


def _peers(groups: Groups, state: State, group: Group) -> list[Peer]:
    """Other answers to the part that carry a mark: those that say the same first, then what people decided."""
    part = group.where.part
    text = group.shown.claim.told if not group.shown.claim.rivals else ""
    value = read(text, part) if text else None
    found = []
    for other in (*groups.open, *groups.marked):
        if other.where.ref != group.where.ref or other.name == group.name:
            continue
        said = other.shown.claim
        same = bool(text) and not said.rivals and normal_text(said.told) == normal_text(text)
        if not same and value is not None and not said.rivals:
            same = bool(same_values(value, read(said.told, part), part))
        same = same and groups.given(other.shown) == groups.given(group.shown)
        for mark in _marks(state, other):
            if same or mark.by:
                found.append(
                    Peer(
                        other, same, shorten(said.text, LONGEST_WORDS), mark.count, exact(mark.credit * part.points),
                        mark.status, mark.by, mark.why,
                    )
                )  # fmt: skip
    found.sort(key=lambda one: (not one.same, -one.count))
    return found


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark that some answers of a group got alike."""

    credit: Fraction
    status: Status
    by: str
    why: str
    count: int


def _marks(state: State, group: Group) -> Iterable[_Mark]:
    """The marks in a group: those that people gave, and the machine's on the rest."""
    counted: dict[tuple[Fraction, Status, str, str], int] = {}
    for decision, result in zip(state.decisions(group), group.results, strict=True):
        if decision:
            key = (decision.credit, decision.status, decision.by, decision.why)
        elif result.verdict.credit is not None:
            key = (result.verdict.credit, result.verdict.status, "", "")
        else:
            continue
        counted[key] = counted.get(key, 0) + 1
    return [_Mark(*key, count) for key, count in counted.items()]
