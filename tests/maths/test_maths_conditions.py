"""Conditions on one variable, in every notation, to sets of numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maths_sample import TEXTS, constant, work

from grader.maths.numbers.exact import real
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import NotAnExpressionError
from grader.maths.sets.conditions import read_condition
from grader.maths.sets.intervals import ALL, EMPTY, IntervalSet, between, point, render_set
from grader.maths.sets.ranges import Condition


def read(text: str, variable: str = "λ") -> Condition:
    """A condition that is all of the text."""
    tokens = tokenize(text)
    found, after = read_condition(tokens, 0, variable)
    if after < len(tokens):
        raise NotAnExpressionError(after, "the end")
    return found


def interval(text: str) -> IntervalSet:
    """A set in the plainest notation, made without the reader under test: ``[1,4)``, ``(0.001,)``, ``{2}``."""
    out = EMPTY
    for piece in text.split(" u "):
        if piece == "all":
            out = ALL
        elif piece[0] == "{":
            out = out | point(constant(piece[1:-1]))
        elif piece != "none":
            low, _, high = piece[1:-1].partition(",")
            ends = (constant(low) if low else None, constant(high) if high else None)
            out = out | between(*ends, low_closed=piece[0] == "[", high_closed=piece[-1] == "]")
    return out


STATED = [
    ("[1,4]", ["1 ≤ λ ≤ 4", "4 ≥ λ ≥ 1", "1 <= lambda <= 4", "\\lambda \\in [1, 4]", "λ ∈ [1, 4]", "[1, 4]", "[1; 4]",
               "λ ≥ 1 and λ ≤ 4", "λ >= 1, λ <= 4", "λ ≤ 4 ∧ λ ≥ 1", "1 ≤ λ and λ ≤ 4", "{λ : 1 ≤ λ ≤ 4}",
               "\\{\\lambda \\mid 1 \\le \\lambda \\le 4\\}", "{λ ∈ ℝ | 1 ≤ λ ≤ 4}", "λ in [1, 4]", "λ = [1, 4]",
               "at least 1 and at most 4", "between 1 and 4 inclusive", "between 1 and 4, inclusive",
               "from 1 to 4 (inclusive)", "λ is between 1 and 4, both ends included", "from 1 through 4",
               "λ must be at least 1 and at most 4", "no less than 1 and no more than 4", "λ ∈ [1, 5] ∩ [0, 4]",
               "1 ≤ λ, λ ≤ 4", "2 ≤ 2λ ≤ 8", "λ - 1 ≥ 0 and 4 - λ ≥ 0", "[1, 4.0]", "[\\frac{2}{2}, √16]",
               "$1 \\leq \\lambda \\leq 4$", "[1, 2] ∪ [2, 4]", "λ ∈ [1, 2] ∪ (2, 4]",
               "greater than or equal to 1 and up to 4",
               "1 or more and 4 or less", "−(−1) ≤ λ ≤ 4", "between 1 and 4 including both endpoints"]),
    ("(1,4)", ["1 < λ < 4", "(1, 4)", "λ ∈ (1, 4)", "]1, 4[", "strictly between 1 and 4", "λ > 1 and λ < 4",
               "between 1 and 4 exclusive", "between 1 and 4, exclusive", "above 1 and below 4",
               "greater than 1 and less than 4", "(1; 4)"]),
    ("[1,4)", ["1 ≤ λ < 4", "[1, 4)", "[1, 4[", "4 > λ ≥ 1", "at least 1 but less than 4", "at least 1 and below 4"]),
    ("(1,4]", ["1 < λ ≤ 4", "(1, 4]", "]1, 4]", "more than 1 and at most 4"]),
    ("(0.001,)", ["λ > 0.001", "λ > 10⁻³", "\\lambda > 10^{-3}", "λ > 1e-3", "0.001 < λ", "(0.001, ∞)", "(0.001, oo)",
                  "(10^{-3}, \\infty)", "0.001 < λ < ∞", "λ ∈ (0.001, +∞)", "2λ > λ + 0.001", "λ exceeds 0.001",
                  "greater than 0.001", "]0.001, ∞[", "λ > 1/1000", "strictly greater than 0.001", "> 0.001",
                  "λ > \\frac{1}{1000}", "λ must be larger than 0.001", "all λ > 0.001"]),
    ("[2,)", ["λ ≥ 2", "2 or more", "at least 2", "[2, ∞)", "λ is at least 2", "2 and above", "not less than 2", "≥ 2",
              "λ ⩾ 2"]),
    ("(,4)", ["λ < 4", "(-∞, 4)", "(−∞, 4)", "4 > λ", "less than 4", "-∞ < λ < 4", "under 4"]),
    ("(,1) u (4,)", ["λ < 1 or λ > 4", "(-∞, 1) ∪ (4, ∞)", "λ ∈ (-∞, 1) ∪ (4, ∞)", "λ < 1 ∨ λ > 4", "λ > 4 or λ < 1",
                     "(-\\infty, 1) \\cup (4, \\infty)"]),
    ("{2}", ["λ = 2", "{2}", "λ ∈ {2}", "\\{2\\}", "[2, 2]", "exactly 2", "equal to 2", "λ = 4/2"]),
    ("{1} u {3}", ["{1, 3}", "\\{3, 1\\}", "λ ∈ {1, 3}", "λ = 1 or λ = 3"]),
    ("(,0) u (0,)", ["λ ≠ 0", "\\lambda \\neq 0", "not equal to 0", "λ != 0", "(-∞, 0) ∪ (0, ∞)"]),
    ("(0,)", ["positive", "λ > 0", "λ is positive", "strictly positive", "-λ < 0"]),
    ("[0,)", ["nonnegative", "non-negative", "λ ≥ 0"]),
    ("(,0)", ["negative", "λ < 0"]),
    ("all", ["λ ∈ ℝ", "all real numbers", "(-∞, ∞)", "any real number", "λ ≤ 1 or λ ≥ 1"]),
    ("none", ["∅", "\\emptyset", "λ ∈ ∅", "no such value", "(4, 1)", "λ > 4 and λ < 1", "(1, 1)"]),
    ("[√2,π)", ["√2 ≤ λ < π", "[\\sqrt{2}, \\pi)", "λ ∈ [2/√2, π)"]),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "text"), [(expected, text) for expected, texts in STATED for text in texts])
def test_notations_of_one_set(expected: str, text: str) -> None:
    """Chains, intervals, set builders, words and signs describe the set that they mean, ends and all."""
    found = read(text)
    assert found.numbers.equals(interval(expected))
    assert found.ends_stated


@pytest.mark.parametrize(
    "text", ["between 1 and 4", "from 1 to 4", "λ between 1 and 4", "λ: 1–4", "λ ranges from 1 to 4"]
)
def test_words_that_do_not_settle_the_ends(text: str) -> None:
    """“Between 1 and 4” leaves open whether 1 and 4 belong, and is kept as such."""
    found = read(text)
    assert not found.ends_stated
    assert found.numbers.closure().equals(interval("[1,4]"))


@pytest.mark.parametrize(
    ("text", "solved", "named"),
    [("λ > 1", True, True), ("1 < λ", True, True), ("2λ > 2", False, True), ("[1, 4]", True, False),
     ("at least 1", True, False), ("λ ∈ [1, 4]", True, True)],
)  # fmt: skip
def test_what_is_said_of_the_variable(text: str, solved: bool, named: bool) -> None:
    """Whether the variable occurs, and whether it stands alone, is kept."""
    found = read(text)
    assert (found.solved, found.variable_named) == (solved, named)


@pytest.mark.parametrize(
    "text",
    ["", "λ", "1", "the answer", "x > 1", "λ > x", "λ > ", "[1, 4", "[1]", "(1 4)", "λ ∈", "λ^2 ≤ 4", "1/λ > 2",
    "between 1",
     "λ > 1/0", "Λ > 1", "λ_1 > 2", "λ' > 2", "{λ : x > 1}", "{1, x}", "[x, 4]", "1 < 2", "λ > √(-1)", "σ ≥ 1"],
)  # fmt: skip
def test_nothing_is_guessed(text: str) -> None:
    """Another variable, one with an index, an unsolvable relation or a broken bracket is no condition."""
    with pytest.raises(NotAnExpressionError):
        read(text)


def test_two_answers_are_not_a_union() -> None:
    """“λ > 1 or λ ≥ 1” overlap: that is doubt, and reading stops before the “or”."""
    tokens = tokenize("λ > 1 or λ ≥ 1")
    found, after = read_condition(tokens, 0, "λ")
    assert (found.numbers.equals(interval("(1,)")), after) == (True, 3)


ENDS = st.none() | st.fractions(-5, 5, max_denominator=8)
SETS = st.lists(st.tuples(ENDS, ENDS, st.booleans(), st.booleans()), max_size=3)


@settings(max_examples=120, deadline=None)
@given(SETS)
def test_a_set_that_is_shown_reads_back(pieces: list[tuple[Fraction | None, Fraction | None, bool, bool]]) -> None:
    """Unicode and LaTeX of any union of intervals give the same set again."""
    numbers = EMPTY
    for low, high, low_closed, high_closed in pieces:
        ends = (None if low is None else real(low), None if high is None else real(high))
        numbers = numbers | between(*ends, low_closed=low_closed, high_closed=high_closed)
    shown = render_set(numbers, "λ")
    for text in (shown.unicode, shown.latex):
        found = read(text)
        assert found.numbers.equals(numbers)
        assert found.ends_stated


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(0, 10))
def test_any_text_is_a_condition_or_is_not(text: str, at: int) -> None:
    """Whatever the text, the outcome is a condition that moves on, or the error that none starts there."""
    tokens = tokenize(text)
    try:
        found, after = read_condition(tokens, at, "λ")
    except NotAnExpressionError as error:
        assert error.expected
        return
    assert at < after <= len(tokens)
    assert found.numbers.equals(found.numbers)


@pytest.mark.parametrize("unit", ["λ > 1 and ", "[1, 2] ∪ ", "λ > 1, ", "1 < ", "{1, ", "λ ∈ ", "{λ : ", "at least "])
def test_work_grows_with_length_only(unit: str) -> None:
    """Three times the text takes at most about nine times the work, whether it reads as a condition or not."""

    def attempt(count: int) -> None:
        try:
            read_condition(tokenize(unit * count), 0, "λ")
        except NotAnExpressionError as error:
            assert error.expected

    attempt(3)
    assert work(lambda: attempt(36)) < 12 * work(lambda: attempt(12)) + 2_000
