"""``grade verify``: what continuous integration runs on a course."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands import completing
from grader.commands.common import (
    BAD_SPEC,
    BELOW,
    DONE,
    NOTHING,
    counted,
    course_option,
    diagnostic_object,
    has_errors,
    json_option,
    open_course,
    print_json,
    shown,
    stop,
    table,
    tell,
    workers_option,
)
from grader.diagnostics import operator_error

if TYPE_CHECKING:
    from grader.scoring.verification import Finding, Plan
    from grader.specs import Course

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    "verify",
    short_help="Prove that specs, solvers and keys agree.",
    epilog="\b\nExample: grade verify --course my-course\n"
    "  grade verify --only damping --seeds 20    one problem, 20 draws of its values\n"
    "  grade verify --only damping/a --seed 7    one part, as seed 7 draws it\n"
    "  grade verify --strict --junit out/verify.xml --markdown out/verify.md\n"
    "\b\nEnds with 0 if nothing is wrong (warnings and weaknesses are allowed), 1 if a part fails,\n"
    "3 if a spec cannot be loaded, 5 if --only chooses nothing.",
)
@course_option
@click.option(
    "--only",
    multiple=True,
    metavar="GLOB",
    shell_complete=completing.places,
    help="Problems or parts: damping, damping/a, 'ssm-*/b.*'.",
)
@click.option(
    "--seeds",
    type=click.IntRange(0, 10_000),
    default=1,
    show_default=True,
    metavar="N",
    help="Draws of the given values, or of a key's instances, besides those of the spec.",
)
@click.option("--seed", metavar="K", help="This draw alone: a number, or a student's name.")
@click.option("--strict", is_flag=True, help="A weakness is an error.")
@click.option("--junit", type=_FILE, metavar="FILE", help="Write JUnit XML.")
@click.option("--markdown", type=_FILE, metavar="FILE", help="Write a summary for a pull request.")
@click.option(
    "--github",
    is_flag=True,
    help="Print annotations for GitHub's workflows; so it is where GITHUB_ACTIONS is set.",
)
@workers_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    course: Path | None,
    only: tuple[str, ...],
    seeds: int,
    seed: str | None,
    strict: bool,
    junit: Path | None,
    markdown: Path | None,
    github: bool,
    workers: int | None,
    as_json: bool,
) -> None:
    """Check every spec of the course.

    For each part: the solver runs, a second computation agrees with it, each answer under
    `accept` is correct, none under `reject` is, and each foreseen mistake earns what it says.
    The right answer is printed in Unicode, LaTeX and ASCII and must be read back as right, alone
    and in a submission. Wrong answers next to it (a digit, a sign, an exponent, an end point, a
    transposition) must not come out correct, and the given values must not hide a slip such as a
    transposed matrix: what slips through is listed as a weakness.

    Where given values are drawn, all that is done at drawn values too; the messages name the
    seed, and `--seed` repeats that draw.
    """
    from grader.scoring.verification import Plan, verify

    opened = open_course(course)
    plan = Plan(
        only=only,
        seeds=tuple(str(number) for number in range(1, seeds + 1)) if seed is None else (seed,),
        defaults=seed is None,
        workers=workers,
    )
    parts = [(p.id, part.id) for p in opened.problems for part in p.parts if plan.takes(p, part)]
    if not parts:
        broken = has_errors(opened.diagnostics)
        fix = (
            "Mend the specs that could not be loaded first, see above."
            if broken
            else "`grade problems` lists the parts."
        )
        stop([operator_error("course-nothing", f"no part is called {' or '.join(only)}", fix=fix)], NOTHING)
    started = time.monotonic()
    findings = list(verify(opened, plan))
    code = _code(opened, findings, strict=strict)
    _write(findings, junit, markdown, strict=strict, seconds=time.monotonic() - started)
    if github or (os.environ.get("GITHUB_ACTIONS") == "true" and not as_json):
        from grader.store.checks.github import github_lines

        for line in github_lines(findings, strict=strict):
            click.echo(shown(line), err=as_json)
    if as_json:
        _print_object(parts, findings, plan, code)
    else:
        _print_summary(parts, findings, code)
    ctx.exit(code)


def _code(course: Course, findings: Sequence[Finding], *, strict: bool) -> int:
    levels = {finding.level for finding in findings if finding.check != "spec" or finding.seed}
    if has_errors(course.diagnostics):
        return BAD_SPEC
    return BELOW if "error" in levels or (strict and "weakness" in levels) else DONE


def _write(
    findings: Sequence[Finding], junit: Path | None, markdown: Path | None, *, strict: bool, seconds: float
) -> None:
    """Write the files that are asked for."""
    if junit is None and markdown is None:
        return
    from grader.store.checks import junit as as_junit
    from grader.store.checks import markdown as as_markdown
    from grader.store.files import write_text

    try:
        if junit is not None:
            write_text(junit, as_junit.junit(findings, strict=strict, seconds=seconds))
        if markdown is not None:
            write_text(markdown, as_markdown.markdown(findings, strict=strict))
    except OSError as error:
        says = f"{error.filename or junit or markdown} cannot be written: {error.strerror}"
        stop([operator_error("out-write", says, fix="Name another file.")], 2)


def _print_object(parts: Sequence[tuple[str, str]], findings: Sequence[Finding], plan: Plan, code: int) -> None:
    levels = Counter(finding.level for finding in findings)
    print_json(
        {
            "schema": 1,
            "command": "verify",
            "parts": len(parts),
            "seeds": list(plan.seeds),
            "ok": levels["ok"],
            "weaknesses": levels["weakness"],
            "warnings": levels["warning"],
            "errors": levels["error"],
            "findings": [_object(finding) for finding in findings],
            "exit": code,
        }
    )


def _print_summary(parts: Sequence[tuple[str, str]], findings: Sequence[Finding], code: int) -> None:
    tell(f.diagnostic for f in findings if f.diagnostic is not None and (f.check != "spec" or f.seed))
    levels = Counter(finding.level for finding in findings)
    by_part = {part: Counter[str]() for part in parts}
    for finding in findings:
        if (finding.problem, finding.part) in by_part:
            by_part[finding.problem, finding.part][finding.level] += 1
    kinds = ("ok", "weakness", "warning", "error")
    rows = [(f"{problem}/{part}", *(str(count[kind]) for kind in kinds)) for (problem, part), count in by_part.items()]
    click.echo(table(("part", "ok", "weaknesses", "warnings", "errors"), rows))
    click.echo()
    telling = [finding for finding in findings if finding.telling and not finding.seed]
    for finding in telling:
        click.echo(f"{finding.problem}/{finding.part}: {shown(finding.message)}")
    if telling:
        click.echo()
    outcome = "agree" if code == DONE else "do not agree"
    weak = levels["weakness"]
    counts = [
        f"{counted(levels['ok'], 'check')} passed",
        f"{weak} {'weakness' if weak == 1 else 'weaknesses'}",
        counted(levels["warning"], "warning"),
        counted(levels["error"], "error"),
    ]
    click.echo(f"{counted(len(rows), 'part')}: specs, solvers and keys {outcome} ({', '.join(counts)}).")


def _object(finding: Finding) -> dict[str, object]:
    """A finding for ``--json``."""
    d = finding.diagnostic
    return {
        "level": finding.level,
        "check": finding.check,
        "problem": finding.problem,
        "part": finding.part,
        "seed": finding.seed or None,
        "name": finding.name or None,
        "message": finding.message,
        "diagnostic": diagnostic_object(d) if d else None,
    }
