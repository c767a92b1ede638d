"""Holm's adjustment of many tests, and what a comparison could have found."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from stats_laws import law

from grader.analysis.stats import clusters_needed, holm, minimum_detectable_effect, unpaired_se

families = st.lists(st.floats(0, 1) | st.none(), max_size=12)


@pytest.mark.parametrize(
    ("raw", "adjusted"),
    [
        # As `p.adjust(p, "holm")` of R gives them.
        ((0.01, 0.02, 0.03, 0.04, 0.05), (0.05, 0.08, 0.09, 0.09, 0.09)),
        ((0.01, 0.04, 0.03, 0.005), (0.03, 0.06, 0.06, 0.02)),
        ((0.6, 0.9), (1.0, 1.0)),
        ((0.02, 0.02), (0.04, 0.04)),
        ((0.01, None, 0.04), (0.02, None, 0.04)),
        ((), ()),
    ],
)
def test_holm_by_hand(raw: tuple[float | None, ...], adjusted: tuple[float | None, ...]) -> None:
    found = holm(raw)
    assert len(found) == len(adjusted)
    assert all(a == (None if b is None else pytest.approx(b)) for a, b in zip(found, adjusted, strict=True))


@law
@given(families)
def test_adjusted_values_are_monotone_and_between_the_raw_ones_and_bonferronis(raw: list[float | None]) -> None:
    found = holm(raw)
    pairs = [(p, q) for p, q in zip(raw, found, strict=True) if p is not None and q is not None]
    assert [p is None for p in raw] == [q is None for q in found]
    assert all(p <= q <= min(1, p * len(pairs)) + 1e-15 for p, q in pairs)
    assert all(q1 <= q2 for p1, q1 in pairs for p2, q2 in pairs if p1 <= p2)


@law
@given(families.flatmap(lambda raw: st.tuples(st.just(raw), st.permutations(range(len(raw))))))
def test_the_order_of_a_family_does_not_matter(case: tuple[list[float | None], list[int]]) -> None:
    raw, order = case
    assert [holm(raw)[i] for i in order] == list(holm([raw[i] for i in order]))


def test_a_family_has_its_error_rate() -> None:
    """2,000 families of ten true hypotheses: at 5 %, some rejection in about one of twenty."""
    rng = np.random.default_rng(3)
    families = rng.random((2_000, 10)).tolist()
    wrong = sum(min(p for p in holm(family) if p is not None) <= 0.05 for family in families)
    assert 0.035 <= wrong / 2_000 <= 0.065


@pytest.mark.parametrize("bad", [-0.1, 1.1, math.nan])
def test_what_is_no_p_value_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="not a p-value"):
        holm([0.5, bad])


def test_the_factor_is_2_8() -> None:
    """z of 97.5 % and 80 %: 1.96 + 0.84 (Miller, section 5)."""
    assert minimum_detectable_effect(0.01) == pytest.approx(0.02801585)


@pytest.mark.parametrize("df", [4, 10, 50, math.inf])
@pytest.mark.parametrize("power", [0.8, 0.95])
def test_a_test_finds_the_minimum_detectable_effect_with_the_power(df: float, power: float) -> None:
    """Against the noncentral t distribution of SciPy; for four degrees of freedom it is an approximation."""
    effect = minimum_detectable_effect(1, power=power, df=df)
    if math.isinf(df):
        found = stats.norm.sf(stats.norm.ppf(0.975) - effect)
    else:
        found = stats.nct.sf(stats.t.ppf(0.975, df), df, effect)
    assert found == pytest.approx(power, abs=0.05 if df < 10 else 0.02)


def test_about_a_thousand_problems_find_three_points() -> None:
    """A variance of 1/9 of the paired differences of problems, as in section 5 of Miller."""
    assert clusters_needed(0.03, math.sqrt(1 / 9 / 50), 50) == 969
    assert clusters_needed(0.03, math.sqrt(1 / 9 / 969), 969) in (969, 970)


@law
@given(st.floats(0.001, 0.5), st.integers(2, 500))
def test_as_many_problems_as_there_were_find_the_minimum_detectable_effect(se: float, clusters: int) -> None:
    assert clusters_needed(minimum_detectable_effect(se), se, clusters) == clusters
    assert clusters_needed(-minimum_detectable_effect(se) / 2, se, clusters) == 4 * clusters


def test_two_models_apart_add_their_variances() -> None:
    assert unpaired_se(0.03, 0.04) == pytest.approx(0.05)


def test_what_cannot_be_is_refused() -> None:
    for se, alpha, power in ((-1, 0.05, 0.8), (math.nan, 0.05, 0.8), (1, 0, 0.8), (1, 0.05, 1), (1, 0.5, 0.3)):
        with pytest.raises(ValueError, match=r"needed|standard error"):
            minimum_detectable_effect(se, alpha, power)
    for effect, clusters in ((0, 10), (0.1, 0)):
        with pytest.raises(ValueError, match="to be found"):
            clusters_needed(effect, 0.1, clusters)
