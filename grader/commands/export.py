"""``grade export``: what was graded, for the tools in which courses and evaluations live."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from grader.commands import completing
from grader.commands.common import (
    DONE,
    SOME_FAILED,
    USAGE,
    counted,
    diagnostic_object,
    json_option,
    print_json,
    run_argument,
    stop,
)
from grader.diagnostics import InputError, operator_error

if TYPE_CHECKING:
    from grader.store.exports import Export, Options, Written

_SOURCES = ("run.sqlite", "decisions.jsonl", "history.jsonl")  # files in the folder that no export may replace


@click.command(
    "export",
    short_help="Hand results on: tables, grade books, scores for Inspect.",
    epilog="\b\nExample: grade export out --to canvas --gradebook grades.csv",
)
@run_argument
@click.option(
    "--to",
    "name",
    required=True,
    metavar="FORMAT",
    shell_complete=completing.export_names,
    help="jsonl, csv, parquet, canvas, moodle, nbgrader or inspect.",
)
@click.option("--file", "target", metavar="FILE", default="", help="Where it goes; - for standard output.")
@click.option(
    "--gradebook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What Canvas or Moodle exported, to be filled.",
)
@click.option("--assignment", metavar="NAME", help="Its title or number there. Default: the title of the run.")
@click.option(
    "--include-open",
    is_flag=True,
    default=None,
    help="Write the marks so far where parts wait for a person. Without this there is no mark then.",
)
@click.option(
    "--scale/--no-scale",
    default=None,
    help="Convert marks to the points of the grade book, or write them as they are.",
)
@click.option("--penalty", is_flag=True, default=None, help="Take off what the course takes off for late work.")
@click.option("--feedback", is_flag=True, default=None, help="Write what is said of each part as a comment, too.")
@click.option(
    "--unscored",
    type=click.Choice(("nan", "omit", "noanswer")),
    help="What a sample without a final score gets: NaN, which counts for nothing, no line, or N, which counts as 0.",
)
@click.option("--log", metavar="NAME", help="Which log of Inspect, where the run is of several.")
@json_option
def command(out: Path, name: str, target: str, as_json: bool, **asked: Any) -> None:
    """Write an export of the run in OUT, the folder that `grade submissions` or `grade transcripts` wrote.

    Marks that people gave are in it. Nobody gets a mark by a guess: a student whose row is not certain, or of whose
    work a part is open, is listed, and their cell stays as it is. Formats and options: docs/exports.md.

    \b
    More examples:
      grade export out --to parquet
      grade export out --to moodle --gradebook worksheet.csv --feedback
      grade export out --to inspect --file scores.jsonl
    """
    from grader.commands.outcome import MOST_NOTES, tell_notes
    from grader.store.exports import Options

    chosen = {field: value for field, value in asked.items() if value is not None}
    export = _checked(name, chosen, target)
    written, place = _export(out, export, Options(**chosen), target)
    code = SOME_FAILED if written.lost else DONE
    if as_json and target != "-":
        print_json(_object(name, place, written, code))
    else:
        tell_notes([("", note) for note in written.notes])
        if len(written.notes) > MOST_NOTES:
            click.echo("`--json` lists all of them.", err=True)
        click.echo(_summary(place, written), err=target == "-")
    raise click.exceptions.Exit(code)


def _checked(name: str, chosen: dict[str, Any], target: str) -> Export:
    """The format of a name; a usage error where there is none, or it does not take an option."""
    from grader.store.exports import exports

    known = exports()
    if name not in known:
        raise click.BadParameter(f"{name!r}; known are {', '.join(known)}", param_hint="--to")
    export = known[name]
    for field in chosen:
        if field not in export.takes:
            takers = ", ".join(one.name for one in known.values() if field in one.takes)
            raise click.UsageError(f"--{field.replace('_', '-')} is not for --to {name}; it is for {takers}")
    if export.ending and target not in ("", "-") and not target.endswith(export.ending):
        says = f"{target!r}; whoever reads it expects a name that ends in {export.ending}"
        raise click.BadParameter(says, param_hint="--file")
    return export


def _export(out: Path, export: Export, options: Options, target: str) -> tuple[Written, str]:
    """Write the export; ends the command where that cannot be done.

    Returns:
        What was written, with all there is to say of it, and where.
    """
    from grader.commands.by_hand import decisions_beside
    from grader.commands.stored import changed_since
    from grader.store.exports import kept_run

    log = decisions_beside(out)
    path = Path(target) if target else out / export.file
    if target != "-" and path.name in _SOURCES and path.parent.resolve() == out.resolve():
        raise click.BadParameter(f"{target!r}, of which the export is made", param_hint="--file")
    try:
        with kept_run(out, log) as kept:
            if kept.kind not in export.kinds:
                says = f"--to {export.name} takes a run of {export.kinds[0]}, and {out} holds one of {kept.kind}"
                fix = "Choose another format: docs/exports.md lists what each takes."
                raise InputError(operator_error("export-kind", says, None, fix))
            with _into(path, to_output=target == "-") as part:
                written = export.write(kept, options, part)
            older = changed_since(kept.manifest.found_beside(out), out)
            notes = (*older, *kept.notes, *written.notes)
            return replace(written, notes=notes), "-" if target == "-" else str(path)
    except InputError as error:
        stop(error.diagnostics, USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it ends
        raise click.exceptions.Exit(DONE) from None
    except OSError as error:
        fix = "Name another file with --file, or make room."
        stop([operator_error("out-write", f"cannot write {path}: {error.strerror}", fix=fix)], USAGE)


@contextmanager
def _into(path: Path, *, to_output: bool) -> Iterator[Path]:
    """A file that becomes the one at a path when it is whole; what is no file gets the bytes of it.

    Args:
        path: of a file, or of a device or pipe.
        to_output: standard output is meant, whatever the path.
    """
    from grader.store.files import atomic_path

    if not to_output and (path.is_file() or not path.exists()):
        with atomic_path(path) as part:
            yield part
        return
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    with TemporaryDirectory(prefix="grade-export-") as folder:
        part = Path(folder, "export")
        yield part
        with part.open("rb") as whole:
            if to_output:
                shutil.copyfileobj(whole, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                with path.open("wb") as stream:
                    shutil.copyfileobj(whole, stream)


def _summary(place: str, written: Written) -> str:
    """What was written, in one line."""
    left = f", {written.left} without a final one" if written.left else ""
    lost = f", {written.lost} not entered" if written.lost else ""
    where = "wrote to standard output" if place == "-" else f"wrote {place}"
    return f"{where}: {counted(written.rows, written.what)}{left}{lost}"


def _object(name: str, place: str, written: Written, code: int) -> dict[str, Any]:
    """The summary for ``--json``."""
    return {
        "schema": 1,
        "format": name,
        "file": place,
        "rows": written.rows,
        "what": written.what,
        "without_final_mark": written.left,
        "not_entered": written.lost,
        "notes": [diagnostic_object(note) for note in written.notes],
        "exit": code,
    }
