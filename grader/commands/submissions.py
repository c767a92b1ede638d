"""``grade submissions``: marks, feedback for each student, a grade book, what needs a human eye."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from grader.commands.common import assignment_option, checked_layout, graded_options, layout_option
from grader.commands.engines import checked_address


@click.command(
    "submissions",
    short_help="Grade students' submissions: reports, a grade book, results.",
    epilog="\b\nExample: grade submissions submissions/ --out out --fail-under 50",
)
@graded_options("report.html, students/, grades.csv and results.jsonl", "the class earned")
@click.option("--release-expected", is_flag=True, help="Show the expected answers on the students' pages.")
@layout_option
@assignment_option
def command(
    path: Path,
    course: Path | None,
    selectors: tuple[str, ...],
    out: Path,
    workers: int | None,
    only: str | None,
    pages: bool | None,
    engine: str,
    ray_address: str | None,
    as_json: bool,
    fail_under: float | None,
    release_expected: bool,
    layout: str,
    assignment: str,
) -> None:
    """Grade the submissions in PATH: a folder of students' folders or files, or what a platform exports.

    Exports of Canvas, Moodle, Gradescope and nbgrader are known by what they hold (docs/formats.md), as archives or
    unpacked. With a roster (roster.csv in the course) those who handed in nothing are listed; with a deadline (due in
    grade.toml) what is late is marked.

    Each answer is found under its heading, parsed as the type that the spec declares, and
    compared with what the solver computes. What cannot be read or decided is listed for a person
    and never counts as 0.
    """
    from grader.commands.grading import Wanted, grade

    wanted = Wanted("submissions", path, course, selectors, out, workers, as_json, fail_under, release_expected)
    layout = checked_layout(layout)
    wanted = replace(wanted, engine=engine, ray_address=checked_address(engine, ray_address))
    grade(replace(wanted, layout=layout, assignment=assignment, only_failed=only == "failed", pages=pages))
