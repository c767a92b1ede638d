"""How ``grade submissions`` grows with the number of students: time, and memory summed over all processes.

Each student hands in an answer to each of a few questions (:mod:`benchmarks.items`), as a line of JSON lines, as a
file of a list, or as a file of a folder. ``python -m benchmarks.large_submissions 10000 100000`` prints a table.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.items import Item, items, make_course
from benchmarks.large_runs import SOME_FAILED, size_of
from benchmarks.measure import MIB, grade, measure, table

SIZES = (10_000, 100_000)
FORMS = ("lines", "list", "folder")
QUESTIONS = 3
IN_A_FOLDER = 1_000
"""Files of a list that stand in one folder."""


def texts(questions: Sequence[Item], students: int) -> Iterator[str]:
    """What each student hands in, drawn from a seed."""
    draw = random.Random(7)
    for _ in range(students):
        answers = [draw.choice(one.right if draw.random() < 0.7 else one.wrong) for one in questions]
        yield "\n\n".join(
            f"# Problem {one.number}\n\nAnswer: {answer}" for one, answer in zip(questions, answers, strict=True)
        )


def write_form(folder: Path, form: str, questions: Sequence[Item], students: int) -> Path:
    """Write what was handed in, in one of the forms.

    Args:
        folder: into which.
        form: one of :data:`FORMS`.
        questions: of the course.
        students: how many.

    Returns:
        The path that is to be graded.
    """
    found = enumerate(texts(questions, students))
    if form == "lines":
        with (path := folder / "class.jsonl").open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps({"student": f"s{number}", "text": text}) + "\n" for number, text in found)
        return path
    handed_in = folder / "class"
    handed_in.mkdir()
    names = []
    for number, text in found:
        name = f"s{number}.md" if form == "folder" else f"{number // IN_A_FOLDER}/s{number}.md"
        (handed_in / name).parent.mkdir(exist_ok=True)
        (handed_in / name).write_text(text, encoding="utf-8")
        names.append(f"class/{name}\n")
    if form == "folder":
        return handed_in
    (path := folder / "class.list").write_text("".join(names), encoding="utf-8")
    return path


def row(folder: Path, form: str, questions: Sequence[Item], students: int, workers: int) -> list[str]:
    """Make a class, grade it, and say what that took.

    Args:
        folder: with the course in ``course``; what is made here is deleted.
        form, questions, students: see :func:`write_form`.
        workers: processes that grade.
    """
    made = folder / f"{form}-{students}"
    made.mkdir()
    path, out = write_form(made, form, questions, students), made / "out"
    options = ("--course", str(folder / "course"), "--out", str(out), "--workers", str(workers), "--no-pages")
    took = measure(grade("submissions", str(path), *options), shares=True, codes=SOME_FAILED)
    size = size_of(path) if path.is_dir() else path.stat().st_size
    with (out / "results.jsonl").open("rb") as stream:
        results = sum(1 for _ in stream)
    said = [form, f"{students:,}", f"{results:,}", f"{size / 1e6:,.1f}", f"{took.wall:,.1f}", f"{took.cpu:,.1f}"]
    said += [f"{students / took.wall:,.0f}", f"{took.peak / MIB:,.0f}", f"{size_of(out) / 1e6:,.0f}"]
    shutil.rmtree(made)
    return said


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("sizes", nargs="*", type=int, help=f"numbers of students; {', '.join(map(str, SIZES))} if none")
    reader.add_argument("--form", choices=FORMS, action="append", help="repeatable; all if not given")
    reader.add_argument("--questions", type=int, default=QUESTIONS)
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--folder", type=Path, help="where files are made")
    given = reader.parse_args(arguments)
    header = [
        "form", "students", "results", "input, MB", "wall, s", "CPU, s", "students a second", "peak memory, MiB",
        "results, MB",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        make_course(folder / "course", given.questions)
        questions = items(folder / "course")
        sizes = sorted(given.sizes or SIZES)
        rows = [
            row(folder, form, questions, size, given.workers) for form in given.form or list(FORMS) for size in sizes
        ]
    print(table(header, rows))


if __name__ == "__main__":
    main()
