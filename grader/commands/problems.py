"""``grade problems``: what the course asks."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from grader.commands.common import (
    BAD_SPEC,
    DONE,
    counted,
    course_option,
    has_errors,
    json_option,
    open_course,
    print_json,
    table,
)
from grader.records import Part, Problem

_FOR_PEOPLE = frozenset({"rubric"})  # answer types that a human decides


@click.command(
    "problems",
    short_help="List the course's problems and parts.",
    epilog="\b\nExample: grade problems --json",
)
@course_option
@json_option
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a spec, for editors.")
@click.pass_context
def command(ctx: click.Context, course: Path | None, as_json: bool, schema: bool) -> None:
    """List every part of every problem: its answer type, its points, and where it comes from."""
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


def _source(part: Part) -> str:
    """Where a part comes from, for people."""
    return f"{part.source.document} {part.source.item}" if part.source else ""


def _object(problem: Problem, part: Part) -> dict[str, Any]:
    """One part, as in the neutral contract."""
    source = part.source
    return {
        "problem": problem.id,
        "part": part.id,
        "type": part.type,
        "points": int(part.points) if part.points.denominator == 1 else float(part.points),
        "source": {"document": source.document, "item": source.item} if source else None,
        "decided_by": "human" if part.type in _FOR_PEOPLE else "machine",
    }
