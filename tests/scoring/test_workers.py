"""Workers: what one item does wrong never costs another."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from grader.scoring.workers import Caught, WorkerFailure, get_ready, map_in_workers

LIMITS = {"timeout": 4.0, "memory_mb": 256}


class OddError(Exception):
    """An exception that cannot be built again from its text, as pickle would."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__("odd")


def act(what: object) -> object:
    """Do what an item says."""
    if what == "hang":
        time.sleep(60)
    if what == "spin":
        while True:
            pass
    if what == "die":
        os._exit(3)
    if what == "exit":
        raise SystemExit(5)
    if what == "eat":
        return len(bytearray(4 * 1024**3))
    if what == "raise":
        raise OddError(1, 2)
    if what == "unpicklable":
        return lambda: None
    if what == "print":
        print("noise")
        os.write(1, b"noise\n")
    return what


def kinds(items: list[object], workers: int = 2) -> list[object]:
    """For each item its result, or the kind of its failure."""
    done = map_in_workers(act, items, workers=workers, **LIMITS)
    return [outcome.kind if isinstance(outcome, WorkerFailure) else outcome for _, outcome in done]


def test_results_come_in_input_order() -> None:
    """Items come back in order with their own results, however many workers there are."""
    done = list(map_in_workers(act, range(50), workers=3, **LIMITS))
    assert done == [(n, n) for n in range(50)]


def test_getting_ready_changes_no_result() -> None:
    """Workers do the same whether what they are forked from was started before, once or twice, or not."""
    get_ready()
    get_ready()
    assert kinds([1, "raise"]) == [1, "bug"]


def test_each_kind_of_failure_costs_only_its_item() -> None:
    """A hang, an endless loop, a dead process, too much memory, any exception: the neighbours have results."""
    items = [1, "hang", 2, "die", 3, "eat", 4, "raise", 5, "unpicklable", 6, "exit", 7, "spin", 8]
    assert kinds(items) == [1, "timeout", 2, "died", 3, "memory", 4, "bug", 5, "bug", 6, "bug", 7, "timeout", 8]


def test_many_deaths_in_a_row() -> None:
    """Processes that die as soon as they get an item, one after the other, lose nothing else."""
    items = [item for n in range(12) for item in (n, "die")]
    assert kinds(items) == [outcome for n in range(12) for outcome in (n, "died")]


def test_a_bug_is_told_with_its_line() -> None:
    """The message of a bug names the exception, its text, and the file and line that raised it."""
    [(_, failure)] = map_in_workers(act, ["raise"], workers=1, **LIMITS)
    assert isinstance(failure, WorkerFailure)
    assert failure.message.startswith("OddError: odd (test_workers.py:")


def test_items_are_read_lazily() -> None:
    """Only a bounded number of items is read ahead of the results, so memory stays flat."""
    read = 0

    def items() -> Iterator[int]:
        nonlocal read
        for n in range(10_000):
            read += 1
            yield n

    done = map_in_workers(act, items(), workers=2, **LIMITS)
    for _ in range(5):
        next(done)
    assert read <= 20
    done.close()


def test_nothing_that_a_worker_prints_is_seen(capfd: pytest.CaptureFixture[str]) -> None:
    """Standard output belongs to the command: what a worker prints, even past Python, is dropped."""
    assert kinds(["print"]) == ["print"]
    assert "noise" not in capfd.readouterr().out


def test_an_early_end_leaves_no_processes() -> None:
    """Closing the iterator ends its workers, also one that hangs."""
    import psutil

    done = map_in_workers(os_id, [0, 1, 30], workers=1, **LIMITS)
    _, worker = next(done)
    assert psutil.pid_exists(worker)
    done.close()
    assert not psutil.pid_exists(worker) or psutil.Process(worker).status() == psutil.STATUS_ZOMBIE


def os_id(seconds: float) -> int:
    """This worker's process, after some time."""
    time.sleep(seconds)
    return os.getpid()


def test_no_items_start_no_process() -> None:
    """An empty input yields nothing."""
    assert kinds([]) == []


def test_caught_keeps_everything_but_an_interrupt() -> None:
    """Caught keeps an exception and SystemExit; an interrupt from the keyboard passes."""
    caught = Caught()
    with caught:
        raise SystemExit(1)
    assert isinstance(caught.error, SystemExit)
    with pytest.raises(KeyboardInterrupt), Caught():
        raise KeyboardInterrupt
