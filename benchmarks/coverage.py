"""How often the intervals hold the truth and the tests reject it, on answers simulated with a known truth.

``python -m benchmarks.coverage`` prints the tables of ``docs/statistics.md``. Answers to one problem are alike:
each problem draws its own rate from a beta distribution whose mean is the truth and whose spread is the
intra-cluster correlation. What is measured is the code that ``grade`` uses. The seed is fixed.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import table
from grader.analysis.stats import (
    Interval,
    cluster_permutation,
    clustered_kappa,
    mcnemar_exact,
    mean_of,
    paired_difference,
    product_limit,
    rate_of,
    wilson,
)

RUNS = 1_000
LEVEL = 0.95
CLUSTERS = (2, 3, 5, 10, 20, 50, 200)
RATES = (0.5, 0.9, 0.98)
CORRELATIONS = (0.0, 0.1, 0.3, 0.7)
TYPICAL = 0.3
KINDS = ("equal", "unequal", "more where hard")
HARD = 0.3  # of the problems, where there are more answers to hard ones
Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Sums = dict[int, tuple[float, int]]
GIVEN = "**as `grade` gives it**"


@dataclass(frozen=True)
class Covered:
    """What one interval did over many runs: shares of the runs.

    Args:
        held: the interval was given and held the truth.
        given: it was given.
        width: mean width of those given.
    """

    held: float
    given: float
    width: float


def sizes_of(clusters: int, kind: str, hard: NDArray[np.bool_]) -> Whole:
    """Numbers of answers of the problems, for each run and problem.

    Args:
        clusters: number of problems.
        kind: five each; or from 1 to 30 with a mean near five, the same in every run; or two, nine where it is hard.
        hard: which problems are hard, for each run and problem.
    """
    if kind == "equal":
        return np.full(hard.shape, 5)
    if kind == "unequal":
        # Quantiles of a geometric distribution: most problems have few answers, some have many.
        shares = (np.arange(clusters) + 0.5) / clusters
        return np.broadcast_to(np.minimum(30, 1 + (np.log(1 - shares) / math.log(0.8)).astype(int)), hard.shape)
    return np.where(hard, 9, 2)


def easy_and_hard(kind: str, rate: float) -> tuple[float, float]:
    """The mean rates of easy and of hard problems, of which only the last kind makes a difference."""
    return (1 - (1 - rate) / 3, max(0.05, 1 - 3 * (1 - rate))) if kind == "more where hard" else (rate, rate)


def truth_of(kind: str, rate: float) -> float:
    """The rate of all answers in the long run."""
    easy, hard = easy_and_hard(kind, rate)
    weights = (2 * (1 - HARD), 9 * HARD)
    return (weights[0] * easy + weights[1] * hard) / sum(weights)


def generator(*setting: object) -> np.random.Generator:
    """Random numbers of a setting, the same in every run of the program and whatever else is measured."""
    return np.random.default_rng(zlib.crc32(repr(setting).encode()))


def rates_of_problems(rng: np.random.Generator, rate: float | Real, correlation: float, shape: tuple[int, int]) -> Real:
    """A rate for each run and problem, with the mean ``rate``."""
    if not correlation:
        return np.broadcast_to(rate, shape)
    spread = (1 - correlation) / correlation
    return rng.beta(rate * spread, (1 - rate) * spread, shape)


def runs(clusters: int, kind: str, rate: float, correlation: float) -> Iterator[Sums]:
    """Totals by problem for each run."""
    rng = generator(clusters, kind, rate, correlation)
    hard = rng.random((RUNS, clusters)) < HARD
    sizes = sizes_of(clusters, kind, hard)
    easy_rate, hard_rate = easy_and_hard(kind, rate)
    means = np.where(hard, hard_rate, easy_rate)
    rights = rng.binomial(sizes, rates_of_problems(rng, means, correlation, hard.shape))
    for y, k in zip(rights.tolist(), sizes.tolist(), strict=True):
        yield dict(enumerate(zip(y, k, strict=True)))


def intervals_of(sums: Sums) -> dict[str, Interval | None]:
    """Four intervals of one rate; the last one is none where all problems have the same rate."""
    found, mean = rate_of(sums, LEVEL), mean_of(sums, LEVEL)
    assert found is not None
    assert mean is not None
    count = sum(y for y, _ in sums.values())
    effective = found.n / max(1, found.design_effect) if found.design_effect is not None else found.effective
    return {
        "Wilson, answers independent": wilson(count, found.n, LEVEL),
        "Wilson, effective n, z": wilson(count, found.n, LEVEL, effective),
        GIVEN: found.interval,
        "mean ± t·SE": mean.interval,
    }


def covered(truth: float, intervals: list[Interval | None]) -> Covered:
    """The shares of the runs."""
    given = [i for i in intervals if i is not None]
    held = sum(i.low - 1e-12 <= truth <= i.high + 1e-12 for i in given)
    width = sum(i.width for i in given) / len(given) if given else math.nan
    return Covered(held / len(intervals), len(given) / len(intervals), width)


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{100 * share:.1f}"


def coverage_of_rates() -> str:
    """The tables of intervals of a rate."""
    summary, detail, methods = [], [], list[str]()
    for kind in KINDS:
        for clusters in CLUSTERS:
            found: dict[str, list[Covered]] = {}
            for rate in RATES:
                for correlation in CORRELATIONS:
                    each = [intervals_of(sums) for sums in runs(clusters, kind, rate, correlation)]
                    methods = list(each[0])
                    for name in methods:
                        found.setdefault(name, []).append(covered(truth_of(kind, rate), [one[name] for one in each]))
                line = found[GIVEN][-len(CORRELATIONS) :]
                width = line[CORRELATIONS.index(TYPICAL)].width
                detail.append([clusters, kind, rate, *(percent(c.held) for c in line), f"{width:.3f}"])
            held = [[c.held for c in found[name]] for name in methods]
            summary.append([clusters, kind, *(f"{percent(min(h))}, {percent(sum(h) / len(h))}" for h in held)])
    each_one = [*(f"ICC {c:g}" for c in CORRELATIONS), f"width at ICC {TYPICAL:g}"]
    return "\n".join(
        (
            f"Coverage of 95 % intervals of a rate, %: the lowest and the mean over rates of {RATES} and",
            f"intra-cluster correlations (ICC) of {CORRELATIONS}. An interval that is not given counts as a failure.\n",
            table(["problems", "answers a problem", *methods], summary),
            "\nThe interval that `grade` gives, one by one: coverage, %, and mean width.\n",
            table(["problems", "answers a problem", "rate", *each_one], detail),
        )
    )


# ---------------------------------------------------------------- two models


@dataclass(frozen=True)
class Pair:
    """Two models on the same problems, five answers each; a latent normal variable below a threshold is a right answer.

    Args:
        rates: the true rates of the two.
        correlation: of two answers of a model to one problem, in the latent variable; half of it is common to both.
        conditional: only some of the answers count, 90 % of the one model's and 50 % of the other's, as those that were
            right before the hint.
    """

    clusters: int
    rates: tuple[float, float]
    correlation: float
    conditional: bool


def pairs(pair: Pair) -> Iterator[tuple[Sums, Sums]]:
    """Totals of both models for each run."""
    rng = generator(pair)
    shape = (RUNS, pair.clusters, 5)
    common, correlation = rng.standard_normal(shape[:2]), pair.correlation
    found = []
    for rate, share in zip(pair.rates, (0.9, 0.5), strict=True):
        problem = math.sqrt(0.5) * common + math.sqrt(0.5) * rng.standard_normal(shape[:2])
        latent = math.sqrt(correlation) * problem[..., None] + math.sqrt(1 - correlation) * rng.standard_normal(shape)
        counted = rng.random(shape) < (share if pair.conditional else 1)
        rights = (latent < NormalDist().inv_cdf(rate)) & counted
        found.append([rights.sum(axis=2).tolist(), counted.sum(axis=2).tolist()])
    for y1, k1, y2, k2 in zip(*found[0], *found[1], strict=True):
        yield dict(enumerate(zip(y1, k1, strict=True))), dict(enumerate(zip(y2, k2, strict=True)))


def mcnemar_of_all(first: Sums, second: Sums) -> bool:
    """Whether McNemar's test rejects if answers are taken for independent; those to a problem are matched at best."""
    cells = [(y1, y2, min(y1, y2)) for (y1, _), (y2, _) in zip(first.values(), second.values(), strict=True)]
    b, c = (int(sum(cell[side] - cell[2] for cell in cells)) for side in (0, 1))
    return mcnemar_exact(b, c) <= 1 - LEVEL


