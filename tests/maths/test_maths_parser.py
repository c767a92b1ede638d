"""Tokens to expression trees."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maths_sample import TEXTS, constant, parsed, work

from grader.diagnostics import AnswerError
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import MAX_DEPTH, NotAnExpressionError, parse_all, parse_prefix
from grader.maths.reading.scope import numbers_and
from grader.maths.tree import symbols_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1+2*3", 7), ("(1+2)*3", 9), ("10-4-3", 3), ("24/4/2", 3), ("2^3^2", 512), ("-3^2", -9), ("(-3)^2", 9),
        ("2^-3", "1/8"), ("2^{-3}", "1/8"), ("2⁻³", "1/8"), ("10^{-3}", "1/1000"), ("2*-3", -6), ("1 - -1", 2),
        ("+5", 5), ("-(2+3)", -5), ("50%", "1/2"), ("50 %", "1/2"), ("5!", 120), ("3!/2", 3), ("0!", 1),
        ("\\frac{1}{2}", "1/2"), ("\\frac12", "1/2"), ("\\tfrac{3}{4}", "3/4"), ("-\\frac{1}{2}", "-1/2"),
        ("1\\frac{1}{2}", "3/2"), ("2\\cdot\\frac{1}{2}", 1), ("1½", "3/2"), ("\\sqrt{16}", 4), ("√16", 4),
        ("√(9+16)", 5), ("sqrt(2.25)", "3/2"), ("\\sqrt[3]{27}", 3), ("√4+5", 7), ("2√9", 6), ("√(4)^3", 8),
        ("2(3+4)", 14), ("(1+1)(2+3)", 10), ("2\\sqrt{9}", 6), ("log_2 8", 3), ("log_2(8)", 3), ("\\log_2 8", 3),
        ("log₂ 8", 3), ("\\log_{10} 1000", 3), ("log_{10}(0.01)", -2), ("ln(e)", 1), ("\\ln e^2", 2), ("exp(0)", 1),
        ("e^{0}", 1), ("abs(-3)", 3), ("3 × 10⁻²", "3/100"), ("3·10^2", 300), ("3 \\times 10^{2}", 300),
        ("12/3", 4), ("{5}", 5), ("\\left(1+2\\right)/3", 1), ("5 – 3", 2), ("7.5 × 10⁻¹", "3/4"), ("1/2+1/3", "5/6"),
        ("2**3", 8), ("(2)(3)", 6), ("2·3·4", 24),
    ],
)  # fmt: skip
def test_precedence_and_notation(text: str, value: object) -> None:
    """Powers bind before signs and to the right, products before sums; every notation gives the same tree's value."""
    assert constant(text).fraction == Fraction(str(value))


@pytest.mark.parametrize(
    ("text", "start", "found", "expected"),
    [
        ("", 0, "the answer is empty", "expected a number"),
        ("2+", 2, "the answer ends here", "expected a number"),
        ("(1+2", 4, "the answer ends here", "expected “)”"),
        ("1+/2", 2, "found “/”", "expected a number"),
        ("2 apples", 2, "found “apples”", "should end here"),
        ("3 4", 2, "found “4”", "should end here"),
        ("(1,2)", 2, "found “,”", "expected “)”"),
        ("2x", 1, "found “x”", "should end here"),
        ("x + 1", 0, "found “x”", "expected a number"),
        ("1\n2", 1, "found the end of the line", "should end here"),
        ("5)", 1, "found “)”", "should end here"),
        ("\\frac{1}", 8, "the answer ends here", "expected “{”"),
        ("sqrt", 4, "the answer ends here", "expected a number"),
        ("3 or 4", 2, "found “or”", "should end here"),
        ("λ", 0, "found “λ”", "expected a number"),
        ("1\t2", 1, "found a tab", "should end here"),
        ("log_b 3", 0, "found “log”", "the base of the logarithm"),
    ],
)
def test_errors_point_at_the_character(text: str, start: int, found: str, expected: str) -> None:
    """What was found, what was expected, and where: the first character that does not fit."""
    with pytest.raises(AnswerError) as caught:
        parsed(text)
    (told,) = caught.value.diagnostics
    assert told.code == "answer-unreadable"
    assert told.span is not None
    assert (told.span.start, told.span.column) == (start, start + 1)
    assert found in told.message
    assert expected in told.message
    assert told.fix


