"""``grade regrade``: grade a kept run again, and show whose marks change, before anything is written."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands.common import (
    BAD_SPEC,
    BELOW,
    DONE,
    SOME_FAILED,
    USAGE,
    has_errors,
    json_option,
    run_argument,
    stop,
    workers_option,
)
from grader.commands.outputs import keep, tell_written, told_if_unwritten
from grader.diagnostics import operator_error
from grader.records import Status

if TYPE_CHECKING:
    from grader.commands.grading import Wanted
    from grader.records import Run
    from grader.store.runs import StoredRun


@click.command(
    "regrade",
    short_help="Grade a run again, and show whose marks change before writing.",
    epilog="\b\nExample: grade regrade out --page changes.html",
)
@run_argument
@click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the course, whose solvers run. Default: the one that the run names, if this folder is in it.",
)
@click.option(
    "--input",
    "path",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="What was handed in, where it is not where it was.",
)
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what changes as an HTML page, to look at before the rest is written.",
)
@click.option("--yes", is_flag=True, help="Write without asking.")
@workers_option
@json_option
def command(
    out: Path, course: Path | None, path: Path | None, page: Path | None, yes: bool, workers: int | None, as_json: bool
) -> None:
    """Grade the run in OUT again as it was graded, show whose marks change, and why; then ask, and write.

    OUT is the folder that `grade submissions` or `grade transcripts` wrote. The same input is graded by the same
    options, with the specs, the solvers and the grader as they are now. Marks that people gave stay with the answers
    that they were given to. The former run is kept in OUT/history, and OUT/history.jsonl says what changed.

    Without --yes, and without a terminal to ask on, nothing is written; then it ends with 1 if a mark would change.
    """
    from grader.analysis.index import RunIndex
    from grader.analysis.regrading import compare
    from grader.commands.by_hand import decisions_beside, with_decisions
    from grader.commands.common import print_json
    from grader.commands.grading import course_for, graded_now
    from grader.commands.outcome import tell_failures
    from grader.commands.regrade_view import print_regrading, regrading_object
    from grader.commands.stored import stored_run
    from grader.reports import regrade_page
    from grader.store.decisions import apply
    from grader.store.files import write_text
    from grader.store.runs import StoredRun

    former = stored_run(out)
    wanted = _wanted(former, out, course, path, workers, as_json)
    log = decisions_beside(out)
    now = course_for(wanted)
    if has_errors(now.diagnostics):
        click.echo("Nothing is graded until these specs are right.", err=True)
        raise click.exceptions.Exit(BAD_SPEC)
    fresh = graded_now(wanted, now)
    graded = fresh.load()
    run = with_decisions(graded.run, log)
    tell_failures(run)
    found = compare(StoredRun(apply(former.run, log).run, former.manifest), StoredRun(run, graded.manifest))
    if page is not None:
        with told_if_unwritten():
            write_text(page, regrade_page(found, former.run, former.manifest.at))
    if not as_json:
        print_regrading(found, former)
    if page is not None and not as_json:
        click.echo(f"\nwrote {page}")
    written: dict[str, str] = {}
    if yes or (not as_json and (found or found.since) and _agreed(out)):
        run = apply(graded.run, decisions_beside(out)).run  # somebody may have decided more while this was looked at
        written = keep(fresh, RunIndex(run), out, regrading_object(found)["changes"], former.manifest)
    else:
        fresh.discard()
    stale = [str(one.item) for one in apply(graded.run, log).stale]
    code = _exit_code(run, changes=bool(found), written=bool(written))
    if as_json:
        decided = {"standing": sum(one.decision is not None for one in run.results), "stale": stale}
        print_json({**regrading_object(found), "decisions": decided, "written": written, "exit": code})
    elif written:
        tell_written(written)
    elif found:
        click.echo("\nNothing was written.")
    raise click.exceptions.Exit(code)


def _wanted(
    former: StoredRun, out: Path, course: Path | None, path: Path | None, workers: int | None, as_json: bool
) -> Wanted:
    """What is to be graded: what was graded before, where it is now; ends the command if it is not there."""
    from grader.commands.grading import Wanted

    manifest = former.manifest
    places = {"--course": course or manifest.place(manifest.course), "--input": path or manifest.place(manifest.path)}
    for option, place in places.items():
        if not place.exists():
            fix = f"Name where it is now with {option}."
            stop([operator_error("regrade-gone", f"the run was made from {place}, which is not there", fix=fix)], USAGE)
    if course is None:
        _check_own(places["--course"], out)
    return Wanted(
        manifest.command,
        places["--input"],
        places["--course"],
        manifest.selectors,
        out,
        workers,
        as_json,
        None,
        manifest.release_expected,
        manifest.chat_format,
        manifest.layout,
        manifest.assignment,
    )


def _check_own(course: Path, out: Path) -> None:
    """End the command where a run, which may be a stranger's, names another course than the one of this folder.

    Args:
        course: that the run names; its solvers would run.
        out: the folder of the run.
    """
    from grader.specs import find_course

    if course.resolve() == find_course(Path()):
        return
    says = f"the run names the course {course}, which is not the course of this folder; its solvers would run"
    fix = f"If you trust its solvers, name it: {shlex.join(['grade', 'regrade', str(out), '--course', str(course)])}"
    stop([operator_error("regrade-course", says, fix=fix)], USAGE)


def _agreed(out: Path) -> bool:
    """Whether the person at the terminal wants this written; nobody there wants nothing."""
    return sys.stdin.isatty() and click.confirm(f"\nWrite this to {out}?", err=True)


def _exit_code(run: Run, *, changes: bool, written: bool) -> int:
    if changes and not written:
        return BELOW
    failed = run.failures or any(result.verdict.status is Status.FAILED for result in run.results)
    return SOME_FAILED if failed else DONE
