"""Answers are put together by equality: never two that are not decided equal, and nearly all that are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from analysis_sample import FakeType, W, problem, result
from hypothesis import given
from hypothesis import strategies as st

from grader.analysis import equality
from grader.analysis.groups import AnswerGroup, group
from grader.records import Evidence, Rendered, Result, Witness

PART = problem().parts[0]
VALUES = st.integers(-12, 12).map(lambda n: Fraction(n, 4))


def answers(*texts: str) -> list[Result]:
    return [result(f"s{i}", "a", W, text) for i, text in enumerate(texts)]


def sizes(found: tuple[AnswerGroup, ...]) -> list[int]:
    return [len(one.results) for one in found]


def written(value: Fraction, way: int) -> str:
    """A fraction in one of three ways that read alike."""
    return [
        str(value),
        f"{2 * value.numerator}/{2 * value.denominator}",
        f"{3 * value.numerator}/{3 * value.denominator}",
    ][way]


@given(st.lists(st.tuples(VALUES, st.integers(0, 2)), max_size=80))
def test_groups_are_the_classes_of_equal_answers(said: list[tuple[Fraction, int]]) -> None:
    """Also beyond the most frequent ones, which are compared pair by pair."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(equality, "answer_type", lambda name: FakeType())
        found = group(answers(*(written(*one) for one in said)), PART)
    assert sizes(found) == sorted(Counter(value for value, _ in said).values(), reverse=True)
    assert sum(one.writings for one in found) == len({written(*one) for one in said})
    for one in found:
        assert len({Fraction(r.claim.text) for r in one.results}) == 1


def test_many_different_answers_and_few_equal_ones_beyond_the_frequent() -> None:
    """Sixty answers of one student each, and two equal ones at the end."""
    found = group(answers(*(f"{n}/7" for n in range(1, 61)), "1/1000", "2/2000"), PART)
    assert sizes(found)[0] == 2 and len(found) == len({Fraction(n, 7) for n in range(1, 61)}) + 1


def test_answers_that_fail_at_the_same_place_in_the_same_way_are_not_joined_for_that() -> None:
    there = Evidence("exact", "", Witness((("x", "1"),), "5", "4"))
    made = [replace(one, verdict=replace(one.verdict, evidence=there)) for one in answers("1/3", "2/3", "1/3")]
    assert sizes(group(made, PART)) == [2, 1]


def test_what_is_not_settled_is_not_joined() -> None:
    """The stand-in never settles equality with 13."""
    assert sizes(group(answers("13", "26/2", "13"), PART)) == [2, 1]


def test_the_same_words_are_one_answer_even_where_they_do_not_read() -> None:
    assert sizes(group(answers("no  idea", "no idea", "none"), PART)) == [2, 1]


def test_the_work_is_near_linear_in_the_number_of_different_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the answers take about four times the comparisons, counted; all pairs would take sixteen."""
    asked: list[Any] = []

    class Counting(FakeType):
        def same(self, one: Fraction, other: Fraction, options: Any) -> bool | None:
            asked.append(None)
            return super().same(one, other, options)

    monkeypatch.setattr(equality, "answer_type", lambda name: Counting())
    counts = []
    for size in (100, 400):
        asked.clear()
        group(answers(*(written(Fraction(n // 2 + 1, 997), n % 2) for n in range(size))), PART)
        counts.append(len(asked))
    assert counts[1] < 4.5 * counts[0] + 300


def test_answers_to_different_numbers_are_not_joined() -> None:
    """Where students have numbers of their own, the same words answer different questions."""
    made = answers("3", "3", "3")
    expected = [Rendered(text, text, "") for text in ("5", "5", "7")]
    own = [
        replace(one, verdict=replace(one.verdict, expected=right)) for one, right in zip(made, expected, strict=True)
    ]
    assert sizes(group(own, PART)) == [2, 1]
