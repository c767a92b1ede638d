"""What a Ray cluster of this machine costs beside its own processes, on the same replies; what putting together takes.

Each engine grades the same made replies into a folder of its own, with the same number of workers; they take turns. All
chunks are compared byte for byte, and put together once more by themselves: that part of a run is done by one process,
however many machines graded.

``python -m benchmarks.engines 10000 --load cold`` takes sizes. It needs the extra ``[ray]``.
"""

from __future__ import annotations

import argparse
import filecmp
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.items import items, make_course
from benchmarks.large_runs import SOME_FAILED, seconds
from benchmarks.measure import MIB, Measurement, grade, measure, table
from benchmarks.replies import LOADS, Maker, write_jsonl
from grader.batch import FOLDER
from grader.specs import load_course
from grader.store.runs import Manifest, manifest_of, writing
from grader.store.runs.merging import Merger

ENGINES = ("local", "ray")
SIZES = (10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Compared:
    """Runs of both engines over the same replies.

    Args:
        load: name of it.
        replies: number of them.
        best: the runs that took the least of the processor, by engine.
        merging: seconds of the processor for putting the chunks together.
        sizes: bytes, by what.
        chunks: number of them.
        same: whether all chunks have the same bytes.
    """

    load: str
    replies: int
    best: dict[str, Measurement]
    merging: float
    sizes: dict[str, int]
    chunks: int
    same: bool


def compared(folder: Path, load: str, replies: int, workers: int, runs: int) -> Compared:
    """Grade the same replies by both engines.

    Args:
        folder: with the course in ``course``; what is made here is deleted.
        load: name of it.
        replies: how many.
        workers: processes that grade.
        runs: of each engine.
    """
    file = folder / "replies.jsonl"
    write_jsonl(file, Maker(items(folder / "course"), LOADS[load]), replies)
    took: dict[str, list[Measurement]] = {name: [] for name in ENGINES}
    for _ in range(runs):
        for name in ENGINES:
            out = folder / name
            shutil.rmtree(out, ignore_errors=True)
            command = grade(
                "transcripts", str(file), "--course", str(folder / "course"), "--out", str(out),
                "--workers", str(workers), "--engine", name, "--no-pages",
            )  # fmt: skip
            took[name].append(measure(command, shares=True, codes=SOME_FAILED))
    here, there = (folder / name / FOLDER / "chunks" for name in ENGINES)
    names = sorted(one.name for one in here.iterdir())
    _, differ, lost = filecmp.cmpfiles(here, there, names, shallow=False)
    sizes = {
        "the input": file.stat().st_size,
        "chunks, records": sum(one.stat().st_size for one in here.glob("*.sqlite")),
        "chunks, lines": sum(one.stat().st_size for one in here.glob("*.jsonl")),
        "run.sqlite": (folder / "local/run.sqlite").stat().st_size,
        "results.jsonl": (folder / "local/results.jsonl").stat().st_size,
    }
    same = not differ and not lost and sorted(one.name for one in there.iterdir()) == names
    manifest = manifest_of("transcripts", load_course(folder / "course"), file, folder)
    together = min(seconds(lambda: merge(manifest, here, folder / "merged.sqlite")) for _ in range(3))
    for name in ENGINES:
        shutil.rmtree(folder / name)
    best = {name: min(took[name], key=lambda one: one.cpu) for name in ENGINES}
    return Compared(load, replies, best, together, sizes, len(names) // 2, same)


def merge(manifest: Manifest, chunks: Path, target: Path) -> None:
    """Put the records of chunks together into a file that is removed again."""
    with writing(target, manifest, Merger) as merger:
        for path in sorted(chunks.glob("*.sqlite")):
            merger.merge(path, {})
    target.unlink()


def times(rows: Sequence[Compared]) -> str:
    """The table of times."""
    header = [
        "load", "replies", "chunks", "engine", "wall, s", "CPU, s", "CPU, ms a reply", "peak memory, MiB",
        "the chunks", "merging, s", "replies merged a second",
    ]  # fmt: skip
    return table(header, [_times(row, name) for row in rows for name in ENGINES])


def _times(row: Compared, name: str) -> list[str]:
    run = row.best[name]
    return [
        row.load,
        f"{row.replies:,}",
        f"{row.chunks:,}",
        name,
        f"{run.wall:,.1f}",
        f"{run.cpu:,.1f}",
        f"{1000 * run.cpu / row.replies:.2f}",
        f"{run.peak / MIB:,.0f}",
        "the same" if row.same else "DIFFER",
        f"{row.merging:.2f}",
        f"{row.replies / row.merging:,.0f}",
    ]


def sizes(rows: Sequence[Compared]) -> str:
    """The table of bytes for each reply."""
    header = ["load", "replies", *(f"{name}, bytes a reply" for name in rows[0].sizes)]
    return table(
        header,
        [
            [row.load, f"{row.replies:,}", *(f"{size / row.replies:,.0f}" for size in row.sizes.values())]
            for row in rows
        ],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("sizes", nargs="*", type=int, help=f"numbers of replies; {', '.join(map(str, SIZES))} if none")
    reader.add_argument("--load", choices=LOADS, action="append", help="repeatable; both if not given")
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--runs", type=int, default=2, help="of each engine; the one with the least CPU counts")
    given = reader.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_course(folder / "course", None)
        rows = [
            compared(folder, load, size, given.workers, given.runs)
            for load in given.load or list(LOADS)
            for size in sorted(given.sizes or SIZES)
        ]
        print(f"## Engines, {given.workers} workers\n\n{times(rows)}\n\n### Bytes\n\n{sizes(rows)}")


if __name__ == "__main__":
    main()
