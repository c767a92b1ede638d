"""Item analysis against values worked out by hand, by scipy, and by laws."""

from __future__ import annotations

from fractions import Fraction

import pytest
from analysis_sample import C, M, P, U, W, problem, result
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from grader.analysis.index import RunIndex
from grader.analysis.items import (
    LEAST,
    Marks,
    credit_interval,
    discrimination,
    items,
    reliability,
    upper_lower,
)
from grader.analysis.rates import Rate
from grader.records import Result, Run, Status

SHARES = st.integers(0, 12).map(lambda n: Fraction(n, 12))
ENOUGH = st.lists(st.tuples(SHARES, SHARES), min_size=19, max_size=60)
PAIRS = st.lists(st.tuples(SHARES, SHARES), min_size=LEAST, max_size=60)


def marks(*results: Result, subjects: tuple[str, ...], points: tuple[int, ...] = (4, 2)) -> Marks:
    return Marks(RunIndex(Run("submissions", "T", (problem(points),), subjects, results)))


def of_class(statuses: str, other: str) -> Marks:
    """A class whose answers to the two parts are given as letters: c, p, w, u, m."""
    named: dict[str, Status] = {"c": C, "p": P, "w": W, "u": U, "m": M}
    subjects = tuple(f"s{i:02}" for i in range(len(statuses)))
    made = [
        result(subject, part, named[letter])
        for part, letters in (("a", statuses), ("b", other))
        for subject, letter in zip(subjects, letters, strict=True)
    ]
    return marks(*made, subjects=subjects)


def test_difficulty_is_over_graded_answers_and_says_how_many() -> None:
    """Right, half, wrong, unreadable, missing: a mean of 1/2 over three of five."""
    first = items(of_class("cpwum", "ccccc"))[0]
    assert (first.difficulty, first.graded) == (Fraction(1, 2), Rate(3, 5))
    assert first.interval is not None and first.interval.low < 0.5 < first.interval.high


def test_a_part_that_nobody_has_marks_on_has_no_numbers() -> None:
    first = items(of_class("mmm", "ccc"))[0]
    assert (first.difficulty, first.interval, first.discrimination.value) == (None, None, None)


def test_the_interval_of_credits_of_0_and_1_is_wilsons() -> None:
    """8 of 10: 0.4902 to 0.9433 (Wilson 1927, as in any table)."""
    found = credit_interval([Fraction(1)] * 8 + [Fraction(0)] * 2)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.49016, 0.94331), abs=1e-5)


@given(st.lists(SHARES, min_size=1, max_size=40))
def test_the_interval_holds_the_mean_and_stays_between_0_and_1(credits_: list[Fraction]) -> None:
    found = credit_interval(credits_)
    assert found is not None and 0 <= found.low <= float(sum(credits_) / len(credits_)) + 1e-12
    assert float(sum(credits_) / len(credits_)) - 1e-12 <= found.high <= 1


def test_an_open_answer_leaves_the_rest_share_and_is_no_0_in_it() -> None:
    """Part b of the second student is open: nothing else is graded, so the student does not enter for part a."""
    assert of_class("cc", "wu").rests(("p", "a")) == [(Fraction(1), Fraction(0))]


def test_a_rest_of_less_than_half_the_other_points_does_not_enter() -> None:
    """Of 4 + 2 points besides part c only the 2 are graded."""
    results = (result("s", "a", M), result("s", "b", C), result("t", "a", C), result("t", "b", M))
    both = marks(*results, subjects=("s", "t"), points=(4, 2))
    assert both.rests(("p", "a")) == [] and both.rests(("p", "b")) == []


@given(PAIRS)
def test_the_correlation_is_that_of_scipy(pairs: list[tuple[Fraction, Fraction]]) -> None:
    found = discrimination(pairs)
    first, second = zip(*pairs, strict=True)
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert found.value is None and found.why
        return
    expected = stats.pearsonr([float(x) for x in first], [float(x) for x in second])
    assert found.value == pytest.approx(expected.statistic, abs=1e-9)
    if found.interval is not None and abs(found.value or 0) < 0.999:
        low, high = expected.confidence_interval(0.95)
        assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([(Fraction(1), Fraction(1, n + 1)) for n in range(LEAST - 1)], "too few students: it takes 10"),
        ([(Fraction(1), Fraction(n, 20)) for n in range(12)], "all 12 have the same credit"),
        ([(Fraction(n, 20), Fraction(1)) for n in range(12)], "all 12 did equally well elsewhere"),
    ],
)
def test_without_variance_or_students_there_is_no_discrimination_and_it_says_why(
    pairs: list[tuple[Fraction, Fraction]], why: str
) -> None:
    found = discrimination(pairs)
    assert (found.value, found.interval, found.why, found.students) == (None, None, why, len(pairs))


