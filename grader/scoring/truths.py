"""The truths of many parts, each from its solver in a worker with limits.

A solver that hangs, dies or needs too much memory costs its own part and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from grader.answers import get_type
from grader.diagnostics import Diagnostic, author_error
from grader.records import Part, Problem
from grader.scoring.solver_files import line_of_function
from grader.scoring.solvers import Limits, PartKey, solve_part
from grader.scoring.truth import Truth, key_truth, unsolved_truth
from grader.scoring.workers import WorkerFailure, map_in_workers

if TYPE_CHECKING:
    from grader.specs import Course

Pair: TypeAlias = tuple[Problem, Part]
Job: TypeAlias = tuple[int, str]  # place among the pairs, function of the solver


def truths(course: Course, limits: Limits, functions: str = "solve") -> Mapping[PartKey, Truth]:
    """The truth of every part of a course.

    Args:
        course: whose problems are solved.
        limits: of each solver.
        functions: as for :func:`solve_all`.

    Returns:
        For each (problem, part) its truth.
    """
    pairs = [(problem, part) for problem in course.problems for part in problem.parts]
    found = solve_all(course.root, pairs, limits, functions)
    return {(problem.id, part.id): truth for (problem, part), truth in zip(pairs, found, strict=True) if truth}


def digest_of_truths(problem: Problem, known: Mapping[PartKey, Truth]) -> str:
    """A digest of what is held against the answers to a problem, by which a change of it shows.

    Args:
        problem: with its parts.
        known: truths by problem and part.

    Returns:
        Hexadecimal; it is the same in every process.
    """
    whole = hashlib.sha256()
    for part in problem.parts:
        truth = known[problem.id, part.id]
        kind = get_type(part.type)
        for value in (truth.value, *truth.foreseen.values()):
            shown = None if value is None else kind.render(value, part.options)
            whole.update(f"{part.id} {shown and (shown.unicode, shown.latex)}\0".encode("utf-8", "surrogatepass"))
        whole.update(repr([one.message for one in truth.diagnostics]).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()[:16]


def solve_all(root: Path, pairs: Sequence[Pair], limits: Limits, functions: str = "solve") -> tuple[Truth | None, ...]:
    """The truth of each part: its key, or what its solver gives.

    Args:
        root: folder of the course.
        pairs: parts with their problems; one problem may come with several values of what is given.
        limits: of each solver.
        functions: ``solve`` for the truths, ``confirm`` for the second computations.

    Returns:
        The truths in the order of the pairs; None for parts that name no such function, and as second computation
        of a key. A solver that hangs, dies or needs too much memory gives the diagnostic ``solver-timeout``,
        ``solver-died`` or ``solver-memory``, and no value.
    """
    found = [_without_solver(part) if functions == "solve" else None for _, part in pairs]
    jobs: list[Job] = [
        (place, name)
        for place, (_, part) in enumerate(pairs)
        if not part.key and (name := str(getattr(part, functions)))
    ]
    work = partial(_solve_job, root, pairs)
    done = map_in_workers(work, jobs, workers=limits.workers, timeout=limits.timeout, memory_mb=limits.memory_mb)
    for (place, name), truth in done:
        if isinstance(truth, WorkerFailure):
            truth = Truth(None, (lost(truth, root / pairs[place][0].solver, name, limits),))
        found[place] = truth
    return tuple(found)


def _without_solver(part: Part) -> Truth | None:
    if part.key:
        return key_truth(part)
    return None if part.solve or get_type(part.type).needs_solver else unsolved_truth(part)


def _solve_job(root: Path, pairs: Sequence[Pair], job: Job) -> Truth:
    """One job, in a worker."""
    place, name = job
    return solve_part(root, *pairs[place], name)


def lost(failure: WorkerFailure, path: Path, name: str, limits: Limits) -> Diagnostic:
    """What became of a solver that gave no answer.

    Args:
        failure: of its worker.
        path: of the solver.
        name: of its function.
        limits: that it had.
    """
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
