"""Whether two expressions in matrices are equal, decided exactly at drawn instances mod a large prime."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from grader.maths.deciding.equality import Outcome
from grader.maths.deciding.matrix_values import open_index, profiles, relation, same, sized, value_at
from grader.maths.deciding.matrix_witnesses import ball_entry, difference
from grader.maths.numbers.balls import at_precision
from grader.maths.tree import Node
from grader.maths.values import fields
from grader.maths.values.fields import Field, RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError, is_matrix, shape_of, shape_text, transposed
from grader.maths.values.profile import profile
from grader.maths.values.spaces import Instance, Space

INSTANCES = 2
"""Instances at which two expressions have to agree."""

_REAL_INSTANCES = 4
_TURNS = 24
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
        """Instances mod p, or of balls where p does not do, and the values of the expression there.

        Raises:
            ShapeError: the sizes in the expression do not fit.
            UnsupportedError: it holds what is not computed here.
        """
        if self._instances is None:
            try:
                self._instances = self._drawn(fields.modular())
            except UnsupportedError:
                if self._rational:
                    raise
                self._instances = at_precision(_BITS, lambda: self._drawn(fields.real_balls()))
        return self._instances

    def _drawn(self, field: Field) -> list[tuple[Instance, Any]]:
        found: list[tuple[Instance, Any]] = []
        count = self.space.turns(INSTANCES)
        for turn in range(max(_TURNS, 3 * count)):
            try:
                instance = self.space.instance(turn, field)
                found.append((instance, value_at(self.node, instance)))
            except (RetryError, ZeroDivisionError):
                continue
            if len(found) == count:
                break
        if not found:
            raise UnsupportedError("it is undefined at all instances that were drawn")
        return found

    def compare(self, other: Node, *, may_be_transposed: bool = False, witness: bool = True) -> Outcome:
        """Whether another expression is equal to this one.

        Args:
            other: the answer.
            may_be_transposed: a row is as good as a column.
            witness: look for a small instance at which they differ, for a person; it is drawn anew each time.
        """
        if other == self.node:
            return Outcome(True, "identical")
        if not (self._rational and self._is_rational(other)):
            return self._with_functions(other, may_be_transposed=may_be_transposed, witness=witness)
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
        return self._judged(other, pairs, may_be_transposed=may_be_transposed, witness=witness)

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

    def _judged(self, other: Node, pairs: list[tuple[Any, Any]], *, may_be_transposed: bool, witness: bool) -> Outcome:
        sizes = self.instances[0][0].point.sizes
        yours, expected = (sized(value, like) for value, like in (pairs[0], pairs[0][::-1]))
        pairs = [(sized(a, b), sized(b, a)) for a, b in pairs]
        if shape_of(yours) != shape_of(expected):
            if (which := self._open(other, expected, self.instances[0][0])) is not None:
                return which
            if may_be_transposed and all(same(transposed(a), b) for a, b in pairs):
                return Outcome(True, "modular", _BOUND, remark="It is written as a row; the column is meant.")
            ours, theirs = (shape_text(shape_of(value), sizes) for value in (yours, expected))
            flipped = all(same(transposed(a), b) for a, b in pairs)
            why = f"it is {ours} where the answer is {theirs}"
            how = "transposed" if flipped else "shape"
            return Outcome(False, "shapes", relation=how, why=why, shapes=(ours, theirs))
        if all(same(a, b) for a, b in pairs):
            return Outcome(True, "modular", _BOUND)
        found = difference(self.node, other, self.space, fields.exact()) if witness else None
        return Outcome(False, "modular", "", found, relation=relation(pairs))

    def _open(self, other: Node, expected: Any, instance: Instance) -> Outcome | None:
        """The outcome where a number is asked and the answer has an entry that nothing tells: a_c; None elsewhere."""
        index = "" if is_matrix(expected) else open_index(other, instance)
        if not index or index in self.space.sums:
            return None
        return Outcome(None, "none", why=f"which entry is meant by “{index}” is not known")

    @cached_property
    def _rational(self) -> bool:
        """Whether the expression, and the definitions that it rests on, are sums, products and whole powers alone."""
        return self._is_rational(self.node)

    def _is_rational(self, node: Node) -> bool:
        return all(made_of.rational for made_of in profiles(self.space, node))

    def _with_functions(self, other: Node, *, may_be_transposed: bool, witness: bool) -> Outcome:
        """The outcome where there are roots, norms or other functions: by balls, after an attempt mod p."""
        return at_precision(_BITS, lambda: self._sampled(other, may_be_transposed=may_be_transposed, witness=witness))

    def _sampled(self, other: Node, *, may_be_transposed: bool, witness: bool) -> Outcome:
        agreed, enough = 0, self.space.turns(_REAL_INSTANCES)
        for turn in range(max(_TURNS, 3 * enough)):
            try:
                instance = self.space.instance(turn, fields.real_balls(), positive=turn % 2 == 0)
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
                if (which := self._open(other, expected, instance)) is not None:
                    return which
                ours, theirs = (shape_text(shape_of(value), instance.point.sizes) for value in (yours, expected))
                why = f"it is {ours} where the answer is {theirs}"
                return Outcome(False, "shapes", relation="shape", why=why, shapes=(ours, theirs))
            gap = yours - expected
            entries = gap.entries() if is_matrix(gap) else [gap]
            if any(not entry.contains(0) for entry in entries):
                found = difference(self.node, other, self.space, fields.real_balls()) if witness else None
                return Outcome(False, "ball arithmetic", "", found or ball_entry(yours, expected))
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
        outcome = self.compare(other, witness=False)
        if outcome.equal or outcome.method not in ("shapes", "none"):
            return outcome.equal
        try:
            if self._square is None:
                self._square = Instance(self.space, 0, fields.modular(), dict.fromkeys(self.space.size_names(), 3))
            pair = value_at(other, self._square), value_at(self.node, self._square)
        except (ShapeError, UnsupportedError, RetryError, ZeroDivisionError):
            return None if outcome.equal is None else False
        pair = sized(*pair), sized(*pair[::-1])
        if shape_of(pair[0]) != shape_of(pair[1]) or not same(*pair):
            return False
        failing = self._failing()
        return outcome.equal if not failing else failing == MatrixKey(other, self.space)._failing()

    def _failing(self) -> str:
        """Why the expression has no value in general: sizes do not fit, or it is undefined; "" where it has one."""
        try:
            return "" if self.instances else "undefined"
        except ShapeError:
            return "shape"
        except UnsupportedError:
            return "undefined"


def _letter(name: str) -> str:
    """The bare letter of a symbol: without subscript, primes, marks and case."""
    import unicodedata

    return unicodedata.normalize("NFD", name.partition("_")[0])[:1].casefold()


__all__ = ["INSTANCES", "MatrixKey", "open_index", "sized", "value_at"]
