"""The command ``grade``: which subcommands there are, and what a bare path means.

Nothing heavy is imported here; a subcommand's module is imported when it is called.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# In the order of the help page. The summaries stand here too, so that the page imports nothing;
# a test holds them against the commands' own.
COMMANDS: Mapping[str, str] = {
    "submissions": "Grade students' submissions: reports, a grade book, results.",
    "transcripts": "Grade a model's replies turn by turn, and what hints changed.",
    "review": "Decide by hand on what is left open, in a browser on this machine.",
    "report": "Write the reports of a graded run anew, without grading.",
    "export": "Hand results on: tables, grade books, scores for Inspect.",
    "regrade": "Grade a run again, and show whose marks change before writing.",
    "intake": "Show what is read of an input, and write a copy to correct it in.",
    "verify": "Prove that specs, solvers and keys agree.",
    "check": "Check one answer, or a stream of them.",
    "problems": "List the course's problems and parts.",
    "schema": "Print the JSON Schema of a spec, for editors and programs.",
    "autograder": "Make an autograder for Gradescope, and run there.",
    "explain": "Explain a status, a reason, an error code or an answer type.",
    "completion": "Print what makes a shell complete commands and options.",
    "init": "Make a small course to start from.",
}

EXAMPLES = (
    "grade submissions/              which kind of input this is, grade works out",
    "grade transcripts chats/ --out results",
    "grade intake talk.pdf           what was read, and how; --edit writes a copy to correct",
    "grade check '1 <= λ < 4' --type interval --expected '[1, 4]' -o variable=λ",
    "grade init my-course && cd my-course && grade verify",
)

EXIT_CODES = (
    "0 done (a wrong answer is not an error) · 1 verify failed, below --fail-under, changes unwritten",
    "2 usage · 3 a spec is wrong · 4 some items failed, the others are graded · 5 nothing matched",
)


class Commands(click.Group):
    """A group that imports a command when it is called, and takes a path for a command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"grader.commands.{cmd_name}").command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, as the help page has them; a path where none of them fits."""
        from click.shell_completion import CompletionItem

        from grader.commands.completing import one_line

        path = [] if incomplete.startswith("-") else [CompletionItem(incomplete, type="file")]
        found = super().shell_complete(ctx, incomplete)
        for item in found:
            item.help = one_line(COMMANDS.get(str(item.value), item.help or ""))
        return [*path, *found]  # bash takes the path's kind for all that is before it

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A command's name wins; else a path is graded as what it holds."""
        name = args[0]
        if name in COMMANDS:
            return super().resolve_command(ctx, args)
        if Path(name).exists():
            guess: click.Command = import_module("grader.commands.guess").command
            return "grade", guess, args
        if ctx.resilient_parsing:  # a shell asks what may follow
            return None, None, args
        close = difflib.get_close_matches(name, COMMANDS, n=1)
        hint = f" Did you mean `grade {close[0]}`?" if close else " `grade --help` lists the commands."
        raise click.UsageError(f"{name!r} is neither a command nor an existing path.{hint}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, the examples and the exit codes."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        with formatter.section("Examples"):
            for line in EXAMPLES:
                formatter.write(f"  {line}\n")
        with formatter.section("Exit codes"):
            for line in EXIT_CODES:
                formatter.write(f"  {line}\n")


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version and stop."""
    if wanted and not ctx.resilient_parsing:
        from grader import __version__

        click.echo(f"grade {__version__}")
        ctx.exit()


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="COMMAND | PATH [OPTIONS]",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show it.")
def cli() -> None:
    """Grade mathematical answers: students' homework, or language models' transcripts.

    Answers are parsed, compared with a truth that the course's solvers compute, and explained.
    `grade PATH` works out what PATH holds, says so, and grades it.
    """


def main() -> None:
    """Entry point of the console script."""
    cli(prog_name="grade")


if __name__ == "__main__":
    main()
