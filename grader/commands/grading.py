"""Grade, write the reports, and sum up: what `submissions` and `transcripts` have in common."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.commands.common import (
    BAD_SPEC,
    BELOW,
    DONE,
    NOTHING,
    SOME_FAILED,
    USAGE,
    counted,
    diagnostic_object,
    has_errors,
    open_course,
    print_json,
    shown,
    stop,
    table,
    tell,
)
from grader.diagnostics import Diagnostic, InputError, Severity, operator_error
from grader.records import Failure, Run, Status

if TYPE_CHECKING:
    from grader.analysis.index import RunIndex
    from grader.scoring.pipeline import Progress
    from grader.specs import Course


MOST_NOTES = 20  # of those printed


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
    from grader.scoring import pipeline

    course = open_course(wanted.course, wanted.path)
    _, idle = course.select(wanted.selectors)
    if idle:
        fix = "`grade problems` lists the problems; a folder is named from the folder of the specs."
        stop([operator_error("problems-none", f"no problem is called {name}", fix=fix) for name in idle], NOTHING)
    work: Callable[..., Run] = partial(pipeline.grade_submissions, layout=wanted.layout, assignment=wanted.assignment)
    if wanted.kind == "transcripts":
        work = partial(pipeline.grade_transcripts, chat_format=wanted.chat_format)
    notes: list[tuple[str, Diagnostic]] = []
    try:
        with _progress(wanted) as on_progress:
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
    _tell_notes(notes)
    _tell_failures(run)
    index = RunIndex(run)
    try:
        reports = _write(wanted, _with_spec_errors(course, run))
    except OSError as error:
        fix = "Choose another folder with --out, or make room."
        stop([operator_error("out-write", f"cannot write {error.filename}: {error.strerror}", fix=fix)], USAGE)
    share = _share(index)
    code = _exit_code(course, run, share, wanted.fail_under)
    if wanted.as_json:
        print_json(_summary_object(wanted, course, run, share, reports, code))
    else:
        _print_summary(wanted, index, share)
        click.echo()
        for line in reports.values():
            click.echo(f"wrote {line}")
    raise click.exceptions.Exit(code)


# ---------------------------------------------------------------- files


def _write(wanted: Wanted, run: Run) -> dict[str, str]:
    """Write the reports and exports; what they are, with their paths."""
    from grader.analysis.opinions import opinions
    from grader.reports import Pages, student_file_name
    from grader.store.files import write_text
    from grader.store.grades import write_grades
    from grader.store.opinions import opinion_object, write_opinions
    from grader.store.results import write_results

    out = wanted.out
    pages = Pages(run, release_expected=wanted.release_expected, student_folder="students")
    written = {}
    if wanted.kind == "submissions":
        write_text(out / "report.html", pages.class_report())
        for subject, names in _page_names(run):
            page = pages.student_page(subject)
            for name in names:
                write_text(out / "students" / student_file_name(name), page)
        write_grades(run, out / "grades.csv")
        written["report"] = f"{out / 'report.html'}"
        written["students"] = f"{out / 'students'}/*.html"
        written["grades"] = f"{out / 'grades.csv'}"
    else:
        write_text(out / "hints.html", pages.hints_report())
        written["report"] = f"{out / 'hints.html'}"
        if said := opinions(pages.index):
            lines = (
                opinion_object(one.subject, one.turn, one.part, one.result, one.labels, map(str, one.conflicts))
                for one in said
            )
            write_opinions(lines, out / "labels.jsonl")
            written["labels"] = f"{out / 'labels.jsonl'}"
    write_results(run, out / "results.jsonl")
    written["results"] = f"{out / 'results.jsonl'}"
    return written


def _page_names(run: Run) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each subject, and under whose names its page is written: each member of a group finds it under their own."""
    subjects = set(run.subjects)
    for subject in run.subjects:
        people = run.deliveries[subject].people if subject in run.deliveries else ()
        members = (person.id for person in people) if len(people) > 1 else ()
        yield subject, (subject, *(name for name in members if name not in subjects))


# ---------------------------------------------------------------- what came out


def _share(index: RunIndex) -> Fraction | None:
    """Points earned of all points that carry a mark, over all subjects; None where none does."""
    from grader.analysis.classes import totals

    found = totals(index)
    graded = sum((one.graded for one in found), Fraction(0))
    return sum((one.earned for one in found), Fraction(0)) / graded if graded else None


def _exit_code(course: Course, run: Run, share: Fraction | None, fail_under: float | None) -> int:
    """The first that holds: a bad spec, something failed, below the wanted share, done."""
    if has_errors(course.diagnostics):
        return BAD_SPEC
    if run.failures or any(result.verdict.status is Status.FAILED for result in run.results):
        return SOME_FAILED
    if fail_under is not None and (share is None or share * 100 < Fraction(str(fail_under))):
        click.echo(f"Below --fail-under {fail_under:g} %: {_percent(share)}", err=True)
        return BELOW
    return DONE


def _tell_notes(notes: list[tuple[str, Diagnostic]]) -> None:
    """Print what there is to say about files that were graded or left out, the graver first."""
    order = list(Severity)
    found = sorted(notes, key=lambda pair: order.index(pair[1].severity))
    for subject, note in found[:MOST_NOTES]:
        click.echo(f"{shown(subject)}: " if subject else "", err=True, nl=False)
        tell([note])
    if len(found) > MOST_NOTES:
        click.echo(f"… and {len(found) - MOST_NOTES} more notes on files.", err=True)


