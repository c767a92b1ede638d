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

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from grader.analysis.enough import too_few
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


Totals: TypeAlias = dict[Hashable, tuple[float, int]]
"""By problem, the cluster (by conversation, of one part): how many count, and how many there are."""


def measured(totals: Totals, cluster: str = "problem") -> Measured:
    """A rate with its interval.

    Args:
        totals: by cluster.
        cluster: what a cluster is.

    Returns:
        without an interval, and with the reason, where there are too few clusters for one.
    """
    estimate = rate_of(totals)
    if estimate is not None and (why := too_few((n for _, n in totals.values()), cluster)):
        estimate = replace(estimate, interval=None, why=why)
    return Measured(_rate(totals), estimate)


def _rate(totals: Totals) -> Rate:
    return Rate(int(sum(count for count, _ in totals.values())), sum(of for _, of in totals.values()))


_Sort: TypeAlias = tuple[object, ...]  # what a row needs to be of the same sort as another for all measures


class Tally(Mapping[str, Measured]):
    """Counts of rows for each measure and cluster; as a mapping, each measure by its name with its interval.

    Rows of one sort count for the same measures, and there are few sorts, so that a row costs one look into a table.

    Args:
        found: the rows to be counted.
        conversations: they are all of one part, so that not the problem but the conversation is the cluster.
    """

    def __init__(self, found: Iterable[Row], conversations: bool = False) -> None:
        self.cluster = "conversation" if conversations else "problem"
        self._counts: Counter[tuple[str, _Sort]] = Counter()
        self._examples: dict[_Sort, Row] = {}
        self._totals: dict[str, Totals] = {}
        self._measured: dict[str, Measured] = {}
        for row in found:
            sort = (row.answered, row.status_before, row.status, row.same, row.hint, row.hint_concerned)
            self._counts[row.subject if conversations else row.problem, sort] += 1
            self._examples.setdefault(sort, row)

    def __getitem__(self, name: str) -> Measured:
        if name not in self._measured:
            self._measured[name] = measured(self.totals(name), self.cluster)
        return self._measured[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_BY_NAME)

    def __len__(self) -> int:
        return len(_BY_NAME)

    def totals(self, name: str) -> Totals:
        """Of one measure, by cluster."""
        if name not in self._totals:
            measure = _BY_NAME[name]
            among = {sort: measure.counts(row) for sort, row in self._examples.items() if measure.among(row)}
            totals: Totals = {}
            for (cluster, sort), number in self._counts.items():
                if sort in among:
                    count, of = totals.get(cluster, (0, 0))
                    totals[cluster] = count + among[sort] * number, of + number
            self._totals[name] = totals
        return self._totals[name]

    def rate(self, name: str) -> Rate:
        """The exact count of one measure."""
        return _rate(self.totals(name))

    def gain(self) -> Gain | None:
        """How accuracy moved; None where no change carries marks on both sides."""
        before, after = self.totals("right_before"), self.totals("right_after")
        difference, test = paired_difference(after, before), cluster_permutation(after, before)
        if difference is None or test is None:
            return None
        if why := too_few((n for _, n in before.values()), self.cluster):
            return Gain(replace(difference, interval=None, why=why), None)
        return Gain(difference, test)


@dataclass(frozen=True, slots=True)
class Gain:
    """Accuracy after minus accuracy before, of the same answers (Kumar et al.'s Δ).

    Args:
        difference: with its interval by problem.
        test: whether it could as well have been the other way round; by swapping before and after in whole problems.
            None where there are too few of them.
    """

    difference: Difference
    test: SignFlip | None


_BY_NAME = {measure.name: measure for measure in MEASURES}
