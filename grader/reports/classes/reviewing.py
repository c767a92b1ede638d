"""What a person has to look at in a class, and what people have decided: as the instructor's page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.index import PartOf, Ref, RunIndex
from grader.analysis.waiting import Waiting, waiting
from grader.answers import get_type
from grader.records import Confidence, Decision, Result, Status, Verdict
from grader.reports.classes import words
from grader.reports.excerpts import Excerpt, excerpt, sentences

LONGEST = 240  # characters of an answer in the list
LONGEST_TEXT = 4000  # characters there of a text that a person marks
MOST_ITEMS = 120  # of each list are shown in full; the others are counted by part
MOST_CHARACTERS = 1_500_000  # of the answers shown in one list


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """Answers that one look settles.

    Args:
        anchor: of its card.
        where: the part.
        result: the answer that is shown.
        subjects: all who gave it.
        wrote: the answer in its context; None where there are no words.
        why: it waits, in words.
        notes: what was remarked on it, each once.
        guide: by what a person marks it.
        stake: points at stake, over all who gave it.
        writings: number of different ways in which it was written.
    """

    anchor: str
    where: PartOf
    result: Result
    subjects: tuple[str, ...]
    wrote: Excerpt | None
    why: str
    notes: tuple[str, ...]
    guide: tuple[str, ...]
    stake: Fraction
    writings: int = 1


@dataclass(frozen=True, slots=True)
class Rest:
    """Items of one part that are not shown, for the page is long enough."""

    where: PartOf
    items: int
    answers: int
    stake: Fraction


@dataclass(frozen=True, slots=True)
class ReviewList:
    """A list of items, in order of marks at stake.

    Args:
        items: shown in full.
        rest: the others, by part.
        looks: number of all items.
        answers: number of answers in them.
        stake: points at stake in them.
    """

    items: tuple[ReviewItem, ...]
    rest: tuple[Rest, ...]
    looks: int
    answers: int
    stake: Fraction

    @property
    def anchors(self) -> Mapping[tuple[str, Ref], str]:
        """The card of each student and part that is shown."""
        return {(subject, one.where.ref): one.anchor for one in self.items for subject in one.subjects}


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided in one go, for one student or for several who gave the same answer.

    Args:
        results: the answers, at least one.
        decision: of the first; the others got the same mark for the same reason.
        machine: what the machine had said of the first, None where it said nothing.
        points: of each.
    """

    where: PartOf
    results: tuple[Result, ...]
    decision: Decision
    machine: Verdict | None
    points: Fraction

    @property
    def size(self) -> int:
        """For how many."""
        return len(self.results)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Whose answers they are."""
        return tuple(one.claim.subject for one in self.results)


def open_items(index: RunIndex) -> ReviewList:
    """All that waits for a person."""
    return _listed("see", waiting(index))


def unsure_items(index: RunIndex) -> ReviewList:
    """Answers that carry marks, but of which it is not sure that the right words were found; undecided by people."""
    found = [
        Waiting(where, (result,))
        for ref, where in index.parts.items()
        for result in _last(index, ref)
        if result.verdict.status.carries_marks
        and result.claim.confidence is not Confidence.HIGH
        and result.decision is None
    ]
    order = list(reversed(Status))
    found.sort(key=lambda one: (one.stake, order.index(one.shown.verdict.status)), reverse=True)
    return _listed("unsure", tuple(found))


def decided(index: RunIndex) -> tuple[Decided, ...]:
    """What people decided, in the order of the assignment."""
    return tuple(
        Decided(where, tuple(results), decision, results[0].machine, decision.credit * where.part.points)
        for ref, where in index.parts.items()
        for decision, results in _acts(_last(index, ref))
    )


def _acts(results: Iterable[Result]) -> Iterator[tuple[Decision, list[Result]]]:
    """The decided answers to a part, together what was decided in one go and had the same said of it before."""
    acts: dict[tuple[str, Status | None], list[Result]] = {}
    for one in results:
        if one.decision is not None:
            before = one.machine.status if one.machine else None
            acts.setdefault((one.decision.act or one.decision.id, before), []).append(one)
    for found in acts.values():
        if (decision := found[0].decision) is not None:
            yield decision, found


def _last(index: RunIndex, ref: Ref) -> Iterator[Result]:
    for subject in index.subjects:
        result = index.last(subject, ref)
        if result is not None:
            yield result


def _listed(kind: str, found: tuple[Waiting, ...]) -> ReviewList:
    shown, room = [], MOST_CHARACTERS
    for number, one in enumerate(found[:MOST_ITEMS]):
        made = _item(f"{kind}-{number}", one)
        room -= len(made.wrote.answer) if made.wrote else 0
        if room < 0:
            break
        shown.append(made)
    rest: dict[Ref, list[Waiting]] = {}
    for one in found[len(shown) :]:
        rest.setdefault(one.where.ref, []).append(one)
    return ReviewList(
        tuple(shown),
        tuple(
            Rest(ones[0].where, len(ones), sum(len(one.results) for one in ones), _stake(ones))
            for ones in rest.values()
        ),
        len(found),
        sum(len(one.results) for one in found),
        _stake(found),
    )


def _stake(found: tuple[Waiting, ...] | list[Waiting]) -> Fraction:
    return sum((one.stake for one in found), Fraction(0))


def _item(anchor: str, one: Waiting) -> ReviewItem:
    result, options = one.shown, one.where.part.options
    kind = get_type(one.where.part.type)
    notes = [sentences(d) for d in (*result.claim.diagnostics, *result.verdict.diagnostics)]
    if not notes and result.verdict.reason != "for_a_person":
        notes = [result.verdict.feedback]
    carries = result.verdict.status.carries_marks
    return ReviewItem(
        anchor,
        one.where,
        result,
        tuple(each.claim.subject for each in one.results),
        excerpt(result.claim, LONGEST_TEXT if kind.whole_text else LONGEST, around=120),
        f"found with {result.claim.confidence} confidence" if carries else words.waits(result.verdict.reason),
        tuple(dict.fromkeys(note for note in notes if note)),
        kind.guide(options),
        one.stake,
        one.writings,
    )
