"""Class summaries: totals, difficulty, distribution, groups of wrong answers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from analysis_sample import C, F, M, P, U, W, problem, result
from hypothesis import given
from hypothesis import strategies as st

from grader.analysis.classes import Total, distribution, part_summaries, total, totals
from grader.analysis.groups import wrong_answers
from grader.analysis.index import RunIndex
from grader.analysis.rates import Rate, mean, median, rate
from grader.records import Result, Run


def index(*results: Result, subjects: tuple[str, ...] = ("s",)) -> RunIndex:
    return RunIndex(Run("submissions", "T", (problem(),), subjects, results))


def test_an_open_item_is_not_zero() -> None:
    """4 points earned of 4 graded; the other part waits, and the total says so."""
    one = total(index(result("s", "a", C), result("s", "b", U)), "s")
    assert (one.earned, one.graded, one.possible, one.open, one.settled) == (4, 4, 6, 1, False)


def test_a_subject_without_any_result_is_all_open() -> None:
    assert total(index(), "s") == Total("s", Fraction(0), Fraction(0), Fraction(6), 2)


def test_credit_is_exact() -> None:
    assert total(index(result("s", "a", P), result("s", "b", W)), "s").earned == Fraction(2)


def test_mean_credit_is_over_graded_answers_only() -> None:
    who = ("s", "t", "u", "v")
    made = (result("s", "a", C), result("t", "a", P), result("u", "a", F))
    first, second = part_summaries(index(*made, subjects=who))
    assert first.mean_credit == Fraction(3, 4)
    assert (first.graded, first.absent) == (Rate(2, 4), 1)
    assert first.counts == {C: 1, P: 1, F: 1}
    assert (second.mean_credit, second.graded, second.absent) == (None, Rate(0, 4), 4)


def test_distribution_keeps_lower_bounds_apart_and_full_marks_in_the_last_bin() -> None:
    who = ("s", "t")
    made = (result("s", "a", C), result("s", "b", C), result("t", "a", C), result("t", "b", M))
    bins = distribution(totals(index(*made, subjects=who)))
    assert [(b.settled, b.open) for b in bins] == [(0, 0)] * 6 + [(0, 1)] + [(0, 0)] * 2 + [(1, 0)]


@given(st.lists(st.integers(0, 12), max_size=40))
def test_every_total_is_in_exactly_one_bin(earned: list[int]) -> None:
    made = [Total(str(i), Fraction(n), Fraction(12), Fraction(12), i % 2) for i, n in enumerate(earned)]
    assert sum(b.settled + b.open for b in distribution(made)) == len(made)


def test_wrong_answers_are_grouped_by_value_and_not_by_writing() -> None:
    who = tuple("stuvw")
    made = (
        result("s", "a", W, "1/2"),
        result("t", "a", W, "0.5"),
        result("u", "a", P, "3"),
        result("v", "a", C, "4"),
        result("w", "a", U, "1/2"),
    )
    groups = wrong_answers(index(*made, subjects=who), ("p", "a"))
    assert [([r.claim.subject for r in g.results], g.writings) for g in groups] == [(["s", "t"], 2), (["u"], 1)]


def test_answers_that_do_not_read_are_grouped_by_their_words() -> None:
    made = (result("s", "a", W, "no  idea"), result("t", "a", W, "no idea"), result("u", "a", W, "none"))
    groups = wrong_answers(index(*made, subjects=("s", "t", "u")), ("p", "a"))
    assert [len(g.results) for g in groups] == [2, 1]


def test_mean_and_median_of_nothing_are_none_and_else_exact() -> None:
    assert mean([]) is None and median([]) is None
    assert mean([Fraction(1), Fraction(0), Fraction(0)]) == Fraction(1, 3)
    assert median([Fraction(3), Fraction(1), Fraction(2)]) == 2
    assert median([Fraction(3), Fraction(2)]) == Fraction(5, 2)


def test_a_rate_has_no_value_without_a_denominator_and_cannot_exceed_it() -> None:
    assert rate([]).value is None
    assert rate([True, False, True]) == Rate(2, 3)
    with pytest.raises(ValueError, match="is not a rate"):
        Rate(3, 2)
