"""Means and rates of clustered answers: known special cases, bounds, and what is not said."""

from __future__ import annotations

import math
from collections.abc import Hashable
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from stats_laws import law

from grader.analysis.stats import clustered, clustered_rate, mean_of, rate_of, totals, wilson
from grader.analysis.stats.clusters import degrees_of_freedom, root_and_df

pairs = st.integers(1, 12).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
tables = st.lists(pairs, min_size=2, max_size=12).map(lambda found: dict(enumerate(found)))


def loops(sums: dict[Hashable, tuple[int, int]]) -> float:
    """The squared CR2 standard error as its definition has it: matrices, for the regression on a constant."""
    sizes = [k for _, k in sums.values()]
    y = np.array([1.0 if i < right else 0.0 for right, k in sums.values() for i in range(k)])
    labels = np.repeat(np.arange(len(sizes)), sizes)
    x = np.ones((len(y), 1))
    bread = np.linalg.inv(x.T @ x)
    residual = y - (x @ bread @ x.T) @ y
    meat = 0.0
    for g in range(len(sizes)):
        xg, eg = x[labels == g], residual[labels == g]
        values, vectors = np.linalg.eigh(np.eye(len(eg)) - xg @ bread @ xg.T)
        root = vectors @ np.diag([v**-0.5 if v > 1e-10 else 0 for v in values]) @ vectors.T
        meat += (xg.T @ root @ eg).item() ** 2
    return (bread * meat * bread).item()


@law
@given(tables)
def test_the_standard_error_is_that_of_bell_and_mccaffrey(sums: dict[Hashable, tuple[int, int]]) -> None:
    found = rate_of(sums)
    assert found is not None
    assert found.se is not None
    assert found.se**2 == pytest.approx(loops(sums), abs=1e-12)


@law
@given(st.lists(st.integers(1, 9), min_size=2, max_size=10))
def test_the_degrees_of_freedom_are_those_of_bell_and_mccaffrey(sizes: list[int]) -> None:
    """(tr Ω)² / tr Ω² for the covariance Ω of the clusters' parts under independent answers of equal variance."""
    n = sum(sizes)
    k = np.array(sizes, dtype=float)
    omega = (np.diag(k) - np.outer(k, k) / n) / np.sqrt(np.outer(1 - k / n, 1 - k / n))
    assert degrees_of_freedom(sizes) == pytest.approx(np.trace(omega) ** 2 / np.trace(omega @ omega))
    assert 1 <= degrees_of_freedom(sizes) <= len(sizes) - 1 + 1e-9


@law
@given(st.lists(st.integers(-50, 50), min_size=2, max_size=30).filter(lambda found: len(set(found)) > 1))
def test_one_answer_a_problem_gives_the_textbook_standard_error(values: list[int]) -> None:
    """s / √n, and the t interval of SciPy where the degrees of freedom are n - 1."""
    found = clustered(values, range(len(values)))
    assert found is not None
    assert found.se == pytest.approx(stats.sem(values))
    assert found.df is not None
    assert found.df <= len(values) - 1 + 1e-9
    theirs = stats.t.interval(0.95, found.df, np.mean(values), stats.sem(values))
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx(theirs)


@law
@given(st.lists(st.booleans(), min_size=2, max_size=40))
def test_one_answer_a_problem_has_wilsons_own_interval(flags: list[bool]) -> None:
    """They are independent, so that no design effect has to be estimated."""
    found = clustered_rate(flags, range(len(flags)))
    assert found is not None
    assert found.interval == wilson(sum(flags), len(flags))
    assert (found.design_effect, found.effective) == (1, len(flags))


