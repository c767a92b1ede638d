"""Linear relations in one variable."""

from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.maths.numbers.balls import UndefinedError
from grader.maths.numbers.exact import real
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import numbers_and
from grader.maths.sets.intervals import ALL, EMPTY
from grader.maths.sets.linear import NotLinearError, solve
from grader.maths.tree import Binary, Node, Symbol, from_fraction

HOLDS = {
    "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge, "=": operator.eq, "≠": operator.ne,
}  # fmt: skip
NUMBERS = st.fractions(-3, 3, max_denominator=3)


def tree(text: str) -> Node:
    return parse_all(tokenize(text), numbers_and(frozenset({"λ"})))


def side(slope: Fraction, rest: Fraction, form: int) -> Node:
    """``slope·λ + rest`` in one of several ways of writing it."""
    a, b, x = from_fraction(slope), from_fraction(rest), Symbol("λ")
    if form == 1:
        return Binary("-", b, Binary("*", x, from_fraction(-slope)))
    if form == 2 and slope:
        return Binary("*", a, Binary("+", x, from_fraction(rest / slope)))
    if form == 3 and slope:
        return Binary("/", Binary("+", x, from_fraction(rest / slope)), from_fraction(1 / slope))
    return Binary("+", Binary("*", a, x), b)


@settings(max_examples=70)
@given(
    NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.sampled_from(sorted(HOLDS)), st.integers(0, 3), st.lists(NUMBERS, min_size=3)
)
def test_solutions_are_what_satisfies_the_relation(
    a: Fraction, b: Fraction, c: Fraction, d: Fraction, symbol: str, form: int, points: list[Fraction]
) -> None:
    """A number is in the solution set exactly where putting it in makes the relation true."""
    found = solve(side(a, b, form), symbol, side(c, d, (form + 1) % 4), "λ")
    crossing = [(d - b) / (a - c)] if a != c else []
    for x in points + crossing + [x + Fraction(1, 1000) for x in crossing]:
        assert (real(x) in found) == HOLDS[symbol](a * x + b, c * x + d)


@pytest.mark.parametrize(
    ("left", "symbol", "right", "low", "high"),
    [
        ("2λ", ">", "λ + 0.001", "1/1000", None), ("λ/2", "≤", "3", None, 6), ("-λ", "≤", "-1", 1, None),
        ("1", "<", "λ", 1, None), ("3(λ - 1)", "≥", "0", 1, None), ("λ·50%", "<", "1", None, 2),
        ("1 - λ/4", "≥", "0", None, 4), ("(λ+1)/2 - 1", ">", "0", 1, None),
    ],
)  # fmt: skip
def test_written_relations(left: str, symbol: str, right: str, low: object, high: object) -> None:
    """Relations as students write them give one bound on the right side."""
    ((a, b),) = solve(tree(left), symbol, tree(right), "λ").pieces
    ends = [None if cut.value is None else cut.value.fraction for cut in (a, b)]
    assert ends == [None if end is None else Fraction(str(end)) for end in (low, high)]


@pytest.mark.parametrize(
    ("left", "symbol", "right", "everywhere"),
    [("λ", "≤", "λ", True), ("λ", "<", "λ", False), ("λ + 1", ">", "λ", True), ("0·λ", "=", "1", False), ("2λ-λ-λ",
    "≥", "0", True)],
)  # fmt: skip
def test_a_variable_that_cancels(left: str, symbol: str, right: str, everywhere: bool) -> None:
    """Where the variable cancels, the relation holds everywhere or nowhere."""
    assert solve(tree(left), symbol, tree(right), "λ") == (ALL if everywhere else EMPTY)


@pytest.mark.parametrize(
    ("left", "right"), [("λ^2", "1"), ("λ·λ", "1"), ("1/λ", "2"), ("√λ", "1"), ("ln λ", "0"), ("λ!", "1"), ("π·λ", "1")]
)
def test_what_is_not_linear_is_refused(left: str, right: str) -> None:
    """Nothing is guessed about relations of another kind."""
    with pytest.raises(NotLinearError):
        solve(tree(left), "≤", tree(right), "λ")


@pytest.mark.parametrize(("left", "right"), [("λ/0", "1"), ("λ", "1/0"), ("λ + ln 0", "1"), ("λ/(1-1)", "2")])
def test_what_has_no_value_is_refused(left: str, right: str) -> None:
    """A constant without a value leaves nothing to solve."""
    with pytest.raises(UndefinedError):
        solve(tree(left), "≤", tree(right), "λ")


def test_bounds_that_are_not_rational() -> None:
    """Constants may be any that have a value; the bound is exact."""
    ((_, high),) = solve(tree("2λ"), "≤", tree("√8"), "λ").pieces
    assert high.value is not None
    assert real(1) in solve(tree("2λ"), "≤", tree("√8"), "λ")
    assert real(Fraction(3, 2)) not in solve(tree("2λ"), "≤", tree("√8"), "λ")
