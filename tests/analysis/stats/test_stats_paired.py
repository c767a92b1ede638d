"""Two models on the same problems: McNemar's test, the interval of a difference, the swap test."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from stats_laws import law

from grader.analysis.stats import cluster_permutation, clustered, mcnemar_exact, paired_difference, sign_flip

Sums = dict[Hashable, tuple[int, int]]
eighths = st.integers(0, 8).map(lambda n: n / 8)
cells = st.integers(0, 6).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
both = st.lists(st.tuples(cells, cells), min_size=2, max_size=10).map(
    lambda found: (dict(enumerate(a for a, _ in found)), dict(enumerate(b for _, b in found)))
)


@law
@given(st.integers(0, 3000), st.integers(0, 3000))
def test_mcnemars_test_is_the_binomial_test_of_scipy(b: int, c: int) -> None:
    """Below and above the number of pairs up to which integers are added up."""
    expected = stats.binomtest(b, b + c).pvalue if b + c else 1
    assert mcnemar_exact(b, c) == pytest.approx(expected, rel=1e-8, abs=1e-300)
    assert mcnemar_exact(b, c) == mcnemar_exact(c, b)


@pytest.mark.parametrize(
    ("b", "c", "p"), [(0, 0, 1), (1, 0, 1), (5, 0, 2 / 32), (6, 0, 2 / 64), (2, 6, 74 / 256), (3, 9, 598 / 4096)]
)
def test_mcnemars_test_by_hand(b: int, c: int, p: float) -> None:
    assert mcnemar_exact(b, c) == pytest.approx(p)


def test_negative_numbers_of_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        mcnemar_exact(-1, 3)


@law
@given(st.lists(st.tuples(eighths, eighths), min_size=3, max_size=20))
def test_one_pair_a_problem_is_the_paired_t_test(values: list[tuple[float, float]]) -> None:
    """The standard error is that of the differences, and the interval that of SciPy for its degrees of freedom."""
    first, second = ({i: (pair[side], 1) for i, pair in enumerate(values)} for side in (0, 1))
    found = paired_difference(first, second)
    assert found is not None
    differences = [a - b for a, b in values]
    assert found.value == pytest.approx(np.mean(differences))
    if len(set(differences)) == 1:
        assert found.interval is None
        assert "same in every problem" in found.why
        return
    assert found.se == pytest.approx(stats.sem(differences))
    assert found.df is not None
    assert found.interval is not None
    ends = stats.t.interval(0.95, found.df, np.mean(differences), stats.sem(differences))
    assert (found.interval.low, found.interval.high) == pytest.approx((max(-1, ends[0]), min(1, ends[1])))


def test_an_interval_ends_where_differences_do_and_what_is_no_rate_is_refused() -> None:
    first, second = {"a": (5, 5), "b": (5, 5), "c": (4, 5)}, {"a": (0, 5), "b": (1, 5), "c": (0, 5)}
    found = paired_difference(first, second)
    assert found is not None
    assert found.interval is not None
    assert found.interval.high == 1
    with pytest.raises(ValueError, match="not a rate"):
        paired_difference(first, {"a": (6, 5)})


@law
@given(both)
def test_with_as_many_answers_each_it_is_the_mean_of_the_differences(pair: tuple[Sums, Sums]) -> None:
    first, second = pair
    same = {name: (min(y, first[name][1]), first[name][1]) for name, (y, _) in second.items()}
    found = paired_difference(first, same)
    answers = [(name, i < first[name][0], i < same[name][0]) for name in first for i in range(first[name][1])]
    expected = clustered([int(a) - int(b) for _, a, b in answers], [name for name, _, _ in answers])
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert found.value == pytest.approx(expected.mean)
    if expected.se:
        assert found.se == pytest.approx(expected.se)
        assert found.df == pytest.approx(expected.df)


@law
@given(both)
def test_exchanging_the_two_turns_the_sign(pair: tuple[Sums, Sums]) -> None:
    one, other = paired_difference(*pair), paired_difference(*reversed(pair))
    test, back = cluster_permutation(*pair), cluster_permutation(*reversed(pair))
    assert (one is None) == (other is None) == (test is None) == (back is None)
    if one is None or other is None or test is None or back is None:
        return
    assert one.value == pytest.approx(-other.value)
    assert one.se == (None if other.se is None else pytest.approx(other.se))
    assert test.p_value == pytest.approx(back.p_value)
    assert 0 < test.p_value <= 1
    if one.interval is not None and other.interval is not None:
        assert (one.interval.low, one.interval.high) == pytest.approx((-other.interval.high, -other.interval.low))


@law
@given(both)
def test_names_do_not_matter_and_absence_is_no_answer(pair: tuple[Sums, Sums]) -> None:
    """A problem without an answer of one model may be named or not."""
    named = [{f"p{name}": value for name, value in sums.items() if value[1]} for sums in pair]
    one, other = paired_difference(*pair), paired_difference(*named)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.value, one.clusters) == (pytest.approx(other.value), other.clusters)
        assert one.se == (None if other.se is None else pytest.approx(other.se))


def test_what_moves_both_models_is_cancelled() -> None:
    """Problems from easy to hard, and a second model that misses one answer more in each but two."""
    first = {i: (i, 10) for i in range(1, 11)}
    second = {i: (i - (i not in (4, 7)), 10) for i in range(1, 11)}
    found, unpaired = paired_difference(first, second), clustered([i / 10 for i in range(1, 11)], range(10))
    assert found is not None
    assert unpaired is not None
    assert found.value == pytest.approx(0.08)
    assert found.se is not None
    assert unpaired.se is not None
    assert found.se < unpaired.se / 5


def test_one_problem_has_no_interval_and_nothing_no_difference() -> None:
    found = paired_difference({"a": (3, 5)}, {"a": (1, 5)})
    assert found is not None
    assert (found.value, found.se, found.interval) == (pytest.approx(0.4), None, None)
    assert "one problem" in found.why
    assert paired_difference({"a": (3, 5)}, {"a": (0, 0)}) is None
    assert cluster_permutation({}, {"a": (1, 2)}) is None


def test_the_swap_test_flips_signs_of_whole_problems() -> None:
    first, second = {"a": (5, 5), "b": (4, 5), "c": (3, 5)}, {"a": (2, 5), "b": (5, 5), "c": (3, 5)}
    found = cluster_permutation(first, second)
    assert found is not None
    assert found.exact
    assert (found.p_value, found.clusters) == (sign_flip([3, -1, 0]).p_value, 2)


def test_where_numbers_of_answers_differ_the_scores_are_flipped() -> None:
    """Rates 4/6 and 1/4 with 5/10 for both: scores (3 - 1.5)/6 - (0 - 0.5)/4, (1 - 1.5)/6 - (1 - 1.5)/4."""
    found = cluster_permutation({"a": (3, 3), "b": (1, 3)}, {"a": (0, 1), "b": (1, 3)})
    assert found is not None
    scores = [1.5 / 6 + 0.5 / 4, -0.5 / 6 + 0.5 / 4]
    assert sum(scores) == pytest.approx(4 / 6 - 1 / 4)
    assert found.p_value == sign_flip(scores).p_value == 0.5


def test_tests_keep_their_level_and_find_differences() -> None:
    """300 simulated pairs of 20 problems: at 5 % hardly any false finding; a difference of 0.25 is mostly found."""
    rng = np.random.default_rng(8)
    found = {0.0: 0, 0.25: 0}
    for effect in found:
        hard = np.clip(rng.normal(0.6, 0.2, (300, 20)), 0.25, 1)
        one, other = rng.binomial(5, hard).tolist(), rng.binomial(5, hard - effect).tolist()
        for y1, y2 in zip(one, other, strict=True):
            sums = [{i: (y, 5) for i, y in enumerate(row)} for row in (y1, y2)]
            test = cluster_permutation(*sums)
            assert test is not None
            found[effect] += test.p_value <= 0.05
    assert found[0.0] / 300 < 0.09
    assert found[0.25] / 300 > 0.75
