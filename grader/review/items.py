"""What there is to decide: answers in groups of those that say the same, with the marks at stake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from grader.analysis.equality import normal_text
from grader.analysis.index import PartOf, Ref, RunIndex
from grader.analysis.waiting import together
from grader.records import Item, Problem, Result, Run, Status
from grader.records.decisions import answer_digest, carries_on, digest
from grader.store.decisions import item_of

NAME = 12  # characters of the name of a group in an address


@dataclass(frozen=True)
class Group:
    """Answers to one part that say the same and of which the machine says the same: one decision may settle all.

    Args:
        where: the part.
        results: as the machine left them; at least one, each of another item.
        last: for conversations, number of the last reply that each answer is carried on to.
    """

    where: PartOf
    results: tuple[Result, ...]
    last: tuple[int | None, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The identifiers of the answers."""
        return tuple(map(item_of, self.results))

    @cached_property
    def digests(self) -> tuple[str, ...]:
        """The digests of their words."""
        return tuple(answer_digest(result.claim) for result in self.results)

    @cached_property
    def name(self) -> str:
        """A short name for addresses; it changes when the group does."""
        return digest(*(part for item in self.items for part in (*map(str, item[:3]), str(item.turn))))[:NAME]

    @property
    def shown(self) -> Result:
        """The result that stands for all."""
        return self.results[0]

    @property
    def status(self) -> Status:
        """What the machine says of all of them."""
        return self.shown.verdict.status

    @property
    def reason(self) -> str:
        """Why, in the machine's words."""
        return self.shown.verdict.reason

    @property
    def stake(self) -> Fraction:
        """Points that the answers are worth together."""
        return self.where.part.points * len(self.results)


class Groups:
    """All answers of a run in groups.

    Args:
        run: as the machine left it, without decisions.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.index = RunIndex(run)
        self._last: dict[Item, int | None] = {}
        self._papers: dict[str, tuple[Problem, ...]] = {}
        heads: dict[Ref, list[Result]] = {ref: [] for ref in self.index.parts}
        for subject in self.index.subjects:
            for ref in self.index.parts:
                for result in self._heads(self.index.series(subject, ref)):
                    heads[ref].append(result)
        self._heads_of = heads

    @cached_property
    def open(self) -> tuple[Group, ...]:
        """Those that the machine left to a person, in order of the marks at stake."""
        found = [group for ref in self._heads_of for group in self._open_of(ref)]
        found.sort(key=lambda one: one.stake, reverse=True)
        return tuple(found)

    @cached_property
    def marked(self) -> tuple[Group, ...]:
        """Those that the machine marked, in order of the marks at stake."""
        found = [group for ref in self._heads_of for group in self._marked_of(ref)]
        found.sort(key=lambda one: one.stake, reverse=True)
        return tuple(found)

    @cached_property
    def by_name(self) -> dict[str, Group]:
        """All groups by their names."""
        return {group.name: group for group in (*self.open, *self.marked)}

    @cached_property
    def by_item(self) -> dict[Item, Group]:
        """The group of each item."""
        return {item: group for group in (*self.open, *self.marked) for item in group.items}

    def problem(self, subject: str, where: PartOf) -> Problem:
        """The problem of a part as a subject had it, with numbers of their own where they have some."""
        return next((one for one in self._own(subject) if one.id == where.problem.id), where.problem)

    def model(self, subject: str) -> str:
        """The model of a conversation; "" for a student."""
        talk = self.index.conversations.get(subject)
        return talk.model if talk else ""

    def _heads(self, series: Iterable[Result]) -> Iterator[Result]:
        """The results that say something of their own; what only carries an answer on belongs to the one before."""
        head: Result | None = None
        before: Result | None = None
        for result in series:
            if head is None or before is None or not carries_on(before.claim, result.claim):
                head = result
                yield result
            self._last[item_of(head)] = result.claim.turn
            before = result

    def _open_of(self, ref: Ref) -> Iterator[Group]:
        """Open answers to a part, as the class report puts them together; never those to different numbers."""
        waits: dict[str, list[Result]] = {}
        for result in self._heads_of[ref]:
            if not result.verdict.status.carries_marks:
                asked = "" if result.verdict.status is Status.MISSING else self.given(result)
                waits.setdefault(asked, []).append(result)
        for results in waits.values():
            for one in together(results, self.index.parts[ref].part):
                yield self._group(ref, list(one.results))

    def given(self, result: Result) -> str:
        """The numbers that the writer of an answer was given, where they are their own; "" for those of the spec."""
        claim = result.claim
        own = next((one for one in self._own(claim.subject) if one.id == claim.problem), None)
        return repr(sorted(own.given.items())) if own else ""

    def _own(self, subject: str) -> tuple[Problem, ...]:
        """The problems as a subject had them; drawn once."""
        if subject not in self._papers:
            self._papers[subject] = tuple(self.run.own.get(subject, ()))
        return self._papers[subject]

    def _marked_of(self, ref: Ref) -> Iterator[Group]:
        """Marked answers to a part, by what was read and the mark that it got."""
        by_reading: dict[tuple[str, ...], list[Result]] = {}
        for result in self._heads_of[ref]:
            verdict = result.verdict
            if verdict.status.carries_marks:
                reading = (verdict.read_as.unicode,) if verdict.read_as else _words(result)
                key = (
                    *_judged(result),
                    str(verdict.credit),
                    str(result.claim.confidence),
                    self.given(result),
                    *reading,
                )
                by_reading.setdefault(key, []).append(result)
        for members in by_reading.values():
            yield self._group(ref, members)

    def _group(self, ref: Ref, members: list[Result]) -> Group:
        last = tuple(self._last[item_of(result)] for result in members)
        return Group(self.index.parts[ref], tuple(members), last)


def _judged(result: Result) -> tuple[str, str]:
    return str(result.verdict.status), result.verdict.reason


def _words(result: Result) -> tuple[str, ...]:
    """The words of an answer and of its rivals."""
    claim = result.claim
    return (normal_text(claim.told), *sorted(normal_text(text) for text, _ in claim.rivals))
