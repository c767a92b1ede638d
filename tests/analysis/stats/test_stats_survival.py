"""The product-limit estimate: printed examples, SciPy, censoring, clusters."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from stats_laws import law

from grader.analysis.stats import product_limit, wilson

dialogues = st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=1, max_size=30)


def test_the_remission_times_of_freireich() -> None:
    """Weeks of remission of 21 patients, as in every textbook: Kalbfleisch and Prentice, table 1.1; median 23."""
    text = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
    times = [float(word.rstrip("+")) for word in text.split()]
    found = product_limit(times, ["+" not in word for word in text.split()])
    steps = {step.time: (round(step.survival, 3), round(step.se, 4)) for step in found.steps if step.events}
    assert steps == {
        6: (0.857, 0.0764),
        7: (0.807, 0.0869),
        10: (0.753, 0.0963),
        13: (0.690, 0.1068),
        16: (0.627, 0.1141),
        22: (0.538, 0.1282),
        23: (0.448, 0.1346),
    }
    assert (found.median, found.n, found.events) == (23, 21, 9)


@law
@given(dialogues)
def test_curve_and_interval_are_those_of_scipy(found: list[tuple[int, bool]]) -> None:
    times, observed = [t for t, _ in found], [right for _, right in found]
    ours = product_limit(times, observed)
    data = stats.CensoredData.right_censored(times, [not right for right in observed])
    theirs = stats.ecdf(data).sf
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)  # undefined where the curve is 0 or 1
        low, high = (side.probabilities for side in theirs.confidence_interval(method="log-log"))
    for time, value, a, b in zip(theirs.quantiles, theirs.probabilities, low, high, strict=True):
        step = next(s for s in ours.steps if s.time == time)
        assert step.survival == pytest.approx(value)
        if 0 < value < 1:
            assert step.interval is not None
            assert (step.interval.low, step.interval.high) == pytest.approx((a, b), abs=1e-9)


@law
@given(dialogues)
def test_without_censoring_it_is_the_share_not_yet_right(found: list[tuple[int, bool]]) -> None:
    times = [t for t, _ in found]
    curve = product_limit(times, [True] * len(times))
    for step in curve.steps:
        share = sum(t > step.time for t in times) / len(times)
        assert step.survival == pytest.approx(share)
        assert step.se == pytest.approx(np.sqrt(share * (1 - share) / len(times)), abs=1e-9)


@law
@given(dialogues)
def test_it_falls_from_1_and_keeps_its_bounds(found: list[tuple[int, bool]]) -> None:
    curve = product_limit([t for t, _ in found], [right for _, right in found])
    values = [1.0, *(step.survival for step in curve.steps)]
    assert values == sorted(values, reverse=True)
    assert values[-1] >= -1e-12
    assert sum(step.events + step.censored for step in curve.steps) == curve.n == len(found)
    for step in curve.steps:
        if step.interval is not None:
            assert 0 <= step.interval.low <= step.survival <= step.interval.high <= 1
    assert curve.at(0) == 1
    assert curve.at(99) == values[-1]


def test_a_dialogue_that_stops_after_a_turn_was_at_risk_in_it() -> None:
    """Of two, one is right in turn 1 and one stops after it: half are not right, not none."""
    found = product_limit([1, 1], [True, False])
    assert [(s.at_risk, s.events, s.censored, s.survival) for s in found.steps] == [(2, 1, 1, 0.5)]
    assert found.median == 1


def test_a_curve_that_stays_above_one_half_has_no_median() -> None:
    found = product_limit([1, 3, 3, 3], [True, False, False, False])
    assert found.median is None
    assert found.at(3) == 0.75


def test_of_nothing_there_is_no_curve() -> None:
    assert product_limit([], []).steps == ()


def test_a_curve_that_is_still_1_has_wilsons_interval_of_those_at_risk() -> None:
    found = product_limit([2, 3, 3], [False, False, False])
    assert [(step.survival, step.se, step.interval) for step in found.steps] == [
        (1, 0, wilson(3, 3)),
        (1, 0, wilson(2, 2)),
    ]


def test_a_curve_that_is_0_has_what_is_left_of_the_interval_before() -> None:
    """Ten of twenty are right in turn 1, the others in turn 2: at most 16 % of at most 70 % are not."""
    found = product_limit([1] * 10 + [2] * 10, [True] * 20)
    first, last = found.steps
    left = wilson(0, 10)
    assert first.interval is not None
    assert last.interval is not None
    assert left is not None
    assert (last.survival, last.interval.low) == (0, 0)
    assert last.interval.high == pytest.approx(first.interval.high * left.high)


def test_dialogues_of_one_problem_count_once_where_all_are_alike() -> None:
    """Of four problems with five dialogues each, none right: as of four, with t for three degrees of freedom."""
    found = product_limit([1] * 20, [False] * 20, [i // 5 for i in range(20)])
    assert found.steps[0].interval == wilson(20, 20, effective=4, df=3)


@law
@given(dialogues)
def test_one_dialogue_a_problem_is_the_independent_case(found: list[tuple[int, bool]]) -> None:
    times, observed = [t for t, _ in found], [right for _, right in found]
    assert product_limit(times, observed, range(len(times))) == product_limit(times, observed)


@law
@given(st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.integers(0, 5)), min_size=1, max_size=30))
def test_clusters_change_the_error_and_not_the_curve(found: list[tuple[int, bool, int]]) -> None:
    times, observed, groups = [t for t, _, _ in found], [right for _, right, _ in found], [g for _, _, g in found]
    plain, ours = product_limit(times, observed), product_limit(times, observed, groups)
    assert [(s.time, s.at_risk, s.events, s.censored, s.survival) for s in plain.steps] == [
        (s.time, s.at_risk, s.events, s.censored, s.survival) for s in ours.steps
    ]
    for step in ours.steps:
        if step.interval is not None:
            assert 0 <= step.interval.low <= step.survival <= step.interval.high <= 1


def test_the_clustered_error_is_that_of_the_jackknife() -> None:
    """Leaving out one problem at a time, for 60 problems with three dialogues each: within a tenth."""
    rng = np.random.default_rng(9)
    rate = np.repeat(rng.beta(1, 2, 60), 3)
    right, stop = rng.geometric(np.clip(rate, 0.02, 1)), rng.integers(1, 7, 180)
    times, observed, groups = np.minimum(right, stop), right <= stop, np.repeat(np.arange(60), 3)
    found = next(s for s in product_limit(times.tolist(), observed.tolist(), groups.tolist()).steps if s.time == 3)
    without = [product_limit(times[groups != g].tolist(), observed[groups != g].tolist()).at(3) for g in range(60)]
    assert found.se == pytest.approx(np.std(without) * np.sqrt(59), rel=0.1)


def test_copies_of_a_dialogue_tell_no_more_than_it() -> None:
    times, observed = [1, 2, 2, 3, 4, 1], [True, False, True, True, False, False]
    twice, thrice = (product_limit(times * n, observed * n, [*range(6)] * n) for n in (2, 3))
    assert [s.se for s in thrice.steps] == pytest.approx([s.se for s in twice.steps])


def test_one_problem_has_no_interval() -> None:
    found = product_limit([1, 2, 3], [True, True, False], "aaa")
    assert all(step.interval is None for step in found.steps)


def test_stopping_at_random_does_no_harm_and_stopping_the_hopeless_does() -> None:
    """4,000 dialogues: half come right in a turn with chance 0.5, half never. Four turns leave 0.5 + 0.5 / 16.

    Where they stop at random the curve shows it; if the hopeless are stopped after one turn it falls too far.
    """
    rng = np.random.default_rng(5)
    hopeful = np.arange(4_000) % 2 == 0
    right = np.where(hopeful, rng.geometric(0.5, 4_000), 99)
    at_random, informative = rng.integers(1, 9, 4_000), np.where(hopeful, 8, 1)
    truth = 0.5 + 0.5 / 16
    found = []
    for stop in (at_random, informative):
        found.append(product_limit(np.minimum(right, stop).tolist(), (right <= stop).tolist()).at(4))
    assert found[0] == pytest.approx(truth, abs=0.03)
    assert found[1] < truth - 0.3


@pytest.mark.parametrize(
    ("times", "observed", "clusters"),
    [([1, 2], [True], None), ([1], [True], [1, 2]), ([0], [True], None), ([float("nan")], [True], None)],
)
def test_what_cannot_be_is_refused(times: list[float], observed: list[bool], clusters: list[int] | None) -> None:
    with pytest.raises(ValueError, match="times"):
        product_limit(times, observed, clusters)
