"""Linear expressions in one variable, and the relations between them, solved exactly."""

from __future__ import annotations

from fractions import Fraction

from grader.maths.numbers.balls import UndefinedError
from grader.maths.numbers.exact import evaluate, real
from grader.maths.sets.intervals import ALL, EMPTY, IntervalSet, relation
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary, from_fraction, symbols_in

_MIRRORED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤", "=": "=", "≠": "≠"}


class NotLinearError(ValueError):
    """A relation is not linear in the variable, with rational coefficients of it."""


def is_variable(node: Node, variable: str) -> bool:
    """Whether a tree is the variable, given by its name with its subscript.

    Args:
        node: the tree.
        variable: its name with its subscript.
    """
    return isinstance(node, Symbol) and node.full == variable


def solve(left: Node, symbol: str, right: Node, variable: str) -> IntervalSet:
    """All values of a variable for which ``left symbol right`` holds.

    Args:
        left, right: expressions linear in the variable, one of them perhaps the absolute value of such a one and the
            other then free of it; other symbols are π and e.
        symbol: one of ``< ≤ > ≥ = ≠``.
        variable: its name with its subscript.

    Returns:
        The set; of all numbers, or of none, where the variable cancels.

    Raises:
        NotLinearError: they are not linear in it.
        UndefinedError: a constant in them has no value.
    """
    if is_variable(left, variable) and (isinstance(right, Number) or variable not in symbols_in(right)):
        return relation(symbol, evaluate(right))
    if is_variable(right, variable) and (isinstance(left, Number) or variable not in symbols_in(left)):
        return relation(_MIRRORED[symbol], evaluate(left))
    if _is_absolute(right, variable) and not _is_absolute(left, variable):
        left, symbol, right = right, _MIRRORED[symbol], left
    if _is_absolute(left, variable) and variable not in symbols_in(right):
        return _absolute(left, symbol, right, variable)
    slope, rest = _linear(Binary("-", left, right), variable)
    constant = evaluate(rest)
    if slope == 0:
        return ALL if constant in relation(symbol, real(0)) else EMPTY
    bound = evaluate(Binary("/", Unary("-", rest), from_fraction(slope)))
    if bound.fraction is not None:
        bound = real(bound.fraction)  # shown as a number and not as the quotient that gave it
    return relation(symbol if slope > 0 else _MIRRORED[symbol], bound)


def _is_absolute(node: Node, variable: str) -> bool:
    return isinstance(node, Call) and node.function == "abs" and variable in symbols_in(node)


def _absolute(left: Node, symbol: str, right: Node, variable: str) -> IntervalSet:
    """``|u| ≤ c`` is −c ≤ u ≤ c, and ``|u| > c`` is u > c or u < −c."""
    inner = left.arguments[0] if isinstance(left, Call) else left
    if symbol in "≠=" and evaluate(right) in relation("<", real(0)):
        return EMPTY if symbol == "=" else ALL
    above = solve(inner, symbol, right, variable)
    below = solve(inner, _MIRRORED[symbol], Unary("-", right), variable)
    return above & below if symbol in "<≤≠" else above | below


def _linear(node: Node, variable: str) -> tuple[Fraction, Node]:
    """Slope and constant term of an expression."""
    zero = Number(Fraction(0), "0")
    if variable not in symbols_in(node):
        return Fraction(0), node
    if isinstance(node, Symbol):
        return Fraction(1), zero
    if isinstance(node, Unary) and node.op == "-":
        slope, rest = _linear(node.operand, variable)
        return -slope, Unary("-", rest)
    if isinstance(node, Binary) and node.op in "+-":
        a, rest_a = _linear(node.left, variable)
        b, rest_b = _linear(node.right, variable)
        return (a + b if node.op == "+" else a - b), Binary(node.op, rest_a, rest_b)
    if isinstance(node, Binary) and node.op == "*":
        if variable in symbols_in(node.left):
            return _scaled(node.left, _constant(node.right, variable), "*", node.right, variable)
        return _scaled(node.right, _constant(node.left, variable), "*", node.left, variable)
    if isinstance(node, Binary) and node.op == "/":
        divisor = _constant(node.right, variable)
        if divisor == 0:
            raise UndefinedError("division by zero")
        return _scaled(node.left, 1 / divisor, "/", node.right, variable)
    raise NotLinearError(f"not linear in {variable}")


def _scaled(node: Node, factor: Fraction, op: str, by: Node, variable: str) -> tuple[Fraction, Node]:
    """Slope and constant term of ``node op by``, where ``factor`` is what ``op by`` multiplies with."""
    slope, rest = _linear(node, variable)
    return slope * factor, Binary(op, rest, by)


def _constant(node: Node, variable: str) -> Fraction:
    """The rational value of a coefficient; NotLinearError where it has none."""
    if variable in symbols_in(node):
        raise NotLinearError(f"not linear in {variable}")
    value = evaluate(node).fraction
    if value is None:
        raise NotLinearError(f"the coefficient of {variable} is not rational")
    return value
