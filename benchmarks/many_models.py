"""50 models, 200 problems, 5 replies each: what the report takes, and what grading the conversations takes.

The same conversations twice: as a graded run in memory, from which all reports are written, and as files, which
``grade transcripts`` grades from end to end. What hints do is planted (``benchmarks/talks.py``), and so is every
answer: the tables say how many came out as planted, and what was measured beside what is true.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.measure import MIB, Measurement, grade, measure, table
from benchmarks.planted import STATUS, planted_run
from benchmarks.talks import HINTS, Design, World, make_course, write_talks
from grader.analysis.changes import changes
from grader.analysis.index import RunIndex
from grader.analysis.summary import transitions

BUDGET = 10_000_000
"""Bytes that no page may exceed."""


def write_reports(folder: Path, design: Design) -> dict[str, Any]:
    """In a process of its own: make the run, write everything, and what the steps took.

    Args:
        folder: with the course; the reports go to ``reports`` in it.

    Returns:
        Seconds by step, numbers of rows, and planted and measured rates.
    """
    from grader.commands.outputs import write_outputs
    from grader.specs import load_course
    from grader.store.results import result_object

    took: dict[str, tuple[float, float]] = {}
    world = World(design)
    with Timed(took, "make the run"):
        run = planted_run(world, load_course(folder).problems)
    with Timed(took, "json alone"), (folder / "rows.jsonl").open("w", encoding="utf-8") as stream:
        for result in run.results:
            stream.write(json.dumps(result_object(result), ensure_ascii=False) + "\n")
    with Timed(took, "rates"):
        index = RunIndex(run)
        rows = transitions(index, changes(run))
    with Timed(took, "all reports"):
        write_outputs(index, folder / "reports")
    rates = {
        f"{row.kind} {name}": (getattr(row, name).count, getattr(row, name).of)
        for row in rows
        for name in ("keeps_right", "repairs_wrong")
    }
    return {"took": took, "results": len(run.results), "rates": rates}


class Timed:
    """Adds what a block takes to ``took``: seconds by the clock, and of the processor."""

    def __init__(self, took: dict[str, tuple[float, float]], name: str) -> None:
        self.took, self.name = took, name

    def __enter__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.took[self.name] = time.perf_counter() - self.wall, time.process_time() - self.cpu


def planted(world: World) -> dict[tuple[str, int], tuple[str, bool]]:
    """Status of each reply, and whether it only carries an answer on."""
    found: dict[tuple[str, int], tuple[str, bool]] = {}
    for talk in world.talks():
        standing = ""
        for number, reply in enumerate(talk.replies, 1):
            silent = reply.outcome == "silent"
            standing = standing if silent else str(STATUS[reply.outcome])
            found[talk.id, number] = standing, silent
    return found


def as_planted(out: Path, world: World) -> tuple[int, int]:
    """How many results are as planted, of how many."""
    expected = planted(world)
    agree = 0
    with (out / "results.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            found = json.loads(line)
            agree += expected[found["subject"], found["turn"]] == (found["status"], found["carried"])
    return agree, len(expected)


def sizes(folder: Path) -> list[tuple[str, int]]:
    """Names and bytes of all files below a folder, the largest first."""
    files = [(str(path.relative_to(folder)), path.stat().st_size) for path in folder.rglob("*") if path.is_file()]
    return sorted(files, key=lambda one: -one[1])


def row(name: str, took: Measurement) -> list[object]:
    """Of the table of times."""
    return [name, f"{took.wall:.1f}", f"{took.cpu:.1f}", f"{took.peak / MIB:.0f}"]


def compared(world: World, rates: Mapping[str, tuple[int, int]]) -> str:
    """What is true of the design beside what was measured."""
    truth = world.expected()
    lines = []
    for kind in HINTS:
        for name in ("keeps_right", "repairs_wrong"):
            count, of = rates.get(f"{kind} {name}", (0, 0))
            expected = truth.get((kind, name))
            if of and expected:
                lines.append(
                    [kind, name.replace("_", " "), f"{100 * expected.rate:.1f} %", f"{100 * count / of:.1f} %", of]
                )
    return table(["after a hint", "rate", "true on average", "measured", "of"], lines)


def main() -> None:
    """Print the tables."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("models", nargs="?", type=int, default=50)
    reader.add_argument("problems", nargs="?", type=int, default=200)
    reader.add_argument("--child", metavar="FOLDER", default="", help=argparse.SUPPRESS)
    reader.add_argument("--reports-only", action="store_true", help="do not grade the files")
    given = reader.parse_args()
    design = Design(given.models, given.problems)
    if given.child:
        folder = Path(given.child)
        (folder / "took.json").write_text(json.dumps(write_reports(folder, design)), encoding="utf-8")
        return
    world = World(design)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_course(folder, design)
        size = [str(design.models), str(design.problems)]
        whole = measure([sys.executable, "-m", "benchmarks.many_models", *size, "--child", name])
        inside = json.loads((folder / "took.json").read_text(encoding="utf-8"))
        times = [row("make the run in memory, all reports", whole)]
        agreement = ""
        if not given.reports_only:
            write_talks(folder / "transcripts", world)
            out = ["--course", name, "--out", str(folder / "out")]
            times.append(row("`grade transcripts`", measure(grade("transcripts", f"{name}/transcripts", *out))))
            times.append(row("`grade report`", measure(grade("report", str(folder / "out")))))
            agree, of = as_planted(folder / "out", world)
            agreement = f"\n{agree:,} of {of:,} replies were graded as planted.\n"
        print(f"## {design.models} models, {design.problems} problems, {design.replies} replies\n")
        print(table(["what", "wall, s", "CPU, s", "peak memory, MiB"], times))
        print(agreement)
        steps = [[step, *(f"{seconds:.1f}" for seconds in took)] for step, took in inside["took"].items()]
        print(table(["step of the first", "wall, s", "CPU, s"], steps))
        plain, reports = (inside["took"][step][1] for step in ("json alone", "all reports"))
        print(
            f"\nAll reports of {inside['results']:,} results take {reports / plain:.0f} times the CPU "
            "of writing the rows with `json` alone.\n"
        )
        files = sizes(folder / "reports")
        pages = [size for file, size in files if file.endswith(".html")]
        print(
            f"{len(pages)} pages with {sum(pages) / 1e6:.1f} MB; the largest has {max(pages) / 1e6:.2f} MB, "
            f"{'within' if max(pages) <= BUDGET else 'over'} the budget of {BUDGET / 1e6:.0f} MB.\n"
        )
        print(compared(world, inside["rates"]))


if __name__ == "__main__":
    main()
