"""A tree as a quotient of sums of terms on the log-scale."""

from __future__ import annotations

from fractions import Fraction

from grader.maths.growth.functions import (
    binomial,
    exact_log,
    exponential,
    factorial,
    larger,
    logarithm,
    raised,
    rounded,
)
from grader.maths.growth.scale import ONE, POLYLOG, Real, UndecidedError, ln, plain, variable
from grader.maths.growth.sums import (
    UNIT,
    Growth,
    Reading,
    add,
    constant,
    inverse,
    negated,
    number_of,
    single,
    times,
)
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary

HEADS = frozenset({"O", "Θ", "Ω", "o", "ω", "Õ"})
"""Names of classes. Inside an expression, ``O(n)`` is n times an unknown constant."""

_TRANSPARENT = frozenset({"abs", "norm"})


def read(node: Node, reading: Reading) -> Growth:
    """A tree as a quotient of sums.

    Args:
        node: the tree of a function.
        reading: what is known of its variables; notes are left there.

    Raises:
        UndecidedError: the theory does not cover the function.
        NegativeError: part of it, under a root or logarithm or below a fraction bar, is negative.
    """
    if isinstance(node, Symbol):
        return _symbol(node, reading)
    if isinstance(node, Number):
        return constant(plain(node.value))
    if isinstance(node, Binary):
        return _binary(node, reading)
    if isinstance(node, Unary):
        return _unary(node, reading)
    if isinstance(node, Call):
        return _call(node, reading)
    raise UndecidedError("it is no formula for a cost")


def _symbol(node: Symbol, reading: Reading) -> Growth:
    name = node.full
    known = reading.values.get(name)
    if known is not None:
        return known
    if name not in reading.variables:
        if name in HEADS or name == "π":
            return constant(None)
        if name == "e":
            raise UndecidedError("e stands outside of a power")
        if name == "∞":
            raise UndecidedError("∞ is no function")
    return single(variable(name))


def _binary(node: Binary, reading: Reading) -> Growth:
    if node.op == "^":
        return _power(node, reading)
    links: list[tuple[str, Node]] = []
    here: Node = node
    level = "+-±" if node.op in "+-±" else "*/"
    while isinstance(here, Binary) and here.op in level:  # a chain may be long, so no recursion
        links.append((here.op, here.right))
        here = here.left
    if not links:
        raise UndecidedError(f"“{node.op}” is no operation on costs")
    out = read(here, reading)
    for op, right in reversed(links):
        value = read(right, reading)
        if op in ("+", "±"):
            out = add(out, value)
        elif op == "-":
            out = add(out, negated(value))
        else:
            out = times(out, value if op == "*" else inverse(value, reading))
    return out


def _unary(node: Unary, reading: Reading) -> Growth:
    value = read(node.operand, reading)
    if node.op == "-":
        return negated(value)
    if node.op == "!":
        return factorial(value, reading)
    if node.op == "%":
        return times(value, constant(Fraction(1, 100)))
    raise UndecidedError(f"“{node.op}” is no operation on costs")


def _call(node: Call, reading: Reading) -> Growth:
    name, arguments = node.function, node.arguments
    if name in ("log", "ln", "lg"):
        inner = node.argument
        if isinstance(inner, Call) and inner.function in ("min", "max"):  # logarithms keep the order
            return _call(Call(inner.function, tuple(Call(name, (a,), node.base) for a in inner.arguments)), reading)
        return _log_call(node, reading)
    if name in ("sqrt", "root"):
        degree = number_of(read(node.base, reading)) if node.base is not None else 2
        if degree is None or degree <= 0:
            raise UndecidedError("the degree of a root is no positive number")
        return raised(read(node.argument, reading), plain(Fraction(1) / degree), reading)
    values = [read(argument, reading) for argument in arguments]
    if name == "exp":
        return exponential(1, values[0], reading)
    if name == "max":
        out = values[0]
        for value in values[1:]:
            out = larger(out, value, reading)
        return out
    if name == "min":
        out = values[0]
        for value in values[1:]:
            out = times(times(out, value), inverse(larger(out, value, reading), reading))
        return out
    if name in ("floor", "ceil", "ceiling", "round") and len(values) == 1:
        return rounded(values[0], name, reading)
    if name in ("binom", "binomial", "choose", "comb", "C") and len(values) == 2:
        return binomial(values[0], values[1], reading)
    if name in ("factorial",) and len(values) == 1:
        return factorial(values[0], reading)
    if name in ("polylog", "poly log") and len(values) == 1:
        reading.polylog = True
        return raised(logarithm(values[0], reading), POLYLOG, reading)
    if len(values) == 1 and name in HEADS:
        return times(values[0], constant(None))
    if len(values) == 1 and name in _TRANSPARENT:
        return values[0]
    raise UndecidedError(f"the growth of “{name}” is not known here")


def _log_call(node: Call, reading: Reading) -> Growth:
    """A logarithm with its base; ``lg`` is binary."""
    argument = read(node.argument, reading)
    if node.base is None and node.function != "lg":
        reading.bare_log = reading.bare_log or node.function != "ln"
        base: Real = reading.log_base if node.function != "ln" else 1
    elif isinstance(node.base, Symbol) and node.base.full == "e":
        base = 1
    else:
        value = number_of(read(node.base, reading)) if node.base is not None else 2
        if value is None or value <= 0 or value == 1:
            raise UndecidedError("the base of a logarithm is no number above 1")
        base = ln(Fraction(value))
    out = logarithm(argument, reading)
    if base == 1:
        return out
    return times(out, constant(plain(Fraction(1) / base)))


def _power(node: Binary, reading: Reading) -> Growth:
    exponent = node.right
    if isinstance(node.left, Symbol) and node.left.full == "e" and "e" not in reading.variables | set(reading.values):
        return exponential(1, read(exponent, reading), reading)
    base = read(node.left, reading)
    power: Real | None = exponent.value if isinstance(exponent, Number) else None
    if power is None:
        value = _exponent(exponent, reading)
        power = number_of(value)
        if power is None:
            return _general_power(node, base, value, reading)
    return raised(base, plain(power), reading)


def _exponent(node: Node, reading: Reading) -> Growth:
    """The value of an exponent, in which the base of a logarithm matters."""
    before, reading.bare_log = reading.bare_log, False
    value = read(node, reading)
    reading.open_base = reading.open_base or (reading.bare_log and number_of(value) is None)
    reading.bare_log = reading.bare_log or before
    return value


def _general_power(node: Binary, base: Growth, exponent: Growth, reading: Reading) -> Growth:
    """A power with an exponent that is not a number."""
    if _undone(node, reading):  # b ^ log_b x
        assert isinstance(node.right, Call)  # noqa: S101  # as was just seen
        return read(node.right.argument, reading)
    known = number_of(base)
    if known is not None:
        if known == 1:
            return constant(1)
        if known <= 0:
            raise UndecidedError("a power of a number that is not positive")
        return exponential(ln(Fraction(known)), exponent, reading)
    if set(exponent.top) == {ONE} and set(exponent.bottom) == {ONE}:
        raise UndecidedError("an exponent is a constant that is not known")
    if len(base.top) != 1 or base.bottom != UNIT:
        raise UndecidedError("a sum is raised to a power that grows")
    return exponential(1, times(exact_log(base), exponent), reading)


def _undone(node: Binary, reading: Reading) -> bool:
    """Whether a power is of the base of the logarithm that is its exponent."""
    right = node.right
    if not (isinstance(right, Call) and right.function in ("log", "lg") and right.base is not None):
        return False
    return isinstance(node.left, Number) and isinstance(right.base, Number) and node.left.value == right.base.value
