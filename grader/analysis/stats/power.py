"""What a comparison could have found: the minimum detectable effect, and the problems that a smaller one needs."""

from __future__ import annotations

import math

from grader.analysis.stats.distributions import t_quantile


def unpaired_se(first: float, second: float) -> float:
    """The standard error of the difference of two independent means, from their standard errors."""
    return math.hypot(first, second)


def minimum_detectable_effect(se: float, alpha: float = 0.05, power: float = 0.8, df: float = math.inf) -> float:
    """The true difference that a two-sided test at level ``alpha`` finds with probability ``power``.

    (z_{1-α/2} + z_{power}) · SE: Miller (arXiv 2411.00640), section 5; with t in place of z for few clusters,
    Bloom 1995 (Evaluation Review 19). A difference that was not found and is below it was hardly looked for.

    Args:
        se: standard error of the difference: of a paired comparison that of
            :func:`~grader.analysis.stats.paired.paired_difference`, of two separate models :func:`unpaired_se`.
        alpha: level of the test.
        power: probability of finding it, above ``alpha``.
        df: degrees of freedom of ``se``.
    """
    if not (se >= 0 and math.isfinite(se)):
        raise ValueError(f"a standard error is finite and not negative, got {se}")
    if not 0 < alpha < power < 1:
        raise ValueError(f"0 < alpha < power < 1 is needed, got alpha={alpha}, power={power}")
    return (t_quantile(1 - alpha / 2, df) + t_quantile(power, df)) * se


def clusters_needed(effect: float, se: float, clusters: int, alpha: float = 0.05, power: float = 0.8) -> int:
    """How many problems like those seen a comparison needs to find a difference.

    The squared standard error falls as 1/G, so G problems with SE become G · (MDE / effect)², rounded up
    (Miller, section 5). It holds for as many answers a problem as were seen.

    Args:
        effect: the true difference to be found, not 0.
        se: standard error of the difference seen.
        clusters: number of problems from which it comes.
        alpha, power: as in :func:`minimum_detectable_effect`.

    Returns:
        the number of problems, at least 2.
    """
    if not effect or clusters < 1:
        raise ValueError(f"a difference to be found is not 0 and needs problems, got {effect} and {clusters}")
    ratio = minimum_detectable_effect(se, alpha, power) / effect
    return max(2, math.ceil(clusters * ratio * ratio * (1 - 1e-12)))
