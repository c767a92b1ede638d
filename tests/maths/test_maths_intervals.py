"""Sets of real numbers."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maths_sample import constant

from grader.maths.numbers.exact import real
from grader.maths.sets.intervals import (
    ABOVE_ALL,
    ALL,
    BELOW_ALL,
    EMPTY,
    MAX_PIECES,
    IntervalSet,
    UnsettledError,
    between,
    order,
    point,
    relation,
    render_set,
    some_number,
)

Piece = tuple[Fraction | None, Fraction | None, bool, bool]
ENDS = st.none() | st.fractions(-3, 3, max_denominator=2)
PIECES = st.lists(st.tuples(ENDS, ENDS, st.booleans(), st.booleans()), max_size=4)
NUMBERS = st.fractions(-4, 4, max_denominator=4)


def made(pieces: list[Piece]) -> IntervalSet:
    """The union of intervals given as (low, high, low_closed, high_closed)."""
    out = EMPTY
    for low, high, low_closed, high_closed in pieces:
        ends = (None if low is None else real(low), None if high is None else real(high))
        out = out | between(*ends, low_closed=low_closed, high_closed=high_closed)
    return out


def holds(pieces: list[Piece], x: Fraction) -> bool:
    """Whether a number lies in one of the intervals, from their definition."""
    return any(
        (low is None or low < x or (low == x and low_closed))
        and (high is None or x < high or (high == x and high_closed))
        for low, high, low_closed, high_closed in pieces
    )


@settings(max_examples=150)
@given(PIECES, PIECES, NUMBERS)
def test_operations_agree_with_membership(one: list[Piece], other: list[Piece], x: Fraction) -> None:
    """A number is in the union, intersection, difference or complement exactly as it is in the sets."""
    a, b, value = made(one), made(other), real(x)
    in_a, in_b = holds(one, x), holds(other, x)
    assert (value in a) == in_a
    assert (value in (a | b)) == (in_a or in_b)
    assert (value in (a & b)) == (in_a and in_b)
    assert (value in (a - b)) == (in_a and not in_b)
    assert (value in ~a) == (not in_a)


@settings(max_examples=100)
@given(PIECES, PIECES)
def test_the_laws_of_sets_hold(one: list[Piece], other: list[Piece]) -> None:
    """Complement undoes itself, De Morgan holds, and one set has one form, so that equality is that of forms."""
    a, b = made(one), made(other)
    assert ~~a == a
    assert ~(a | b) == ~a & ~b
    assert a | b == b | a
    assert a & b == b & a
    assert (a - b) | (a & b) == a
    assert a & ~a == EMPTY
    assert a | ~a == ALL
    assert a.equals(b) == (a == b)


@settings(max_examples=100)
@given(PIECES)
def test_pieces_are_in_order_and_apart(pieces: list[Piece]) -> None:
    """No piece is empty, and between two pieces there is something that is in neither."""
    found = made(pieces).pieces
    assert all(order(low, high) < 0 for low, high in found)
    assert all(order(one[1], other[0]) < 0 for one, other in pairwise(found))


@settings(max_examples=150)
@given(PIECES)
def test_some_number_lies_in_the_set(pieces: list[Piece]) -> None:
    """There is such a number exactly where the set is not empty, and it is in the set."""
    a = made(pieces)
    number = some_number(a)
    assert (number is None) == (not a.pieces)
    assert number is None or number in a


@pytest.mark.parametrize(
    ("low", "high"),
    [("√2", "√2 + 10^{-30}"), ("√2", "1.5"), ("1.41", "√2"), ("π", "22/7"), ("10^300", "10^300+1"), ("0", "10^{-60}")],
)
def test_some_number_lies_in_an_open_set_with_close_ends(low: str, high: str) -> None:
    """Also between ends that no float tells apart."""
    a = between(constant(low), constant(high), low_closed=False, high_closed=False)
    number = some_number(a)
    assert number is not None
    assert number in a


@settings(max_examples=100)
@given(PIECES, NUMBERS)
def test_closure_and_interior(pieces: list[Piece], x: Fraction) -> None:
    """The interior is within the set and the set within the closure; they differ in end points only."""
    a = made(pieces)
    assert not (a.interior() - a).pieces
    assert not (a - a.closure()).pieces
    assert (real(x) in a.interior()) == (real(x) in a and real(x) not in (~a).closure())
    assert not (a.closure() - a.interior()).interior().pieces


@pytest.mark.parametrize(
    ("symbol", "below", "at", "above"),
    [
        ("<", True, False, False), ("≤", True, True, False), (">", False, False, True), ("≥", False, True, True),
        ("=", False, True, False), ("≠", True, False, True),
    ],
)  # fmt: skip
def test_relations(symbol: str, below: bool, at: bool, above: bool) -> None:
    """Each relation holds below, at and above its bound as it should, also where the bound is no rational."""
    for bound in ("1", "√2", "π"):
        held = relation(symbol, constant(bound))
        shown = [constant(f"{bound} - 10^{{-20}}") in held, constant(bound) in held, constant(f"{bound} + 1") in held]
        assert shown == [below, at, above]


def test_special_sets() -> None:
    """Intervals to a lower end are empty; a point is closed; open ends at one number leave nothing."""
    one, two = real(1), real(2)
    assert between(two, one, low_closed=True, high_closed=True) == EMPTY
    assert between(one, one, low_closed=True, high_closed=False) == EMPTY
    assert between(one, one, low_closed=True, high_closed=True) == point(one)
    assert between(None, None, low_closed=False, high_closed=False) == ALL == IntervalSet(((BELOW_ALL, ABOVE_ALL),))
    assert (~EMPTY, ~ALL) == (ALL, EMPTY)
    assert point(one) | between(one, two, low_closed=False, high_closed=True) == between(
        one, two, low_closed=True, high_closed=True
    )
    assert len((~point(one)).pieces) == 2


def test_ends_are_compared_as_numbers_and_not_as_written() -> None:
    """[√8, 3] is [2√2, 3], and [1/2, 1] is [0.5, 1]."""
    for one, other in (("√8", "2√2"), ("1/2", "0.5"), ("ln 8", "3 ln 2")):
        a, b = (between(constant(low), real(3), low_closed=True, high_closed=True) for low in (one, other))
        assert a.equals(b)
        assert not a.equals(a.interior())


def test_what_is_not_settled_is_raised() -> None:
    """Two ends whose equality is open are no reason to guess."""
    a = between(constant("sin(π)"), real(1), low_closed=True, high_closed=True)
    with pytest.raises(UnsettledError):
        a.equals(between(real(0), real(1), low_closed=True, high_closed=True))


def test_pieces_are_bounded() -> None:
    """A set of too many pieces is refused."""
    with pytest.raises(UnsettledError, match=str(MAX_PIECES)):
        a = EMPTY
        for n in range(0, 2 * MAX_PIECES + 4, 200):
            a = a | IntervalSet(tuple(p for k in range(n, n + 200, 2) for p in point(real(k)).pieces))


@pytest.mark.parametrize(
    ("pieces", "unicode", "latex"),
    [
        ([(Fraction(1), Fraction(4), True, False)], "λ ∈ [1, 4)", "\\lambda \\in [1, 4)"),
        ([(None, Fraction(-1, 2), False, True)], "λ ∈ (-∞, -0.5]", "\\lambda \\in (-\\infty, -0.5]"),
        ([(Fraction(1), Fraction(1), True, True)], "λ ∈ {1}", "\\lambda \\in \\{1\\}"),
        ([], "λ ∈ ∅", "\\lambda \\in \\emptyset"),
        ([(None, Fraction(0), False, False), (Fraction(2), None, True, False)], "λ ∈ (-∞, 0) ∪ [2, ∞)",
         "\\lambda \\in (-\\infty, 0) \\cup [2, \\infty)"),
    ],
)  # fmt: skip
def test_sets_are_shown(pieces: list[Piece], unicode: str, latex: str) -> None:
    """Brackets say which ends belong."""
    shown = render_set(made(pieces), "λ")
    assert (shown.unicode, shown.latex) == (unicode, latex)
    assert shown.mathml.startswith("<math ")
