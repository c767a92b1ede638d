"""Where expressions are evaluated, and the exact values there of exponents, bounds and conditions on indices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from grader.maths.tree import Binary, Call, Node, Number, Relation, Symbol, Unary
from grader.maths.values.fields import MAX_POWER, Field, UnsupportedError


class Point(NamedTuple):
    """Where an expression is evaluated.

    Args:
        field: the arithmetic.
        values: of symbols, by their full names.
        whole: exact values of symbols that count or that stand in exponents.
        element: what ``x_i`` is, from the name and the values of the indices; None if there is no such thing.
        ranges: default range of each index, for sums that do not say theirs.
        sizes: names of sizes by their value, for messages.
        families: names whose subscripts are indices.
        functions: values of declared functions of which nothing else is known, by their names.
        elementwise: functions and quotients act entry by entry, and numbers are added to every entry.
        norm: which norm of a matrix bare bars mean: ``spectral`` or ``frobenius``; "" where it is not declared.
        terms: how many terms of sums may still be worked out; :func:`evaluate` sets it.
    """

    field: Field
    values: dict[str, Any]
    whole: dict[str, Fraction]
    element: Callable[[str, tuple[int, ...]], Any]
    ranges: Mapping[str, int] = {}
    sizes: Mapping[int, str] = {}
    families: frozenset[str] = frozenset()
    functions: Mapping[str, Callable[[list[Any]], Any]] = {}
    elementwise: bool = False
    norm: str = ""
    terms: list[int] = []  # noqa: RUF012  # made anew by evaluate


def exact_value(node: Node, point: Point) -> Fraction | None:
    """The exact value of an exponent or bound, None where it is not made of whole symbols and literals.

    Args:
        node: the expression.
        point: where.
    """
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Symbol):
        return point.whole.get(node.full)
    if isinstance(node, Unary) and node.op == "-":
        inner = exact_value(node.operand, point)
        return None if inner is None else -inner
    if isinstance(node, Binary):
        left, right = exact_value(node.left, point), exact_value(node.right, point)
        return None if left is None or right is None else _exact_operation(node.op, left, right)
    if isinstance(node, Call) and node.function in ("floor", "ceil"):
        inner = exact_value(node.argument, point)
        return None if inner is None else Fraction(inner // 1 if node.function == "floor" else -(-inner // 1))
    if isinstance(node, Call) and node.function in ("min", "max"):
        several = [exact_value(argument, point) for argument in node.arguments]
        known = [value for value in several if value is not None]
        return (min if node.function == "min" else max)(known) if len(known) == len(several) else None
    return None


def _exact_operation(op: str, left: Fraction, right: Fraction) -> Fraction | None:
    if op == "+":
        return left + right
    if op == "-":
        return left - right
    if op == "*":
        return left * right
    if op == "/":
        return left / right if right else None
    if op == "^" and right.denominator == 1 and abs(right) <= 64 and abs(left) <= MAX_POWER and (left or right > 0):
        return left**right.numerator
    return None


def holds(node: Node, point: Point) -> bool:
    """Whether a condition on indices holds.

    Args:
        node: a relation between whole symbols and literals.
        point: where.

    Raises:
        UnsupportedError: it is on something else.
    """
    if not isinstance(node, Relation):
        raise UnsupportedError("a condition that is no relation")
    if node.signs == ("…",) and isinstance(node.items[0], Relation):  # ℓ = 1, …, L begins a range
        node = Relation(node.items[0].items, tuple("≥" if sign == "=" else sign for sign in node.items[0].signs))
    sides = [exact_value(item, point) for item in node.items]
    for left, sign, right in zip(sides, node.signs, sides[1:], strict=False):
        if left is None or (right is None and sign != "…" and sign in _SIGNS):
            raise UnsupportedError("a condition on what has no value")
        if sign == "…" or sign not in _SIGNS or right is None:
            continue
        if not _SIGNS[sign](left, right):
            return False
    return True


_SIGNS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b, "≠": lambda a, b: a != b, "<": lambda a, b: a < b, "≤": lambda a, b: a <= b,
    ">": lambda a, b: a > b, "≥": lambda a, b: a >= b,
}  # fmt: skip
