"""Worker processes that stay, for callers who have one item at a time: live models, rewards of a training loop.

As :func:`grader.scoring.workers.map_in_workers`, each item has limits of time and memory and costs only itself; the
processes are started when the first item comes, and end with the program.
"""

from __future__ import annotations

import atexit
import pickle
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import CancelledError, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from grader.scoring.forks import renew_after_fork
from grader.scoring.workers import WorkerFailure, default_workers, failure_of, new_pool, work_on

T = TypeVar("T")
R = TypeVar("R")

ATTEMPTS = 3
"""Times that an item is handed over whose pool broke under it; once alone, the last time."""


class StandingWorkers(Generic[T, R]):
    """A function that runs in worker processes. It may be called from any thread.

    Args:
        function: picklable; sent once to each worker, so what it carries may be large.
        workers: number of processes; as many as there are processors if None.
        timeout: seconds for one item, from its start.
        memory_mb: megabytes of address space that a worker may use beyond what it starts with, where the platform
            has ``setrlimit``.
    """

    def __init__(
        self, function: Callable[[T], R], *, workers: int | None = None, timeout: float, memory_mb: int
    ) -> None:
        self.workers = workers or default_workers()
        self.timeout = timeout
        self._function = pickle.dumps(function)
        self._memory_mb = memory_mb
        self.renew()
        _standing.add(self)
        renew_after_fork(self)

    def renew(self) -> None:
        """Start without processes; also after a fork, where another thread may have held a lock, and the processes are
        not this one's to end.
        """
        self._lock = threading.Lock()
        self._alone = threading.Lock()
        self._pool: ProcessPool | None = None

    def __call__(self, item: T) -> R | WorkerFailure:
        """The result for an item, or why there is none; waits for it.

        Args:
            item: picklable.
        """
        payload = pickle.dumps(item)
        for _ in range(ATTEMPTS - 1):
            outcome = self._once(payload)
            if outcome is not None:
                return outcome
        with self._alone:  # an item that ends its process is found out here; it takes no other item along
            outcome = self._once(payload)
        return outcome if outcome is not None else failure_of(BrokenProcessPool(), self.timeout)

    def stop(self) -> None:
        """End the processes; the next call starts others."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _once(self, payload: bytes) -> R | WorkerFailure | None:
        """The outcome of an item; None where the pool broke, which may be another item's fault."""
        pool = self._started()
        try:
            future = pool.schedule(work_on, args=(payload,), timeout=self.timeout)
        except RuntimeError:  # so the pool says that it broke, or was stopped, a moment ago
            self._forget(pool)
            return None
        while not wait((future,), timeout=1.0).done:
            if not pool.active:  # an item handed over in the moment in which the pool breaks is forgotten by it
                self._forget(pool)
                return None
        try:
            answer: R | WorkerFailure = pickle.loads(future.result())  # noqa: S301 - our own worker's bytes
        except (TimeoutError, ProcessExpired) as error:
            return failure_of(error, self.timeout)
        except (BrokenProcessPool, CancelledError):
            self._forget(pool)
            return None
        return answer

    def _started(self) -> ProcessPool:
        with self._lock:
            if self._pool is None:
                self._pool = new_pool(self._function, self.workers, self._memory_mb)
            return self._pool

    def _forget(self, pool: ProcessPool) -> None:
        """Let go of a pool that broke, unless another thread did."""
        with self._lock:
            if self._pool is not pool:
                return
            self._pool = None
        pool.stop()  # type: ignore[no-untyped-call]


_standing: weakref.WeakSet[StandingWorkers[Any, Any]] = weakref.WeakSet()


@atexit.register
def _stop_all() -> None:
    """End all processes with the program."""
    for one in list(_standing):
        one.stop()
