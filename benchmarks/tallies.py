"""Counts of verdicts against labels, and times over runs: pure functions, tested in ``tests/test_benchmarks.py``."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

OPEN = frozenset({"unreadable", "missing", "undecided", "failed"})


@dataclass(frozen=True)
class Tally:
    """How verdicts compare with labels; the six counts after ``cases`` add up to it.

    Args:
        agree: as labelled.
        false_accepts: ``correct`` where the label is not.
        false_rejects: a mark below ``correct`` where the label is ``correct``.
        open: no mark, where the label is not that very status.
        other: another mark below ``correct`` than the label's, or a mark where the label is an open status.
        errors: the contestant raised, ran out of time, crashed or hung.
    """

    cases: int = 0
    agree: int = 0
    false_accepts: int = 0
    false_rejects: int = 0
    open: int = 0
    other: int = 0
    errors: int = 0

    @property
    def share(self) -> str:
        """Agreement in percent of the cases; a dash where there are none."""
        return f"{100 * self.agree / self.cases:.1f} %" if self.cases else "–"


def kind_of(status: str, labels: Sequence[str], graded: bool) -> str:
    """The field of :class:`Tally` under which a verdict counts.

    Args:
        status: the verdict.
        labels: the statuses that are right.
        graded: the contestant has all seven statuses. One that only says correct or not agrees, with
            “not correct”, with every label but ``correct``: also with ``partial`` and with open ones.
    """
    if status == "error":
        return "errors"
    if status in labels or (not graded and status != "correct" and set(labels) != {"correct"}):
        return "agree"
    if status == "correct":
        return "false_accepts"
    if status in OPEN:
        return "open"
    return "false_rejects" if set(labels) == {"correct"} else "other"


def tally(pairs: Iterable[tuple[str, Sequence[str]]], graded: bool) -> Tally:
    """The counts for pairs of a verdict and the labels."""
    counts = Counter(kind_of(status, labels, graded) for status, labels in pairs)
    return Tally(cases=counts.total(), **counts)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest of some values that at least this share of them do not exceed.

    Args:
        values: not empty, in any order.
        share: 0.5 for the median, 0.95, 1 for the greatest.
    """
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def best_and_median(values: Sequence[float], digits: int = 0) -> str:
    """The greatest of some rates, and in brackets their median."""
    return f"{max(values):,.{digits}f} ({statistics.median(values):,.{digits}f})"


def middle_times(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """For each case the median of its times over the runs."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def usual(statuses: Sequence[str]) -> str:
    """The status that came out most often; of several the first."""
    return Counter(statuses).most_common(1)[0][0]
