"""How many turns it took to the first right answer, where some dialogues stopped before there was one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from grader.analysis.stats.distributions import t_quantile
from grader.analysis.stats.intervals import Interval


@dataclass(frozen=True, slots=True)
class Step:
    """The curve after one turn.

    Args:
        time: number of the turn.
        at_risk: dialogues that reached this turn without a right answer before.
        events: those of them whose first right answer came in it.
        censored: those of them that stopped after it without one.
        survival: estimated share that has no right answer up to and with this turn.
        se: its standard error.
        interval: of ``survival``; None where it is 0 or 1 and the error cannot be estimated.
    """

    time: float
    at_risk: int
    events: int
    censored: int
    survival: float
    se: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class ProductLimit:
    """The product-limit estimate.

    Args:
        n: number of dialogues.
        events: those with a right answer.
        steps: one for each turn in which something happened, in order.
        median: first turn by which half are estimated to have been right; None where the curve stays above
            one half.
    """

    n: int
    events: int
    steps: tuple[Step, ...]
    median: float | None

    def at(self, time: float) -> float:
        """The estimated share without a right answer up to and with ``time``."""
        before = [step.survival for step in self.steps if step.time <= time]
        return before[-1] if before else 1.0


def product_limit(
    times: Sequence[float],
    observed: Sequence[bool],
    clusters: Sequence[Hashable] | None = None,
    level: float = 0.95,
) -> ProductLimit:
    """The product-limit estimate of the time to the first right answer.

    S(t) = Π (1 - d/r) over the turns up to t with d first right answers among r still at risk. A dialogue
    that stopped after turn t was at risk in it. The variance is Greenwood's, S² Σ d / (r (r - d)), or with
    clusters its cluster-robust form (Ying and Wei 1994, J. Multivariate Analysis 50). Intervals are made for
    log(-log S), so that they stay between 0 and 1.

    It is right if dialogues stop for reasons that have nothing to do with when the answer would have come
    right. Stopping when the answer is right is the event and no censoring. Stopping at a fixed turn is
    harmless. Stopping early because the answers were bad (or because the annotator gave up) is not: those
    left are better than those gone, and the curve falls too fast. Say which policy there was.

    Sources: Kaplan and Meier 1958 (J. Amer. Stat. Assoc. 53); Greenwood 1926; Kalbfleisch and Prentice 1980.

    Args:
        times: number of turns of each dialogue up to its first right answer, or to where it stopped.
        observed: whether there was a right answer at that time; False where the dialogue just stopped.
        clusters: the problem of each dialogue; None for independent dialogues.
        level: confidence level.
    """
    if not len(times) == len(observed) == len(times if clusters is None else clusters):
        raise ValueError("times, observed and clusters have one entry for each dialogue")
    if not all(math.isfinite(time) and time > 0 for time in times):
        raise ValueError("times are positive numbers of turns")
    rights = Counter(time for time, right in zip(times, observed, strict=True) if right)
    stops = Counter(time for time, right in zip(times, observed, strict=True) if not right)
    groups = range(len(times)) if clusters is None else clusters
    members = Counter(zip(groups, times, observed, strict=True))
    at_risk, survival, hazard_sum, median = len(times), 1.0, 0.0, None
    steps: list[Step] = []
    # For each group the sum over its dialogues of ∫ dM / Y, the cumulated difference between rights seen and expected.
    risk: dict[Hashable, int] = dict(Counter(groups))
    moves: dict[Hashable, float] = dict.fromkeys(risk, 0.0)
    df, correction = math.inf, 1.0
    if clusters is not None and len(risk) > 1:
        df, correction = len(risk) - 1, len(risk) / (len(risk) - 1)
    z = t_quantile((1 + level) / 2, df)
    for time in sorted({*rights, *stops}):
        d, stopped = rights[time], stops[time]
        hazard = d / at_risk
        survival *= 1 - hazard
        if 0 < d < at_risk:
            hazard_sum += d / (at_risk * (at_risk - d))
            for group, still in risk.items():
                here = members[group, time, True] - still * hazard
                moves[group] += here / (at_risk * (1 - hazard))
        log_se = math.sqrt(hazard_sum if clusters is None else math.fsum(x * x for x in moves.values()) * correction)
        interval = None
        if 0 < survival < 1 and log_se:
            half = z * log_se / abs(math.log(survival))
            interval = Interval(survival ** math.exp(half), survival ** math.exp(-half), level)
        steps.append(Step(time, at_risk, d, stopped, survival, survival * log_se, interval))
        if median is None and survival <= 0.5:
            median = time
        at_risk -= d + stopped
        for group in risk:
            risk[group] -= members[group, time, True] + members[group, time, False]
    return ProductLimit(len(times), sum(rights.values()), tuple(steps), median)
