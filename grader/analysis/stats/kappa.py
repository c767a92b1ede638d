"""Agreement of two raters beyond chance, such as the machine and an annotator."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from grader.analysis.stats.clusters import ONE_CLUSTER, ROUNDING, root_and_df
from grader.analysis.stats.distributions import t_quantile
from grader.analysis.stats.intervals import Interval


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa and what it is made of.

    Args:
        n: number of answers that both rated.
        agreed: number of those to which both gave the same category.
        expected: agreement expected by chance, from the shares of the categories of each rater.
        prevalence: share of each category, as the mean of both raters; kappa is low where one of them is
            near 1, however much the two agree.
        value: (observed - expected) / (1 - expected); None where it is not defined.
        se: its standard error; None where it is not defined.
        interval: None where nothing honest can be said; then ``why`` says why.
        why: no value, or no interval, for this reason; "" where there are both.
    """

    n: int
    agreed: int
    expected: float
    prevalence: Mapping[Hashable, float]
    value: float | None
    se: float | None
    interval: Interval | None
    why: str = ""

    @property
    def observed(self) -> float:
        """The share of answers on which both agree."""
        return self.agreed / self.n


def cohen_kappa(table: Mapping[tuple[Hashable, Hashable], int], level: float = 0.95) -> Kappa | None:
    """Cohen's kappa of independent ratings.

    Sources: Cohen 1960 (Educational and Psychological Measurement 20); the large-sample standard error of
    Fleiss, Cohen and Everitt 1969 (Psychological Bulletin 72).

    Args:
        table: how many answers got the first category from the one rater and the second from the other.
        level: confidence level.

    Returns:
        None where nobody rated anything. Kappa is undefined where both raters use the same one category
        throughout; it has no interval where the standard error would be 0, as where they agree on everything.
    """
    if any(count < 0 for count in table.values()):
        raise ValueError("numbers of answers are not negative")
    return _kappa(table, None, level)


def clustered_kappa(
    pairs: Iterable[tuple[Hashable, Hashable]], clusters: Iterable[Hashable], level: float = 0.95
) -> Kappa | None:
    """Cohen's kappa of clustered ratings.

    The value is that of :func:`cohen_kappa`. The standard error adds up the influences of all answers of a
    cluster before they are squared, with the corrections of :func:`~grader.analysis.stats.clusters.mean_of`; with
    one answer a cluster it is that of Fleiss, Cohen and Everitt times √(G / (G - 1)).

    Args:
        pairs: the two categories of each answer.
        clusters: the cluster of each answer, as many as pairs.
        level: confidence level.
    """
    table: dict[tuple[Hashable, Hashable], int] = {}
    groups: dict[Hashable, dict[tuple[Hashable, Hashable], int]] = {}
    for pair, cluster in zip(pairs, clusters, strict=True):
        table[pair] = table.get(pair, 0) + 1
        group = groups.setdefault(cluster, {})
        group[pair] = group.get(pair, 0) + 1
    return _kappa(table, list(groups.values()), level)


def _kappa(
    table: Mapping[tuple[Hashable, Hashable], int],
    groups: list[dict[tuple[Hashable, Hashable], int]] | None,
    level: float,
) -> Kappa | None:
    n = sum(table.values())
    if not n:
        return None
    first: dict[Hashable, int] = {}
    second: dict[Hashable, int] = {}
    for (one, other), count in table.items():
        if not count:
            continue
        first[one] = first.get(one, 0) + count
        second[other] = second.get(other, 0) + count
    categories = list({**first, **second})
    prevalence = {name: (first.get(name, 0) + second.get(name, 0)) / (2 * n) for name in categories}
    agreed = sum(count for (one, other), count in table.items() if one == other)
    by_chance = sum(first.get(name, 0) * second.get(name, 0) for name in categories)
    expected = by_chance / n**2
    if by_chance == n * n:
        why = f"both gave every answer the same category, {categories[0]}, so that no chance agreement is told from it"
        return Kappa(n, agreed, expected, prevalence, None, None, None, why)
    value = (agreed * n - by_chance) / (n * n - by_chance)

    def influence(one: Hashable, other: Hashable) -> float:
        """By how much an answer with these categories moves kappa, times the number of answers."""
        chance = (first.get(other, 0) + second.get(one, 0)) / n - 2 * expected
        return ((one == other) - agreed / n - (1 - value) * chance) / (1 - expected)

    moves = {pair: influence(*pair) / n for pair, count in table.items() if count}
    if groups is None:
        se, df = math.sqrt(math.fsum(count * moves[pair] ** 2 for pair, count in table.items() if count)), math.inf
    elif len(groups) < 2:
        return Kappa(n, agreed, expected, prevalence, value, None, None, ONE_CLUSTER)
    else:
        sizes = [sum(group.values()) for group in groups]
        sums = [math.fsum(count * moves[pair] for pair, count in group.items()) for group in groups]
        se, df = root_and_df([x * x / (1 - size / n) for x, size in zip(sums, sizes, strict=True)], sizes)
    if se <= ROUNDING:
        return Kappa(n, agreed, expected, prevalence, value, None, None, _why_no_error(first, second, agreed == n))
    half = t_quantile((1 + level) / 2, df) * se
    return Kappa(n, agreed, expected, prevalence, value, se, Interval(value - half, value + half, level).within(-1, 1))


def _why_no_error(first: Mapping[Hashable, int], second: Mapping[Hashable, int], agree: bool) -> str:
    """Why the standard error comes out as 0."""
    if agree:
        return "the two agree on everything, so that the error cannot be estimated"
    if 1 in (len(first), len(second)):
        return "one of the two gave every answer the same category, and kappa is 0 whatever the other says"
    return "no answer moves kappa, so that its error cannot be estimated"
