"""Run a command and measure it, with all processes that it starts."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
SAMPLE_SECONDS = 0.02
SHARES_SECONDS = 0.2
"""Time between two looks at a run whose shared memory is divided: each takes some milliseconds for each process."""

MIB = 2**20


@dataclass(frozen=True)
class Measurement:
    """What one run of a command took.

    Args:
        wall: elapsed seconds.
        cpu: user and system seconds of the command and all its descendants, as last seen before each
            ended: too low by at most one sampling period (20 ms) for each. The system's own account
            for ended children is not used, for it leaves out workers that a fork server started.
        peak: greatest sum of resident memory over the process tree in bytes, sampled every 20 ms;
            pages that processes share are counted once for each, or, where shares are asked for, in equal shares.
    """

    wall: float
    cpu: float
    peak: int


def grade(*arguments: str) -> list[str]:
    """The command line that runs ``grade`` in this interpreter's environment."""
    return [sys.executable, "-c", "from grader.commands.main import main; main()", *arguments]


def measure(command: Sequence[str], *, shares: bool = False, codes: Sequence[int] = (0,)) -> Measurement:
    """Run a command to its end.

    Args:
        command: the command line.
        shares: of memory that processes share each counts its share (Linux's PSS), so that the sum is what is in use;
            such a run is looked at every 200 ms, and its CPU may be too low by as much for each process.
        codes: with which it may end.

    Raises:
        RuntimeError: it ended with another code; the message holds the end of its output.
    """
    every = SHARES_SECONDS if shares else SAMPLE_SECONDS
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    peak = 0
    cpu: dict[tuple[int, float], float] = {}
    with tempfile.TemporaryFile("w+b") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment
        )
        tree = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, sample(tree, cpu, shares=shares))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(every)
        wall = time.perf_counter() - start
        if process.returncode not in codes:
            output.seek(0)
            tail = output.read().decode("utf-8", "replace")[-2000:]
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
    return Measurement(wall, sum(cpu.values()), peak)


def cpu_of(command: Sequence[str]) -> float:
    """User and system seconds of one run of a short command, which must succeed; no memory sampling."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def sample(process: psutil.Process, cpu: dict[tuple[int, float], float], *, shares: bool = False) -> int:
    """Look at a process and its descendants that are alive now.

    Args:
        process: the root of the tree.
        cpu: seconds for each process seen so far, by its number and start; brought up to date.
        shares: of memory that processes share each counts its share.

    Returns:
        resident memory of all of them in bytes.
    """
    total = 0
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for member in family:
        try:
            times = member.cpu_times()
            cpu[member.pid, member.create_time()] = times.user + times.system
            total += member.memory_full_info().pss if shares else member.memory_info().rss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue  # ended since it was listed
    return total


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; numbers are written as given."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
