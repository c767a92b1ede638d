"""``grade transcripts``: how a model's answers changed from turn to turn, and after which hints."""

from __future__ import annotations

from pathlib import Path

import click

from grader.commands.common import graded_options


@click.command(
    "transcripts",
    short_help="Grade a model's replies turn by turn, and what hints changed.",
    epilog="\b\nExample: grade transcripts transcripts/ --out out",
)
@graded_options("hints.html and results.jsonl", "the last answers earned")
def command(
    path: Path,
    course: Path | None,
    selectors: tuple[str, ...],
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

    grade(Wanted("transcripts", path, course, selectors, out, workers, as_json, fail_under))
