"""Run a command and measure it, with all processes that it starts."""

from __future__ import annotations

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
            pages that processes share are counted once for each.
    """

    wall: float
    cpu: float
    peak: int


def grade(*arguments: str) -> list[str]:
    """The command line that runs ``grade`` in this interpreter's environment."""
    return [sys.executable, "-c", "from grader.commands.main import main; main()", *arguments]


def measure(command: Sequence[str]) -> Measurement:
    """Run a command to its end.

    Raises:
        RuntimeError: it ended with a code other than 0; the message holds the end of its output.
    """
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
            peak = max(peak, sample(tree, cpu))
            time.sleep(SAMPLE_SECONDS)
        wall = time.perf_counter() - start
        if process.returncode:
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


def sample(process: psutil.Process, cpu: dict[tuple[int, float], float]) -> int:
    """Look at a process and its descendants that are alive now.

    Args:
        process: the root of the tree.
        cpu: seconds for each process seen so far, by its number and start; brought up to date.

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
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue  # ended since it was listed
    return total


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; numbers are written as given."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
