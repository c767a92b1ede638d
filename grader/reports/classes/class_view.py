"""What the instructor's page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from grader.analysis.classes import PartSummary, Total, part_summaries, totals
from grader.analysis.classes import distribution as bins_of
from grader.analysis.groups import blank
from grader.analysis.index import Ref, RunIndex
from grader.analysis.items import Item, Marks, Reliability, items, reliability
from grader.analysis.rates import Rate, median
from grader.analysis.waiting import Absent, missing
from grader.records import Delivery, Failure, Status
from grader.reports.charts.difficulty import Difficulty, PartItem, difficulty
from grader.reports.charts.distribution import Distribution, distribution
from grader.reports.charts.stacks import Stack, status_stack
from grader.reports.classes.deliveries import DeliveryRow, called, delivery_rows, points_off, short
from grader.reports.classes.reviewing import Decided, ReviewList, decided, open_items, unsure_items
from grader.reports.classes.wrong import WrongGroup, wrong_groups
from grader.reports.names import student_file_name
from grader.reports.numbers import exact, plural

LEAST_FOR_WORST = 3
"""Graded answers that a part needs to be named as the one that went worst; and those of a quarter of the class."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A student's part in the table; ``points`` is "" while no marks are given, ``to`` an anchor."""

    status: Status | None
    points: str
    to: str
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A student in the table; ``page`` is a link or "".

    Args:
        came: how the work came in, in a few words each.
        off: points that the rule on late work takes off; None where it takes none.
    """

    subject: str
    page: str
    total: Total
    cells: tuple[Cell, ...]
    came: tuple[str, ...]
    off: Fraction | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part in the table of parts, and the wrong answers to it.

    Args:
        bar: shows the statuses.
        blank: number of those who gave no answer and have a mark for that.
    """

    summary: PartSummary
    item: Item
    bar: Stack
    wrong: tuple[WrongGroup, ...]
    blank: int

    @property
    def commonest(self) -> WrongGroup | None:
        """The wrong answer that most gave; None where no two gave the same."""
        return self.wrong[0] if self.wrong and self.wrong[0].size > 1 else None

    @property
    def wrong_answers(self) -> int:
        """How many answers are not fully right."""
        return sum(one.size for one in self.wrong)


@dataclass(frozen=True, slots=True)
class ClassView:
    """All that the class report shows.

    Args:
        headline: what came out, in a sentence.
        rows, parts: students and parts, in order.
        possible: points of the assignment.
        distribution, difficulty: the charts of totals and of parts.
        median: of the final totals; None without one.
        so_far: median over the students of points earned of points graded; None where nothing is graded.
        settled, graded: final totals of all; answers with marks of all.
        review, unsure: what a person has to look at; what carries marks and may be of the wrong words.
        decided: what people decided.
        missing: of whom no answer was found.
        reliability: of the test.
        failures: inputs that could not be read.
        came: how the work came in, of those where something is out of the ordinary.
        nothing: those who handed in nothing.
        others: attempts that do not count, by student.
        pages: file of each student's page; empty for no links.
        own: students had numbers of their own.
    """

    headline: str
    rows: tuple[Row, ...]
    parts: tuple[PartRow, ...]
    possible: Fraction
    distribution: Distribution
    difficulty: Difficulty
    median: Fraction | None
    so_far: Fraction | None
    settled: Rate
    graded: Rate
    review: ReviewList
    unsure: ReviewList
    decided: tuple[Decided, ...]
    missing: tuple[Absent, ...]
    reliability: Reliability
    failures: tuple[Failure, ...]
    came: tuple[DeliveryRow, ...] = ()
    nothing: tuple[str, ...] = ()
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pages: Mapping[str, str] | None = None
    own: bool = False

    @property
    def absent(self) -> int:
        """Number of missing answers."""
        return sum(len(one.subjects) for one in self.missing)

    @property
    def absent_stake(self) -> Fraction:
        """Points that the missing answers are worth."""
        return sum((one.stake for one in self.missing), Fraction(0))

    @property
    def all_points(self) -> Fraction:
        """Points of the assignment, over all students."""
        return self.possible * len(self.rows)

    @property
    def late(self) -> int:
        """How many came late."""
        return sum(one.late for one in self.came)

    @property
    def most_absent(self) -> Absent | None:
        """The part to which the most answers are missing."""
        return max(self.missing, key=lambda one: len(one.subjects), default=None)

    @property
    def worst(self) -> tuple[int, PartRow] | None:
        """The part with the lowest mean credit of those with answers enough, and its number from 0."""
        able = [
            (number, one)
            for number, one in enumerate(self.parts)
            if one.item.graded.count >= max(LEAST_FOR_WORST, one.item.graded.of / 4)
        ]
        lowest = min(able, key=lambda pair: pair[1].item.difficulty or Fraction(0), default=None)
        return lowest if lowest and (lowest[1].item.difficulty or 0) < 1 else None

    @property
    def commonest(self) -> tuple[int, PartRow] | None:
        """The part with the wrong answer that most gave, and its number from 0; None where no two gave the same."""
        shared = [(n, one) for n, one in enumerate(self.parts) if one.commonest]
        return max(shared, key=lambda pair: pair[1].wrong[0].size, default=None)


