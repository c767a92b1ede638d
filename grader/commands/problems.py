"""``grade problems``: what the course asks."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from grader.commands import completing
from grader.commands.common import (
    BAD_SPEC,
    DONE,
    NOTHING,
    counted,
    course_option,
    has_errors,
    json_option,
    open_course,
    print_json,
    stop,
    table,
    tell,
)
from grader.diagnostics import Audience, Diagnostic, Severity
from grader.records import Part, Problem


@click.group(
    "problems",
    invoke_without_command=True,
    short_help="List the course's problems and parts.",
    epilog="\b\nExample: grade problems --json",
)
@course_option
@json_option
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a spec, for editors.")
@click.pass_context
def command(ctx: click.Context, course: Path | None, as_json: bool, schema: bool) -> None:
    """List every part of every problem: its answer type, its points, and where it comes from.

    `grade problems render` writes the questions themselves, for one student if you like.
    """
    ctx.obj = course
    if ctx.invoked_subcommand is not None:
        return
    if schema:
        from grader.specs import json_schema

        print_json(json_schema())
        ctx.exit(DONE)
    opened = open_course(course)
    parts = [(problem, part) for problem in opened.problems for part in problem.parts]
    if as_json:
        print_json([_object(problem, part) for problem, part in parts])
    else:
        rows = [
            (f"{problem.id}/{part.id}", part.type, f"{float(part.points):g}", _source(part)) for problem, part in parts
        ]
        click.echo(table(("part", "type", "points", "source"), rows))
        click.echo()
        total = sum((part.points for _, part in parts), Fraction(0))
        click.echo(
            f"{counted(len(opened.problems), 'problem')}, {counted(len(parts), 'part')}, {float(total):g} points"
        )
    ctx.exit(BAD_SPEC if has_errors(opened.diagnostics) else DONE)


@command.command("render", epilog="\b\nExample: grade problems render homework --student ada-lovelace --out papers")
@click.argument("selectors", metavar="[PROBLEM]...", nargs=-1, shell_complete=completing.problems)
@click.option("--student", "students", multiple=True, metavar="ID", help="With this student's numbers; repeatable.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write one file for each student into this folder. Default: standard output.",
)
@course_option
@click.pass_context
def render(
    ctx: click.Context, selectors: tuple[str, ...], students: tuple[str, ...], out: Path | None, course: Path | None
) -> None:
    """Write the questions as Markdown: those of folders, ids or patterns, by default what the course assigns.

    Where given values are drawn, each student has numbers of their own, the same ones each time. `grade submissions`
    uses them if the course has the setting `own_numbers = true`.
    """
    from grader.diagnostics import SpecError, operator_error
    from grader.specs import draw_for
    from grader.store.files import write_text

    opened = open_course(course or ctx.obj)
    problems, idle = opened.select(selectors or opened.settings.assigned)
    if idle:
        fix = "`grade problems` lists the problems."
        stop([operator_error("problems-none", f"nothing here is called {name}", fix=fix) for name in idle], NOTHING)
    if students and not opened.settings.own_numbers and any(p.variation for p in problems):
        tell([_NOT_ON])
    for student in students or ("",):
        try:
            own = [draw_for(p, student, opened.settings) if student else p for p in problems]
        except SpecError as error:
            stop(error.diagnostics, BAD_SPEC)
        text = "\n".join(map(paper, own))
        if out is None:
            click.echo(text)
        else:
            write_text(out / paper_name(student), text)
    if out is not None:
        click.echo(f"wrote {counted(len(students) or 1, 'paper')} into {out}")
    ctx.exit(BAD_SPEC if has_errors(opened.diagnostics) else DONE)


_NOT_ON = Diagnostic(
    "problems-own-numbers",
    Severity.WARNING,
    Audience.OPERATOR,
    "these are the students' own numbers, but `grade submissions` would grade by those of the specs",
    None,
    "Set own_numbers = true in grade.toml.",
)


def paper(problem: Problem) -> str:
    """A problem as its reader gets it, in Markdown.

    Args:
        problem: with the values that count.
    """
    from grader.specs.wording import listed_options

    number = f"Problem {problem.number}: " if problem.number else ""
    pieces = [f"# {number}{problem.title}", problem.prompt]
    for part in problem.parts:
        name = f"**{part.heading}**"
        pieces.append(f"{name} {part.prompt} *({points(part.points)})*" if part.prompt else name)
        pieces.append(listed_options(part))
    return "\n\n".join(piece.strip() for piece in pieces if piece.strip()) + "\n"


def points(number: Fraction) -> str:
    """``1 point``, ``2.5 points``."""
    return f"{float(number):g} point{'' if number == 1 else 's'}"


def paper_name(student: str) -> str:
    """The file of a student's paper; a name that no file can have is spelt in other letters.

    Args:
        student: "" for nobody's.
    """
    from grader.reports import student_file_name

    return str(Path(student_file_name(student or "problems")).with_suffix(".md"))


def _source(part: Part) -> str:
    """Where a part comes from, for people."""
    return f"{part.source.document} {part.source.item}" if part.source else ""


def _object(problem: Problem, part: Part) -> dict[str, Any]:
    """One part, as in the neutral contract."""
    from grader.answers import get_type

    source = part.source
    return {
        "problem": problem.id,
        "part": part.id,
        "type": part.type,
        "points": int(part.points) if part.points.denominator == 1 else float(part.points),
        "source": {"document": source.document, "item": source.item} if source else None,
        "decided_by": get_type(part.type).decided_by,
    }
