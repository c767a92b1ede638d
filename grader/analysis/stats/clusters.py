"""Means and rates of clustered answers: standard error, design effect, interval.

Answers to one problem stand or fall together, so they tell less than as many answers to different
problems (Miller, arXiv 2411.00640, section 2.2). The problem is the cluster; all that is computed
here needs of each cluster is the sum of its values and their number.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from grader.analysis.stats.distributions import t_quantile
from grader.analysis.stats.intervals import Interval, wilson

Totals: TypeAlias = Mapping[Hashable, tuple[float, int]]
"""For each cluster the sum of its values and their number; (0, 0) adds nothing."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean or a rate of clustered answers, with what is known of its error.

    Args:
        mean: the sum of all values by their number; every answer weighs the same.
        n: number of answers.
        clusters: number of clusters with at least one answer.
        se: cluster-robust standard error; None with fewer than two clusters.
        df: degrees of freedom of ``se``; None with it.
        design_effect: the squared standard error by what it would be for independent answers; below 1 where
            answers of a cluster differ more than those of different clusters. None where there is no ``se`` or
            no variation.
        effective: number of independent answers that would tell as much, at most ``n``. Where the values do not
            vary nothing can be estimated, and each cluster counts as one answer.
        interval: None where nothing honest can be said; then ``why`` says why.
        why: no interval for this reason, "" where there is one.
    """

    mean: float
    n: int
    clusters: int
    se: float | None
    df: float | None
    design_effect: float | None
    effective: float | None
    interval: Interval | None
    why: str = ""


def totals(values: Iterable[float], clusters: Iterable[Hashable]) -> dict[Hashable, tuple[float, int]]:
    """Sum and number of the values of each cluster.

    Args:
        values: one for each answer; flags count as 0 and 1.
        clusters: the cluster of each answer, as many as values.
    """
    found: dict[Hashable, tuple[float, int]] = {}
    for value, cluster in zip(values, clusters, strict=True):
        so_far, number = found.get(cluster, (0, 0))
        found[cluster] = (so_far + value, number + 1)
    return found


def clustered(values: Iterable[float], clusters: Iterable[Hashable], level: float = 0.95) -> Estimate | None:
    """The mean of clustered values, such as credits; see :func:`mean_of`."""
    return mean_of(totals(values, clusters), level)


def clustered_rate(flags: Iterable[bool], clusters: Iterable[Hashable], level: float = 0.95) -> Estimate | None:
    """The rate of clustered flags; see :func:`rate_of`.

    For a conditional rate such as P(right after | right before) pass the answers that count alone.
    """
    return rate_of(totals(flags, clusters), level)


def mean_of(sums: Totals, level: float = 0.95) -> Estimate | None:
    """The mean of clustered values with a t interval.

    The standard error is that of Liang and Zeger 1986 (Biometrika 73) with the small-sample correction
    of Bell and McCaffrey 2002 (Survey Methodology 28), "CR2": with residuals e_g = y_g - θ n_g and
    shares p_g = n_g / N, SE² = Σ e_g² / (1 - p_g) / N². For clusters of one size this is the usual
    factor G / (G - 1), "CR1". Degrees of freedom are theirs as well (Satterthwaite's, for independent
    answers): G - 1 for clusters of one size, fewer otherwise.

    Args:
        sums: of values of any range.
        level: confidence level of the interval.

    Returns:
        the estimate; None of nothing. There is no interval with fewer than two clusters, nor where all
        clusters have the same mean, since the standard error would be 0.
    """
    return _estimate(sums, level, None)


def rate_of(sums: Totals, level: float = 0.95) -> Estimate | None:
    """A rate of clustered flags with Wilson's interval for the effective sample size.

    The effective sample size is the number of answers by the design effect, at most the number of
    answers; where all flags are the same it is (Σ n_g)² / Σ n_g² (Kish 1965), as if all answers to a
    problem were one. The quantile is that of t. See :func:`mean_of` for the standard error and
    :func:`~grader.analysis.stats.intervals.wilson` for the interval.

    Args:
        sums: of flags, so that no sum is below 0 or above its number.
        level: confidence level of the interval.

    Returns:
        the estimate; None of nothing. There is no interval with fewer than two clusters.
    """
    for cluster, (count, of) in sums.items():
        if not 0 <= count <= of or count != int(count):
            raise ValueError(f"cluster {cluster!r}: {count} of {of} is not a rate")
    return _estimate(sums, level, int(sum(count for count, _ in sums.values())))


def _estimate(sums: Totals, level: float, count: int | None) -> Estimate | None:
    """:func:`mean_of`, or :func:`rate_of` where a count is given."""
    counted = [pair for pair in sums.values() if pair[1]]
    n = sum(number for _, number in counted)
    if not n:
        return None
    mean = math.fsum(value for value, _ in counted) / n
    if len(counted) < 2:
        why = "all answers belong to one problem, which does not show how much problems differ"
        return Estimate(mean, n, 1, None, None, None, None, None, why)
    se = math.sqrt(math.fsum((y - mean * k) ** 2 / (1 - k / n) for y, k in counted)) / n
    df = degrees_of_freedom([k for _, k in counted])
    if count is None:
        if se == 0:
            why = "the mean is the same in every problem, so that its error cannot be estimated"
            return Estimate(mean, n, len(counted), se, df, None, None, None, why)
        half = t_quantile((1 + level) / 2, df) * se
        return Estimate(mean, n, len(counted), se, df, None, None, Interval(mean - half, mean + half, level))
    if count in (0, n):
        effect, effective = None, n * n / sum(k * k for _, k in counted)
    else:
        effect = se * se / (mean * (1 - mean) / n)
        effective = n / max(effect, 1.0)
    interval = wilson(count, n, level, effective, df)
    return Estimate(mean, n, len(counted), se, df, effect, effective, interval)


def degrees_of_freedom(sizes: Iterable[int]) -> float:
    """Degrees of freedom of the cluster-robust standard error of a mean.

    Satterthwaite's approximation under independent answers (Bell and McCaffrey 2002), which for a mean
    has this closed form: 1 / (Σ p² + (Σ p²/(1-p))² - Σ p⁴/(1-p)²) with the shares p of the clusters.

    Args:
        sizes: number of answers of each cluster, at least two of them positive.

    Returns:
        from 1 to the number of clusters less 1, which is reached by clusters of one size.
    """
    found = [size for size in sizes if size]
    n = sum(found)
    shares = [size / n for size in found]
    each = [p * p / (1 - p) for p in shares]
    return 1 / (math.fsum(p * p for p in shares) + math.fsum(each) ** 2 - math.fsum(x * x for x in each))