@pytest.mark.parametrize("size", [4, 6, 10])
def test_copies_of_answers_tell_no_more_than_they(size: int) -> None:
    """Answers that are all alike within their problem: the design effect is their number, but for G / (G - 1)."""
    flags = [i % 3 == 0 for i in range(12)]
    two, many = (
        clustered_rate([f for f in flags for _ in range(n)], [i for i in range(12) for _ in range(n)])
        for n in (2, size)
    )
    assert two is not None
    assert many is not None
    assert many.se == pytest.approx(two.se)
    assert many.design_effect == pytest.approx(size * 12 / 11)
    assert many.effective == pytest.approx(two.effective) == pytest.approx(12)
    assert two.interval is not None
    assert many.interval is not None
    assert many.interval.low == pytest.approx(two.interval.low)


def test_the_example_of_simple_random_cluster_sampling() -> None:
    """Five clusters of four with 4, 1, 2, 3, 0 right: p = 1/2, s² of the cluster rates 5/32, SE = √(5/32 / 5)."""
    found = rate_of(dict(enumerate([(4, 4), (1, 4), (2, 4), (3, 4), (0, 4)])))
    assert found is not None
    assert (found.mean, found.n, found.clusters) == (0.5, 20, 5)
    assert found.se == pytest.approx(math.sqrt(5 / 32 / 5))
    assert found.design_effect == pytest.approx((1 / 32) / (0.25 / 20))
    assert found.effective == pytest.approx(8)
    assert found.df == pytest.approx(4)


@law
@given(tables)
def test_a_rate_has_an_interval_that_holds_it_and_keeps_its_bounds(sums: dict[Hashable, tuple[int, int]]) -> None:
    found = rate_of(sums)
    assert found is not None
    assert found.interval is not None
    assert not found.why
    assert 0 <= found.interval.low <= found.mean <= found.interval.high <= 1
    assert found.interval.width > 0
    assert found.effective is not None
    assert 0 < found.effective <= found.n
    assert found.df is not None
    assert found.df == math.inf if found.n == found.clusters else 1 <= found.df <= found.clusters - 1 + 1e-9


@law
@given(tables)
def test_it_is_never_narrower_than_for_independent_answers(sums: dict[Hashable, tuple[int, int]]) -> None:
    found = rate_of(sums)
    assert found is not None
    plain = wilson(sum(y for y, _ in sums.values()), found.n)
    assert plain is not None
    assert found.interval is not None
    assert found.interval.width >= plain.width - 1e-12


@law
@given(tables, st.randoms(use_true_random=False))
def test_names_and_order_of_problems_do_not_matter(sums: dict[Hashable, tuple[int, int]], rng: Random) -> None:
    again = {f"problem {k}": v for k, v in sorted(sums.items(), key=lambda _: rng.random())}
    one, other = rate_of(sums), rate_of({**again, "nobody was asked": (0, 0)})
    assert one is not None
    assert other is not None
    assert (one.mean, one.se, one.df) == pytest.approx((other.mean, other.se, other.df))
    assert one.clusters == other.clusters


@law
@given(tables)
def test_the_rate_of_the_others_mirrors_it(sums: dict[Hashable, tuple[int, int]]) -> None:
    one, other = rate_of(sums), rate_of({name: (k - y, k) for name, (y, k) in sums.items()})
    assert one is not None
    assert other is not None
    assert one.interval is not None
    assert other.interval is not None
    assert one.se == pytest.approx(other.se, abs=1e-12)
    assert (one.interval.low, one.interval.high) == pytest.approx((1 - other.interval.high, 1 - other.interval.low))


@pytest.mark.parametrize("right", [True, False])
def test_where_all_are_alike_each_problem_counts_once(right: bool) -> None:
    """Nothing shows whether answers to a problem are alike, so the worst is assumed; of 1, 1 and 4 it is 6² / 18."""
    found = clustered_rate([right] * 6, [0, 1, 2, 2, 2, 2])
    assert found is not None
    assert found.design_effect is None
    assert found.effective == pytest.approx(2)
    assert found.interval is not None
    assert found.interval.high - found.interval.low > 0.5


