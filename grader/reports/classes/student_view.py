"""What one student's page shows: that student's own answers and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.classes import Total, total
from grader.analysis.index import PartOf, RunIndex
from grader.answers import get_type
from grader.diagnostics import Audience, Diagnostic
from grader.records import Decision, Delivery, Problem, Rendered, Result, Status
from grader.reports.classes import words
from grader.reports.classes.checks import hand_check, without_answer, without_witness
from grader.reports.classes.deliveries import told
from grader.reports.excerpts import Excerpt, excerpt

LONGEST = 6000  # characters of an answer on its writer's own page
MOST_NEXT = 4  # parts that are named as those to look at first
_LOST = (Status.PARTIAL, Status.INCORRECT)


@dataclass(frozen=True, slots=True)
class StudentPart:
    """One part on a student's page.

    Args:
        anchor: of its card.
        points: None while no marks are given.
        says: what came of it, in one or two sentences.
        feedback: why, of the answer type or the author; "" where it would tell the answer.
        earns: why it earns part of the marks, "" where it earns none or all.
        check: where it fails, for the student to check by hand.
        criteria: by which a person marks it; only where expected answers are released.
        decision: of a person, where one looked at it.
    """

    where: PartOf
    anchor: str
    status: Status | None
    points: Fraction | None
    says: str
    wrote: Excerpt | None = None
    read_as: Rendered | None = None
    feedback: str = ""
    earns: str = ""
    check: str = ""
    expected: Rendered | None = None
    remarks: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    decision: Decision | None = None

    @property
    def lost(self) -> Fraction:
        """Points that are lost for certain; 0 while the part is open."""
        return Fraction(0) if self.points is None else self.where.part.points - self.points


@dataclass(frozen=True, slots=True)
class StudentView:
    """A student's page; ``problems`` keep the order of the assignment, ``came`` tells how the work came in,
    ``name`` is the student's where ``subject`` is a number."""

    subject: str
    total: Total
    problems: tuple[tuple[Problem, tuple[StudentPart, ...]], ...]
    remarks: tuple[str, ...]
    came: tuple[str, ...] = ()
    name: str = ""

    @property
    def parts(self) -> tuple[StudentPart, ...]:
        """All parts, in order."""
        return tuple(part for _, parts in self.problems for part in parts)

    def of(self, *statuses: Status | None) -> tuple[StudentPart, ...]:
        """The parts with one of these statuses, in order."""
        return tuple(part for part in self.parts if part.status in statuses)

    @property
    def right(self) -> tuple[StudentPart, ...]:
        """Parts with full marks."""
        return self.of(Status.CORRECT)

    @property
    def first(self) -> tuple[StudentPart, ...]:
        """The parts to look at first: those that lost the most points."""
        lost = [part for part in self.of(*_LOST) if part.lost]
        return tuple(sorted(lost, key=lambda part: part.lost, reverse=True)[:MOST_NEXT])

    @property
    def lost(self) -> int:
        """Number of parts that lost points."""
        return sum(part.lost > 0 for part in self.of(*_LOST))

    @property
    def waiting(self) -> tuple[StudentPart, ...]:
        """Parts that a person will look at, without the student doing anything."""
        return self.of(Status.UNDECIDED, Status.UNREADABLE, Status.FAILED, None)

    @property
    def absent(self) -> tuple[StudentPart, ...]:
        """Parts to which no answer was found."""
        return self.of(Status.MISSING)


def student_view(index: RunIndex, subject: str, release_expected: bool) -> StudentView:
    """What the page of ``subject`` shows.

    Args:
        index: of the run.
        subject: the student.
        release_expected: show expected answers and criteria; else they are withheld, also from witnesses and from
            feedback that would quote them.

    Raises:
        KeyError: the run has no such subject.
    """
    if subject not in index:
        raise KeyError(subject)
    problems, number = [], 0
    for problem in index.run.own.get(subject, index.run.problems):
        parts = []
        for part in problem.parts:
            number += 1
            result = index.last(subject, (problem.id, part.id))
            parts.append(_part(PartOf(problem, part), f"p{number}", result, release_expected))
        problems.append((problem, tuple(parts)))
    failures = (d for one in index.failures(subject) for d in one.diagnostics)
    sums = total(index, subject)
    come = index.run.deliveries.get(subject, Delivery())
    name = come.people[0].name if len(come.people) == 1 else ""
    return StudentView(subject, sums, tuple(problems), tuple(_remarks(failures)), told(come, sums), name)


def _part(where: PartOf, anchor: str, result: Result | None, release: bool) -> StudentPart:
    if result is None:
        return StudentPart(where, anchor, None, None, words.asks(None, ""))
    claim, verdict = result.claim, result.verdict
    status, kind = verdict.status, get_type(where.part.type)
    remarks = (*_remarks(claim.diagnostics), *_remarks(verdict.diagnostics, places=False))
    tells = status is Status.CORRECT or release or not kind.is_secret(where.part.options)
    feedback = without_witness(verdict) if tells else without_answer(verdict)
    if not status.carries_marks and _says_it_all(verdict.reason, bool(remarks)):
        feedback = ""
    if not feedback and status is Status.INCORRECT:
        feedback = words.WRONG.get(verdict.reason, words.ONCE_MORE)
    return StudentPart(
        where=where,
        anchor=anchor,
        status=status,
        points=None if verdict.credit is None else verdict.credit * where.part.points,
        says=_says(result),
        wrote=excerpt(claim, LONGEST, around=400, root=claim.subject),
        read_as=verdict.read_as,
        feedback=feedback,
        earns=words.EARNS.get(verdict.reason, "") if status is Status.PARTIAL else "",
        check=hand_check(verdict, where.part.type, release, feedback),
        expected=verdict.expected if release and status is not Status.CORRECT else None,
        remarks=remarks,
        criteria=kind.guide(where.part.options) if release else (),
        decision=result.decision,
    )


def _says(result: Result) -> str:
    verdict = result.verdict
    if verdict.reason == "follow_through" and verdict.status is Status.CORRECT:
        return "This follows from your earlier answer, and it is right by that."
    return words.asks(verdict.status, verdict.reason)


def _says_it_all(reason: str, remarked: bool) -> bool:
    """Whether what the page says of an open answer, and remarks on its text, make the feedback a repetition."""
    return reason in words.ASKS or (reason == "unreadable" and remarked)


def _remarks(found: Iterable[Diagnostic], *, places: bool = True) -> Iterator[str]:
    """What is said to the writer; authors and operators read theirs elsewhere.

    Args:
        found: what there is to say.
        places: they are lines of the file; those of a verdict count from the answer's own first line.
    """
    for one in found:
        if one.audience is Audience.STUDENT:
            place = f"Line {one.span.line}: " if one.span and places else ""
            yield f"{place}{_sentence(one.message)} {_sentence(one.fix)}".strip()


def _sentence(text: str) -> str:
    """Words as a sentence: with a full stop, and a capital letter unless it begins with a name such as ``hw8.md``."""
    if not text:
        return ""
    first = text[0].upper() if text.split()[0].isalpha() else text[0]
    return f"{first}{text[1:].rstrip('.')}."
