"""Keys that are formulas, held against solvers: the solver is a function of the variables of the formula.

The answer type draws instances and works the key out there (:meth:`grader.answers.base.AnswerType.instances`); the
solver is called with those values that its signature names. For a growth class the solver counts, and all counts
together are judged. Everything happens in workers, with the course's limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from grader.answers import get_type
from grader.answers._expressions.agreement import written
from grader.answers.base import AnswerType, Instance
from grader.diagnostics import Diagnostic, SpecError, author_error
from grader.records import Part, Problem
from grader.scoring.solvers import (
    Limits,
    PartKey,
    Solver,
    TooLargeError,
    chosen_arguments,
    open_solver,
)
from grader.scoring.truth import Truth, key_truth
from grader.scoring.truths import lost
from grader.scoring.workers import WorkerFailure, map_in_workers

if TYPE_CHECKING:
    from grader.specs import Course

LEAST = 3
"""Instances at which a function has to give a value."""

SMALL = 64
"""Largest size at which two functions that count are compared with one another."""

Job: TypeAlias = tuple[str, str, str]  # (problem id, part id, "solve" or "confirm")


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a key and a function of the solver agree.

    Args:
        instances: at which they do.
        diagnostics: why they do not, or why that could not be found out; empty if they do.
    """

    instances: int
    diagnostics: tuple[Diagnostic, ...] = ()


def proofs(course: Course, limits: Limits) -> Mapping[tuple[PartKey, str], Proof]:
    """Hold every key of a course against the functions that are to confirm it.

    Args:
        course: the course.
        limits: of each function.

    Returns:
        For each part with a key, and ``solve`` or ``confirm`` where the part names one, the proof.
    """
    known = {
        (problem.id, part.id): (problem, part) for problem in course.problems for part in problem.parts if part.key
    }
    jobs: list[Job] = [
        (*key, role) for key, (_, part) in known.items() for role in ("solve", "confirm") if getattr(part, role)
    ]
    found: dict[tuple[PartKey, str], Proof] = {}
    work = partial(_prove_job, course.root, known)
    done = map_in_workers(work, jobs, workers=limits.workers, timeout=limits.timeout, memory_mb=limits.memory_mb)
    for (problem_id, part_id, role), proof in done:
        if isinstance(proof, WorkerFailure):
            problem, part = known[problem_id, part_id]
            why = lost(proof, course.root / problem.solver, str(getattr(part, role)), limits)
            proof = Proof(0, (why,))
        found[(problem_id, part_id), role] = proof
    return found


def _prove_job(root: Path, known: Mapping[PartKey, tuple[Problem, Part]], job: Job) -> Proof:
    """One job, in a worker."""
    problem_id, part_id, role = job
    return prove(root, *known[problem_id, part_id], role)


def prove(root: Path, problem: Problem, part: Part, role: str, turn: int = 0) -> Proof:
    """Hold a key against one function, in this process and without limits.

    Args:
        root: folder of the course.
        problem: of the part.
        part: with a key.
        role: ``solve`` or ``confirm``.
        turn: other instances for each.
    """
    truth = key_truth(part)
    if truth.value is None:
        return Proof(0, truth.diagnostics)
    kind: AnswerType[Any, Any] = get_type(part.type)
    name = part.solve if role == "solve" else part.confirm
    try:
        instances = list(kind.instances(truth.value, part.options, turn))
        with open_solver(root, problem, part, name) as solver:
            if any(instance.expected is None for instance in instances):
                return _counted(root, problem, part, role, truth, instances, solver)
            return _compared(problem, part, kind, instances, solver)
    except SpecError as error:
        return Proof(0, error.diagnostics)


# ---------------------------------------------------------------- value by value


