"""``grade transcripts``: how a model's answers changed from turn to turn, and after which hints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from grader.commands import completing
from grader.commands.common import graded_options
from grader.commands.engines import checked_address


@click.command(
    "transcripts",
    short_help="Grade a model's replies turn by turn, and what hints changed.",
    epilog="\b\nExample: grade transcripts transcripts/ --out out",
)
@graded_options("hints.html and results.jsonl", "the last answers earned")
@click.option(
    "--format",
    "chat_format",
    metavar="NAME",
    default="",
    shell_complete=completing.format_names,
    help="Format of recorded conversations, where the files do not show it: openai, anthropic, chatgpt …",
)
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
    chat_format: str,
) -> None:
    """Grade the conversation in PATH, or all conversations in a folder.

    Conversations are Markdown with lines such as `User:` and `LLM:`, or what other tools write: exports of ChatGPT and
    claude.ai, messages of OpenAI and Anthropic, logs of Inspect, and others (docs/formats.md). The format is worked out
    from what a file holds.

    Every reply is graded on every part that was asked so far, and each change is set beside the
    hint before it. Labels that a transcript carries are reported, and never set the truth.
    """
    from grader.commands.grading import Wanted, grade
    from grader.intake.chats import chat_formats

    if chat_format and chat_format not in chat_formats():
        raise click.BadParameter(f"{chat_format!r}; known are {', '.join(chat_formats())}", param_hint="--format")
    wanted = Wanted("transcripts", path, course, selectors, out, workers, as_json, fail_under)
    wanted = replace(wanted, engine=engine, ray_address=checked_address(engine, ray_address))
    grade(replace(wanted, chat_format=chat_format, only_failed=only == "failed", pages=pages))
