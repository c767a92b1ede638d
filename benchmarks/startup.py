"""CPU time of ``grade --help`` beside that of an empty Python program: what lazy imports are worth."""

from __future__ import annotations

import statistics
import sys

from benchmarks.measure import cpu_of, grade, table

RUNS = 20


def main() -> None:
    """Print median and least CPU time of 20 runs each, taken in turn, and their ratio."""
    commands = {"python -c pass": [sys.executable, "-c", "pass"], "grade --help": grade("--help")}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        cpu_of(command)  # fills the caches of files and bytecode
    for _ in range(RUNS):
        for name, command in commands.items():
            times[name].append(cpu_of(command))
    rows = [[f"`{n}`", f"{1e3 * statistics.median(t):.0f}", f"{1e3 * min(t):.0f}"] for n, t in times.items()]
    empty, ours = (statistics.median(t) for t in times.values())
    print("## Start-up\n")
    print(table(["command", "median CPU, ms", "least CPU, ms"], rows))
    print(f"\n`grade --help` takes {ours / empty:.1f} times the CPU of an empty program.")


if __name__ == "__main__":
    main()
