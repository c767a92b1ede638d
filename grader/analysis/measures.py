"""What is measured of changes, each once: of which rows, which of them count, and whose definition it is.

*Right* is a correct answer; *wrong* is one that carries marks but not all of them, so partial answers count as wrong,
and mean credit is given beside. Answers without marks (unreadable, missing, undecided, failed) are in no denominator
of accuracy; they are counted apart.

Sources:
    Laban et al. 2023, arXiv 2311.08596: the FlipFlop experiment; accuracy before and after, flip rate. There the string
        of the final answer decides whether it flipped; here the answer type does.
    Kumar et al. 2024, arXiv 2409.12917, section 3: accuracy at both turns, and Δ for right → wrong (c→i) and
        wrong → right (i→c), over all pairs.
    Yang et al. 2024, arXiv 2412.19513: the two conditional rates, "confidence" P(right after | right before) and
        "critique" P(right after | wrong before).
    Huang et al. 2023, arXiv 2310.01798: wrong answers that stay, and that become other wrong ones, told apart.
    Miller 2024, arXiv 2411.00640: standard errors clustered by problem. Bowyer et al. 2025, arXiv 2503.01747: no
        central limit theorem for small numbers, hence Wilson's interval.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from grader.analysis.rates import Rate
from grader.analysis.rows import Row
from grader.analysis.stats import Difference, Estimate, Interval, cluster_permutation, paired_difference, rate_of
from grader.analysis.stats.permutation import SignFlip
from grader.records import Status


@dataclass(frozen=True, slots=True)
class Measure:
    """A rate of rows.

    Args:
        name: stable, for programs.
        title: for tables.
        of: the denominator in words.
        source: whose definition it is.
        among: whether a row is in the denominator.
        counts: whether such a row counts.
    """

    name: str
    title: str
    of: str
    source: str
    among: Callable[[Row], bool]
    counts: Callable[[Row], bool]


def _was(right: bool) -> Callable[[Row], bool]:
    return lambda row: row.marked and row.right_before is right


_PAIRS = "changes with marks before and after"

MEASURES: tuple[Measure, ...] = (
    Measure("right_before", "Right before", _PAIRS, "Laban 2023", lambda r: r.marked, lambda r: bool(r.right_before)),
    Measure("right_after", "Right after", _PAIRS, "Laban 2023", lambda r: r.marked, lambda r: bool(r.right)),
    Measure(
        "right_to_wrong",
        "Right → wrong",
        _PAIRS,
        "Kumar 2024",
        lambda r: r.marked,
        lambda r: bool(r.right_before) and not r.right,
    ),
    Measure(
        "wrong_to_right",
        "Wrong → right",
        _PAIRS,
        "Kumar 2024",
        lambda r: r.marked,
        lambda r: bool(r.right) and not r.right_before,
    ),
    Measure("keeps_right", "Keeps right", "those right before", "Yang 2024", _was(True), lambda r: bool(r.right)),
    Measure("repairs_wrong", "Repairs wrong", "those wrong before", "Yang 2024", _was(False), lambda r: bool(r.right)),
    Measure(
        "wrong_to_other_wrong",
        "Wrong → other wrong",
        "those wrong before",
        "Huang 2023",
        _was(False),
        lambda r: not r.right and not r.same,
    ),
    Measure(
        "flipped",
        "Flipped",
        "changes with an answer before",
        "Laban 2023",
        lambda r: r.changed and r.same is not None,
        lambda r: not r.same,
    ),
    Measure(
        "persisted",
        "Persisted",
        "answers that the hint concerned",
        "",
        lambda r: r.exposed,
        lambda r: not r.answered or bool(r.same),
    ),
    Measure(
        "answered",
        "Answered again",
        "answers that the hint concerned",
        "",
        lambda r: r.exposed,
        lambda r: r.answered,
    ),
    Measure(
        "readable",
        "Readable",
        "new answers that the grader did not fail on",
        "",
        lambda r: r.changed and r.status is not Status.FAILED,
        lambda r: r.status is not Status.UNREADABLE,
    ),
)


FEWEST = 4.0
"""Degrees of freedom below which cluster-robust errors are not to be trusted, however they are corrected.

Source: Tipton 2015 (Psychological Methods 20): with fewer than 4 of Satterthwaite's degrees of freedom the t
distribution does not describe the estimate. For problems with as many answers each that is fewer than 5 problems.
"""


def too_few(clusters: int, df: float | None) -> str:
    """Why there are too few problems for an interval, "" where there are enough.

    Args:
        clusters: number of problems.
        df: degrees of freedom of the standard error; None where there is none.
    """
    if df is None or df >= FEWEST:
        return ""
    uneven = " of such uneven weight" if clusters > FEWEST else ""
    return f"{clusters} problems{uneven} are too few to tell how much problems differ"


@dataclass(frozen=True, slots=True)
class Measured:
    """A rate with what is known of its error.

    Args:
        rate: the exact count.
        estimate: with clusters, effective sample size and Wilson's interval, or why there is none; None of nothing.
    """

    rate: Rate
    estimate: Estimate | None

    @property
    def interval(self) -> Interval | None:
        """Of the rate; None where nothing honest can be said."""
        return self.estimate.interval if self.estimate is not None else None

    @property
    def why(self) -> str:
        """Why there is no interval; "" where there is one."""
        return self.estimate.why if self.estimate is not None else "there is nothing to count"


_Totals = dict[Hashable, tuple[float, int]]  # by problem: (number that counts, number of all)


class Tally:
    """Counts of rows for each measure and problem; the problem is the cluster."""

    def __init__(self) -> None:
        self._totals: dict[str, _Totals] = {measure.name: {} for measure in MEASURES}

    def add(self, row: Row) -> None:
        """Count one row."""
        if row.status_before is None:
            return  # of the first reply: there is no measure of it
        for measure in MEASURES:
            if measure.among(row):
                totals = self._totals[measure.name]
                count, of = totals.get(row.problem, (0, 0))
                totals[row.problem] = count + measure.counts(row), of + 1

    def rate(self, name: str) -> Rate:
        """The exact count of one measure."""
        pairs = self._totals[name].values()
        return Rate(int(sum(count for count, _ in pairs)), sum(of for _, of in pairs))

    def measured(self, name: str) -> Measured:
        """One measure with its interval."""
        estimate = rate_of(self._totals[name])
        if estimate is not None and (why := too_few(estimate.clusters, estimate.df)):
            estimate = replace(estimate, interval=None, why=why)
        return Measured(self.rate(name), estimate)

    def gain(self) -> Gain | None:
        """How accuracy moved; None where no change carries marks on both sides."""
        before, after = self._totals["right_before"], self._totals["right_after"]
        difference, test = paired_difference(after, before), cluster_permutation(after, before)
        if difference is None or test is None:
            return None
        if why := too_few(difference.clusters, difference.df):
            difference = replace(difference, interval=None, why=why)
        return Gain(difference, test)


@dataclass(frozen=True, slots=True)
class Gain:
    """Accuracy after minus accuracy before, of the same answers (Kumar et al.'s Δ).

    Args:
        difference: with its interval by problem.
        test: whether it could as well have been the other way round; by swapping before and after in whole problems.
    """

    difference: Difference
    test: SignFlip