def test_few_problems_that_hold_all_that_is_wrong_leave_few_degrees_of_freedom() -> None:
    """Of 200 problems one or all hold what is wrong: how it clusters is known badly, and well."""
    assert root_and_df([3.0, *[0.01] * 199], [5] * 200)[1] < 6
    assert root_and_df([3.0, *[0.0] * 199], [5] * 200)[1] == pytest.approx(2, rel=0.01)
    assert root_and_df([3.0] * 200, [5] * 200)[1] == pytest.approx(199)


@law
@given(st.lists(st.integers(0, 5), min_size=2, max_size=20))
def test_it_is_never_wider_than_if_all_answers_to_a_problem_were_one(rights: list[int]) -> None:
    """For problems with as many answers each, between which nothing can vary more."""
    found = rate_of({i: (y, 5) for i, y in enumerate(rights)})
    bound = wilson(sum(rights), 5 * len(rights), effective=len(rights), df=len(rights) - 1)
    assert found is not None
    assert found.interval is not None
    assert bound is not None
    assert found.interval.width <= bound.width + 1e-12


@law
@given(tables)
def test_the_interval_is_wilsons_for_what_the_estimate_says(sums: dict[Hashable, tuple[int, int]]) -> None:
    """Effective size and degrees of freedom are those of the interval that was given."""
    found = rate_of(sums)
    assert found is not None
    assert found.df is not None
    again = wilson(sum(y for y, _ in sums.values()), found.n, effective=found.effective, df=found.df)
    assert again == found.interval


def test_equal_squares_have_all_degrees_of_freedom() -> None:
    assert root_and_df([4.0] * 4, [1] * 4) == (4.0, pytest.approx(3))
    assert root_and_df([0.0] * 4, [1] * 4) == (0.0, pytest.approx(3))


def test_one_problem_has_no_interval_and_says_why() -> None:
    found = clustered_rate([True, False, True], "aaa")
    assert found is not None
    assert (found.interval, found.se, found.df, found.effective) == (None, None, None, None)
    assert "one problem" in found.why
    assert found.mean == pytest.approx(2 / 3)


@pytest.mark.parametrize("value", [0.1, 1 / 3, 0.0, 7.25])
def test_a_mean_that_is_the_same_in_every_problem_has_no_interval_and_says_why(value: float) -> None:
    found = clustered([value] * 21, [i % 5 for i in range(21)])
    assert found is not None
    assert found.interval is None
    assert found.se == 0
    assert "same in every problem" in found.why


def test_of_nothing_there_is_none() -> None:
    assert clustered([], []) is None
    assert rate_of({}) is None
    assert mean_of({"a": (0, 0)}) is None


@pytest.mark.parametrize("pair", [(3, 2), (-1, 2), (1, 0), (math.nan, 2)])
def test_a_sum_that_is_no_rate_is_refused(pair: tuple[float, int]) -> None:
    with pytest.raises(ValueError, match="cluster 'a'"):
        rate_of({"a": pair})


def test_every_value_has_a_cluster() -> None:
    with pytest.raises(ValueError, match="zip"):
        totals([1, 2, 3], "ab")


def test_credits_have_wilsons_interval_too() -> None:
    """Credits of 1/2 vary less than flags with the same mean, and the effective size stays that of flags."""
    found = rate_of({0: (2.5, 5), 1: (2.0, 5), 2: (3.0, 5)})
    assert found is not None
    assert found.mean == pytest.approx(0.5)
    assert found.effective == pytest.approx(15)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """500 simulated runs of 20 problems with five answers each, ICC 0.3, rate 0.8, within Monte Carlo error."""
    rng = np.random.default_rng(20)
    spread = 0.7 / 0.3
    rights = rng.binomial(5, rng.beta(0.8 * spread, 0.2 * spread, (500, 20)))
    held = plain = 0
    for row in rights.tolist():
        found, naive = rate_of({i: (y, 5) for i, y in enumerate(row)}), wilson(sum(row), 100)
        assert found is not None
        assert found.interval is not None
        assert naive is not None
        held += 0.8 in found.interval
        plain += 0.8 in naive
    assert 0.92 <= held / 500 <= 0.99
    assert plain / 500 < 0.88
