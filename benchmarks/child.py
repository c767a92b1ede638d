"""The child process in which one contestant judges cases: ``python -m benchmarks.child NAME < job``.

The job is one JSON object: ``warmup`` and ``cases``, lists of cases as plain values. What comes out is a line of
JSON for each step, at once, so that the parent knows which case was at work if the child dies: ``load``, one for
each case, and ``end`` with the peak of resident memory.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from benchmarks.contestants import CONTESTANTS

MOST_MEMORY = 4 * 2**30  # bytes of address space; a contestant that wants more gets a MemoryError


def peak_memory() -> int:
    """Greatest resident memory of this process in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would start from what the parent had when it forked
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Judge the cases on standard input, one after the other."""
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a contestant prints must not mix with the lines

    def say(**fields: object) -> None:
        lines.write(json.dumps(fields) + "\n")
        lines.flush()

    job = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    contestant = CONTESTANTS[sys.argv[1]]()
    wall, cpu = time.perf_counter(), time.process_time()
    contestant.load()
    say(event="load", wall=time.perf_counter() - wall, cpu=time.process_time() - cpu)
    for event in ("warmup", "cases"):
        for case in job[event]:
            contestant.forget()
            wall, cpu = time.perf_counter(), time.process_time()
            status, note = contestant.judge(case)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            say(event=event, id=case["id"], status=status, note=note, wall=wall, cpu=cpu)
    say(event="end", peak=peak_memory())


if __name__ == "__main__":
    main()
