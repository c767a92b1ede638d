"""A chunk whose worker failed, graded again subject by subject, and where that fails claim by claim.

So only what is at fault is lost: one that hangs, one that kills its process, one that wants too much memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from grader.batch.assembly import Subject
from grader.batch.chunks import Chunk
from grader.batch.work import Needs
from grader.diagnostics import Diagnostic
from grader.intake.handins.submissions import Submission
from grader.records import Result
from grader.scoring.losses import failed, lost
from grader.scoring.solvers import Limits
from grader.scoring.subjects import (
    SUBJECT_TIMEOUT,
    Key,
    Reading,
    Source,
    Unsolved,
    blank_claims,
    grade_subject,
    hint_of,
    name_of,
    read_subject,
    score_of,
)
from grader.scoring.workers import WorkerFailure, map_in_workers

T = TypeVar("T")
R = TypeVar("R")

CLAIM_TIMEOUT = 10.0  # seconds for one claim, when it is scored by itself


def salvaged(key: Key, chunk: Chunk, limits: Limits) -> list[Subject] | Needs:
    """The subjects of a chunk, each graded in a worker by itself.

    Args:
        key: of the course.
        chunk: that was lost as a whole.
        limits: of the workers.

    Returns:
        All of them, what is lost named; or the problems that have to be solved first.
    """
    found: list[Subject] = []
    done = map_in_workers(
        partial(_one, key),
        tuple(chunk.sources()),
        workers=limits.workers,
        timeout=SUBJECT_TIMEOUT,
        memory_mb=limits.memory_mb,
    )
    for source, outcome in done:
        if isinstance(outcome, Needs):
            return outcome
        if isinstance(outcome, WorkerFailure):
            found.append(_piecemeal(key, source, limits))
        else:
            found.append(Subject(source, *outcome))
    return found


def _one(key: Key, source: Source) -> tuple[Reading, tuple[Result, ...]] | Needs:
    try:
        return grade_subject(key, source)
    except Unsolved as missing:
        return Needs(missing.problems)


def _piecemeal(key: Key, source: Source, limits: Limits) -> Subject:
    """A subject whose worker failed: read by itself, then scored claim by claim."""
    key = key.of(name_of(source))
    reading = next(_alone(partial(read_subject, key), (source,), SUBJECT_TIMEOUT, limits))[1]
    if isinstance(reading, WorkerFailure):
        name = name_of(source)
        why = lost(reading, f"reading {name}")
        claims = blank_claims(key, name) if isinstance(source, Submission) else ()
        return Subject(source, Reading(name, claims), tuple(Result(claim, failed(why)) for claim in claims), (why,))
    results: list[Result] = []
    errors: list[Diagnostic] = []
    for claim, result in _alone(partial(score_of, key, reading), reading.claims, CLAIM_TIMEOUT, limits):
        if isinstance(result, WorkerFailure):
            why = lost(result, f"scoring {claim.subject}, {claim.problem}/{claim.part}")
            errors.append(why)
            result = Result(claim, failed(why), hint_of(reading.conversation, claim.turn))
        results.append(result)
    return Subject(source, reading, tuple(results), tuple(errors))


def _alone(
    function: Callable[[T], R], items: tuple[T, ...], timeout: float, limits: Limits
) -> Iterator[tuple[T, R | WorkerFailure]]:
    """Each item in a worker, no two at a time, so that they do not compete for memory."""
    return map_in_workers(function, items, workers=1, timeout=timeout, memory_mb=limits.memory_mb)
