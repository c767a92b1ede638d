"""Time and memory of each command on the course in this repository."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import MIB, ROOT, grade, measure, table


def main() -> None:
    """Print one row for each of verify, submissions and transcripts."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        course = ["--course", str(ROOT)]
        commands = {
            "grade verify": grade("verify", *course),
            "grade submissions": grade(
                "submissions", str(ROOT / "examples/submissions"), *course, "--out", str(out / "submissions")
            ),
            "grade transcripts": grade(
                "transcripts", str(ROOT / "transcripts"), *course, "--out", str(out / "transcripts")
            ),
        }
        for name, command in commands.items():
            took = measure(command)
            rows.append([f"`{name}`", f"{took.wall:.2f}", f"{took.cpu:.2f}", f"{took.peak / MIB:.0f}"])
    print("## The example course\n")
    print(table(["command", "wall, s", "CPU, s", "peak memory, MiB"], rows))


if __name__ == "__main__":
    main()
