"""``grade autograder``: an archive that Gradescope runs for each submission; and what runs there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.commands import completing
from grader.commands.common import (
    BAD_SPEC,
    DONE,
    NOTHING,
    SOME_FAILED,
    USAGE,
    counted,
    course_option,
    has_errors,
    open_course,
    stop,
    tell,
    to_json,
    workers_option,
)
from grader.diagnostics import Diagnostic, InputError, SpecError, operator_error, operator_warning

if TYPE_CHECKING:
    from grader.records import Run
    from grader.specs import Course

RESULTS = "results/results.json"
# The words of grader.reports.gradescope.VISIBILITIES, which loads too much for a help page; a test compares them.
VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")

problems_option = click.option(
    "--problems",
    "selectors",
    multiple=True,
    metavar="WHICH",
    shell_complete=completing.problems,
    help="Folder, id or pattern of the problems that are asked; repeatable. Default: those that the course assigns.",
)
release_option = click.option("--release-expected", is_flag=True, help="Show the expected answers to students.")
visibility_option = click.option(
    "--visibility",
    type=click.Choice(VISIBILITIES),
    default="visible",
    show_default=True,
    help="When students see how their parts were graded.",
)
decisions_option = click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Marks that people gave by `grade review` to the same submissions: decisions.jsonl of a run of their export.",
)


@click.group(
    "autograder",
    invoke_without_command=True,
    short_help="Make an autograder for Gradescope, and run there.",
    epilog="\b\nExample: grade autograder --problems homework --out autograder.zip",
)
@course_option
@problems_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("autograder.zip"),
    show_default=True,
    metavar="FILE",
    help="The archive to write.",
)
@release_option
@visibility_option
@decisions_option
@click.pass_context
def command(
    ctx: click.Context,
    course: Path | None,
    selectors: tuple[str, ...],
    out: Path,
    release_expected: bool,
    visibility: str,
    decisions: Path | None,
) -> None:
    """Write an archive to upload to a programming assignment of Gradescope; it grades each submission there.

    It holds this program, the versions of what it needs, the course's specs and solvers, and its roster. Parts without
    a mark are tests without a score, and the total is hidden from students while there are any.
    """
    if ctx.invoked_subcommand is not None:
        return
    from grader.reports.gradescope import failure_object
    from grader.store.autograders import Options, write_autograder

    opened = open_course(course)
    if has_errors(opened.diagnostics):
        fix = "Mend it first: the image would not be built."
        stop([operator_error("autograder-course", "something is wrong with a spec or a setting", fix=fix)], BAD_SPEC)
    chosen = _chosen(opened, selectors or opened.settings.assigned)
    if opened.settings.own_numbers and not _has_roster(opened):
        tell([_NO_ROSTER])
    ids = [problem.id for problem in chosen.problems]
    try:
        options = Options(ids, release_expected, visibility, decisions)
        names = write_autograder(opened, options, failure_object(), out)
    except InputError as error:
        stop(error.diagnostics, USAGE)
    except OSError as error:
        fix = "Choose another file with --out, or look whether the course's files may be read."
        stop([operator_error("out-write", f"cannot read or write {error.filename}: {error.strerror}", fix=fix)], USAGE)
    parts = [part for problem in chosen.problems for part in problem.parts]
    points = sum(float(part.points) for part in parts)
    click.echo(f"{counted(len(ids), 'problem')}, {counted(len(parts), 'part')}, {points:g} points")
    click.echo(f"wrote {out}: {counted(len(names), 'file')}")
    click.echo()
    click.echo(f"Upload it to a programming assignment with {points:g} autograder points (docs/gradescope.md).")


@command.command(
    "run",
    short_help="Grade the one submission of a container.",
    epilog="\b\nExample: grade autograder run /autograder --course /autograder/source/course --problems homework",
)
@click.argument("base", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@course_option
@problems_option
@release_option
@visibility_option
@decisions_option
@workers_option
@click.pass_context
def run(
    ctx: click.Context,
    base: Path,
    course: Path | None,
    selectors: tuple[str, ...],
    release_expected: bool,
    visibility: str,
    decisions: Path | None,
    workers: int | None,
) -> None:
    """Grade FOLDER/submission, as FOLDER/submission_metadata.json says whose it is, into FOLDER/results/results.json.

    This is what the archive runs on Gradescope. Where nothing can be graded, the results say so and hold no mark.
    """
    from grader.reports.gradescope import failure_object, results_object
    from grader.store.files import write_text

    started = time.monotonic()
    code = DONE
    results: dict[str, Any]
    try:
        chosen = _chosen(_loaded(course), selectors)
        done = _graded(chosen, base, workers, decisions)
        results = results_object(
            done, release_expected=release_expected, visibility=visibility, seconds=time.monotonic() - started
        )
        if done.failures:
            code = SOME_FAILED
    except (InputError, SpecError) as error:
        tell(error.diagnostics)
        code, results = SOME_FAILED, failure_object(error.diagnostics)
    try:
        write_text(base / RESULTS, to_json(results, indent=1))
    except OSError as error:
        fix = "Make room, or look who may write there."
        stop([operator_error("out-write", f"cannot write {error.filename}: {error.strerror}", fix=fix)], USAGE)
    click.echo(f"wrote {base / RESULTS}")
    ctx.exit(code)


def _loaded(root: Path | None) -> Course:
    """The course; an error where there is none, for that belongs into the results."""
    from grader.specs import course_folder, load_course

    course = load_course(course_folder(root, "Name one with --course DIR."))
    tell(course.diagnostics)
    return course


def _chosen(course: Course, selectors: Sequence[str]) -> Course:
    """The course with no other problems than those that are asked, so that no text can add one by its heading.

    A selector that names none ends the command where the archive is made; there it cannot be otherwise later.
    """
    problems, idle = course.select(selectors)
    if idle or not problems:
        fix = "`grade problems` lists the problems; a folder is named from the folder of the specs."
        stop(
            [operator_error("problems-none", f"no problem is called {name}", fix=fix) for name in idle or ("",)],
            NOTHING,
        )
    return replace(course, problems=problems)


def _graded(course: Course, base: Path, workers: int | None, decisions: Path | None) -> Run:
    """The run of the one submission, with the marks that people gave.

    Raises:
        InputError: it cannot be told whose it is, or the decisions cannot be read.
    """
    from grader.batch import grade_submissions
    from grader.commands.by_hand import with_decisions
    from grader.commands.outcome import tell_failures, tell_notes
    from grader.store.decisions import read_log

    notes: list[tuple[str, Diagnostic]] = []
    ids = [problem.id for problem in course.problems]
    done = grade_submissions(
        course,
        base,
        problems=ids,
        layout="autograder",
        workers=workers or 1,
        on_note=lambda subject, note: notes.append((subject, note)),
    )
    tell_notes(notes)
    tell_failures(done)
    return with_decisions(done, read_log(decisions)) if decisions is not None else done


def _has_roster(course: Course) -> bool:
    from grader.intake.handins.roster import ROSTER

    return (course.root / (course.settings.roster or ROSTER)).is_file()


_NO_ROSTER = operator_warning(
    "autograder-own-numbers",
    "students have numbers of their own by their names, and Gradescope knows them by their e-mail addresses",
    None,
    "Add a roster.csv with the ids by which their papers were made and with their e-mail addresses.",
)
