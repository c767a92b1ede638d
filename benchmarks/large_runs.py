"""How ``grade transcripts`` grows from a thousand replies to a million: time, memory, size of the results.

The replies are made (:mod:`benchmarks.replies`), in three loads: ``cold``, in which no reply occurs twice, so that no
memory of verdicts helps; ``natural``, in which short answers occur again; and ``short``, in which models are asked once
and for the answer alone, so that most replies occur again. Each size is a run of its own, with two
workers and without pages, which have tables of their own (:mod:`benchmarks.many_models`). Beside it stands the raw
read of the same file, by one process: ``json.loads`` of every line, and its bytes alone. That is the limit for anything
that reads the file.

``python -m benchmarks.large_runs`` takes sizes up to 100,000, and with ``--full`` a million; or those that are named.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.as_planted import agreement
from benchmarks.items import Item, items, make_course
from benchmarks.measure import MIB, Measurement, grade, measure, table
from benchmarks.replies import LOADS, Maker, repeated, write_jsonl

SIZES = (1_000, 10_000, 100_000)
FULL = 1_000_000
FEW = 10
"""Replies of the run that shows what starting costs."""

BLOCK = 2**20
SOME_FAILED = (0, 4)
"""Codes of a run that went through: 4 says that some items failed, which the count of planted replies shows."""


@dataclass(frozen=True, slots=True)
class Grown:
    """What one run took.

    Args:
        load: name of it.
        replies: number of them.
        repeated: share of them whose words occur in another one, too.
        written: seconds that making the file took.
        file, results: bytes.
        run: of ``grade transcripts``.
        parsed, read: seconds of the processor for ``json.loads`` of every line, and for the bytes alone.
        planted: how many were graded as planted, in a sentence; "" where the run has no ``results.jsonl``.
    """

    load: str
    replies: int
    repeated: float
    written: float
    file: int
    results: int
    run: Measurement
    parsed: float
    read: float
    planted: str


def run(course: Path, file: Path, out: Path, workers: int) -> Measurement:
    """Grade a file.

    Args:
        course: its folder.
        file: with conversations.
        out: folder for the results.
        workers: processes that grade.
    """
    where = ("--course", str(course), "--out", str(out))
    command = grade("transcripts", str(file), *where, "--workers", str(workers), "--no-pages")
    return measure(command, shares=True, codes=SOME_FAILED)


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, for a piece of work in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def parse(file: Path) -> None:
    """Every line as JSON, one at a time."""
    with file.open("rb") as stream:
        for line in stream:
            json.loads(line)


def read(file: Path) -> None:
    """All bytes, a block at a time."""
    with file.open("rb") as stream:
        while stream.read(BLOCK):
            pass


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def grown(folder: Path, questions: Sequence[Item], load: str, replies: int, workers: int) -> Grown:
    """Make a file, read it raw, grade it, compare.

    Args:
        folder: with the course in ``course``; what is made here is deleted.
        questions: of the course.
        load: name of it.
        replies: how many.
        workers: processes that grade.
    """
    maker = Maker(questions, LOADS[load])
    file, out = folder / f"{load}-{replies}.jsonl", folder / f"{load}-{replies}"
    written = seconds(lambda: write_jsonl(file, maker, replies))
    took = run(folder / "course", file, out, workers)
    results = out / "results.jsonl"
    made = Grown(
        load,
        replies,
        repeated(maker, replies),
        written,
        file.stat().st_size,
        size_of(out),
        took,
        min(seconds(lambda: parse(file)) for _ in range(3)),
        min(seconds(lambda: read(file)) for _ in range(3)),
        str(agreement(file, results)) if results.exists() else "",
    )
    file.unlink()
    shutil.rmtree(out)
    return made


# ---------------------------------------------------------------- tables


def times(rows: Sequence[Grown], start: Measurement) -> str:
    """The table of times and sizes."""
    header = [
        "load", "replies", "file, MB", "occur again", "wall, s", "CPU, s", "replies a second", "without the start",
        "peak memory, MiB", "results, MB",
    ]  # fmt: skip
    return table(header, [_times(row, start) for row in rows])


def _times(row: Grown, start: Measurement) -> list[str]:
    return [
        row.load,
        f"{row.replies:,}",
        f"{row.file / 1e6:,.1f}",
        f"{100 * row.repeated:.0f} %",
        f"{row.run.wall:,.1f}",
        f"{row.run.cpu:,.1f}",
        f"{row.replies / row.run.wall:,.0f}",
        _without(start.wall, row.run.wall, lambda wall: f"{(row.replies - FEW) / wall:,.0f}"),
        f"{row.run.peak / MIB:,.0f}",
        f"{row.results / 1e6:,.1f}",
    ]


def _without(start: float, whole: float, said: Callable[[float], str]) -> str:
    """Something of a time from which the start is taken off; nothing where that is most of it."""
    return said(whole - start) if whole > 2 * start else ""


def limits(rows: Sequence[Grown], start: Measurement) -> str:
    """The table beside the raw read; the processor's time, for two workers are compared with one process."""
    header = [
        "load", "replies", "making, s", "json.loads, s", "bytes, s", "graded, CPU s", "times json.loads",
        "without the start",
    ]  # fmt: skip
    return table(header, [_limits(row, start) for row in rows])


