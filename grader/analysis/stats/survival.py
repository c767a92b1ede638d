"""How many turns it took to the first right answer, where some dialogues stopped before there was one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from grader.analysis.stats.clusters import ROUNDING, degrees_of_freedom, root_and_df
from grader.analysis.stats.distributions import t_quantile
from grader.analysis.stats.intervals import Interval, wilson


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
        interval: of ``survival``; None where all dialogues at risk are of one problem, or problems do not differ.
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
    clusters its cluster-robust form (Ying and Wei 1994, J. Multivariate Analysis 50) with the corrections of
    :func:`~grader.analysis.stats.clusters.mean_of`. Intervals are made for log(-log S), so that they stay between 0
    and 1; where S is still 1, or 0, they are Wilson's for those at risk.

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
    groups = range(len(times)) if clusters is None else clusters
    sizes = Counter(groups)
    independent = clusters is None or len(sizes) == len(times)
    members = Counter(zip(groups, times, observed, strict=True))
    rights = Counter(time for time, right in zip(times, observed, strict=True) if right)
    at_risk, survival, greenwood, median = len(times), 1.0, 0.0, None
    risk: dict[Hashable, int] = dict(sizes)
    # For each group the sum over its dialogues of ∫ dM / Y, the cumulated difference between rights seen and expected.
    moves: dict[Hashable, float] = dict.fromkeys(sizes, 0.0)
    steps: list[Step] = []
    for time in sorted(set(times)):
        d = rights[time]
        if 0 < d < at_risk:
            greenwood += d / (at_risk * (at_risk - d))
            for group, still in risk.items():
                moves[group] += (members[group, time, True] - still * d / at_risk) / (at_risk - d)
        if independent:
            log_se, df = math.sqrt(greenwood), math.inf
        else:
            log_se, df = _clustered(moves, sizes)
        survival *= 1 - d / at_risk
        if 0 < survival < 1:
            interval = _log_log(survival, log_se, df, level)
        else:
            before = steps[-1].interval if steps else None
            interval = _at_the_end(survival, list(risk.values()), independent, before, level)
        gone = {group: members[group, time, True] + members[group, time, False] for group in risk}
        stopped = sum(gone.values()) - d
        steps.append(Step(time, at_risk, d, stopped, survival, survival * log_se, interval))
        if median is None and survival <= 0.5:
            median = time
        at_risk -= d + stopped
        risk = {group: still - gone[group] for group, still in risk.items()}
    return ProductLimit(len(times), sum(rights.values()), tuple(steps), median)


def _clustered(moves: Mapping[Hashable, float], sizes: Mapping[Hashable, int]) -> tuple[float, float]:
    """The standard error of log S from what each cluster adds, and its degrees of freedom; 0 with one cluster."""
    if len(sizes) < 2:
        return 0.0, 1.0
    n = sum(sizes.values())
    return root_and_df([move**2 / (1 - sizes[group] / n) for group, move in moves.items()], list(sizes.values()))


def _log_log(survival: float, log_se: float, df: float, level: float) -> Interval | None:
    """The interval of log(-log S), turned back; None where there is no error."""
    if log_se <= ROUNDING:
        return None
    half = t_quantile((1 + level) / 2, df) * log_se / abs(math.log(survival))
    return Interval(survival ** math.exp(half), survival ** math.exp(-half), level)


def _at_the_end(
    survival: float, risk: Sequence[int], independent: bool, before: Interval | None, level: float
) -> Interval | None:
    """The interval of a curve that is still 1, or 0: Wilson's, of none among those at risk; each cluster counts once.

    Args:
        survival: 0 or 1.
        risk: dialogues at risk in each cluster.
        independent: every dialogue is a cluster of its own.
        before: the interval of the step before; what is left of it is at most its upper end.
        level: confidence level.
    """
    still = [size for size in risk if size]
    if not independent and len(still) < 2:
        return None
    n = sum(still)
    kish = n * n / sum(size * size for size in still)
    found = wilson(survival * n, n, level, kish, math.inf if independent else degrees_of_freedom(still))
    if found is None or survival == 1:
        return found
    return Interval(0, found.high * (before.high if before is not None else 1), level)
