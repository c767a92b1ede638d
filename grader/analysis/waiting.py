"""What waits for a person, put together so that one look settles as many answers as it can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.groups import AnswerGroup, group
from grader.analysis.index import PartOf, Ref, RunIndex
from grader.records import Part, Result, Status

WAITS = (Status.FAILED, Status.UNDECIDED, Status.UNREADABLE)
"""Statuses of answers that a person has to look at; a missing one is not there to be looked at."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Answers to one part that say the same and wait for the same reason.

    Args:
        where: the part.
        results: one a student, at least one.
        writings: number of different ways in which it was written.
    """

    where: PartOf
    results: tuple[Result, ...]
    writings: int = 1

    @property
    def shown(self) -> Result:
        """The one that stands for all."""
        return self.results[0]

    @property
    def stake(self) -> Fraction:
        """Marks at stake: the points of the part, for each student."""
        return self.where.part.points * len(self.results)


@dataclass(frozen=True, slots=True)
class Absent:
    """Those of whom no answer to a part was found."""

    where: PartOf
    subjects: tuple[str, ...]

    @property
    def stake(self) -> Fraction:
        """Points of the part, for each student."""
        return self.where.part.points * len(self.subjects)


def waiting(index: RunIndex) -> tuple[Waiting, ...]:
    """All open answers, those with the most marks at stake first, then in the order of the assignment.

    Answers are put together where they say the same (as :mod:`grader.analysis.groups` decides it) and wait for the same
    reason; those whose words are damaged or unreadable only where their words are the same.
    """
    found = [one for ref in index.parts for one in _waiting(index, ref)]
    return tuple(sorted(found, key=lambda one: one.stake, reverse=True))


def _waiting(index: RunIndex, ref: Ref) -> Iterator[Waiting]:
    where = index.parts[ref]
    last = (index.last(subject, ref) for subject in index.subjects)
    for one in together((result for result in last if result and result.verdict.status in WAITS), where.part):
        yield Waiting(where, one.results, one.writings)


def together(results: Iterable[Result], part: Part) -> Iterator[AnswerGroup]:
    """Open answers to one part in groups of those that one look settles, as for :func:`waiting`.

    Args:
        results: answers to that part without marks.
        part: of these answers.
    """
    by_reason: dict[tuple[Status, str], list[Result]] = {}
    for result in results:
        by_reason.setdefault((result.verdict.status, result.verdict.reason), []).append(result)
    for (status, reason), those in by_reason.items():
        by_words = status is not Status.UNDECIDED or reason == "damaged"
        yield from group(those, part, by_words=by_words)


def missing(index: RunIndex) -> tuple[Absent, ...]:
    """Of which parts no answer was found, and of whom, in the order of the assignment."""
    found = []
    for ref, where in index.parts.items():
        last = ((subject, index.last(subject, ref)) for subject in index.subjects)
        who = tuple(subject for subject, one in last if one and one.verdict.status is Status.MISSING)
        if who:
            found.append(Absent(where, who))
    return tuple(found)
