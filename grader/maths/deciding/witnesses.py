"""Values that satisfy one relation and not another: what tells two equations apart, for a person to check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from grader.maths.deciding.equality import Difference
from grader.maths.deciding.rational import MAX_FACTORED_DEGREE, Ring
from grader.maths.deciding.signs import inside, real_zeros
from grader.maths.deciding.solving import linear_parts
from grader.maths.numbers.balls import at_precision
from grader.maths.tree import Binary, Relation, symbols_in
from grader.maths.values import fields
from grader.maths.values.domain import Domain
from grader.maths.values.evaluate import Point, evaluate
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError, is_matrix
from grader.maths.values.points import Draws
from grader.maths.values.profile import profile

HOLDS = "both sides equal"
"""What a side of a difference says of the equation that holds."""

_TURNS = 6
_RANDOM_TURNS = 16
_MOST_FACTORS = 4
_MOST_VARIABLES = 3
_BITS = 128


class Pair(NamedTuple):
    """Two relations that are to be told apart.

    Args:
        truth, answer: the relations.
        domain: what is known of the symbols.
        declared: their full names, in order.
        over: the ring in which both are polynomial, None where they are not.
        mine, theirs: factors of the one numerator that are none of the other.
    """

    truth: Relation
    answer: Relation
    domain: Domain
    declared: Sequence[str] = ()
    over: Ring | None = None
    mine: Sequence[Any] = ()
    theirs: Sequence[Any] = ()


class _Place(NamedTuple):
    """A point, the values to show, the symbol that was solved for ("" if none) and the relation it was solved from."""

    point: Point
    shown: dict[str, Fraction]
    solved: str
    source: Relation | None


def apart(pair: Pair) -> Difference | None:
    """Values that satisfy one relation and not the other; None where none were found.

    Args:
        pair: the two.
    """
    found: Difference | None = at_precision(_BITS, lambda: _search(pair))
    return found


def _search(pair: Pair) -> Difference | None:
    profiles = [profile(Binary("-", *relation.items)) for relation in (pair.truth, pair.answer)]
    draws = Draws(profiles, pair.domain, pair.declared)
    exact = all(found.rational for found in profiles)
    used = set().union(*(found.free for found in profiles))
    for place in _places(pair, draws, exact=exact):
        try:
            one = _holds(pair.truth, place)
            two = _holds(pair.answer, place) if one is not None else None
            lost = bool(one and exact and pair.mine) and place.source is pair.truth and pair.truth.signs == ("=",)
            undefined = two is None and lost and _is_undefined(pair.answer, place)
            if one is None or (two is None and not undefined) or one == two or not _allowed(pair.domain, place):
                continue
            return _shown(pair, place, used, truth_holds=one, undefined=undefined)
        except (UnsupportedError, ShapeError):
            continue
    return None


def _places(pair: Pair, draws: Draws, *, exact: bool) -> Iterator[_Place]:
    """Points on either curve, and any points: these first for inequalities, which most points tell apart."""
    order = pair.truth.signs[0] not in "=≠" or pair.answer.signs[0] not in "=≠"
    field = fields.exact() if exact else fields.real_balls()
    for turn in range(_RANDOM_TURNS if order else 0):
        point, shown = draws.rational(turn, field, positive=turn % 2 == 0)
        yield _Place(point, shown, "", None)
    for turn in range(_TURNS):
        for relation, factors in ((pair.truth, pair.mine), (pair.answer, pair.theirs)):
            if factors and pair.over is not None:
                for factor in factors[:_MOST_FACTORS]:
                    yield from _on_polynomial(factor, pair.over, relation, draws, field, turn)
            else:
                yield from _on_linear(relation, draws, turn)
    for turn in range(0 if order else 2):
        point, shown = draws.rational(turn, field, positive=True)
        yield _Place(point, shown, "", None)


def _on_polynomial(
    factor: Any, over: Ring, relation: Relation, draws: Draws, field: fields.Field, turn: int
) -> Iterator[_Place]:
    """Zeros of a factor along the variables in which it is lowest, the others at rational values."""
    degrees = {name: int(d) for name, d in zip(over.names, factor.degrees(), strict=False) if d}
    if degrees.keys() & {"π", "e"}:
        yield from _on_linear(relation, draws, turn)
        return
    point, values = draws.rational(turn, field, positive=turn % 2 == 0)
    if not degrees.keys() <= values.keys():
        return
    for name in sorted(degrees, key=degrees.__getitem__)[:_MOST_VARIABLES]:
        if degrees[name] > MAX_FACTORED_DEGREE:
            continue
        line = over.along(factor, name, values)
        if line.degree() < 1:
            continue
        for zero in real_zeros(line):
            if not inside(zero, draws.domain.of(name)):
                continue
            if (place := _with(point, values, name, zero, relation)) is not None:
                yield place


def _with(point: Point, shown: dict[str, Fraction], name: str, zero: Any, source: Relation) -> _Place | None:
    """A point with the value of one symbol put in."""
    point = point._replace(values=dict(point.values), whole=dict(point.whole))
    if hasattr(zero, "p"):
        value = Fraction(int(zero.p), int(zero.q))
        if name in point.whole:
            if value.denominator != 1:
                return None
            point.whole[name] = value
        else:
            point.values[name] = point.field.number(value)
        return _Place(point, {**shown, name: value}, name, source)
    if name in point.whole:
        return None
    point.values[name] = zero
    return _Place(point, shown, name, source)


def _on_linear(relation: Relation, draws: Draws, turn: int) -> Iterator[_Place]:
    """Points on a relation that is linear in some symbol, found by solving for it in ball arithmetic."""
    difference = Binary("-", *relation.items)
    for name in draws.names:
        if name in draws.whole or (parts := linear_parts(difference, name)) is None:
            continue
        point, shown = draws.rational(turn, fields.real_balls(), positive=turn % 2 == 0)
        try:
            factor, rest = (evaluate(part, point) for part in parts)
            if is_matrix(factor) or is_matrix(rest) or factor == 0:
                continue
            value = -rest / factor
        except (RetryError, ZeroDivisionError, UnsupportedError, ShapeError, TypeError):
            continue
        if hasattr(value, "is_finite") and value.is_finite() and inside(value, draws.domain.of(name)):
            point.values[name] = value
            yield _Place(point, shown, name, relation)


def _holds(relation: Relation, place: _Place) -> bool | None:
    """Whether a relation holds at a point; None where it is undefined there or too close to tell."""
    try:
        left, right = (evaluate(item, place.point) for item in relation.items)
    except (RetryError, ZeroDivisionError):
        return None
    if is_matrix(left) or is_matrix(right):
        return None
    gap = left - right
    if not hasattr(gap, "p") and not (hasattr(gap, "is_finite") and gap.is_finite()):
        return None
    sign = relation.signs[0]
    if not hasattr(gap, "p") and gap.contains(0) and not gap.is_zero():
        if relation is not place.source:
            return None
        return sign in ("=", "≤", "≥")  # it was solved for equality
    return {
        "=": gap == 0, "≠": gap != 0, "<": gap < 0, "≤": gap <= 0, ">": gap > 0, "≥": gap >= 0,
    }.get(sign)  # fmt: skip


def _is_undefined(relation: Relation, place: _Place) -> bool:
    try:
        for item in relation.items:
            evaluate(item, place.point)
    except (RetryError, ZeroDivisionError):
        return True
    return False


def _allowed(domain: Domain, place: _Place) -> bool:
    """Whether what is known of several symbols at once holds for the one that was solved for."""
    return not place.solved or all(
        _holds(relation, place) for relation in domain.relations if place.solved in symbols_in(relation)
    )


def _shown(pair: Pair, place: _Place, used: set[str], *, truth_holds: bool, undefined: bool) -> Difference:
    at = {name: str(value) for name, value in place.shown.items() if name in used}
    if place.solved:
        value = place.point.values.get(place.solved, place.point.whole.get(place.solved))
        at[place.solved] = str(value) if hasattr(value, "p") or isinstance(value, Fraction) else _decimal(value)
    pairs = tuple(at.items())[:8]
    if undefined:
        return Difference(pairs, "it is undefined", HOLDS)
    failing = pair.answer if truth_holds else pair.truth
    left, right = (_text(evaluate(item, place.point)) for item in failing.items)
    sign = {"=": "≠", "≠": "=", "<": "≥", "≤": ">", ">": "≤", "≥": "<"}[failing.signs[0]]
    fails = f"{left} {sign} {right}"
    passes = HOLDS if (pair.truth if truth_holds else pair.answer).signs[0] == "=" else "it holds"
    return Difference(pairs, fails, passes) if truth_holds else Difference(pairs, passes, fails)


def _text(value: Any) -> str:
    text = str(value)
    return text if hasattr(value, "p") and len(text) <= 24 else _decimal(value)


def _decimal(value: Any) -> str:
    ball = value if hasattr(value, "mid") else fields.real_balls().number(Fraction(int(value.p), int(value.q)))
    return f"{float(ball.mid()):.6g}"
