"""Numbers in words: where one begins and ends, and what is two numbers or none."""

from __future__ import annotations

import pytest

from grader.maths.reading.lexer import tokenize
from grader.maths.reading.numerals import spoken
from grader.maths.reading.tokens import spelling


@pytest.mark.parametrize(
    ("text", "digits", "rest"),
    [
        ("two fifths of it", "2 / 5", "of it"),
        ("nine, where", "9", ", where"),
        ("one thousand and one nights", "1001", "nights"),
        ("two and three", "2", "and three"),
        ("negative one half", "- 1 / 2", ""),
        ("hundred", "", "hundred"),
        ("the other", "", "the other"),
    ],
)
def test_a_number_in_words_ends_where_its_words_end(text: str, digits: str, rest: str) -> None:
    """What follows is left for the reader of the sentence."""
    tokens = tokenize(text)
    made, after = spoken(tokens, 0)
    assert (spelling(made), spelling(tokens[after:])) == (digits, rest)
