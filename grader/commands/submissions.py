"""``grade submissions``: marks, feedback for each student, a grade book, what needs a human eye."""

from __future__ import annotations

from pathlib import Path

import click

from grader.commands.common import graded_options


@click.command(
    "submissions",
    short_help="Grade students' submissions: reports, a grade book, results.",
    epilog="\b\nExample: grade submissions submissions/ --out out --fail-under 50",
)
@graded_options("report.html, students/, grades.csv and results.jsonl", "the class earned")
@click.option("--release-expected", is_flag=True, help="Show the expected answers on the students' pages.")
def command(
    path: Path,
    course: Path | None,
    selectors: tuple[str, ...],
    out: Path,
    workers: int | None,
    as_json: bool,
    fail_under: float | None,
    release_expected: bool,
) -> None:
    """Grade the submissions in PATH: one folder a student, or one file a student.

    Each answer is found under its heading, parsed as the type that the spec declares, and
    compared with what the solver computes. What cannot be read or decided is listed for a person
    and never counts as 0.
    """
    from grader.commands.grading import Wanted, grade

    grade(Wanted("submissions", path, course, selectors, out, workers, as_json, fail_under, release_expected))
