"""Workers that stay serve callers from any thread, and what one item does wrong costs only itself."""

from __future__ import annotations

import atexit
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.scoring.standing import StandingWorkers
from grader.scoring.workers import WorkerFailure


def act(what: object) -> object:
    """Do what an item says."""
    if what == "hang":
        time.sleep(60)
    if what == "die":
        os._exit(3)
    if what == "eat":
        return len(bytearray(4 * 1024**3))
    if what == "raise":
        raise ValueError("odd")
    return what, os.getpid()


@pytest.fixture(scope="module")
def workers() -> Iterator[StandingWorkers[object, object]]:
    """Two processes, with tight limits."""
    standing: StandingWorkers[object, object] = StandingWorkers(act, workers=2, timeout=2.0, memory_mb=256)
    yield standing
    standing.stop()


def test_processes_stay_from_one_item_to_the_next(workers: StandingWorkers[object, object]) -> None:
    """Items come one at a time, and no more than two processes do them, which are not this one."""
    found = [workers(number) for number in range(6)]
    assert [one[0] for one in found if isinstance(one, tuple)] == list(range(6))
    processes = {one[1] for one in found if isinstance(one, tuple)}
    assert len(processes) <= 2
    assert os.getpid() not in processes


@pytest.mark.parametrize(("what", "kind"), [("hang", "timeout"), ("die", "died"), ("eat", "memory"), ("raise", "bug")])
def test_what_goes_wrong_is_told_and_the_next_item_is_done(
    workers: StandingWorkers[object, object], what: str, kind: str
) -> None:
    """A worker that hangs, ends, eats memory or meets a bug loses its item."""
    failure = workers(what)
    assert isinstance(failure, WorkerFailure)
    assert failure.kind == kind
    after = workers("after")
    assert isinstance(after, tuple)
    assert after[0] == "after"


def test_threads_share_the_processes_and_lose_nothing(workers: StandingWorkers[object, object]) -> None:
    """Eight threads, of whose items two end their processes: every other one has its result."""
    items: list[object] = [*range(20), "die", *range(20, 40), "die"]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(workers, items))
    for item, one in zip(items, found, strict=True):
        if item == "die":
            assert isinstance(one, WorkerFailure)
        else:
            assert isinstance(one, tuple)
            assert one[0] == item


def test_after_a_stop_others_are_started(workers: StandingWorkers[object, object]) -> None:
    """Stopping ends the processes and is no end of the service."""
    before = workers(1)
    workers.stop()
    after = workers(1)
    assert isinstance(before, tuple)
    assert isinstance(after, tuple)
    assert before[1] != after[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_fork_has_processes_of_its_own() -> None:
    """A child that ends as programs do leaves those of its parent alone."""
    one = StandingWorkers(act, workers=1, timeout=2.0, memory_mb=256)
    before = one("before")
    child = os.fork()
    if child == 0:
        atexit._run_exitfuncs()
        os._exit(0)
    os.waitpid(child, 0)
    after = one("after")
    one.stop()
    assert isinstance(before, tuple)
    assert isinstance(after, tuple)
    assert after[1] == before[1]
