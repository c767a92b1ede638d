"""Complex numbers in one form, a + b i, so that ``√2 e^{iπ/4}``, ``1+1j`` and ``1 + i`` are the same element.

A number is worked out in its real and imaginary part by the rules of arithmetic; the exponential by Euler's formula.
"""

from __future__ import annotations

from collections.abc import Set
from fractions import Fraction
from math import isqrt

from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary, from_fraction, symbols_in, walk

UNITS = frozenset({"i", "j"})
"""Symbols of the imaginary unit, where they are not declared as something else."""

_ZERO = Number(Fraction(0), "0")
_ONE = Number(Fraction(1), "1")
_UNIT = Symbol("i")
_MOST_POWER = 8
_MOST_DEPTH = 20

_Parts = tuple[Node, Node]


def is_complex(node: Node, known: Set[str]) -> bool:
    """Whether the imaginary unit, or the root of a negative number, stands in a tree.

    Args:
        node: a number or formula.
        known: symbols that are declared: an i among them is another.
    """
    imaginary = UNITS & symbols_in(node)
    if imaginary:
        return not imaginary & known
    return any(
        isinstance(here, Call) and here.function == "sqrt" and _is_negative(here.argument) for here in walk(node)
    )


def _is_negative(node: Node) -> bool:
    return isinstance(node, Unary) and node.op == "-" and isinstance(node.operand, Number)


def parts_of(node: Node) -> tuple[Node, Node] | None:
    """The real and the imaginary part of a complex number; None where it is not made of numbers by arithmetic.

    Args:
        node: in which ``i`` or ``j`` stands for the imaginary unit.
    """
    return _parts(node, 0)


def standard(real: Node, imaginary: Node) -> Node:
    """A complex number as a + b i.

    Args:
        real, imaginary: its parts.
    """
    if imaginary == _ZERO:
        return real
    multiple = _UNIT if imaginary == _ONE else Binary("*", imaginary, _UNIT)
    return multiple if real == _ZERO else Binary("+", real, multiple)


def _parts(node: Node, depth: int) -> _Parts | None:
    """The real and the imaginary part; None where they cannot be told."""
    if depth > _MOST_DEPTH:
        return None
    if isinstance(node, Symbol):
        return (_ZERO, _ONE) if node.name in UNITS and not node.sub else (node, _ZERO)
    if isinstance(node, Unary) and node.op == "-":
        inner = _parts(node.operand, depth + 1)
        return None if inner is None else (_minus(inner[0]), _minus(inner[1]))
    if isinstance(node, Call) and node.function in ("exp", "sqrt") and node.base is None:
        inner = _parts(node.argument, depth + 1)
        if inner is None:
            return None
        return _exponential(inner) if node.function == "exp" else _root(node, inner)
    if isinstance(node, Binary) and node.op in "+-*/^":
        return _of_binary(node, depth)
    return (node, _ZERO) if isinstance(node, Number | Call) else None


def _of_binary(node: Binary, depth: int) -> _Parts | None:
    right = _parts(node.right, depth + 1)
    if node.op == "^" and node.left == Symbol("e"):
        return None if right is None else _exponential(right)
    left = _parts(node.left, depth + 1)
    if left is None or right is None:
        return None
    if node.op in "+-":
        added = right if node.op == "+" else (_minus(right[0]), _minus(right[1]))
        return _plus(left[0], added[0]), _plus(left[1], added[1])
    if node.op == "*":
        return _product(left, right)
    if node.op == "/":
        size = _plus(_times(right[0], right[0]), _times(right[1], right[1]))
        if right[1] == _ZERO:
            return _over(left[0], right[0]), _over(left[1], right[0])
        above = _product(left, (right[0], _minus(right[1])))
        return _over(above[0], size), _over(above[1], size)
    if left[1] == _ZERO and right[1] == _ZERO:
        return node, _ZERO
    whole = node.right.value if isinstance(node.right, Number) else None
    if whole is None or whole.denominator != 1 or not 0 < whole <= _MOST_POWER:
        return None
    power = left
    for _ in range(int(whole) - 1):
        power = _product(power, left)
    return power


def _exponential(inner: _Parts) -> _Parts:
    real, imaginary = inner
    size: Node = _ONE if real == _ZERO else Call("exp", (real,))
    if imaginary == _ZERO:
        return size, _ZERO
    return _times(size, Call("cos", (imaginary,))), _times(size, Call("sin", (imaginary,)))


def _root(node: Call, inner: _Parts) -> _Parts | None:
    """A square root, of a negative number too: ``√(-3)``."""
    real, imaginary = inner
    if imaginary != _ZERO:
        return None
    if isinstance(real, Unary) and _is_negative(real):
        size = real.operand.value if isinstance(real.operand, Number) else Fraction(0)
        root = Fraction(isqrt(size.numerator), isqrt(size.denominator))
        return _ZERO, from_fraction(root) if root * root == size else Call("sqrt", (real.operand,))
    return node, _ZERO


def _product(one: _Parts, other: _Parts) -> _Parts:
    (a, b), (c, d) = one, other
    return _plus(_times(a, c), _minus(_times(b, d))), _plus(_times(a, d), _times(b, c))


def _plus(one: Node, other: Node) -> Node:
    if one == _ZERO or other == _ZERO:
        return other if one == _ZERO else one
    return Binary("+", one, other)


def _minus(node: Node) -> Node:
    if node == _ZERO:
        return node
    return node.operand if isinstance(node, Unary) and node.op == "-" else Unary("-", node)


def _times(one: Node, other: Node) -> Node:
    if _ZERO in (one, other):
        return _ZERO
    if _ONE in (one, other):
        return other if one == _ONE else one
    return Binary("*", one, other)


def _over(one: Node, other: Node) -> Node:
    return one if one == _ZERO or other == _ONE else Binary("/", one, other)