def _with_spec_errors(course: Course, run: Run) -> Run:
    """The run for the reports: where a problem could not be loaded, every page says so."""
    errors = tuple(d for d in course.diagnostics if d.severity is Severity.ERROR)
    if not errors:
        return run
    title = f"{run.title} – incomplete: not every problem could be loaded"
    return replace(run, title=title, failures=(Failure("the course", errors), *run.failures))


def _tell_failures(run: Run) -> None:
    """Print, once each, what could not be worked on, and which solvers gave no truth."""
    for failure in run.failures:
        for diagnostic in failure.diagnostics:
            click.echo(f"{shown(failure.subject)}: ", err=True, nl=False)
            tell([diagnostic])
    lost = Counter(
        diagnostic
        for result in run.results
        if result.verdict.reason == "no_truth"
        for diagnostic in result.verdict.diagnostics
    )
    for diagnostic, times in lost.items():
        click.echo(f"{counted(times, 'answer')} not graded: ", err=True, nl=False)
        tell([diagnostic])


def _print_summary(wanted: Wanted, index: RunIndex, share: Fraction | None) -> None:
    """The short table on standard output."""
    from grader.analysis.classes import part_summaries

    run = index.run
    rows = []
    for part in part_summaries(index):
        count = part.counts
        if wanted.kind == "transcripts" and not count:
            continue  # nobody was asked
        waiting = sum(n for status, n in count.items() if not status.carries_marks)
        marked = [str(count.get(s, 0)) for s in (Status.CORRECT, Status.PARTIAL, Status.INCORRECT)]
        problem, name = part.where.ref
        rows.append((f"{problem}/{name}", *marked, str(waiting), _percent(part.mean_credit)))
    click.echo(table(("part", "correct", "partial", "incorrect", "open", "mean"), rows))
    click.echo()
    statuses = Counter(result.verdict.status for result in run.results)
    marked_answers = sum(n for status, n in statuses.items() if status.carries_marks)
    waiting = len(run.results) - marked_answers
    for line in _came_in(run):
        click.echo(line)
    if wanted.kind == "submissions":
        who, earned = counted(len(run.subjects), "student"), f"({_percent(share)} of their points)"
    else:
        who, earned = counted(len(run.subjects), "conversation"), f"(the last ones: {_percent(share)} of their points)"
    answers = counted(len(run.results), "answer")
    click.echo(f"{who}, {answers}: {marked_answers} marked {earned}, {waiting} for a person to see.")
    if wanted.kind == "transcripts" and (changed := _changes_table(index)):
        click.echo()
        click.echo(changed)


def _came_in(run: Run) -> Iterator[str]:
    """How the work came in, where there is anything to say of that."""
    if run.layout not in ("", "plain"):
        yield f"Read as laid out by {run.layout}."
    if run.absent:
        yield f"{counted(len(run.absent), 'student')} on the roster handed in nothing."
    if late := _late(run):
        yield f"{counted(late, 'submission')} came late."
    if several := sum(come.of > 1 for come in run.deliveries.values()):
        yield f"{counted(several, 'submission')} with several attempts; report.html lists those that do not count."


def _late(run: Run) -> int:
    return sum(bool(come.late) for come in run.deliveries.values())


def _changes_table(index: RunIndex) -> str:
    """How answers changed after each kind of hint; "" where none was given again."""
    from grader.analysis.changes import changes
    from grader.analysis.summary import transitions

    rows = []
    for t in transitions(index, changes(index.run)):
        rates = (t.right_before, t.right_after, t.right_to_wrong, t.wrong_to_right)
        rows.append((str(t.kind), str(t.changes), *map(str, rates)))
    header = ("after a hint", "answers", "right before", "right after", "right→wrong", "wrong→right")
    return table(header, rows) if rows else ""


def _summary_object(
    wanted: Wanted,
    course: Course,
    run: Run,
    share: Fraction | None,
    reports: dict[str, str],
    code: int,
) -> dict[str, Any]:
    """The summary for ``--json``."""
    statuses = Counter(result.verdict.status for result in run.results)
    return {
        "schema": 1,
        "command": wanted.kind,
        "course": str(course.root),
        "path": str(wanted.path),
        "subjects": len(run.subjects),
        "answers": len(run.results),
        "layout": run.layout or None,
        "absent": len(run.absent),
        "late": _late(run),
        "statuses": {str(status): statuses[status] for status in Status},
        "share": None if share is None else float(share),
        "failures": [
            {"subject": f.subject, "diagnostics": [diagnostic_object(d) for d in f.diagnostics]} for f in run.failures
        ],
        "course_diagnostics": [diagnostic_object(d) for d in course.diagnostics],
        "reports": reports,
        "exit": code,
    }


def _percent(share: Fraction | None) -> str:
    """A share as a whole number of percent."""
    return "–" if share is None else f"{round(share * 100)} %"


# ---------------------------------------------------------------- progress


@contextmanager
def _progress(wanted: Wanted) -> Iterator[Progress | None]:
    """A bar on a terminal, a line now and then elsewhere, nothing with ``--json``."""
    if wanted.as_json:
        yield None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Solving", total=None)

            def show(done: int, total: int, _: str) -> None:
                bar.update(task, description="Grading", completed=done, total=total)

            yield show
    else:
        yield _plain_progress(5.0)


def _plain_progress(every: float) -> Callable[[int, int, str], None]:
    """Progress for logs: at most one line in ``every`` seconds."""
    last = time.monotonic()

    def show(done: int, total: int, _: str) -> None:
        nonlocal last
        if time.monotonic() - last >= every:
            last = time.monotonic()
            click.echo(f"graded {done} of {total}", err=True)

    return show
