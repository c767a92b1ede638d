"""What a run costs on disk: written, read as a whole and read one result at a time, in files of growing size.

The results are those of the example submissions, again and again under other names, so that answers, feedback and
evidence are real ones. Renderings repeat, as in a class; texts of answers do too, so that the size says more about a
class than about essays.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

import psutil

from benchmarks.measure import ROOT, grade, measure, table
from grader.records import Claim, Result
from grader.store.runs import StoredRun, Writer, load, reading, writing

SIZES = (6_000, 50_000)  # 300 students with 20 parts each; 50 models with 200 problems and 5 replies each


def many(found: StoredRun, size: int) -> Iterator[Result]:
    """Results of as many students as it takes."""
    endless = (replace(one, claim=_renamed(one, n)) for n in count() for one in found.run.results)
    return islice(endless, size)


def _renamed(result: Result, number: int) -> Claim:
    return replace(result.claim, subject=f"{result.claim.subject} {number}")


def write(source: Path, path: Path, size: int) -> None:
    """Write a run of that size record by record, and print the seconds and the bytes."""
    found = load(source)
    names = dict.fromkeys(one.claim.subject for one in many(found, size))
    start = time.process_time()
    with writing(path, found.manifest, Writer) as writer:
        writer.about(kind="submissions", title="Kept", layout="", grader_version="0")
        for problem in found.run.problems:
            writer.problem(problem)
        for name in names:
            writer.subject(name, None, ())
        for one in many(found, size):
            writer.result(one)
    print(f"{time.process_time() - start} {path.stat().st_size}")


def read(path: Path, whole: bool) -> None:
    """Read a run, as a whole or result by result, and print the seconds and the memory in bytes that it took."""
    process = psutil.Process()
    with reading(path) as reader:
        next(reader.results())  # brings what is imported late
    before, start = process.memory_info().rss, time.process_time()
    if whole:
        kept = load(path)
        assert kept.run.results
    else:
        with reading(path) as reader:
            for _ in reader.results():
                pass
    print(f"{time.process_time() - start} {process.memory_info().rss - before}")


def main() -> None:
    """Grade the example once, and print the table; with arguments, do one of the steps."""
    if len(sys.argv) > 1:
        action, path, *rest = sys.argv[1:]
        if action == "write":
            write(Path(path), Path(rest[0]), int(rest[1]))
        else:
            read(Path(path), action == "load")
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(ROOT)
        measure(grade("submissions", "examples/submissions", "--out", folder))
        for size in SIZES:
            path = str(Path(folder, f"{size}.sqlite"))
            seconds, taken = _child("write", str(Path(folder, "run.sqlite")), path, str(size))
            cells = [f"{size:,}", f"{taken / 1e6:.1f}", f"{seconds:.1f}"]
            for action in ("load", "pass"):
                seconds, taken = _child(action, path)
                cells += [f"{seconds:.1f}", f"{max(0, taken) / 2**20:.0f}"]
            rows.append(cells)
    header = ["results", "file, MB", "written, s", "loaded, s", "memory, MiB", "passed over, s", "memory, MiB"]
    print("## A run on disk\n")
    print(table(header, rows))
    print("\nCPU seconds, and the memory that comes on top of the program's own.")


def _child(*arguments: str) -> tuple[float, float]:
    """What one of the steps printed, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.kept_runs", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    first, second = done.stdout.split()
    return float(first), float(second)


if __name__ == "__main__":
    main()
