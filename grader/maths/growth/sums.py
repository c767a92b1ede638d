"""Quotients of sums of terms, each a constant times a point on the log-scale.

Constants are exact where they are known, since 2²ⁿ is not 2ⁿ; ``None`` stands for a positive constant that is not
known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from grader.maths.growth.cone import Cone
from grader.maths.growth.scale import ONE, Form, NegativeError, Real, UndecidedError, bounded_sign, combine, plain

MAX_TERMS = 64
"""Most terms of a sum, after products are expanded."""

MAX_BITS = 2_000
"""Constants with more bits are not kept exactly."""

Sum = dict[Form, Real | None]
"""The constant of each form; one of 0 is left where terms cancel."""

UNIT: Sum = {ONE: 1}
"""The sum that is 1."""


class Growth(NamedTuple):
    """A quotient of two sums.

    Args:
        top: a constant for each form; negative ones have yet to be dropped.
        bottom: likewise, positive.
    """

    top: Sum
    bottom: Sum = UNIT


@dataclass
class Reading:
    """What a tree is read with, and what is noted on the way.

    Args:
        cone: what is assumed of the variables.
        values: variables that are given by a formula, or are constant.
        variables: names declared as variables; they grow.
        log_base: natural logarithm of the base of a logarithm that names none.
        lower: terms of lower order were dropped.
        open_base: a logarithm without a base stands in an exponent, where the base matters.
        polylog: an unspecified power of a logarithm occurs.
    """

    cone: Cone = field(default_factory=Cone)
    values: Mapping[str, Growth] = field(default_factory=dict)
    variables: frozenset[str] = frozenset()
    log_base: Real = 1
    lower: bool = False
    open_base: bool = False
    polylog: bool = False
    bare_log: bool = False


def constant(value: Real | None) -> Growth:
    """A constant; None for one that is positive and not known."""
    return Growth({ONE: value} if value != 0 else {})


def single(form: Form) -> Growth:
    """The function that is one point of the scale."""
    return Growth({form: 1})


def add(one: Growth, other: Growth) -> Growth:
    """The sum of two functions."""
    if one.bottom == other.bottom:
        return Growth(_added(one.top, other.top), one.bottom)
    return Growth(
        _added(product(one.top, other.bottom), product(other.top, one.bottom)), product(one.bottom, other.bottom)
    )


def negated(value: Growth) -> Growth:
    """A function with its sign turned."""
    if None in value.top.values():
        raise UndecidedError("a term with an unknown constant is subtracted")
    return Growth({form: -c for form, c in value.top.items() if c is not None}, value.bottom)


def times(one: Growth, other: Growth) -> Growth:
    """The product of two functions."""
    bottom = one.bottom if other.bottom is UNIT else product(one.bottom, other.bottom)
    return Growth(product(one.top, other.top), bottom)


def inverse(value: Growth, reading: Reading) -> Growth:
    """One over a function."""
    return Growth(value.bottom, leading(settled(value.top, reading)))


def leading(total: Sum) -> Sum:
    """A sum of positive terms without those that vanish against another one; constants that matter less are lost.

    Args:
        total: the sum.

    Returns:
        The same sum where nothing is left out; otherwise its class, with constants that are not known.
    """
    if len(total) < 2:
        return total
    kept: dict[Form, None] = {}
    for form in total:
        if any(bounded_sign(combine(form, other, -1)) == -1 for other in kept):
            continue
        kept = {f: None for f in kept if bounded_sign(combine(f, form, -1)) != -1}
        kept[form] = None
    return total if len(kept) == len(total) else dict(kept)


def divided(one: Real | None, other: Real | None) -> Real | None:
    """The quotient of two constants, None where one is not known."""
    return None if one is None or other is None else one if other == 1 else plain(Fraction(one) / other)


def number_of(value: Growth) -> Real | None:
    """The value of a known constant, or None."""
    if not set(value.top) <= {ONE} or set(value.bottom) != {ONE}:
        return None
    return divided(value.top.get(ONE, 0), value.bottom[ONE])


def _added(one: Sum, other: Sum) -> Sum:
    out = dict(one)
    for form, c in other.items():
        if form not in out:
            out[form] = c
            continue
        had = out[form]
        if had is None or c is None:
            known = c if had is None else had
            if known is not None and known < 0:
                raise UndecidedError("terms with unknown constants are subtracted")
            out[form] = None
        else:
            out[form] = plain(had + c)
    return bounded(out)


def product(one: Sum, other: Sum) -> Sum:
    """The product of two sums, multiplied out."""
    if other is UNIT or one is UNIT:
        return one if other is UNIT else other
    if len(one) * len(other) > MAX_TERMS**2:
        raise UndecidedError(f"it has more than {MAX_TERMS} terms")
    out: Sum = {}
    for form, c in one.items():
        part = {combine(form, other_form): _factor(c, d) for other_form, d in other.items()}
        out = _added(out, part) if out else part
    return bounded(out)


def _factor(one: Real | None, other: Real | None) -> Real | None:
    """The product of two constants, one of which may be unknown."""
    if one is None or other is None:
        known = other if one is None else one
        if known == 0:
            return 0
        if known is not None and known < 0:
            raise UndecidedError("a term with an unknown constant is subtracted")
        return None
    if one == 1 or other == 1:
        return other if one == 1 else one
    product = plain(one * other)
    if product.numerator.bit_length() + product.denominator.bit_length() <= MAX_BITS:
        return product
    if product < 0:
        raise UndecidedError("a constant is too long")
    return None


def bounded(total: Sum) -> Sum:
    """A sum, if it has not too many terms."""
    if len(total) > MAX_TERMS:
        raise UndecidedError(f"it has more than {MAX_TERMS} terms")
    return total


def settled(total: Sum, reading: Reading) -> Sum:
    """A sum without the terms that are subtracted, which must be of lower order.

    Args:
        total: any sum.
        reading: for the assumptions.

    Raises:
        NegativeError: the sum is 0, or what is subtracted outgrows the rest.
        UndecidedError: neither outgrows the other along all paths.
    """
    if all(c is None or c > 0 for c in total.values()):
        if not total:
            raise NegativeError
        return total
    if 0 in total.values():
        total = {form: c for form, c in total.items() if c != 0}
        if not total:
            raise UndecidedError("its terms cancel")
        reading.lower = True
        return settled(total, reading)
    up = {form: c for form, c in total.items() if c is None or c > 0}
    down = [form for form in total if form not in up]
    if not up:
        raise NegativeError
    if all(outgrown(form, up, reading.cone) for form in down):
        reading.lower = True
        return up
    if all(outgrown(form, down, reading.cone) for form in up):
        raise NegativeError
    raise UndecidedError("it is not clear that what is subtracted is of lower order")


def outgrown(form: Form, others: Sequence[Form] | Sum, cone: Cone) -> bool:
    """Whether a term vanishes against a sum along every path."""
    differences = [combine(form, other, -1) for other in others]
    if any(bounded_sign(difference) == -1 for difference in differences):
        return True
    return not cone.can_stay(differences)
