"""The words of conditions."""

from __future__ import annotations

import pytest

from grader.maths.reading.lexer import tokenize
from grader.maths.sets.phrases import COMPARISONS, ENDS, RANGES, TRAILING, WHOLE, Phrases, match, skip_fillers

NEGATIONS = {"<": "≥", ">": "≤"}


@pytest.mark.parametrize("table", [COMPARISONS, RANGES, TRAILING, ENDS, WHOLE])
def test_every_phrase_is_found_as_it_is_written(table: Phrases) -> None:
    """Each entry, written out before a number, is found whole, in any case, with its meaning."""
    assert table
    for words, meaning in table.items():
        text = " ".join(words).replace(" - ", "-")
        tokens = tokenize(f"{text} 5")
        assert match(tokens, 0, table) == (meaning, len(tokens) - 1), text
        assert match(tokenize(f"{text.capitalize()} 5"), 0, table) == (meaning, len(tokens) - 1)


@pytest.mark.parametrize("word", ["less", "more", "greater", "larger", "smaller", "lower", "higher", "fewer"])
def test_no_turns_a_comparison_round(word: str) -> None:
    """“No more than” allows equality; so does “or equal to”; plain “more than” does not."""
    plain = COMPARISONS[(word, "than")]
    for negated in (("no", word, "than"), ("not", word, "than")):
        if negated in COMPARISONS:
            assert COMPARISONS[negated] == NEGATIONS[plain]
    assert COMPARISONS[(word, "than", "or", "equal", "to")] == {"<": "≤", ">": "≥"}[plain]


def test_the_longest_phrase_counts() -> None:
    """“Greater than or equal to” is not cut short to “greater than”."""
    tokens = tokenize("greater than or equal to 5")
    assert match(tokens, 0, COMPARISONS) == ("≥", 5)


@pytest.mark.parametrize("text", ["5", "", "at", "greater", "leastways 5", "at 5 least"])
def test_no_phrase(text: str) -> None:
    """A part of a phrase, or other words, is none."""
    assert match(tokenize(text), 0, COMPARISONS) is None


def test_fillers_end_where_a_phrase_begins() -> None:
    """Words that say nothing are passed over; a phrase is not, though it begins with such a word."""
    tokens = tokenize("must be in the range between 1 and 4")
    assert tokens[skip_fillers(tokens, 0)].text == "between"
    tokens = tokenize("is all real numbers")
    assert tokens[skip_fillers(tokens, 0)].text == "all"
    tokens = tokenize("not 5")
    assert skip_fillers(tokens, 0) == 0
