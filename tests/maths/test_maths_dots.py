"""Dots in sums and products are filled in where the terms leave no doubt, and never by a guess."""

from __future__ import annotations

import pytest

from grader import check
from grader.diagnostics import AnswerError
from grader.maths.reading.dots import MAX_DOTS
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import Scope
from grader.maths.tree import Big, Node, walk
from grader.records import Status

FREE = Scope(free=True)


def tree(text: str) -> Node:
    return parse_all(tokenize(text), FREE, "a formula")


@pytest.mark.parametrize(
    ("dotted", "meant", "variables"),
    [
        ("x_1 + x_2 + ... + x_n", r"\sum_{i=1}^n x_i", "x_i n"),
        (r"x_1 + \dots + x_n", r"\sum_{i=1}^n x_i", "x_i n"),
        ("x_0 + x_1 + … + x_{n-1}", r"\sum_{i=0}^{n-1} x_i", "x_i n"),
        ("5 + x_1 + x_2 + … + x_n", r"5 + \sum_{i=1}^n x_i", "x_i n"),
        ("x_1 + x_2 + … + x_{n-1} + x_n", r"\sum_{i=1}^n x_i", "x_i n"),
        ("a_1 b_1 + … + a_n b_n", r"\sum_{i=1}^n a_i b_i", "a_i b_i n"),
        ("a_0 + a_1 x + a_2 x^2 + ⋯ + a_n x^n", r"\sum_{i=0}^n a_i x^i", "a_i x n"),
        ("1 + s + s^2 + … + s^{n-1}", r"\sum_{i=0}^{n-1} s^i", "s n"),
        ("a + a r + a r² + … + a r^{n-1}", r"\sum_{i=0}^{n-1} a r^i", "a r n"),
        ("1 + 2 + … + n", "n(n+1)/2", "n"),
        ("1 + … + n", "n(n+1)/2", "n"),
        ("2 + 4 + … + 2n", "n(n+1)", "n"),
        ("1 + 3 + 5 + … + (2n-1)", "n²", "n"),
        ("1² + 2² + … + n²", "n(n+1)(2n+1)/6", "n"),
        ("1 + 4 + 9 + … + n²", "n(n+1)(2n+1)/6", "n"),
        ("1/2 + 1/4 + … + 1/2^n", "1 - 2^{-n}", "n"),
        ("1/(1·2) + 1/(2·3) + … + 1/(n(n+1))", "n/(n+1)", "n"),
        ("1 + 2 + 4 + … + 2^n", "2^{n+1} - 1", "n"),
        ("n + (n-1) + … + 1", "n(n+1)/2", "n"),
        ("1·2·3⋯n", "n!", "n"),
        (r"1 \cdot 2 \cdots n", "n!", "n"),
        ("n(n-1)⋯1", "n!", "n"),
        ("n(n-1)⋯2·1", "n!", "n"),
        ("x_1 x_2 ⋯ x_n", r"\prod_{i=1}^n x_i", "x_i n"),
        ("1 + 2 + … + 100", "5050", ""),
        ("2 + 4 + … + 20", "110", ""),
        ("(x_1 + … + x_{10})/10", r"\frac{1}{10}\sum_{i=1}^{10} x_i", "x_i"),
    ],
)
def test_dots_mean_the_sum_or_product_that_the_terms_determine(dotted: str, meant: str, variables: str) -> None:
    """The dotted form equals the closed one or the sum over an index, by another route than reading."""
    assert any(isinstance(here, Big) for here in walk(tree(dotted)))
    verdict = check(dotted, meant, type="expression", variables=variables.split(), domain="n integer, n >= 1")
    assert verdict.status is Status.CORRECT, verdict.feedback


@pytest.mark.parametrize(
    ("dotted", "other", "variables"),
    [
        ("x_1 + x_2 + … + x_{n-1}", r"\sum_{i=1}^n x_i", "x_i n"),
        ("1 + s + s^2 + … + s^n", r"\sum_{i=0}^{n-1} s^i", "s n"),
        ("1·2⋯(n-1)", "n!", "n"),
    ],
)
def test_dots_that_end_too_early_or_too_late_are_wrong(dotted: str, other: str, variables: str) -> None:
    """The last term counts."""
    verdict = check(dotted, other, type="expression", variables=variables.split(), domain="n integer, n >= 3")
    assert verdict.status is Status.INCORRECT


@pytest.mark.parametrize(
    "text",
    [
        "1 + 2 + … + 2^n",  # also 1 + 2 + 3 + 4 …
        "1 + 2 + 4 + … + 64",  # the last term does not say how
        "1 + … + 2^n",
        "2 + … + 2n",
        "x + y + … + z",
        "1 + 1 + … + 1",
        "a_1 b_n + a_2 b_{n-1} + … + a_n b_1",
        "1/n + 2/n + … + n/n",
        "x_1 - x_2 + … + x_n",
        "x_1 + x_3 + … + x_2",
        "3 + … + 5 + … + 9",
        "1 … n",
    ],
)
def test_what_is_not_determined_is_refused_with_a_way_out(text: str) -> None:
    """The message asks for the sum with Σ, at the dots."""
    with pytest.raises(AnswerError) as caught:
        tree(text)
    told = caught.value.diagnostics[0]
    assert "Σ" in told.message
    assert told.span is not None
    assert text[told.span.start : told.span.end] == "…"


@pytest.mark.parametrize("text", ["1 + 2 + …", "x_1 + …", "… + x_n", "1 + … +", "0.325…"])
def test_dots_without_a_last_or_first_term_are_refused(text: str) -> None:
    """There is nothing that they lead to, or come from."""
    with pytest.raises(AnswerError):
        tree(text)


def test_many_dots_are_refused_since_each_costs_work() -> None:
    """A few in one expression are read; the work is bounded."""
    one = "(x_1 + x_2 + … + x_n)"
    assert sum(isinstance(here, Big) for here in walk(tree(" + ".join([one] * 3)))) == 3
    with pytest.raises(AnswerError):
        tree(" + ".join([one] * (MAX_DOTS + 1)))
