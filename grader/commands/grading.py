"""Grade, write the reports, and sum up: what `submissions` and `transcripts` have in common."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands.by_hand import decisions_beside, with_decisions
from grader.commands.common import NOTHING, USAGE, open_course, print_json, stop
from grader.commands.engines import engine_for
from grader.commands.grading_progress import progress
from grader.commands.large import large_run
from grader.commands.outcome import Notes, exit_code, print_summary, share_of, summary_object, tell_failures
from grader.commands.outputs import keep, tell_written, told_if_unwritten
from grader.diagnostics import InputError, Severity, operator_error

if TYPE_CHECKING:
    from grader.batch import Graded
    from grader.specs import Course

MOST_REPORTED = 60_000
"""Results of a run of which pages are written unasked: about as many as fit into 400 MB beside their pages."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for; the fields are its options."""

    kind: str
    path: Path
    course: Path | None
    selectors: tuple[str, ...]
    out: Path
    workers: int | None
    as_json: bool
    fail_under: float | None
    release_expected: bool = False
    chat_format: str = ""
    layout: str = ""
    assignment: str = ""
    only_failed: bool = False
    pages: bool | None = None
    engine: str = "local"
    ray_address: str | None = None


def grade(wanted: Wanted) -> None:
    """Run the grader on a path, write all files, print the summary, and end with the exit code."""
    if wanted.engine == "local":
        from grader.scoring.workers import get_ready

        get_ready()
    course = course_for(wanted)
    log = decisions_beside(wanted.out)
    graded = graded_now(wanted, course)
    wants_pages = graded.results <= MOST_REPORTED if wanted.pages is None else wanted.pages
    if not wants_pages:
        raise click.exceptions.Exit(large_run(wanted, course, graded, log))
    from grader.analysis.index import RunIndex

    run = with_decisions(graded.load().run, log)
    tell_failures(run, course.diagnostics)
    index = RunIndex(run)
    reports = keep(graded, index, wanted.out)
    share = share_of(index)
    code = exit_code(course, run, share, wanted.fail_under)
    if wanted.as_json:
        print_json(summary_object(graded.manifest, course.diagnostics, run, share, reports, code))
    else:
        print_summary(index, share)
        tell_written(reports)
    raise click.exceptions.Exit(code)


def course_for(wanted: Wanted) -> Course:
    """The course, with all problems that were asked for; ends the command where one of them is not there."""
    course = open_course(wanted.course, wanted.path)
    _, idle = course.select(wanted.selectors)
    if idle:
        fix = "`grade problems` lists the problems; a folder is named from the folder of the specs."
        stop([operator_error("problems-none", f"no problem is called {name}", fix=fix) for name in idle], NOTHING)
    return course


def graded_now(wanted: Wanted, course: Course) -> Graded:
    """What the machine says, with what it was made from; tells of the files, and ends the command if there are none."""
    from grader.batch import FOLDER, Order, grade_into
    from grader.store.runs import manifest_of

    manifest = manifest_of(
        wanted.kind,
        course,
        wanted.path,
        wanted.out,
        selectors=wanted.selectors,
        chat_format=wanted.chat_format,
        layout=wanted.layout,
        assignment=wanted.assignment,
        release_expected=wanted.release_expected,
    )
    notes = Notes()
    errors = [one for one in course.diagnostics if one.severity is Severity.ERROR]
    try:
        with (
            progress(silent=wanted.as_json, students=wanted.kind == "submissions") as on_progress,
            told_if_unwritten(),
            engine_for(
                wanted.engine, wanted.ray_address, wanted.path, wanted.out / FOLDER, course.settings, wanted.workers
            ) as engine,
        ):
            order = Order(manifest, wanted.path, wanted.workers, wanted.only_failed, engine, on_progress, notes.add)
            graded = grade_into(wanted.out / FOLDER, course, order, errors)
    except InputError as error:
        stop(error.diagnostics, USAGE)
    except KeyboardInterrupt:
        click.echo("Stopped. What is graded is kept: the same command goes on from there.", err=True)
        raise
    if not graded.subjects:
        graded.discard()
        fix = {
            "submissions": "Expected one folder or file for each student, or an export of a platform.",
            "transcripts": "Expected Markdown with lines such as `User:` and `Assistant:`, or recorded conversations.",
        }[wanted.kind]
        stop([operator_error("input-none", f"no {wanted.kind} in {wanted.path}", fix=fix)], NOTHING)
    notes.tell()
    return graded
