"""A class as a whole: totals, difficulty of the parts, the distribution of marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.index import PartOf, Ref, RunIndex
from grader.analysis.rates import Rate, mean
from grader.records import Status


@dataclass(frozen=True, slots=True)
class PartSummary:
    """How a part went.

    Args:
        where: the part.
        counts: number of subjects by status.
        absent: subjects for whom there is no result at all (their input could not be read).
        mean_credit: exact mean of the credit, 0 to 1, over graded answers only; None of nothing.
    """

    where: PartOf
    counts: Mapping[Status, int]
    absent: int
    mean_credit: Fraction | None

    @property
    def graded(self) -> Rate:
        """Answers that carry marks, of all subjects."""
        graded = sum(n for status, n in self.counts.items() if status.carries_marks)
        return Rate(graded, sum(self.counts.values()) + self.absent)


@dataclass(frozen=True, slots=True)
class Total:
    """The marks of one subject.

    Args:
        earned: exact sum of the points over graded parts; a lower bound while ``open`` > 0.
        graded: points that the graded parts are worth.
        possible: points that all parts are worth.
        open: number of parts without marks yet; they are not 0, a person decides.
    """

    subject: str
    earned: Fraction
    graded: Fraction
    possible: Fraction
    open: int

    @property
    def settled(self) -> bool:
        """Whether the total is final."""
        return self.open == 0


@dataclass(frozen=True, slots=True)
class Bin:
    """One class of the distribution.

    Args:
        low, high: share of the possible points, 0 to 1; ``low`` belongs to it, and ``high`` only
            in the last bin.
        settled: number of final totals in it.
        open: number of totals whose lower bound is in it.
    """

    low: Fraction
    high: Fraction
    settled: int
    open: int


def part_summaries(index: RunIndex) -> tuple[PartSummary, ...]:
    """How each part went, in the order of the assignment; for transcripts, at the last turn."""
    return tuple(_part_summary(index, ref) for ref in index.parts)


def _part_summary(index: RunIndex, ref: Ref) -> PartSummary:
    results = [index.last(subject, ref) for subject in index.subjects]
    verdicts = [result.verdict for result in results if result is not None]
    return PartSummary(
        index.parts[ref],
        dict(Counter(verdict.status for verdict in verdicts)),
        len(results) - len(verdicts),
        mean(verdict.credit for verdict in verdicts if verdict.credit is not None),
    )


def total(index: RunIndex, subject: str) -> Total:
    """The marks of one subject. Parts without marks are counted as open, never as 0."""
    earned = graded = possible = Fraction(0)
    waiting = 0
    for ref, where in index.parts.items():
        points = where.part.points
        possible += points
        result = index.last(subject, ref)
        credit = result.verdict.credit if result else None
        if credit is None:
            waiting += 1
        else:
            earned += points * credit
            graded += points
    return Total(subject, earned, graded, possible, waiting)


def totals(index: RunIndex) -> tuple[Total, ...]:
    """The marks of all subjects, in their order."""
    return tuple(total(index, subject) for subject in index.subjects)


def distribution(found: Sequence[Total], bins: int = 10) -> tuple[Bin, ...]:
    """Totals by their share of the possible points, in ``bins`` classes of equal width.

    Final totals and lower bounds are counted apart. Subjects of an assignment worth nothing
    (no parts) are in no bin.
    """
    settled, waiting = Counter[int](), Counter[int]()
    for one in found:
        if one.possible:
            place = min(int(one.earned * bins / one.possible), bins - 1)
            (settled if one.settled else waiting)[place] += 1
    return tuple(Bin(Fraction(i, bins), Fraction(i + 1, bins), settled[i], waiting[i]) for i in range(bins))
