"""Sequences given by formulas, worked out entry by entry and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.answers._expressions.terms import Rule, Terms
from grader.maths.deciding.matrix_equality import sized
from grader.maths.tree import Binary, Node, Number, Symbol, symbols_in, walk
from grader.maths.values import fields
from grader.maths.values.evaluate import Point, evaluate, exact_value, holds
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError, shape_of
from grader.maths.values.profile import profile
from grader.maths.values.showing import value_text
from grader.maths.values.spaces import Instance, Space

SPAN = 6
"""Entries of a sequence without end that are compared."""
_DEEPEST = 40


class Entry:
    """Works out entries of a sequence at an instance.

    Args:
        terms: the sequence.
        instance: where.
        index: the index of the question.
        last: the last index.
    """

    def __init__(self, terms: Terms, instance: Instance, index: str, last: int) -> None:
        self.terms = terms
        self.index = index
        self.last = last
        self.depth = 0
        self.known: dict[int, Any] = {}
        families = instance.point.families | ({terms.name} if terms.name else frozenset())
        element = instance.element

        def of(name: str, at: tuple[int, ...]) -> Any:
            return self.value(at[0]) if name == terms.name and len(at) == 1 else element(name, at)

        self.point: Point = instance.point._replace(element=of, families=families)

    def value(self, place: int) -> Any:
        """The entry at an index; None where nothing is said of it.

        Raises:
            ShapeError: sizes do not fit.
            UnsupportedError: it holds what is not computed here.
            RetryError: it is undefined here.
        """
        if place not in self.known:
            self.depth += 1
            if self.depth > _DEEPEST:
                raise UnsupportedError("a recursion without an end")
            self.known[place] = self._value(place)
            self.depth -= 1
        return self.known[place]

    def _value(self, place: int) -> Any:
        general: tuple[Rule, Point] | None = None
        for rule in self.terms.rules:
            if isinstance(rule.index, Number):
                if rule.index.value == place:
                    return evaluate(rule.body, self.point)
                continue
            if rule.index == Symbol("…last") or self._is_size(rule.index):
                if place == self.last:
                    return evaluate(rule.body, self._at(self.index, place))
                continue
            general = general or self._general(rule, place)
        return evaluate(general[0].body, general[1]) if general is not None else None

    def _is_size(self, node: Node) -> bool:
        return isinstance(node, Symbol) and node.full in self.point.whole and node.full != self.index

    def _general(self, rule: Rule, place: int) -> tuple[Rule, Point] | None:
        """The point for a general rule, where it tells this entry."""
        names = sorted(name for name in symbols_in(rule.index) if name not in self.point.whole or name == self.index)
        if len(names) != 1:
            return None
        zero = exact_value(rule.index, self._at(names[0], 0))
        one = exact_value(rule.index, self._at(names[0], 1))
        if zero is None or one is None or one == zero:
            return None
        solved = (place - zero) / (one - zero)
        if solved.denominator != 1:
            return None
        point = self._at(names[0], int(solved))
        if rule.condition is not None and not _applies(rule.condition, point):
            return None
        return rule, point

    def _at(self, name: str, place: int) -> Point:
        return self.point._replace(whole={**self.point.whole, name: Fraction(place)})


def _applies(condition: Node, point: Point) -> bool:
    """Whether a condition holds, as far as it can be told."""
    try:
        return holds(condition, point)
    except UnsupportedError:
        return True


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing two sequences gave.

    Args:
        right, wrong, missing: indices of entries.
        special: indices on which the key has statements of their own.
        shifted: the answer is the key one index further.
        witness: index, and both values there.
        why: why it could not be decided, "" if it was.
        shapes: what does not fit, "" if all does.
    """

    right: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    special: frozenset[int] = frozenset()
    shifted: bool = False
    witness: tuple[int, str, str] | None = None
    why: str = ""
    shapes: str = ""


