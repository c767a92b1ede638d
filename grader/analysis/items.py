"""Item analysis: how hard each part was, how well it tells students apart, how reliable the whole test is.

Only what carries marks is counted. An open answer (missing, unreadable, undecided, failed) is never 0: the student
does not enter the part's own numbers, and elsewhere the part leaves the student's *rest share*, which is the points
earned on all other graded parts over the points that these are worth. A student whose other graded parts are worth
less than half of the points of all other parts does not enter, for so small a rest says little.

Sources: R. L. Ebel, D. A. Frisbie, *Essentials of Educational Measurement*, 5th ed. (1991), chapter 13, for difficulty
and the index of discrimination; T. L. Kelley, "The selection of upper and lower groups for the validation of test
items", J. Educ. Psychol. 30 (1939) 17-24, for the 27 %; S. Henrysson, "Correction of item-total correlations in item
analysis", Psychometrika 28 (1963) 211-218, for leaving the item itself out; L. J. Cronbach, "Coefficient alpha and the
internal structure of tests", Psychometrika 16 (1951) 297-334.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import atanh, sqrt, tanh
from statistics import NormalDist, correlation, variance

from grader.analysis.index import PartOf, Ref, RunIndex
from grader.analysis.rates import Rate, mean
from grader.analysis.stats import Interval, wilson

LEAST = 10
"""Of fewer students no discrimination and no reliability is given: chance alone would make it anything."""

LEAST_IN_GROUP = 5
"""Of fewer students in the upper and in the lower group no index is given; so it takes 19 students."""

GROUP = Fraction(27, 100)
"""Share of the students in each of the two groups (Kelley 1939)."""

LEVEL = 0.95
"""Of all intervals."""


@dataclass(frozen=True, slots=True)
class Discrimination:
    """How a part tells those who do well elsewhere from those who do not.

    Args:
        students: on how many it rests: the part is graded, and enough of the rest.
        value: corrected item-total correlation, -1 to 1: of the credit with the rest share; None where there is none.
        interval: of ``value``, by Fisher's transformation, which takes both for normal: a rough guide; None without.
        index: mean credit of the upper 27 % by rest share less that of the lower 27 %, exact; None where there is none.
        why: why there is no ``value``, else "".
        why_index: why there is no ``index``, else "".
    """

    students: int
    value: float | None = None
    interval: Interval | None = None
    index: Fraction | None = None
    why: str = ""
    why_index: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One part as an item of a test.

    Args:
        where: the part.
        graded: answers with marks, of all students.
        difficulty: exact mean credit over these, 0 (nobody) to 1 (everybody); None of nothing.
        interval: of ``difficulty``; see :func:`credit_interval`.
        discrimination: of the part.
    """

    where: PartOf
    graded: Rate
    difficulty: Fraction | None
    interval: Interval | None
    discrimination: Discrimination


@dataclass(frozen=True, slots=True)
class Reliability:
    """How consistent the parts are with one another.

    Args:
        alpha: Cronbach's, at most 1; it can be negative; None where there is none.
        students: those with marks on every one of ``parts``; only they are counted.
        of: all students.
        parts: number of parts that anybody has marks on; the others are left out.
        error: standard error of measurement in points: deviation of the totals times √(1 - alpha); None without.
        why: why there is none, else "".
    """

    alpha: float | None
    students: int
    of: int
    parts: int
    error: float | None = None
    why: str = ""


class Marks:
    """The credit of every student on every part, once for all numbers here.

    Args:
        index: of a run; of transcripts the last answer of each subject counts.
    """

    def __init__(self, index: RunIndex) -> None:
        self.parts = dict(index.parts)
        self.subjects = index.subjects
        self.credit: dict[Ref, dict[str, Fraction]] = {ref: {} for ref in index.parts}
        self.earned = dict.fromkeys(index.subjects, Fraction(0))
        self.worth = dict.fromkeys(index.subjects, Fraction(0))
        for ref, where in self.parts.items():
            for subject in index.subjects:
                result = index.last(subject, ref)
                credit = result.verdict.credit if result else None
                if credit is not None:
                    self.credit[ref][subject] = credit
                    self.earned[subject] += credit * where.part.points
                    self.worth[subject] += where.part.points
        self.possible = sum((where.part.points for where in self.parts.values()), Fraction(0))

    def rests(self, ref: Ref) -> list[tuple[Fraction, Fraction]]:
        """Credit on a part and rest share, of each student who enters (see the module)."""
        points = self.parts[ref].part.points
        others = self.possible - points
        found = []
        for subject, credit in self.credit[ref].items():
            worth = self.worth[subject] - points
            if worth > 0 and 2 * worth >= others:
                found.append((credit, (self.earned[subject] - credit * points) / worth))
        return found


def items(marks: Marks) -> tuple[Item, ...]:
    """All parts as items, in the order of the assignment."""
    return tuple(_item(marks, ref) for ref in marks.parts)


