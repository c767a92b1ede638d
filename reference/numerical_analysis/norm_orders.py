"""For which orders p the p-norm is a norm: a search for vectors that break an axiom, and the shape of the unit ball.

The axioms are tried in exact arithmetic on vectors whose p-norms are rational. A function that is homogeneous and
positive is a norm exactly if its unit ball is convex; the second way looks for two points of the ball whose middle is
outside.

Source: R. Horn and C. Johnson, "Matrix Analysis", 2nd ed., section 5.1 and theorem 5.5.8.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

Pair = tuple[Fraction, ...]

AXIOMS = ("homogeneity", "triangle inequality")


@cache
def p_value(x: Pair, p: Any) -> Fraction | None:
    """(Σ |x_i|^p)^(1/p), the largest |x_i| for p = ∞, the number of entries that are not 0 for p = 0.

    Args:
        x: a vector.
        p: 0, a positive ``int`` or ``Fraction``, or "inf".

    Returns:
        The value; None where it is not rational.
    """
    sizes = [abs(entry) for entry in x]
    if p == "inf":
        return max(sizes)
    if p == 0:
        return Fraction(sum(1 for size in sizes if size))
    powers = [_power(size, Fraction(p)) for size in sizes]
    if any(power is None for power in powers):
        return None
    return _power(sum((power for power in powers if power is not None), Fraction(0)), 1 / Fraction(p))


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """base^exponent where that is rational; None where it is not."""
    parts = []
    for part in (base.numerator, base.denominator):
        root = round(part ** (1 / exponent.denominator))
        if root**exponent.denominator != part:
            return None
        parts.append(Fraction(root) ** exponent.numerator)
    return parts[0] / parts[1]


def _vectors() -> Iterator[Pair]:
    """Vectors of two numbers from 0, 1, 3, 4, 9, 12 and 16, small ones first: many have rational p-norms."""
    numbers = [Fraction(n) for n in (0, 1, 3, 4, -3, 9, 12, 16)]
    yield from sorted(product(numbers, repeat=2), key=lambda x: sum(map(abs, x)))


def broken_axiom(p: Any) -> dict[str, Any]:
    """Vectors at which the p-norm is not what a norm has to be.

    Args:
        p: as for :func:`p_value`.

    Returns:
        The axiom that fails and where, with the two sides; empty if no vector that was tried breaks one.
    """
    for x in _vectors():
        one, two = p_value(x, p), p_value(tuple(2 * entry for entry in x), p)
        if one is not None and two is not None and two != 2 * one:
            return {"axiom": AXIOMS[0], "x": list(x), "scaled": two, "expected": 2 * one}
    for x, y in product(_vectors(), repeat=2):
        sides = [p_value(vector, p) for vector in (x, y, tuple(a + b for a, b in zip(x, y, strict=True)))]
        if None in sides:
            continue
        first, second, whole = (Fraction(side or 0) for side in sides)
        if whole > first + second:
            return {"axiom": AXIOMS[1], "x": list(x), "y": list(y), "sum": whole, "bound": first + second}
    return {}


def norm_orders(orders: Mapping[str, Any]) -> list[str]:
    """The keys of the orders for which no axiom breaks.

    Args:
        orders: order p by its key.
    """
    return [key for key, p in orders.items() if not broken_axiom(p)]


def norm_orders_by_convexity(orders: Mapping[str, Any]) -> list[str]:
    """The same keys, by the unit ball: scaled by its size a direction lands on the sphere, and the ball is convex."""
    return [key for key, p in orders.items() if is_norm(p)]


def is_norm(p: Any) -> bool:
    """Whether the p-norm on the plane is homogeneous and its unit ball convex, in floating point.

    Args:
        p: as for :func:`p_value`.
    """
    directions = [(math.cos(t), math.sin(t)) for t in (k * math.pi / 24 for k in range(48))]
    sphere = []
    for x, y in directions:
        size = _size(x, y, p)
        point = (x / size, y / size)
        if abs(_size(*point, p) - 1) > 1e-9:
            return False
        sphere.append(point)
    middles = (((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in product(sphere, repeat=2))
    return all(_size(x, y, p) <= 1 + 1e-9 for x, y in middles)


def _size(x: float, y: float, p: Any) -> float:
    sizes = [abs(entry) if abs(entry) > 1e-12 else 0.0 for entry in (x, y)]
    if p == "inf":
        return max(sizes)
    if p == 0:
        return float(sum(1 for size in sizes if size))
    return float(sum(size ** float(p) for size in sizes) ** (1 / float(p)))
