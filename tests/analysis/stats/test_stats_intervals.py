"""Wilson's interval is what SciPy computes, has a width at the ends, and is wider for a smaller effective size."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from stats_laws import law

from grader.analysis.stats import Interval, wilson

counts = st.integers(1, 3000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
levels = st.sampled_from((0.5, 0.8, 0.9, 0.95, 0.99, 0.999))


@law
@given(counts, levels)
def test_it_is_the_interval_of_scipy(rate: tuple[int, int], level: float) -> None:
    count, of = rate
    theirs = stats.binomtest(count, of).proportion_ci(level, method="wilson")
    ours = wilson(count, of, level)
    assert ours is not None
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_the_example_of_newcombe() -> None:
    """81 of 263, 15 of 148, 0 of 20 and 1 of 29: Newcombe 1998 (Statistics in Medicine 17), table I, method 3."""
    printed = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (count, of), ends in printed.items():
        found = wilson(count, of)
        assert found is not None
        assert (round(found.low, 4), round(found.high, 4)) == ends


@law
@given(counts, levels)
def test_it_holds_the_rate_and_lies_between_0_and_1(rate: tuple[int, int], level: float) -> None:
    count, of = rate
    found = wilson(count, of, level)
    assert found is not None
    assert 0 <= found.low <= count / of <= found.high <= 1
    assert found.width > 0
    assert (found.low == 0) == (count == 0)
    assert (found.high == 1) == (count == of)


@law
@given(counts)
def test_counting_the_others_mirrors_it(rate: tuple[int, int]) -> None:
    count, of = rate
    one, other = wilson(count, of), wilson(of - count, of)
    assert one is not None
    assert other is not None
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-12)


@law
@given(counts, st.floats(0.1, 1), st.floats(1, 1e4))
def test_less_information_makes_it_wider(rate: tuple[int, int], share: float, df: float) -> None:
    """A smaller effective size, not necessarily whole, and fewer degrees of freedom never make it narrower."""
    count, of = rate
    full, less, unsure = wilson(count, of), wilson(count, of, effective=of * share), wilson(count, of, df=df)
    assert full is not None
    assert less is not None
    assert unsure is not None
    assert less.width >= full.width - 1e-12
    assert unsure.width >= full.width - 1e-12


def test_of_nothing_there_is_none() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(
    ("count", "of", "effective"),
    [(-1, 3, None), (4, 3, None), (1, 3, 0.0), (1, 3, -1.0), (1, 3, math.inf), (1, 3, math.nan)],
)
def test_what_cannot_be_is_refused(count: int, of: int, effective: float | None) -> None:
    with pytest.raises(ValueError, match=r"not a rate|effective sample size"):
        wilson(count, of, effective=effective)


@pytest.mark.parametrize(
    ("low", "high", "level"), [(1, 0, 0.9), (0, math.nan, 0.9), (0, math.inf, 0.9), (0, 1, 1.0), (0, 1, 0.0)]
)
def test_an_interval_has_ends_in_order_and_a_level(low: float, high: float, level: float) -> None:
    with pytest.raises(ValueError, match="not a"):
        Interval(low, high, level)


def test_cutting_off_keeps_the_order() -> None:
    assert Interval(-0.1, 1.2, 0.9).within(0, 1) == Interval(0, 1, 0.9)
    assert Interval(1.1, 1.2, 0.9).within(0, 1) == Interval(1, 1, 0.9)
    assert 0.5 in Interval(0, 1, 0.9)
    assert 1.5 not in Interval(0, 1, 0.9)
