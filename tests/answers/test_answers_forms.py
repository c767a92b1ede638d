"""Forms that are asked for: what lacks them is told, and nothing is held against an answer without need."""

from __future__ import annotations

import pytest

from grader import check
from grader.answers._expressions.forms import missing
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import Scope
from grader.maths.tree import Node
from grader.records import Status

FREE = Scope(free=True)


def tree(text: str) -> Node:
    return parse_all(tokenize(text), FREE, "a formula")


HAS = {
    "factored": [
        "(x-1)(x+1)", "(x+1)^2", "-(x-1)(x+1)", "2(x-1)(x+1)", "x(x+1)", "x² + 1", "2(x²-2)", "x²+x+1", "x", "3", "xy",
        "(x-1)(x+1)/(x-2)", "(x+1)(x+1)", "e^x (x+1)", "e^x + 1", "(x-√2)(x+√2)", "(x²+y²)(x-y)", "x + 1/2", "√x + 1",
        "(x+1)^n",
    ],
    "expanded": [
        "x²+x-6", "x/2 + 3/2", "(x+1)/2", "2x", "sin(2(x+1))", "e^{2(x+1)}", "(1+√2)x + 1", "√(x+1)", "(x+1)^{1/2}",
        "x^{2(n+1)}", "-x - 1", "x³ - (-1)",
    ],
    "single_fraction": [
        "(2x+1)/(x(x+1))", "x + 1", r"\frac{1}{2}(x+1)", "-1/x", "x^{1/2}/y", "√(1/2)/x", "x/(2y)", "e^{1/x}/2", "2/3",
    ],
    "exact": ["√2/2", "1/3", "π", "2^{-1/2}"],
    "simplified": [
        "x+1", "x/2", "√2/2", "2√2", "x² - 1", "(x-1)(x+1)", "1/x + 1/y", "1 + √2", "x + y", r"1\frac{1}{2}",
        "1/√2", "√x/x", "3·10^5", "(x+1)/(x-1)", "x/(x+1)", "2x + 3", "(x+1)/2", "e^x + e^{2x}", "x(x+1) + 1", "-x",
        "π/2 + 1", "0.5 x", "x^n/y", "3/4",
    ],
}  # fmt: skip

LACKS = {
    "factored": [
        "x²-1", "x²+2x+1", "2(x²-1)", "x²+x", "-(x²-1)", "2x+2", "(x²-1)(x+2)", "(x²-1)²", "x(x²-4)", "x³-1", "xy+x",
        "x²-y²", "(x²-1)/(x-2)", "x e^x + e^x", "6x - 9", "1/x + 1/x²",
    ],
    "expanded": ["(x-2)(x+3)", "x(x+1)", "2(x+1)", "(x+1)²", "-(x+1)", "x - (x+1)", "(1+√2)(1-√2)", "y + 2(x-1)"],
    "single_fraction": ["1/x + 1/(x+1)", "(1/x + 1)/2", "1/(1/x)", "x + 1/2", "1 + x^{-1}", "(1 + 1/x)(1 + x)"],
    "exact": ["0.707", "1.5 x"],
    "simplified": [
        "2·3", "2x + 3x", "xy + 2yx", "(x-1)(x+1)/(x-1)", "(x²-1)/(x-1)", "2x/4", "(2x+2)/4", "6/4", "x²/x", "√8",
        "-(-x)", "x^1", "x^0", "1 x", "x + 0", "x/1", "(x/2)/3", "a/(b/2)", "x/2 + x/3", "1/x + 2/x", "1 - 2 + x",
        "(2x)(3y)", "2√2/4", "e^x + 2e^x", "x^{n+1-1}", "sin(x + x)", "(x + x)/y",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("form", "text"), [(form, text) for form, texts in HAS.items() for text in texts])
def test_what_has_the_form_is_left_alone(form: str, text: str) -> None:
    """Irreducible sums are factored, numbers in front are coefficients, roots may stay below a line."""
    assert missing(tree(text), form) == ""


@pytest.mark.parametrize(("form", "text"), [(form, text) for form, texts in LACKS.items() for text in texts])
def test_what_lacks_the_form_is_told_so(form: str, text: str) -> None:
    """The sentence says what was asked, and what is left to do."""
    told = missing(tree(text), form)
    assert told.startswith("it was to be ")
    assert told.endswith(".")


def test_the_factor_that_can_be_factored_further_is_named() -> None:
    """2(x² − 1) is a product, and not fully factored over ℚ."""
    verdict = check("2(x²-1)", "2x² - 2", type="expression", variables=["x"], form="factored")
    assert verdict.status is Status.PARTIAL
    assert verdict.reason == "form"
    assert "x² - 1" in verdict.feedback


def test_large_expressions_are_not_judged_by_their_form() -> None:
    """What is too large to be factored or read as a rational function lacks nothing."""
    assert missing(tree("x^{1000} - 1"), "factored") == ""
    assert missing(tree("(x+y+z+1)^{100}/(x+1)"), "simplified") == ""