def _compared(
    problem: Problem, part: Part, kind: AnswerType[Any, Any], instances: list[Instance], solver: Solver
) -> Proof:
    agreed = 0
    for instance in instances:
        try:
            value = solver.call(_arguments(solver, instance, problem), may_refuse=True)
        except TooLargeError:
            continue
        if kind.agrees(value, instance, part.options) is not True:
            gives, key = kind.written(value), kind.written(instance.expected)
            says = f"the key gives {key} and {solver.name} gives {gives} at {instance.told}"
            return _disagree(says, part, "One of the two is wrong, or what is declared of the symbols is.")
        agreed += 1
    return Proof(agreed) if agreed >= min(LEAST, len(instances)) else _too_few(agreed, len(instances), solver, part)


def _arguments(solver: Solver, instance: Instance, problem: Problem) -> dict[str, Any]:
    """What a function takes of an instance, and of the given values that do not share a name with a variable."""
    values = {**problem.given, **instance.arguments}
    return dict(values) if solver.everything else chosen_arguments(solver, values, problem)


def _too_few(agreed: int, drawn: int, solver: Solver, part: Part) -> Proof:
    says = f"{solver.name} gives a value at {agreed} of {drawn} instances only; the others are too large for it"
    return _disagree(says, part, f"Let it take larger instances: at least {LEAST} values are needed.")


def _disagree(says: str, part: Part, fix: str) -> Proof:
    return Proof(0, (author_error("verify-key", says, part.span, fix),))


# ---------------------------------------------------------------- counts


Counts: TypeAlias = dict[tuple[tuple[str, Any], ...], int | None]  # by all arguments; None where it refused


class _Counter:
    """Calls a function that counts, once for each set of arguments."""

    def __init__(self, problem: Problem, solver: Solver) -> None:
        self.problem = problem
        self.solver = solver
        self.known: Counts = {}

    def count(self, instance: Instance) -> int | None:
        """The count at an instance; None if that is too large.

        Raises:
            SpecError: it is no whole number.
        """
        arguments = _arguments(self.solver, instance, self.problem)
        key = tuple((name, arguments[name]) for name in instance.arguments if name in arguments)
        if key not in self.known:
            self.known[key] = self._counted(arguments, instance)
        return self.known[key]

    def _counted(self, arguments: dict[str, Any], instance: Instance) -> int | None:
        try:
            value = self.solver.call(arguments, may_refuse=True)
        except TooLargeError:
            return None
        value = value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value
        if isinstance(value, bool) or not isinstance(value, int):
            says = f"{self.solver.name} gives {written(value)} at {instance.told}, expected a whole number: a count"
            fix = "For a growth class a solver counts exactly, at the sizes that it is given."
            raise SpecError(author_error("solver-nonsense", says, self.solver.place, fix))
        return value


def _counted(
    root: Path, problem: Problem, part: Part, role: str, truth: Truth, instances: list[Instance], solver: Solver
) -> Proof:
    """A growth class against counts; a second function may also count the same as the first one at small sizes."""
    counter = _Counter(problem, solver)
    if role == "confirm":
        with open_solver(root, problem, part, part.solve) as first:
            same = _same_counts(_Counter(problem, first), counter, instances)
        if same:
            return Proof(same)
    counts = [(instance.arguments, count) for instance in instances if (count := counter.count(instance)) is not None]
    taken = len([count for count in counter.known.values() if count is not None])
    if taken < LEAST:
        return _too_few(taken, len(counter.known), solver, part)
    kind: AnswerType[Any, Any] = get_type(part.type)
    wrong = kind.fits(counts, truth.value, part.options)
    if not wrong:
        return Proof(taken)
    shown = kind.render(truth.value, part.options).unicode
    says = f"the counts of {solver.name} do not bear out {shown}: {wrong}"
    return _disagree(says, part, "Correct the key, the function, or the assumptions.")


def _same_counts(first: _Counter, second: _Counter, instances: list[Instance]) -> int:
    """At how many small instances two functions count the same; 0 if they differ, or at too few to say so."""
    for instance in instances:
        if max(instance.arguments.values()) > SMALL:
            continue
        count = second.count(instance)
        if count is not None and count != first.count(instance):
            return 0
    taken = len([count for count in second.known.values() if count is not None])
    return taken if taken >= LEAST else 0
