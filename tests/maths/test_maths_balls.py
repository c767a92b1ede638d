"""Ball arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from maths_sample import TREES, parsed

from grader.maths.numbers.balls import UndefinedError, ball, difference
from grader.maths.numbers.exact import evaluate
from grader.maths.tree import Node, Symbol, from_fraction


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("π", "3.14159265358979323846"), ("e", "2.71828182845904523536"), ("√2", "1.41421356237309504880"),
        ("ln 2", "0.693147180559945309417"), ("sin 1", "0.841470984807896506653"), ("e^π", "23.1406926327792690057"),
        ("arctan 1", "0.785398163397448309616"), ("cosh 1", "1.54308063481524377848"), ("log_2 3",
        "1.58496250072115618146"),
        ("\\sqrt[3]{2}", "1.25992104989487316477"), ("tanh 1", "0.761594155955764888119"),
        ("arcsin(1/2)", "0.523598775598298873077"), ("abs(-π)", "3.14159265358979323846"), ("50%", "0.5"), ("5!",
        "120"),
    ],
)  # fmt: skip
def test_balls_hold_published_digits(text: str, digits: str) -> None:
    """Twenty known digits lie in the ball of each function."""
    from flint import arb

    gap = difference(parsed(text), from_fraction(Fraction(digits)), 128)
    assert abs(gap) < arb(10) ** -17
    assert ball(parsed(text), 128).overlaps(arb(digits))


def test_more_bits_make_smaller_balls() -> None:
    """The radius shrinks with the precision, and the caller's precision is left as it was."""
    from flint import ctx

    before = ctx.prec
    wide, narrow = ball(parsed("√2 + π"), 64), ball(parsed("√2 + π"), 1024)
    assert float(narrow.rad()) < float(wide.rad()) < 1e-15
    assert ctx.prec == before


def test_a_difference_that_is_not_settled_holds_zero() -> None:
    """The ball of sin π - 0 holds 0 at any precision: neither above nor below."""
    for bits in (64, 1024):
        gap = difference(parsed("sin(π)"), parsed("0"), bits)
        assert not gap > 0
        assert not gap < 0


@pytest.mark.parametrize("text", ["1/(π-π)", "√(1-π)", "ln(1-π)", "arcsin(π)", "π^(10^9)", "1/sin(0)"])
def test_what_is_not_finite_is_undefined(text: str) -> None:
    """There is no ball for what has no finite real value."""
    with pytest.raises(UndefinedError):
        ball(parsed(text), 64)
    with pytest.raises(UndefinedError):
        ball(Symbol("x"), 64)


@settings(max_examples=80, deadline=None)
@given(TREES)
def test_the_exact_value_lies_in_the_ball(node: Node) -> None:
    """Where a value is known to be rational, the ball holds it."""
    try:
        value = evaluate(node).fraction
        held = ball(node, 128)
    except UndefinedError:
        return
    if value is not None:
        from flint import arb, fmpq

        assert held.overlaps(arb(fmpq(value.numerator, value.denominator)))
