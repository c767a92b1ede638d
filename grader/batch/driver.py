"""A run of any size: chunks graded by an engine, kept as they come, and put together in the order of the input.

What is done stays done: a run that is killed at any moment finds the chunks that were written, and goes on with the
others. The end is the same, byte for byte.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.chunks import Chunk
from grader.batch.engines import LocalEngine
from grader.batch.keys import unsolved, versions, with_more
from grader.batch.orders import Advance, Order
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


@dataclass
class Driver:
    """Grades chunks until each of them is written.

    Args:
        course: as loaded.
        key: by which they are graded; grows with what the texts are about.
        folder: of the chunks; absolute.
        order: what is asked.
        condition: digest of all on which verdicts depend, apart from the answers.
        limits: of workers and solvers.
        total: bytes of the input; 0 where that is not known.
    """

    course: Course
    key: Key
    folder: Path
    order: Order
    condition: str
    limits: Limits
    total: int = 0
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
        engine = self.order.engine or LocalEngine(self.limits)
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
        memory = self.folder.parent / MEMORY if self.order.engine is None else None
        manifest, key = self.order.manifest, self.key
        return Job(manifest.command, key, self.folder, self.condition, versions(manifest, key), memory)

    def _noted(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        for chunk in chunks:
            self.names.append(chunk.name)
            yield chunk

    def _open(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        """The chunks to be graded; ends early where a problem has to be solved first."""
        for chunk in chunks:
            done = read_tally(self.folder, chunk.name)
            if done is not None and not (self.order.only_failed and done.failed):
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
        if self.order.on_progress is not None:
            self.order.on_progress(replace(self._state, seconds=seconds))
