"""Two models on the same problems: the difference of their rates, its interval, and tests.

Problems are hard or easy for both, so the differences problem by problem vary less than two separate
rates do (Miller, arXiv 2411.00640, section 4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from grader.analysis.stats.clusters import ONE_CLUSTER, ROUNDING, Totals, check_rates, root_and_df
from grader.analysis.stats.distributions import regularized_beta, t_quantile
from grader.analysis.stats.intervals import Interval
from grader.analysis.stats.permutation import SignFlip, sign_flip

MOST_EXACT = 1_000  # discordant pairs up to which binomial coefficients are added up as integers


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of two means or rates, first minus second.

    Args:
        value: the difference.
        first, second: the two means.
        clusters: number of clusters in which at least one of the two has answers.
        se: cluster-robust standard error; None with fewer than two clusters.
        df: degrees of freedom of ``se``; None with it.
        interval: t interval; None where nothing honest can be said; then ``why`` says why.
        why: no interval for this reason, "" where there is one.
    """

    value: float
    first: float
    second: float
    clusters: int
    se: float | None
    df: float | None
    interval: Interval | None
    why: str = ""


def mcnemar_exact(b: int, c: int) -> float:
    """McNemar's exact test of paired yes/no answers, one pair for each problem.

    If neither is better, each discordant pair falls to either side with probability 1/2, so the p-value is
    that of a two-sided binomial test of b of b + c. With several pairs for a problem they are not
    independent; use :func:`cluster_permutation`.

    Sources: McNemar 1947 (Psychometrika 12), in the exact form.

    Args:
        b: pairs in which only the first is right.
        c: pairs in which only the second is right.

    Returns:
        the two-sided p-value; 1 where no pair is discordant.
    """
    if b < 0 or c < 0:
        raise ValueError(f"numbers of pairs are not negative, got {b} and {c}")
    n, k = b + c, min(b, c)
    if n > MOST_EXACT:
        return 1.0 if b == c else min(1.0, 2 * regularized_beta(0.5, n - k, k + 1))
    ways, term = 0, 1
    for i in range(k + 1):
        ways += term
        term = term * (n - i) // (i + 1)
    return min(1.0, 2 * ways / (1 << n))


def paired_difference(first: Totals, second: Totals, level: float = 0.95) -> Difference | None:
    """The difference of two rates, or mean credits, over the same clusters, with its cluster-robust standard error.

    Each cluster adds u_g = e_1g / N_1 - e_2g / N_2 to the error, where e = y_g - θ n_g are the residuals of
    the two, so that what moves both is cancelled; SE² = Σ u_g² with the corrections of
    :func:`~grader.analysis.stats.clusters.mean_of`. Where both have the same answers to give this is the
    standard error of the mean of the paired differences (Miller, section 4.2); where the numbers of
    answers differ, as of conditional rates, it is its linearization.

    Args:
        first, second: totals by cluster, of flags or credits; pass the clusters that both were asked. A cluster that
            one of them lacks counts as one without answers.
        level: confidence level.

    Returns:
        None where one of the two has no answers. There is no interval with fewer than two clusters, nor
        where the standard error is 0. An interval is cut off at -1 and 1.
    """
    check_rates(first)
    check_rates(second)
    n1, n2 = (sum(k for _, k in side.values()) for side in (first, second))
    if not (n1 and n2):
        return None
    m1, m2 = math.fsum(y for y, _ in first.values()) / n1, math.fsum(y for y, _ in second.values()) / n2
    squares, weights = [], []
    for cluster in {**first, **second}:
        y1, k1 = first.get(cluster, (0, 0))
        y2, k2 = second.get(cluster, (0, 0))
        if not (k1 or k2):
            continue
        weights.append(k1 * n2 + k2 * n1)
        share = weights[-1] / (2 * n1 * n2)
        if share < 1:  # otherwise it is the only cluster
            squares.append(((y1 - m1 * k1) / n1 - (y2 - m2 * k2) / n2) ** 2 / (1 - share))
    value = m1 - m2
    if len(weights) < 2:
        return Difference(value, m1, m2, len(weights), None, None, None, ONE_CLUSTER)
    se, df = root_and_df(squares, weights)
    if se <= ROUNDING * max(abs(y / k) for side in (first, second) for y, k in side.values() if k):
        why = "the difference is the same in every problem, so that its error cannot be estimated"
        return Difference(value, m1, m2, len(weights), 0.0, df, None, why)
    half = t_quantile((1 + level) / 2, df) * se
    interval = Interval(value - half, value + half, level).within(-1, 1)
    return Difference(value, m1, m2, len(weights), se, df, interval)


def cluster_permutation(first: Totals, second: Totals) -> SignFlip | None:
    """Two-sided test that two means over the same clusters are equal, by swapping the two in whole clusters.

    Where both have as many answers in every cluster, swapping changes the sign of the cluster's difference
    y_1g - y_2g, and the test is exact (see :func:`~grader.analysis.stats.permutation.sign_flip`); with one
    answer a cluster it is McNemar's. Where the numbers differ, as of conditional rates, the signs of the
    scores (y_1g - θ n_1g) / N_1 - (y_2g - θ n_2g) / N_2 are flipped, with θ the mean of both together. They sum to
    the difference of the two means, too; the test then keeps its level for many clusters and not exactly
    for few (Kline and Santos 2012, J. Econometric Methods 1: the wild score bootstrap).

    Args:
        first, second: totals by cluster, of the clusters that both were asked.

    Returns:
        None where one of the two has no answers.
    """
    clusters = list({**first, **second})
    pairs = [(*first.get(cluster, (0, 0)), *second.get(cluster, (0, 0))) for cluster in clusters]
    n1, n2 = sum(k1 for _, k1, _, _ in pairs), sum(k2 for _, _, _, k2 in pairs)
    if not (n1 and n2):
        return None
    if all(k1 == k2 for _, k1, _, k2 in pairs):
        return sign_flip([Fraction(y1) - Fraction(y2) for y1, _, y2, _ in pairs])
    theta = math.fsum(y1 + y2 for y1, _, y2, _ in pairs) / (n1 + n2)
    return sign_flip([(y1 - theta * k1) / n1 - (y2 - theta * k2) / n2 for y1, k1, y2, k2 in pairs])
