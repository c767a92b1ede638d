"""Ball arithmetic on expression trees: rigorous error bounds, from Arb through python-flint."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar

from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary

MAX_BITS = 13_000
"""Numbers whose exact form needs more bits are refused: Python writes out no more than 4300 digits, 14,284 bits."""


T = TypeVar("T")


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
    value = at_precision(bits, lambda: _ball(node))
    if not value.is_finite():
        raise UndefinedError("the expression has no finite real value")
    return value


def difference(one: Node, other: Node, bits: int) -> Any:
    """A ball that holds ``one`` minus ``other``; arguments and errors as in :func:`ball`."""
    return at_precision(bits, lambda: _ball(one) - _ball(other))


def at_precision(bits: int, compute: Callable[[], T]) -> T:
    """What a computation gives at a working precision, which is then set back.

    Args:
        bits: the precision.
        compute: the computation.
    """
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
        return sign(node.op, _ball(node.operand))
    if isinstance(node, Binary):
        return operation(node.op, _ball(node.left), _ball(node.right))
    if isinstance(node, Call):
        base = _ball(node.base) if node.base is not None else None
        return function(node.function, [_ball(argument) for argument in node.arguments], base)
    raise UndefinedError("this is not a number")


def sign(op: str, value: Any) -> Any:
    """What a sign before or after an operand makes of its ball.

    Args:
        op: as in :class:`grader.maths.tree.Unary`.
        value: the ball.

    Raises:
        UndefinedError: it has no value.
    """
    if op == "-":
        return -value
    if op == "%":
        return value / 100
    if op == "°":
        from flint import arb

        return value * arb.pi() / 180
    if op == "!":
        if abs(value) > MAX_BITS:
            raise UndefinedError("the number is too large to work with")
        return (value + 1).gamma()
    if op == "ᵀ":
        return value
    raise UndefinedError(f"“{op}” is not computed here")


def operation(op: str, left: Any, right: Any) -> Any:
    """A sum, product, quotient or power of balls.

    Args:
        op: as in :class:`grader.maths.tree.Binary`.
        left, right: balls.

    Raises:
        UndefinedError: it has no value, or one too large to work with.
    """
    if op == "+":
        return left + right
    if op == "-":
        return left - right
    if op in ("*", "∘"):
        return left * right
    if op == "/":
        return left / right
    if op == "^":
        if not abs(right) < MAX_BITS or (abs(right) > 1 and not abs(left) < _HUGE):
            raise UndefinedError("the number is too large to work with")
        return power(left, right)
    raise UndefinedError(f"“{op}” is not computed here")


_HUGE = 10**600
_NAMES = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh",
}  # fmt: skip
_DIRECT = frozenset(
    "exp sin cos tan cot sec csc sinh cosh tanh coth sech csch asin acos atan asinh acosh atanh".split()
)


def power(left: Any, right: Any) -> Any:
    """A power of balls; a whole exponent may have a negative base.

    Args:
        left, right: balls.
    """
    if right.is_exact() and right.is_integer():
        exponent = int(right.unique_fmpz())
        return left**exponent if exponent >= 0 else 1 / left**-exponent
    return left**right


def function(name: str, arguments: list[Any], base: Any = None) -> Any:
    """A function of balls.

    Args:
        name: as in :class:`grader.maths.tree.Call`.
        arguments: balls.
        base: of a logarithm, or the degree of a root.

    Raises:
        UndefinedError: it is not computed here.
    """
    first = arguments[0]
    if name == "sqrt":
        return first.sqrt() if base is None else _root(first, base)
    if name == "log":
        return first.log() if base is None else first.log() / base.log()
    if name in ("abs", "norm"):
        return abs(first)
    if name in ("max", "min"):
        for other in arguments[1:]:
            first = first.max(other) if name == "max" else first.min(other)
        return first
    if name == "sigmoid":
        return _sigmoid(first)
    if name in ("floor", "ceil"):
        rounded = getattr(first, name)()
        if not rounded.is_exact():
            raise UndefinedError("rounding could not be settled")
        return rounded
    if name == "sign":
        if first > 0 or first < 0 or first.is_zero():
            return first.sgn()
        raise UndefinedError("a sign could not be settled")
    if name == "binom" and len(arguments) == 2:
        return (arguments[0] + 1).gamma() / (arguments[1] + 1).gamma() / (arguments[0] - arguments[1] + 1).gamma()
    if name == "relu":
        return first.max(first * 0)
    if name[-1:] == "′" and base is None and (slope := _SLOPES.get(name[:-1])) is not None:
        return slope(first)
    method = _NAMES.get(name, name)
    if method not in _DIRECT:
        raise UndefinedError(f"“{name}” is not a function that is computed here")
    return getattr(first, method)()


def _sigmoid(value: Any) -> Any:
    return 1 / (1 + (-value).exp())


_SLOPES: dict[str, Callable[[Any], Any]] = {
    "tanh": lambda x: 1 - x.tanh() ** 2, "sigmoid": lambda x: _sigmoid(x) * (1 - _sigmoid(x)), "exp": lambda x: x.exp(),
    "log": lambda x: 1 / x, "sin": lambda x: x.cos(), "cos": lambda x: -x.sin(), "tan": lambda x: 1 + x.tan() ** 2,
}  # fmt: skip
"""Derivatives of functions, which a prime after their names means: ``tanh′(x)``."""


def _root(argument: Any, degree: Any) -> Any:
    """A real root; that of a negative number where the degree is an odd integer."""
    if argument < 0 and degree.is_exact() and degree.is_integer() and int(degree.unique_fmpz()) % 2:
        return -((-argument) ** (1 / degree))
    return argument ** (1 / degree)


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

    mantissa, exponent = at_precision(bits, compute).man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
