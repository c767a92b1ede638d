"""Sets of real numbers that are finite unions of intervals, with exact end points.

A set is kept as pieces between *cuts*: a cut lies just before or just after a number, or at ±∞, so that
open and closed ends need no special cases and every operation is a comparison of cuts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key

from grader.maths.numbers.balls import bound
from grader.maths.numbers.exact import PRECISIONS, Real, compare, real
from grader.maths.rendering import render
from grader.records import Rendered

MAX_PIECES = 1000
"""Sets of more pieces are refused."""


class UnsettledError(ValueError):
    """Whether two end points are equal could not be decided."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place on the real line: ``side`` -1 just before ``value``, +1 just after; ±∞ where ``value`` is None."""

    value: Real | None
    side: int


BELOW_ALL = Cut(None, -1)
ABOVE_ALL = Cut(None, 1)


@dataclass(frozen=True, slots=True)
class IntervalSet:
    """A finite union of intervals: disjoint pieces (low cut, high cut), in order, none touching."""

    pieces: tuple[tuple[Cut, Cut], ...]

    def __or__(self, other: IntervalSet) -> IntervalSet:
        return _normal([*self.pieces, *other.pieces])

    def __and__(self, other: IntervalSet) -> IntervalSet:
        found = []
        for low, high in self.pieces:
            for other_low, other_high in other.pieces:
                a, b = _max(low, other_low), _min(high, other_high)
                if order(a, b) < 0:
                    found.append((a, b))
        return _normal(found)

    def __invert__(self) -> IntervalSet:
        found, at = [], BELOW_ALL
        for low, high in self.pieces:
            if order(at, low) < 0:
                found.append((at, low))
            at = high
        if order(at, ABOVE_ALL) < 0:
            found.append((at, ABOVE_ALL))
        return IntervalSet(tuple(found))

    def __sub__(self, other: IntervalSet) -> IntervalSet:
        return self & ~other

    def matches(self, other: IntervalSet) -> bool:
        """Whether both have the same pieces, cut by cut, and so the same numbers; errors as in :meth:`equals`.

        Pieces never touch, so that sets with other pieces differ.
        """
        return len(self.pieces) == len(other.pieces) and all(
            order(one, two) == 0
            for piece, other_piece in zip(self.pieces, other.pieces, strict=True)
            for one, two in zip(piece, other_piece, strict=True)
        )

    def equals(self, other: IntervalSet) -> bool:
        """Whether both hold the same numbers. UnsettledError where an end point cannot be decided."""
        return not (self - other).pieces and not (other - self).pieces

    def __contains__(self, value: Real) -> bool:
        before, after = Cut(value, -1), Cut(value, 1)
        return any(order(low, before) <= 0 and order(after, high) <= 0 for low, high in self.pieces)

    def closure(self) -> IntervalSet:
        """The set with the end points of its pieces."""
        return _normal(
            [
                (Cut(low.value, -1) if low.value else low, Cut(high.value, 1) if high.value else high)
                for low, high in self.pieces
            ]
        )

    def interior(self) -> IntervalSet:
        """The set without the end points of its pieces; single points vanish."""
        found = [
            (Cut(low.value, 1) if low.value else low, Cut(high.value, -1) if high.value else high)
            for low, high in self.pieces
        ]
        return _normal([(a, b) for a, b in found if order(a, b) < 0])


EMPTY = IntervalSet(())
ALL = IntervalSet(((BELOW_ALL, ABOVE_ALL),))


def order(one: Cut, other: Cut) -> int:
    """-1, 0 or 1 as one cut lies below, at or above the other; UnsettledError where undecided.

    Args:
        one, other: cuts; ±∞ are equal to themselves.

    Raises:
        UnsettledError: whether their numbers are equal could not be decided.
    """
    if one.value is None or other.value is None:
        a = one.side * 2 if one.value is None else 0
        b = other.side * 2 if other.value is None else 0
        return (a > b) - (a < b)
    by_value = compare(one.value, other.value)
    if by_value is None:
        raise UnsettledError("whether two end points are equal could not be decided")
    return by_value or (one.side > other.side) - (one.side < other.side)


def between(low: Real | None, high: Real | None, *, low_closed: bool, high_closed: bool) -> IntervalSet:
    """An interval; None stands for ∞ on that side. An interval from a number to a lower one is empty.

    Args:
        low: its lower end, None for -∞.
        high: its upper end, None for ∞.
        low_closed: the lower end belongs to it.
        high_closed: the upper end belongs to it.

    Raises:
        UnsettledError: which end is the larger could not be decided.
    """
    a = Cut(low, -1 if low_closed else 1) if low is not None else BELOW_ALL
    b = Cut(high, 1 if high_closed else -1) if high is not None else ABOVE_ALL
    return IntervalSet(((a, b),)) if order(a, b) < 0 else EMPTY


