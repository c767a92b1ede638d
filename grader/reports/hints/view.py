"""What the evaluator's page shows: answers turn by turn, and what hints did to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.analysis.changes import changes
from grader.analysis.index import RunIndex
from grader.analysis.opinions import Opinions, opinions
from grader.analysis.summary import Transitions, first_right, overall, transitions
from grader.records import Change, Failure, Result
from grader.reports.excerpts import shorten
from grader.reports.hints.figures import MEASURES, chart_title, headline
from grader.reports.hints.steps import ORDER, SHORT, Step, kind_of, understood
from grader.reports.hints.talks import Grid, grid_of


@dataclass(frozen=True, slots=True)
class HintsView:
    """All that the hints report shows. ``hidden`` conversations are counted but not drawn."""

    headline: str
    chart_title: str
    measures: tuple[tuple[str, str, str], ...]
    rows: tuple[Transitions, ...]
    overall: Transitions
    steps: tuple[Step, ...]
    hidden_steps: int
    grids: tuple[Grid, ...]
    hidden: int
    first: tuple[tuple[int, int], ...]
    never: int
    asked: int
    opinions: tuple[Opinions, ...]
    failures: tuple[Failure, ...]

    def understood(self, result: Result) -> str:
        """An answer as it was read, short."""
        return shorten(understood(result), SHORT)

    def anchor(self, one: Opinions) -> str:
        """Of the drawer in which an answer is shown, "" where its conversation is not drawn."""
        for grid in self.grids:
            if grid.subject == one.subject:
                turns = [column.turn for column in grid.columns]
                at = turns.index(one.turn) if one.turn in turns else -1
                rows = (cells for where, cells in grid.rows if "/".join(where.ref) == one.part)
                return next((cells[at].anchor for cells in rows if at >= 0), "")
        return ""

    @property
    def conflicts(self) -> tuple[Opinions, ...]:
        """Answers of which truth, key and annotator do not say the same."""
        return tuple(one for one in self.opinions if one.conflicts)

    @property
    def columns(self) -> tuple[Transitions, ...]:
        """Of the table of rates: each kind, then all together."""
        return (*self.rows, self.overall)


def hints_view(index: RunIndex, most: int) -> HintsView:
    """Gather the hints report.

    Args:
        most: number of conversations that are drawn; those with the most lost answers, then those
            with the most changed ones, come first where there are more.
    """
    found = changes(index.run)
    by_subject: dict[str, list[Change]] = {subject: [] for subject in index.subjects}
    for change in found:
        by_subject[change.after.claim.subject].append(change)
    drawn = set(sorted(index.subjects, key=lambda one: _interest(by_subject[one]), reverse=True)[:most])
    grids = tuple(
        grid_of(index, number, subject, by_subject[subject])
        for number, subject in enumerate(index.subjects)
        if subject in drawn
    )
    steps = [step for grid in grids for step in grid.steps]
    firsts = first_right(index)
    reached = [one.replies for one in firsts if one.right]
    table = transitions(index, found)
    everything = overall(index, found)
    return HintsView(
        headline=headline(everything, table),
        chart_title=chart_title(table),
        measures=MEASURES,
        rows=table,
        overall=everything,
        steps=tuple(sorted(steps, key=lambda step: ORDER.index(step.css))),
        hidden_steps=len(found) - len(steps),
        grids=grids,
        hidden=len(index.subjects) - len(grids),
        first=tuple((n, reached.count(n)) for n in sorted(set(reached))),
        never=len(firsts) - len(reached),
        asked=len(firsts),
        opinions=opinions(index),
        failures=index.run.failures,
    )


def _interest(found: Sequence[Change]) -> tuple[int, int]:
    lost = sum(kind_of(change)[0] == "lost" for change in found)
    return lost, sum(not change.same_answer for change in found)
