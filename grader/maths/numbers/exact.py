"""Real constants, decided exactly.

A constant is kept in normal form where it has one: equal forms are equal numbers. Unequal forms prove
nothing, so inequality is proved by ball arithmetic (Johansson, "Arb: efficient arbitrary-precision
midpoint-radius interval arithmetic", IEEE Trans. Comput. 66, 2017): a ball of the difference that
excludes 0. Equality of other expressions in roots is proved by a bound on how near to 0 they can come
(:mod:`grader.maths.numbers.radicals`). Where none of these settles a question, the answer is None: undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from grader.maths.numbers import radicals
from grader.maths.numbers.balls import ball, difference
from grader.maths.numbers.forms import BeyondError, Form, Monomial, normal_form, rational
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary, from_fraction, walk

PRECISIONS = (64, 256, 1024)
"""Bits at which a ball is tried in turn."""

_ZERO = from_fraction(Fraction(0))
_Frozen = tuple[tuple[Monomial, Fraction], ...]


@dataclass(frozen=True)
class Real:
    """A real constant.

    Args:
        node: the expression as written.
        form: its normal form, None where it has none here.
    """

    node: Node
    form: _Frozen | None

    @property
    def fraction(self) -> Fraction | None:
        """The value where it is known to be rational."""
        if self.form is None:
            return None
        if not self.form:
            return Fraction(0)
        return self.form[0][1] if len(self.form) == 1 and not self.form[0][0] else None

    def approximate(self) -> float:
        """The nearest float, for showing; never for deciding."""
        if (value := self.fraction) is not None:
            try:
                return float(value)
            except OverflowError:
                return float("inf") if value > 0 else float("-inf")
        return float(ball(self.node, 64).mid())


def real(value: Fraction | int) -> Real:
    """A rational number as a constant.

    Args:
        value: of any size; :func:`evaluate` is what refuses numbers that are too large.
    """
    value = Fraction(value)
    return Real(from_fraction(value), _freeze({(): value} if value else {}))


def evaluate(node: Node, values: Mapping[str, Fraction] | None = None) -> Real:
    """The constant that an expression stands for.

    Args:
        node: expression whose symbols are π, e or in ``values``.
        values: of further names.

    Raises:
        UndefinedError: division by zero, root or logarithm of a negative number, or a value too large.
    """
    if isinstance(node, Number):
        return Real(node, _freeze(rational(node.value)))
    values = values or {}
    try:
        form: _Frozen | None = _freeze(normal_form(node, values))
        plain = isinstance(node, Binary) and isinstance(node.left, Number) and isinstance(node.right, Number)
        if not plain and any(isinstance(here, Call) and _has_null_root(here, values) for here in walk(node)):
            node = _replaced(node, lambda here: _ZERO if _has_null_root(here, values) else None)
    except BeyondError:
        form = None
        if values:
            node = _replaced(node, lambda here: _value_of(here, values))
        ball(node, PRECISIONS[0])  # raises where the value is undefined
    return Real(node, form)


def compare(one: Real, other: Real) -> int | None:
    """-1, 0 or 1 as ``one`` is less than, equal to or greater than ``other``; None where not settled.

    Args:
        one, other: constants; unequal ones are told apart down to the last of :data:`PRECISIONS`.
    """
    a, b = one.fraction, other.fraction
    if a is not None and b is not None:
        return 0 if a == b else 1 if a > b else -1
    if one.form is not None and one.form == other.form:
        return 0
    for bits in PRECISIONS:
        gap = difference(one.node, other.node, bits)
        if gap > 0:
            return 1
        if gap < 0:
            return -1
        if bits == PRECISIONS[0] and radicals.is_zero(one.node, other.node):
            return 0
    return None


def _has_null_root(node: Node, values: Mapping[str, Fraction]) -> bool:
    """Whether a node is the root of an expression that is 0 and whose balls are not: ``√(π - π)`` has no ball."""
    if not isinstance(node, Call) or node.function != "sqrt":
        return False
    inexact = any(isinstance(here, Symbol | Call) for here in walk(node.argument))
    return inexact and not normal_form(node.argument, values)


def _freeze(form: Form) -> _Frozen:
    """A form made hashable, and equal for equal forms: its terms in one order."""
    if len(form) < 2:
        return tuple(form.items())
    return tuple(sorted(form.items(), key=lambda item: repr(item[0])))


def _value_of(node: Node, values: Mapping[str, Fraction]) -> Node | None:
    """The value of a name, None for anything else."""
    return from_fraction(values[node.full]) if isinstance(node, Symbol) and node.full in values else None


def _replaced(node: Node, by: Callable[[Node], Node | None]) -> Node:
    """A tree in which parts stand for others, as the rule says; None leaves one as it is."""
    if (other := by(node)) is not None:
        return other
    if isinstance(node, Unary):
        return Unary(node.op, _replaced(node.operand, by))
    if isinstance(node, Binary):
        return Binary(node.op, _replaced(node.left, by), _replaced(node.right, by))
    if isinstance(node, Call):
        base = _replaced(node.base, by) if node.base else None
        return Call(node.function, tuple(_replaced(a, by) for a in node.arguments), base)
    return node
