"""Grades a class of 300 with 20 parts each, and of 150 and 75 to show how the cost grows."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.classroom import PARTS, PROBLEMS, make_class, make_course
from benchmarks.measure import MIB, Measurement, grade, measure, table

EXPECTED = {"right": {"correct"}, "wrong": {"incorrect", "partial"}, "missing": {"missing"}}


def one(folder: Path, students: int) -> tuple[Measurement, int, Counter[str]]:
    """Make and grade a class in ``folder``.

    Returns:
        what it took; how many results came out as planted; the others, counted by
        ``planted → status, part``.

    Raises:
        RuntimeError: a result is missing or there is one too many.
    """
    make_course(folder)
    planted = make_class(folder / "submissions", students)
    out = folder / "out"
    took = measure(grade("submissions", str(folder / "submissions"), "--course", str(folder), "--out", str(out)))
    graded = {}
    for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        graded[found["subject"], found["problem"], found["part"]] = found["status"]
    if graded.keys() != planted.keys():
        raise RuntimeError(f"{len(planted)} results were to come out; {len(graded)} did, or others")
    others = Counter(
        f"{outcome} → {graded[key]}, part {key[2]}"
        for key, outcome in planted.items()
        if graded[key] not in EXPECTED[outcome]
    )
    return took, len(planted) - others.total(), others


def main() -> None:
    """Print a row for each size, the growth, and what was not graded as planted."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("sizes", nargs="*", type=int, default=[75, 150, 300], help="numbers of students")
    sizes = reader.parse_args().sizes
    rows, runs, others = [], [], Counter[str]()
    for students in sizes:
        with tempfile.TemporaryDirectory() as folder:
            took, agreed, others = one(Path(folder), students)
        answers = students * PROBLEMS * len(PARTS)
        runs.append(took)
        each = f"{1e3 * took.cpu / answers:.1f}"
        peak = f"{took.peak / MIB:.0f}"
        rows.append([students, answers, f"{took.wall:.1f}", f"{took.cpu:.1f}", each, peak, f"{agreed}/{answers}"])
    header = [
        "students",
        "answers",
        "wall, s",
        "CPU, s",
        "CPU per answer, ms",
        "peak memory, MiB",
        "as planted",
    ]
    print("## A class of 300\n")
    print(table(header, rows))
    print()
    for small, large, before, after in zip(sizes, sizes[1:], runs, runs[1:], strict=False):
        print(
            f"{large / small:.2g} times the students: {after.wall / before.wall:.2f} times the wall time, "
            f"{after.cpu / before.cpu:.2f} times the CPU, {after.peak / before.peak:.2f} times the memory."
        )
    for what, times in others.most_common():
        print(f"Not as planted in the last class: {what}: {times}")


if __name__ == "__main__":
    main()
