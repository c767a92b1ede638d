"""What is told of a run without pages: its files, and a summary that the database makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

import click

from grader.commands.common import (
    BAD_SPEC,
    BELOW,
    DONE,
    SOME_FAILED,
    counted,
    has_errors,
    print_json,
    shown,
    table,
    tell,
)
from grader.commands.outcome import MOST_NOTES, percent, tell_notes
from grader.commands.outputs import keep, tell_written, told_if_unwritten
from grader.records import Result, Status

if TYPE_CHECKING:
    from grader.batch import Graded
    from grader.commands.grading import Wanted
    from grader.specs import Course
    from grader.store.decisions import Log
    from grader.store.runs import PartTotal


def large_run(wanted: Wanted, course: Course, graded: Graded, log: Log) -> int:
    """Put a run where people find it, and sum it up; nothing of it is in memory as a whole.

    Args:
        wanted: what the command line asks for.
        course: as loaded.
        graded: the run, as the machine left it.
        log: what people decided; those subjects alone are in memory.

    Returns:
        The exit code.
    """
    from grader.analysis.row_stream import row_lines
    from grader.analysis.rows import FILE as CHANGES
    from grader.store.exports.source import Kept
    from grader.store.files import atomic_writer
    from grader.store.results import mark_results
    from grader.store.runs import reading

    with told_if_unwritten(), reading(graded.records) as reader:
        kept = Kept(reader, graded.records, log)
        tell_notes([("", note) for note in kept.notes])
        totals = reader.last_totals(kept.decided.values())
        failures = list(islice(reader.failures(), MOST_NOTES))
        if kept.decided:
            mark_results(graded.lines, kept.decided)
            memory_mb = course.settings.memory_mb
            with atomic_writer(graded.rows) as stream:
                stream.writelines(row_lines(graded.records, kept.problems, kept.decided, wanted.workers, memory_mb))
    by_hand = len(kept.decided)
    graded = replace(graded, statuses=_statuses(graded.statuses, kept.decided.values()))
    written = keep(graded, None, wanted.out, by_hand=by_hand)
    if wanted.kind == "transcripts":
        written["changes"] = f"{wanted.out / CHANGES}"
    for failure in failures:
        click.echo(f"{shown(failure.subject)}: ", err=True, nl=False)
        tell(failure.diagnostics[:1])
    if graded.failures > len(failures):
        click.echo(f"… and {graded.failures - len(failures)} more could not be read or graded.", err=True)
    points = {(one.id, part.id): part.points for one in course.problems for part in one.parts}
    share = _share(totals, points)
    code = _exit_code(wanted, course, graded, share)
    if wanted.as_json:
        print_json(
            {
                "schema": 1,
                "command": wanted.kind,
                "course": graded.manifest.course,
                "path": graded.manifest.path,
                "subjects": graded.subjects,
                "answers": graded.results,
                "statuses": {str(status): graded.statuses.get(str(status), 0) for status in Status},
                "decided_by_hand": by_hand,
                "share": None if share is None else float(share),
                "failures": graded.failures,
                "pages": False,
                "reports": written,
                "exit": code,
            }
        )
        return code
    _print_summary(wanted, graded, totals, share, by_hand)
    tell_written(written)
    why = f": {graded.results:,} answers are more than fit into little memory" if wanted.pages is None else ""
    click.echo(
        f"\nNo pages and tables were written{why}. `grade report {wanted.out}` writes them; "
        f"`grade export {wanted.out} --to parquet` takes the answers to where they can be counted."
    )
    return code


def _statuses(machine: Mapping[str, int], decided: Iterable[Result]) -> dict[str, int]:
    """Answers by status, with the marks that people gave."""
    count = Counter(machine)
    for result in decided:
        count[str(result.verdict.status)] += 1
        count[str(result.machine.status if result.machine else "")] -= 1
    return {status: number for status, number in count.items() if number}


def _share(totals: list[PartTotal], points: dict[tuple[str, str], Fraction]) -> Fraction | None:
    """Points earned of all points that carry a mark."""
    earned = graded = Fraction(0)
    for one in totals:
        of = points.get((one.problem, one.part), Fraction(0))
        earned += of * one.credit
        graded += of * one.marked
    return earned / graded if graded else None


def _exit_code(wanted: Wanted, course: Course, graded: Graded, share: Fraction | None) -> int:
    if has_errors(course.diagnostics):
        return BAD_SPEC
    if graded.failures or graded.statuses.get(str(Status.FAILED)):
        return SOME_FAILED
    if wanted.fail_under is not None and (share is None or share * 100 < Fraction(str(wanted.fail_under))):
        click.echo(f"Below --fail-under {wanted.fail_under:g} %: {percent(share)}", err=True)
        return BELOW
    return DONE


def _print_summary(
    wanted: Wanted, graded: Graded, totals: list[PartTotal], share: Fraction | None, by_hand: int
) -> None:
    rows = []
    for one in totals:
        count = Counter(one.statuses)
        marked = [str(count[str(status)]) for status in (Status.CORRECT, Status.PARTIAL, Status.INCORRECT)]
        mean = percent(one.credit / one.marked if one.marked else None)
        rows.append((f"{one.problem}/{one.part}", *marked, str(count.total() - one.marked), mean))
    click.echo(table(("part", "correct", "partial", "incorrect", "open", "mean"), rows))
    click.echo()
    if by_hand:
        click.echo(f"{counted(by_hand, 'mark')} given by hand.")
    waiting = sum(n for status, n in graded.statuses.items() if not Status(status).carries_marks)
    who = counted(graded.subjects, "student" if wanted.kind == "submissions" else "conversation")
    earned = "" if share is None else f" ({'the last ones: ' if wanted.kind == 'transcripts' else ''}{percent(share)})"
    click.echo(f"{who}, {graded.results:,} answers: {graded.results - waiting:,} marked{earned}, {waiting:,} open.")