def test_the_index_is_the_difference_between_the_upper_and_the_lower_27_percent() -> None:
    """Of 20 students 5.4 are in each group: the best five are right, the sixth half right and counts 0.4;
    the lowest five are wrong, the sixth lowest right and counts 0.4."""
    credit = [Fraction(0)] * 5 + [Fraction(1)] + [Fraction(1)] * 8 + [Fraction(1, 2)] + [Fraction(1)] * 5
    pairs = [(one, Fraction(n, 20)) for n, one in enumerate(credit)]
    upper, lower = (5 + Fraction(4, 10) * Fraction(1, 2)) / Fraction(54, 10), Fraction(4, 10) / Fraction(54, 10)
    assert upper_lower(pairs) == (upper - lower, "")


def test_students_who_tie_at_the_border_share_the_places() -> None:
    """All 20 tie: both groups are alike, whoever is listed first."""
    assert upper_lower([(Fraction(n % 2), Fraction(1, 2)) for n in range(20)]) == (Fraction(0), "")


def test_the_index_needs_five_students_in_each_group() -> None:
    found, why = upper_lower([(Fraction(1), Fraction(n, 20)) for n in range(18)])
    assert found is None and "fewer than 5" in why
    assert upper_lower([(Fraction(1), Fraction(n, 20)) for n in range(19)]) == (Fraction(0), "")


@given(PAIRS)
def test_the_order_of_students_changes_nothing(pairs: list[tuple[Fraction, Fraction]]) -> None:
    turned = pairs[::-1]
    assert upper_lower(pairs) == upper_lower(turned)
    one, other = discrimination(pairs), discrimination(turned)
    assert one.value == (None if other.value is None else pytest.approx(other.value, abs=1e-12))


@given(ENOUGH)
def test_the_index_stays_between_minus_1_and_1_and_turns_round_with_the_credit(
    pairs: list[tuple[Fraction, Fraction]],
) -> None:
    found, _ = upper_lower(pairs)
    turned, _ = upper_lower([(1 - credit, rest) for credit, rest in pairs])
    assert found is not None and -1 <= found <= 1 and turned == -found


def test_alpha_by_hand() -> None:
    """Two parts of 4 and 2 points, ten students: five have both, five neither.

    Variances (over n): 4, 1 and of the totals 9; alpha = 2 · (1 - 5/9) = 8/9.
    """
    found = reliability(of_class("cccccwwwww", "cccccwwwww"))
    assert found.alpha == pytest.approx(8 / 9)
    assert found.error == pytest.approx((10 / 9 * 9 * (1 - 8 / 9)) ** 0.5)
    assert (found.students, found.of, found.parts) == (10, 10, 2)


def test_alpha_of_equal_parts_is_1_and_of_opposite_ones_negative() -> None:
    same = marks(
        *(result(f"s{i}", part, (C, P, W)[i % 3]) for i in range(12) for part in "ab"),
        subjects=tuple(f"s{i}" for i in range(12)),
        points=(3, 3),
    )
    assert reliability(same).alpha == pytest.approx(1)
    assert (reliability(of_class("cwcwcwcwcwcw", "wcwcwcwcwcwc")).alpha or 0) < 0


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("c" * 12, "m" * 12, "two parts or more"),
        ("cw" * 6, "cwcwcw" + "m" * 6, "6 of at least 10 students have marks on all 2 parts"),
        ("c" * 12, "c" * 12, "all totals are equal"),
    ],
)
def test_where_alpha_cannot_be_given_it_says_why(first: str, second: str, why: str) -> None:
    found = reliability(of_class(first, second))
    assert found.alpha is None and why in found.why
