"""The sign-flip test counts all patterns: as SciPy's, as a list of patterns, as a binomial test where it is one."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from stats_laws import law

from grader.analysis.stats import mcnemar_exact, permutation, sign_flip

whole = st.lists(st.integers(-6, 6), min_size=1, max_size=10)


def by_list(differences: list[int] | list[Fraction]) -> float:
    """The p-value by its definition, in exact arithmetic: 60 is a common denominator of all that is tried."""
    exact = [int(60 * d) for d in differences]
    patterns = [sum(pattern) for pattern in product(*((d, -d) for d in exact))]
    return sum(abs(total) >= abs(sum(exact)) for total in patterns) / len(patterns)


@law
@given(whole)
def test_whole_numbers_are_counted_exactly(differences: list[int]) -> None:
    found = sign_flip(differences)
    assert found.exact
    assert found.p_value == pytest.approx(by_list(differences), abs=1e-12)
    assert found.clusters == sum(d != 0 for d in differences)


@law
@given(st.lists(st.fractions(-3, 3, max_denominator=6), min_size=1, max_size=9))
def test_fractions_are_counted_exactly(differences: list[Fraction]) -> None:
    assert sign_flip(differences).p_value == pytest.approx(by_list(differences), abs=1e-12)


@law
@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=9))
def test_few_floats_are_listed(thousandths: list[int]) -> None:
    """Sums that are equal but for roundings count as equal, as 0.1 + 0.2 and 0.3."""
    found = sign_flip([t / 1000 for t in thousandths])
    assert found.exact
    assert found.p_value == pytest.approx(by_list(thousandths), abs=1e-12)


def test_it_is_the_permutation_test_of_scipy() -> None:
    rng = np.random.default_rng(4)
    for differences in rng.integers(-4, 6, (20, 9)):
        theirs = stats.permutation_test(
            (differences,), lambda x, axis: x.sum(axis=axis), permutation_type="samples", n_resamples=10_000
        )
        assert sign_flip(differences.tolist()).p_value == pytest.approx(theirs.pvalue)


def test_the_example_of_fisher() -> None:
    """Darwin's 15 pairs of maize, eighths of an inch: 863 of 16,384 one way (The Design of Experiments, section 21)."""
    differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    assert sign_flip(differences).p_value * 2**15 == pytest.approx(2 * 863)


@law
@given(st.integers(0, 60), st.integers(0, 60))
def test_of_ones_it_is_mcnemars_test(b: int, c: int) -> None:
    assert sign_flip([1] * b + [-1] * c).p_value == pytest.approx(mcnemar_exact(b, c), rel=1e-9)


def test_many_floats_come_out_as_drawn() -> None:
    """Beyond 16 clusters; compared with 20,000 random patterns, within five of their standard errors."""
    rng = np.random.default_rng(7)
    for clusters in (17, 25, 60):
        values = rng.normal(0.2, 1, clusters)
        drawn = float((np.abs(rng.choice((-1.0, 1.0), (20_000, clusters)) @ values) >= abs(values.sum())).mean())
        found = sign_flip(values.tolist())
        assert not found.exact
        assert found.p_value == pytest.approx(drawn, abs=5 * np.sqrt(drawn * (1 - drawn) / 20_000))


def test_rounding_moves_the_p_value_by_less_than_two_hundredths_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same whole numbers, counted and rounded; 18 to 200 clusters; p-values from 0.001."""
    rng = np.random.default_rng(11)
    compared = 0
    for clusters in (18, 50, 200):
        for shift in (0, 20, 60):
            differences = rng.integers(-100, 101 + shift, clusters).tolist()
            exact = sign_flip(differences)
            with monkeypatch.context() as patch:
                patch.setattr(permutation, "MOST_SUMS", 0)
                rounded = sign_flip(differences)
            assert exact.exact
            assert not rounded.exact
            if exact.p_value >= 0.001:
                compared += 1
                assert rounded.p_value == pytest.approx(exact.p_value, rel=0.02)
    assert compared >= 4


@law
@given(whole, st.sampled_from((-1, 3, Fraction(1, 7), -2)))
def test_scale_and_direction_do_not_matter(differences: list[int], factor: Fraction) -> None:
    assert sign_flip([d * factor for d in differences]).p_value == pytest.approx(sign_flip(differences).p_value)


@law
@given(whole, st.randoms(use_true_random=False))
def test_order_and_problems_without_a_difference_do_not_matter(differences: list[int], rng: Random) -> None:
    shuffled = [*differences, 0, 0]
    rng.shuffle(shuffled)
    assert sign_flip(shuffled).p_value == pytest.approx(sign_flip(differences).p_value)


@pytest.mark.parametrize("clusters", [1, 2, 5, 6, 10, 40])
def test_the_smallest_p_value_is_two_patterns_of_all(clusters: int) -> None:
    """So five problems never give 5 %, and forty have no floor that a family of a thousand tests would meet."""
    assert sign_flip([3] * clusters).p_value == pytest.approx(2 / 2**clusters)


@pytest.mark.parametrize("differences", [[], [0, 0], [1, -1], [2.0, -2.0, 0]])
def test_without_a_difference_the_p_value_is_1(differences: list[float]) -> None:
    assert sign_flip(differences).p_value == 1


def test_a_difference_that_is_no_number_is_refused() -> None:
    for bad in (float("nan"), float("inf")):
        with pytest.raises((ValueError, OverflowError)):
            sign_flip([1.0, bad])
