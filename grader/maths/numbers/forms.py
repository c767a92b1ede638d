"""Normal forms of real constants.

A form is a sum of rational multiples of products of fractional powers of primes, powers of π and e, and
logarithms of primes. Equal forms are equal numbers; unequal forms prove nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from grader.maths.numbers.balls import MAX_BITS, UndefinedError
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary

MAX_TERMS = 64
"""Longer sums of radicals are left to ball arithmetic."""

MAX_FACTORED = 10**12
"""Larger integers are not factored."""

MAX_EXPANDED = 16
"""Sums are raised to whole powers up to this one."""

MAX_FACTORIAL = 2000
"""Factorials of larger numbers are refused before they are computed; that of 2000 is beyond MAX_BITS already."""

Atom = tuple[str, int]  # ("prime", 2), ("log", 3), ("π", 0), ("e", 0)
Monomial = tuple[tuple[Atom, Fraction], ...]
Form = dict[Monomial, Fraction]

_E: Form = {((("e", 0), Fraction(1)),): Fraction(1)}


class BeyondError(Exception):
    """The value has no normal form here."""


def normal_form(node: Node, values: Mapping[str, Fraction]) -> Form:
    """The normal form of an expression.

    Args:
        node: expression whose symbols are π, e or in ``values``.
        values: of further names.

    Raises:
        BeyondError: it has none here.
        UndefinedError: it has no real value, or one too large to work with.
    """
    if isinstance(node, Number):
        return rational(node.value)
    if isinstance(node, Symbol):
        if node.full in values:
            return rational(values[node.full])
        if node.full in ("π", "e"):
            return {(((node.name, 0), Fraction(1)),): Fraction(1)}
        raise UndefinedError(f"“{node.full}” has no value")
    if isinstance(node, Unary):
        inner = normal_form(node.operand, values)
        if node.op == "-":
            return {m: -c for m, c in inner.items()}
        if node.op == "%":
            return {m: c / 100 for m, c in inner.items()}
        if node.op == "°":
            return _product(inner, {((("π", 0), Fraction(1)),): Fraction(1, 180)})
        if node.op == "!":
            return _factorial(inner)
        raise BeyondError
    if isinstance(node, Binary):
        return _binary(node, values)
    if isinstance(node, Call):
        return _call(node, values)
    raise BeyondError


def _binary(node: Binary, values: Mapping[str, Fraction]) -> Form:
    left = normal_form(node.left, values)
    right = normal_form(node.right, values)
    if node.op == "+":
        return _sum(left, right)
    if node.op == "-":
        return _sum(left, {m: -c for m, c in right.items()})
    if node.op == "*":
        return _product(left, right)
    if node.op == "/":
        return _product(left, _power(right, Fraction(-1)))
    if node.op != "^":
        raise BeyondError
    if left == _E:
        return _exponential(right)
    return _power(left, _as_rational(right))


def _call(node: Call, values: Mapping[str, Fraction]) -> Form:
    argument = normal_form(node.argument, values)
    if node.function == "sqrt":
        degree = _as_rational(normal_form(node.base, values)) if node.base else Fraction(2)
        if degree == 0:
            raise UndefinedError("a root of degree 0")
        value = rational_value(argument)
        if value is not None and value < 0 and degree.denominator == 1 and degree.numerator % 2:
            return {m: -c for m, c in _power(rational(-value), 1 / degree).items()}  # ∛-8 = -2
        return _power(argument, 1 / degree)
    if node.function == "exp":
        return _exponential(argument)
    if node.function == "log":
        top = _logarithm(argument)
        return _quotient_of_logarithms(top, _logarithm(normal_form(node.base, values))) if node.base else top
    if node.function in ("floor", "ceil", "binom"):
        return _whole(node, values)
    if node.function == "abs" and (value := rational_value(argument)) is not None:
        return rational(abs(value))
    raise BeyondError


def _whole(node: Call, values: Mapping[str, Fraction]) -> Form:
    """Functions of rational numbers whose values are whole: rounding, and binomial coefficients."""
    arguments = [_as_rational(normal_form(argument, values)) for argument in node.arguments]
    if node.function != "binom":
        return rational(Fraction(math.floor(arguments[0]) if node.function == "floor" else math.ceil(arguments[0])))
    if len(arguments) != 2 or any(a.denominator != 1 or not 0 <= a <= MAX_FACTORIAL for a in arguments):
        raise UndefinedError("a binomial coefficient of what are no natural numbers")
    return rational(Fraction(math.comb(int(arguments[0]), int(arguments[1]))))


def rational(value: Fraction) -> Form:
    """The normal form of a rational number.

    Raises:
        UndefinedError: it is too large to work with.
    """
    if value.numerator.bit_length() + value.denominator.bit_length() > MAX_BITS:
        raise UndefinedError("the number is too large to work with")
    return {(): value} if value else {}


def rational_value(form: Form) -> Fraction | None:
    """The number that a form stands for where it is rational, else None."""
    if not form:
        return Fraction(0)
    return form[()] if len(form) == 1 and () in form else None


def _as_rational(form: Form) -> Fraction:
    value = rational_value(form)
    if value is None:
        raise BeyondError
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
        raise BeyondError
    return out


def _product(one: Form, other: Form) -> Form:
    if len(one) * len(other) > MAX_TERMS**2:
        raise BeyondError
    out: Form = {}
    for m1, c1 in one.items():
        for m2, c2 in other.items():
            monomial, factor = _join(m1, m2)
            out = _sum(out, {monomial: rational(c1 * c2 * factor)[()]})
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
    if exponent.denominator == 1 and (value := rational_value(base)) is not None:
        if value == 0 and exponent <= 0:
            raise UndefinedError("division by zero" if exponent < 0 else "0 to the power 0")
        return rational(_integer_power(value, exponent.numerator))
    if not base:
        if exponent < 0:
            raise UndefinedError("division by zero")
        return {}
    if exponent.denominator == 1 and 0 <= exponent <= MAX_EXPANDED and len(base) > 1:
        out = rational(Fraction(1))
        for _ in range(exponent.numerator):
            out = _product(out, base)
        return out
    if len(base) > 1:
        raise BeyondError
    (monomial, coefficient), *_ = base.items()
    if exponent.denominator != 1 and coefficient < 0:
        raise UndefinedError("a root or fractional power of a negative number")
    if any(atom[0] == "log" for atom, _ in monomial) and exponent.denominator != 1:
        raise BeyondError
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
        return rational(_integer_power(value, exponent.numerator))
    out = rational(Fraction(1))
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
        raise BeyondError
    return tuple((int(p), int(k)) for p, k in fmpz(value).factor())


def _logarithm(argument: Form) -> Form:
    if len(argument) != 1:
        if not argument:
            raise UndefinedError("the logarithm of 0")
        raise BeyondError
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
            out = _sum(out, rational(exponent))
        else:
            raise BeyondError
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
            return rational(ratios.pop())
    return _product(top, _power(bottom, Fraction(-1)))


def _exponential(argument: Form) -> Form:
    """e to the power of a rational, plus rational multiples of logarithms of primes."""
    out = rational(Fraction(1))
    for monomial, coefficient in argument.items():
        if not monomial:
            if abs(coefficient) > MAX_BITS:
                raise UndefinedError("the number is too large to work with")
            out = _product(out, {((("e", 0), coefficient),): Fraction(1)})
        elif len(monomial) == 1 and monomial[0][0][0] == "log" and monomial[0][1] == 1:
            out = _product(out, _rational_power(Fraction(monomial[0][0][1]), coefficient))
        else:
            raise BeyondError
    return out


def _factorial(argument: Form) -> Form:
    value = _as_rational(argument)
    if value.denominator != 1 or value < 0:
        raise UndefinedError("a factorial of what is no natural number")
    if value > MAX_FACTORIAL:
        raise UndefinedError("the number is too large to work with")
    return rational(Fraction(math.factorial(value.numerator)))