class TermsKey:
    """A sequence that answers are compared with.

    Args:
        terms: the sequence.
        space: what is declared of its symbols.
        index: its index.
        start: the first index.
        last: the last one, a number or the name of a size; "" for a sequence without end.
    """

    def __init__(self, terms: Terms, space: Space, index: str, start: int, last: str | int = "") -> None:
        self.terms = terms
        self.space = space
        self.index = index
        self.start = start
        self.last_name = last
        self._known: dict[int, tuple[Instance, dict[int, Any]]] = {}
        counted = frozenset().union(*(profile(rule.body).whole for rule in terms.rules))
        self.whole = sorted(counted - {index} - set(space.sizes(0)))
        literal = [int(r.index.value) for r in terms.rules if isinstance(r.index, Number)]
        conditions = [r for r in terms.rules if not isinstance(r.index, Number)]
        self.special = frozenset(literal) if conditions else frozenset()
        self.first = start if not conditions or literal else self._first(conditions)

    def _first(self, rules: list[Rule]) -> int:
        """The first index that the key tells anything of."""
        for place in range(self.start, self.start + 3):
            entry = Entry(self.terms, self._instance(0), self.index, self.start + SPAN)
            try:
                if entry.value(place) is not None and not self._has_negative_power(rules, entry, place):
                    return place
            except (RetryError, UnsupportedError, ShapeError, ZeroDivisionError):
                continue
        return self.start

    def _has_negative_power(self, rules: list[Rule], entry: Entry, place: int) -> bool:
        """Whether an exponent with the index in it is negative there: ``A^{ℓ−1}`` is meant from 1 on."""
        point = entry.point._replace(whole={**entry.point.whole, self.index: Fraction(place)})
        for rule in rules:
            for here in walk(rule.body):
                if isinstance(here, Binary) and here.op == "^" and self.index in symbols_in(here.right):
                    exponent = exact_value(here.right, point)
                    if exponent is not None and exponent < 0:
                        return True
        return False

    def _instance(self, turn: int, *, small: bool = False) -> Instance:
        sizes = self.space.sizes(turn)
        for name in self.whole:
            sizes.setdefault(name, 3 + turn % 2)
        if isinstance(self.last_name, str) and self.last_name:
            sizes[self.last_name] = self.start + SPAN
        field = fields.exact() if small else fields.modular()
        return Instance(self.space, turn, field, sizes, small=small)

    @property
    def point(self) -> Point:
        """Values of the declared symbols, and an index, at which matrices can be told from numbers."""
        instance = self._instance(0)
        point = Entry(self.terms, instance, self.index, self.last).point
        return point._replace(whole={**point.whole, self.index: Fraction(self.first + 1)})

    @property
    def last(self) -> int:
        """The last index that is compared."""
        if isinstance(self.last_name, int):
            return self.last_name
        return int(self.last_name) if self.last_name.isdecimal() else self.start + SPAN

    def compare(self, other: Terms) -> Compared:
        """Which entries of an answer are right.

        Args:
            other: the answer.
        """
        for turn in range(6):
            try:
                instance, expected = self._drawn(turn)
            except (RetryError, ZeroDivisionError):
                continue
            except (ShapeError, UnsupportedError) as error:
                return Compared(why=str(error))
            try:
                return self._judged(other, expected, instance)
            except (RetryError, ZeroDivisionError):
                continue
            except UnsupportedError as error:
                return Compared(why=str(error))
        return Compared(why="it is undefined at all instances that were drawn")

    def _drawn(self, turn: int) -> tuple[Instance, dict[int, Any]]:
        """An instance mod p, and the entries there; both are kept."""
        if turn not in self._known:
            instance = self._instance(turn)
            self._known[turn] = (instance, self._entries(self.terms, instance))
        return self._known[turn]

    def _entries(self, terms: Terms, instance: Instance) -> dict[int, Any]:
        entry = Entry(terms, instance, self.index, self.last)
        return {place: entry.value(place) for place in range(self.first, self.last + 2)}

    def _judged(self, other: Terms, expected: Mapping[int, Any], instance: Instance) -> Compared:
        entry = Entry(other, instance, self.index, self.last)
        right, wrong, missing, told = [], [], [], {}
        shapes = ""
        for place in range(self.first, self.last + 1):
            try:
                yours = entry.value(place)
            except (RetryError, ZeroDivisionError):
                yours = None
            except ShapeError as error:
                shapes = shapes or str(error)
                wrong.append(place)
                continue
            told[place] = yours
            if yours is None:
                if not other.open:
                    missing.append(place)
            elif _equal(yours, expected[place]):
                right.append(place)
            else:
                wrong.append(place)
        if self.too_long(other):
            wrong.append(self.last + 1)
        shifted = len(told) > 1 and all(
            yours is not None and expected.get(place + 1) is not None and _equal(yours, expected[place + 1])
            for place, yours in told.items() if yours is not None
        )  # fmt: skip
        witness = self._witness(other, wrong) if wrong and not shapes else None
        return Compared(
            tuple(right), tuple(wrong), tuple(missing), self.special, shifted and bool(wrong), witness, "", shapes
        )

    def at_equal_sizes(self, other: Terms) -> bool | None:
        """Whether another sequence has the same entries where all sizes are equal, so that more products fit.

        Args:
            other: the other sequence.

        Returns:
            None where that cannot be told.
        """
        sizes = {**dict.fromkeys(self.space.sizes(0), 3), **dict.fromkeys(self.whole, 3)}
        if isinstance(self.last_name, str) and self.last_name:
            sizes[self.last_name] = self.start + SPAN
        try:
            instance = Instance(self.space, 0, fields.modular(), sizes)
            pairs = list(zip(self._entries(self.terms, instance).values(), self._entries(other, instance).values(),
                             strict=True))  # fmt: skip
        except (RetryError, UnsupportedError, ShapeError, ZeroDivisionError):
            return None
        return all(one is other if one is None or other is None else _equal(one, other) for one, other in pairs)

    def too_long(self, other: Terms) -> bool:
        """Whether a plain list goes on past the last entry."""
        given = [rule for rule in other.rules if isinstance(rule.index, Number)]
        return other.listed and not other.open and bool(str(self.last_name)) and len(given) > self.last - self.start + 1

    def _witness(self, other: Terms, wrong: Sequence[int]) -> tuple[int, str, str] | None:
        for turn in range(6):
            try:
                instance = self._instance(turn, small=True)
                yours = Entry(other, instance, self.index, self.last).value(wrong[0])
                expected = Entry(self.terms, instance, self.index, self.last).value(wrong[0])
            except (RetryError, ZeroDivisionError, UnsupportedError, ShapeError):
                continue
            if yours is not None and expected is not None and not _equal(yours, expected):
                return wrong[0], value_text(sized(yours, expected)), value_text(sized(expected, yours))
        return None


def _equal(yours: Any, expected: Any) -> bool:
    yours, expected = sized(yours, expected), sized(expected, yours)
    return shape_of(yours) == shape_of(expected) and bool(yours == expected)
