"""What the commands share: exit codes, options, opening a course, printing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from unicodedata import combining, east_asian_width

import click

from grader.commands import completing
from grader.commands.engines import engine_option, ray_address_option
from grader.diagnostics import Diagnostic, Severity, SpecError, operator_error

if TYPE_CHECKING:
    from grader.specs import Course

F = TypeVar("F", bound=Callable[..., Any])

DONE, BELOW, USAGE, BAD_SPEC, SOME_FAILED, NOTHING = range(6)

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}

course_option = click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the course. Default: the nearest one above the input or above this folder.",
)
run_argument = click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and no progress.")
layout_option = click.option(
    "--layout",
    metavar="NAME",
    default="",
    shell_complete=completing.layout_names,
    help="Whose files are whose, where names do not show it: plain, nbgrader, gradescope, canvas or moodle.",
)
assignment_option = click.option(
    "--assignment", metavar="NAME", default="", help="Which one, in nbgrader's folders of several."
)
workers_option = click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Processes. Default: one for each processor."
)


def graded_options(files: str, graded: str) -> Callable[[F], F]:
    """The argument and the options that the two grading commands share.

    Args:
        files: what is written into the folder of ``--out``.
        graded: whose points ``--fail-under`` looks at, with the verb: "the class earned".
    """
    options = (
        click.argument("path", type=click.Path(exists=True, path_type=Path)),
        course_option,
        click.option(
            "--problems",
            "selectors",
            multiple=True,
            metavar="WHICH",
            shell_complete=completing.problems,
            help="Folder, id or pattern of the problems to grade; repeatable. Default: those that the course assigns, "
            "and those that a text names by a heading.",
        ),
        click.option(
            "--out",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path("out"),
            show_default=True,
            metavar="DIR",
            help=f"Folder for {files}.",
        ),
        workers_option,
        click.option(
            "--only",
            type=click.Choice(["failed"]),
            help="Grade again what failed in the run of before, such as answers whose worker ran out of time.",
        ),
        click.option(
            "--pages/--no-pages",
            default=None,
            help="Whether to write pages and tables. Default: unless the run is too large for them.",
        ),
        engine_option,
        ray_address_option,
        json_option,
        click.option(
            "--fail-under",
            type=click.FloatRange(0, 100),
            metavar="PERCENT",
            help=f"End with 1 if {graded} less than this share of the marked points.",
        ),
    )

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def checked_layout(name: str) -> str:
    """The name of a layout of submissions; a usage error where there is none of that name."""
    from grader.intake.layouts import layouts

    if name and name not in layouts():
        raise click.BadParameter(f"{name!r}; known are {', '.join(layouts())}", param_hint="--layout")
    return name


def open_course(explicit: Path | None, near: Path | None = None) -> Course:
    """Load the course and tell what is wrong with its specs.

    Args:
        explicit: from ``--course``.
        near: the input, above which a course is looked for before this folder.

    A course that is not there is a usage error; one without a single sound spec ends the command.
    """
    from grader.specs import find_course, load_course

    root = explicit
    for start in (near, Path()):
        if root is None and start is not None:
            root = find_course(start)
    if root is None:
        fix = "Name one with --course DIR, or make one: grade init DIR"
        stop([operator_error("course-none", "no course was found here", fix=fix)], USAGE)
    if root.is_relative_to(Path.cwd()):
        root = root.relative_to(Path.cwd())  # so that messages name files as the person would
    try:
        course = load_course(root)
    except SpecError as error:
        stop(error.diagnostics, BAD_SPEC)
    tell(course.diagnostics)
    if not course.problems:
        if has_errors(course.diagnostics):
            raise click.exceptions.Exit(BAD_SPEC)
        fix = "Write a spec into its folder problems/, or name another course with --course."
        stop([operator_error("course-empty", f"the course {root} has no problems", fix=fix)], NOTHING)
    return course


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics on standard error, coloured where that is a terminal."""
    for d in diagnostics:
        place = f"{shown(str(d.span))}: " if d.span else ""
        severity = click.style(f"{d.severity}:", fg=_COLOURS[d.severity], bold=True)
        click.echo(f"{place}{severity} {shown(d.message)} [{d.code}]", err=True)
        if d.fix:
            click.echo(f"    fix: {shown(d.fix)}", err=True)


def stop(diagnostics: Iterable[Diagnostic], code: int) -> NoReturn:
    """Print diagnostics and end the command."""
    tell(diagnostics)
    raise click.exceptions.Exit(code)


def diagnostic_object(d: Diagnostic) -> dict[str, Any]:
    """A diagnostic for ``--json``."""
    return {
        "code": d.code,
        "severity": str(d.severity),
        "audience": str(d.audience),
        "message": d.message,
        "file": d.span.file if d.span else None,
        "line": d.span.line if d.span else None,
        "column": d.span.column if d.span else None,
        "fix": d.fix,
    }


def print_json(value: object) -> None:
    """Print one JSON value on standard output."""
    click.echo(to_json(value, indent=2))


def to_json(value: object, indent: int | None = None) -> str:
    """JSON that every terminal and file can hold: a lone surrogate becomes its escape."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def shown(text: str) -> str:
    """Text from an input, made harmless for a terminal: control characters become escapes."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode("ascii") for c in text)


def counted(number: int, what: str) -> str:
    """``1 student``, ``2 students``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A plain table: columns of numbers to the right, others to the left."""
    body = [tuple(map(shown, row)) for row in rows]
    columns = []
    for name, *cells in zip(header, *body, strict=True):
        width = max(map(_width, (name, *cells)))
        numbers = all(cell[:1].isdigit() or cell in ("", "–") for cell in cells)
        blanks = [" " * (width - _width(cell)) for cell in (name, *cells)]
        pairs = zip((name, *cells), blanks, strict=True)
        columns.append([blank + cell if numbers else cell + blank for cell, blank in pairs])
    return "\n".join("  ".join(line).rstrip() for line in zip(*columns, strict=True))


def _width(text: str) -> int:
    """Columns that a text takes on a terminal: two for a wide character, none for one that combines."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