def point(value: Real) -> IntervalSet:
    """The set of one number."""
    return between(value, value, low_closed=True, high_closed=True)


def relation(symbol: str, value: Real) -> IntervalSet:
    """All x with ``x symbol value``, for one of ``< ≤ > ≥ = ≠``.

    Args:
        symbol: one of ``< ≤ > ≥ = ≠``.
        value: the number on the right.
    """
    if symbol in "<≤":
        return between(None, value, low_closed=False, high_closed=symbol == "≤")
    if symbol in ">≥":
        return between(value, None, low_closed=symbol == "≥", high_closed=False)
    return point(value) if symbol == "=" else ~point(value)


def some_number(numbers: IntervalSet) -> Real | None:
    """A number of the set, as simple as is easily had; None if it is empty.

    Args:
        numbers: from whose first piece it is taken.
    """
    if not numbers.pieces:
        return None
    low, high = numbers.pieces[0]
    if low.value is not None and high.value is not None and compare(low.value, high.value) == 0:
        return low.value
    if low.value is None and high.value is None:
        return real(0)
    if low.side == -1 and low.value is not None:
        return low.value
    if high.side == 1 and high.value is not None:
        return high.value
    return real(_simple_between(low, high))


def _simple_between(low: Cut, high: Cut) -> Fraction:
    """A rational strictly between two cuts, with few digits."""
    a = _rational(low.value, 1) if low.value is not None else None
    b = _rational(high.value, -1) if high.value is not None else None
    if a is None and b is not None:
        return Fraction(b.__floor__() - 1)
    if a is not None and b is None:
        return Fraction(a.__floor__() + 1)
    if a is None or b is None:
        return Fraction(0)
    for digits in range(40):
        scale = 10**digits
        candidate = Fraction((a * scale).__floor__() + 1, scale)
        if a < candidate < b:
            return candidate
    return (a + b) / 2


def _rational(value: Real, side: int) -> Fraction:
    """The number where it is rational; else one very near to it, on the given side."""
    if value.fraction is not None:
        return value.fraction
    return bound(value.node, PRECISIONS[-1], side)


def _max(one: Cut, other: Cut) -> Cut:
    return one if order(one, other) >= 0 else other


def _min(one: Cut, other: Cut) -> Cut:
    return one if order(one, other) <= 0 else other


def _normal(pieces: Iterable[tuple[Cut, Cut]]) -> IntervalSet:
    """Pieces in order, those that touch or overlap made one."""
    ordered = list(pieces)
    if len(ordered) < 2:
        return IntervalSet(tuple(ordered))
    ordered.sort(key=cmp_to_key(_piece_order))
    if len(ordered) > MAX_PIECES:
        raise UnsettledError(f"more than {MAX_PIECES} pieces")
    found: list[tuple[Cut, Cut]] = []
    for low, high in ordered:
        if found and order(low, found[-1][1]) <= 0:
            found[-1] = (found[-1][0], _max(high, found[-1][1]))
        else:
            found.append((low, high))
    return IntervalSet(tuple(found))


def _piece_order(one: tuple[Cut, Cut], other: tuple[Cut, Cut]) -> int:
    return order(one[0], other[0]) or order(one[1], other[1])


def render_set(numbers: IntervalSet, variable: str) -> Rendered:
    """``λ ∈ [1, 4] ∪ (5, ∞)`` in three notations.

    Args:
        numbers: the set.
        variable: its name as in a spec.
    """
    name = render.render(render.symbol(variable))
    if not numbers.pieces:
        body = Rendered("∅", "\\emptyset", render.math("<mi>∅</mi>"))
    else:
        body = render.join((_piece(low, high) for low, high in numbers.pieces), "", "", " ∪ ")
        body = Rendered(body.unicode, body.latex.replace("∪", "\\cup"), body.mathml)
    inner = render.inner
    mathml = render.math(render.row([inner(name.mathml), render.operator("∈"), inner(body.mathml)]))
    return Rendered(f"{name.unicode} ∈ {body.unicode}", f"{name.latex} \\in {body.latex}", mathml)


def _piece(low: Cut, high: Cut) -> Rendered:
    if low.value is not None and high.value is not None and compare(low.value, high.value) == 0:
        return render.join([render.render(low.value.node)], "{", "}")
    ends = [_end(low, "-"), _end(high, "")]
    left = "[" if low.value is not None and low.side == -1 else "("
    right = "]" if high.value is not None and high.side == 1 else ")"
    return render.join(ends, left, right)


def _end(cut: Cut, sign: str) -> Rendered:
    if cut.value is not None:
        return render.render(cut.value.node)
    minus = render.operator("−") if sign else ""
    return Rendered(f"{sign}∞", f"{sign}\\infty", render.math(render.row([minus, "<mi>∞</mi>"])))
