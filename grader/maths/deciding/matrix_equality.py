"""Whether two expressions in matrices are equal, decided exactly at drawn instances mod a large prime."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.maths.deciding.equality import Difference, Outcome
from grader.maths.numbers.balls import at_precision
from grader.maths.reading.subscripts import index_names
from grader.maths.tree import Node
from grader.maths.values import fields
from grader.maths.values.evaluate import Point, evaluate
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import Scaled, ShapeError, is_matrix, shape_of, shape_text, transposed
from grader.maths.values.profile import profile
from grader.maths.values.spaces import Instance, Space, shown, value_text

INSTANCES = 2
"""Instances at which two expressions have to agree."""

_REAL_INSTANCES = 4
_TURNS = 12
_BITS = 160
_BOUND = "chance below 2⁻⁵⁰ (degree / (2⁶¹ − 1) for each instance)"


class MatrixKey:
    """An expression in matrices that answers are compared with.

    Args:
        node: the expression.
        space: what is declared of its symbols.
    """

    def __init__(self, node: Node, space: Space) -> None:
        self.node = node
        self.space = space
        self._instances: list[tuple[Instance, Any]] | None = None
        self._square: Instance | None = None

    @property
    def instances(self) -> list[tuple[Instance, Any]]:
        """Instances mod p, and the values of the expression there.

        Raises:
            ShapeError: the sizes in the expression do not fit.
            UnsupportedError: it holds what is not computed here.
        """
        if self._instances is None:
            self._instances = self._drawn()
        return self._instances

    def _drawn(self) -> list[tuple[Instance, Any]]:
        found: list[tuple[Instance, Any]] = []
        count = self.space.turns(INSTANCES)
        for turn in range(max(_TURNS, 3 * count)):
            try:
                instance = Instance(self.space, turn, fields.modular(), self.space.sizes(turn))
                found.append((instance, value_at(self.node, instance)))
            except (RetryError, ZeroDivisionError):
                continue
            if len(found) == count:
                break
        if not found:
            raise UnsupportedError("it is undefined at all instances that were drawn")
        return found

    def compare(self, other: Node, *, may_be_transposed: bool = False) -> Outcome:
        """Whether another expression is equal to this one.

        Args:
            other: the answer.
            may_be_transposed: a row is as good as a column.
        """
        if other == self.node:
            return Outcome(True, "identical")
        if not self._is_rational(self.node, other):
            return self._with_functions(other, may_be_transposed=may_be_transposed)
        try:
            expected = self.instances[0][1]
        except (ShapeError, UnsupportedError) as error:
            return Outcome(None, "none", why=str(error))
        pairs: list[tuple[Any, Any]] = []
        undefined = ""
        for instance, expected in self.instances:
            try:
                pairs.append((value_at(other, instance), expected))
            except (RetryError, ZeroDivisionError) as error:
                undefined = str(error)
                continue
            except ShapeError as error:
                return Outcome(False, "shapes", relation="shape", why=f"{error}")
            except UnsupportedError as error:
                return self._unknown(other) or Outcome(None, "none", why=str(error))
        if not pairs:  # the key is defined there
            return Outcome(False, "modular", _BOUND, relation="undefined", why=undefined)
        return self._judged(other, pairs, may_be_transposed=may_be_transposed)

    def _unknown(self, other: Node) -> Outcome | None:
        """The outcome where a symbol is a declared one but for case or decoration: p is not p′; None elsewhere."""
        declared = {*self.space.symbols, *self.space.domain.bounds}
        for name in sorted(profile(other).free - declared - self.instances[0][0].whole.keys()):
            alike = [known for known in declared if ("_" in known) == ("_" in name)]  # X may well be made of the x_i
            near = sorted(known for known in alike if _letter(known) == _letter(name))
            if near and not any(name.partition("_")[0] == known.partition("_")[0] for known in declared):
                why = f"“{name}” is no quantity of this question; “{near[0]}” is"
                return Outcome(False, "names", relation="unknown_symbol", why=why)
        return None

    def _judged(self, other: Node, pairs: list[tuple[Any, Any]], *, may_be_transposed: bool) -> Outcome:
        sizes = self.instances[0][0].point.sizes
        yours, expected = (sized(value, like) for value, like in (pairs[0], pairs[0][::-1]))
        pairs = [(sized(a, b), sized(b, a)) for a, b in pairs]
        if shape_of(yours) != shape_of(expected):
            if may_be_transposed and all(_same(transposed(a), b) for a, b in pairs):
                return Outcome(True, "modular", _BOUND, remark="It is written as a row; the column is meant.")
            ours, theirs = (shape_text(shape_of(value), sizes) for value in (yours, expected))
            flipped = all(_same(transposed(a), b) for a, b in pairs)
            why = f"it is {ours} where the answer is {theirs}"
            relation = "transposed" if flipped else "shape"
            return Outcome(False, "shapes", relation=relation, why=why, shapes=(ours, theirs))
        if all(_same(a, b) for a, b in pairs):
            return Outcome(True, "modular", _BOUND)
        relation = _relation(pairs)
        return Outcome(False, "modular", "", self._difference(other), relation=relation)

    def _difference(self, other: Node) -> Difference | None:
        """A small instance with rational entries at which the two differ."""
        names = self.space.size_names()
        sizes = dict(zip(names, [2, 1, 3, 2, 3] if len(names) > 3 else [2, 3, 1, 2], strict=False))
        for turn in range(_TURNS):
            if turn == 4:
                sizes = dict.fromkeys(names, 2)
            try:
                instance = Instance(self.space, turn, fields.exact(), sizes, small=True)
                expected, yours = value_at(self.node, instance), value_at(other, instance)
            except (RetryError, ZeroDivisionError, ShapeError, UnsupportedError):
                continue
            yours, expected = sized(yours, expected), sized(expected, yours)
            if shape_of(yours) != shape_of(expected) or _same(yours, expected):
                continue
            named = (*self.space.indices, *self.space.shapes, *self.space.rows.values())
            used = [name for name in named if name in self._symbols(other)]
            return _entry_where(shown(instance, used), yours, expected)
        return None

    def _is_rational(self, *nodes: Node) -> bool:
        """Whether expressions, and the definitions that they rest on, are sums, products and whole powers alone."""
        return all(profile(node).rational for node in grounds(self.space, *nodes))

    def _symbols(self, other: Node) -> set[str]:
        found: set[str] = set()
        for node in grounds(self.space, self.node, other):
            made_of = profile(node)
            found |= made_of.free
            families = made_of.families | {name.partition("_")[0] for name in made_of.free if "_" in name}
            found |= {name for name in self.space.shapes if "_" in name and name.partition("_")[0] in families}
            found |= {matrix for ties in (self.space.rows, self.space.columns) for matrix, family in ties.items()
                      if family.partition("_")[0] in made_of.families}  # fmt: skip
        return found

    def _with_functions(self, other: Node, *, may_be_transposed: bool) -> Outcome:
        """The outcome where there are roots, norms or other functions: by balls, after an attempt mod p."""
        return at_precision(_BITS, lambda: self._sampled(other, may_be_transposed=may_be_transposed))

    def _sampled(self, other: Node, *, may_be_transposed: bool) -> Outcome:
        agreed, enough = 0, self.space.turns(_REAL_INSTANCES)
        for turn in range(max(_TURNS, 3 * enough)):
            try:
                positive = turn % 2 == 0
                sizes = self.space.sizes(turn)
                instance = Instance(self.space, turn, fields.real_balls(), sizes, small=True, positive=positive)
                expected = value_at(self.node, instance)
            except (RetryError, ZeroDivisionError, ShapeError):
                continue
            except UnsupportedError as error:
                return Outcome(None, "none", why=str(error))
            try:
                yours = value_at(other, instance)
            except (RetryError, ZeroDivisionError):
                continue
            except ShapeError as error:
                return Outcome(False, "shapes", relation="shape", why=str(error))
            except UnsupportedError as error:
                return Outcome(None, "none", why=str(error))
            yours, expected = sized(yours, expected), sized(expected, yours)
            if shape_of(yours) != shape_of(expected) and may_be_transposed:
                yours = transposed(yours)
            if shape_of(yours) != shape_of(expected):
                ours, theirs = (shape_text(shape_of(value), instance.point.sizes) for value in (yours, expected))
                why = f"it is {ours} where the answer is {theirs}"
                return Outcome(False, "shapes", relation="shape", why=why, shapes=(ours, theirs))
            gap = yours - expected
            entries = gap.entries() if is_matrix(gap) else [gap]
            if any(not entry.contains(0) for entry in entries):
                return Outcome(False, "ball arithmetic", "", _ball_entry(yours, expected))
            agreed += all(entry.rad() < 1e-20 for entry in entries)
            if agreed == enough:
                bound = f"not a proof: equal to 20 places or more at {agreed} instances"
                return Outcome(True, "ball arithmetic", bound)
        return Outcome(None, "none", why="too few instances are known where both are defined")

    def same(self, other: Node) -> bool | None:
        """Whether another expression says the same, also where the sizes of both do not fit in general.

        Args:
            other: another answer.
        """
        outcome = self.compare(other)
        if outcome.equal or outcome.method not in ("shapes", "none"):
            return outcome.equal
        try:
            if self._square is None:
                self._square = Instance(self.space, 0, fields.modular(), dict.fromkeys(self.space.size_names(), 3))
            pair = value_at(other, self._square), value_at(self.node, self._square)
        except (ShapeError, UnsupportedError, RetryError, ZeroDivisionError):
            return None if outcome.equal is None else False
        pair = sized(*pair), sized(*pair[::-1])
        if shape_of(pair[0]) != shape_of(pair[1]) or not _same(*pair):
            return False
        try:  # both fit in general, or neither does
            return bool(self.instances) and outcome.equal
        except (ShapeError, UnsupportedError):
            return True


def grounds(space: Space, *nodes: Node) -> list[Node]:
    """Expressions with the definitions that they rest on, directly or through others.

    Args:
        space: what is declared.
        nodes: the expressions.
    """
    found = list(nodes)
    left = dict(space.definitions)
    families = space.families()
    for node in found:  # it grows
        used = profile(node)
        names = used.free | used.families | {name.partition("_")[0] for name in used.free}
        for name in [name for name in left if name in names or name.partition("_")[0] in families.keys() & names]:
            found.append(left.pop(name))
    return found


def value_at(node: Node, instance: Instance) -> Any:
    """The value of an expression at an instance; one with an open index is the vector of its components.

    Args:
        node: the expression.
        instance: where.

    Raises:
        ShapeError: sizes do not fit.
        UnsupportedError: it holds what is not computed here.
        RetryError: it is undefined here.
    """
    index = open_index(node, instance)
    if not index:
        return evaluate(node, instance.point)
    count = instance.point.ranges.get(index) or instance.point.ranges.get("", 3)
    components = []
    for place in range(1, count + 1):
        point: Point = instance.point._replace(whole={**instance.whole, index: Fraction(place)})
        components.append(evaluate(node, point))
    if any(is_matrix(component) or isinstance(component, Scaled) for component in components):
        raise ShapeError(f"the component {index} is no number")
    return instance.field.matrix(count, 1, components)


def open_index(node: Node, instance: Instance) -> str:
    """The index that an expression leaves open, "" if none: i in ``k_i^T q``."""
    families = instance.point.families
    for name in sorted(profile(node, diagonals=False).free):
        base, _, sub = name.partition("_")
        if sub and name not in instance.values and (base in families or is_matrix(instance.values.get(base))):
            for index in sorted(index_names(sub)):
                if index not in instance.whole and index not in instance.values:
                    return index
    return ""


def _letter(name: str) -> str:
    """The bare letter of a symbol: without subscript, primes, marks and case."""
    import unicodedata

    return unicodedata.normalize("NFD", name.partition("_")[0])[:1].casefold()


def sized(value: Any, like: Any) -> Any:
    """A multiple of the identity in the size of another value."""
    if not isinstance(value, Scaled):
        return value
    if isinstance(like, Scaled):
        return value.factor
    if is_matrix(like) and like.nrows() == like.ncols():
        out = like - like
        for place in range(like.nrows()):
            out[place, place] = value.factor
        return out
    return value.factor


def _same(one: Any, other: Any) -> bool:
    return shape_of(one) == shape_of(other) and bool(one == other)


def _relation(pairs: list[tuple[Any, Any]]) -> str:
    """How values that differ are related at all instances."""
    if all(_same(transposed(yours), expected) for yours, expected in pairs):
        return "transposed"
    if all(_same(-yours, expected) for yours, expected in pairs):
        return "sign"
    factors = {_factor(yours, expected) for yours, expected in pairs}
    if len(factors) == 1 and None not in factors:
        return "scaled"
    return ""


def _factor(yours: Any, expected: Any) -> int | None:
    """The number by which one value is a multiple of the other; None if it is none."""
    one = yours.entries() if is_matrix(yours) else [yours]
    other = expected.entries() if is_matrix(expected) else [expected]
    lead = next((k for k, entry in enumerate(other) if entry != 0), None)
    if lead is None or one[lead] == 0:
        return None
    factor = one[lead] / other[lead]
    return int(factor) if all(a == factor * b for a, b in zip(one, other, strict=True)) else None


def _entry_where(at: tuple[tuple[str, str], ...], yours: Any, expected: Any) -> Difference:
    if not is_matrix(expected):
        return Difference(at, str(yours), str(expected))
    rows, columns = shape_of(expected)
    if rows * columns <= 4:
        return Difference(at, value_text(yours), value_text(expected))
    i, j = next((i, j) for i in range(rows) for j in range(columns) if yours[i, j] != expected[i, j])
    return Difference((*at, ("entry", f"({i + 1}, {j + 1})")), str(yours[i, j]), str(expected[i, j]))


def _ball_entry(yours: Any, expected: Any) -> Difference:
    if not is_matrix(expected):
        return Difference((), f"{float(yours.mid()):.6g}", f"{float(expected.mid()):.6g}")
    rows, columns = shape_of(expected)
    for i in range(rows):
        for j in range(columns):
            if not (yours[i, j] - expected[i, j]).contains(0):
                at = (("entry", f"({i + 1}, {j + 1})"),)
                return Difference(at, f"{float(yours[i, j].mid()):.6g}", f"{float(expected[i, j].mid()):.6g}")
    return Difference((), "", "")
