"""Work on many items in processes that can be killed without losing their neighbours.

Built on pebble's process pool. An item that hangs, kills its process, wants too much memory or
meets a bug costs only itself: it comes back as a :class:`WorkerFailure`. Results come in input
order; only a few items are under way at any time, so memory stays flat however long the input is.
"""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import pickle
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

T = TypeVar("T")
R = TypeVar("R")

LOOK_AHEAD = 4  # items under way for each worker: enough to keep it busy, few enough to stay small

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class WorkerFailure:
    """Why there is no result for an item.

    Args:
        kind: ``timeout``, ``died`` (the process ended), ``memory`` or ``bug`` (an exception).
        message: one sentence; for a bug the exception and the line that raised it.
    """

    kind: str
    message: str


class Caught(AbstractContextManager["Caught"]):
    """Keep whatever a block raises in ``error``, for a caller that reports every kind of it.

    Made for the two places where code that is not ours runs: solvers, and the outermost frame of
    a worker. An interrupt from the keyboard still passes.
    """

    error: BaseException | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error
        return error is not None and not isinstance(error, KeyboardInterrupt | GeneratorExit)


def default_workers() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_in_workers(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int | None = None,
    timeout: float | Callable[[T], float],
    memory_mb: int,
) -> Iterator[tuple[T, R | WorkerFailure]]:
    """Apply ``function`` to every item in worker processes.

    Args:
        function: picklable; a module's function, or a ``functools.partial`` of one. It is sent
            once to each worker, so what it carries may be large.
        items: picklable; read lazily.
        workers: number of processes; as many as there are processors if None.
        timeout: seconds for one item, or what gives them.
        memory_mb: megabytes of address space that a worker may use beyond what it starts with;
            enforced where the platform has ``setrlimit`` (not on Windows).

    Yields:
        ``(item, result)`` in input order; the result is a :class:`WorkerFailure` where there is none.
    """
    number = workers or default_workers()
    if isinstance(items, Sized):
        number = max(1, min(number, len(items)))
    return _Workers(function, number, timeout, memory_mb).run(items)


class _Workers(Generic[T, R]):
    """A pool that is built anew when it breaks."""

    def __init__(
        self, function: Callable[[T], R], workers: int, timeout: float | Callable[[T], float], memory_mb: int
    ) -> None:
        self.function = pickle.dumps(function)
        self.workers = workers
        self.timeout = timeout if callable(timeout) else lambda _: timeout
        self.memory_mb = memory_mb
        self.pool: ProcessPool | None = None

    def run(self, items: Iterable[T]) -> Iterator[tuple[T, R | WorkerFailure]]:
        """Yield every item with its result, in order."""
        source = iter(items)
        under_way: deque[tuple[T, ProcessFuture[bytes]]] = deque()
        try:
            while True:
                for item in itertools.islice(source, LOOK_AHEAD * self.workers - len(under_way)):
                    under_way.append((item, self.schedule(item)))
                if not under_way:
                    return
                item, future = under_way.popleft()
                if isinstance(self.error_of(future), BrokenProcessPool):
                    # A process ended outside any item that the pool knows of, and took the pool
                    # along. Alone in a pool, an item that does that can be told from the others.
                    alone = [item, *(waiting for waiting, _ in under_way)]
                    under_way.clear()
                    for each in alone:
                        self.stop()
                        yield each, self.outcome(each, self.schedule(each))
                    continue
                yield item, self.outcome(item, future)
        finally:
            self.stop()

    def schedule(self, item: T) -> ProcessFuture[bytes]:
        """Hand an item to the pool, which is started if need be."""
        if self.pool is None:
            self.pool = new_pool(self.function, self.workers, self.memory_mb)
        payload = pickle.dumps(item)
        try:
            return self.pool.schedule(work_on, args=(payload,), timeout=self.timeout(item))
        except RuntimeError as error:  # so the pool says that it broke a moment ago
            broken: ProcessFuture[bytes] = ProcessFuture()
            broken.set_exception(BrokenProcessPool(str(error)))
            return broken

    def error_of(self, future: ProcessFuture[bytes]) -> BaseException | None:
        """Wait for an item; what went wrong with it, as the pool tells."""
        while not wait((future,), timeout=1.0).done:
            # An item handed over in the moment in which the pool breaks is forgotten by it.
            if self.pool is None or not self.pool.active:
                return BrokenProcessPool("the pool broke")
        return future.exception()

    def stop(self) -> None:
        """End the pool's processes, idle or not."""
        if self.pool is not None:
            self.pool.stop()  # type: ignore[no-untyped-call]
            self.pool.join()
            self.pool = None

    def outcome(self, item: T, future: ProcessFuture[bytes]) -> R | WorkerFailure:
        """The result that a finished item sent back, or why there is none."""
        error = self.error_of(future)
        if error is None:
            answer: R | WorkerFailure = pickle.loads(future.result())  # noqa: S301 - our own worker's bytes
            return answer
        return failure_of(error, self.timeout(item))


