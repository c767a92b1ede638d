"""Functions on the log-scale: powers, logarithms, exponentials, factorials, maxima, rounding.

A maximum counts as a sum, and a minimum as ab/(a + b): both are right up to a factor of 2.
"""

from __future__ import annotations

from fractions import Fraction

from grader.maths.growth.scale import (
    ONE,
    SURROGATE,
    Form,
    NegativeError,
    Real,
    UndecidedError,
    bounded_sign,
    combine,
    ln,
    log_of,
    plain,
    quantity_of,
    scaled,
)
from grader.maths.growth.sums import (
    MAX_BITS,
    MAX_TERMS,
    UNIT,
    Growth,
    Reading,
    Sum,
    add,
    bounded,
    constant,
    divided,
    inverse,
    negated,
    number_of,
    product,
    settled,
    times,
)

MAX_EXPONENT = 10**6
"""Largest exponent, and largest denominator of one."""

_EXPANDED = 6
"""Largest power of a sum that is multiplied out."""


def raised(base: Growth, power: Real, reading: Reading) -> Growth:
    """A power of a function with a rational exponent."""
    if power == 1:
        return base
    if power == 0:
        return constant(1)
    too_fine = SURROGATE > power.denominator > MAX_EXPONENT
    if too_fine or not -MAX_EXPONENT <= power <= MAX_EXPONENT:
        raise UndecidedError("an exponent is out of bounds")
    if power < 0:
        return raised(inverse(base, reading), -power, reading)
    return Growth(_raised(base.top, power, reading), _raised(base.bottom, power, reading))


def _raised(total: Sum, power: Real, reading: Reading) -> Sum:
    if total is UNIT:
        return total
    if len(total) > 1 and isinstance(power, int) and power <= _EXPANDED and len(total) ** power <= MAX_TERMS:
        out = total
        for _ in range(power - 1):
            out = product(out, total)
        return out
    total = settled(total, reading)
    alone = len(total) == 1
    return {scaled(form, power): _constant_power(c, power) if alone else None for form, c in total.items()}


def _constant_power(value: Real | None, power: Real) -> Real | None:
    """A power of a positive constant, None where it is not rational or too long."""
    if value is None or value == 1:
        return value
    if not isinstance(power, int) or (isinstance(value, Fraction) and value.denominator > SURROGATE):
        return None
    if power * max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        return None
    return plain(Fraction(value) ** power)


def logarithm(value: Growth, reading: Reading) -> Growth:
    """The natural logarithm of a function.

    Args:
        value: positive; at least one term of it grows, or it is a number.
        reading: for the assumptions, and what is dropped.
    """
    top = settled(value.top, reading)
    if len(value.bottom) > 1:
        raise UndecidedError("a logarithm is taken of a quotient by a sum")
    ((bottom, below),) = value.bottom.items()
    forms = {combine(form, bottom, -1): divided(c, below) for form, c in top.items()}
    if len(forms) > 1:
        leading = [f for f in forms if all(f == g or bounded_sign(combine(g, f, -1)) == -1 for g in forms)]
        if leading:
            if leading[0] == ONE:
                raise UndecidedError("a logarithm is taken of what tends to a constant")
            forms = {leading[0]: forms[leading[0]]}
            reading.lower = True
    if len(forms) == 1:
        return exact_log(Growth(forms))
    out: Sum = {}
    for form in forms:
        if form == ONE:
            reading.lower = True
            continue
        if any(c < 0 for _, c in form):
            raise UndecidedError("a logarithm is taken of a sum of quotients")
        for quantity, _ in form:
            out[log_of(quantity)] = None if len(form) > 1 or out.get(log_of(quantity), 1) is None else 1
    return Growth(bounded(out))


def exact_log(value: Growth) -> Growth:
    """The logarithm of one term, exactly: that of its constant, and its form as a sum."""
    ((form, c),) = value.top.items()
    out: Sum = {log_of(quantity): coefficient for quantity, coefficient in form}
    if c is not None and c < 0:
        raise NegativeError
    if c is None:
        if not out:
            return constant(None)
    elif c != 1 and (addend := _ln_or_none(c)) is not None:
        out[ONE] = addend
    return Growth(bounded(out))


