"""Run the course's solvers: the truth of every part, or a diagnostic that says why there is none.

A solver is a plain function in a file of the course. It gets those of the problem's ``given``
values that its signature names. Whatever it does wrong becomes an error for its author, with the
line of the solver; :func:`truths` also survives solvers that hang, die or eat memory.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from grader.answers import get_type
from grader.diagnostics import Diagnostic, Span, SpecError, author_error
from grader.records import Part, Problem
from grader.scoring.solver_files import (
    course_on_path,
    definition,
    functions_of,
    import_solver,
    line_of_function,
    raised,
    silence,
)
from grader.scoring.workers import Caught, WorkerFailure, map_in_workers

if TYPE_CHECKING:
    from grader.specs import Course

PartKey: TypeAlias = tuple[str, str]  # (problem id, part id)
Job: TypeAlias = tuple[str, str, str]  # (problem id, part id, function of the solver)


@dataclass(frozen=True, slots=True)
class Truth:
    """The right answer to a part.

    Args:
        value: what the part's answer type made of the solver's value; None if there is none.
        diagnostics: why there is none; empty if there is one.
    """

    value: Any | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a piece of work in a worker may take.

    Args:
        timeout: seconds for one item.
        memory_mb: megabytes beyond what a worker starts with.
        workers: number of processes; as many as there are processors if None.
    """

    timeout: float = 10.0
    memory_mb: int = 1024
    workers: int | None = None


# ---------------------------------------------------------------- one solver, in this process


def solve_part(root: Path, problem: Problem, part: Part, function: str) -> Truth:
    """Run one function of a problem's solver, in this process and without limits.

    Args:
        root: folder of the course; it is on ``sys.path`` while the solver runs.
        function: ``part.solve`` or ``part.confirm``.

    Returns:
        The truth, or the diagnostics ``solver-missing``, ``solver-import``, ``solver-function``,
        ``solver-arguments``, ``solver-raised`` or ``solver-nonsense``.
    """
    try:
        value, place = _call(root, problem, part, function)
        value = _plain(value, function, place)
    except SpecError as error:
        return Truth(None, error.diagnostics)
    try:
        return Truth(get_type(part.type).key(value, part.options))
    except SpecError as error:
        return Truth(None, tuple(_placed(d, function, place) for d in error.diagnostics))


def _call(root: Path, problem: Problem, part: Part, name: str) -> tuple[object, Span | None]:
    """The raw value of a solver's function, and where the function stands."""
    path = root / problem.solver
    if not path.is_file():
        raise SpecError(
            author_error(
                "solver-missing",
                f"the solver {problem.solver} does not exist in the course folder",
                part.span,
                "Write the file, or correct `solver:` in the spec.",
            )
        )
    with course_on_path(root, problem.solver), silence():
        module = import_solver(path)
        solver = getattr(module, name, None)
        if not callable(solver):
            raise SpecError(
                author_error(
                    "solver-function",
                    f"{problem.solver} has no function {name!r}, which part {part.id} names",
                    part.span,
                    functions_of(module),
                )
            )
        place = definition(solver, path)
        arguments = _arguments(solver, name, problem, place)
        caught = Caught()
        with caught:
            return solver(**arguments), place
    raise SpecError(raised(caught.error, path, place, f"the solver {name}"))


