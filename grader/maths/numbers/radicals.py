"""Whether two expressions in roots of rationals are equal, decided by a separation bound.

An expression of rationals with ``+ - · /`` and roots is a quotient U/L of algebraic integers. Upper bounds u and l
on the conjugates of U and L follow its structure, and the degree is at most the product D of the degrees of its
different roots. The norm of U is a whole number, so that an expression which is not 0 has at least the size
1/(l·u^(D-1)): Burnikel, Funke, Mehlhorn, Schirra and Schmitt, “A separation bound for real algebraic expressions”
(Algorithmica 55, 2009). A ball that is smaller and holds 0 proves equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from grader.maths.numbers.balls import difference
from grader.maths.tree import Binary, Call, Node, Number, Unary

MAX_DEGREE = 4096
"""Expressions of higher degree are left undecided."""

MAX_PRECISION = 40_000
"""Most bits that a ball is computed with here."""

_LARGEST_ROOT = 64
_LARGEST_POWER = 256
_GUARD = 64


class BeyondError(Exception):
    """Not an expression in roots of rationals, or one too large to decide."""


@dataclass(slots=True)
class _Bounds:
    """The roots met so far, with their degrees."""

    degrees: dict[Node, int] = field(default_factory=dict)

    def of(self, node: Node) -> tuple[int, int]:
        """Bits of u and of l, rounded up."""
        if isinstance(node, Number):
            return _bits(node.value.numerator), _bits(node.value.denominator)
        if isinstance(node, Unary):
            u, low = self.of(node.operand)
            if node.op in "+-":
                return u, low
            if node.op == "%":
                return u, low + 7
            raise BeyondError
        if isinstance(node, Binary):
            return self._binary(node)
        if isinstance(node, Call) and node.function == "sqrt":
            return self._root(node, self.of(node.argument), _whole(node.base) if node.base is not None else 2)
        raise BeyondError

    def _binary(self, node: Binary) -> tuple[int, int]:
        u, low = self.of(node.left)
        if node.op == "^":
            return self._power(node, u, low)
        other_u, other_low = self.of(node.right)
        if node.op in "+-":
            return max(u + other_low, low + other_u) + 1, low + other_low
        if node.op == "*":
            return u + other_u, low + other_low
        if node.op == "/":
            return u + other_low, low + other_u
        raise BeyondError

    def _power(self, node: Binary, u: int, low: int) -> tuple[int, int]:
        exponent = _rational(node.right)
        if abs(exponent.numerator) > _LARGEST_POWER:
            raise BeyondError
        count = abs(exponent.numerator)
        raised = (u * count, low * count) if exponent >= 0 else (low * count, u * count)
        return raised if exponent.denominator == 1 else self._root(node, raised, exponent.denominator)

    def _root(self, node: Node, bounds: tuple[int, int], degree: int) -> tuple[int, int]:
        if not 2 <= degree <= _LARGEST_ROOT:
            raise BeyondError
        self.degrees[node] = degree
        u, low = bounds
        if u >= low:
            return -(-(u + (degree - 1) * low) // degree), low
        return u, -(-((degree - 1) * u + low) // degree)


def is_zero(one: Node, other: Node) -> bool | None:
    """Whether two constants are equal; None where they are no expressions in roots, or too large to decide.

    Args:
        one, other: expressions without symbols.
    """
    bounds = _Bounds()
    try:
        u, low = bounds.of(Binary("-", one, other))
    except (BeyondError, RecursionError):
        return None
    degree = 1
    for each in bounds.degrees.values():
        degree *= each
        if degree > MAX_DEGREE:
            return None
    bits = low + u * (degree - 1) + 1
    if bits > MAX_PRECISION:
        return None
    for precision in (bits + _GUARD, 2 * bits + 4 * _GUARD):
        gap = difference(one, other, precision)
        if gap > 0 or gap < 0:
            return False
        if abs(gap) * 2**bits < 1:
            return True
    return None


def _bits(value: int) -> int:
    """The least whole exponent of 2 that reaches a whole number; 0 for 0."""
    return max(0, (abs(value) - 1).bit_length()) if value else 0


def _whole(node: Node) -> int:
    value = _rational(node)
    if value.denominator != 1:
        raise BeyondError
    return value.numerator


def _rational(node: Node) -> Fraction:
    """The value of a small exponent that is written as a rational."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Unary) and node.op == "-":
        return -_rational(node.operand)
    if isinstance(node, Binary) and node.op == "/" and (below := _rational(node.right)):
        return _rational(node.left) / below
    raise BeyondError
