"""What an export of a kept run costs, from a thousand results on; ``--full`` goes on to a million.

The runs are those of :mod:`benchmarks.kept_runs`: results of the examples, again and again under other names.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.kept_runs import write
from benchmarks.measure import MIB, ROOT, grade, measure, table

SIZES = (1_000, 10_000, 100_000)
FULL = 1_000_000
FORMATS = ("jsonl", "csv", "parquet")


def main() -> None:
    """Grade the example once, and print the table."""
    sizes = (*SIZES, FULL) if "--full" in sys.argv[1:] else SIZES
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(ROOT)
        measure(grade("submissions", "examples/submissions", "--out", folder))
        for size in sizes:
            kept = Path(folder, "kept", "run.sqlite")
            kept.parent.mkdir(exist_ok=True)
            with contextlib.redirect_stdout(io.StringIO()):  # how long that took is another question
                write(Path(folder, "run.sqlite"), kept, size)
            for name in FORMATS:
                file = Path(folder, f"results.{name}")
                took = measure(grade("export", str(kept.parent), "--to", name, "--file", str(file)))
                rows.append([f"{size:,}", name, f"{took.cpu:.1f}", f"{took.peak / MIB:.0f}"])
    print("## Exports\n")
    print(table(["results", "format", "CPU, s", "peak memory, MiB"], rows))


if __name__ == "__main__":
    main()
