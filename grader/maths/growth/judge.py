"""Trees judged against one another: the entry point, with everything about the key kept between answers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from grader.maths.growth.assume import Assumption, setting
from grader.maths.growth.decide import Escape, escape, is_tidy, positive, relate
from grader.maths.growth.scale import POLYLOG, UndecidedError, ln, names_of, variable
from grader.maths.growth.sums import Growth, Reading, outgrown, single, times
from grader.maths.growth.terms import read
from grader.maths.tree import Node

EQUAL = frozenset({"exact", "constant_factor", "lower_order_terms"})
"""Relations of functions of one class."""

_BASES = (Fraction(2), Fraction(10))


class Function(NamedTuple):
    """A function as it is asked about.

    Args:
        node: its tree.
        soft: it is known up to powers of logarithms only: ``Õ``.
    """

    node: Node
    soft: bool = False


class Setting(NamedTuple):
    """What is known of the variables.

    Args:
        assumptions: as in :mod:`grader.maths.growth.assume`.
        variables: names that are declared.
    """

    assumptions: tuple[Assumption, ...] = ()
    variables: tuple[str, ...] = ()


class Judgement(NamedTuple):
    """How an answer compares with the truth.

    Args:
        reason: ``exact``, ``constant_factor``, ``lower_order_terms``, ``too_loose``, ``too_small``, ``incomparable``.
        above: where the answer outgrows the truth.
        below: where the truth outgrows the answer.
        tidy: the answer has neither constant factors nor terms that may be left out.
        strict: the truth vanishes against the answer, as ``o`` claims.
    """

    reason: str
    above: Escape | None = None
    below: Escape | None = None
    tidy: bool = True
    strict: bool = False


def judge(answer: Function, truth: Function, where: Setting) -> Judgement:
    """How the class of an answer compares with that of the truth.

    Args:
        answer: what was claimed.
        truth: what is right.
        where: what is known of the variables.

    Raises:
        NegativeError: one of the functions is zero or negative for large values.
        UndecidedError: the theory does not cover it.
    """
    if answer == truth:
        return Judgement("exact")
    found, base_matters = _judged(answer, truth, where, 1)
    if base_matters:
        for base in _BASES:
            other, _ = _judged(answer, truth, where, ln(base))
            if other.reason != found.reason and not {other.reason, found.reason} <= EQUAL:
                raise UndecidedError("the base of a logarithm in an exponent matters and is not said")
    return found


def read_positive(node: Node, where: Setting) -> None:
    """Check that a function can be used as a truth.

    Raises:
        NegativeError: it is zero or negative for large values.
        UndecidedError: the theory does not cover it.
    """
    _value(node, where, 1)


@lru_cache(maxsize=1024)
def _reading(where: Setting) -> Reading:
    return setting(where.assumptions, where.variables)


def check_assumptions(where: Setting) -> None:
    """Check that assumptions can be used; AssumptionError if not."""
    _reading(where)


def _fresh(node: Node, where: Setting, log_base: Fraction | int) -> tuple[Growth, Reading]:
    reading = replace(_reading(where), log_base=log_base)
    return positive(read(node, reading), reading), reading


@lru_cache(maxsize=4096)
def _value(node: Node, where: Setting, log_base: Fraction | int) -> tuple[Growth, Reading]:
    return _fresh(node, where, log_base)


def _judged(answer: Function, truth: Function, where: Setting, log_base: Fraction | int) -> tuple[Judgement, bool]:
    """The judgement where a bare logarithm has a given base, and whether that base may matter."""
    expected, key = _value(truth.node, where, log_base)
    value, reading = _fresh(answer.node, where, log_base)
    base_matters = reading.open_base or key.open_base
    if answer.soft or truth.soft:
        return _softly(answer, truth, value, expected, reading), base_matters
    found = relate(value, expected, reading)
    if key.polylog and not reading.polylog and found.reason == "too_small":
        raise UndecidedError("“polylog” leaves the power open")
    if found.reason in EQUAL:
        return Judgement(found.reason, tidy=found.reason == "exact" or is_tidy(value, reading)), base_matters
    strict = found.reason == "too_loose" and _vanishes(expected, value, reading)
    return Judgement(found.reason, found.above, found.below, True, strict), base_matters


def _vanishes(small: Growth, large: Growth, reading: Reading) -> bool:
    """Whether one function over another tends to 0 along every path."""
    over, under = times(small, Growth(large.bottom)).top, times(large, Growth(small.bottom)).top
    return all(outgrown(form, under, reading.cone) for form in over)


def _softly(answer: Function, truth: Function, value: Growth, expected: Growth, reading: Reading) -> Judgement:
    """The judgement up to powers of logarithms of all variables that occur."""
    names = {name for part in (*value, *expected) for form in part for name in names_of(form)}
    logs = single(tuple(((name, 2), POLYLOG) for name in sorted(names or reading.variables)))
    above = escape(value, times(expected, logs), reading)
    below = escape(expected, times(value, logs), reading)
    if above is not None:
        return Judgement("too_loose" if below is None else "incomparable", above, below)
    if below is not None:
        return Judgement("too_small", None, below)
    if truth.soft:
        return Judgement("exact")
    return (
        Judgement("too_loose", escape(times(value, single(variable(min(names), 2))), expected, reading))
        if names
        else Judgement("exact")
    )
