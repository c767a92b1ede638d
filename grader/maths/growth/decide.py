"""How one function grows compared with another, with a path that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.maths.growth import paths
from grader.maths.growth.cone import Cone, Step
from grader.maths.growth.scale import (
    ONE,
    SURROGATE,
    Form,
    Real,
    UndecidedError,
    bounded_sign,
    combine,
    ln,
    names_of,
)
from grader.maths.growth.sums import Growth, Reading, Sum, divided, leading, settled, times

RELATIONS = ("exact", "constant_factor", "lower_order_terms", "too_loose", "too_small", "incomparable")


MAX_PAIRS = 150
"""Most pairs of terms that are compared."""


_FEW = 6
"""With more terms, those that others are seen to bound are left out first."""


class Escape(NamedTuple):
    """A path along which one function outgrows another.

    Args:
        path: the path, or None where only classes of growth are known.
        steps: these classes.
        ratio: what the first over the second grows like.
        first, second: what each grows like.
    """

    path: paths.Path | None
    steps: Sequence[Step] = ()
    ratio: str = ""
    first: str = ""
    second: str = ""

    def text(self) -> str:
        """The path in words."""
        return paths.path_text(self.path) if self.path is not None else paths.classes_text(self.steps)


class Relation(NamedTuple):
    """How an answer compares with the truth.

    Args:
        reason: one of :data:`RELATIONS`.
        above: where the answer outgrows the truth.
        below: where the truth outgrows the answer.
    """

    reason: str
    above: Escape | None = None
    below: Escape | None = None


def escape(first: Growth, second: Growth, reading: Reading) -> Escape | None:
    """Where one function outgrows another one; None where it is O of it.

    Args:
        first, second: functions, positive for large values.
        reading: for the assumptions.

    Raises:
        UndecidedError: that cannot be told.
    """
    over, under = _crossed(first, second)
    return _escape(over, under, reading.cone)


def _crossed(first: Growth, second: Growth) -> tuple[Sum, Sum]:
    """Two quotients as two sums whose quotient is the same."""
    if first.bottom == second.bottom:
        return first.top, second.top
    return times(first, Growth(second.bottom)).top, times(second, Growth(first.bottom)).top


def _escape(over: Sum, under: Sum, cone: Cone) -> Escape | None:
    """The decision for two sums: each term of the first against all of the second."""
    if len(over) + len(under) > _FEW:
        over, under = leading(over), leading(under)
        if len(over) * len(under) > MAX_PAIRS:
            raise UndecidedError("they have too many terms")
    named: set[str] = set()
    for form in over:
        if form in under:
            continue
        named = named or {name for one in (*over, *under) for name in names_of(one)}
        differences = [combine(form, other, -1) for other in under]
        if any(_stays_bounded(difference, cone) for difference in differences):
            continue
        found = _outgrows(differences, named, cone)
        if found is not None:
            return _told(found, over, under)
    return None


def _stays_bounded(form: Form, cone: Cone) -> bool:
    """Whether a form is seen to be bounded above, with the help of at most one assumption."""
    if bounded_sign(form) in (-1, 0):
        return True
    return cone.cases != _FREE and all(
        any(bounded_sign(combine(form, weak)) in (-1, 0) for weak in case.bounds(form)) for case in cone.cases
    )


_FREE = Cone().cases


def _outgrows(differences: list[Form], named: set[str], cone: Cone) -> Escape | None:
    """A path along which all differences grow, or None where there is none."""
    assumed = [form for case in cone.cases for form in (*case.weak, *case.strict)]
    names = tuple(sorted(named.union(name for form in assumed for name in names_of(form))))
    few = len(names) <= paths.MAX_NAMES
    if all(bounded_sign(form) == 1 for form in differences):  # whatever the variables do
        return Escape(next((path for path in paths.simple_paths(names) if paths.allowed(path, cone)), None))
    if few and (found := _first(paths.simple_paths(names), differences, cone)) is not None:
        return Escape(found)
    steps = cone.can_grow(differences)
    if steps is None:
        return None
    if few and (found := _first(paths.further_paths(names), differences, cone)) is not None:
        return Escape(found)
    solved = paths.path_of(steps, names)
    if solved is not None and _first((solved,), differences, cone) is not None:
        return Escape(solved)
    if any(not quantity[0] for step in steps for quantity in step.members):
        raise UndecidedError("the exponents are not covered")
    return Escape(None, steps)


def _first(candidates: Sequence[paths.Path], forms: Sequence[Form], cone: Cone) -> paths.Path | None:
    for path in candidates:
        if all(paths.sign(form, path) == 1 for form in forms) and paths.allowed(path, cone):
            return path
    return None


def _told(found: Escape, over: Sum, under: Sum) -> Escape:
    """The path with what both functions do along it."""
    if found.path is None:
        return found
    held = {name for name, shape in found.path.items() if shape == paths.FIXED}
    if held and any(_ties(form, held) for form in (*over, *under)):
        return found
    first, second = paths.largest(over, found.path), paths.largest(under, found.path)
    if first is None or second is None:
        return found
    ratio = paths.quotient(first, second)
    return Escape(found.path, (), *(paths.growth_text(one, found.path) for one in (ratio, first, second)))


def _ties(form: Form, held: set[str]) -> bool:
    """Whether a variable that is held fixed is a factor in an exponent; it cannot be left out of what is said."""
    return any(not name and not held.isdisjoint(names_of(inner)) for (name, inner), _ in form)


def relate(answer: Growth, truth: Growth, reading: Reading) -> Relation:
    """How an answer compares with the truth, as a class.

    Args:
        answer, truth: functions, positive for large values (see :func:`positive`).
        reading: for the assumptions, and whether terms were dropped from the answer.

    Raises:
        UndecidedError: that cannot be told.
    """
    if answer == truth and not reading.lower:
        return Relation("exact")
    above = escape(answer, truth, reading)
    below = escape(truth, answer, reading)
    if above is not None:
        return Relation("too_loose" if below is None else "incomparable", above, below)
    if below is not None:
        return Relation("too_small", None, below)
    if reading.lower or has_idle_terms(answer, truth, reading):
        return Relation("lower_order_terms")
    return Relation("exact" if _same_constants(answer, truth, reading) else "constant_factor")


def positive(value: Growth, reading: Reading) -> Growth:
    """A function with the terms dropped that are subtracted.

    Args:
        value: any function.
        reading: for the assumptions; that terms were dropped is noted there.

    Raises:
        NegativeError: the function is not positive.
        UndecidedError: that cannot be told.
    """
    top, bottom = settled(value.top, reading), settled(value.bottom, reading)
    if top is value.top and bottom is value.bottom and len(bottom) > 1:
        return value
    if len(bottom) == 1 and ONE not in bottom:  # n³/n is n²
        ((form, c),) = bottom.items()
        top = {combine(f, form, -1): divided(d, c) for f, d in top.items()}
        bottom = {ONE: 1}
    return Growth(top, bottom)


def has_idle_terms(value: Growth, other: Growth | None, reading: Reading) -> bool:
    """Whether a sum has a term that may be left out, since the others bound it.

    Args:
        value: the function.
        other: a function whose terms are in their place, if there is one.
        reading: for the assumptions.
    """
    for total, kept in ((value.top, other and other.top), (value.bottom, other and other.bottom)):
        if len(total) > 1:
            for form, c in total.items():
                if kept is not None and form in kept:
                    continue
                if _escape({form: c}, {f: d for f, d in total.items() if f != form}, reading.cone) is None:
                    return True
    return False


def _same_constants(answer: Growth, truth: Growth, reading: Reading) -> bool:
    """Whether two equal classes are written with equal constants, up to the bases of logarithms."""
    for one, other in ((answer.top, truth.top), (answer.bottom, truth.bottom)):
        kept = {form: c for form, c in other.items() if form in one}
        if len(kept) < len(one):
            return False
        ratios = {divided(c, kept[form]) for form, c in one.items()}
        if len(ratios) > 1 or not all(_is_one(ratio) for ratio in ratios):
            return False
    return True


def _is_one(value: Real | None) -> bool:
    """Whether a constant is 1 once the bases of logarithms are set aside."""
    if value is None or value.denominator <= SURROGATE:
        return value == 1
    for base in (2, 10, 3):
        for power in (1, -1, 2, -2, 3, -3):
            rest = value * Fraction(ln(Fraction(base))) ** power
            if rest.denominator <= SURROGATE:
                return rest == 1
    return True


def is_tidy(value: Growth, reading: Reading) -> bool:
    """Whether a function is written without constant factors and without terms of lower order."""
    if reading.lower or has_idle_terms(value, None, reading):
        return False
    return all(_is_one(c) for c in (*value.top.values(), *value.bottom.values()))
