"""Points at which scalar expressions are compared."""

from __future__ import annotations

from fractions import Fraction

from tree_strategies import reread

from grader.maths.reading.scope import Scope
from grader.maths.values import fields
from grader.maths.values.domain import read_domain
from grader.maths.values.evaluate import evaluate
from grader.maths.values.points import Draws
from grader.maths.values.profile import profile


def draws(text: str, domain: str = "", declared: tuple[str, ...] = ()) -> Draws:
    """Points for a formula."""
    return Draws([profile(reread(text, Scope(free=True)))], read_domain(domain), declared)


def test_points_are_the_same_every_time_and_differ_from_turn_to_turn() -> None:
    """A turn fixes the point; declared symbols keep their values whatever else an answer names."""
    one, two = draws("x + y", declared=("x", "y")), draws("x + y + a", declared=("x", "y"))
    for turn in range(5):
        assert one.modular(turn).values["x"] == two.modular(turn).values["x"]
        shown = one.rational(turn, fields.exact(), positive=True)[1]
        assert shown.items() <= two.rational(turn, fields.exact(), positive=True)[1].items()
    assert len({int(one.modular(turn).values["x"]) for turn in range(20)}) == 20


def test_rational_points_satisfy_the_domain_and_are_shown() -> None:
    """The values that are shown are those at which the expression is evaluated."""
    found = draws("x^n + λ", "0 < λ < 1, n >= 2")
    for turn in range(12):
        point, shown = found.rational(turn, fields.exact(), positive=turn % 2 == 0)
        assert 0 < shown["λ"] < 1
        assert shown["n"] >= 2
        assert shown["n"].denominator == 1
        value = evaluate(reread("x^n + λ", Scope(free=True)), point)
        assert Fraction(int(value.p), int(value.q)) == shown["x"] ** int(shown["n"]) + shown["λ"]


def test_elements_of_a_family_are_drawn_once_and_shown() -> None:
    """Each x_i has a value of its own, the same wherever it occurs, in the order of the witness."""
    found = draws("\\sum_{i=1}^n x_i + x_1")
    point, shown = found.rational(0, fields.exact(), positive=True)
    total = evaluate(reread("\\sum_{i=1}^n x_i + x_1", Scope(free=True)), point)
    count = int(shown["n"])
    expected = sum(shown[f"x_{i}"] for i in range(1, count + 1)) + shown["x_1"]
    assert Fraction(int(total.p), int(total.q)) == expected
