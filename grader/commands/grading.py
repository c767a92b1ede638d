"""Grade, write the reports, and sum up: what `submissions` and `transcripts` have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands.by_hand import decisions_beside, with_decisions
from grader.commands.common import NOTHING, USAGE, open_course, print_json, stop
from grader.commands.grading_progress import progress
from grader.commands.outcome import exit_code, print_summary, share_of, summary_object, tell_failures, tell_notes
from grader.commands.outputs import keep, tell_written, with_spec_errors
from grader.diagnostics import Diagnostic, InputError, operator_error
from grader.records import Run

if TYPE_CHECKING:
    from grader.specs import Course
    from grader.store.runs import StoredRun


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


def grade(wanted: Wanted) -> None:
    """Run the grader on a path, write all files, print the summary, and end with the exit code."""
    from grader.analysis.index import RunIndex
    from grader.store.runs import StoredRun

    course = course_for(wanted)
    log = decisions_beside(wanted.out)
    graded = graded_now(wanted, course)
    run = with_decisions(graded.run, log)
    tell_failures(run)
    kept = StoredRun(with_spec_errors(course, graded.run), graded.manifest)
    reports = keep(kept, with_spec_errors(course, run), wanted.out)
    index = RunIndex(run)
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


def graded_now(wanted: Wanted, course: Course) -> StoredRun:
    """What the machine says, with what it was made from; tells of the files, and ends the command if there are none."""
    from grader.scoring import pipeline
    from grader.store.runs import StoredRun, manifest_of

    work: Callable[..., Run] = partial(pipeline.grade_submissions, layout=wanted.layout, assignment=wanted.assignment)
    if wanted.kind == "transcripts":
        work = partial(pipeline.grade_transcripts, chat_format=wanted.chat_format)
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
    notes: list[tuple[str, Diagnostic]] = []
    try:
        with progress(silent=wanted.as_json) as on_progress:
            run = work(
                course,
                wanted.path,
                problems=wanted.selectors,
                workers=wanted.workers,
                on_progress=on_progress,
                on_note=lambda subject, note: notes.append((subject, note)),
            )
    except InputError as error:
        stop(error.diagnostics, USAGE)
    if not run.subjects:
        fix = {
            "submissions": "Expected one folder or file for each student, or an export of a platform.",
            "transcripts": "Expected Markdown with lines such as `User:` and `Assistant:`, or recorded conversations.",
        }[wanted.kind]
        stop([operator_error("input-none", f"no {wanted.kind} in {wanted.path}", fix=fix)], NOTHING)
    tell_notes(notes)
    return StoredRun(run, manifest)
