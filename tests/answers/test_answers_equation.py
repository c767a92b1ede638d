"""Equations as answers: rearrangements are right, others are wrong with values that tell, the rest is left open."""

from __future__ import annotations

from typing import Any

import pytest
from answers_sample import Case, check_case

from grader import check
from grader.answers import get_type
from grader.diagnostics import AnswerError, SpecError
from grader.records import Status

XY: dict[str, Any] = {"variables": ["x", "y"]}
X: dict[str, Any] = {"variables": ["x"]}

RIGHT = [
    Case("y = -x/2 + 3/4", "2x+4y-3=0", "correct", "solved for y", "exact", options=XY),
    Case("3x²+4y²=12", "x²/4 + y²/3 = 1", "correct", "an ellipse", "exact", options=XY),
    Case("y=1/x", "xy=1", "correct", "x = 0 solves neither", "exact", options=XY),
    Case("x = 1", "(x-1)²=0", "correct", "a square that is 0", "exact", options=X),
    Case("(x²+1)(y-x) = 0", "y = x", "correct", "a factor that is never 0", "exact", options=XY),
    Case("xy = x²", "y = x", "correct", "x is not 0 here", "exact", options={**XY, "domain": "x > 0"}),
    Case("y = π x", "y/π - x = 0", "correct", "π is a number", "exact", options=XY),
    Case("A = π r^2", "r = √(A/π)", "correct", "squared", "exact", options={"variables": "A, r", "domain": "r>0, A>0"}),
    Case("y e^{-x} = 1", "y = e^x", "correct", "multiplied by what is never 0", options=XY),
    Case("y = 2 sin x cos x", "y = sin(2x)", "correct", "an identity", options=XY),
    Case("x = y/√2", "y = √2 x", "correct", "an irrational factor", options=XY),
    Case("3y = 3x^n", "y = x^n", "correct", "a symbol in an exponent", options={"variables": "x, y, n"}),
    Case("x = ±1", "x² = 1", "correct", "both signs", "exact", options=X),
    Case("x = 1 or x = -1", "x² = 1", "correct", "one solution after the other", "exact", options=X),
    Case("The solutions are $x=1$ or $x=-1$.", "x² = 1", "correct", "in a sentence", "exact", options=X),
    Case("x = (-b ± √(b²-4c))/2", "x² + b x + c = 0", "correct", "a formula", "exact", options={"variables": "x b c"}),
    Case("y = 2(x+1) = 2x + 2", "y - 2x = 2", "correct", "a chain of equal sides", "exact", options=XY),
    Case("y = m x + b where m = 2 and b = 1", "y = 2x+1", "correct", "with definitions", options=XY),
    Case("6 - 2y ≥ 2x", "x + y ≤ 3", "correct", "an inequality turned round", "exact", options=XY),
    Case("x³ > 0", "x > 0", "correct", "an odd power has the sign", "exact", options=X),
]

WRONG = [
    Case("x = 1", "x² = 1", "incorrect", "a solution is lost", "fewer", options=X),
    Case("x² = 1", "x = 1", "incorrect", "a solution is added", "more", options=X),
    Case("xy = x²", "y = x", "incorrect", "x = 0 is added", "more", options=XY),
    Case("y/x = 2x", "xy = 2x³", "incorrect", "x = 0 is lost", "fewer", options=XY),
    Case("y = x + 1/1000000", "y = x", "incorrect", "a small difference is one", "different", options=XY),
    Case("y = 3.14 x", "y = π x", "incorrect", "a rounded number", options=XY),
    Case("y² = x", "y = √x", "incorrect", "the lower half is added", options=XY),
    Case("y = x", "y = |x|", "incorrect", "negative x", options=XY),
    Case("y = 2 sin x", "y = sin(2x)", "incorrect", "a slip", options=XY),
    Case("0 = 0", "y = x", "incorrect", "it says nothing", "always", options=XY),
    Case("1 = 0", "x = 1", "incorrect", "it has no solution", "fewer", options=X),
    Case("(x-5)(x-2)²=0", "x²-7x+10=0", "incorrect", "a zero counted twice", "multiplicity", options=X),
    Case("x < 3", "x ≤ 3", "incorrect", "the end point", "strict", options=X),
    Case("x > 3", "x < 3", "incorrect", "the direction", "direction", options=X),
    Case("x² > 0", "x > 0", "incorrect", "negative x", "direction", options=X),
    Case("x ≤ 3", "x = 3", "incorrect", "no equation", "kind", options=X),
    Case("n = 2", "n² = 4", "incorrect", "−2 too", "fewer", options={"variables": "n", "domain": "n integer"}),
]


