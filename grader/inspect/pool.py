"""Judging for Inspect's event loop: in worker processes with limits, while other samples go on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

from grader.diagnostics import Diagnostic
from grader.inspect.judging import Job, Judged, judge
from grader.scoring.losses import lost
from grader.scoring.standing import StandingWorkers
from grader.scoring.workers import WorkerFailure
from grader.specs import Course

SECONDS = 30.0
"""For one conversation, its solvers included; what takes longer is ``failed``, and its process is ended."""

WAITING = 4
"""Conversations under way for each worker."""

_limiter: RunVar[CapacityLimiter] = RunVar("grader.inspect.pool")


class JudgePool:
    """Judges conversations about one course.

    Args:
        course: whose problems are asked.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self._workers: StandingWorkers[Job, Judged] = StandingWorkers(
            partial(judge, course.root, course.problems), timeout=SECONDS, memory_mb=course.settings.memory_mb
        )

    async def judge(self, job: Job) -> Judged | Diagnostic:
        """The verdicts on the last reply; where the worker did not manage, why.

        Args:
            job: the conversation.
        """
        try:
            limiter = _limiter.get()
        except LookupError:
            limiter = CapacityLimiter(WAITING * self._workers.workers)
            _limiter.set(limiter)
        outcome = await to_thread.run_sync(self._workers, job, abandon_on_cancel=True, limiter=limiter)
        return lost(outcome, "judging a sample") if isinstance(outcome, WorkerFailure) else outcome

    def stop(self) -> None:
        """End the workers; the next sample starts others."""
        self._workers.stop()


_pools: dict[Path, JudgePool] = {}
MOST_POOLS = 4
"""Courses whose workers stay; the oldest one's are ended, and started again if it is asked again."""


def pool_for(course: Course) -> JudgePool:
    """The pool of a course; one for all scorers and solvers of a process that are about the same specs.

    Args:
        course: with an absolute root.
    """
    pool = _pools.get(course.root)
    if pool is None or pool.course.problems != course.problems:
        if pool is not None:
            del _pools[course.root]
            pool.stop()
        elif len(_pools) >= MOST_POOLS:
            _pools.pop(next(iter(_pools))).stop()
        pool = _pools[course.root] = JudgePool(course)
    return pool
