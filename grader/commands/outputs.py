"""The files that a run becomes: pages, the grade book, tables and results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.commands.common import USAGE, stop
from grader.diagnostics import operator_error
from grader.records import Run

if TYPE_CHECKING:
    from grader.analysis.index import RunIndex
    from grader.batch import Graded
    from grader.reports import Pages
    from grader.store.runs import Manifest


def keep(
    graded: Graded,
    index: RunIndex | None,
    out: Path,
    changes: Sequence[Mapping[str, Any]] = (),
    former: Manifest | None = None,
    by_hand: int = 0,
) -> dict[str, str]:
    """Put a run that was graded just now where people find it, and write the reports; ends the command if it cannot.

    Args:
        graded: what the machine said, and what it was made from.
        index: of the same with the decisions of people, for the reports; None to write no pages.
        out: folder for the files.
        changes: marks that are others than in the run that stands there, for the history.
        former: what that run was made from, where it is to be kept; None to replace it.
        by_hand: without pages, how many marks people gave.

    Returns:
        What was written, by name, with its path.
    """
    from grader.store.history import append_history, history_object, keep_former
    from grader.store.results import FILE
    from grader.store.runs import NAME

    statuses = graded.statuses
    reports = {"results": f"{out / FILE}"}
    with told_if_unwritten():
        kept = keep_former(out, former) if former is not None else ""
        graded.publish(out)
        if index is not None:
            by_hand = sum(one.decision is not None for one in index.run.results)
            statuses = Counter(str(one.verdict.status) for one in index.run.results)
            reports = write_outputs(index, out, graded.manifest.release_expected, lines_are_there=not by_hand)
        append_history(history_object(graded.manifest, graded.subjects, statuses, by_hand, changes, kept), out)
        graded.close()
    return {**reports, "run": f"{out / NAME}", **({"former": f"{out / kept}"} if kept else {})}


@contextmanager
def told_if_unwritten() -> Iterator[None]:
    """End the command with a word about it where a file cannot be written."""
    try:
        yield
    except OSError as error:
        fix = "Choose another folder with --out, or make room."
        stop([operator_error("out-write", f"cannot write {error.filename}: {error.strerror}", fix=fix)], USAGE)


def tell_written(reports: Mapping[str, str]) -> None:
    """Print what was written."""
    click.echo()
    for path in reports.values():
        click.echo(f"wrote {path}")


def write_outputs(
    index: RunIndex, out: Path, release_expected: bool = False, *, lines_are_there: bool = False
) -> dict[str, str]:
    """Write the reports and exports.

    Args:
        index: of what the grader found.
        out: folder for the files.
        release_expected: whether students' pages show the expected answers.
        lines_are_there: ``results.jsonl`` and ``changes.jsonl`` were written as the run was graded.

    Returns:
        What was written, by name, with its path.

    Raises:
        OSError: a file cannot be written.
    """
    from grader.analysis.opinions import opinions
    from grader.analysis.rows import FILE as CHANGES
    from grader.analysis.rows import row_object, rows
    from grader.reports import Pages, student_file_name
    from grader.store.files import write_lines, write_text
    from grader.store.grades import write_grades
    from grader.store.opinions import opinion_object
    from grader.store.results import FILE, write_results

    run = index.run
    pages = Pages(index, release_expected=release_expected, student_folder="students")
    written = {}
    if run.kind == "submissions":
        write_text(out / "report.html", pages.class_report())
        files = set()
        for subject, names in _page_names(run):
            page = pages.student_page(subject)
            for name in map(student_file_name, names):
                write_text(out / "students" / name, page)
                files.add(name)
        _remove_others(out / "students", files)
        write_grades(run, out / "grades.csv")
        written["report"] = f"{out / 'report.html'}"
        written["students"] = f"{out / 'students'}/*.html"
        written["grades"] = f"{out / 'grades.csv'}"
    else:
        several = len(_write_hints(pages, out)) > 1
        written["report"] = f"{out / 'hints.html'}"
        if several:
            written["conversations"] = f"{out / 'hints'}/*.html"
        if said := opinions(pages.index):
            lines = (
                opinion_object(one.subject, one.turn, one.part, one.result, one.labels, map(str, one.conflicts))
                for one in said
            )
            write_lines(lines, out / "labels.jsonl")
            written["labels"] = f"{out / 'labels.jsonl'}"
        if not lines_are_there:
            write_lines(map(row_object, rows(pages.index, pages.index.changes)), out / CHANGES)
        written["changes"] = f"{out / CHANGES}"
        if _write_tables(pages.index, out / "tables"):
            written["tables"] = f"{out / 'tables'}/*.{{md,tex,csv}}"
    if not lines_are_there:
        write_results(run, out / FILE)
    written["results"] = f"{out / FILE}"
    return written


def _write_hints(pages: Pages, out: Path) -> set[str]:
    """Write the hints report; the names of its files, from the folder."""
    from grader.store.files import write_text

    names = set()
    for name, text in pages.hints_files():
        write_text(out / name, text)
        names.add(name)
    _remove_others(out / "hints", {Path(name).name for name in names})
    return names


def _write_tables(index: RunIndex, folder: Path) -> set[str]:
    """Write the tables for a paper, and remove those of an earlier run that this one does not have; their names."""
    from grader.analysis.papers import NAMES, csv_of, latex_of, markdown_of, paper_tables
    from grader.store.files import write_text

    notations = {"md": markdown_of, "tex": latex_of, "csv": csv_of}
    names = set()
    for table in paper_tables(index):
        names.add(table.name)
        for ending, notation in notations.items():
            write_text(folder / f"{table.name}.{ending}", notation(table))
    for name in NAMES - names:
        for ending in notations:
            (folder / f"{name}.{ending}").unlink(missing_ok=True)
    return names


def _remove_others(folder: Path, names: set[str]) -> None:
    """Remove the pages that an earlier run left in a folder and this one does not have; files of others stay."""
    from grader.reports import is_page_name

    old = [path for path in folder.glob("*.html") if is_page_name(path.stem) and path.name not in names]
    for path in old:
        path.unlink()
    if old and not any(folder.iterdir()):
        folder.rmdir()


def _page_names(run: Run) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each subject, and under whose names its page is written: each member of a group finds it under their own."""
    subjects = set(run.subjects)
    for subject in run.subjects:
        people = run.deliveries[subject].people if subject in run.deliveries else ()
        members = (person.id for person in people) if len(people) > 1 else ()
        yield subject, (subject, *(name for name in members if name not in subjects))
