"""Quantiles and the incomplete beta function are those of SciPy."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import special, stats
from stats_laws import law

from grader.analysis.stats.distributions import normal_quantile, regularized_beta, t_quantile, t_tail

sizes = st.floats(0.5, 5000)


@law
@given(st.floats(0, 1), sizes, sizes)
def test_the_incomplete_beta_function(x: float, a: float, b: float) -> None:
    assert regularized_beta(x, a, b) == pytest.approx(float(special.betainc(a, b, x)), rel=1e-9, abs=1e-12)


@law
@given(st.floats(0.001, 0.999), st.floats(1, 1e6))
def test_the_quantile_of_t(p: float, df: float) -> None:
    assert t_quantile(p, df) == pytest.approx(float(stats.t.ppf(p, df)), rel=1e-8, abs=1e-9)


@law
@example(1e-07, 43.0)
@given(st.floats(-30, 30), st.floats(1, 500))
def test_the_tail_of_t(t: float, df: float) -> None:
    assert t_tail(t, df) == pytest.approx(float(stats.t.sf(t, df)), rel=1e-8, abs=1e-12)


def test_infinite_degrees_of_freedom_are_the_normal_distribution() -> None:
    assert t_quantile(0.975, math.inf) == normal_quantile(0.975) == pytest.approx(1.959963985)


def test_the_printed_table_of_t() -> None:
    """Student's t, 97.5 %, as every textbook prints it."""
    printed = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 10: 2.228, 30: 2.042, 120: 1.980}
    assert {df: round(t_quantile(0.975, df), 3) for df in printed} == printed


@pytest.mark.parametrize(("p", "df"), [(0, 3), (1, 3), (0.5, 0), (0.5, -1), (math.nan, 3)])
def test_a_quantile_needs_a_probability_and_degrees_of_freedom(p: float, df: float) -> None:
    with pytest.raises(ValueError, match="quantile"):
        t_quantile(p, df)


@pytest.mark.parametrize(("x", "a", "b"), [(-0.1, 1, 1), (1.1, 1, 1), (0.5, 0, 1), (0.5, 1, -1)])
def test_the_beta_function_needs_its_range(x: float, a: float, b: float) -> None:
    with pytest.raises(ValueError, match="needs"):
        regularized_beta(x, a, b)
