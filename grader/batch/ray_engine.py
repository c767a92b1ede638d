"""Chunks worked on by a Ray cluster.

Ray hands out chunks, and repeats those of a machine that died. What comes of them goes into a folder that all machines
share, under names made from the content: a chunk that is done twice is the same chunk.
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from grader.batch.chunks import Chunk
from grader.batch.engines import Work, timeout_of
from grader.batch.ray_node import Misfit, Place, look, work_on
from grader.batch.work import Outcome
from grader.diagnostics import Diagnostic, InputError, operator_error
from grader.scoring.solvers import Limits
from grader.scoring.workers import WorkerFailure

RETRIES = 3  # of a chunk whose machine died
LOOK_AHEAD = 2  # chunks under way for each processor: enough that none waits for the next
PATIENCE = 10.0  # times what a chunk may take; a machine that holds one for longer is not waited for
SECONDS_TO_LOOK = 120.0  # for all machines together, the start of a process on each included

_FIXES = {
    False: "Install the same versions of Python, grade and its libraries on all machines of the cluster.",
    True: "The input and --out must be at the same paths on all machines: on storage that they share, mounted alike.",
}


class RayEngine:
    """Works on chunks on the machines of the Ray cluster that this process is connected to.

    Args:
        place: of the run's files.
        limits: of the workers; their number is that of chunks under way at a time, twice as many as the cluster has
            processors if None.
    """

    def __init__(self, place: Place, limits: Limits) -> None:
        self._place = place
        self._limits = limits
        self._looked = False

    def run(self, work: Work, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, Outcome | WorkerFailure]]:
        """See :meth:`grader.batch.engines.Engine.run`.

        Raises:
            InputError: ``ray-node``, ``ray-storage``: a machine has other versions, or does not see the files.
        """
        import ray

        first = tuple(islice(chunks, 1))  # no machine is asked for nothing
        if first and not self._looked:
            self._look_around()
            self._looked = True
        body = pickle.dumps(work)
        name, refs = hashlib.sha256(body).hexdigest(), [ray.put(body)]
        task = ray.remote(num_cpus=1, max_retries=RETRIES)(work_on)
        under_way: dict[Any, tuple[Chunk, float]] = {}  # with the time at which it is not waited for any longer

        def hand_out(chunk: Chunk) -> None:
            seconds = timeout_of(chunk)
            payload = pickle.dumps(chunk)
            ref = task.remote(self._place, name, refs, payload, seconds, self._limits.memory_mb)
            under_way[ref] = chunk, time.monotonic() + PATIENCE * seconds

        try:
            for chunk in first:
                hand_out(chunk)
            while True:
                for chunk in islice(chunks, max(0, self._room() - len(under_way))):
                    hand_out(chunk)
                if not under_way:
                    return
                ray.wait(list(under_way), num_returns=1, timeout=1.0)
                done, open_ = ray.wait(list(under_way), num_returns=len(under_way), timeout=0)
                for ref in done:
                    yield under_way.pop(ref)[0], self._outcome(ref)
                for ref in open_:
                    if under_way[ref][1] < time.monotonic():
                        ray.cancel(ref, force=True)
                        yield under_way.pop(ref)[0], WorkerFailure("timeout", "nothing came back from the cluster")
        finally:
            for ref in under_way:
                ray.cancel(ref, force=True)

    def _room(self) -> int:
        """How many chunks may be under way; a cluster grows and shrinks."""
        import ray

        if self._limits.workers is not None:
            return self._limits.workers
        return LOOK_AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))

    def _outcome(self, ref: Any) -> Outcome | WorkerFailure:
        import ray
        from ray.exceptions import RayError, RayTaskError

        try:
            answer: Outcome | WorkerFailure | Misfit = pickle.loads(ray.get(ref))  # noqa: S301 - our own workers' bytes
        except RayTaskError as error:  # what grades is not at fault: its errors come back in words
            raise InputError(_refused([Misfit(f"of Ray's process {error.pid}", _last_line(error), False)])) from error
        except RayError as error:
            return WorkerFailure("died", _last_line(error))
        if isinstance(answer, Misfit):
            raise InputError(_refused([answer]))
        return answer

    def _look_around(self) -> None:
        """Ask every machine whether it can take part, before anything is graded.

        Raises:
            InputError: one cannot.
        """
        import ray
        from ray.exceptions import GetTimeoutError, RayError
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy as On

        nodes = [one for one in ray.nodes() if one["Alive"] and one["Resources"].get("CPU")]
        names = [f"{one['NodeManagerHostname']} ({one['NodeManagerAddress']})" for one in nodes]
        task = ray.remote(num_cpus=0, max_retries=0)(look)
        refs = [
            task.options(scheduling_strategy=On(node["NodeID"], soft=False)).remote(self._place, name)
            for node, name in zip(nodes, names, strict=True)
        ]
        until = time.monotonic() + SECONDS_TO_LOOK
        found: list[Misfit | None] = []
        for name, ref in zip(names, refs, strict=True):
            try:
                found.append(ray.get(ref, timeout=max(0.1, until - time.monotonic())))
            except GetTimeoutError:
                found.append(Misfit(name, f"no answer within {SECONDS_TO_LOOK:g} s", storage=False))
            except RayError as error:
                found.append(Misfit(name, _last_line(error), storage=False))
        if misfits := [one for one in found if one is not None]:
            raise InputError(_refused(misfits))


def _refused(misfits: Sequence[Misfit]) -> list[Diagnostic]:
    """Diagnostics on machines that cannot take part."""
    return [
        operator_error(
            "ray-storage" if one.storage else "ray-node",
            f"the machine {one.node} cannot grade: {one.says}",
            None,
            _FIXES[one.storage],
        )
        for one in misfits
    ]


def _last_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[-1].strip() if lines else type(error).__name__
