"""Words that are shown short."""

from __future__ import annotations

import pytest

from grader.reports.excerpts import clipped, gist


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Are you sure?", 20, "Are you sure?"),
        ("Go on. Is there not a product in each step? Thank you.", 40, "… Is there not a product in each step? …"),
        ("Why is that? And why is this?", 20, "… And why is this?"),
        ("I do not think that this is right.", 18, "I do not think …"),
        ("Is this a question that is too long to be shown in so few characters?", 20, "Is this a question …"),
    ],
)
def test_of_a_persons_words_the_last_question_is_shown(text: str, limit: int, expected: str) -> None:
    assert gist(text, limit) == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [("one two", 7, "one two"), ("one  two\nthree", 8, "one two …"), ("x" * 30, 10, "x" * 10 + " …")],
)
def test_words_are_cut_between_words(text: str, limit: int, expected: str) -> None:
    assert clipped(text, limit) == expected
