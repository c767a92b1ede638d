"""Numbers in words: what they are in digits, and where words that look like numbers are none."""

from __future__ import annotations

import pytest

from grader.answers._numbers.commas import apart
from grader.answers._numbers.words import with_digits
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import spelling


def digits(text: str, *, bare: bool) -> str:
    return spelling(with_digits(apart(tokenize(text)), bare=bare).tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one hundred and five", "105"),
        ("two thousand three hundred", "2300"),
        ("minus three", "- 3"),
        ("three quarters", "3 / 4"),
        ("zero point two five", "0.25"),
        ("two and a half", "( 2 + 1 / 2 )"),
        ("square root of two", "√ 2"),
        ("seven divided by ten", "7 / 10"),
        ("two and five", "two and five"),
        ("twenty eleven", "twenty eleven"),
    ],
)
def test_an_answer_in_words_has_its_digits(text: str, expected: str) -> None:
    """Cardinals, parts, decimals, roots and quotients; two numbers side by side stay words."""
    assert digits(text, bare=True) == expected


@pytest.mark.parametrize("text", ["one of them is larger", "The two cases differ", "a matrix with three rows"])
def test_words_in_a_sentence_are_no_numbers(text: str) -> None:
    """Only what ends a statement after “is” and the like counts in prose."""
    assert digits(text, bare=False) == spelling(tokenize(text))


def test_a_number_in_a_sentence_keeps_its_place() -> None:
    """What was made of several words stands for all of them in the text."""
    tokens = tokenize("the rank is twenty-one.")
    joined = with_digits(apart(tokens), bare=False)
    at = [token.text for token in joined.tokens].index("21")
    assert (joined.first[at], joined.last[at]) == (3, 6)