def _arguments(solver: Callable[..., object], name: str, problem: Problem, place: Span | None) -> dict[str, Any]:
    """Those given values that the function's signature names."""
    parameters = inspect.signature(solver).parameters.values()
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        return dict(problem.given)
    keyword = [p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    positional = [p.name for p in parameters if p.kind is p.POSITIONAL_ONLY and p.default is p.empty]
    lacking = [p.name for p in keyword if p.default is p.empty and p.name not in problem.given]
    if lacking or positional:
        known = ", ".join(problem.given) or "nothing"
        raise SpecError(
            author_error(
                "solver-arguments",
                f"{name} needs {', '.join(lacking + positional)}, but the spec gives {known}",
                place,
                f"Add the value under `given:` in {problem.file}, or give the parameter a default; "
                "arguments are passed by name.",
            )
        )
    return {p.name: problem.given[p.name] for p in keyword if p.name in problem.given}


# ---------------------------------------------------------------- what a solver may return


def _plain(value: object, function: str, place: Span | None) -> object:
    """A solver's value with NumPy's arrays and numbers as Python's; NaN and None are refused."""
    if type(value).__module__ == "numpy":
        value = value.tolist()  # type: ignore[attr-defined]
    if isinstance(value, Mapping):
        return {key: _plain(item, function, place) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, function, place) for item in value]
    if isinstance(value, set | frozenset):
        return {_plain(item, function, place) for item in value}
    bad = "None" if value is None else ""
    if isinstance(value, float | complex) and value != value:  # NaN alone differs from itself
        bad = "NaN"
    elif isinstance(value, float) and math.isinf(value):
        bad = "an infinite number"
    if bad:
        raise SpecError(
            author_error(
                "solver-nonsense",
                f"{function} returns {bad}, expected an answer",
                place,
                "Let the function return the value itself, for every given value.",
            )
        )
    return value


def _placed(diagnostic: Diagnostic, function: str, place: Span | None) -> Diagnostic:
    """An answer type's complaint about a key, told as one about the solver that made it."""
    message = f"{function} does not return an answer of the declared type: {diagnostic.message}"
    fix = diagnostic.fix or "Return a plain value of that kind; `grade explain TYPE` shows some."
    return author_error("solver-nonsense", message, diagnostic.span or place, fix)


# ---------------------------------------------------------------- many solvers, in workers


def truths(course: Course, limits: Limits, functions: str = "solve") -> Mapping[PartKey, Truth]:
    """Run the solver of every part, each in a worker with limits.

    Args:
        functions: ``solve`` for the truths, ``confirm`` for the second computations; parts that
            name no such function are left out.

    Returns:
        For each (problem, part) its truth; one that hangs, dies or needs too much memory has the
        diagnostic ``solver-timeout``, ``solver-died`` or ``solver-memory``, and no value.
    """
    known = {(problem.id, part.id): (problem, part) for problem in course.problems for part in problem.parts}
    jobs: list[Job] = [(*key, name) for key, (_, part) in known.items() if (name := str(getattr(part, functions)))]
    found: dict[PartKey, Truth] = {}
    work = partial(_solve_job, course.root, known)
    done = map_in_workers(work, jobs, workers=limits.workers, timeout=limits.timeout, memory_mb=limits.memory_mb)
    for (problem_id, part_id, name), truth in done:
        if isinstance(truth, WorkerFailure):
            problem, _ = known[problem_id, part_id]
            truth = Truth(None, (_lost(truth, course.root / problem.solver, name, limits),))
        found[problem_id, part_id] = truth
    return found


def _solve_job(root: Path, known: Mapping[PartKey, tuple[Problem, Part]], job: Job) -> Truth:
    """One job, in a worker."""
    problem_id, part_id, name = job
    return solve_part(root, *known[problem_id, part_id], name)


def _lost(failure: WorkerFailure, path: Path, name: str, limits: Limits) -> Diagnostic:
    """What became of a solver that gave no answer."""
    place = line_of_function(path, name)
    if failure.kind == "timeout":
        return author_error(
            "solver-timeout",
            f"{name} gave no answer within {limits.timeout:g} s",
            place,
            "Make it faster, or raise `timeout` in grade.toml.",
        )
    if failure.kind == "memory":
        return author_error(
            "solver-memory",
            f"{name} needs more than the {limits.memory_mb} MB it may use",
            place,
            "Make it smaller, or raise `memory_mb` in grade.toml.",
        )
    if failure.kind == "died":
        return author_error(
            "solver-died",
            f"the process in which {name} ran ended: {failure.message}",
            place,
            "A solver must return; it must not exit or crash the interpreter.",
        )
    return author_error(
        "grade-bug", f"grading {name} failed: {failure.message}", place, "This is a bug of grade; report it."
    )
