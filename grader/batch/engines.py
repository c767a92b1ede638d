"""Where chunks are worked on: an engine hands them out and tells what came of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Protocol, TypeAlias

from grader.batch.chunks import Chunk
from grader.batch.work import Outcome
from grader.scoring.solvers import Limits
from grader.scoring.subjects import SUBJECT_TIMEOUT
from grader.scoring.workers import WorkerFailure, default_workers, map_in_workers

Work: TypeAlias = Callable[[Chunk], Outcome]

SECONDS = 0.1  # for each subject of a chunk, beyond the time that one may take alone


def timeout_of(chunk: Chunk) -> float:
    """Seconds that a chunk may take before it is taken for lost; then its subjects are graded one by one.

    Args:
        chunk: to be graded.
    """
    return SUBJECT_TIMEOUT + SECONDS * chunk.count


class Engine(Protocol):
    """What works on chunks."""

    def run(self, work: Work, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, Outcome | WorkerFailure]]:
        """Work on every chunk; a few are under way at a time.

        Args:
            work: a pure function that can be pickled; it writes what comes of a chunk.
            chunks: read lazily.

        Yields:
            Each chunk with its outcome, as they end; a :class:`WorkerFailure` where there is none.
        """


class LocalEngine:
    """Processes on this machine.

    Args:
        limits: of each process.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def run(self, work: Work, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, Outcome | WorkerFailure]]:
        """See :meth:`Engine.run`."""
        workers = self._limits.workers or default_workers()
        first = tuple(islice(chunks, workers))  # no more processes than there are chunks
        if not first:
            return
        yield from map_in_workers(
            work,
            chain(first, chunks),
            workers=len(first),
            timeout=timeout_of,
            memory_mb=self._limits.memory_mb,
        )
