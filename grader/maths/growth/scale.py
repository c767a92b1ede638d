"""The log-scale: a product of powers, logarithms and exponentials is a linear form over quantities that grow.

A quantity is ``(name, k)``, the k-th iterated logarithm of a variable (``("n", 0)`` is n itself, ``("n", 1)`` is
log n), or ``("", form)``, the product whose logarithm is ``form``. A form stands for the exponential of its value,
up to a constant factor: n d² is ``log n + 2 log d``, log n is ``log log n``, 2ⁿ is ``n·ln 2``.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

Real = int | Fraction
Quantity = tuple[str, Any]
Form = tuple[tuple[Quantity, Real], ...]
"""Pairs of a quantity and its coefficient, sorted; the empty form is a constant."""

ONE: Form = ()

MAX_BASE = 10**6
"""Largest numerator and denominator of a base whose logarithm is taken."""

POLYLOG = 10**5
"""Stands for the unspecified power in ``polylog``."""

SURROGATE: int = 10**40
"""A denominator beyond this one comes from the logarithm of a number."""

_DIGITS = Context(prec=60)


class UndecidedError(Exception):
    """The theory does not cover a function or a comparison.

    Args:
        reason: what stands in the way, as a clause.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NegativeError(Exception):
    """A function is zero or negative for all large values of the variables, and so no cost."""


def plain(value: Real) -> Real:
    """A rational as an int where it is one: integers are much quicker to work with."""
    return value.numerator if value.denominator == 1 else value


def variable(name: str, level: int = 1) -> Form:
    """The form of a variable (level 1), of its logarithm (level 2) and so on."""
    return (((name, level), 1),)


def combine(one: Form, other: Form, times: Real = 1) -> Form:
    """The form ``one + times · other``: the product of one function and a power of another."""
    if not other or not times:
        return one
    if not one and times == 1:
        return other
    out = dict(one)
    for quantity, coefficient in other:
        value = out.get(quantity, 0) + coefficient * times
        if value:
            out[quantity] = plain(value)
        else:
            out.pop(quantity, None)
    return tuple(sorted(out.items()))


def scaled(form: Form, times: Real) -> Form:
    """The form of a power of a function."""
    return form if times == 1 else tuple((q, plain(c * times)) for q, c in form) if times else ONE


def log_of(quantity: Quantity) -> Form:
    """The form of a quantity: its logarithm."""
    name, level = quantity
    return variable(name, level + 1) if name else level


def quantity_of(form: Form) -> Quantity:
    """The quantity whose logarithm is a form with positive coefficients."""
    if len(form) == 1:
        (name, level), coefficient = form[0]
        if name and level and coefficient == 1:
            return (name, level - 1)
    return ("", form)


def names_of(form: Form) -> Iterator[str]:
    """Names of the variables in a form, some more than once."""
    for (name, level), _ in form:
        if name:
            yield name
        else:
            yield from names_of(level)


def leading_sign(form: Form) -> int:
    """The sign of a form of one variable for large values of it; 0 for a constant.

    Args:
        form: in which all quantities are of the same variable.
    """
    if not form:
        return 0
    leader, coefficient = form[0]
    for quantity, other in form[1:]:
        if _bigger(quantity, leader):
            leader, coefficient = quantity, other
    return 1 if coefficient > 0 else -1


def _bigger(one: Quantity, other: Quantity) -> bool:
    """Whether one quantity of a variable outgrows another one of it."""
    if one[0] and other[0]:
        return bool(one[1] < other[1])
    return leading_sign(combine(log_of(one), log_of(other), -1)) > 0


def bounded_sign(form: Form) -> int | None:
    """The sign that a form has whatever the variables do, where that is seen variable by variable.

    Args:
        form: of any variables.

    Returns:
        -1 where the form falls without bound, 0 where it is constant, 1 where it grows; None where its parts
        pull in different directions, or a product of several variables cannot be sorted.
    """
    if not form:
        return 0
    parts: dict[str, list[tuple[Quantity, Real]]] = {}
    found = 0
    for quantity, coefficient in form:
        name = quantity[0]
        if not name:
            names = set(names_of(quantity[1]))
            if len(names) > 1:
                sign = 1 if coefficient > 0 else -1
                if found == -sign:
                    return None
                found = sign
                continue
            name = names.pop()
        parts.setdefault(name, []).append((quantity, coefficient))
    for part in parts.values():
        sign = leading_sign(tuple(part))
        if found == -sign:
            return None
        found = sign
    return found


@lru_cache(maxsize=256)
def _log_of_prime(prime: int) -> Fraction:
    return Fraction(Decimal(prime).ln(_DIGITS))


@lru_cache(maxsize=256)
def ln(value: Fraction) -> Real:
    """A rational that stands for the natural logarithm of a positive rational, right to 58 digits.

    Logarithms of products are sums of those of primes, so whatever is equal by the laws of logarithms is equal
    here: ln 4 = 2 ln 2. Decisions in which differences beyond 20 digits matter are not made (see ``cone``).

    Args:
        value: positive.

    Raises:
        UndecidedError: its numerator or denominator is too large to be factored.
    """
    if max(value.numerator, value.denominator) > MAX_BASE:
        raise UndecidedError(f"the logarithm of a number beyond {MAX_BASE:,} is not taken")
    total = Fraction(0)
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        rest, prime = part, 2
        while prime * prime <= rest:
            while rest % prime == 0:
                rest //= prime
                total += sign * _log_of_prime(prime)
            prime += 1
        if rest > 1:
            total += sign * _log_of_prime(rest)
    return plain(total)
