"""Contestants at work in child processes of their own, which may crash or hang without harm to the rest."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
HANG_SECONDS = 30.0  # without a sign of life; far above the limits that the contestants set themselves
END_SECONDS = 5.0  # between the last line of a process and its end
MOST_WARMUP = 100
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass
class Outcome:
    """What a contestant said of a case, and in what time (seconds)."""

    status: str
    note: str
    wall: float
    cpu: float


@dataclass
class Round:
    """One run of a contestant over some cases.

    Args:
        outcomes: by the case's id.
        load_wall, load_cpu: seconds for the import.
        first_cpu: seconds for the import and the first case.
        peak: resident memory in bytes, the most of its processes.
        restarts: how often a process had to be replaced.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    load_wall: float = 0.0
    load_cpu: float = 0.0
    first_cpu: float = 0.0
    peak: int = 0
    restarts: int = 0


class DoesNotStartError(RuntimeError):
    """A contestant's process ended before it judged anything; the message is the end of its output."""


def play(name: str, warmup: Sequence[Mapping[str, Any]], cases: Sequence[Mapping[str, Any]]) -> Round:
    """Let a contestant judge cases, in a fresh process.

    Args:
        name: of the contestant.
        warmup: cases to judge before; their times do not count.
        cases: cases whose times count. One at which the process ends or hangs gets the status ``error``, and the
            rest is judged in a new process, after its own warm-up.

    Raises:
        DoesNotStartError: the contestant cannot be imported.
    """
    done = Round()
    warm, left = list(warmup), list(cases)
    while left:
        before = len(warm) + len(left)
        lost = _play(name, warm, left, done)
        warm = [case for case in warm if case["id"] != lost]
        left = [case for case in left if case["id"] not in done.outcomes]
        if left:
            done.restarts += 1
        if left and len(warm) + len(left) == before:
            raise DoesNotStartError(f"{name} makes no progress")
    return done


def command(name: str) -> list[str]:
    """The command line of a contestant's process (``child.py`` says what it reads and writes)."""
    return [sys.executable, "-m", "benchmarks.child", name]


def _play(name: str, warm: list[Any], left: list[Any], done: Round) -> str:
    """Run one process to its end; what it says goes into ``done``. Returns the id it was lost at, or ""."""
    with tempfile.TemporaryFile("w+b") as errors:
        return _listen(name, warm, left, done, errors)


def _listen(name: str, warm: list[Any], left: list[Any], done: Round, errors: IO[bytes]) -> str:
    environment = os.environ | ONE_THREAD | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    process = subprocess.Popen(
        command(name),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=environment,
        cwd=ROOT,
    )
    assert process.stdin is not None and process.stdout is not None
    lines: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_pump, args=(process.stdout, lines), daemon=True).start()
    expected = [case["id"] for case in warm + left]
    loaded, first = False, True
    try:
        process.stdin.write(json.dumps({"warmup": warm, "cases": left}).encode())
        process.stdin.close()
        while True:
            line = _next(lines)
            if not line:
                break
            said = json.loads(line)
            if said["event"] == "load":
                loaded = True
                done.load_wall, done.load_cpu = said["wall"], said["cpu"]
            elif said["event"] == "end":
                done.peak = max(done.peak, said["peak"])
                return ""
            else:
                expected.pop(0)
                if first:
                    first, done.first_cpu = False, done.load_cpu + said["cpu"]
                if said["event"] == "cases":
                    done.outcomes[said["id"]] = Outcome(said["status"], said["note"], said["wall"], said["cpu"])
    except BrokenPipeError:
        pass  # it ended before it read its job
    finally:
        hung = not _ends(process)
        process.kill()
        process.wait()
    if not loaded or not expected:
        errors.seek(0)
        tail = errors.read().decode("utf-8", "replace")[-2000:]
        raise DoesNotStartError(f"{name} ended with {process.returncode} before it judged anything:\n{tail}")
    lost = str(expected[0])
    if lost in {case["id"] for case in left}:
        seconds = HANG_SECONDS if hung else 0.0
        done.outcomes[lost] = Outcome("error", "hangs" if hung else "crashes", seconds, seconds)
    return lost


def _ends(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process whose output has ended, or that said nothing for too long, ends by itself."""
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _pump(stream: Any, lines: queue.Queue[bytes]) -> None:
    """Carry lines over from a pipe; an empty one at its end."""
    for line in stream:
        lines.put(line)
    lines.put(b"")


def _next(lines: queue.Queue[bytes]) -> bytes:
    """The next line; empty at the end, or when none comes for too long."""
    try:
        return lines.get(timeout=HANG_SECONDS)
    except queue.Empty:
        return b""


def folds(cases: Sequence[Mapping[str, Any]]) -> list[tuple[list[Any], list[Any]]]:
    """The cases in two halves, each with a warm-up from the other half, so that no case warms up itself.

    Every second case goes to each half, so that both have all types. The warm-up is about
    :data:`MOST_WARMUP` cases, evenly spread, and one of each type at least.
    """
    even, odd = list(cases[::2]), list(cases[1::2])
    return [(_spread(other), half) for other, half in ((odd, even), (even, odd)) if half]


def _spread(cases: list[Any]) -> list[Any]:
    step = max(1, -(-len(cases) // MOST_WARMUP))
    first_of_type = {case.get("type"): case["id"] for case in reversed(cases)}
    return [case for n, case in enumerate(cases) if n % step == 0 or first_of_type[case.get("type")] == case["id"]]