def _limits(row: Grown, start: Measurement) -> list[str]:
    return [
        row.load,
        f"{row.replies:,}",
        f"{row.written:.2f}",
        f"{row.parsed:.3f}",
        f"{row.read:.4f}",
        f"{row.run.cpu:,.1f}",
        f"{row.run.cpu / row.parsed:,.1f}",
        _without(start.cpu, row.run.cpu, lambda cpu: f"{cpu / row.parsed:,.1f}"),
    ]


def growth(rows: Sequence[Grown]) -> str:
    """By which factor each number grows where the replies grow tenfold, or as they do."""
    header = ["load", "replies", "times", "wall", "CPU", "peak memory", "results"]
    return table(header, list(_factors(rows)))


def _factors(rows: Sequence[Grown]) -> Iterator[list[str]]:
    for less, more in pairwise(rows):
        if less.load == more.load:
            pairs = [
                (less.replies, more.replies),
                (less.run.wall, more.run.wall),
                (less.run.cpu, more.run.cpu),
                (less.run.peak, more.run.peak),
                (less.results, more.results),
            ]
            yield [more.load, f"{less.replies:,} → {more.replies:,}", *(f"{b / max(a, 1e-9):.2f}" for a, b in pairs)]


def report(rows: Sequence[Grown], start: Measurement, workers: int) -> str:
    """All tables.

    Args:
        rows: runs, by load and size.
        start: the run with few replies.
        workers: of every run.
    """
    planted = "\n".join(f"- {row.load}, {row.replies:,}: {row.planted}" for row in rows if row.planted)
    return (
        f"## Large runs, {workers} workers\n\n{times(rows, start)}\n\n"
        f"A run over {FEW} replies takes {start.wall:.1f} s, {start.cpu:.1f} s of the processor and "
        f"{start.peak / MIB:.0f} MiB: the start, which is taken off in “without the start”.\n\n"
        f"### Beside the raw read\n\n{limits(rows, start)}\n\n### Growth\n\n{growth(rows)}\n\n"
        f"### As planted\n\n{planted or 'These runs have no `results.jsonl` to compare.'}\n"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("sizes", nargs="*", type=int, help=f"numbers of replies; {', '.join(map(str, SIZES))} if none")
    reader.add_argument("--full", action="store_true", help=f"{FULL:,} replies, too")
    reader.add_argument("--load", choices=LOADS, action="append", help="repeatable; all if not given")
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--problems", type=int, default=None, help="questions; all if not given")
    reader.add_argument("--folder", type=Path, help="where files are made; some 15 GB for a million replies")
    given = reader.parse_args(arguments)
    sizes = [*(given.sizes or SIZES), *([FULL] if given.full else [])]
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        make_course(folder / "course", given.problems)
        questions = items(folder / "course")
        write_jsonl(folder / "few.jsonl", Maker(questions, LOADS["cold"]), FEW)
        start = run(folder / "course", folder / "few.jsonl", folder / "few", given.workers)
        loads = given.load or list(LOADS)
        rows = [grown(folder, questions, load, size, given.workers) for load in loads for size in sorted(sizes)]
        print(report(rows, start, given.workers))


if __name__ == "__main__":
    main()