def class_view(index: RunIndex, student_folder: str = "") -> ClassView:
    """Gather the class report; each answer is looked at a fixed number of times.

    Args:
        index: of the run.
        student_folder: where the students' pages stand, relative to the report; "" for no links to them.
    """
    sums, marks = totals(index), Marks(index)
    parts = tuple(
        PartRow(
            summary,
            item,
            status_stack(summary.counts, summary.absent),
            wrong_groups(index, summary.where),
            blank(index, summary.where.ref),
        )
        for summary, item in zip(part_summaries(index), items(marks), strict=True)
    )
    review, unsure = open_items(index), unsure_items(index)
    pages = {s: f"{student_folder}/{student_file_name(s)}" for s in index.subjects} if student_folder else {}
    final = [one.earned for one in sums if one.settled]
    graded = Rate(sum(one.item.graded.count for one in parts), sum(one.item.graded.of for one in parts))
    settled = Rate(len(final), len(sums))
    absent = missing(index)
    come = {one.subject: index.run.deliveries.get(one.subject, Delivery()) for one in sums}
    anchors = {**unsure.anchors, **review.anchors}
    return ClassView(
        headline=_headline(
            settled, graded, review.answers, sum(len(one.subjects) for one in absent), len(index.run.failures)
        ),
        rows=tuple(_row(index, one, anchors, pages.get(one.subject, ""), come[one.subject]) for one in sums),
        parts=parts,
        possible=marks.possible,
        distribution=replace(distribution(sums, bins_of(sums)), title=_chart_title(sums, settled, marks.possible)),
        difficulty=difficulty([_charted(number, one.item) for number, one in enumerate(parts)]),
        median=median(final),
        so_far=median(one.earned / one.graded for one in sums if one.graded),
        settled=settled,
        graded=graded,
        review=review,
        unsure=unsure,
        decided=decided(index),
        missing=absent,
        reliability=reliability(marks),
        failures=index.run.failures,
        came=delivery_rows(come, {one.subject: one for one in sums}),
        nothing=tuple(map(called, index.run.absent)),
        others=tuple((name, one.others) for name, one in index.run.deliveries.items() if one.others),
        pages=pages,
        own=bool(index.run.own),
    )


def _headline(settled: Rate, graded: Rate, review: int, missing: int, failed: int) -> str:
    if not graded.of:
        return "There was nothing to grade."
    if graded.count == graded.of:
        rest = "but not everything could be read." if failed else "every total is final."
        return f"All {plural(graded.of, 'answer')} are graded{',' if failed else ';'} {rest}"
    waits = f"{plural(review, 'answer')} wait{'s' if review == 1 else ''} for a person" if review else ""
    absent = f"{missing} {'is' if missing == 1 else 'are'} missing" if missing else ""
    open_items = " and ".join(part for part in (waits, absent) if part) or "the rest has no result"
    return f"{graded.count} of {graded.of} answers are graded; {open_items}."


def _charted(number: int, item: Item) -> PartItem:
    found = item.discrimination
    return PartItem(
        item.where.name,
        f"#wrong-{number}",
        item.graded,
        item.difficulty,
        item.interval,
        found.value,
        found.interval,
    )


def _chart_title(sums: tuple[Total, ...], settled: Rate, possible: Fraction) -> str:
    middle = median(one.earned for one in sums)
    if middle is None:
        return "No total is known"
    rise = settled.of - settled.count
    rest = (
        "every total is final"
        if not rise
        else f"{'all' if rise == settled.of else f'{rise} of {settled.of}'} totals can still rise"
    )
    return f"Half of the students have at least {exact(middle)} of {exact(possible)} points; {rest}"


def _row(index: RunIndex, one: Total, anchors: Mapping[tuple[str, Ref], str], page: str, come: Delivery) -> Row:
    cells = []
    for number, (ref, where) in enumerate(index.parts.items()):
        result = index.last(one.subject, ref)
        status = result.verdict.status if result else None
        credit = result.verdict.credit if result else None
        points = "" if credit is None else exact(credit * where.part.points)
        if (one.subject, ref) in anchors:
            to = anchors[one.subject, ref]
        elif status in (Status.PARTIAL, Status.INCORRECT):
            to = f"wrong-{number}"
        elif status is Status.MISSING:
            to = "missing"
        else:
            to = "review-rest" if status and not status.carries_marks else f"part-{number}"
        cells.append(Cell(status, points, to, bool(result and result.decision)))
    return Row(one.subject, page, one, tuple(cells), short(come), points_off(come, one))
