"""Follow-through: a part that builds on earlier ones is judged by the student's own answers to them.

One slip then costs once. The solver runs again with the student's value in place of the right one; what it gives is
the right answer to what the student really had before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from grader.answers import get_type
from grader.diagnostics import Diagnostic
from grader.records import Claim, Part, Problem, Result, Status, Verdict
from grader.scoring.score import plain_answer, score_claim
from grader.scoring.solvers import Limits, PartKey, solve_part
from grader.scoring.truth import Truth
from grader.scoring.workers import WorkerFailure, map_in_workers
from grader.specs.solver_file import earlier_argument

_WRONG = (Status.INCORRECT, Status.PARTIAL)
TRIVIAL = "trivial:"
"""How the message of a solver's ValueError begins where an earlier value makes the question trivial."""


@dataclass(frozen=True, slots=True)
class Job:
    """An answer that is to be judged by earlier ones.

    Args:
        place: of its result among all.
        problem: with the student's values among what is given.
        part: the later part.
        claim: the answer.
        needs: ids of the parts whose answers count.
    """

    place: int
    problem: Problem
    part: Part
    claim: Claim
    needs: tuple[str, ...]


# ---------------------------------------------------------------- which answers


Turn: TypeAlias = tuple[str, int | None, str]  # subject, turn, problem


def jobs(results: Sequence[Result], problems: Mapping[str, Mapping[str, Problem]]) -> tuple[Job, ...]:
    """The wrong answers that may follow from earlier wrong ones.

    Args:
        results: of a run.
        problems: by subject and id.

    Returns:
        One for each result that lost marks, in a part with follow-through, where at least one earlier answer that it
        builds on is wrong too, and can be handed to a solver.
    """
    by_turn: dict[Turn, dict[str, Result]] = {}
    for result in results:
        claim = result.claim
        by_turn.setdefault((claim.subject, claim.turn, claim.problem), {})[claim.part] = result
    return tuple(
        job
        for place, result in enumerate(results)
        if (job := _job(place, result, problems[result.claim.subject][result.claim.problem], by_turn)) is not None
    )


def _job(place: int, result: Result, problem: Problem, by_turn: Mapping[Turn, Mapping[str, Result]]) -> Job | None:
    claim = result.claim
    part = problem.part(claim.part)
    if not part.follow_through or result.verdict.status not in _WRONG:
        return None
    earlier = by_turn[claim.subject, claim.turn, claim.problem]
    values: dict[str, Any] = {}
    needs = []
    for need in part.needs:
        known = earlier.get(need)
        if known is None or known.verdict.status not in _WRONG:
            continue
        value = plain_answer(problem.part(need), known.claim)
        if value is not None and not is_trivial(value):
            values[earlier_argument(need)] = value
            needs.append(need)
    if not needs:
        return None
    return Job(place, replace(problem, given={**problem.given, **values}), part, claim, tuple(needs))


def is_trivial(value: object) -> bool:
    """Whether an earlier answer is such that later questions may answer themselves: 0, a list of zeros, an identity.

    Args:
        value: plain.
    """
    if isinstance(value, list):
        rows = [row if isinstance(row, list) else [row] for row in value]
        square = all(len(row) == len(rows) for row in rows)
        identity = square and all(entry == (i == j) for i, row in enumerate(rows) for j, entry in enumerate(row))
        return identity or all(is_trivial(entry) for entry in value)
    return isinstance(value, int | float | Fraction) and value == 0


# ---------------------------------------------------------------- judged anew


def followed(
    root: Path,
    results: Sequence[Result],
    problems: Mapping[str, Mapping[str, Problem]],
    truths: Mapping[str, Mapping[PartKey, Truth]],
    limits: Limits,
) -> tuple[Result, ...]:
    """The results, with those judged anew that follow from an earlier slip.

    Args:
        root: folder of the course.
        results: of a run.
        problems: by subject and id.
        truths: by subject: what is right with the right earlier values.
        limits: of each solver.

    Returns:
        As many, in the same order. A verdict changes only for the better, and says by what it was judged; where a
        solver fails or refuses, the first one stands.
    """
    waiting = jobs(results, problems)
    if not waiting:
        return tuple(results)
    found = list(results)
    work = partial(_judged, root)
    done = map_in_workers(work, waiting, workers=limits.workers, timeout=limits.timeout, memory_mb=limits.memory_mb)
    for job, outcome in done:
        old = results[job.place].verdict
        if isinstance(outcome, WorkerFailure):
            continue
        truth, verdict = outcome
        right = truths[job.claim.subject].get((job.problem.id, job.part.id))
        found[job.place] = replace(results[job.place], verdict=_better(job, old, truth, verdict, right))
    return tuple(found)


def _judged(root: Path, job: Job) -> tuple[Truth, Verdict | None]:
    """What is right with the student's values, and the verdict by it; in a worker."""
    truth = solve_part(root, job.problem, job.part, job.part.solve)
    return truth, None if truth.value is None else score_claim(job.problem, job.part, job.claim, truth)


def _better(job: Job, old: Verdict, truth: Truth, new: Verdict | None, right: Truth | None) -> Verdict:
    named = " and ".join(f"({need})" for need in job.needs)
    if new is None:
        why = _refusal(truth.diagnostics)
        said = f"Your answer to {named} makes this part trivial{why}, so it was judged by the right one."
        return replace(old, feedback=f"{old.feedback} {said}".strip()) if why is not None else old
    if new.credit is None or new.credit <= (old.credit or 0):
        return old
    plain = get_type(job.part.type).plain(truth.value, job.part.options)
    known = None if right is None else get_type(job.part.type).plain(right.value, job.part.options)
    if is_trivial(plain) and not is_trivial(known):
        return old
    said = f"Judged by your own answer to {named}, from which this follows."
    return replace(new, reason="follow_through", feedback=f"{said} {new.feedback}".strip())


def _refusal(diagnostics: Iterable[Diagnostic]) -> str | None:
    """What the solver says of a trivial value; None if it failed for another reason."""
    for one in diagnostics:
        _, found, why = one.message.partition(TRIVIAL)
        if found:
            return f" ({why.strip()})" if why.strip() else ""
    return None


# ---------------------------------------------------------------- for verify


def follow_check(root: Path, problem: Problem, part: Part) -> str:
    """What is wrong with a part's follow-through: with the right earlier answers it must give the right answer.

    Args:
        root: folder of the course.
        problem: of the part.
        part: with follow-through.

    Returns:
        "" if nothing is; also where a truth cannot be computed, which is told where it belongs.
    """
    values = {}
    for need in part.needs:
        earlier = problem.part(need)
        truth = solve_part(root, problem, earlier, earlier.solve)
        if truth.value is None:
            return ""
        value = get_type(earlier.type).plain(truth.value, earlier.options)
        if value is None:
            return f"the answer to {need} is a {earlier.type}, which no solver can take"
        values[earlier_argument(need)] = value
    given = replace(problem, given={**problem.given, **values})
    own, right = (solve_part(root, one, part, part.solve) for one in (given, problem))
    if right.value is None:
        return ""
    if own.value is None:
        return own.diagnostics[0].message
    kind = get_type(part.type)
    if kind.compare(own.value, right.value, part.options).status is Status.CORRECT:
        return ""
    one, other = (kind.render(value, part.options).unicode for value in (own.value, right.value))
    return f"with the right answers as {', '.join(values)} {part.solve} gives {one}, without them {other}"
