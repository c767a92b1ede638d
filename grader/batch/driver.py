"""A run of any size: chunks graded by an engine, kept as they come, and put together in the order of the input.

What is done stays done: a run that is killed at any moment finds the chunks that were written, and goes on with the
others. The end is the same, byte for byte.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from grader.batch.chunks import Chunk
from grader.batch.engines import Engine, LocalEngine
from grader.batch.keys import unsolved, versions, with_more
from grader.batch.salvage import salvaged
from grader.batch.shards import Tally, read_tally, remove_shard
from grader.batch.work import MEMORY, Copied, Job, Needs, Unfinished, grade_chunk, write_chunk
from grader.scoring.follow import followed
from grader.scoring.solvers import Limits
from grader.scoring.subjects import Key
from grader.scoring.truths import digest_of_truths
from grader.scoring.workers import WorkerFailure

if TYPE_CHECKING:
    from grader.batch.assembly import Subject
    from grader.specs import Course
    from grader.store.runs import Manifest


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a run is.

    Args:
        subjects: students or conversations that are graded.
        kept: of these, the ones that an earlier run had graded.
        size: bytes of the input that are done.
        kept_size: of these, the ones that an earlier run had done.
        total: bytes of all of it; 0 where that is not known.
        seconds: since this run began to grade.
    """

    subjects: int
    kept: int
    size: int
    kept_size: int
    total: int
    seconds: float

    @property
    def rate(self) -> float:
        """Subjects graded a second, in this run."""
        return (self.subjects - self.kept) / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds until the end, if the rest takes what this run's took so far; None where that is not known."""
        done = self.size - self.kept_size
        return self.seconds * (self.total - self.size) / done if self.total >= self.size and done > 0 else None

    @property
    def share(self) -> float | None:
        """Of the whole, from 0 to 1; None where that is not known."""
        return min(1.0, self.size / self.total) if self.total else None


Progress: TypeAlias = Callable[[Advance], None]


@dataclass
class Driver:
    """Grades chunks until each of them is written.

    Args:
        course: as loaded.
        key: by which they are graded; grows with what the texts are about.
        folder: of the chunks; absolute.
        manifest: of the run.
        condition: digest of all on which verdicts depend, apart from the answers.
        limits: of workers and solvers.
        engine: that works on the chunks; processes on this machine if None.
        only_failed: grade those chunks again in which something failed.
        total: bytes of the input; 0 where that is not known.
        on_progress: told after each chunk.
    """

    course: Course
    key: Key
    folder: Path
    manifest: Manifest
    condition: str
    limits: Limits
    engine: Engine | None = None
    only_failed: bool = False
    total: int = 0
    on_progress: Progress | None = None
    names: list[str] = field(default_factory=list, init=False)  # of all chunks, in order
    _again: list[Chunk] = field(default_factory=list, init=False)
    _needs: set[str] = field(default_factory=set, init=False)
    _state: Advance = field(default=Advance(0, 0, 0, 0, 0, 0.0), init=False)

    def run(self, chunks: Iterator[Chunk]) -> None:
        """Grade all chunks that are not done.

        Args:
            chunks: of the run, in order.

        Raises:
            OSError: what comes of a chunk cannot be written.
        """
        began = time.monotonic()
        engine = self.engine or LocalEngine(self.limits)
        source = self._noted(chunks)
        rounds = 0
        while True:
            job = self._job()
            waiting, self._again = self._again, []
            for chunk, outcome in engine.run(partial(grade_chunk, job), self._open(chain(waiting, source))):
                self._settle(job, chunk, outcome)
                self._tell(time.monotonic() - began)
            if not self._needs:
                return
            rounds += 1
            # One text or two name others than the assigned problems; more, and all of them may come.
            wanted = self._needs if rounds == 1 else set(unsolved(self.key))
            self.key = with_more(self.key, self.course, wanted, self.limits)
            self._needs = set()

    def _job(self) -> Job:
        # A file that processes of several machines share is none that SQLite could keep whole.
        memory = self.folder.parent / MEMORY if self.engine is None else None
        return Job(
            self.manifest.command, self.key, self.folder, self.condition, versions(self.manifest, self.key), memory
        )

    def _noted(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        for chunk in chunks:
            self.names.append(chunk.name)
            yield chunk

    def _open(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        """The chunks to be graded; ends early where a problem has to be solved first."""
        for chunk in chunks:
            done = read_tally(self.folder, chunk.name)
            if done is not None and not (self.only_failed and done.failed):
                if missing := set(done.truths) & unsolved(self.key):
                    self._needs |= missing
                    self._again.append(chunk)
                elif done.truths == {
                    one: digest_of_truths(self.key.by_id[one], self.key.truths) for one in done.truths
                }:
                    self._count(chunk, done, kept=True)
                    continue
                else:
                    remove_shard(self.folder, chunk.name)
                    yield chunk
            else:
                remove_shard(self.folder, chunk.name)
                yield chunk
            if self._needs:
                return

    def _settle(self, job: Job, chunk: Chunk, outcome: Tally | Needs | Unfinished | WorkerFailure) -> None:
        """Take what came of a chunk, or finish here what a worker could not."""
        if isinstance(outcome, WorkerFailure):
            subjects = salvaged(job.key, chunk, self.limits)
            outcome = subjects if isinstance(subjects, Needs) else Unfinished(tuple(subjects))
        if isinstance(outcome, Unfinished):
            finished = [one if isinstance(one, Copied) else self._followed(job.key, one) for one in outcome.subjects]
            outcome = write_chunk(job, chunk, finished)
        if isinstance(outcome, Needs):
            self._needs |= outcome.problems
            self._again.append(chunk)
        else:
            self._count(chunk, outcome, kept=False)

    def _followed(self, key: Key, subject: Subject) -> Subject:
        """A subject, judged by its own earlier answers where a part asks for that."""
        name = subject.reading.subject
        own = key.of(name)
        results = followed(self.course.root, subject.results, {name: own.by_id}, {name: own.truths}, self.limits)
        return replace(subject, results=results)

    def _count(self, chunk: Chunk, tally: Tally, *, kept: bool) -> None:
        state = self._state
        self._state = Advance(
            state.subjects + tally.subjects,
            state.kept + (tally.subjects if kept else 0),
            state.size + chunk.size,
            state.kept_size + (chunk.size if kept else 0),
            self.total,
            state.seconds,
        )

    def _tell(self, seconds: float) -> None:
        if self.on_progress is not None:
            self.on_progress(replace(self._state, seconds=seconds))
