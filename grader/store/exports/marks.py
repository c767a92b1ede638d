"""The marks of students as grade books take them: one number each, and whether it is final."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.diagnostics import Diagnostic, operator_note, operator_warning
from grader.records import Delivery, Person, Result, Verdict
from grader.store.exports.base import Options
from grader.store.exports.source import Kept
from grader.store.grades import number

MOST_NAMED = 5  # people or parts that one note lists


@dataclass(frozen=True, slots=True)
class Mark:
    """What one student earned.

    Args:
        person: the student.
        subject: the student or the group whose work it is.
        earned: points of the parts that have a mark, without any penalty.
        marked: how many parts have one.
        possible: points of all parts.
        waiting: the parts without a mark and why, as ``problem/part: status``.
        come: how the work came in.
        handed_in: whether there is any.
        comments: what is said of each part, where that was asked for.
    """

    person: Person
    subject: str
    earned: Fraction
    marked: int
    possible: Fraction
    waiting: tuple[str, ...] = ()
    come: Delivery = field(default_factory=Delivery)
    handed_in: bool = True
    comments: tuple[str, ...] = ()

    @property
    def off(self) -> Fraction:
        """Points that the course's rule for late work takes off; no mark has them taken off."""
        return self.earned * (self.come.penalty or 0)

    def points(self, options: Options) -> Fraction | None:
        """What is to be written; None where there is no final mark and none so far is wanted.

        Args:
            options: ``include_open`` and ``penalty`` count.
        """
        if not self.marked or (self.waiting and not options.include_open):
            return None
        return self.earned - self.off if options.penalty else self.earned

    def __str__(self) -> str:
        return self.person.id if self.person.name in ("", self.person.id) else f"{self.person.id} ({self.person.name})"


@dataclass(slots=True)
class _Sum:
    """What was found of one subject so far."""

    earned: Fraction = Fraction(0)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)  # "" where there is a mark
    comments: dict[tuple[str, str], str] = field(default_factory=dict)


def marks(kept: Kept, options: Options) -> tuple[Mark, ...]:
    """The marks of a class: each member of a group has the group's, and who handed in nothing has none.

    Args:
        kept: a run of submissions.
        options: with ``feedback``, what is said of each part is kept too.
    """
    sums: dict[str, _Sum] = {}
    for result in kept.results():
        _add(sums.setdefault(result.claim.subject, _Sum()), result, kept, options)
    possible = sum((part.points for part in kept.parts.values()), Fraction(0))
    found: list[Mark] = []
    for subject, come in kept.subjects():
        one = sums.pop(subject, _Sum())
        waiting = tuple(
            f"{problem}/{part}: {one.statuses.get((problem, part), 'not graded')}"
            for problem, part in kept.parts
            if one.statuses.get((problem, part), "not graded")
        )
        comments = tuple(one.comments[ref] for ref in kept.parts if ref in one.comments)
        marked = len(kept.parts) - len(waiting)
        for person in come.people or (Person(subject),):
            found.append(Mark(person, subject, one.earned, marked, possible, waiting, come, True, comments))
    everything = tuple(f"{problem}/{part}: not handed in" for problem, part in kept.parts)
    found += (
        Mark(person, person.id, Fraction(0), 0, possible, everything, handed_in=False) for person in kept.absent()
    )
    return tuple(found)


def _add(total: _Sum, result: Result, kept: Kept, options: Options) -> None:
    ref = result.claim.problem, result.claim.part
    verdict, points = result.verdict, kept.part(result).points
    if verdict.credit is not None:
        total.earned += verdict.credit * points
    total.statuses[ref] = "" if verdict.credit is not None else str(verdict.status)
    if options.feedback:
        total.comments[ref] = f"{result.claim.part_name} – {earned_and_said(verdict, points, 'open')}"


def earned_and_said(verdict: Verdict, points: Fraction, unmarked: str) -> str:
    """What an answer earned, and the feedback on it: ``1 of 2: the sign is wrong``.

    Args:
        verdict: on the answer.
        points: of its part.
        unmarked: what stands for the points where there is no mark.
    """
    earned = unmarked if verdict.credit is None else f"{number(verdict.credit * points)} of {number(points)}"
    return f"{earned}: {verdict.feedback}" if verdict.feedback else earned


def notes_on(found: Sequence[Mark], options: Options) -> Iterator[Diagnostic]:
    """What there is to say of marks that are not final, and of late work.

    Args:
        found: all marks of a class.
        options: of the export.
    """
    absent = [one for one in found if not one.handed_in]
    blank = [one for one in found if one.handed_in and one.points(options) is None]
    so_far = [one for one in found if one.waiting and one.points(options) is not None]
    late = [one for one in found if one.off and one.points(options) is not None]
    if blank:
        says = f"{_who(blank)} no final mark and none is written, for parts wait for a person"
        fix = "Decide on them: grade review OUT; or write the marks so far: --include-open."
        yield operator_warning("export-open", says, fix=fix)
    if so_far:
        says = f"{_who(so_far)} a mark of the parts that have one; others wait for a person"
        fix = "Decide on them and export again: grade review OUT."
        yield operator_warning("export-open", says, fix=fix)
    if absent:
        yield operator_note("export-absent", f"{_who(absent)} no mark, for nothing was handed in")
    if late and not options.penalty:
        says = f"{_who(late)} a mark from which nothing is taken off for late work"
        fix = "Take it off with --penalty, or by the platform's own rule."
        yield operator_note("export-late", says, fix=fix)


def named(names: Sequence[str]) -> str:
    """Some names, the first of them if they are many."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{', '.join(names[:MOST_NAMED])}{more}"


def _who(found: Sequence[Mark]) -> str:
    """Some students with their open parts, and “has” or “have”."""
    told = [f"{one} ({len(one.waiting)} open)" if one.handed_in and one.waiting else f"{one}" for one in found]
    return f"{named(told)} {'has' if len(found) == 1 else 'have'}"
