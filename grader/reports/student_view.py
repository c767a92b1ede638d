"""What one student's page shows: that student's own answers and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.classes import Total, total
from grader.analysis.index import PartOf, RunIndex
from grader.answers import get_type
from grader.diagnostics import Audience, Diagnostic
from grader.records import Delivery, Problem, Rendered, Result, Status, Verdict
from grader.reports.delivery_view import told
from grader.reports.excerpts import Excerpt, excerpt

LONGEST = 6000  # characters of an answer on its writer's own page

_SAYS = {
    Status.CORRECT: "This is right.",
    Status.PARTIAL: "Part of this is right.",
    Status.INCORRECT: "This is not right yet.",
    Status.UNREADABLE: "There is an answer here, but the grader could not read it. It has not been marked "
    "wrong: a person will look at it.",
    Status.MISSING: "No answer to this part was found. If you gave one, tell your instructor where it is.",
    Status.UNDECIDED: "The grader could not settle whether this is right. It has not been marked wrong: "
    "a person will decide.",
    Status.FAILED: "The grader had a problem of its own here, which is not your doing. A person will mark this part.",
    None: "This part has not been graded. A person will look at it.",
}
_FOR_A_PERSON = "This is not marked yet."


@dataclass(frozen=True, slots=True)
class StudentPart:
    """One part on a student's page; ``points`` is None while no marks are given."""

    where: PartOf
    status: Status | None
    points: Fraction | None
    says: str
    wrote: Excerpt | None
    read_as: Rendered | None
    feedback: str
    check: str
    expected: Rendered | None
    remarks: tuple[str, ...]


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


def student_view(index: RunIndex, subject: str, release_expected: bool) -> StudentView:
    """What the page of ``subject`` shows.

    Args:
        release_expected: show expected answers; else they are withheld, also from witnesses and
            from feedback that would quote them.

    Raises:
        KeyError: the run has no such subject.
    """
    if subject not in index:
        raise KeyError(subject)
    problems = tuple(
        (
            problem,
            tuple(
                _part(
                    PartOf(problem, part),
                    index.last(subject, (problem.id, part.id)),
                    release_expected,
                )
                for part in problem.parts
            ),
        )
        for problem in index.run.own.get(subject, index.run.problems)
    )
    failures = (d for one in index.failures(subject) for d in one.diagnostics)
    sums = total(index, subject)
    come = index.run.deliveries.get(subject, Delivery())
    name = come.people[0].name if len(come.people) == 1 else ""
    return StudentView(subject, sums, problems, tuple(_remarks(failures)), told(come, sums), name)


def _part(where: PartOf, result: Result | None, release: bool) -> StudentPart:
    if result is None:
        return StudentPart(where, None, None, _SAYS[None], None, None, "", "", None, ())
    claim, verdict = result.claim, result.verdict
    right = verdict.status is Status.CORRECT
    open_feedback = release or right or not get_type(where.part.type).is_secret(where.part.options)
    feedback = verdict.feedback if open_feedback or not _tells(verdict) else ""
    return StudentPart(
        where=where,
        status=verdict.status,
        points=None if verdict.credit is None else verdict.credit * where.part.points,
        says=_FOR_A_PERSON if verdict.reason == "for_a_person" else _SAYS[verdict.status],
        wrote=excerpt(claim, LONGEST, around=400, root=claim.subject),
        read_as=verdict.read_as,
        feedback=feedback,
        check="" if _shows_witness(verdict, feedback) else _check(verdict, release),
        expected=verdict.expected if release and not right else None,
        remarks=tuple(_remarks((*claim.diagnostics, *verdict.diagnostics))),
    )


def _shows_witness(verdict: Verdict, feedback: str) -> bool:
    """Whether the feedback already tells where the answer fails, and what can be seen there."""
    witness = verdict.evidence.witness if verdict.evidence else None
    return witness is not None and bool(witness.at) and all(f"{n} = {value}" in feedback for n, value in witness.at)


def _check(verdict: Verdict, release: bool) -> str:
    """The witness in plain words; what is expected there only where answers are released."""
    witness = verdict.evidence.witness if verdict.evidence else None
    if witness is None:
        return ""
    at = ", ".join(f"{name} = {value}" for name, value in witness.at)
    if release:
        start = f"At {at} your answer" if at else "Your answer"
        return f"{start} gives {witness.yours}; expected is {witness.expected}."
    if not at:
        return ""
    return f"Check {at}: your answer gives “{witness.yours}” there, and that is where it goes wrong."


def _tells(verdict: Verdict) -> bool:
    """Whether the feedback quotes the expected answer."""
    witness = verdict.evidence.witness if verdict.evidence else None
    told = [verdict.expected.unicode, verdict.expected.latex] if verdict.expected else []
    told += [witness.expected] if witness and not witness.at else []
    feedback = _squeeze(verdict.feedback)
    return any(_quoted(_squeeze(secret), feedback) for secret in told)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _quoted(secret: str, text: str) -> bool:
    """Whether ``secret`` stands in ``text`` as a whole: 1 is not quoted in 12 or in x1."""
    at = text.find(secret) if secret else -1
    while at >= 0:
        end = at + len(secret)
        glued_before = at > 0 and text[at - 1].isalnum() and secret[0].isalnum()
        glued_after = end < len(text) and text[end].isalnum() and secret[-1].isalnum()
        if not (glued_before or glued_after):
            return True
        at = text.find(secret, at + 1)
    return False


def _remarks(found: Iterator[Diagnostic] | tuple[Diagnostic, ...]) -> Iterator[str]:
    """What is said to the writer; authors and operators read theirs elsewhere."""
    for one in found:
        if one.audience is Audience.STUDENT:
            place = f"Line {one.span.line}: " if one.span else ""
            yield f"{place}{one.message}{' ' + one.fix if one.fix else ''}"
