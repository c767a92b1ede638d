"""``grade init``: a small course that verifies and grades at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from grader.commands.common import USAGE, stop
from grader.diagnostics import operator_error


@click.command(
    "init",
    short_help="Make a small course to start from.",
    epilog="\b\nExample: grade init my-course && cd my-course && grade verify",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make a course in DIR, which must be empty or not exist yet.

    It holds one problem of each basic kind with its solver, two submissions and a transcript:
    change them, and `grade verify` says whether all still agrees.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fix = "Choose a new folder; nothing is ever overwritten."
        stop([operator_error("init-exists", f"{folder} exists and is not an empty folder", fix=fix)], USAGE)
    skeleton = Path(__file__).parent / "course"
    try:
        shutil.copytree(skeleton, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    except OSError as error:
        fix = "Choose a folder that you may write to."
        stop([operator_error("out-write", f"cannot write {folder}: {error}", fix=fix)], USAGE)
    click.echo(f"Made a course in {folder}:")
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        click.echo(f"  {path.relative_to(folder).as_posix()}")
    click.echo()
    click.echo("Next:")
    for line in (f"cd {folder}", "grade verify", "grade submissions submissions", "grade transcripts transcripts"):
        click.echo(f"  {line}")
