"""A run that is killed goes on where it stopped, with the same bytes in the end.

One run goes through without a break. Another is killed (SIGKILL, the whole process group, workers included) after
given shares of the time that the first took and at moments drawn from a seed, is started again each time, and goes to
its end. Then every file of both is compared, byte for byte, the chunks of their work among them, but for the folder
``.grade/memory``: what is in it depends on what was asked when, and nothing of a result does.
``SOURCE_DATE_EPOCH`` is set, so that times in files are equal, and both runs are the same command in the same folder,
which a run records; the first is moved away when it has ended.

``python -m benchmarks.killed_runs 10000`` kills at a third, at two thirds and at one random moment; it ends with 1
where files differ.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from benchmarks.items import items, make_course
from benchmarks.measure import ROOT, grade, table
from benchmarks.replies import LOADS, Maker, write_jsonl

EPOCH = "1795000000"
"""Seconds since 1970, in November 2026."""

SOME_FAILED = (0, 4)

MEMORY = "memory"
"""Folder of files that are no results."""


@dataclass(frozen=True, slots=True)
class Try:
    """One start of the run that is killed.

    Args:
        seconds: after which it was killed; its whole time where it was not.
        killed: it was; no, if it had come to its end before.
        written: bytes that lay in its folder then.
    """

    seconds: float
    killed: bool
    written: int


def started(command: Sequence[str], inside: Path) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own.

    Args:
        command: the command line.
        inside: folder in which it runs; its output is added to ``log`` there.
    """
    inside.mkdir(exist_ok=True)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": EPOCH}
    with (inside / "log").open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=inside,
            start_new_session=True,
        )


def whole(command: Sequence[str], inside: Path) -> float:
    """Run a command to its end, in a folder.

    Returns:
        Its seconds, by the clock.

    Raises:
        RuntimeError: it failed; the message holds the end of its output.
    """
    begun = time.perf_counter()
    process = started(command, inside)
    if process.wait() not in SOME_FAILED:
        tail = (inside / "log").read_bytes().decode("utf-8", "replace")[-2000:]
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
    return time.perf_counter() - begun


def killed_after(command: Sequence[str], inside: Path, seconds: float) -> Try:
    """Start a command, and kill it and all that it started.

    Args:
        command: the command line; it writes to ``out`` in the folder.
        inside: the folder.
        seconds: after which it is killed.
    """
    begun = time.perf_counter()
    process = started(command, inside)
    try:
        process.wait(seconds)
        killed = False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        killed = True
    sizes = (path.stat().st_size for path in (inside / "out").rglob("*") if path.is_file())
    return Try(time.perf_counter() - begun, killed, sum(sizes))


def differences(one: Path, other: Path) -> list[str]:
    """Files that are in one of two folders only, or have other bytes; names below the folders, sorted.

    Args:
        one, other: the folders.
    """
    names = [
        {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and MEMORY not in path.parts}
        for folder in (one, other)
    ]
    alone = [f"{name} (in one only)" for name in names[0] ^ names[1]]
    return sorted([*alone, *(name for name in names[0] & names[1] if not cmp(one / name, other / name, shallow=False))])


def moments(shares: Sequence[float], drawn: int, seed: int, length: float) -> list[float]:
    """Seconds after each start at which the run is killed.

    Args:
        shares: of the time of a whole run.
        drawn: how many more are drawn, from anywhere in a run.
        seed: to draw from.
        length: seconds of a whole run.
    """
    dice = random.Random(seed)
    return [length * share for share in (*shares, *(dice.random() for _ in range(drawn)))]


def tries(rows: Sequence[Try]) -> str:
    """The table of starts."""
    lines = [
        [number, f"{row.seconds:.1f}", "killed" if row.killed else "went through", f"{row.written / 1e6:,.2f}"]
        for number, row in enumerate(rows, 1)
    ]
    return table(["start", "seconds", "then", "written, MB"], lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was done and what differs."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("replies", type=int)
    reader.add_argument("--at", type=float, nargs="*", default=[1 / 3, 2 / 3], help="shares of a whole run's time")
    reader.add_argument("--random", type=int, default=1, help="how many more at moments drawn from the seed")
    reader.add_argument("--seed", type=int, default=20261126)
    reader.add_argument("--load", choices=LOADS, default="cold")
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--problems", type=int, default=None, help="questions; all if not given")
    reader.add_argument("--folder", type=Path, help="where files are made")
    given = reader.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        make_course(folder / "course", given.problems)
        write_jsonl(folder / "replies.jsonl", Maker(items(folder / "course"), LOADS[given.load]), given.replies)
        source = [str(folder / "replies.jsonl"), "--course", str(folder / "course")]
        command = grade("transcripts", *source, "--out", "out", "--workers", str(given.workers))
        length = whole(command, folder / "run")
        (folder / "run").rename(folder / "whole")
        rows = [
            killed_after(command, folder / "run", seconds)
            for seconds in moments(given.at, given.random, given.seed, length)
        ]
        last = whole(command, folder / "run")
        differ = differences(folder / "whole/out", folder / "run/out")
        print(f"## {given.replies:,} replies, killed {sum(row.killed for row in rows)} times\n")
        print(tries(rows))
        print(f"\nA run without a break takes {length:.1f} s, the last start took {last:.1f} s.")
        if differ:
            print(f"{len(differ)} files differ: {', '.join(differ[:20])}")
            sys.exit(1)
        print("All files have the same bytes.")


if __name__ == "__main__":
    main()
