"""``grade check``: one answer against one key, or a stream of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.commands import completing
from grader.commands.common import (
    DONE,
    SOME_FAILED,
    course_option,
    json_option,
    open_course,
    print_json,
    shown,
    workers_option,
)

if TYPE_CHECKING:
    from grader.specs import Course


@click.command(
    "check",
    short_help="Check one answer, or a stream of them.",
    epilog="\b\nExample: grade check '1 <= λ < 4' --type interval --expected '[1, 4]' -o variable=λ",
    context_settings={"ignore_unknown_options": True},  # so that -3 is an answer
)
@click.argument("response", required=False)
@click.option(
    "--type",
    "-t",
    "type_name",
    metavar="TYPE",
    shell_complete=completing.answer_types,
    help="Answer type; `grade explain` lists them.",
)
@click.option("--expected", "-e", metavar="KEY", help="The right answer.")
@click.option("--option", "-o", "options", multiple=True, metavar="KEY=VALUE", help="Option of the type; repeatable.")
@click.option(
    "--problem",
    metavar="ID",
    shell_complete=completing.ids,
    help="A problem of the course; its solver knows the answer.",
)
@click.option("--part", metavar="ID", shell_complete=completing.parts, help="A part of that problem.")
@click.option("--student", metavar="ID", help="By this student's own numbers, where they are drawn.")
@click.option("--jsonl", metavar="IN", help="Check one JSON object a line; - for standard input.")
@click.option("--out", metavar="OUT", default="-", help="Where the results of --jsonl go. Default: -, standard output.")
@course_option
@workers_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    response: str | None,
    type_name: str | None,
    expected: str | None,
    options: tuple[str, ...],
    problem: str | None,
    part: str | None,
    student: str | None,
    jsonl: str | None,
    out: str,
    course: Path | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Check RESPONSE, a bare answer or a whole reply (- reads it from standard input).

    The key is --expected, or what a part of the course computes: --problem P --part Q. With
    --jsonl, each line holds `id`, `type`, `expected`, `response`, `options`, or `problem` and
    `part` in place of the key; results come in the same order, one line each.

    \b
    More examples:
      grade check 'O(n d^2)' --problem ridge-attention --part c
      grade check --jsonl answers.jsonl --out verdicts.jsonl
    """
    if jsonl is not None:
        given = {
            "RESPONSE": response,
            "--type": type_name,
            "--expected": expected,
            "--problem": problem,
            "--student": student,
        }
        clash = [name for name, value in given.items() if value is not None]
        if clash:
            raise click.UsageError(f"--jsonl takes everything from its lines; leave out {', '.join(clash)}")
        from grader.commands.check_lines import check_stream

        failed = check_stream(jsonl, out, _course(course, needed=False), workers)
        ctx.exit(SOME_FAILED if failed else DONE)
    if response is None:
        raise click.UsageError("an answer is missing: grade check RESPONSE … or grade check --jsonl IN")
    if response == "-":
        response = sys.stdin.read()
    line: dict[str, Any] = {"id": None, "response": response}
    opened = None
    if problem is not None or part is not None:
        if problem is None or part is None or type_name or expected or options:
            raise click.UsageError("--problem and --part go together, without --type, --expected or -o")
        opened = _course(course, needed=True)
        line |= {"problem": problem, "part": part, "student": student}
    else:
        if student is not None:
            raise click.UsageError("--student goes with --problem and --part")
        if expected is None:
            raise click.UsageError("the key is missing: --expected KEY, or --problem ID --part ID")
        line |= {"type": type_name or "auto", "expected": expected, "options": _options(options)}
    from grader.scoring.check import check_line

    verdict = check_line(line, opened)
    if as_json:
        print_json(verdict)
    else:
        _print(verdict)
    ctx.exit(SOME_FAILED if verdict["status"] == "failed" else DONE)


def _course(explicit: Path | None, *, needed: bool) -> Course | None:
    """The course, if one is named or needed or above this folder."""
    from grader.specs import find_course

    if needed or explicit is not None or find_course(Path()) is not None:
        return open_course(explicit)
    return None


def _options(pairs: tuple[str, ...]) -> dict[str, Any]:
    """Options as a spec would have them: ``abs=0.01``, ``options={A: yes, B: no}``."""
    import yaml

    found: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise click.BadParameter(f"{pair!r}, expected KEY=VALUE", param_hint="-o")
        try:
            found[key] = yaml.load(value, Loader=yaml.BaseLoader)  # noqa: S506 - builds only text, lists, mappings
        except yaml.YAMLError as error:
            raise click.BadParameter(f"{pair!r} is not YAML after the '='", param_hint="-o") from error
    return found


def _print(verdict: dict[str, Any]) -> None:
    """A verdict in a few lines."""
    credit = verdict["credit"]
    marks = "" if credit is None or credit in (0, 1) else f", credit {credit:g}"
    click.echo(f"{verdict['status']}{marks} ({verdict['reason']})")
    if verdict["read_as"] is not None:
        click.echo(f"  read as   {shown(verdict['read_as'])}")
    if verdict["feedback"]:
        click.echo(f"  feedback  {shown(verdict['feedback'])}")
    evidence = verdict["evidence"]
    if evidence:
        bound = f", error bound {evidence['error_bound']}" if evidence["error_bound"] else ""
        click.echo(f"  decided   {evidence['method']}{bound}")
