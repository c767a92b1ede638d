"""Means and rates of clustered answers: standard error, design effect, interval.

Answers to one problem stand or fall together, so they tell less than as many answers to different
problems (Miller, arXiv 2411.00640, section 2.2). The problem is the cluster; all that is computed
here needs of each cluster is the sum of its values and their number.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from grader.analysis.stats.distributions import t_quantile
from grader.analysis.stats.intervals import Interval, wilson

Totals: TypeAlias = Mapping[Hashable, tuple[float, int]]
"""For each cluster the sum of its values and their number; (0, 0) adds nothing."""

ONE_CLUSTER = "all answers belong to one problem, which does not show how much problems differ"
ROUNDING = 1e-12  # a standard error that is smaller, by the values, is 0 but for roundings


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean or a rate of clustered answers, with what is known of its error.

    Args:
        mean: the sum of all values by their number; every answer weighs the same.
        n: number of answers.
        clusters: number of clusters with at least one answer.
        se: cluster-robust standard error; None with fewer than two clusters.
        df: degrees of freedom of the interval; infinite where no error had to be estimated, None without ``se``.
        design_effect: the squared standard error by what it would be for independent answers; below 1 where
            answers of a cluster differ more than those of different clusters. None where there is no ``se`` or
            no variation.
        effective: number of independent answers that would tell as much, at most ``n``, on which the interval rests.
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
    factor G / (G - 1), "CR1". The degrees of freedom of t are those of :func:`root_and_df`: at most G - 1,
    fewer where clusters are of different sizes or few of them vary.

    Args:
        sums: of values of any range.
        level: confidence level of the interval.

    Returns:
        the estimate; None of nothing. There is no interval with fewer than two clusters, nor where all
        clusters have the same mean, since the standard error would be 0.
    """
    return _estimate(sums, level, rate=False)


def rate_of(sums: Totals, level: float = 0.95) -> Estimate | None:
    """A rate, or a mean of credits from 0 to 1, with Wilson's interval for the effective sample size.

    The effective sample size is the number of answers by the design effect, at most the number of answers (so the
    interval of credits that hardly vary is too wide, never too narrow); the quantile is that of t.

    With one answer in each cluster there is nothing to estimate: answers are independent, and the interval is
    Wilson's own. The other extreme is that all answers to a problem are one; then the effective sample size is
    (Σ n_g)² / Σ n_g² (Kish 1965), and the degrees of freedom are those by the sizes. That is taken where all values are
    0, or all are 1, since nothing shows how they cluster, and where it gives a narrower interval than an estimate that
    rests on few clusters, unless Σ e_g² > p (1 - p) Σ n_g² shows that clusters vary even more.

    See :func:`mean_of` for the standard error and the residuals e_g, and
    :func:`~grader.analysis.stats.intervals.wilson` for the interval.

    Args:
        sums: of flags or credits, so that no sum is below 0 or above its number.
        level: confidence level of the interval.

    Returns:
        the estimate; None of nothing. There is no interval with fewer than two clusters.
    """
    check_rates(sums)
    return _estimate(sums, level, rate=True)


def check_rates(sums: Totals) -> None:
    """Refuse what is no rate and no mean of credits.

    Raises:
        ValueError: a sum below 0 or above its number, with its cluster.
    """
    for cluster, (count, of) in sums.items():
        if not 0 <= count <= of:
            raise ValueError(f"cluster {cluster!r}: {count} of {of} is not a rate")


def _estimate(sums: Totals, level: float, rate: bool) -> Estimate | None:
    """:func:`rate_of`, or :func:`mean_of` of what is no rate."""
    counted = [pair for pair in sums.values() if pair[1]]
    n = sum(number for _, number in counted)
    if not n:
        return None
    count = math.fsum(value for value, _ in counted)
    mean = count / n
    if len(counted) < 2:
        return Estimate(mean, n, 1, None, None, None, None, None, ONE_CLUSTER)
    squares = [((y - mean * k) / n) ** 2 / (1 - k / n) for y, k in counted]
    se, df = root_and_df(squares, [k for _, k in counted])
    if not rate:
        if se <= ROUNDING * max(abs(y / k) for y, k in counted):
            why = "the mean is the same in every problem, so that its error cannot be estimated"
            return Estimate(mean, n, len(counted), 0.0, df, None, None, None, why)
        half = t_quantile((1 + level) / 2, df) * se
        return Estimate(mean, n, len(counted), se, df, None, None, Interval(mean - half, mean + half, level))
    if len(counted) == n:
        return Estimate(mean, n, n, se, math.inf, 1.0, float(n), wilson(count, n, level))
    # As if all answers to a problem were one.
    worst = n * n / sum(k * k for _, k in counted)
    worst_df = degrees_of_freedom([k for _, k in counted])
    bound = wilson(count, n, level, worst, worst_df)
    if count in (0, n):
        return Estimate(mean, n, len(counted), se, worst_df, None, worst, bound)
    effect = se * se / (mean * (1 - mean) / n)
    effective = n / max(effect, 1.0)
    interval = wilson(count, n, level, effective, df)
    bounded = math.fsum((y - mean * k) ** 2 for y, k in counted) <= mean * (1 - mean) * sum(k * k for _, k in counted)
    if bounded and interval is not None and bound is not None and bound.width < interval.width:
        interval, effective, df = bound, worst, worst_df
    return Estimate(mean, n, len(counted), se, df, effect, effective, interval)


def root_and_df(squares: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """A standard error from what each cluster adds to its square, and its degrees of freedom.

    There are as many degrees of freedom as Satterthwaite's approximation (1946, Biometrics Bulletin 2) gives,
    twice the squared mean of the variance estimate by its variance, in the smaller of two ways: by the weights, for
    independent answers (:func:`degrees_of_freedom`), and by how unequal the squares are, 2 S² / (Σ s² - S²/G)
    with S = Σ s. The second is small where a few clusters hold all that is wrong, and a design effect that
    rests on them is not known well.

    Args:
        squares: one for each cluster; their sum is the squared standard error.
        weights: of the clusters, of any scale, all positive; at least two.

    Returns:
        the standard error, and from 1 to the number of clusters less 1.
    """
    total = math.fsum(squares)
    df = degrees_of_freedom(weights)
    if total:
        unequal = math.fsum((s / total) ** 2 for s in squares) - 1 / len(squares)
        df = max(1.0, min(df, 2 / unequal)) if unequal > 0 else df
    return math.sqrt(total), df


def degrees_of_freedom(weights: Sequence[float]) -> float:
    """Degrees of freedom of the cluster-robust standard error of a mean, as far as the sizes of the clusters tell.

    Satterthwaite's approximation under independent answers (Bell and McCaffrey 2002), which for a mean
    has this closed form: 1 / (Σ p² + (Σ p²/(1-p))² - Σ p⁴/(1-p)²) with the shares p of the clusters.

    Args:
        weights: number of answers of each cluster, all positive; at least two.

    Returns:
        from 1 to the number of clusters less 1, which is reached by clusters of one size.
    """
    n = math.fsum(weights)
    shares = [weight / n for weight in weights]
    each = [p * p / (1 - p) for p in shares]
    df = 1 / (math.fsum(p * p for p in shares) + math.fsum(each) ** 2 - math.fsum(x * x for x in each))
    return max(1.0, df)  # by a rounding it may be less
