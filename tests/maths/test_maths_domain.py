"""What is known of variables, and values that satisfy it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.maths.values.domain import Bounds, Domain, DomainError, read_domain


@pytest.mark.parametrize(
    ("text", "name", "bounds"),
    [
        ("x > 0", "x", Bounds(Fraction(0), strict_low=True)), ("0 < x", "x", Bounds(Fraction(0), strict_low=True)),
        ("x >= 1/2", "x", Bounds(Fraction(1, 2))), ("n integer, n >= 1", "n", Bounds(Fraction(1), whole=True)),
        ("0 < λ < 1", "λ", Bounds(Fraction(0), Fraction(1), True, True)), ("λ ∈ (0, 1)", "λ", Bounds(Fraction(0),
        Fraction(1), True, True)),
        ("λ ∈ [0, 1]", "λ", Bounds(Fraction(0), Fraction(1))), ("x, y > 0", "y", Bounds(Fraction(0), strict_low=True)),
        ("x, y > 0", "x", Bounds(Fraction(0), strict_low=True)), ("n ∈ ℕ", "n", Bounds(Fraction(0),
        strict_low=True, whole=True)),
        ("n is a natural number", "n", Bounds(Fraction(0), strict_low=True, whole=True)), ("k ∈ ℤ", "k",
        Bounds(whole=True)),
        ("x ≠ 0", "x", Bounds(excluded=frozenset({Fraction(0)}))), ("x real", "x", Bounds()), ("x ≤ 3 and x > 1",
        "x", Bounds(Fraction(1), Fraction(3), True)),
        ("sigma > 0", "σ", Bounds(Fraction(0), strict_low=True)), ("m, n integer; n ≥ 2", "m", Bounds(whole=True)),
        ("x_1 > 0", "x_1", Bounds(Fraction(0), strict_low=True)),
        ("x = 2", "x", Bounds(Fraction(2), Fraction(2))), ("x > 0, x > 3, x > 1", "x", Bounds(Fraction(3),
        strict_low=True)),
        ("\\lambda \\ge 0", "λ", Bounds(Fraction(0))), ("y", "y", None), ("x > 0, y", "y", None),
    ],
)  # fmt: skip
def test_statements_of_one_variable(text: str, name: str, bounds: Bounds | None) -> None:
    """Signs, words, sets and chains give bounds; a variable of which nothing is said is an error."""
    if bounds is None:
        with pytest.raises(DomainError, match="nothing is said"):
            read_domain(text)
    else:
        assert read_domain(text).of(name) == bounds


@pytest.mark.parametrize("text", ["x >", "> 0", "x is blue", "x > 0 0", "(", "x + 1", "[1, 2]"])
def test_what_is_no_assumption_is_an_error(text: str) -> None:
    """The error tells the text that cannot be read."""
    with pytest.raises(DomainError):
        read_domain(text)


def test_nothing_declared_is_nothing_known() -> None:
    """An empty domain knows nothing, and says so."""
    assert read_domain("") == Domain()
    assert not read_domain("").declared
    assert read_domain("x > 0").declared
    assert read_domain("a < b").declared


RATIONALS = st.fractions(-20, 20, max_denominator=6)


@st.composite
def bounds(draw: st.DrawFn) -> Bounds:
    """Bounds that some values satisfy, among them several integers where integers are asked."""
    whole = draw(st.booleans())
    low = draw(st.none() | RATIONALS)
    high = draw(st.none() | RATIONALS)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high) + (3 if whole else 1)
    excluded = draw(st.frozensets(st.integers(-3, 3).map(Fraction), max_size=2))
    return Bounds(low, high, draw(st.booleans()), draw(st.booleans()), whole, excluded)


@settings(max_examples=150, deadline=None)
@given(bounds(), st.integers(0, 30), st.integers(0, 6), st.booleans())
def test_values_that_are_drawn_satisfy_what_is_known(known: Bounds, turn: int, place: int, positive: bool) -> None:
    """Bounds, integers and exceptions hold for every value, at every turn and place."""
    value = known.value(turn, place, positive=positive)
    assert known.holds(value), (known, value)
    assert not known.whole or value.denominator == 1
    if positive and (known.high is None or known.high > 1) and (known.low is None or known.low >= 0 or not known.whole):
        assume(not known.excluded)
        assert value > 0 or (known.low is not None and known.high is not None)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 30), st.booleans())
def test_relations_between_variables_hold_where_they_can(turn: int, positive: bool) -> None:
    """An order and an inequality of two variables hold for the values that are drawn together."""
    known = read_domain("a < b, a ≠ c, n integer, n >= 1, 0 < λ < 1, a > 0")
    values = known.draw(["a", "b", "c", "n", "λ", "m"], ["m"], turn, positive=positive)
    assert 0 < values["a"] < values["b"]
    assert values["a"] != values["c"]
    assert values["n"].denominator == values["m"].denominator == 1
    assert values["n"] >= 1
    assert values["m"] >= 1
    assert 0 < values["λ"] < 1


def test_points_differ_from_turn_to_turn() -> None:
    """A point is not the same as the one before it, nor are all signs alike where negative values are allowed."""
    drawn = [tuple(read_domain("").draw(["x", "y"], [], turn, positive=False).values()) for turn in range(12)]
    assert len(set(drawn)) == 12
    assert {(x > 0, y > 0) for x, y in drawn} >= {(True, False), (False, True), (False, False)}
    assert all(min(read_domain("").draw(["x", "y"], [], turn, positive=True).values()) > 0 for turn in range(12))


def test_signs_of_any_two_variables_differ_and_agree() -> None:
    """Among few turns, of any two variables one is negative and the other not, and both are negative."""
    names = [*"abcdefgh"]
    drawn = [read_domain("").draw(names, [], turn, positive=False) for turn in (3, 5, 6, 7)]
    for place, one in enumerate(names):
        for other in names[:place]:
            signs = [(values[one] < 0, values[other] < 0) for values in drawn]
            assert (True, True) in signs
            assert {(True, False), (False, True)} & set(signs)


def test_integers_of_which_nothing_is_known_may_be_negative() -> None:
    """An integer is negative at some turns, unless positive values are wanted."""
    drawn = [Bounds(whole=True).value(turn, 0, positive=False) for turn in range(8)]
    assert min(drawn) < 0 < max(drawn)
    assert all(Bounds(whole=True).value(turn, 0, positive=True) > 0 for turn in range(8))
