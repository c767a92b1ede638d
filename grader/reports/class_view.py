"""What the instructor's page shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.classes import Bin, PartSummary, Total, distribution, part_summaries, totals
from grader.analysis.groups import AnswerGroup, wrong_answers
from grader.analysis.index import PartOf, Ref, RunIndex
from grader.analysis.rates import Rate, median
from grader.answers import get_type
from grader.records import Confidence, Delivery, Failure, Result, Status
from grader.reports.delivery_view import called, points_off, short
from grader.reports.excerpts import Excerpt, excerpt, sentences, shorten
from grader.reports.names import student_file_name
from grader.reports.numbers import exact, plural

LONGEST = 240  # characters of an answer in the review list
LONGEST_TEXT = 6000  # characters there of a text that a person marks
_ORDER = (Status.FAILED, Status.UNDECIDED, Status.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A student's part in the table; ``points`` is "" while no marks are given, ``to`` an anchor."""

    status: Status | None
    points: str
    to: str


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
class ReviewItem:
    """An answer that a person has to look at, and why; ``guide`` tells by what a person marks it."""

    anchor: str
    where: PartOf
    result: Result
    wrote: Excerpt | None
    why: str
    notes: tuple[str, ...]
    guide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrongGroup:
    """A wrong answer and who gave it."""

    group: AnswerGroup
    wrote: str
    status: Status
    points: str

    @property
    def size(self) -> int:
        """How many gave it."""
        return len(self.group.results)


@dataclass(frozen=True, slots=True)
class ClassView:
    """All that the class report shows; ``nothing`` are those who handed in nothing, ``others`` attempts that do not
    count, by student."""

    headline: str
    rows: tuple[Row, ...]
    parts: tuple[PartSummary, ...]
    possible: Fraction
    bins: tuple[Bin, ...]
    chart_title: str
    median: Fraction | None
    settled: Rate
    graded: Rate
    review: tuple[ReviewItem, ...]
    unsure: tuple[ReviewItem, ...]
    missing: tuple[tuple[PartOf, tuple[str, ...]], ...]
    wrong: tuple[tuple[PartSummary, tuple[WrongGroup, ...]], ...]
    failures: tuple[Failure, ...]
    nothing: tuple[str, ...] = ()
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def absent(self) -> int:
        """Number of missing answers."""
        return sum(len(who) for _, who in self.missing)

    @property
    def tallest(self) -> int:
        """The largest number of totals in one class of the distribution, at least 1."""
        return max([1, *(one.settled + one.open for one in self.bins)])


def class_view(index: RunIndex, student_folder: str = "") -> ClassView:
    """Gather the class report; each answer is looked at a fixed number of times."""
    sums = totals(index)
    parts = part_summaries(index)
    review = tuple(_review(index, open_items=True))
    unsure = tuple(_review(index, open_items=False))
    anchors = {(one.result.claim.subject, one.where.ref): one.anchor for one in (*review, *unsure)}
    final = [one.earned for one in sums if one.settled]
    graded = Rate(sum(one.graded.count for one in parts), sum(one.graded.of for one in parts))
    possible = sum((one.where.part.points for one in parts), Fraction(0))
    settled = Rate(len(final), len(sums))
    middle = median(final)
    missing = tuple(_missing(index))
    return ClassView(
        headline=_headline(settled, graded, len(review), sum(len(who) for _, who in missing), len(index.run.failures)),
        rows=tuple(_row(index, one, anchors, student_folder) for one in sums),
        parts=parts,
        possible=possible,
        bins=distribution(sums),
        chart_title=_chart_title(settled, middle, possible),
        median=middle,
        settled=settled,
        graded=graded,
        review=review,
        unsure=unsure,
        missing=missing,
        wrong=tuple((one, _wrong(index, one)) for one in parts),
        failures=index.run.failures,
        nothing=tuple(map(called, index.run.absent)),
        others=tuple((name, come.others) for name, come in index.run.deliveries.items() if come.others),
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


def _chart_title(settled: Rate, middle: Fraction | None, possible: Fraction) -> str:
    if middle is None:
        return "No total is final yet: the bars show lower bounds"
    whose = "all totals are final" if settled.count == settled.of else f"{settled} totals are final"
    return f"Half of the final totals are at or above {exact(middle)} of {exact(possible)} points ({whose})"


def _row(index: RunIndex, one: Total, anchors: dict[tuple[str, Ref], str], folder: str) -> Row:
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
        else:
            to = "missing" if status is Status.MISSING else f"part-{number}"
        cells.append(Cell(status, points, to))
    page = f"{folder}/{student_file_name(one.subject)}" if folder else ""
    come = index.run.deliveries.get(one.subject, Delivery())
    return Row(one.subject, page, one, tuple(cells), short(come), points_off(come, one))


def _review(index: RunIndex, open_items: bool) -> Iterator[ReviewItem]:
    """Open answers by urgency; or graded ones of which the reader is not sure."""
    for status in _ORDER if open_items else (Status.INCORRECT, Status.PARTIAL, Status.CORRECT):
        for number, (ref, where) in enumerate(index.parts.items()):
            for student, subject in enumerate(index.subjects):
                result = index.last(subject, ref)
                if result is None or result.verdict.status is not status:
                    continue
                if not open_items and result.claim.confidence is Confidence.HIGH:
                    continue
                kind = get_type(where.part.type)
                longest = LONGEST_TEXT if kind.whole_text else LONGEST
                notes = [sentences(d) for d in (*result.claim.diagnostics, *result.verdict.diagnostics)]
                yield ReviewItem(
                    f"see-{student}-{number}",
                    where,
                    result,
                    excerpt(result.claim, longest, around=120),
                    "" if result.verdict.reason == status else result.verdict.reason.replace("_", " "),
                    tuple(dict.fromkeys(notes)),
                    kind.guide(where.part.options),
                )


def _missing(index: RunIndex) -> Iterator[tuple[PartOf, tuple[str, ...]]]:
    for ref, where in index.parts.items():
        last = ((subject, index.last(subject, ref)) for subject in index.subjects)
        who = tuple(subject for subject, one in last if one and one.verdict.status is Status.MISSING)
        if who:
            yield where, who


def _wrong(index: RunIndex, part: PartSummary) -> tuple[WrongGroup, ...]:
    found = []
    for group in wrong_answers(index, part.where.ref):
        shown = group.results[0]
        points = part.where.part.points
        marks = sorted({one.verdict.credit * points for one in group.results if one.verdict.credit is not None})
        text = " or ".join(exact(one) for one in marks)  # equal answers may differ in form, and so in marks
        found.append(WrongGroup(group, shorten(shown.claim.text, LONGEST), shown.verdict.status, text))
    return tuple(found)
