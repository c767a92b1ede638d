"""Replies scored a second: ``inspect score`` and ``grade transcripts`` on the same logs, beside reading them raw.

The logs are made (:mod:`benchmarks.eval_logs`) and written by Inspect. Each contestant is a command of its own, started
anew for each log; the best of some runs counts, and contestants take turns. What each does:

- ``inspect score … --scorer match`` reads the log, compares the end of each sample's last reply with the target as
  text, and writes a log with scores. ``includes`` looks whether the target stands anywhere in it. Neither reads
  mathematics: another notation of the right answer is wrong to them, which the table of verdicts shows.
- ``inspect score … --scorer grader/marks`` does the same with this project's scorer: the last reply of each sample,
  parsed and compared with the truth that a solver computes. It takes part where it is installed.
- ``grade transcripts --no-pages`` with two workers grades every reply, also those before a hint, and writes results and
  a database.
- ``read_eval_log`` is Inspect's own reader of logs, and nothing else.
- ``zip and json.loads`` unpacks every member and parses it, one at a time: the limit for whoever reads the log.

Inspect comes with ``pip install -e '.[bench]'``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from benchmarks.eval_logs import sample_id, write_log
from benchmarks.items import items, make_course
from benchmarks.large_runs import SOME_FAILED
from benchmarks.measure import MIB, Measurement, grade, measure, table
from benchmarks.replies import LOADS, MOST_TURNS, RIGHT, SILENT, Maker, Talk

SIZES = (500, 5_000)
ONE = 1
"""Samples of the log that shows what starting costs."""

RUNS = 3

READ = "import sys; from inspect_ai.log import read_eval_log; assert read_eval_log(sys.argv[1]).samples"
RAW = """
import json, sys, zipfile
import zipfile_zstd  # teaches zipfile the method that Inspect packs with; comes with Inspect
with zipfile.ZipFile(sys.argv[1]) as log:
    for name in log.namelist():
        json.loads(log.read(name))
"""

OURS = "`grade transcripts`"
MATCH, INCLUDES, MARKS = (f"`inspect score`, {scorer}" for scorer in ("match", "includes", "grader/marks"))
READER, LIMIT = "`read_eval_log`", "zip and `json.loads`"


@dataclass(frozen=True, slots=True)
class Log:
    """A made log.

    Args:
        path: of it.
        samples, replies: how many.
        talks: as planted.
    """

    path: Path
    samples: int
    replies: int
    talks: tuple[Talk, ...]


def made_log(folder: Path, maker: Maker, count: int) -> Log:
    """Make a log.

    Args:
        folder: where to.
        maker: of the conversations.
        count: of samples.
    """
    path = folder / f"{count}.eval"
    write_log(path, maker, count)
    talks = tuple(talk for talk, _ in zip(maker.talks(count * MOST_TURNS), range(count), strict=False))
    return Log(path, count, sum(len(talk.replies) for talk in talks), talks)


def commands(log: Path, course: Path, out: Path, workers: int) -> Mapping[str, list[str]]:
    """What each contestant is to run.

    Args:
        log: to be scored.
        course: folder of the course.
        out: folder for the results, empty.
        workers: of ``grade transcripts``.
    """

    def inspect(scorer: str, *more: str) -> list[str]:
        target = ["--output-file", str(out / f"{scorer.replace('/', '-')}.eval"), "--action", "overwrite"]
        head = [sys.executable, "-m", "inspect_ai", "score", str(log)]
        return [*head, "--scorer", scorer, *more, *target, "--display", "none"]

    ours = ["--course", str(course), "--out", str(out / "ours"), "--workers", str(workers)]
    found = {
        MATCH: inspect("match"),
        INCLUDES: inspect("includes"),
        MARKS: inspect("grader/marks", "-S", f"course={course}"),
        OURS: grade("transcripts", str(log), *ours, "--no-pages"),
        READER: [sys.executable, "-c", READ, str(log)],
        LIMIT: [sys.executable, "-c", RAW, str(log)],
    }
    if not installed():
        del found[MARKS]
    return found


def installed() -> bool:
    """Whether Inspect finds this project's scorer: by the entry point that its installation makes."""
    return any(point.name == "grader" for point in entry_points(group="inspect_ai"))


def compete(log: Log, course: Path, out: Path, workers: int, runs: int) -> dict[str, Measurement]:
    """The best run of each contestant, by the clock. All of one round run before the next round begins.

    Args:
        log: to be scored.
        course, out, workers: as for :func:`commands`.
        runs: of each.
    """
    best: dict[str, Measurement] = {}
    for _ in range(runs):
        shutil.rmtree(out, ignore_errors=True)  # where a file is, Inspect asks whether to overwrite it
        out.mkdir()
        for name, command in commands(log.path, course, out, workers).items():
            took = measure(command, shares=True, codes=SOME_FAILED if name == OURS else (0,))
            best[name] = min(best.get(name, took), took, key=lambda one: one.wall)
    return best


def scored(name: str, log: Log) -> int:
    """How many replies a contestant scores: ``grade transcripts`` all, Inspect the last one of each sample."""
    return log.replies if name == OURS else log.samples


