"""The whole of ``verify``: draw values, run all solvers in workers, then judge every part in workers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from grader.answers import get_type
from grader.diagnostics import Diagnostic
from grader.scoring.follow import follow_check
from grader.scoring.proofs import Proof, prove
from grader.scoring.solvers import Limits, solve_part
from grader.scoring.truth import Truth, key_truth
from grader.scoring.truths import lost
from grader.scoring.verification.agreement import check_agreement
from grader.scoring.verification.cases import Case, Hidden
from grader.scoring.verification.examples import check_examples
from grader.scoring.verification.findings import Finding, spec_finding
from grader.scoring.verification.given import check_given, hidden_changes
from grader.scoring.verification.known import without_known
from grader.scoring.verification.perturbing import check_perturbed
from grader.scoring.verification.printing import check_print
from grader.scoring.verification.seeds import Drawn, Plan, drawn_parts
from grader.scoring.workers import WorkerFailure, map_in_workers

if TYPE_CHECKING:
    from grader.specs import Course

PART_TIMEOUT = 60.0
"""Seconds for judging all of one part's answers at one draw."""

Task: TypeAlias = tuple[int, str]  # place among the drawn parts, and what is computed for it
Outcome: TypeAlias = Truth | Proof | tuple[Hidden, ...] | str | WorkerFailure
SOLVE, CONFIRM, PROVE, PROVE_AGAIN, GIVEN, FOLLOW = "solve", "confirm", "prove", "prove again", "given", "follow"


def verify(course: Course, plan: Plan | None = None) -> Iterator[Finding]:
    """Check the specs of a course.

    Args:
        plan: which parts, at which draws; all parts at their own values and one draw if None.

    Yields:
        Findings, part by part in the order of the course; those about unreadable specs first.
    """
    plan = plan or Plan()
    for diagnostic in course.diagnostics:
        yield spec_finding(diagnostic)
    settings = course.settings
    limits = Limits(settings.timeout, settings.memory_mb, plan.workers)
    parts: list[Drawn] = []
    for one in drawn_parts(course, plan, limits):
        if isinstance(one, Finding):
            yield one
        else:
            parts.append(one)
    computed = _computed(course, parts, limits)
    cases = [_case(one, place, computed, course.root, limits) for place, one in enumerate(parts)]
    yield from without_known(parts, _judged(cases, limits))


# ---------------------------------------------------------------- solvers


def _tasks(parts: Sequence[Drawn]) -> list[Task]:
    """What is computed for each part, those that count over many sizes first, since they take longest."""
    found: list[Task] = []
    for place, one in enumerate(parts):
        part = one.part
        if part.key:
            found += [(place, PROVE)] + ([(place, PROVE_AGAIN)] if part.confirm else [])
        else:
            found += [(place, SOLVE)] + ([(place, CONFIRM)] if part.confirm else [])
            if part.solve and get_type(part.type).decided_by == "machine":
                found.append((place, GIVEN))
            if part.follow_through:
                found.append((place, FOLLOW))
    return sorted(found, key=lambda task: parts[task[0]].part.type != "growth")


def _computed(course: Course, parts: Sequence[Drawn], limits: Limits) -> Mapping[Task, Outcome]:
    """Everything that a solver has to do with, each piece in a worker with limits."""
    tasks = _tasks(parts)
    work = partial(_compute, course.root, tuple(parts))
    done = map_in_workers(work, tasks, workers=limits.workers, timeout=limits.timeout, memory_mb=limits.memory_mb)
    return dict(done) if tasks else {}


def _compute(root: Path, parts: Sequence[Drawn], task: Task) -> Outcome:
    """One piece, in a worker."""
    place, what = task
    one = parts[place]
    if what == FOLLOW:
        return follow_check(root, one.problem, one.part)
    if what == GIVEN:
        return hidden_changes(root, one.problem, one.part)
    if what in (PROVE, PROVE_AGAIN):
        return prove(root, one.problem, one.part, "solve" if what == PROVE else "confirm", one.turn)
    return solve_part(root, one.problem, one.part, one.part.solve if what == SOLVE else one.part.confirm)


def _case(one: Drawn, place: int, computed: Mapping[Task, Outcome], root: Path, limits: Limits) -> Case:
    """A part with what was computed for it; a worker's failure is told as the solver's."""
    part = one.part

    def why(failure: WorkerFailure, function: str) -> tuple[Diagnostic, ...]:
        return (lost(failure, root / one.problem.solver, function, limits),)

    def truth(what: str, function: str) -> Truth | None:
        found = computed.get((place, what))
        if isinstance(found, WorkerFailure):
            return Truth(None, why(found, function))
        return found if isinstance(found, Truth) else None

    def proof(what: str, function: str) -> Proof | None:
        found = computed.get((place, what))
        if isinstance(found, WorkerFailure):
            return Proof(0, why(found, function))
        return found if isinstance(found, Proof) else None

    proofs = {"solve": proof(PROVE, part.solve), "confirm": proof(PROVE_AGAIN, part.confirm)}
    hidden = computed.get((place, GIVEN))
    follow = computed.get((place, FOLLOW))
    if isinstance(follow, WorkerFailure):
        follow = why(follow, part.solve)[0].message
    return Case(
        one.problem,
        part,
        key_truth(part) if part.key else truth(SOLVE, part.solve) or Truth(None),
        one.seed,
        one.new,
        truth(CONFIRM, part.confirm),
        {role: found for role, found in proofs.items() if found is not None},
        hidden if isinstance(hidden, tuple) else (),
        follow if isinstance(follow, str) else None,
    )


# ---------------------------------------------------------------- judging


def _judged(cases: Sequence[Case], limits: Limits) -> Iterator[tuple[Finding, ...]]:
    """The findings about each case."""
    done = map_in_workers(check_case, cases, workers=limits.workers, timeout=PART_TIMEOUT, memory_mb=limits.memory_mb)
    for case, found in done:
        if isinstance(found, WorkerFailure):
            message = f"judging the answers to {case.problem.id}/{case.part.id} failed: {found.message}"
            fix = "Look for an answer in the spec that is very long or deep."
            yield (case.tell.wrong("accept", "verify-lost", message, case.part.span, fix),)
        else:
            yield found


def check_case(case: Case) -> tuple[Finding, ...]:
    """All findings about one part at one draw, in this process.

    Args:
        case: with what was computed.
    """
    findings = list(check_agreement(case))
    if case.truth.value is not None and case.new:
        for check in (check_examples, check_print, check_perturbed, check_given):
            findings.extend(check(case))
    return tuple(findings)
