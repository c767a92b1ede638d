"""Judging goes on beside the event loop, and what goes wrong with one conversation costs only its own score."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from inspect_ai.model import ChatMessageAssistant, ChatMessageUser, ModelName, ModelOutput
from inspect_ai.scorer import Score, Target
from inspect_ai.solver import TaskState

from grader.diagnostics import Diagnostic
from grader.inspect import marks
from grader.inspect.courses import open_course
from grader.inspect.judging import Job, Judged, judge
from grader.inspect.pool import JudgePool, pool_for
from grader.intake.chats.base import Message
from grader.records import Problem


def harmful(root: Path, problems: Sequence[Problem], job: Job) -> Judged:
    """A judge that hangs on some words, and is ended by others."""
    said = job.messages[-1].text
    if said == "hang":
        time.sleep(60)
    if said == "die":
        os._exit(3)
    return judge(root, problems, job)


@pytest.fixture
def pool(course: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[JudgePool]:
    """A pool whose judge does harm, with five seconds for each conversation."""
    monkeypatch.setattr("grader.inspect.pool.judge", harmful)
    monkeypatch.setattr("grader.inspect.pool.SECONDS", 5.0)
    made = JudgePool(open_course(str(course)))
    yield made
    made.stop()


def job(words: str) -> Job:
    """A conversation of one question."""
    return Job((Message("user", "Problem 1 (b)?"), Message("assistant", words)))


def test_the_loop_goes_on_while_conversations_are_judged(pool: JudgePool) -> None:
    """One that hangs and one that ends its process are told; another is judged, and a clock ticks all the time."""

    async def all_at_once() -> tuple[list[Judged | Diagnostic], int]:
        ticks = 0

        async def clock() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.01)
                ticks += 1

        ticking = asyncio.create_task(clock())
        found = await asyncio.gather(*(pool.judge(job(words)) for words in ("hang", "die", "(b) 1")))
        ticking.cancel()
        return list(found), ticks

    (hung, died, judged), ticks = asyncio.run(all_at_once())
    assert ticks > 20
    assert isinstance(hung, Diagnostic)
    assert isinstance(died, Diagnostic)
    assert (hung.code, died.code) == ("worker-timeout", "worker-died")
    assert isinstance(judged, Judged)
    assert {one.claim.part: one.verdict.status.value for one in judged.results}["b"] == "correct"


def test_one_pool_serves_several_event_loops(pool: JudgePool) -> None:
    """Each evaluation of a program has a loop of its own."""
    for _ in range(2):
        assert isinstance(asyncio.run(pool.judge(job("(b) 1"))), Judged)


def test_what_could_not_be_judged_is_unscored(pool: JudgePool, monkeypatch: pytest.MonkeyPatch, course: Path) -> None:
    """With the reason; it is not 0."""
    monkeypatch.setattr("grader.inspect.scorer.pool_for", lambda opened: pool)
    messages = [ChatMessageUser(content="?"), ChatMessageAssistant(content="hang")]
    state = TaskState(ModelName("mockllm/model"), "damping/a", 1, "", messages, output=ModelOutput())
    found = asyncio.run(marks(course=str(course))(state, Target("")))
    assert isinstance(found, Score)
    assert str(found.value) == "nan"
    assert found.reason == "scoring_failed"
    assert "took too long" in (found.explanation or "")


def test_a_course_that_changed_has_a_pool_of_its_own(own_course: Path) -> None:
    """The same specs share their workers; others do not see old ones."""
    first = pool_for(open_course(str(own_course)))
    assert pool_for(open_course(str(own_course))) is first
    spec = own_course / "problems/damping.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("points: 3", "points: 5"), encoding="utf-8")
    assert pool_for(open_course(str(own_course))) is not first


def test_the_pool_of_a_changed_course_takes_the_place_of_its_own_one(
    own_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no more pools may stay, another course keeps its workers; a further course ends those of the oldest one."""
    stopped: list[JudgePool] = []
    monkeypatch.setattr("grader.inspect.pool._pools", {})
    monkeypatch.setattr("grader.inspect.pool.MOST_POOLS", 2)
    monkeypatch.setattr(JudgePool, "stop", lambda ended: stopped.append(ended))
    other, third = (Path(shutil.copytree(own_course, tmp_path / name)) for name in ("other", "third"))
    oldest, before = (pool_for(open_course(str(root))) for root in (other, own_course))
    spec = own_course / "problems/damping.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("points: 3", "points: 5"), encoding="utf-8")
    pool_for(open_course(str(own_course)))
    assert stopped == [before]
    pool_for(open_course(str(third)))
    assert stopped == [before, oldest]