@pytest.mark.parametrize("case", RIGHT, ids=lambda c: c.response)
def test_rearrangements_are_right(case: Case) -> None:
    """The same solutions, in whatever form."""
    check_case("equation", case)


@pytest.mark.parametrize("case", WRONG, ids=lambda c: c.response)
def test_other_equations_are_wrong_and_values_tell(case: Case) -> None:
    """Each has a witness: values that satisfy one of the two only, or the factor that counts differently."""
    check_case("equation", case)


@pytest.mark.parametrize(
    ("response", "expected", "options"),
    [
        ("ln y = x", "y = e^x", XY),
        ("x² + 2y² = 0", "x² + y² = 0", XY),
        ("x² = 1", "x^4 = 1", X),
        ("x² + 2 = 0", "x² + 1 = 0", X),
        ("x^{1000000} = y", "y = x", XY),
        ("y = 1/2x", "y = x/2", XY),
    ],
)
def test_what_is_not_settled_is_left_open(response: str, expected: str, options: dict[str, Any]) -> None:
    """Steps that are not worked out, complex solutions of one unknown, exponents beyond the bound, two readings."""
    assert check(response, expected, type="equation", **options).status is Status.UNDECIDED


def test_complex_solutions_count_unless_the_unknown_is_declared_real() -> None:
    """x⁴ = 1 has four solutions, two of them real."""
    assert check("x²=1", "x^4=1", type="equation", variables=["x"], domain="x real").status is Status.CORRECT


def test_a_witness_satisfies_one_equation_only() -> None:
    """The values are exact where a symbol occurs linearly."""
    verdict = check("y = x/2 + 3/4", "2x + 4y - 3 = 0", type="equation", **XY)
    assert verdict.evidence is not None
    assert verdict.evidence.witness is not None
    from fractions import Fraction

    at = {name: Fraction(value) for name, value in verdict.evidence.witness.at}
    assert 2 * at["x"] + 4 * at["y"] == 3
    assert at["y"] != at["x"] / 2 + Fraction(3, 4)


def test_a_gap_of_the_answer_is_told() -> None:
    """An answer that is undefined at a solution is right there, with a remark."""
    verdict = check("y = (x²-1)/(x-1)", "y = x+1", type="equation", **XY)
    assert verdict.status is Status.CORRECT
    assert "undefined" in verdict.feedback
    assert check("y = 1/x", "xy = 1", type="equation", **XY).feedback == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2x + 4y - 3", "equation"),
        ("x + y = 1, x - y = 3", "several"),
        ("y = 2x, x = 3", "several"),
        ("x + y = 1\nx - y = 3", "several"),
        ("x = y = 3", "two sides"),
        ("x ≈ 3", "two sides"),
        ("y = 2x +", "expected"),
        ("x = 1 or perhaps not", "or"),
    ],
)
def test_what_is_no_single_equation_is_refused_kindly(text: str, says: str) -> None:
    """The message says what was expected, and the fix what to write."""
    kind = get_type("equation")
    with pytest.raises(AnswerError) as caught:
        kind.read(text, kind.options_model.model_validate(XY))
    told = caught.value.diagnostics[0]
    assert says in told.message
    assert told.fix is not None
    assert "equation" in told.fix


@pytest.mark.parametrize("value", ["x + 1", "0 = 0", "2x = x + x", "x = ", 3, ["x", 1]])
def test_a_key_that_is_no_equation_is_the_authors_error(value: object) -> None:
    """An expression, what always holds, half an equation, a number, a list."""
    kind = get_type("equation")
    with pytest.raises(SpecError):
        kind.key(value, kind.options_model.model_validate(X))


def test_a_solver_may_return_a_relation_of_sympy() -> None:
    """``Eq`` and inequalities are read as written."""
    import sympy

    x, y = sympy.symbols("x y")
    kind = get_type("equation")
    options = kind.options_model.model_validate(XY)
    key = kind.key(sympy.Eq(y, 2 * x**2 + 1), options)
    assert kind.compare(kind.read("2x² = y - 1", options), key, options).status is Status.CORRECT
    key = kind.key(x + y <= 3, options)
    assert kind.compare(kind.read("x ≤ 3 - y", options), key, options).status is Status.CORRECT


def test_where_no_rearrangement_is_asked_only_the_sides_may_be_swapped() -> None:
    """Each side has to be equal to a side of the key; their own form is free."""
    options = {**XY, "rearranged": False}
    for text, status in (
        ("y = 2x+2", Status.CORRECT),
        ("2(x+1) = y", Status.CORRECT),
        ("y - 2 = 2x", Status.INCORRECT),
        ("y = 3x", Status.INCORRECT),
    ):
        assert check(text, "y = 2x + 2", type="equation", **options).status is status, text
