"""How many short answers ``grade`` alone judges in a second, mixed as they come: one process, one core.

``python -m benchmarks.short_answers`` prints the table; ``benchmarks.peers`` prints it too. Every answer is
found, read, compared and explained anew: caches are emptied before each one, outside of the times. In a second
pass what belongs to the questions is kept, keys, symbols and domains, as when a class answers the same questions.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.arena import ONE_THREAD, ROOT
from benchmarks.cases import Case, load
from benchmarks.contestants import Grade
from benchmarks.measure import table
from benchmarks.tallies import quantile

SHORT = 80  # characters
ANSWERS = 20_000
SLOW = 50e-3  # seconds
KEYS = (  # caches of what a question declares: its key, symbols and domain; none of them holds a text of an answer
    "_prepared", "_checked", "setting_of", "scope_of", "_intervals", "_reader_of", "_plain_symbol", "_domain",
    "spelled_names", "catalogue", "_scope", "_respells", "numbers_and", "formulas_in", "simple_paths", "further_paths",
    "_reading", "read_domain", "ring",
)  # fmt: skip


def judge_all(cases: list[dict[str, Any]], answers: int, keep: tuple[str, ...]) -> dict[str, Any]:
    """Judge the cases again and again, in a new order each time.

    Args:
        cases: as plain values.
        answers: about how many in all; whole passes are made.
        keep: caches that are not emptied.

    Returns:
        CPU seconds for each answer by type, the elapsed seconds in sum, and how many answers took long by both.
    """
    contestant, order = Grade(), random.Random(0)
    contestant.load()
    times: dict[str, list[float]] = {}
    elapsed, slow_cpu, slow_wall = 0.0, 0, 0
    for number in range(max(1, round(answers / len(cases))) + 1):
        order.shuffle(cases)
        for case in cases:
            contestant.forget(keep)
            wall, cpu = time.perf_counter(), time.process_time()
            contestant.judge(case)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            if number:  # the pass before the first imports what the types need
                times.setdefault(case["type"], []).append(cpu)
                elapsed, slow_cpu, slow_wall = elapsed + wall, slow_cpu + (cpu > SLOW), slow_wall + (wall > SLOW)
    return {"times": times, "elapsed": elapsed, "slow_cpu": slow_cpu, "slow_wall": slow_wall}


def measure(cases: Sequence[Case], answers: int, keep: tuple[str, ...]) -> dict[str, Any]:
    """:func:`judge_all` in a fresh process.

    Raises:
        RuntimeError: the process failed; the message holds the end of its output.
    """
    job = json.dumps({"cases": [c.plain() for c in cases], "answers": answers, "keep": keep})
    command = [sys.executable, "-m", "benchmarks.short_answers", "--job"]
    environment = os.environ | ONE_THREAD | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, input=job, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def report(cases: Sequence[Case], answers: int = ANSWERS) -> str:
    """The table, as Markdown; cases with long responses are left out."""
    short = [case for case in cases if len(case.response) < SHORT]
    if not short:
        return f"No response is shorter than {SHORT} characters."
    anew, kept = measure(short, answers, ()), measure(short, answers, KEYS)
    rows = [row(f"`{name}`", anew["times"][name], kept["times"][name]) for name in sorted(anew["times"])]
    rows.append(row("**all**", *([t for times in run["times"].values() for t in times] for run in (anew, kept))))
    total = sum(map(len, anew["times"].values()))
    header = ["type", "answers", "a second", "p50, µs", "p95, µs", "max, µs", "keys kept: a second", "p50, µs"]
    lines = [
        table(header, rows),
        "",
        f"{len(short)} cases with responses below {SHORT} characters, {total:,} answers in all. Times are the "
        f"processor's; by the clock {total / anew['elapsed']:,.0f} answers a second, and "
        f"{total / kept['elapsed']:,.0f} where keys are kept.",
        f"{anew['slow_cpu']} of the {total:,} decisions took more than {SLOW * 1e3:.0f} ms of the processor, "
        f"{anew['slow_wall']} by the clock.",
    ]
    if "growth" in anew["times"]:
        lines.append(
            f"For `growth` the median decision takes {1e6 * quantile(anew['times']['growth'], 0.5):,.0f} µs, "
            f"and {1e6 * quantile(kept['times']['growth'], 0.5):,.0f} µs where the key was read before."
        )
    return "\n".join(lines)


def row(name: str, anew: list[float], kept: list[float]) -> list[str]:
    """One row: rates from the sum of the times, and quantiles of the times."""
    micro = [f"{1e6 * quantile(anew, share):,.0f}" for share in (0.5, 0.95, 1)]
    rate, kept_rate = (f"{len(times) / sum(times):,.0f}" for times in (anew, kept))
    return [name, f"{len(anew):,}", rate, *micro, kept_rate, f"{1e6 * quantile(kept, 0.5):,.0f}"]


def main() -> None:
    """Print the table; with ``--job``, do the work for it."""
    if "--job" in sys.argv:
        job = json.load(sys.stdin)
        print(json.dumps(judge_all(job["cases"], job["answers"], tuple(job["keep"]))))
        return
    print("## Short answers\n")
    print(report(load()[0]))


if __name__ == "__main__":
    main()