def _item(marks: Marks, ref: Ref) -> Item:
    earned = list(marks.credit[ref].values())
    return Item(
        marks.parts[ref],
        Rate(len(earned), len(marks.subjects)),
        mean(earned),
        credit_interval(earned),
        discrimination(marks.rests(ref)),
    )


def credit_interval(graded: Sequence[Fraction]) -> Interval | None:
    """An interval for the mean credit: Wilson's score interval with the sum of the credits as the count.

    It is exact in form for credits of 0 and 1. A credit between them varies less than one of these with the same mean
    (R. Bhatia, C. Davis, "A better bound on the variance", Amer. Math. Monthly 107 (2000) 353-357: the variance is at
    most m (1 - m)), so with partial credit the interval is rather too wide than too narrow.

    Args:
        graded: credits of the graded answers, 0 to 1 each.

    Returns:
        None of nothing.
    """
    return wilson(float(sum(graded)), len(graded), level=LEVEL)


def discrimination(pairs: Sequence[tuple[Fraction, Fraction]]) -> Discrimination:
    """How a part discriminates.

    Args:
        pairs: of each student the credit on the part and the rest share, both 0 to 1.
    """
    students = len(pairs)
    index, why_index = upper_lower(pairs)
    why = ""
    if students < LEAST:
        why = f"too few students: it takes {LEAST}"
    elif len({credit for credit, _ in pairs}) == 1:
        why = f"all {students} have the same credit"
    elif len({rest for _, rest in pairs}) == 1:
        why = f"all {students} did equally well elsewhere"
    if why:
        return Discrimination(students, None, None, index, why, why_index)
    value = correlation([float(credit) for credit, _ in pairs], [float(rest) for _, rest in pairs])
    value = max(-1.0, min(1.0, value))
    return Discrimination(students, value, _fisher(value, students), index, "", why_index)


def _fisher(value: float, students: int) -> Interval | None:
    """R. A. Fisher, "On the probable error of a coefficient of correlation", Metron 1 (1921): atanh r is about
    normal, with standard error 1/√(n - 3)."""
    if abs(value) > 1 - 1e-12:
        return None
    reach = NormalDist().inv_cdf((1 + LEVEL) / 2) / sqrt(students - 3)
    middle = atanh(value)
    return Interval(tanh(middle - reach), tanh(middle + reach), LEVEL)


def upper_lower(pairs: Sequence[tuple[Fraction, Fraction]]) -> tuple[Fraction | None, str]:
    """The upper-lower index of discrimination, or None and why there is none.

    Each group holds 27 % of the students. Those who tie at its border share the places that are left, so that the
    order in which students are listed changes nothing.

    Args:
        pairs: as for :func:`discrimination`.
    """
    size = GROUP * len(pairs)
    if size < LEAST_IN_GROUP:
        return None, f"too few: 27 % of {len(pairs)} students are fewer than {LEAST_IN_GROUP}"
    upper, lower = (_of_the_first(sorted(pairs, key=lambda p: sign * p[1]), size) for sign in (-1, 1))
    return upper - lower, ""


def _of_the_first(ordered: Sequence[tuple[Fraction, Fraction]], size: Fraction) -> Fraction:
    """Mean credit of the first ``size`` students, of whom those with equal rest shares share what is left."""
    left, sum_ = size, Fraction(0)
    for _, tied in groupby(ordered, key=lambda pair: pair[1]):
        earned = [credit for credit, _ in tied]
        taken = min(left, Fraction(len(earned)))
        sum_ += sum(earned, Fraction(0)) * taken / len(earned)
        left -= taken
        if not left:
            break
    return sum_ / size


def reliability(marks: Marks) -> Reliability:
    """Cronbach's alpha, k/(k-1) · (1 - Σ variance of a part / variance of the totals), in points.

    Only students with marks on every part are counted, for a total with open parts is no total; parts on which
    nobody has marks are left out. Alpha is a lower bound of the reliability where the parts measure one thing and
    their errors are independent; parts that build on one another raise it.
    """
    used = [ref for ref, credit in marks.credit.items() if credit]
    whole = [subject for subject in marks.subjects if all(subject in marks.credit[ref] for ref in used)]
    known = len(whole), len(marks.subjects), len(used)
    if len(used) < 2:
        return Reliability(None, *known, why="it takes two parts or more")
    if len(whole) < LEAST:
        return Reliability(
            None, *known, why=f"{len(whole)} of at least {LEAST} students have marks on all {len(used)} parts"
        )
    points = [[float(marks.credit[ref][s] * marks.parts[ref].part.points) for s in whole] for ref in used]
    spread = variance([sum(column) for column in zip(*points, strict=True)])
    if spread < 1e-12:
        return Reliability(None, *known, why="all totals are equal")
    k = len(used)
    alpha = k / (k - 1) * (1 - sum(map(variance, points)) / spread)
    return Reliability(alpha, *known, sqrt(spread * (1 - alpha)))
