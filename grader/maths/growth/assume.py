"""What is assumed of variables: comparisons, equalities, constants."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from grader.maths.growth.cone import Case, Cone
from grader.maths.growth.scale import ONE, Form, NegativeError, UndecidedError, bounded_sign, combine, quantity_of
from grader.maths.growth.sums import Growth, Reading, Sum, constant, settled, times
from grader.maths.growth.terms import read
from grader.maths.tree import Binary, Call, Node, Number, Symbol, symbols_in

MAX_CASES = 16
"""Most cases that comparisons with sums may lead to."""


class Assumption(NamedTuple):
    """One assumption.

    Args:
        sign: ``≤`` (also for ``<``), ``≲`` (O), ``≪`` (o), ``=``, ``~`` (Θ) or ``constant``.
        left: what is on its left, or the constant.
        right: what is on its right.
    """

    sign: str
    left: Node
    right: Node | None = None


class AssumptionError(ValueError):
    """Assumptions cannot be used: one is not covered, or they contradict one another."""


def setting(assumptions: Sequence[Assumption], variables: Sequence[str] = ()) -> Reading:
    """What functions are read with, given what is assumed of the variables.

    Args:
        assumptions: in any order.
        variables: names declared as variables.

    Raises:
        AssumptionError: an assumption is not covered, or they cannot hold together.
    """
    reading = Reading(variables=frozenset(variables))
    values: dict[str, Growth] = {}
    reading.values = values
    given: dict[str, tuple[bool, Node]] = {}
    rest: list[Assumption] = []
    for one in assumptions:
        if one.sign == "constant":
            if not isinstance(one.left, Symbol):
                raise AssumptionError("only a variable can be declared constant")
            values[one.left.full] = constant(None)
        elif one.sign in ("=", "~") and (named := _definition(one, given)) is not None:
            given[named[0]] = (one.sign == "~", named[1])
        else:
            rest.append(one)
    try:
        for name in list(given):
            _define(name, given, reading, values, ())
        for one in _bounds(rest, reading, values):
            reading.cone = _narrowed(reading.cone, one, reading)
    except (UndecidedError, NegativeError) as error:
        raise AssumptionError(f"an assumption is not covered: {error or 'a side is not positive'}") from error
    kept = tuple(case for case in reading.cone.cases if Cone((case,)).can_hold())
    if not kept:
        raise AssumptionError("the assumptions cannot hold together while all variables grow")
    reading.cone = Cone(kept)
    reading.lower = reading.open_base = reading.bare_log = False
    return reading


def _definition(one: Assumption, given: dict[str, tuple[bool, Node]]) -> tuple[str, Node] | None:
    """The variable that an equality defines: the one in the exponent in ``L = 2^N``, so that L stays."""
    right = one.right
    if right is None:
        return None
    for left, other in ((one.left, right), (right, one.left)):
        if isinstance(left, Symbol) and isinstance(other, Binary) and other.op == "^" and one.sign == "=":
            base, exponent = other.left, other.right
            if isinstance(base, Number) and isinstance(exponent, Symbol) and exponent.full not in given:
                return exponent.full, Call("log", (left,), base)
    for left, other in ((one.left, right), (right, one.left)):
        if isinstance(left, Symbol) and left.full not in given and left.full not in symbols_in(other):
            return left.full, other
    return None


def _define(
    name: str,
    given: dict[str, tuple[bool, Node]],
    reading: Reading,
    values: dict[str, Growth],
    above: tuple[str, ...],
) -> None:
    """Work out the value of a variable that is given by a formula, after those in the formula."""
    if name in values:
        return
    if name in above:
        raise AssumptionError(f"{name} is defined by itself")
    loose, node = given[name]
    for other in sorted(symbols_in(node)):
        if other in given:
            _define(other, given, reading, values, (*above, name))
    value = read(node, reading)
    values[name] = times(value, constant(None)) if loose else value


def _bounds(assumptions: Sequence[Assumption], reading: Reading, values: dict[str, Growth]) -> list[Assumption]:
    """Comparisons of things that grow; a variable that is bounded by a number becomes a constant."""
    out: list[Assumption] = []
    for one in assumptions:
        if one.right is None:
            continue
        bounded = one.sign in ("≤", "≲") and _is_number(one.right, reading)
        if bounded and isinstance(one.left, Symbol):
            values[one.left.full] = constant(None)
        elif one.sign in ("=", "~"):
            out += [Assumption("≲", one.left, one.right), Assumption("≲", one.right, one.left)]
        else:
            out.append(one)
    return out


def _is_number(node: Node, reading: Reading) -> bool:
    names = symbols_in(node)
    return all(name in reading.values and set(reading.values[name].top) == {ONE} for name in names)


def _narrowed(cone: Cone, one: Assumption, reading: Reading) -> Cone:
    """A cone with one more comparison: every term of the left is below one of the right."""
    assert one.right is not None  # noqa: S101  # the caller left the others out
    left, right = read(one.left, reading), read(one.right, reading)
    low = settled(times(left, Growth(right.bottom)).top, reading)
    high = settled(times(right, Growth(left.bottom)).top, reading)
    choices: list[list[Form]] = []
    for form in low:
        differences = [combine(other, form, -1) for other in high]
        signs = [bounded_sign(difference) for difference in differences]
        if any(sign == 1 or (sign == 0 and one.sign != "≪") for sign in signs):
            continue
        choices.append(differences)
    exact = _exact(low, high) if one.sign == "≤" else ()
    cases: list[Case] = []
    for case in cone.cases:
        for chosen in product(*choices):
            if one.sign == "≪":
                cases.append(Case(case.weak, (*case.strict, *chosen), case.exact))
            else:
                cases.append(Case((*case.weak, *chosen), case.strict, case.exact + exact))
            if len(cases) > MAX_CASES:
                raise AssumptionError("the assumptions lead to too many cases")
    return Cone(tuple(cases))


def _exact(low: Sum, high: Sum) -> tuple[Form, ...]:
    """The difference of two terms with known constants, as a form of the terms themselves."""
    if len(low) != 1 or len(high) != 1:
        return ()
    ((small, c),), ((large, d),) = low.items(), high.items()
    if c is None or d is None or any(x < 0 for _, x in (*small, *large)) or ONE in (small, large):
        return ()
    return (combine(((quantity_of(large), d),), ((quantity_of(small), 1),), -c),)
