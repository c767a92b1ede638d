"""Declared matrices and vectors, and random instances of them that have the declared shapes and structure.

An identity between polynomials in the entries of matrices that fails, fails at almost all matrices of integers mod a
large prime (Schwartz 1980, Zippel 1979), so one drawn instance with generic sizes decides it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from threading import local
from typing import Any

from grader.maths.tree import Node
from grader.maths.values import entries, structures, unknowns
from grader.maths.values.domain import Domain
from grader.maths.values.evaluate import Point, evaluate, holds
from grader.maths.values.fields import Field, RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError, is_matrix, shape_of, unwrapped
from grader.maths.values.profile import COUNTING
from grader.maths.values.sizes import LARGE, dealt, different, order, stepped

Shape = tuple[str | int, ...]
"""Rows and columns, each the name of a size or a number; () for a number."""

FAMILY_SIZE = 3
"""Elements of a family whose index has no declared range."""

_MOST_ELEMENTS = 64
"""Largest index at which an element is worked out from its definition."""

_MOST_KEPT = 4096
"""Elements of families that an instance keeps."""

_MOST_VALUES = 64
"""Values of expressions that it keeps."""


@dataclass(frozen=True)
class Space:
    """What is declared of the symbols of a matrix expression.

    Args:
        shapes: of symbols by their full names; those of ``x_i`` are of every element of a family.
        structure: words such as ``symmetric`` by name.
        definitions: expressions that stand for symbols, in the order in which they are worked out.
        sums: size of the range of each index.
        rows, columns: families that are the rows, or columns, of a matrix, by the matrix: ``{"K": "k_i"}``.
        domain: what is known of the numbers.
        indices: free indices that formulas are about, and the range that each runs through, both ends included.
        conditions: relations between indices; only instances at which they hold are drawn.
        padded: families whose elements before index 0 are zero.
        functions: functions of which nothing is known, with the sizes of what they take and give.
        elementwise: functions and quotients act entry by entry.
        norm: which norm of a matrix bare bars mean, "" where it is not declared.
    """

    shapes: Mapping[str, Shape]
    structure: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, Node] = field(default_factory=dict)
    sums: Mapping[str, str | int] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    domain: Domain = field(default_factory=Domain)
    indices: Mapping[str, tuple[int, str | int]] = field(default_factory=dict)
    conditions: tuple[Node, ...] = ()
    padded: frozenset[str] = frozenset()
    functions: Mapping[str, unknowns.Signature] = field(default_factory=dict)
    elementwise: bool = False
    norm: str = ""

    def families(self) -> dict[str, tuple[str, Node]]:
        """Families that are defined element by element, such as ``x_k``: by name, the index and the definition."""
        split = {name: name.partition("_") for name in self.definitions}
        return {
            base: (sub, self.definitions[name]) for name, (base, _, sub) in split.items() if sub and sub in self.indices
        }

    def is_index(self, sub: str) -> bool:
        """Whether a subscript runs through a family, and is not a fixed time such as t beside h_{t−1}.

        Args:
            sub: of a declared symbol.
        """
        if sub in self.sums or sub in self.indices:
            return True
        return sub in COUNTING and len(sub) == 1 and sub not in self._times

    @cached_property
    def _times(self) -> frozenset[str]:
        """Letters of subscripts such as ``t+1`` and ``t-1`` of declared symbols."""
        subs = (name.partition("_")[2] for name in self.shapes)
        return frozenset(sub[0] for sub in subs if len(sub) > 2 and sub[1] in "+-" and sub[2:].isdecimal())

    def turns(self, least: int) -> int:
        """At how many instances formulas are compared, so that each index runs through its range.

        Args:
            least: how many without an index.
        """
        ranges = [high - low + 1 for low, high in self.indices.values() if isinstance(high, int)]
        return max([least, *(min(found * min(len(ranges), 2), 8) for found in ranges)])

    @property
    def symbols(self) -> tuple[str, ...]:
        """All symbols that have a meaning."""
        named = [size for shape in self.shapes.values() for size in shape if isinstance(size, str)]
        ranges = [size for size in self.sums.values() if isinstance(size, str)]
        return tuple(
            dict.fromkeys(
                [
                    *self.shapes,
                    *self.definitions,
                    *self.rows.values(),
                    *self.columns.values(),
                    *named,
                    *ranges,
                    *self.indices,
                ]
            )
        )

    @property
    def matrices(self) -> tuple[str, ...]:
        """Symbols that a prime or a raised T transposes."""
        shaped = [name for name, shape in self.shapes.items() if len(shape) > 0]
        families = [*self.rows.values(), *self.columns.values()]
        return tuple(dict.fromkeys([*shaped, *self.definitions, *families]))

    def size_names(self) -> tuple[str, ...]:
        """Names of sizes, the small ones first."""
        named = [size for shape in self.shapes.values() for size in shape if isinstance(size, str)]
        named += [size for size in self.sums.values() if isinstance(size, str)]
        unique = list(dict.fromkeys(named))
        return tuple([n for n in unique if n not in LARGE] + [n for n in unique if n in LARGE])

    def sizes(self, turn: int) -> dict[str, int]:
        """Values for the sizes, all different, so that only what always fits fits.

        Args:
            turn: number of the instance.
        """
        return self.fitting(different(self.size_names(), turn))

    def fitting(self, sizes: Mapping[str, int]) -> dict[str, int]:
        """The same values dealt out so that what is declared of the sizes holds, as far as it can.

        Args:
            sizes: values for the sizes.
        """
        ordered = order(self)
        return dealt(sizes, ordered) if ordered else dict(sizes)

    def instance(self, turn: int, arithmetic: Field, *, positive: bool = True) -> Instance:
        """An instance with the sizes of its turn, drawn once for all that is compared in this space.

        Args:
            turn: number of the instance.
            arithmetic: the field; small integers are drawn where it is not that mod p.
            positive: as for :class:`Instance`.

        Raises:
            RetryError, ShapeError, UnsupportedError: as :class:`Instance`.
        """
        key = (turn, arithmetic, arithmetic.bits, positive)
        if key not in self._instances:
            small = arithmetic.name != "modular"
            self._instances[key] = Instance(self, turn, arithmetic, self.sizes(turn), small=small, positive=positive)
        return self._instances[key]

    @cached_property
    def _instances(self) -> dict[tuple[int, Field, int, bool], Instance]:
        return {}

    def __getstate__(self) -> dict[str, object]:
        """Another process draws its own instances, for matrices cannot be sent there."""
        return {name: value for name, value in self.__dict__.items() if name != "_instances"}


class _Depth(local):
    """How deep definitions are being worked out, in each thread by itself."""

    now = 0


class Instance:
    """Matrices and numbers that are what a space declares.

    Args:
        space: the declarations.
        turn: number of the instance; another one is drawn anew.
        arithmetic: the field.
        sizes: values for the names of sizes.
        small: draw small integers, for witnesses that a person can check.
        positive: numbers of which nothing is known are positive.

    Raises:
        RetryError: a definition is undefined here, or a condition does not hold.
        ShapeError: a definition does not fit its shape.
    """

    def __init__(
        self,
        space: Space,
        turn: int,
        arithmetic: Field,
        sizes: Mapping[str, int],
        *,
        small: bool = False,
        positive: bool = True,
    ) -> None:
        self.space = space
        self.turn = turn
        self.field = arithmetic
        self.sizes = dict(sizes)
        self.small = small
        self.positive = positive
        self.families: dict[str, tuple[str, Shape]] = {}
        self.tied: dict[str, tuple[str, str]] = {}
        self.values: dict[str, Any] = {}
        self.whole: dict[str, Fraction] = {name: Fraction(size) for name, size in sizes.items()}
        self.defined = space.families()
        self._elements: dict[tuple[str, tuple[int, ...]], Any] = {}
        self._depth = _Depth()
        self._worked_out: dict[tuple[Node, int], Any] = {}
        for place, (index, (low, high)) in enumerate(space.indices.items()):
            self.whole[index] = Fraction(low + stepped(turn, place, max(1, self.size(high) - low + 1)))
        self._draw()
        named = {size: name for name, size in reversed(self.sizes.items())}
        ranges = {index: self.size(size) for index, size in space.sums.items()}
        ranges.setdefault("", next(iter(ranges.values()), FAMILY_SIZE))
        self.point = Point(
            arithmetic,
            self.values,
            self.whole,
            self.element,
            ranges,
            named,
            frozenset(self.families) | frozenset(self.tied) | frozenset(self.defined),
            unknowns.drawn(space.functions, turn, arithmetic, self.size, small=small) if space.functions else {},
            space.elementwise,
            space.norm,
        )
        self._define()
        if not all(holds(condition, self.point) for condition in space.conditions):
            raise RetryError("a condition does not hold")

    def size(self, size: str | int) -> int:
        """The value of a size."""
        if isinstance(size, int):
            return size
        if size.isdecimal():
            return int(size)
        return self.sizes.get(size, FAMILY_SIZE)

    def _draw(self) -> None:
        space = self.space
        for kind, ties in (("row", space.rows), ("column", space.columns)):
            for matrix, family in ties.items():
                self.tied[family.partition("_")[0]] = (matrix, kind)
                self.tied.setdefault(matrix, (matrix, kind))  # K_i is the row that is declared as k_i
        for place, (name, shape) in enumerate(space.shapes.items()):
            base, _, sub = name.partition("_")
            if sub and base not in space.shapes and space.is_index(sub):
                if base not in self.tied:
                    self.families[base] = (name, shape)
                continue
            if name in space.definitions:
                continue
            if not shape and (space.domain.of(name).whole or name in self.sizes):
                if name not in self.whole:
                    self.whole[name] = space.domain.of(name).value(self.turn, place, positive=True)
                continue
            self.values[name] = self.drawn(name, shape, place)
        for name, bounds in space.domain.bounds.items():
            if bounds.whole and name not in self.whole and name not in self.values:
                self.whole[name] = bounds.value(self.turn, len(name), positive=True)

    def drawn(self, name: str, shape: Shape, place: int = 0) -> Any:
        """A value of a shape, with the structure that is declared of its name."""
        if not shape:
            return self._scalar(name, place)
        return self._matrix(name, shape, name)

    def _matrix(self, name: str, shape: Shape, source: str) -> Any:
        """A matrix of a shape, with the structure that is declared of a name and the entries of a source."""
        rows, columns = self.size(shape[0]), self.size(shape[1]) if len(shape) > 1 else 1
        structure = self.space.structure.get(name, "")
        drawn = structures.Draw(structure, rows, columns, source, self.turn, self.field, self.field.bits, self.small)
        return structures.matrix(drawn)

    def _scalar(self, name: str, place: int) -> Any:
        if self.small or self.field.name != "modular":
            return self.field.number(self.space.domain.of(name).value(self.turn, place, positive=self.positive))
        return self._source(name)(0, 0)

    def _source(self, name: str) -> structures.Source:
        return structures.source(name, self.turn, self.field, small=self.small)

    def element(self, name: str, at: tuple[int, ...]) -> Any:
        """An element of a family, a row or column of a matrix, or an entry of one."""
        key = (name, at)
        if key in self._elements:
            return self._elements[key]
        found = self._element(name, at)
        if len(self._elements) < _MOST_KEPT:
            self._elements[key] = found
        return found

    def kept(self, node: Node, value: Callable[[Node, Instance], Any]) -> Any:
        """The value of an expression here, worked out once: it is one side of many comparisons.

        Args:
            node: the expression.
            value: works it out.
        """
        key = (node, self.field.bits)
        found = self._worked_out.get(key)  # once, for another thread may empty it
        if found is not None:
            return found
        found = value(node, self)
        if len(self._worked_out) >= _MOST_VALUES:
            self._worked_out.clear()
        self._worked_out[key] = found
        return found

    def elements(self, name: str) -> list[tuple[int, Any]]:
        """Elements of a family that were asked for so far, by their index."""
        found = [(at[0], value) for (base, at), value in self._elements.items() if base == name and len(at) == 1]
        return sorted((at, value) for at, value in found if at >= 0 and value is not None)

    def _element(self, name: str, at: tuple[int, ...]) -> Any:
        if name in self.defined and len(at) == 1:
            return self._from_definition(name, at[0])
        if name in self.tied and len(at) == 1:
            matrix, kind = self.tied[name]
            return self._line(self.values.get(matrix), at[0] - 1, kind)
        if name in self.families:
            full, shape = self.families[name]
            if name in self.space.padded and at[0] < 0:
                rows, columns = (self.size(shape[0]), self.size(shape[1])) if shape else (1, 1)
                zero = self.field.number(Fraction(0))
                return unwrapped(self.field.matrix(rows, columns, [zero] * (rows * columns)))
            if not shape:
                bounds = self.space.domain.of(full)
                if self.small:
                    return self.field.number(bounds.value(self.turn + sum(at), at[0], positive=True))
                return self._source(full)(at[0], at[-1])
            return self._matrix(full, shape, f"{full} {at}")
        matrix = entries.declared(name, self.point)
        return None if matrix is None else entries.at_place(matrix, at)

    def _from_definition(self, name: str, at: int) -> Any:
        """An element of a family that is defined element by element, perhaps by elements before it."""
        index, node = self.defined[name]
        if abs(at) > _MOST_ELEMENTS or self._depth.now > _MOST_ELEMENTS:
            raise UnsupportedError(f"“{name}” at an index beyond {_MOST_ELEMENTS}")
        self._depth.now += 1
        try:  # an instance is used for many answers, and one that fails must leave no trace
            return evaluate(node, self.point._replace(whole={**self.whole, index: Fraction(at)}))
        finally:
            self._depth.now -= 1

    def _line(self, matrix: Any, place: int, kind: str) -> Any:
        if matrix is None or not is_matrix(matrix):
            return None
        rows, columns = shape_of(matrix)
        if not 0 <= place < (rows if kind == "row" else columns):
            raise RetryError("an index runs past the end")
        entries = (
            [matrix[place, j] for j in range(columns)] if kind == "row" else [matrix[i, place] for i in range(rows)]
        )
        return unwrapped(self.field.matrix(len(entries), 1, entries))

    def _define(self) -> None:
        for name, node in self.space.definitions.items():
            if name.partition("_")[0] in self.defined:
                continue
            value = evaluate(node, self.point)
            shape = self.space.shapes.get(name)
            if shape and is_matrix(value):
                rows, columns = self.size(shape[0]), self.size(shape[1]) if len(shape) > 1 else 1
                if shape_of(value) != (rows, columns):
                    value = self._padded(value, rows, columns, name)
            self.values[name] = value

    def _padded(self, value: Any, rows: int, columns: int, name: str) -> Any:
        """A diagonal that is filled up with zeros to its declared shape."""
        if "diagonal" not in self.space.structure.get(name, ""):
            raise ShapeError(f"the definition of {name} does not have its declared shape")
        zero = self.field.number(Fraction(0))
        high, wide = shape_of(value)
        entries = [value[i, j] if i < high and j < wide else zero for i in range(rows) for j in range(columns)]
        return self.field.matrix(rows, columns, entries)
