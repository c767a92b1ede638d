"""``grade submissions``: marks, feedback for each student, a grade book, what needs a human eye."""

from __future__ import annotations

from pathlib import Path

import click

from grader.commands.common import course_option, json_option, workers_option


@click.command(
    "submissions",
    short_help="Grade students' submissions: reports, a grade book, results.",
    epilog="\b\nExample: grade submissions submissions/ --out out --fail-under 50",
)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@course_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    metavar="DIR",
    help="Folder for report.html, students/, grades.csv and results.jsonl.",
)
@workers_option
@json_option
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="End with 1 if the class earned less than this share of the marked points.",
)
@click.option("--release-expected", is_flag=True, help="Show the expected answers on the students' pages.")
def command(
    path: Path,
    course: Path | None,
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

    grade(Wanted("submissions", path, course, out, workers, as_json, fail_under, release_expected))