def times(log: Log, took: Mapping[str, Measurement], start: Mapping[str, Measurement]) -> str:
    """The table of one log.

    Args:
        log: that was scored.
        took: by contestant.
        start: the same for a log with one sample.
    """
    header = [
        "what", "wall, s", "CPU, s", "peak memory, MiB", "replies scored", "a second", "without the start", "start, s",
    ]  # fmt: skip
    lines = []
    for name, one in took.items():
        count, first = scored(name, log), start[name].wall
        readers = name in (READER, LIMIT)
        rest = one.wall - first
        lines.append(
            [
                name,
                f"{one.wall:.1f}",
                f"{one.cpu:.1f}",
                f"{one.peak / MIB:.0f}",
                "" if readers else f"{count:,}",
                "" if readers else f"{count / one.wall:,.0f}",
                "" if readers or rest < first / 4 else f"{count / rest:,.0f}",
                f"{first:.1f}",
            ]
        )
    return table(header, lines)


def ratios(log: Log, took: Mapping[str, Measurement], start: Mapping[str, Measurement]) -> str:
    """How many times as many replies, and samples, ``grade transcripts`` does in a second, and its times of a raw read.

    Args:
        log, took, start: as for :func:`times`.
    """
    ours, rest = took[OURS].wall, took[OURS].wall - start[OURS].wall
    lines = []
    for name in (MATCH, INCLUDES, MARKS):
        if name in took:
            other = took[name].wall
            more = other - start[name].wall
            lines.append(
                [
                    name,
                    f"{other / ours * log.replies / log.samples:.2f}",
                    f"{other / ours:.2f}",
                    f"{more / rest * log.replies / log.samples:.2f}" if rest > 0 < more else "",
                ]
            )
    header = ["`grade transcripts` beside", "replies a second, times", "samples a second, times", "without the start"]
    limit = took[LIMIT].wall
    times_limit = (
        f"It takes {ours / limit:.1f} times as long as {LIMIT}; {READER} takes {took[READER].wall / limit:.1f}"
    )
    return f"{table(header, lines)}\n\n{times_limit} times as long."


def verdicts(log: Log, out: Path) -> str:
    """How many samples each scorer called right, of those whose last answer was planted right and of the others.

    Args:
        log: that was scored.
        out: folder with the results.
    """
    from inspect_ai.log import read_eval_log

    right = {sample_id(talk): _last(talk) == RIGHT for talk in log.talks}
    lines = []
    for name, file in ((MATCH, "match"), (INCLUDES, "includes"), (MARKS, "grader-marks")):
        if not (out / f"{file}.eval").exists():
            continue
        said = {
            str(sample.id): any(_full(score.value) for score in (sample.scores or {}).values())
            for sample in read_eval_log(str(out / f"{file}.eval")).samples or ()
        }
        lines.append([name, *_shares(right, said)])
    said = {}
    last: dict[str, str] = {}
    with (out / "ours/results.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            last[row["subject"]] = row["status"]
    for name in right:
        said[name] = last.get(f"made-replies-{name}-1") == "correct"
    lines.append([OURS, *_shares(right, said)])
    return table(["samples called right", "of those planted right", "of the others"], lines)


def _full(value: object) -> bool:
    """Whether a score is full marks: Inspect's own scorers say ``C``, ours has the credit beside what was marked."""
    return value == "C" or (isinstance(value, Mapping) and value.get("credit") == 1)


def _last(talk: Talk) -> str:
    """The label of the answer that stands in the end."""
    labels = [made.label for made in talk.replies if made.label != SILENT]
    return labels[-1] if labels else SILENT


def _shares(right: Mapping[str, bool], said: Mapping[str, bool]) -> list[str]:
    found = []
    for kind in (True, False):
        names = [name for name, is_right in right.items() if is_right is kind]
        found.append(f"{sum(said[name] for name in names):,} of {len(names):,}")
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("sizes", nargs="*", type=int, help=f"numbers of samples; {', '.join(map(str, SIZES))} if none")
    reader.add_argument("--load", choices=LOADS, default="cold")
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--runs", type=int, default=RUNS)
    reader.add_argument("--problems", type=int, default=None, help="questions; all if not given")
    given = reader.parse_args(arguments)
    if importlib.util.find_spec("inspect_ai") is None:
        print("Inspect is not installed: pip install -e '.[bench]'")
        return
    from inspect_ai import __version__

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_course(folder / "course", given.problems)
        maker = Maker(items(folder / "course"), LOADS[given.load])

        def go(log: Log) -> dict[str, Measurement]:
            return compete(log, folder / "course", folder / "out", given.workers, given.runs)

        start = go(made_log(folder, maker, ONE))
        print(f"## `inspect score` {__version__} and `grade transcripts`, {given.load} load\n")
        for size in given.sizes or SIZES:
            log = made_log(folder, maker, size)
            took = go(log)
            print(f"### {size:,} samples, {log.replies:,} replies, {log.path.stat().st_size / 1e6:.1f} MB\n")
            print(times(log, took, start))
            print(f"\n{ratios(log, took, start)}\n")
            print(f"{verdicts(log, folder / 'out')}\n")


if __name__ == "__main__":
    main()
