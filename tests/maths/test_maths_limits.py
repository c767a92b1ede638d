"""What is too large to be read as an answer, told before any work is spent on it."""

from __future__ import annotations

import pytest

from grader.maths.reading.limits import MAX_LINE, MAX_NESTING, refusal


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * (MAX_LINE + 1), "characters"), ("(" * (MAX_NESTING + 250), "nested"),
        ("[" * 150 + "1" + "]" * 150, "nested"),
    ],
)  # fmt: skip
def test_long_lines_deep_brackets_and_many_words_are_refused(text: str, says: str) -> None:
    """The refusal is a sentence that says what is too much, and how much is read."""
    assert says in refusal(text)


@pytest.mark.parametrize(
    "text",
    ["", "x + 1", "x" * (MAX_LINE - 1), "(" * 90 + ")" * 90, "()" * 2000, "word " * 1500, "(\n\n" * 400, ")" * 500],
)
def test_what_people_write_is_not_refused(text: str) -> None:
    """Long replies, many brackets side by side, and brackets left open in many paragraphs are read."""
    assert refusal(text) == ""


def test_the_limits_are_where_they_are_said_to_be() -> None:
    """One character or one bracket more makes the difference."""
    pad = " " * 300
    assert refusal("(" * MAX_NESTING + pad) == ""
    assert refusal("(" * (MAX_NESTING + 1) + pad) != ""
    assert refusal("x" * MAX_LINE) == ""
    assert refusal("x" * (MAX_LINE + 1)) != ""
