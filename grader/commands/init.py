"""``grade init``: a small course that verifies, grades and reports at once, with what editors and servers need."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import click

from grader.commands.common import USAGE, stop
from grader.diagnostics import operator_error

PIECES = ("course", "editor", "github", "pre-commit", "gitignore")
SCHEMAS = ".schemas"

_HERE = Path(__file__).parent
_SCHEMA_LINES = {
    ".yaml": f"# yaml-language-server: $schema=../{SCHEMAS}/spec.schema.json\n",
    ".toml": f"#:schema ./{SCHEMAS}/settings.schema.json\n",
}
_EXTRAS = {
    "editor": {".vscode/settings.json": "vscode.json"},
    "github": {".github/workflows/verify.yml": "verify.yml", "requirements.txt": "requirements.txt"},
    "pre-commit": {".pre-commit-config.yaml": "pre-commit.yaml"},
    "gitignore": {".gitignore": "gitignore"},
}
_NEXT = {
    "course": ("grade verify", "grade submissions submissions", "grade transcripts transcripts --out talks"),
    "editor": (),
    "github": ("in requirements.txt, put the owner of grade's repository in place of OWNER",),
    "pre-commit": ("pre-commit install",),
    "gitignore": (),
}
"""What is to be done with each piece, in the order of doing it."""


@click.command(
    "init",
    short_help="Make a small course to start from.",
    epilog="\b\nExample: grade init my-course && cd my-course && grade verify\n"
    "Example: grade init . --force --with editor --with github",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--with",
    "pieces",
    type=click.Choice(PIECES),
    multiple=True,
    help="Only this: the course itself, schemas for editors, a workflow for GitHub, a hook before commits, or what git "
    "leaves out; repeatable. Default: all of them.",
)
@click.option(
    "--force", is_flag=True, help="Also in a folder that is not empty; files that are there stay as they are."
)
def command(folder: Path, pieces: tuple[str, ...], force: bool) -> None:
    """Make a course in DIR, which must be empty or not exist yet.

    It holds one problem of each basic kind with its solver, two submissions and a transcript:
    change them, and `grade verify` says whether all still agrees.
    """
    if folder.exists() and not (folder.is_dir() and (force or not any(folder.iterdir()))):
        fix = "Choose a new folder; or add to this one with --force, which overwrites nothing."
        stop([operator_error("init-exists", f"{folder} exists and is not an empty folder", fix=fix)], USAGE)
    written, kept = [], []
    try:
        for name, text in sorted(_files(pieces or PIECES)):
            path = folder / name
            if path.exists() or path.is_symlink():
                kept.append(name)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            written.append(name)
    except OSError as error:
        fix = "Choose a folder that you may write to."
        stop([operator_error("out-write", f"cannot write {folder}: {error}", fix=fix)], USAGE)
    click.echo(f"Made a course in {folder}:" if "course" in (pieces or PIECES) else f"Added to {folder}:")
    for name in written:
        click.echo(f"  {name}")
    if kept:
        click.echo("There already, and left as they are:")
        for name in kept:
            click.echo(f"  {name}")
    click.echo()
    click.echo("Next:")
    for line in (f"cd {folder}", *(line for piece in PIECES if piece in (pieces or PIECES) for line in _NEXT[piece])):
        click.echo(f"  {line}")


def _files(pieces: Collection[str]) -> Iterator[tuple[str, str]]:
    """The files of some pieces: their paths from the folder, and their texts."""
    from grader import __version__

    if "course" in pieces:
        skeleton = _HERE / "course"
        for path in sorted(skeleton.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                text = path.read_text(encoding="utf-8")
                line = _SCHEMA_LINES.get(path.suffix, "") if "editor" in pieces else ""
                yield path.relative_to(skeleton).as_posix(), line + text
    if "editor" in pieces:
        from grader.commands.schema import schema_text

        for name in ("spec", "settings"):
            yield f"{SCHEMAS}/{name}.schema.json", schema_text(name)
    for piece, files in _EXTRAS.items():
        for name, source in files.items() if piece in pieces else ():
            text = (_HERE / "extras" / source).read_text(encoding="utf-8")
            yield name, text.replace("@VERSION@", __version__)
