"""All that is said of a run as a whole, before any single conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from grader.analysis.agreement import agreements
from grader.analysis.firsts import FirstRight, TimeToRight, time_to_right
from grader.analysis.flows import Move, flow, flows_by_part
from grader.analysis.index import RunIndex
from grader.analysis.labelled import LabelsAlone, labelled_changes, labels_alone
from grader.analysis.measures import MEASURES, Measure
from grader.analysis.opinions import Opinions
from grader.analysis.rows import Row
from grader.analysis.stories import News, stories
from grader.analysis.summary import Transitions, by_kind, elsewhere, summarize
from grader.records import Change
from grader.reports.charts.alluvial import Alluvial, alluvial
from grader.reports.charts.confusion import Confusion, confusion
from grader.reports.charts.curve import Curve, curve
from grader.reports.charts.dumbbell import BeforeAfter, Dumbbell, dumbbell
from grader.reports.charts.stacks import PartsByTurns, parts_by_turns
from grader.reports.hints.figures import Figure, chart_title, figures, headline, lead
from grader.reports.hints.models import Models, models
from grader.reports.hints.places import Places
from grader.reports.hints.telling import Telling, telling

MOST_CELLS = 8000  # of parts by replies
WORTH = (News.GIVEN_UP_AND_PRAISED, News.GIVEN_UP, News.LOST_AND_PRAISED, News.LOST, News.REPAIRED_AND_BLAMED)
"""News that is told as a story beside the first one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What numbers are about: a run, or the conversations of one model.

    Args:
        index: of the whole run.
        subjects: the conversations.
        found: their changes.
        rows: their rows in the long format.
        firsts: when their parts were first right.
        labelled: their answers of which somebody said something.
        links: for each model where its conversations are.
        drawn: whether what was asked can be read on the page.
    """

    index: RunIndex
    subjects: tuple[str, ...]
    found: tuple[Change, ...]
    rows: tuple[Row, ...]
    firsts: tuple[FirstRight, ...]
    labelled: tuple[Opinions, ...]
    links: Mapping[str, str]
    drawn: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers, charts and stories of a run.

    Args:
        rows: the measures for each kind of hint, where the hint was about the part.
        overall: the measures of all changes.
        beside: those of changes beside a hint about other parts.
        tellings: the greatest news, and what else is worth telling.
        agreements: of the machine with everybody who labelled, or decided by hand.
        alone: what labels alone would count, by whom.
        parts: the states of each part, but for ``parts_left_out`` of them, for which the page has no room.
        models: None where there are not two.
        curve: of ``first_right``; None where nothing is known.
    """

    headline: str
    lead: str
    figures: tuple[Figure, ...]
    chart_title: str
    rows: tuple[Transitions, ...]
    overall: Transitions
    beside: Transitions
    dumbbell: Dumbbell
    chart: Alluvial
    parts: PartsByTurns
    parts_left_out: int
    models: Models | None
    first_right: TimeToRight
    curve: Curve | None
    tellings: tuple[Telling, ...]
    agreements: tuple[Confusion, ...]
    alone: tuple[LabelsAlone, ...]
    measures: tuple[Measure, ...] = MEASURES

    @property
    def columns(self) -> tuple[Transitions, ...]:
        """Of the table of rates: each kind, then all together."""
        return (*self.rows, self.overall)

    @property
    def no_intervals(self) -> str:
        """Why the figures have no intervals; "" where they have."""
        whys = [one.measured.why for one in self.figures if one.measured.rate.of]
        return whys[0] if whys and all(whys) else ""


def summary(scope: Scope, places: Places, page: str, most: int, link: Callable[[Move, int], str]) -> Summary:
    """Gather the numbers of a scope.

    Args:
        places: of all answers.
        page: on which it stands.
        most: number of stories that are told.
        link: the address for a band of the chart of states, see :func:`~grader.reports.charts.alluvial.alluvial`.
    """
    table, everything = by_kind(scope.rows), summarize(scope.rows)
    flows = [
        (scope.index.parts[ref].name, f"#part-{'-'.join(ref)}" if scope.drawn else "", found)
        for ref, found in flows_by_part(scope.index, scope.subjects).items()
    ]
    turns = len({turn for _, _, found in flows for turn in found.turns})
    shown = MOST_CELLS // max(1, turns)
    first = time_to_right(scope.firsts)
    return Summary(
        headline=headline(everything),
        lead=lead(everything, table),
        figures=figures(everything),
        chart_title=chart_title(table),
        dumbbell=dumbbell([_before_after(one) for one in table]),
        rows=table,
        overall=everything,
        beside=elsewhere(scope.rows),
        chart=alluvial(flow(scope.index, scope.subjects), link),
        parts=parts_by_turns(flows[:shown]),
        parts_left_out=max(0, len(flows) - shown),
        models=models(scope.rows, scope.links),
        first_right=first,
        curve=curve(first.curve) if first.curve else None,
        tellings=tuple(_tellings(scope, places, page, most)),
        agreements=tuple(map(confusion, agreements(scope.index, scope.labelled))),
        alone=labels_alone(labelled_changes(scope.index, scope.found)),
    )


def _before_after(one: Transitions) -> BeforeAfter:
    before, after = one.measured["right_before"], one.measured["right_after"]
    return BeforeAfter(one.kind, before.rate, after.rate, before.interval, after.interval)


def _tellings(scope: Scope, places: Places, page: str, most: int) -> Iterator[Telling]:
    for number, story in enumerate(stories(scope.index, scope.found, most)):
        if number == 0 or story.news in WORTH:
            yield telling(story, places, page)
