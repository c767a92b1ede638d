"""Real constants, decided exactly.

A constant is kept in a normal form: a sum of rational multiples of products of fractional powers of
primes, powers of π and e, and logarithms of primes. Equal normal forms are equal numbers. Unequal
forms prove nothing, so inequality is proved by ball arithmetic (Johansson, "Arb: efficient
arbitrary-precision midpoint-radius interval arithmetic", IEEE Trans. Comput. 66, 2017): a ball of the
difference that excludes 0. Where neither settles a question, the answer is None: undecided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from grader.maths.balls import MAX_BITS, UndefinedError, ball, difference
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary, from_fraction

MAX_TERMS = 64
"""Longer sums of radicals are left to ball arithmetic."""

PRECISIONS = (64, 256, 1024)
"""Bits at which a ball is tried in turn."""

MAX_FACTORED = 10**12
"""Larger integers are not factored."""

Atom = tuple[str, int]  # ("prime", 2), ("log", 3), ("π", 0), ("e", 0)
Monomial = tuple[tuple[Atom, Fraction], ...]
Form = dict[Monomial, Fraction]


class _BeyondError(Exception):
    """The value has no normal form here."""


@dataclass(frozen=True)
class Real:
    """A real constant.

    Args:
        node: the expression as written.
        form: its normal form, None where it has none here.
    """

    node: Node
    form: tuple[tuple[Monomial, Fraction], ...] | None

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
    """A rational number as a constant."""
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
    values = values or {}
    try:
        form: tuple[tuple[Monomial, Fraction], ...] | None = _freeze(_form(node, values))
    except _BeyondError:
        form = None
        if values:
            node = _substitute(node, values)
        ball(node, PRECISIONS[0])  # raises where the value is undefined
    return Real(node, form)


def compare(one: Real, other: Real) -> int | None:
    """-1, 0 or 1 as ``one`` is less than, equal to or greater than ``other``; None where not settled."""
    a, b = one.fraction, other.fraction
    if a is not None and b is not None:
        return (a > b) - (a < b)
    if one.form is not None and one.form == other.form:
        return 0
    for bits in PRECISIONS:
        gap = difference(one.node, other.node, bits)
        if gap > 0:
            return 1
        if gap < 0:
            return -1
    return None


# ---------------------------------------------------------------- normal forms


def _freeze(form: Form) -> tuple[tuple[Monomial, Fraction], ...]:
    return tuple(sorted(form.items(), key=lambda item: repr(item[0])))


def _form(node: Node, values: Mapping[str, Fraction]) -> Form:
    if isinstance(node, Number):
        return _rational(node.value)
    if isinstance(node, Symbol):
        if node.full in values:
            return _rational(values[node.full])
        if node.full in ("π", "e"):
            return {(((node.name, 0), Fraction(1)),): Fraction(1)}
        raise UndefinedError(f"“{node.full}” has no value")
    if isinstance(node, Unary):
        inner = _form(node.operand, values)
        if node.op == "-":
            return {m: -c for m, c in inner.items()}
        if node.op == "%":
            return {m: c / 100 for m, c in inner.items()}
        return _factorial(inner)
    if isinstance(node, Binary):
        return _binary(node, values)
    return _call(node, values)


def _binary(node: Binary, values: Mapping[str, Fraction]) -> Form:
    left = _form(node.left, values)
    right = _form(node.right, values)
    if node.op == "+":
        return _sum(left, right)
    if node.op == "-":
        return _sum(left, {m: -c for m, c in right.items()})
    if node.op == "*":
        return _product(left, right)
    if node.op == "/":
        return _product(left, _power(right, Fraction(-1)))
    if list(left) == [((("e", 0), Fraction(1)),)] and left[((("e", 0), Fraction(1)),)] == 1:
        return _exponential(right)
    return _power(left, _as_rational(right))


def _call(node: Call, values: Mapping[str, Fraction]) -> Form:
    argument = _form(node.argument, values)
    if node.function == "sqrt":
        degree = _as_rational(_form(node.base, values)) if node.base else Fraction(2)
        if degree == 0:
            raise UndefinedError("a root of degree 0")
        value = _rational_or_none(argument)
        if value is not None and value < 0 and degree.denominator == 1 and degree.numerator % 2:
            return {m: -c for m, c in _power(_rational(-value), 1 / degree).items()}  # ∛-8 = -2
        return _power(argument, 1 / degree)
    if node.function == "exp":
        return _exponential(argument)
    if node.function == "log":
        top = _logarithm(argument)
        return _quotient_of_logarithms(top, _logarithm(_form(node.base, values))) if node.base else top
    if node.function == "abs" and (value := _rational_or_none(argument)) is not None:
        return _rational(abs(value))
    raise _BeyondError


def _rational(value: Fraction) -> Form:
    if value.numerator.bit_length() + value.denominator.bit_length() > MAX_BITS:
        raise UndefinedError("the number is too large to work with")
    return {(): value} if value else {}


def _rational_or_none(form: Form) -> Fraction | None:
    if not form:
        return Fraction(0)
    return form[()] if len(form) == 1 and () in form else None


def _as_rational(form: Form) -> Fraction:
    value = _rational_or_none(form)
    if value is None:
        raise _BeyondError
    return value


def _sum(one: Form, other: Form) -> Form:
    out = dict(one)
    for monomial, coefficient in other.items():
        total = out.get(monomial, Fraction(0)) + coefficient
        if total:
            out[monomial] = total
        else:
            out.pop(monomial, None)
    if len(out) > MAX_TERMS:
        raise _BeyondError
    return out


def _product(one: Form, other: Form) -> Form:
    if len(one) * len(other) > MAX_TERMS**2:
        raise _BeyondError
    out: Form = {}
    for m1, c1 in one.items():
        for m2, c2 in other.items():
            monomial, factor = _join(m1, m2)
            out = _sum(out, {monomial: _rational(c1 * c2 * factor)[()]})
    return out


def _join(one: Monomial, other: Monomial) -> tuple[Monomial, Fraction]:
    """The product of two monomials; whole powers of primes come out as a rational factor."""
    exponents: dict[Atom, Fraction] = dict(one)
    factor = Fraction(1)
    for atom, exponent in other:
        exponents[atom] = exponents.get(atom, Fraction(0)) + exponent
    for atom in list(exponents):
        exponent = exponents[atom]
        if atom[0] == "prime":
            whole = exponent.numerator // exponent.denominator
            factor *= _integer_power(Fraction(atom[1]), whole)
            exponent -= whole
        if exponent:
            exponents[atom] = exponent
        else:
            del exponents[atom]
    return tuple(sorted(exponents.items())), factor


def _power(base: Form, exponent: Fraction) -> Form:
    if exponent.denominator == 1 and (value := _rational_or_none(base)) is not None:
        if value == 0 and exponent <= 0:
            raise UndefinedError("division by zero" if exponent < 0 else "0 to the power 0")
        return _rational(_integer_power(value, exponent.numerator))
    if not base:
        if exponent < 0:
            raise UndefinedError("division by zero")
        return {}
    if exponent.denominator == 1 and 0 <= exponent <= 16 and len(base) > 1:
        out = _rational(Fraction(1))
        for _ in range(exponent.numerator):
            out = _product(out, base)
        return out
    if len(base) > 1:
        raise _BeyondError
    (monomial, coefficient), *_ = base.items()
    if exponent.denominator != 1 and coefficient < 0:
        raise UndefinedError("a root or fractional power of a negative number")
    if any(atom[0] == "log" for atom, _ in monomial) and exponent.denominator != 1:
        raise _BeyondError
    raised, factor = _join(tuple((atom, e * exponent) for atom, e in monomial), ())
    if any(abs(e) > MAX_BITS for _, e in raised):
        raise UndefinedError("the number is too large to work with")
    return _product({raised: factor}, _rational_power(coefficient, exponent))


def _integer_power(value: Fraction, exponent: int) -> Fraction:
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    if abs(exponent) * max(bits - 1, 0) > MAX_BITS:
        raise UndefinedError("the number is too large to work with")
    if value in (1, -1):
        return value if exponent % 2 else Fraction(1)
    return value**exponent


def _rational_power(value: Fraction, exponent: Fraction) -> Form:
    if exponent.denominator == 1:
        return _rational(_integer_power(value, exponent.numerator))
    out = _rational(Fraction(1))
    for prime, count in _factors(value).items():
        monomial, factor = _join(((("prime", prime), count * exponent),), ())
        out = _product(out, {monomial: factor})
    return out


def _factors(value: Fraction) -> dict[int, int]:
    """Prime factors of a positive rational, with negative exponents below the line."""
    out = dict(_factor_integer(value.numerator))
    for prime, count in _factor_integer(value.denominator):
        out[prime] = -count
    return out


@lru_cache(maxsize=512)
def _factor_integer(value: int) -> tuple[tuple[int, int], ...]:
    from flint import fmpz

    if value > MAX_FACTORED:
        raise _BeyondError
    return tuple((int(p), int(k)) for p, k in fmpz(value).factor())


def _logarithm(argument: Form) -> Form:
    if len(argument) != 1:
        if not argument:
            raise UndefinedError("the logarithm of 0")
        raise _BeyondError
    (monomial, coefficient), *_ = argument.items()
    if coefficient < 0:
        raise UndefinedError("the logarithm of a negative number")
    out: Form = {}
    for prime, count in _factors(coefficient).items():
        out = _sum(out, {((("log", prime), Fraction(1)),): Fraction(count)})
    for (kind, number), exponent in monomial:
        if kind == "prime":
            out = _sum(out, {((("log", number), Fraction(1)),): exponent})
        elif kind == "e":
            out = _sum(out, _rational(exponent))
        else:
            raise _BeyondError
    return out


def _quotient_of_logarithms(top: Form, bottom: Form) -> Form:
    """A logarithm to a base, where the one logarithm is a rational multiple of the other: log₆ 36."""
    if not bottom:
        raise UndefinedError("a logarithm to the base 1")
    if not top:
        return {}
    if set(top) == set(bottom):
        ratios = {top[monomial] / bottom[monomial] for monomial in top}
        if len(ratios) == 1:
            return _rational(ratios.pop())
    return _product(top, _power(bottom, Fraction(-1)))


def _exponential(argument: Form) -> Form:
    """e to the power of a rational, plus rational multiples of logarithms of primes."""
    out = _rational(Fraction(1))
    for monomial, coefficient in argument.items():
        if not monomial:
            if abs(coefficient) > MAX_BITS:
                raise UndefinedError("the number is too large to work with")
            out = _product(out, {((("e", 0), coefficient),): Fraction(1)})
        elif len(monomial) == 1 and monomial[0][0][0] == "log" and monomial[0][1] == 1:
            out = _product(out, _rational_power(Fraction(monomial[0][0][1]), coefficient))
        else:
            raise _BeyondError
    return out


def _factorial(argument: Form) -> Form:
    import math

    value = _as_rational(argument)
    if value.denominator != 1 or value < 0:
        raise UndefinedError("a factorial of what is no natural number")
    if value > 2000:
        raise UndefinedError("the number is too large to work with")
    return _rational(Fraction(math.factorial(value.numerator)))


def _substitute(node: Node, values: Mapping[str, Fraction]) -> Node:
    if isinstance(node, Symbol) and node.full in values:
        return from_fraction(values[node.full])
    if isinstance(node, Unary):
        return Unary(node.op, _substitute(node.operand, values))
    if isinstance(node, Binary):
        return Binary(node.op, _substitute(node.left, values), _substitute(node.right, values))
    if isinstance(node, Call):
        base = _substitute(node.base, values) if node.base else None
        return Call(node.function, _substitute(node.argument, values), base)
    return node
