"""Whether two scalar expressions are equal: the ladder of decisions, each with its evidence.

Same tree → values mod a large prime (Schwartz 1980, Zippel 1979) → ball arithmetic over the declared domain. A ball
that excludes 0 proves that two expressions differ; balls that hold 0 at every point tried do not prove that they are
equal, and the evidence says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.maths.numbers.balls import at_precision
from grader.maths.tree import Binary, Call, Node, Number, walk
from grader.maths.values import fields
from grader.maths.values.domain import Domain
from grader.maths.values.evaluate import Point, evaluate
from grader.maths.values.fields import RetryError, UnsupportedError, UnsureError
from grader.maths.values.operations import Scaled, ShapeError, is_matrix
from grader.maths.values.points import Draws
from grader.maths.values.profile import Profile, profile
from grader.maths.values.unknowns import Signature

_NO_FUNCTIONS: Mapping[str, Signature] = {}

MODULAR_POINTS = 3
"""Points mod p at which two expressions have to agree where small whole numbers are drawn; one is enough elsewhere."""

ROOT_POINTS = 20
"""Points mod p at which expressions with roots have to agree: at each, √(x²) is x in one half of all cases."""

REAL_POINTS = 8
"""Real points at which two expressions with roots, logarithms and the like have to agree."""

_LEAST_POINTS = 3
_ROOT_PAIRS = 8
_MOST_TURNS = 40
_BITS = 128
_MORE_BITS = 512


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two expressions differ: the values of the symbols, and what each gives there."""

    at: tuple[tuple[str, str], ...]
    yours: str
    expected: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided.

    Args:
        equal: None where it could not be settled.
        method: ``identical``, ``modular``, ``ball arithmetic`` …
        bound: on being wrong.
        difference: where they differ.
        remark: what to tell besides, such as points where only one of them is defined.
        relation: how they are related where they differ: ``sign``, ``reciprocal``, ``scaled``, ``shifted`` or "".
        why: why it could not be settled.
        shapes: of the answer and of the truth, where they differ.
    """

    equal: bool | None
    method: str
    bound: str = ""
    difference: Difference | None = None
    remark: str = ""
    relation: str = ""
    why: str = ""
    shapes: tuple[str, str] | None = None


class Scalar:
    """A scalar expression that answers are compared with.

    Args:
        node: the expression.
        domain: what is known of its symbols.
        declared: full names of its symbols, in order.
        functions: functions of numbers of which nothing is known.
    """

    def __init__(
        self,
        node: Node,
        domain: Domain,
        declared: Sequence[str] = (),
        functions: Mapping[str, Signature] = _NO_FUNCTIONS,
    ) -> None:
        self.node = node
        self.domain = domain
        self.declared = tuple(declared)
        self.functions = functions
        self.profile = profile(node, functions=functions)
        self._draws = Draws([self.profile], domain, self.declared, functions)
        self._known: dict[tuple[str, int], Any] = {}

    def __reduce__(self) -> tuple[type[Scalar], tuple[Node, Domain, tuple[str, ...], dict[str, Signature]]]:
        """Another process works out the values again: numbers mod a prime cannot be sent there."""
        return Scalar, (self.node, self.domain, self.declared, dict(self.functions))

    def compare(self, other: Node) -> Outcome:
        """Whether another expression is equal to this one.

        Args:
            other: the answer.
        """
        if other == self.node:
            return Outcome(True, "identical")
        theirs = profile(other, functions=self.functions)
        if theirs.plural and not self.profile.plural:
            return Outcome(False, "shape", relation="two_values")
        fresh = (
            theirs.free <= self.profile.free | {*self.declared, *self.functions}
            and theirs.families <= self.profile.families
        )
        own = fresh and theirs.whole <= self._draws.whole
        draws = self._draws if own else Draws([self.profile, theirs], self.domain, self.declared, self.functions)
        try:
            if not (self.profile.rational and theirs.rational):
                return at_precision(_BITS, lambda: self._sampled(other, draws, theirs, cached=own))
            equal = self._modular(other, draws, cached=own, rooted=False)
            if equal:
                return Outcome(True, "modular", _bound(draws))
            if equal is False:
                return self._different(other, draws, theirs)
            return at_precision(_BITS, lambda: self._sampled(other, draws, theirs, cached=own))
        except UnsupportedError as error:
            return Outcome(None, "none", why=str(error))
        except ShapeError as error:
            return Outcome(False, "shapes", relation="kind", why=str(error))

    def _value(self, draws: Draws, turn: int, *, cached: bool) -> tuple[Point, Any]:
        """A point mod p and the value there; None where it is undefined."""
        key = ("modular", turn)
        if cached and key in self._known:
            found: tuple[Point, Any] = self._known[key]
            return found
        point = draws.modular(turn)
        try:
            value = evaluate(self.node, point)
        except (RetryError, ZeroDivisionError):
            value = None
        if cached:
            self._known[key] = (point, value)
        return point, value

    def _rational(
        self, draws: Draws, turn: int, field: fields.Field, *, positive: bool
    ) -> tuple[Point, dict[str, Fraction], Any]:
        """A point with small values, those values, and the value of this expression there."""
        key = (field.name, turn)
        if draws is self._draws and key in self._known:
            found: tuple[Point, dict[str, Fraction], Any] = self._known[key]
            return found
        point, shown = draws.rational(turn, field, positive=positive)
        found = (point, shown, evaluate(self.node, point))
        if draws is self._draws:
            self._known[key] = found
        return found

    def _modular(self, other: Node, draws: Draws, *, cached: bool, rooted: bool) -> bool | None:
        """Whether both agree mod p; None where the points say nothing."""
        agreed = 0
        wanted = ROOT_POINTS if rooted else MODULAR_POINTS if draws.whole else 1
        for turn in range(3 * (ROOT_POINTS if rooted else MODULAR_POINTS)):
            point, expected = self._value(draws, turn, cached=cached)
            if expected is None:
                continue
            try:
                yours = evaluate(other, point)
            except (RetryError, ZeroDivisionError):
                continue
            except UnsupportedError:
                return None
            if type(yours) is not type(expected):
                raise ShapeError("one is a number and the other is a matrix")
            if yours != expected:
                return False
            agreed += 1
            if agreed == wanted:
                return True
        return True if agreed >= 2 and not rooted else None

    def _different(self, other: Node, draws: Draws, theirs: Profile) -> Outcome:
        """The outcome for rational expressions that differ, with a point where they do."""
        relation = self._relation(other, draws)
        for turn in range(_MOST_TURNS):
            try:
                point, shown, expected = self._rational(draws, turn, fields.exact(), positive=turn < _MOST_TURNS // 2)
                yours = evaluate(other, point)
            except (RetryError, ZeroDivisionError):
                continue
            except UnsupportedError:
                break
            if yours != expected:
                at = _shown(shown, self.profile, theirs)
                return Outcome(False, "modular", "", Difference(at, _exact(yours), _exact(expected)), "", relation)
        return Outcome(False, "modular", _bound(draws), None, "", relation)

    def _sampled(self, other: Node, draws: Draws, theirs: Profile, *, cached: bool) -> Outcome:
        """The outcome by ball arithmetic at points of the domain; where they agree, a proof mod p is tried."""
        agreed, only_here, turn = 0, "", 0
        rooted = _has_root(self.node) or _has_root(other)
        wanted, proved, tried = REAL_POINTS, False, False
        closest = 0
        while agreed < wanted and turn < _MOST_TURNS:
            if agreed == _LEAST_POINTS and not tried:
                tried, proved = True, bool(self._modular(other, draws, cached=cached, rooted=rooted))
                wanted = _LEAST_POINTS + 2 if proved else REAL_POINTS
            positive = turn < _LEAST_POINTS or turn % 4 == 0
            turn += 1
            try:
                point, shown, expected = self._rational(draws, turn - 1, fields.real_balls(), positive=positive)
                expected = _finite(expected)
            except (RetryError, ZeroDivisionError):
                continue
            try:
                yours = _finite(evaluate(other, point))
            except UnsureError:
                continue
            except (RetryError, ZeroDivisionError):
                if self.domain.declared or (self.profile.absolute and not theirs.absolute):
                    at = _shown(shown, self.profile, theirs)
                    return Outcome(False, "ball arithmetic", "", Difference(at, "undefined", _decimal(expected)))
                only_here = only_here or ", ".join(f"{k} = {v}" for k, v in _shown(shown, self.profile, theirs))
                continue
            if type(yours) is not type(expected):
                raise ShapeError("one is a number and the other is a matrix")
            if is_matrix(expected) or isinstance(expected, Scaled):
                raise UnsupportedError("functions in matrices are compared by another type: matrix_expression")
            gap = yours - expected
            if not gap.contains(0):
                at = _shown(shown, self.profile, theirs)
                difference = Difference(at, _decimal(yours), _decimal(expected))
                return Outcome(False, "ball arithmetic", "", difference, "", self._relation(other, draws))
            digits = -gap.rad().log().mid() / 2.302585 if gap.rad() > 0 else 99
            closest = int(float(digits)) if not agreed else min(closest, int(float(digits)))
            agreed += 1
        if agreed < min(_LEAST_POINTS, wanted):
            return Outcome(None, "none", why="too few points are known where both are defined")
        remark = f"At {only_here} the expected expression is defined and this one is not." if only_here else ""
        if proved:
            return Outcome(
                True,
                "modular",
                f"{_bound(draws, rooted=rooted)}; agrees at {agreed} points by ball arithmetic",
                None,
                remark,
            )
        if not self._closely(other, draws, turn):
            return Outcome(
                None, "ball arithmetic", why="the values agree as far as they were worked out, and no further"
            )
        bound = f"not a proof: equal to {max(closest, 0)} places or more at {agreed} points of the domain"
        return Outcome(True, "ball arithmetic", bound, None, remark)

    def _closely(self, other: Node, draws: Draws, turn: int) -> bool:
        """Whether both agree at one more point to many more places."""

        def check() -> bool:
            for later in range(turn, turn + _MOST_TURNS):
                point, _ = draws.rational(later, fields.real_balls(), positive=True)
                try:
                    gap = _finite(evaluate(self.node, point)) - _finite(evaluate(other, point))
                except (RetryError, ZeroDivisionError):
                    continue
                return bool(gap.contains(0)) and bool(gap.rad() < fields.real_balls().number(Fraction(1, 10**60)))
            return False

        return at_precision(_MORE_BITS, check)

    def _relation(self, other: Node, draws: Draws) -> str:
        """How an expression that differs is related to this one."""
        pairs = []
        wanted = _ROOT_PAIRS if _has_root(self.node) or _has_root(other) else 2
        for turn in range(2 * wanted):
            try:
                point, expected = self._value(draws, turn, cached=draws is self._draws)
                if expected is not None:
                    pairs.append((evaluate(other, point), expected))
            except (RetryError, ZeroDivisionError, UnsupportedError, ShapeError):
                continue
            if len(pairs) == wanted:
                break
        if len(pairs) < wanted or any(yours == 0 or expected == 0 for yours, expected in pairs):
            return ""
        if all(yours == -expected for yours, expected in pairs):
            return "sign"
        if all(yours * expected == 1 for yours, expected in pairs):
            return "reciprocal"
        (first, key), *more = pairs
        if all(first * expected == yours * key for yours, expected in more):
            return "scaled"
        if all(first - key == yours - expected for yours, expected in more):
            return "offset"
        return ""


def _finite(value: Any) -> Any:
    if is_matrix(value) or isinstance(value, Scaled):
        return value
    if not value.is_finite():
        raise UnsureError("undefined")
    return value


def _has_root(node: Node) -> bool:
    """Whether an expression holds a root, whose sign mod p is left to chance."""
    return any(
        (isinstance(here, Call) and here.function == "sqrt")
        or (isinstance(here, Binary) and here.op == "^" and any(map(_is_fraction, walk(here.right))))
        for here in walk(node)
    )


def _is_fraction(node: Node) -> bool:
    return (isinstance(node, Number) and node.value.denominator != 1) or (isinstance(node, Binary) and node.op == "/")


def _bound(draws: Draws, *, rooted: bool = False) -> str:
    """The bound on being wrong: degree over p for each point, one half where there are roots."""
    if rooted:
        return f"chance below 2⁻²⁰ (signs of roots at {ROOT_POINTS} points mod p)"
    if draws.whole:
        return f"chance below 2⁻⁵⁰ at each drawn size, for {', '.join(sorted(draws.whole))} in small numbers"
    return "chance below 2⁻⁵⁰ (degree / (2⁶¹ − 1) for each point)"


def _shown(values: dict[str, Fraction], one: Profile, other: Profile) -> tuple[tuple[str, str], ...]:
    used = one.free | other.free
    families = one.families | other.families
    shown = [
        (k, v)
        for k, v in values.items()
        if k in used or k[-1] == ")" or ("_" in k and k.partition("_")[0] in families)  # f(x) of a drawn function
    ]
    return tuple((name, str(value)) for name, value in shown[:8])


def _exact(value: Any) -> str:
    """A rational number, shortened where it has many digits."""
    text = str(value)
    return text if len(text) <= 24 else _decimal(fields.real_balls().number(Fraction(int(value.p), int(value.q))))


def _decimal(value: Any) -> str:
    """About the value of a ball; 0 where it holds 0 and little else."""
    middle = float(value.mid())
    return "0" if value.contains(0) and abs(middle) < 1e-12 else f"{middle:.6g}"