def _ln_or_none(value: Real) -> Real | None:
    """The logarithm of a constant where it can be told; beside a term that grows it does not matter."""
    if value.denominator > SURROGATE:
        return None
    try:
        return ln(Fraction(value))
    except UndecidedError:
        return None


def exponential(rate: Real, exponent: Growth, reading: Reading) -> Growth:
    """``exp(rate · exponent)``, for an exponent that is a sum with known constants."""
    if len(exponent.bottom) > 1:
        raise UndecidedError("an exponent is a quotient by a sum")
    ((bottom, below),) = exponent.bottom.items()
    out: Form = ONE
    factor: Real | None = 1
    for form, top in exponent.top.items():
        c = divided(top, below)
        form = combine(form, bottom, -1)
        if form == ONE:
            exact = c is not None and isinstance(c, int) and abs(c) <= MAX_BITS and rate == ln(Fraction(2))
            factor = plain(Fraction(2) ** int(c)) if exact and c is not None else None
            continue
        if all(coefficient < 0 for _, coefficient in form):
            factor = None
            continue  # it tends to a constant
        if any(coefficient < 0 for _, coefficient in form):
            raise UndecidedError("an exponent is a quotient of things that both grow")
        if c is None:
            raise UndecidedError("a constant factor in an exponent is not known")
        out = combine(out, ((quantity_of(form), 1),), plain(rate * c))
    return Growth({out: factor})


def larger(one: Growth, other: Growth, reading: Reading) -> Growth:
    """The maximum, which is the sum up to a factor of 2; a term in both counts once."""
    if one.bottom != other.bottom:
        return add(one, other)
    top = dict(settled(one.top, reading))
    for form, c in settled(other.top, reading).items():
        had = top.get(form, c)
        top[form] = None if had is None or c is None else max(had, c)
    return Growth(bounded(top), one.bottom)


def rounded(value: Growth, how: str, reading: Reading) -> Growth:
    """Rounding changes what grows by lower-order terms; what falls below 1 becomes 1 or 0."""
    if (number := number_of(value)) is not None:
        return constant(-(-number // 1) if how.startswith("ceil") else number // 1)
    top = settled(value.top, reading)
    value = Growth(top, value.bottom)
    grows = any(all(bounded_sign(combine(f, g, -1)) == 1 for g in value.bottom) for f in top)
    if grows:
        reading.lower = True
        return value
    if how.startswith("ceil"):
        return add(value, constant(1))
    raise UndecidedError("what is rounded may be less than 1")


def factorial(value: Growth, reading: Reading) -> Growth:
    """Stirling: ln x! = x ln x − x + ½ ln x + O(1), for one term with a known constant."""
    number = number_of(value)
    if number is not None:
        return constant(None)
    shift = value.top.get(ONE)
    if len(value.top) == 2 and shift is not None and value.bottom == UNIT and Fraction(shift).denominator == 1:
        rest = Growth({form: c for form, c in value.top.items() if form != ONE}, UNIT)  # (x + c)! = Θ(x! x^c)
        return times(factorial(rest, reading), raised(rest, plain(Fraction(shift)), reading))
    if len(value.top) != 1 or value.bottom != UNIT or None in value.top.values():
        raise UndecidedError("the factorial of a sum")
    ((form, _),) = value.top.items()
    if any(c < 0 for _, c in form):
        raise UndecidedError("the factorial of a quotient")
    logs = exact_log(value)
    exponent = add(add(times(value, logs), negated(value)), times(logs, constant(Fraction(1, 2))))
    grown = exponential(1, exponent, reading)
    return Growth(dict.fromkeys(grown.top))


def binomial(above: Growth, below: Growth, reading: Reading) -> Growth:
    """``n choose k``: n^k for a constant k, elsewhere by factorials."""
    number = number_of(below)
    if number is not None:
        if number < 0 or number.denominator != 1:
            raise UndecidedError("a binomial coefficient with a lower number that is no natural number")
        return Growth(dict.fromkeys(_raised(settled(above.top, reading), number, reading)), UNIT)
    rest = add(above, negated(below))
    parts = times(factorial(below, reading), factorial(rest, reading))
    return times(factorial(above, reading), inverse(parts, reading))