def comparison(pair: Pair) -> list[str]:
    """A row of the table: how often each test rejects at 5 %, and the coverage of the interval of the difference."""
    swapped = by_t = by_mcnemar = 0
    intervals = []
    for first, second in pairs(pair):
        test, difference = cluster_permutation(first, second), paired_difference(first, second, LEVEL)
        intervals.append(difference and difference.interval)
        swapped += test is not None and test.p_value <= 1 - LEVEL
        by_t += intervals[-1] is not None and 0 not in intervals[-1]
        by_mcnemar += not pair.conditional and mcnemar_of_all(first, second)
    shares = [percent(number / RUNS) for number in (swapped, by_t, by_mcnemar)]
    if pair.conditional:
        shares[2] = ""
    held = percent(covered(pair.rates[0] - pair.rates[1], intervals).held)
    numbers = "differ" if pair.conditional else "5 each"
    return [f"{pair.clusters}", numbers, "{:g}, {:g}".format(*pair.rates), *shares, held]


def comparisons() -> str:
    """The table of tests of two models."""
    settings = [
        Pair(clusters, rates, 0.5, conditional)
        for conditional in (False, True)
        for rates in ((0.7, 0.7), (0.95, 0.95), (0.7, 0.5))
        for clusters in (5, 10, 20, 50)
    ]
    header = ["problems", "answers", "true rates", "swap test", "t", "McNemar on all answers", "coverage"]
    return (
        "How often a test at 5 % finds a difference of two models, and coverage of its interval, %; ICC 0.5.\n\n"
        + table(header, [comparison(setting) for setting in settings])
    )