@pytest.mark.parametrize(
    "text",
    ["x", "2x + 1", "K_0", "e_1", "π_2", "1 2", "1,2", "[1]", "1 = 2", "max(1, 2)", "5 apples", "∞", "f(2)", "±3"],
)
def test_nothing_is_guessed(text: str) -> None:
    """A name without a value, a name with an index, or what is left over makes the whole unreadable."""
    with pytest.raises(AnswerError):
        parsed(text)


def test_names_are_read_only_where_they_are_known() -> None:
    """The caller says which symbols may stand in an expression; at another, the longest expression ends."""
    tokens = tokenize("2λ x")
    node, after = parse_prefix(tokens, 0, numbers_and(frozenset({"λ", "x"})))
    assert (symbols_in(node), after) == ({"λ", "x"}, 3)
    node, after = parse_prefix(tokens, 0, numbers_and(frozenset({"λ"})))
    assert (symbols_in(node), after) == ({"λ"}, 2)
    node, after = parse_prefix(tokens, 0)
    assert (symbols_in(node), after) == (set(), 1)
    with pytest.raises(NotAnExpressionError):
        parse_prefix(tokens, 2, numbers_and(frozenset({"λ"})))


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("{", "}"), ("-(", ")"), ("√(", ")"), ("2*(", ")")])
def test_nesting_is_bounded(opening: str, closing: str) -> None:
    """Some nesting is read; more than the bound is told as such, not by a crash."""
    assert constant(opening * 10 + "1" + closing * 10).fraction is not None
    deep = MAX_DEPTH + 5
    with pytest.raises(AnswerError, match="nesting"):
        parsed(opening * deep + "1" + closing * deep)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000, "-" * 5000 + "1", "√" * 5000 + "1", "ln " * 5000 + "1", "2^" * 5000 + "1", "2^" + "-" * 5000 + "1",
        "\\frac{" * 5000, "2(" * 3, "\\sqrt[" * 5000, "1" + "!" * 5000, "1" + "%" * 5000, "+".join("1" * 5000),
        "*".join("1" * 5000), "2 " * 5000, "π" * 5000, "½" * 5000, "^" * 5000, "log_" + "1" * 5000 + " 3", "log_{²} 3",
    ],
)  # fmt: skip
def test_hostile_expressions_are_read_or_refused(text: str) -> None:
    """Long and deep expressions have a value or an error for their writer; nothing else is raised."""
    from grader.maths.numbers.balls import UndefinedError

    try:
        assert constant(text).node is not None
    except AnswerError as error:
        assert error.diagnostics[0].message
    except UndefinedError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("opening", "closing"), [("2(", ")"), ("(", ")"), ("√(", ")"), ("\\frac{", "}{2}"), ("2^(", ")"), ("2·(1+", ")")]
)
def test_work_does_not_double_with_each_level(opening: str, closing: str) -> None:
    """Three times the nesting takes about three times the work: nothing inside is read again for each level."""

    def steps(depth: int) -> int:
        return work(lambda: parsed(opening * depth + "1" + closing * depth))

    steps(2)  # what is compiled once is not counted
    assert steps(12) < 5 * steps(4)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_parsed_or_refused(text: str) -> None:
    """Whatever the text, the outcome is a tree or an error that points into the text."""
    try:
        parsed(text)
    except AnswerError as error:
        span = error.diagnostics[0].span
        assert span is not None
        assert 0 <= span.start <= span.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.integers(0, 20))
def test_a_prefix_ends_where_it_says(text: str, at: int) -> None:
    """The longest expression from a token on is not empty, and those tokens alone give the same tree."""
    tokens = tokenize(text)
    try:
        node, after = parse_prefix(tokens, at)
    except NotAnExpressionError as error:
        assert at <= error.at <= max(at, len(tokens))
        return
    assert at < after <= len(tokens)
    assert parse_all(tokens[at:after]) == node
