"""``grade transcripts``: how a model's answers changed from turn to turn, and after which hints."""

from __future__ import annotations

from pathlib import Path

import click

from grader.commands.common import course_option, json_option, workers_option


@click.command(
    "transcripts",
    short_help="Grade a model's replies turn by turn, and what hints changed.",
    epilog="\b\nExample: grade transcripts transcripts/ --out out",
)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@course_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    metavar="DIR",
    help="Folder for hints.html and results.jsonl.",
)
@workers_option
@json_option
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="End with 1 if the last answers earned less than this share of the marked points.",
)
def command(
    path: Path,
    course: Path | None,
    out: Path,
    workers: int | None,
    as_json: bool,
    fail_under: float | None,
) -> None:
    """Grade the conversation in PATH, or all conversations in a folder.

    Every reply is graded on every part that was asked so far, and each change is set beside the
    hint before it. Labels that a transcript carries are reported, and never set the truth.
    """
    from grader.commands.grading import Wanted, grade

    grade(Wanted("transcripts", path, course, out, workers, as_json, fail_under))
