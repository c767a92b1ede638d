"""``grade PATH``: work out what a path holds, say so, and grade it."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path

import click

from grader.commands.common import USAGE, stop
from grader.diagnostics import InputError, operator_error
from grader.records import Confidence, Conversation

_MOST = 20  # files that are looked at to decide
_SECONDS, _MEGABYTES = 60.0, 1024  # that the look at one may take


class _Either(click.Command):
    """Takes what either of two commands takes, and leaves it to the one that is found; a shell may complete both."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The path; for a shell that asks what may follow, the options of both commands too."""
        own = super().get_params(ctx)
        if not ctx.resilient_parsing:
            return own
        commands = (import_module(f"grader.commands.{kind}").command for kind in ("submissions", "transcripts"))
        options = {one.name: one for command in commands for one in command.params if isinstance(one, click.Option)}
        return [*own, *options.values()]


@click.command(
    cls=_Either,
    context_settings={
        "ignore_unknown_options": True,
        "allow_extra_args": True,
        "allow_interspersed_args": False,
    },
    add_help_option=False,
)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.pass_context
def command(ctx: click.Context, path: Path) -> None:
    """Grade PATH as what it holds, with the options of that command."""
    kind, why = kind_of(path)
    click.echo(f"{path}: {why}; this is `grade {kind}`", err=True)
    chosen: click.Command = import_module(f"grader.commands.{kind}").command
    with chosen.make_context(f"grade {kind}", [str(path), *ctx.args], parent=ctx.parent) as inner:
        chosen.invoke(inner)


def kind_of(path: Path) -> tuple[str, str]:
    """``submissions`` or ``transcripts``, and why; ends the command where it cannot be told.

    A folder of folders is one of submissions. Files are transcripts if they read as
    conversations: somebody asks, and somebody answers, by turns.
    """
    from grader.intake.archives import is_archive
    from grader.intake.talks.recorded import RECORDED
    from grader.intake.talks.transcripts import find_transcripts
    from grader.scoring.workers import map_in_workers

    if path.is_dir():
        if (path / "problems").is_dir() or (path / "grade.toml").is_file():
            fix = f"Name what to grade in it, for example: grade {path / 'submissions'}"
            stop([operator_error("path-course", f"{path} is a course", fix=fix)], USAGE)
        if layout := _layout(path):
            return "submissions", f"laid out by {layout}"
        entries = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
        folders = sum(entry.is_dir() for entry in entries)
        recorded = [entry for entry in entries if entry.suffix.lower() in RECORDED and entry.is_file()]
        files = [*(entry for entry in find_transcripts(path) if entry.parent == path), *recorded]
        if folders and not files:
            return "submissions", f"a folder for each of {folders} students"
    else:
        files = [path]
    found: Counter[bool] = Counter()
    looked = tuple(sorted(files)[:_MOST])
    # in a worker, for what it may cost to read a hostile file
    for _, talk in map_in_workers(_is_conversation, looked, workers=1, timeout=_SECONDS, memory_mb=_MEGABYTES):
        found[talk is True] += 1
    if found[True] and found[False]:
        first = f"{found[True]} of {found.total()} files read as conversations"
        fix = f"Say which: grade submissions {path}, or grade transcripts {path}"
        stop([operator_error("path-mixed", f"{path}: {first}, the others do not", fix=fix)], USAGE)
    if found[True]:
        return "transcripts", "a conversation" if path.is_file() else "a folder of conversations"
    if path.is_file():
        return "submissions", "an archive" if is_archive(path.name) else "one student's answers"
    return "submissions", "a file for each student"


def _is_conversation(file: Path) -> bool:
    """Whether a file is one of another tool, or reads as a conversation. This is what runs in a worker."""
    from grader.intake.chats import format_of
    from grader.intake.talks.transcripts import read_conversation

    try:
        return format_of(file) is not None or _is_talk(read_conversation(file, ()))
    except InputError:
        return False


def _layout(folder: Path) -> str:
    """The layout of a platform that a folder shows; "" for none, or where it is not clear."""
    from grader.intake.handins.trees import tree_of
    from grader.intake.layouts import platform_of

    try:
        return platform_of(tree_of(folder))
    except OSError:
        return ""


def _is_talk(talk: Conversation) -> bool:
    """Whether a person surely speaks in it; a question in a student's paper alone makes no conversation."""
    return any(turn.role == "user" and turn.confidence is not Confidence.LOW for turn in talk.turns)
