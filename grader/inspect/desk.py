"""Judging for Inspect's event loop: in worker processes with limits, while other samples go on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

from grader.diagnostics import Diagnostic
from grader.inspect.judging import Job, Judged, judge
from grader.intake.chats.base import Message, message
from grader.scoring.losses import lost
from grader.scoring.standing import StandingWorkers
from grader.scoring.workers import WorkerFailure
from grader.specs import Course

SECONDS = 30.0
"""For one conversation, its solvers included; what takes longer is ``failed``, and its process is ended."""

WAITING = 4
"""Conversations under way for each worker."""

_limiter: RunVar[CapacityLimiter] = RunVar("grader.inspect.desk")


class Desk:
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


_desks: dict[Path, Desk] = {}
MOST_DESKS = 4
"""Courses whose workers stay; the oldest one's are ended, and started again if it is asked again."""


def desk_for(course: Course) -> Desk:
    """The desk of a course; one for all scorers and solvers of a process that are about the same specs.

    Args:
        course: with an absolute root.
    """
    desk = _desks.get(course.root)
    if desk is None or desk.course.problems != course.problems:
        for old in [one for one in _desks if one == course.root or len(_desks) >= MOST_DESKS][:1]:
            _desks.pop(old).stop()
        desk = _desks[course.root] = Desk(course)
    return desk


def messages_of(messages: Iterable[Any]) -> tuple[Message, ...]:
    """The two sides of a conversation of Inspect, without thinking, tools and pictures.

    Args:
        messages: ``ChatMessage`` of Inspect.
    """
    found = []
    for one in messages:
        content = one.content
        if not isinstance(content, str):
            content = [{"type": piece.type, "text": getattr(piece, "text", None)} for piece in content]
        if (said := message(one.role, content, {"metadata": one.metadata})) is not None:
            found.append(said)
    return tuple(found)
