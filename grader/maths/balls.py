"""Ball arithmetic on expression trees: rigorous error bounds, from Arb through python-flint."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from grader.maths.tree import Binary, Node, Number, Symbol, Unary

MAX_BITS = 13_000
"""Numbers whose exact form needs more bits are refused: Python writes out no more than 4300 digits, 14,284 bits."""


class UndefinedError(ValueError):
    """The expression has no real value, or one too large to work with; the message says which."""


def ball(node: Node, bits: int) -> Any:
    """A ball that holds the value of an expression without free symbols.

    Args:
        node: the expression.
        bits: working precision.

    Raises:
        UndefinedError: the value is not a real number.
    """
    value = _at(bits, lambda: _ball(node))
    if not value.is_finite():
        raise UndefinedError("the expression has no finite real value")
    return value


def difference(one: Node, other: Node, bits: int) -> Any:
    """A ball that holds ``one`` minus ``other``; arguments and errors as in :func:`ball`."""
    return _at(bits, lambda: _ball(one) - _ball(other))


def _at(bits: int, compute: Callable[[], Any]) -> Any:
    from flint import ctx

    before = ctx.prec
    ctx.prec = bits
    try:
        return compute()
    finally:
        ctx.prec = before


def _ball(node: Node) -> Any:
    from flint import arb, fmpq

    if isinstance(node, Number):
        return arb(fmpq(node.value.numerator, node.value.denominator))
    if isinstance(node, Symbol):
        if node.full not in ("π", "e"):
            raise UndefinedError(f"“{node.full}” has no value")
        return arb.pi() if node.name == "π" else arb(1).exp()
    if isinstance(node, Unary):
        inner = _ball(node.operand)
        return {"-": lambda: -inner, "%": lambda: inner / 100, "!": lambda: (inner + 1).gamma()}[node.op]()
    if isinstance(node, Binary):
        left, right = _ball(node.left), _ball(node.right)
        if node.op == "^" and abs(right) > MAX_BITS:
            raise UndefinedError("the number is too large to work with")
        return {
            "+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right,
            "/": lambda: left / right, "^": lambda: left**right,
        }[node.op]()  # fmt: skip
    argument = _ball(node.argument)
    if node.function == "sqrt":
        return argument.sqrt() if node.base is None else _root(argument, node.base)
    if node.function == "log":
        return argument.log() if node.base is None else argument.log() / _ball(node.base).log()
    if node.function == "abs":
        return abs(argument)
    names = {"arcsin": "asin", "arccos": "acos", "arctan": "atan"}
    method = names.get(node.function, node.function)
    if method not in ("exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan"):
        raise UndefinedError(f"“{node.function}” is not a function that is computed here")
    return getattr(argument, method)()


def _root(argument: Any, degree: Node) -> Any:
    """A real root; that of a negative number where the degree is an odd integer."""
    odd = isinstance(degree, Number) and degree.value.denominator == 1 and degree.value.numerator % 2 == 1
    if odd and argument < 0:
        return -((-argument) ** (1 / _ball(degree)))
    return argument ** (1 / _ball(degree))


def bound(node: Node, bits: int, side: int) -> Fraction:
    """A rational very near to a constant: above it where ``side`` is positive, else below it.

    Args:
        node: the constant.
        bits: working precision.
        side: positive for a bound from above, else from below.

    Raises:
        UndefinedError: the value is not a real number.
    """

    def compute() -> Any:
        near = _ball(node)
        return near.upper() if side > 0 else near.lower()

    mantissa, exponent = _at(bits, compute).man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
