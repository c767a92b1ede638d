"""Options with a predicate each: however a choice is told, the same options are read; and reading ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader import check
from grader.answers._choices.catalogue import catalogue
from grader.answers._choices.predicates import said
from grader.maths.reading.lexer import tokenize

KEYS = "ABCDE"
OPTIONS = {"options": ["a wing", "an ear", "an eye", "a leg", "a toe"]}
WORDS = "A B (C) D-E all none neither the others rest only but not except hold fails true false : ; , . and ≻ ? | if"


@given(st.sets(st.sampled_from(KEYS), min_size=1, max_size=4))
def test_a_choice_is_read_however_it_is_told(chosen: set[str]) -> None:
    """Predicates behind, in front, for the others, and in sentences of their own say the same."""
    inside, outside = sorted(chosen), sorted(set(KEYS) - chosen)
    told = (
        f"{' and '.join(inside)} hold, the others fail",
        f"True: {', '.join(inside)}; false: {', '.join(outside)}",
        "\n".join(f"{key}: {'T' if key in chosen else 'F'}" for key in KEYS),
        " ".join(f"{key} is {'right' if key in chosen else 'wrong'}." for key in KEYS),
        f"All but {', '.join(outside)} are correct.",
        f"Only {' and '.join(inside)} apply.",
        f"I keep {', '.join(inside)} and drop {', '.join(outside)}.",
    )
    for text in told:
        verdict = check(text, inside, type="choices", **OPTIONS)
        assert verdict.status.value == "correct", text


@given(st.lists(st.sampled_from(WORDS.split()), max_size=25))
def test_any_words_are_read_to_their_end(words: list[str]) -> None:
    """Reading comes to an end, and what it tells is of the options."""
    tokens = tokenize(" ".join(words))
    found = said(tokens, 0, len(tokens), catalogue(tuple(zip(KEYS, OPTIONS["options"], strict=True))))
    assert found is None or set(found.of) <= set(KEYS)
