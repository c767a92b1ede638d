"""What came of a run: what could not be done, the summary, and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from grader.commands.changes_table import changes_table
from grader.commands.common import (
    BAD_SPEC,
    BELOW,
    DONE,
    SOME_FAILED,
    counted,
    diagnostic_object,
    has_errors,
    shown,
    table,
    tell,
)
from grader.diagnostics import Diagnostic, Severity
from grader.records import Run, Status

if TYPE_CHECKING:
    from grader.analysis.index import RunIndex
    from grader.specs import Course
    from grader.store.runs import Manifest

MOST_NOTES = 20  # of those printed


def share_of(index: RunIndex) -> Fraction | None:
    """Points earned of all points that carry a mark, over all subjects; None where none does."""
    from grader.analysis.classes import totals

    found = totals(index)
    graded = sum((one.graded for one in found), Fraction(0))
    return sum((one.earned for one in found), Fraction(0)) / graded if graded else None


def exit_code(course: Course, run: Run, share: Fraction | None, fail_under: float | None) -> int:
    """The first that holds: a bad spec, something failed, below the wanted share, done."""
    if has_errors(course.diagnostics):
        return BAD_SPEC
    if run.failures or any(result.verdict.status is Status.FAILED for result in run.results):
        return SOME_FAILED
    if fail_under is not None and (share is None or share * 100 < Fraction(str(fail_under))):
        click.echo(f"Below --fail-under {fail_under:g} %: {percent(share)}", err=True)
        return BELOW
    return DONE


class Notes:
    """What there is to say about files that were graded or left out; of many, the gravest are kept."""

    def __init__(self) -> None:
        self._kept: dict[Severity, list[tuple[str, Diagnostic]]] = {severity: [] for severity in Severity}
        self._count = 0

    def add(self, subject: str, note: Diagnostic) -> None:
        """Take a note on a subject's files; on what belongs to nobody under the name ""."""
        self._count += 1
        if len(kept := self._kept[note.severity]) < MOST_NOTES:
            kept.append((subject, note))

    def tell(self) -> None:
        """Print them, the graver first."""
        found = [pair for severity in Severity for pair in self._kept[severity]]
        for subject, note in found[:MOST_NOTES]:
            click.echo(f"{shown(subject)}: " if subject else "", err=True, nl=False)
            tell([note])
        if self._count > MOST_NOTES:
            click.echo(f"… and {self._count - MOST_NOTES} more notes.", err=True)


def tell_notes(notes: Iterable[tuple[str, Diagnostic]]) -> None:
    """Print what there is to say about files; see :class:`Notes`."""
    kept = Notes()
    for subject, note in notes:
        kept.add(subject, note)
    kept.tell()


def tell_failures(run: Run, known: Sequence[Diagnostic] = ()) -> None:
    """Print, once each, what could not be worked on, and which solvers gave no truth.

    Args:
        run: with its failures.
        known: what was told of the course before.
    """
    for failure in run.failures:
        for diagnostic in failure.diagnostics:
            if diagnostic not in known:
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


def print_summary(index: RunIndex, share: Fraction | None) -> None:
    """The short table on standard output."""
    from grader.analysis.classes import part_summaries

    run = index.run
    rows = []
    for part in part_summaries(index):
        count = part.counts
        if run.kind == "transcripts" and not count:
            continue  # nobody was asked
        waiting = sum(n for status, n in count.items() if not status.carries_marks)
        marked = [str(count.get(s, 0)) for s in (Status.CORRECT, Status.PARTIAL, Status.INCORRECT)]
        problem, name = part.where.ref
        rows.append((f"{problem}/{name}", *marked, str(waiting), percent(part.mean_credit)))
    click.echo(table(("part", "correct", "partial", "incorrect", "open", "mean"), rows))
    click.echo()
    statuses = Counter(result.verdict.status for result in run.results)
    marked_answers = sum(n for status, n in statuses.items() if status.carries_marks)
    waiting = len(run.results) - marked_answers
    for line in _came_in(run):
        click.echo(line)
    if by_hand := sum(result.decision is not None for result in run.results):
        click.echo(f"{counted(by_hand, 'mark')} given by hand.")
    if run.kind == "submissions":
        who, earned = counted(len(run.subjects), "student"), f"({percent(share)} of their points)"
    else:
        who, earned = counted(len(run.subjects), "conversation"), f"(the last ones: {percent(share)} of their points)"
    answers = counted(len(run.results), "answer")
    click.echo(f"{who}, {answers}: {marked_answers} marked {earned}, {waiting} for a person to see.")
    if run.kind == "transcripts" and (changed := changes_table(index)):
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


def summary_object(
    manifest: Manifest,
    diagnostics: Iterable[Diagnostic],
    run: Run,
    share: Fraction | None,
    reports: dict[str, str],
    code: int,
) -> dict[str, Any]:
    """The summary for ``--json``.

    Args:
        manifest: what the run was made from.
        diagnostics: of the course.
        share: of the points, see :func:`share_of`.
        reports: what was written, by name.
        code: the exit code.
    """
    statuses = Counter(result.verdict.status for result in run.results)
    return {
        "schema": 1,
        "command": run.kind,
        "course": manifest.course,
        "path": manifest.path,
        "subjects": len(run.subjects),
        "answers": len(run.results),
        "layout": run.layout or None,
        "absent": len(run.absent),
        "late": _late(run),
        "statuses": {str(status): statuses[status] for status in Status},
        "decided_by_hand": sum(result.decision is not None for result in run.results),
        "share": None if share is None else float(share),
        "failures": [
            {"subject": f.subject, "diagnostics": [diagnostic_object(d) for d in f.diagnostics]} for f in run.failures
        ],
        "course_diagnostics": [diagnostic_object(d) for d in diagnostics],
        "reports": reports,
        "exit": code,
    }


def percent(share: Fraction | None) -> str:
    """A share as a whole number of percent."""
    return "–" if share is None else f"{round(share * 100)} %"