def failure_of(error: BaseException, timeout: float) -> WorkerFailure:
    """Why a worker sent nothing back.

    Args:
        error: what the pool tells of the item.
        timeout: seconds that the item had.
    """
    if isinstance(error, TimeoutError):
        return WorkerFailure("timeout", f"no result within {timeout:g} s")
    if isinstance(error, ProcessExpired):
        return WorkerFailure("died", f"its process ended with exit code {error.exitcode}")
    return WorkerFailure("died", "its process ended")


def new_pool(function: bytes, workers: int, memory_mb: int) -> ProcessPool:
    """A pool whose processes carry out :func:`work_on`; they start with the first item.

    Args:
        function: that works on an item, pickled.
        workers: number of processes.
        memory_mb: megabytes of address space that each may use beyond what it starts with.
    """
    return ProcessPool(
        max_workers=workers, initializer=_start_worker, initargs=(function, memory_mb), context=_context()
    )


def get_ready() -> None:
    """Start what workers are forked from, which imports for half a second: a course can be read in the meantime."""
    if _context().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        ensure_running()


def _context() -> Any:
    """The start method: a fork server where there is one, else fresh processes.

    Plain forking is not used: the pool has threads, and a fork copies locks that they hold.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["grader.scoring.preload"])
        return context
    return multiprocessing.get_context("spawn")


# ---------------------------------------------------------------- in the worker

_function: Callable[[Any], Any] | None = None


def _start_worker(function: bytes, memory_mb: int) -> None:
    """Set a worker up: silence its standard output, import, and only then limit its memory."""
    global _function
    # The command's own standard output may be JSON; nothing that a solver prints may reach it.
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.close(silence)
    import grader.scoring.preload  # noqa: F401

    # What was imported stays, and what grading leaves behind is mostly freed by counting: looking for cycles as often
    # as is usual takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    _function = pickle.loads(function)  # noqa: S301 - bytes that our own parent process made
    _limit_memory(memory_mb)


def _limit_memory(memory_mb: int) -> None:
    """Limit the address space of this process to what it has now and ``memory_mb`` megabytes."""
    try:
        import resource
    except ImportError:
        return
    import psutil

    wanted = psutil.Process().memory_info().vms + memory_mb * _MEGABYTE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def work_on(payload: bytes) -> bytes:
    """Work on one item; everything, also what goes wrong, comes back as bytes that can be read.

    An exception is described here and not sent: its class may not exist in the parent process.
    """
    caught = Caught()
    with caught:
        if _function is None:
            raise RuntimeError("the worker was not started")
        return pickle.dumps(_function(pickle.loads(payload)))  # noqa: S301 - our own parent's bytes
    return pickle.dumps(describe_failure(caught.error))


def describe_failure(error: BaseException | None) -> WorkerFailure:
    """Say in a sentence what an exception that nobody expected was."""
    if isinstance(error, MemoryError):
        return WorkerFailure("memory", "it needs more memory than it may use")
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return WorkerFailure("bug", f"{type(error).__name__}: {error}{place}")