# ---------------------------------------------------------------- agreement and survival


def coverage_of_kappa() -> str:
    """The table of intervals of kappa: two raters who copy a common answer or rate at random."""
    rows = []
    for clusters in (10, 30, 100):
        for prevalence in (0.5, 0.9):
            rng = generator("kappa", clusters, prevalence)
            intervals = []
            copied = 0.7  # with this probability the second rater says what the first says; then this is kappa
            for _ in range(RUNS):
                first = rng.random((clusters, 5)) < rates_of_problems(rng, prevalence, 0.3, (clusters, 1))
                copies = rng.random(first.shape) < rates_of_problems(rng, copied, 0.3, (clusters, 1))
                second = np.where(copies, first, rng.random(first.shape) < prevalence)
                pairs = zip(first.ravel().tolist(), second.ravel().tolist(), strict=True)
                found = clustered_kappa(pairs, (i // 5 for i in range(first.size)), LEVEL)
                intervals.append(found and found.interval)
            result = covered(copied, intervals)
            rows.append([clusters, prevalence, percent(result.held), percent(result.given), f"{result.width:.3f}"])
    return (
        "Coverage of the interval of Cohen's kappa, %; its true value is 0.7, five answers a problem, ICC 0.3.\n\n"
        + table(["problems", "share of right answers", "coverage", "given", "width"], rows)
    )


def coverage_of_survival() -> str:
    """The table of intervals of the share not yet right after three turns."""
    rows = []
    for clusters in (5, 20, 100):
        for correlation in (0.0, 0.3):
            rng = generator("survival", clusters, correlation)
            found: dict[str, list[Interval | None]] = {"independent": [], "clustered": []}
            for _ in range(RUNS):
                # Geometric times at a rate of the problem's own; a dialogue stops after any turn with the same chance.
                each = rates_of_problems(rng, 0.3, correlation, (clusters, 1))
                right = rng.geometric(np.clip(np.broadcast_to(each, (clusters, 5)), 1e-9, 1)).ravel()
                stop = rng.integers(1, 7, right.size)
                times, observed = np.minimum(right, stop).tolist(), (right <= stop).tolist()
                for name, groups in (("independent", None), ("clustered", [i // 5 for i in range(right.size)])):
                    steps = product_limit(times, observed, groups, LEVEL).steps
                    before = [step for step in steps if step.time <= 3]
                    found[name].append(before[-1].interval if before else None)
            truth = not_right_after(3, correlation)
            rows.append([clusters, f"{correlation:g}", *(percent(covered(truth, i).held) for i in found.values())])
    return (
        "Coverage of the interval of the share not right after three turns, %; five dialogues a problem.\n\n"
        + table(["problems", "ICC", "Greenwood", "clustered by problem"], rows)
    )


def not_right_after(turns: int, correlation: float) -> float:
    """E[(1 - p)^turns] for the beta distribution of p with mean 0.3."""
    if not correlation:
        return 0.7**turns
    spread = (1 - correlation) / correlation
    return math.prod((0.7 * spread + i) / (spread + i) for i in range(turns))


def main() -> None:
    """Print the tables."""
    error = math.sqrt(LEVEL * (1 - LEVEL) / RUNS)
    print("## Coverage\n")
    for text in (coverage_of_rates(), comparisons(), coverage_of_kappa(), coverage_of_survival()):
        print(f"{text}\n")
    print(f"{RUNS:,} runs a row: the Monte Carlo standard error of a coverage of 95 % is {percent(error)} points.")


if __name__ == "__main__":
    main()
