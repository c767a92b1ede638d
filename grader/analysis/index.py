"""A run, indexed once, so that no page or table scans it again for each student."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.records import Change, Conversation, Failure, Hint, Part, Problem, Result, Run

Ref = tuple[str, str]
"""Identifiers of a problem and of one of its parts."""


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part together with its problem."""

    problem: Problem
    part: Part

    @property
    def ref(self) -> Ref:
        """The two identifiers."""
        return self.problem.id, self.part.id

    @property
    def name(self) -> str:
        """The short name in tables: ``3a.ii`` where problems are numbered, else ``ridge a.ii``."""
        if self.problem.number:
            return f"{self.problem.number}{self.part.id}"
        return f"{self.problem.id} {self.part.id}"


class RunIndex:
    """Results by subject and part.

    Args:
        run: what the grader found.

    Raises:
        ValueError: a result is about a part that the run's problems do not have.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.parts: Mapping[Ref, PartOf] = {
            (problem.id, part.id): PartOf(problem, part) for problem in run.problems for part in problem.parts
        }
        series: dict[str, dict[Ref, list[Result]]] = {subject: {} for subject in run.subjects}
        for result in run.results:
            claim = result.claim
            ref = (claim.problem, claim.part)
            if ref not in self.parts:
                raise ValueError(f"a result of {claim.subject!r} is about {ref}, which no problem has")
            series.setdefault(claim.subject, {}).setdefault(ref, []).append(result)
        order = {ref: number for number, ref in enumerate(self.parts)}
        self._series: dict[str, dict[Ref, tuple[Result, ...]]] = {
            subject: {
                ref: tuple(sorted(parts[ref], key=lambda result: result.claim.turn or 0))
                for ref in sorted(parts, key=order.__getitem__)
            }
            for subject, parts in series.items()
        }
        self.subjects: tuple[str, ...] = tuple(series)
        self.conversations: Mapping[str, Conversation] = {one.id: one for one in run.conversations}
        self._failures: dict[str, tuple[Failure, ...]] = {}
        for failure in run.failures:
            self._failures[failure.subject] = (*self.failures(failure.subject), failure)
        self._hints: dict[tuple[str, int], Hint] = {
            (one.id, turn.number): turn.hint
            for one in run.conversations
            for turn in one.turns
            if turn.role == "user" and turn.hint is not None
        }

    def series(self, subject: str, ref: Ref) -> tuple[Result, ...]:
        """All results of a subject for a part, in the order of the turns; empty if none.

        Raises:
            KeyError: the run has no such subject.
        """
        return self._series[subject].get(ref, ())

    def asked(self, subject: str) -> Mapping[Ref, tuple[Result, ...]]:
        """All results of a subject by part, in the order of the parts; see :meth:`series`.

        Raises:
            KeyError: the run has no such subject.
        """
        return self._series[subject]

    def __contains__(self, subject: object) -> bool:
        return subject in self._series

    def last(self, subject: str, ref: Ref) -> Result | None:
        """The result that stands at the end (for submissions: the only one)."""
        results = self._series[subject].get(ref)
        return results[-1] if results else None

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """How answers changed (:mod:`grader.analysis.changes`); told once, for comparing all answers takes long."""
        from grader.analysis.changes import changes_of  # here, for that module needs this one

        return tuple(change for subject in self.subjects for change in changes_of(self, subject))

    def failures(self, subject: str) -> tuple[Failure, ...]:
        """What could not be worked on of this subject's input."""
        return self._failures.get(subject, ())

    def hint(self, result: Result) -> Hint | None:
        """What the person said just before the reply of ``result``.

        Where the conversation is not at hand, the kind that the result itself records is used
        with no words; None where nothing is recorded.
        """
        turn = result.claim.turn
        found = self._hints.get((result.claim.subject, turn)) if turn is not None else None
        if found is None and result.hint is not None:
            return Hint(result.hint, "")
        return found
