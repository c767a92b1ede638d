"""Which parts are verified, and at which values: those of the spec, and drawn ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from grader.answers import get_type
from grader.diagnostics import SpecError
from grader.records import Part, Problem
from grader.scoring.solvers import Limits
from grader.scoring.verification.findings import Finding, spec_finding
from grader.scoring.workers import WorkerFailure, map_in_workers

if TYPE_CHECKING:
    from grader.specs import Course

DRAW_TIMEOUT = 30.0
"""Seconds for drawing the values of one problem once."""

MOST_SEEDS = 10_000
"""Draws of one run."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is verified.

    Args:
        only: patterns of parts, such as ``purification``, ``*/b.i`` or ``ssm-*``; all if there are none.
        seeds: from which values are drawn, besides those of the spec.
        defaults: whether the values of the spec itself are verified, too.
        workers: number of processes; as many as there are processors if None.
    """

    only: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ("1",)
    defaults: bool = True
    workers: int | None = None

    def takes(self, problem: Problem, part: Part) -> bool:
        """Whether a part is among those that are chosen.

        Args:
            problem: of the part.
            part: the part.
        """
        names = (problem.id, f"{problem.id}/{part.id}")
        return not self.only or any(fnmatchcase(name, pattern) for name in names for pattern in self.only)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part at one draw.

    Args:
        problem: with the values.
        part: of it.
        seed: of the draw; "" for the values of the spec.
        turn: number of the draw, from 0: other instances of a key for each.
        new: whether its answers may be others than at the values of the spec; else only a key is proved anew.
    """

    problem: Problem
    part: Part
    seed: str = ""
    turn: int = 0
    new: bool = True


def drawn_parts(course: Course, plan: Plan, limits: Limits) -> Iterator[Drawn | Finding]:
    """Every chosen part at every draw that makes a difference to it; what cannot be drawn is a finding.

    Args:
        course: the course.
        plan: what is chosen.
        limits: of the workers.
    """
    problems = [p for p in course.problems if any(plan.takes(p, part) for part in p.parts)]
    varied = [(p, seed) for p in problems if p.variation is not None for seed in plan.seeds]
    made: dict[tuple[str, str], Problem] = {}
    done = map_in_workers(_draw, varied, workers=limits.workers, timeout=DRAW_TIMEOUT, memory_mb=limits.memory_mb)
    for (problem, seed), drawn in done if varied else ():
        if isinstance(drawn, Problem):
            made[problem.id, seed] = drawn
        else:
            yield from _not_drawn(problem, seed, drawn)
    for problem in problems:
        for part in problem.parts:
            if plan.takes(problem, part):
                yield from _at_draws(problem, part, plan, made)


def _at_draws(problem: Problem, part: Part, plan: Plan, made: dict[tuple[str, str], Problem]) -> Iterator[Drawn]:
    """One part at its own values and at each draw that makes a difference."""
    bound = problem.variation is not None and part.id in problem.variation.bound
    if plan.defaults or not (bound or part.key):
        yield Drawn(replace(problem, variation=None), part)
    for turn, seed in enumerate(plan.seeds, 1):
        drawn = made.get((problem.id, seed)) if bound else None
        if drawn is not None:
            yield Drawn(drawn, drawn.part(part.id), seed, turn)
        elif part.key and not bound and get_type(part.type).draws_instances:
            yield Drawn(replace(problem, variation=None), part, seed, _turn(seed), new=not plan.defaults)


def _turn(seed: str) -> int:
    """The number of a draw of instances: that of the seed, where it is one."""
    return int(seed) % MOST_SEEDS if seed.isdecimal() else sum(map(ord, seed)) % MOST_SEEDS


def _draw(job: tuple[Problem, str]) -> Problem | SpecError:
    """One problem at one draw, in a worker."""
    from grader.specs import draw

    problem, seed = job
    try:
        return draw(problem, seed)
    except SpecError as error:
        return error


def _not_drawn(problem: Problem, seed: str, why: SpecError | WorkerFailure) -> Iterator[Finding]:
    from grader.diagnostics import author_error

    if isinstance(why, SpecError):
        for diagnostic in why.diagnostics:
            message = f"with seed {seed}: {diagnostic.message}"
            told = author_error(diagnostic.code, message, diagnostic.span, diagnostic.fix)
            yield spec_finding(told, problem.id, seed)
        return
    message = f"no values could be drawn for {problem.id} with seed {seed}: {why.message}"
    fix = "Widen what can be drawn, or loosen what is asked of it."
    span = problem.parts[0].span
    yield spec_finding(author_error("spec-draw", message, span, fix), problem.id, seed)


def seeds_up_to(number: int) -> Sequence[str]:
    """The seeds of so many draws: ``1``, ``2``, …"""
    return [str(seed) for seed in range(1, number + 1)]
