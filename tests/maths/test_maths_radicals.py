"""Equality of expressions in roots, proved by a separation bound."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.maths.numbers.exact import compare, evaluate
from grader.maths.numbers.radicals import is_zero
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.tree import Node


def tree(text: str) -> Node:
    """The expression that a text is."""
    return parse_all(tokenize(text))


EQUAL = [
    ("\\frac{1}{\\sqrt{2}-1}", "1+√2"), ("√(3+2√2)", "1+√2"), ("√(5+2√6)", "√2+√3"), ("√(2+√3)", "(√6+√2)/2"),
    ("1/(\\sqrt[3]{2}-1)", "1+\\sqrt[3]{2}+\\sqrt[3]{4}"), ("\\sqrt[3]{2+√5}+\\sqrt[3]{2-√5}", "1"),
    ("2/(√5-1)", "(1+√5)/2"), ("√(√5-√(3-√(29-12√5)))", "1"), ("(1+√2)^{20}·(√2-1)^{20}", "1"), ("(2+√3)^{-1}", "2-√3"),
    ("1/(1+√2+√3)", "(2+√2-√6)/4"), ("(7+5√2)^{1/3}", "1+√2"), ("√(17+12√2)%", "(3+2√2)/100"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal_expressions_are_proved_equal(one: str, other: str) -> None:
    """Nested roots and roots below the line equal what they come to."""
    assert is_zero(tree(one), tree(other)) is True
    assert compare(evaluate(tree(one)), evaluate(tree(other))) == 0


@pytest.mark.parametrize(("one", "other"), EQUAL)
@pytest.mark.parametrize("gap", ["10^{-30}", "10^{-200}"])
def test_nearly_equal_expressions_are_told_apart(one: str, other: str, gap: str) -> None:
    """A difference that no float sees is none of rounding."""
    assert is_zero(tree(f"({one}) + {gap}"), tree(other)) is False
    assert compare(evaluate(tree(f"({one}) + {gap}")), evaluate(tree(other))) == 1


@pytest.mark.parametrize("text", ["π", "e", "sin 1", "ln 2", "2^{√2}", "2^{1000}", "\\sqrt[100]{2}", "3!"])
def test_other_constants_are_left_to_others(text: str) -> None:
    """Only expressions in roots of rationals are decided here."""
    assert is_zero(tree(f"{text} + √2"), tree(f"√2 + {text}")) is None


def test_work_is_bounded() -> None:
    """Of many different roots the degree is too high: undecided, without long work."""
    roots = "+".join(f"√(1+√{n})" for n in range(2, 12))
    assert is_zero(tree(f"{roots}+0"), tree(f"0+{roots}")) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.integers(1, 30), st.integers(2, 30), st.integers(-3, 3))
def test_the_square_of_a_sum_gives_it_back(a: int, b: int, m: int, off: int) -> None:
    """√(a² + b²m + 2ab√m) is a + b√m, and is not where a term is changed."""
    square = a * a + b * b * m + off
    if square * square >= 4 * a * a * b * b * m:
        assert is_zero(tree(f"√({square} + {2 * a * b}√{m})"), tree(f"{a} + {b}√{m}")) is (off == 0)
