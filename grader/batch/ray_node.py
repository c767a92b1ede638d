"""What runs on a machine of a Ray cluster: a process of Ray's that hands chunks to a worker of ours.

The worker is that of one machine (:mod:`grader.scoring.workers`): a chunk that hangs, dies or wants too much memory
ends the worker alone, in the same way and after the same time. So Ray sees only whole machines die, and repeats what
was there.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from grader.diagnostics import InputError
from grader.intake.lists import is_list, listed
from grader.scoring.standing import StandingWorkers
from grader.store.runs.manifest import environment

MOST_LOOKED_AT = 1_000  # entries of a folder
MARK = "cluster"  # a file in the folder of the work, by which a machine knows that it sees the same folder


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of a run are: at the same paths on all machines.

    Args:
        folder: in which the command runs; absolute.
        path: of the input, as it was given there.
        work: folder of what comes of the chunks; absolute.
        mark: what stands in a file there.
        sight: of the input, on the machine of the command (:func:`sight_of`).
        environment: versions there (:func:`grader.store.runs.manifest.environment`).
    """

    folder: Path
    path: Path
    work: Path
    mark: str
    sight: str
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a machine can grade nothing of a run.

    Args:
        node: its name.
        says: what is wrong there.
        storage: whether that is a matter of files, and not of versions.
    """

    node: str
    says: str
    storage: bool


def place_of(path: Path, work: Path) -> Place:
    """Where the files of a run are, as this machine sees them; leaves a mark in the folder of the work.

    Args:
        path: of the input.
        work: folder of what comes of the chunks; made if need be.

    Raises:
        OSError: it cannot be written there.
    """
    work = work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    mark = os.urandom(16).hex()
    (work / MARK).write_text(mark, encoding="ascii")
    return Place(Path.cwd(), path, work, mark, sight_of(path), environment())


def sight_of(path: Path) -> str:
    """A digest of what is seen at a path: names, sizes and times; of a folder or a list those of its first entries.

    Raises:
        OSError: nothing is there.
        InputError: it is a list that cannot be read.
    """
    if path.is_dir():
        names = sorted(entry.name for entry in os.scandir(path))
        seen = [_seen(path / name) for name in islice(names, MOST_LOOKED_AT)]
    else:
        seen = [_seen(path)]
        if is_list(path):
            found = (one for one in listed(path) if isinstance(one, Path))
            seen += map(_seen, islice(found, MOST_LOOKED_AT))
    return hashlib.sha256("\0".join(seen).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _seen(path: Path) -> str:
    """A file in words; a folder is not told by its time, for results may be written below the input."""
    if path.is_dir():
        return path.name
    stat = path.lstat()
    return f"{path.name} {stat.st_mtime_ns} {stat.st_size}"


def look(place: Place, node: str) -> Misfit | None:
    """What keeps this machine from grading a run; afterwards the process is in the folder of the command.

    Args:
        place: of the run.
        node: name of the machine.
    """
    here = environment()
    other = [f"{name} {here.get(name)}, not {one}" for name, one in place.environment.items() if here.get(name) != one]
    if other:
        return Misfit(node, "it has " + ", ".join(other), storage=False)
    if not place.path.is_absolute():
        try:
            os.chdir(place.folder)
        except OSError as error:
            return Misfit(node, f"it cannot see {place.folder}, where the command runs: {error.strerror}", storage=True)
    try:
        if sight_of(place.path) != place.sight:
            return Misfit(node, f"it sees other files at {place.path} than the machine of the command", storage=True)
    except (OSError, InputError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        return Misfit(node, f"it cannot see the input {place.path}: {why}", storage=True)
    says = _in_the_way(place)
    return None if says is None else Misfit(node, says, storage=True)


def _in_the_way(place: Place) -> str | None:
    """Why nothing can be written into the folder of the work, as a trial shows; None where it can."""
    try:
        if (place.work / MARK).read_text(encoding="ascii") != place.mark:
            return f"it sees another folder at {place.work} than the machine of the command"
        handle, name = tempfile.mkstemp(prefix=f".{MARK}.", suffix=".part", dir=place.work)
        os.close(handle)
        try:
            connection = sqlite3.connect(name)
            connection.execute("CREATE TABLE trial (one)")
            connection.close()
        finally:
            Path(name).unlink()
    except OSError as error:
        return f"it cannot write into {place.work}: {error.strerror}"
    except sqlite3.Error as error:
        return f"SQLite cannot write into {place.work} there: {error}"
    return None


# ---------------------------------------------------------------- in a process of Ray's

_looked: dict[str, Misfit | None] = {}  # by mark
_kept: dict[str, StandingWorkers[bytes, bytes]] = {}  # by name of the work; one at most


def work_on(place: Place, name: str, refs: list[Any], payload: bytes, timeout: float, memory_mb: int) -> bytes:
    """Work on a chunk in a worker of this process; it is kept for the next chunk.

    Args:
        place: of the run.
        name: of the work.
        refs: to the work, pickled; fetched once for each process.
        payload: the chunk, pickled.
        timeout: seconds.
        memory_mb: see :func:`grader.scoring.workers.map_in_workers`.

    Returns:
        What came of it, pickled: the outcome, a :class:`~grader.scoring.workers.WorkerFailure` or a :class:`Misfit`.
    """
    import ray

    if place.mark not in _looked:  # a machine may have come later than the run began
        _looked[place.mark] = look(place, ray.util.get_node_ip_address())
    if (misfit := _looked[place.mark]) is not None:
        return pickle.dumps(misfit)
    if name not in _kept:
        for other in _kept.values():
            other.stop()
        _kept.clear()
        # Else each worker would import the program of Ray's process, and with it all of Ray.
        sys.modules["__main__"].__file__ = None
        _kept[name] = StandingWorkers(
            partial(_worked, ray.get(refs[0])), workers=1, timeout=timeout, memory_mb=memory_mb
        )
    worker = _kept[name]
    worker.timeout = timeout
    answer = worker(payload)
    return answer if isinstance(answer, bytes) else pickle.dumps(answer)


def _worked(work: bytes, payload: bytes) -> bytes:
    """In the worker: what comes of a chunk. Unpacked here, for Ray's process need not import all that grades."""
    return pickle.dumps(_unpacked(work)(pickle.loads(payload)))  # noqa: S301 - from the command's own process


@lru_cache(maxsize=1)
def _unpacked(work: bytes) -> Callable[[Any], Any]:
    function: Callable[[Any], Any] = pickle.loads(work)  # noqa: S301 - from the command's own process
    return function
