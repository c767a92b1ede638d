"""``grade verify``: what continuous integration runs on a course."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands.common import (
    BAD_SPEC,
    BELOW,
    DONE,
    counted,
    course_option,
    diagnostic_object,
    has_errors,
    json_option,
    open_course,
    print_json,
    table,
    tell,
    workers_option,
)

if TYPE_CHECKING:
    from grader.scoring.verification import Finding


@click.command(
    "verify",
    short_help="Prove that specs, solvers and keys agree.",
    epilog="\b\nExample: grade verify --course my-course",
)
@course_option
@workers_option
@json_option
@click.pass_context
def command(ctx: click.Context, course: Path | None, workers: int | None, as_json: bool) -> None:
    """Check every spec of the course.

    The solver runs, a second computation agrees with it, each answer under `accept` is correct,
    none under `reject` is, and each foreseen mistake earns what it says.

    Ends with 0 if nothing is wrong (warnings are allowed), 1 if a part fails, 3 if a spec
    cannot be loaded.
    """
    from grader.scoring.verification import Plan, verify

    opened = open_course(course)
    findings: list[Finding] = list(verify(opened, Plan(workers=workers)))
    levels = Counter(finding.level for finding in findings)
    code = BELOW if levels["error"] else DONE
    if has_errors(opened.diagnostics):
        code = BAD_SPEC
    if as_json:
        print_json(
            {
                "schema": 1,
                "command": "verify",
                "parts": sum(len(problem.parts) for problem in opened.problems),
                "ok": levels["ok"],
                "warnings": levels["warning"],
                "errors": levels["error"],
                "findings": [_object(finding) for finding in findings],
                "exit": code,
            }
        )
        ctx.exit(code)
    tell(f.diagnostic for f in findings if f.diagnostic is not None and f.check != "spec")
    by_part = {(problem.id, part.id): Counter[str]() for problem in opened.problems for part in problem.parts}
    for finding in findings:
        if finding.check != "spec":
            by_part[finding.problem, finding.part][finding.level] += 1
    rows = [
        (f"{problem}/{part}", str(count["ok"]), str(count["warning"]), str(count["error"]))
        for (problem, part), count in by_part.items()
    ]
    click.echo(table(("part", "ok", "warnings", "errors"), rows))
    click.echo()
    telling = [finding for finding in findings if finding.telling]
    for finding in telling:
        click.echo(f"{finding.problem}/{finding.part}: {finding.message}")
    if telling:
        click.echo()
    outcome = "agree" if code == DONE else "do not agree"
    passed, warnings = counted(levels["ok"], "check"), counted(levels["warning"], "warning")
    wrong = counted(levels["error"], "error")
    parts = counted(len(rows), "part")
    click.echo(f"{parts}: specs, solvers and keys {outcome} ({passed} passed, {warnings}, {wrong}).")
    ctx.exit(code)


def _object(finding: Finding) -> dict[str, object]:
    """A finding for ``--json``."""
    d = finding.diagnostic
    return {
        "level": finding.level,
        "check": finding.check,
        "problem": finding.problem,
        "part": finding.part,
        "message": finding.message,
        "diagnostic": diagnostic_object(d) if d else None,
    }
