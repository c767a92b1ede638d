"""Whether two equations say the same: equal up to rearrangement, that is, satisfied by the same values.

For rational sides this is exact. All is brought to one side and over one denominator; the numerators are factored
over ℚ; factors that cannot be 0 in the domain are left out; what remains has to be the same factors. Elsewhere the
differences of the sides are compared up to a constant factor, or both equations are solved for a symbol that occurs
linearly. Where two equations differ, values are found that satisfy one and not the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from grader.maths.deciding.equality import Difference, Outcome, Scalar
from grader.maths.deciding.rational import Reading, Ring, factors, names_in, ring
from grader.maths.deciding.signs import sign, vanishes
from grader.maths.deciding.solving import linear_parts, never_zero
from grader.maths.deciding.witnesses import Pair, apart
from grader.maths.rendering.render import render
from grader.maths.substitution import substituted
from grader.maths.tree import Binary, Node, Number, Relation, Unary, from_fraction, symbols_in
from grader.maths.values.domain import Domain
from grader.maths.values.fields import UnsupportedError
from grader.maths.values.profile import Profile, profile

EQUALITIES = frozenset({"=", "≠"})
"""Signs that are the same read from either side."""

INEQUALITIES = frozenset({"<", "≤", ">", "≥"})
"""Signs of order."""

_MOST_REMEMBERED = 500


Powers = dict[str, tuple[Any, int]]
"""Factors and their multiplicities, by their text."""


class Form(NamedTuple):
    """A relation over ℚ.

    Args:
        reading: its difference, left minus right.
        content: the number before the factors of the numerator.
        powers: these factors with their multiplicities, by their text.
        divisors: factors by which it divides as written, by their text.
    """

    reading: Reading
    content: Fraction
    powers: Powers
    divisors: dict[str, Any]


class Curve:
    """An equation or inequality that answers are compared with.

    Args:
        relation: two sides and their sign.
        domain: what is known of the symbols.
        declared: full names of the symbols, in order.
    """

    def __init__(self, relation: Relation, domain: Domain, declared: Sequence[str] = ()) -> None:
        self.relation = relation
        self.domain = domain
        self.declared = tuple(declared)
        self.difference = difference_of(relation)
        self.profile: Profile = profile(self.difference)
        self.names = names_in((self.difference,), declared)
        self._forms: dict[tuple[str, ...], tuple[Ring | None, Form | None]] = {}
        self._scalar: Scalar | None = None
        self._may_vanish: dict[str, bool] = {}

    @property
    def always(self) -> bool:
        """Whether its sides are the same rational function, so that all values satisfy it."""
        _, form = self._form(self.names)
        return form is not None and form.reading.top.is_zero()

    def compare(self, other: Relation) -> Outcome:
        """Whether another relation says the same.

        Args:
            other: the answer.
        """
        if other == self.relation:
            return Outcome(True, "identical")
        one, two = self.relation.signs[0], other.signs[0]
        if (one in INEQUALITIES) != (two in INEQUALITIES) or (one in EQUALITIES and one != two):
            return Outcome(False, "exact", "", self._apart(other), relation="kind")
        over, truth = self._form(self._names_with(other))
        answer = None
        if over is not None and truth is not None:
            try:
                reading = over.read(difference_of(other))
                if one in EQUALITIES and not reading.divisors and _proportional(truth.reading.top, reading.top):
                    return Outcome(True, "exact")
                answer = form_of(reading)
            except UnsupportedError:
                answer = None
        if over is None or truth is None or answer is None:
            return self._general(other, over, truth)
        return (
            self._ordered(other, truth, answer, over)
            if one in INEQUALITIES
            else self._exact(other, truth, answer, over)
        )

    def as_given(self, other: Relation) -> Outcome:
        """Whether another relation has the same sides, up to swapping them.

        Args:
            other: the answer.
        """
        mirrored = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
        outcome = Outcome(False, "exact", relation="kind")
        for sides, its_sign in (
            (other.items, other.signs[0]),
            (other.items[::-1], mirrored.get(other.signs[0], other.signs[0])),
        ):
            if its_sign != self.relation.signs[0]:
                continue
            left, right = (
                Scalar(mine, self.domain, self.declared).compare(theirs)
                for mine, theirs in zip(self.relation.items, sides, strict=True)
            )
            if left.equal and right.equal:
                return left if left.method != "identical" else right
            open_one = next((found for found in (left, right) if found.equal is None), None)
            if open_one is not None:
                return open_one
            outcome = Outcome(False, "exact", relation="sides")
        return outcome

    def _names_with(self, other: Relation) -> tuple[str, ...]:
        fresh = set().union(*(symbols_in(item) for item in other.items)) - set(self.names) - {"…", "∞"}
        return (*self.names, *sorted(fresh)) if fresh else self.names

    def _form(self, names: tuple[str, ...]) -> tuple[Ring | None, Form | None]:
        """The ring in some variables, and this relation over it; None where that is not to be had."""
        found = self._forms.get(names)
        if found is None:
            over = None
            try:
                over = ring(names)
                found = (over, form_of(over.read(self.difference)))
            except UnsupportedError:
                found = (over, None)
            if names == self.names:
                self._forms[names] = found
        return found

    # ------------------------------------------------------------ rational sides

    def _exact(self, other: Relation, truth: Form, answer: Form, over: Ring) -> Outcome:
        """The outcome for two equations over ℚ."""
        if answer.reading.top.is_zero():
            return Outcome(False, "exact", "", self._apart(other), relation="always")
        if truth.powers == answer.powers:
            return Outcome(True, "exact", remark=self._gaps(truth, answer, over))
        mine = self._left(truth, truth.divisors, over)
        theirs = self._left(answer, {**truth.divisors, **answer.divisors}, over)
        if mine.keys() == theirs.keys():
            if not mine:
                return Outcome(None, "none", why="neither of the two has a solution")
            first = next(iter(mine))
            ratio = Fraction(theirs[first][1], mine[first][1])
            if all(theirs[key][1] == ratio * mine[key][1] for key in mine):
                return Outcome(True, "exact", remark=self._gaps(truth, answer, over))
            return Outcome(False, "exact", relation="multiplicity", difference=_multiplicity(mine, theirs, over))
        relation = "more" if mine.keys() < theirs.keys() else "fewer" if theirs.keys() < mine.keys() else "different"
        found = self._apart(other, over, mine, theirs)
        if found is not None:
            return Outcome(False, "exact", "", found, relation=relation)
        if self._is_complex(truth, answer, over):
            if self._real(truth, over).keys() == self._real(answer, over).keys():
                return Outcome(None, "none", why="the two have the same real solutions, and differ in complex ones")
            return Outcome(False, "exact", "", None, relation=relation)
        return Outcome(None, "none", why="the two are not the same, but no values were found that tell them apart")

    def _is_complex(self, truth: Form, answer: Form, over: Ring) -> bool:
        """Whether complex solutions count: one unknown of which nothing is declared, as in λ² + 1 = 0."""
        used = {name for form in (truth, answer) for name in _used(form.reading.top, over.names)}
        return len(used) <= 1 and not any(name in self.domain.bounds for name in used)

    def _left(self, form: Form, divisors: dict[str, Any], over: Ring) -> Powers:
        """The factors that may be 0."""
        kept = {key: found for key, found in form.powers.items() if key not in divisors}
        one_unknown = len({n for f, _ in form.powers.values() for n in _used(f, over.names)}) <= 1
        if one_unknown and not any(name in self.domain.bounds for name in over.names):
            return kept
        return {key: found for key, found in kept.items() if self._vanishes(key, found[0], over)}

    def _vanishes(self, key: str, factor: Any, over: Ring) -> bool:
        """Whether a factor may be 0 in the domain; remembered for the symbols of the truth."""
        if over.names != self.names:
            return vanishes(factor, over, self.domain)
        found = self._may_vanish.get(key)
        if found is None:
            found = vanishes(factor, over, self.domain)
            if len(self._may_vanish) < _MOST_REMEMBERED:
                self._may_vanish[key] = found
        return found

    def _real(self, form: Form, over: Ring) -> dict[str, Any]:
        return {key: found for key, (found, _) in form.powers.items() if self._vanishes(key, found, over)}

    def _gaps(self, truth: Form, answer: Form, over: Ring) -> str:
        """A remark on where the answer is undefined and the truth need not be."""
        for key, divisor in answer.divisors.items():
            if key not in truth.divisors and self._vanishes(key, divisor, over):
                known = self._solves(truth, divisor, over)
                if known:
                    return f"Where {render(over.tree(divisor)).unicode} = 0 it says nothing, being undefined there."
        return ""

    def _solves(self, truth: Form, divisor: Any, over: Ring) -> bool:
        """Whether the truth may have a solution where a divisor of the answer is 0; True where it is not known."""
        used = _used(divisor, over.names)
        if len(used) != 1 or divisor.total_degree() != 1:
            return True
        line = over.along(divisor, used[0], {})
        rest = truth.reading.top.subs({f"v{over.names.index(used[0])}": -line[0] / line[1]})
        return rest.is_zero() or not rest.is_constant()

    # ------------------------------------------------------------ inequalities

    def _ordered(self, other: Relation, truth: Form, answer: Form, over: Ring) -> Outcome:
        """The outcome for two inequalities over ℚ."""
        one, two = self.relation.signs[0], other.signs[0]
        strict = (one in "<>") == (two in "<>")
        if strict and truth.divisors.keys() == answer.divisors.keys() and not answer.reading.top.is_zero():
            flip = (-1 if one in "<≤" else 1) * (-1 if two in "<≤" else 1)
            if self._same_sign(truth, answer, over) == flip:
                return Outcome(True, "exact")
        found = self._apart(other)
        if found is not None:
            return Outcome(False, "exact", "", found, relation="direction" if strict else "strict")
        return Outcome(None, "none", why="no values were found that tell the two apart")

    def _same_sign(self, truth: Form, answer: Form, over: Ring) -> int:
        """1 or −1 where the differences have the same or opposite signs everywhere; 0 where that is not seen."""
        found = 1 if truth.content * answer.content > 0 else -1
        for key in truth.powers.keys() | answer.powers.keys():
            factor = (truth.powers.get(key) or answer.powers[key])[0]
            counts = [form.powers[key][1] if key in form.powers else 0 for form in (truth, answer)]
            if all(counts) and sum(counts) % 2 == 0:
                continue
            if (its := sign(factor, over, self.domain)) == 0:
                return 0
            found *= its ** sum(counts)
        if truth.reading.bottom == answer.reading.bottom:
            return found
        for bottom in (truth.reading.bottom, answer.reading.bottom):
            if bottom.is_constant():
                continue
            if (its := sign(bottom, over, self.domain)) == 0:
                return 0
            found *= its
        return found

    # ------------------------------------------------------------ any sides

    def _general(self, other: Relation, over: Ring | None, truth: Form | None) -> Outcome:
        """The outcome where a side is no rational function."""
        theirs = difference_of(other)
        if self._scalar is None:
            self._scalar = Scalar(self.difference, self.domain, self.declared)
        scalar = self._scalar
        if self.relation.signs[0] in INEQUALITIES:
            turned = (self.relation.signs[0] in "<≤") != (other.signs[0] in "<≤")
            strict = (self.relation.signs[0] in "<>") == (other.signs[0] in "<>")
            outcome = scalar.compare(Unary("-", theirs) if turned else theirs)
            if outcome.equal and strict:
                return outcome
            found = self._apart(other)
            return (
                Outcome(False, "ball arithmetic", "", found, relation="direction" if strict else "strict")
                if found
                else Outcome(None, "none", why="no values were found that tell the two apart")
            )
        outcome = scalar.compare(theirs)
        if outcome.equal:
            return outcome
        outcome = self._scaled(theirs, outcome) or self._solved(theirs) or outcome
        if outcome.equal:
            return outcome
        found = self._apart(other, over, truth.powers if truth is not None else None)
        if found is not None:
            return Outcome(False, "ball arithmetic", "", found, relation="different")
        why = outcome.why or "no values were found that tell the two apart"
        return Outcome(None, "none", why=why)

    def _scaled(self, theirs: Node, outcome: Outcome) -> Outcome | None:
        """The outcome where one difference is a constant multiple of the other: f(x) g(q) = g(x) f(q) for a point q."""
        if outcome.equal is None or outcome.relation not in ("sign", "scaled"):
            return None
        if outcome.relation == "sign":
            return Scalar(self.difference, self.domain, self.declared).compare(Unary("-", theirs))
        free = sorted(self.profile.free | profile(theirs).free)
        if self.profile.families:
            return None
        for turn in range(1, 4):
            values = self.domain.draw(free, self.profile.whole, turn, positive=True)
            at = {name: from_fraction(value) for name, value in values.items()}
            mine_there, theirs_there = substituted(self.difference, at), substituted(theirs, at)
            zero = from_fraction(Fraction(0))
            if any(Scalar(f, self.domain).compare(zero).equal is not False for f in (mine_there, theirs_there)):
                continue
            one = Scalar(Binary("*", self.difference, theirs_there), self.domain, self.declared)
            return one.compare(Binary("*", theirs, mine_there))
        return None

    def _solved(self, theirs: Node) -> Outcome | None:
        """The outcome where both are equal when solved for a symbol that occurs linearly in both."""
        for name in (*self.declared, *sorted(self.profile.free - set(self.declared))):
            mine_parts, their_parts = linear_parts(self.difference, name), linear_parts(theirs, name)
            if mine_parts is None or their_parts is None:
                continue
            if not (never_zero(mine_parts[0], self.domain) and never_zero(their_parts[0], self.domain)):
                continue
            mine, other = (Binary("/", rest, factor) for factor, rest in (mine_parts, their_parts))
            outcome = Scalar(mine, self.domain, self.declared).compare(other)
            if outcome.equal:
                return outcome
        return None

    def _apart(
        self, other: Relation, over: Ring | None = None, mine: Powers | None = None, theirs: Powers | None = None
    ) -> Difference | None:
        """Values that satisfy one of the two relations and not the other; None where none were found."""
        mine, theirs = mine or {}, theirs or {}
        only = [[f for key, (f, _) in one.items() if key not in two] for one, two in ((mine, theirs), (theirs, mine))]
        return apart(Pair(self.relation, other, self.domain, self.declared, over, *only))


def difference_of(relation: Relation) -> Node:
    """Left minus right.

    Args:
        relation: of two sides.
    """
    left, right = relation.items
    if isinstance(right, Number) and right.value == 0:
        return left
    return Binary("-", left, right)


def form_of(reading: Reading) -> Form:
    """A difference with its numerator and its divisors factored.

    Args:
        reading: left minus right.

    Raises:
        UnsupportedError: it is too large to be factored.
    """
    if reading.top.is_zero():
        return Form(reading, Fraction(0), {}, {})
    found = factors(reading.top)
    divisors = {str(factor): factor for divisor in reading.divisors for factor, _ in factors(divisor).powers}
    return Form(reading, found.content, {str(factor): (factor, count) for factor, count in found.powers}, divisors)


def _proportional(one: Any, other: Any) -> bool:
    if one.is_zero() or other.is_zero() or len(one) != len(other):
        return False
    return bool(one * other.leading_coefficient() == other * one.leading_coefficient())


def _used(polynomial: Any, names: Sequence[str]) -> list[str]:
    return [name for name, degree in zip(names, polynomial.degrees(), strict=False) if degree]


def _multiplicity(mine: Powers, theirs: Powers, over: Ring) -> Difference:
    key = max(mine, key=lambda k: abs(theirs[k][1] - mine[k][1]))
    factor = render(over.tree(mine[key][0])).unicode
    return Difference((("factor", factor),), f"{theirs[key][1]} times", f"{mine[key][1]} times")
