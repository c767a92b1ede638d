"""Whether functions can all grow at once, on the cone of assumptions: exact, with the classes that show it.

Along any path on which all variables grow, quantities fall into classes of equal growth up to a factor. Within a
class, and below those above it, forms are linear in the factors, so a choice of classes is a chain of linear
programs; by duality, one without a solution is a convex combination that proves a bound. Logarithms tie classes
together: they are equal (up to a constant) within a class and fall from class to class. These are the laws of an
ordered vector space with a contraction (F.-V. Kuhlmann, Abelian groups with contractions I, 1994); in it, whatever
they allow exists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from grader.maths.growth.scale import (
    SURROGATE,
    Form,
    Quantity,
    Real,
    UndecidedError,
    bounded_sign,
    combine,
    log_of,
    names_of,
    variable,
)
from grader.maths.growth.simplex import PivotLimitError, most_positive

MAX_PROGRAMS = 250
"""Most linear programs for one question."""

MAX_FORMS = 24
"""Most terms that one term is set against at once."""

MAX_QUANTITIES = 10
"""Most quantities that are set against each other."""

_NARROW = Fraction(1, 10**20)
"""Differences below this one are not trusted where logarithms of numbers are involved."""


class Case(NamedTuple):
    """What is assumed.

    Args:
        weak: forms that do not fall without bound.
        strict: forms that grow.
        exact: forms of the variables themselves that are not negative: ``n − d``; they matter for exponentials.
    """

    weak: tuple[Form, ...] = ()
    strict: tuple[Form, ...] = ()
    exact: tuple[Form, ...] = ()

    def bounds(self, form: Form) -> tuple[Form, ...]:
        """The assumptions that may bound a form from below."""
        return (*self.weak, *self.exact) if self.exact and has_exponential(form) else self.weak


def has_exponential(form: Form) -> bool:
    """Whether a function is exponential in a variable or in a product."""
    return any(not name or level == 0 for (name, level), _ in form)


class Step(NamedTuple):
    """One class of a solution.

    Args:
        members: the quantities that grow alike, faster than those of later classes.
        point: the coefficient of each quantity of this and earlier classes.
    """

    members: tuple[Quantity, ...]
    point: dict[Quantity, Fraction]


@dataclass(frozen=True)
class Cone:
    """What is assumed of the variables: one of several cases holds."""

    cases: tuple[Case, ...] = (Case(),)

    def can_grow(self, forms: Sequence[Form]) -> list[Step] | None:
        """Classes along which all forms grow without bound, or None where there are none.

        Args:
            forms: at least one.

        Raises:
            UndecidedError: the question is too large.
        """
        return self._search(forms, grow=True)

    def can_stay(self, forms: Sequence[Form]) -> bool:
        """Whether there is a path along which none of the forms falls without bound."""
        return self._search(forms, grow=False) is not None

    def can_hold(self) -> bool:
        """Whether the assumptions of a case can hold while all variables grow."""
        return any(_Search(case.strict, case.weak).run() is not None for case in self.cases)

    def _search(self, forms: Sequence[Form], *, grow: bool) -> list[Step] | None:
        for case in self.cases:
            signs = [bounded_sign(form) for form in forms]
            if any(sign is not None and (sign < 0 or (grow and sign == 0)) for sign in signs):
                continue
            if len(forms) > MAX_FORMS:
                raise UndecidedError("it has too many terms")
            weak, strict = _relevant(forms, case)
            search = _Search([*forms, *strict], weak) if grow else _Search(strict, [*forms, *weak])
            found = search.run()
            if found is not None:
                return found
        return None


def _relevant(forms: Sequence[Form], case: Case) -> tuple[list[Form], list[Form]]:
    """The assumptions that bear on the variables of forms, on their logarithms where only these occur."""
    names = {name for form in forms for name in names_of(form)}
    weak = case.bounds(next((form for form in forms if has_exponential(form)), ()))
    pending = [(form, False) for form in weak] + [(form, True) for form in case.strict]
    taken: list[tuple[Form, bool]] = []
    grown = True
    while grown and pending:
        rest = [item for item in pending if names.isdisjoint(names_of(item[0]))]
        grown = len(rest) < len(pending)
        found = [item for item in pending if not names.isdisjoint(names_of(item[0]))]
        taken += found
        names.update(name for item in found for name in names_of(item[0]))
        pending = rest
    if not taken:
        return [], []
    level = min((q[1] if q[0] else 0 for form in forms for q, _ in form), default=1)
    if level >= 2 and all(_is_comparison(form) for form, _ in taken):
        lowered = []
        for form, _ in taken:
            up, down = sorted(form, key=lambda item: -item[1])
            lowered.append(combine(variable(up[0][0], level), variable(down[0][0], level), -1))
        return lowered, []
    return [form for form, strict in taken if not strict], [form for form, strict in taken if strict]


def _is_comparison(form: Form) -> bool:
    """Whether a form sets a power of one variable above a power of another."""
    return len(form) == 2 and form[0][0][1] == form[1][0][1] == 1 and form[0][1] * form[1][1] < 0


class _Search:
    """Depth first through the classes, largest first.

    Args:
        strict: forms that must grow.
        weak: forms that must not fall.
    """

    def __init__(self, strict: Sequence[Form], weak: Sequence[Form]) -> None:
        self.strict = strict
        self.weak = weak
        self.programs = 0
        self.quantities = _closure([*strict, *weak])
        if len(self.quantities) > MAX_QUANTITIES:
            raise UndecidedError("too many quantities are set against each other")
        self.careful = any(c.denominator > SURROGATE for form in (*strict, *weak) for _, c in form)

    def run(self) -> list[Step] | None:
        everything = tuple(self.quantities)
        point = self.program(everything, (), self.strict, self.weak, [])
        if any(not point[q] > 0 for q in everything) or any(not _value(form, point) > 0 for form in self.strict):
            return None  # not even if quantities were independent
        if not self.coupled():
            return [Step(everything, point)]
        return self.descend([], (), self.strict, self.weak, [], None)

    def coupled(self) -> bool:
        known = set(self.quantities)
        return any(not q[0] or (q[0], q[1] + 1) in known for q in known)

    def descend(
        self,
        steps: list[Step],
        placed: tuple[Quantity, ...],
        strict: Sequence[Form],
        weak: Sequence[Form],
        equal: Sequence[Form],
        last_log: Form | None,
    ) -> list[Step] | None:
        waiting = [q for q in self.quantities if q not in placed]
        if not waiting:
            return None if strict else steps
        free = [q for q in waiting if not any(_contains(other, q) for other in waiting if other != q)]
        for size in range(1, len(free) + 1):
            for members in combinations(free, size):
                logs = [log_of(q) for q in members]
                known = [form for form in logs if all(q in self.quantities for q, _ in form)]
                more_equal = [combine(form, known[0], -1) for form in known[1:]]
                more_strict = [combine(last_log, known[0], -1)] if known and last_log is not None else []
                more_equal = [form for form in more_equal if form]
                if any(bounded_sign(form) in (-1, 0) for form in more_strict):
                    continue
                if any(bounded_sign(form) is not None for form in more_equal):
                    continue  # logarithms of one class are equal, and fall from class to class
                point = self.program(members, placed, [*strict, *more_strict], weak, [*equal, *more_equal])
                if any(point[q] <= 0 for q in members):
                    continue
                values = [(form, _value(form, point)) for form in (*strict, *more_strict)]
                found = self.descend(
                    [*steps, Step(members, point)],
                    (*placed, *members),
                    [form for form, value in values if not value > 0],
                    [form for form in weak if not _value(form, point) > 0],
                    [*equal, *more_equal],
                    known[0] if known else last_log,
                )
                if found is not None:
                    return found
        return None

    def program(
        self,
        members: tuple[Quantity, ...],
        placed: tuple[Quantity, ...],
        strict: Sequence[Form],
        weak: Sequence[Form],
        equal: Sequence[Form],
    ) -> dict[Quantity, Fraction]:
        """Coefficients of a class: those of its members positive, of larger quantities any, of smaller ones 0.

        Those of larger quantities need not be negative: adding the point of their own class often enough changes no
        form that is still open.
        """
        self.programs += 1
        if self.programs > MAX_PROGRAMS:
            raise UndecidedError("there are too many cases to go through")
        axes = (*placed, *members)
        where = {q: i for i, q in enumerate(axes)}
        rows = [row for row in (_row(form, where) for form in (*strict, *weak)) if any(row)]
        first = len(placed)
        units: list[list[Real]] = [[int(i == j) for i in range(len(axes))] for j in range(first, len(axes))]
        zero = [row for row in (_row(form, where) for form in equal) if any(row)]
        try:
            point = most_positive([*units, *rows], zero, len(axes))
        except PivotLimitError as error:
            raise UndecidedError("the linear program is too large") from error
        if self.careful:
            _check_margins(point, rows)
        return dict(zip(axes, point, strict=True))


def _row(form: Form, where: dict[Quantity, int]) -> list[Real]:
    row: list[Real] = [0] * len(where)
    for quantity, coefficient in form:
        if quantity in where:
            row[where[quantity]] = coefficient
    return row


def _value(form: Form, point: dict[Quantity, Fraction]) -> Fraction:
    total = Fraction(0)
    for quantity, c in form:
        if quantity in point:
            total += c * point[quantity]
    return total


def _check_margins(point: Sequence[Fraction], rows: Sequence[Sequence[Real]]) -> None:
    """Refuse a solution that hangs on differences which the digits of a logarithm do not show."""
    largest = max((abs(x) for x in point), default=Fraction(0))
    for row in rows:
        terms = [c * x for c, x in zip(row, point, strict=True) if x]
        total = abs(sum(terms, start=Fraction(0)))
        if total and total < _NARROW * max(abs(term) for term in terms):
            raise UndecidedError("the difference is too small to tell")
    if any(x and abs(x) < _NARROW * largest for x in point):
        raise UndecidedError("the difference is too small to tell")


def _closure(forms: Sequence[Form]) -> list[Quantity]:
    """All quantities in forms, in the logarithms of products, and between levels of one variable."""
    found: dict[Quantity, None] = {}
    pending = [q for form in forms for q, _ in form]
    while pending:
        quantity = pending.pop()
        if quantity not in found:
            found[quantity] = None
            if not quantity[0]:
                pending.extend(q for q, _ in quantity[1])
    levels: dict[str, list[int]] = {}
    for name, level in found:
        if name:
            levels.setdefault(name, []).append(level)
    for name, present in levels.items():
        for level in range(min(present), max(present)):
            found.setdefault((name, level))
    return list(found)


def _contains(larger: Quantity, smaller: Quantity) -> bool:
    """Whether one quantity is certain to outgrow another one: it is in its logarithm, or above it in a tower."""
    if larger[0]:
        return larger[0] == smaller[0] and bool(larger[1] < smaller[1])
    return any(q == smaller or _contains(q, smaller) for q, _ in larger[1])
