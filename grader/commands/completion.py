"""``grade completion``: what makes a shell complete the commands, options and values of ``grade``."""

from __future__ import annotations

import click

from grader.commands.common import USAGE, stop
from grader.diagnostics import operator_error

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_GRADE_COMPLETE"


@click.command(
    "completion",
    short_help="Print what makes a shell complete commands and options.",
    epilog="\b\nExample: grade completion fish > ~/.config/fish/completions/grade.fish",
)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script for SHELL: bash (4.4 or newer), zsh or fish.

    It completes commands, options, paths, problems and parts of the course, layouts, formats and answer types
    (docs/editors.md).
    """
    from click.shell_completion import get_completion_class

    from grader.commands.main import cli

    kind = get_completion_class(shell)
    if kind is None:
        fix = "Update the package click."
        stop([operator_error("completion-shell", f"the installed click knows no shell {shell}", fix=fix)], USAGE)
    click.echo(kind(cli, {}, "grade", VARIABLE).source())
