"""A shape as a value: sizes of axes, compared as formulas; a vector and a column are the same unless told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.maths.deciding.equality import Scalar
from grader.maths.numbers.balls import UndefinedError
from grader.maths.numbers.exact import evaluate
from grader.maths.rendering.render import join, render, words
from grader.maths.tree import Node, Number, symbols_in
from grader.maths.values.domain import Domain
from grader.records import Rendered

ONE = Number(Fraction(1), "1")
_TURNS = 24
_FEW = 9


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape.

    Args:
        sizes: of the axes, in order; none for a scalar.
        other: sizes in another usual reading: ``m·n`` may be one axis or two, R one number or R. None if there is none.
    """

    sizes: tuple[Node, ...]
    other: tuple[Node, ...] | None = None


@dataclass(frozen=True, slots=True)
class Truth(Shape):
    """The right shape.

    Args:
        sizes: of the axes.
        other: as in :class:`Shape`.
        others: other layouts that are right too.
    """

    others: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How two shapes compare.

    Args:
        equal: None where it could not be settled.
        reason: ``row``, ``order``, ``axes`` or ``sizes`` where they differ.
        at: values of the symbols at which they differ.
        yours, expected: the shapes at these values.
        why: why it could not be settled.
    """

    equal: bool | None
    reason: str = ""
    at: tuple[tuple[str, str], ...] = ()
    yours: str = ""
    expected: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known where shapes are compared.

    Args:
        names: of the declared sizes.
        domain: what is known of them.
        free: a vector of d numbers is the same as d × 1.
    """

    names: tuple[str, ...] = ()
    domain: Domain = field(default_factory=Domain)
    free: bool = True

    def plain(self, sizes: Sequence[Node]) -> tuple[Node, ...]:
        """Sizes without the 1 of a column, where columns are vectors."""
        kept = tuple(sizes)
        if self.free and len(kept) == 2 and is_one(kept[1]):
            kept = kept[:1]
        return () if self.free and len(kept) == 1 and is_one(kept[0]) else kept

    def counts(self, sizes: Sequence[int]) -> tuple[int, ...]:
        """The same for whole numbers, whose sizes of 1 are sizes like others but for the layout.

        Args:
            sizes: of the axes.
        """
        kept = tuple(sizes)
        if self.free and len(kept) == 2 and kept[1] == 1:
            kept = kept[:1]
        return () if self.free and kept == (1,) else kept


def is_one(node: Node) -> bool:
    """Whether a size is written as 1."""
    return isinstance(node, Number) and node.value == 1


def compared(one: Shape, other: Shape, setting: Setting) -> Outcome:
    """Whether two shapes are the same, and how they differ.

    Args:
        one: the answer.
        other: the truth.
        setting: what is known of the sizes.
    """
    if one.other is not None:
        readings = [compared(Shape(sizes), other, setting) for sizes in (one.sizes, one.other)]
        if readings[0].equal != readings[1].equal:
            return Outcome(None, why="it can be read in two ways, as one size or as two, as a number or as a vector")
        return readings[0]
    yours, theirs = setting.plain(one.sizes), setting.plain(other.sizes)
    if yours == theirs:
        return Outcome(True)
    if len(yours) != len(theirs):
        row = len(yours) == 2 and len(theirs) == 1 and is_one(yours[0]) and _equal(yours[1], theirs[0], setting)
        return _different("row" if row else "axes", one, other, setting)
    found = [_equal(a, b, setting) for a, b in zip(yours, theirs, strict=True)]
    if all(found):
        return Outcome(True)
    if None in found and False not in found:
        return Outcome(None, why="whether two sizes are equal could not be settled")
    return _different("order" if _is_reordered(yours, theirs, setting) else "sizes", one, other, setting)


def _equal(one: Node, other: Node, setting: Setting) -> bool | None:
    if one == other:
        return True
    return Scalar(other, setting.domain, setting.names).compare(one).equal


def _is_reordered(yours: Sequence[Node], theirs: Sequence[Node], setting: Setting) -> bool:
    rest = list(theirs)
    for size in yours:
        match = next((at for at, other in enumerate(rest) if _equal(size, other, setting)), -1)
        if match < 0:
            return False
        del rest[match]
    return not rest


def _different(reason: str, one: Shape, other: Shape, setting: Setting) -> Outcome:
    """The outcome, with sizes at which the difference can be seen."""
    symbols = set().union(*(symbols_in(size) for size in (*one.sizes, *other.sizes)), set())
    for values in drawn((*setting.names, *sorted(symbols - set(setting.names))), setting.domain):
        yours, theirs = at_values(one, values), at_values(other, values)
        if yours is not None and theirs is not None and setting.counts(yours) != setting.counts(theirs):
            at = tuple((name, str(values[name])) for name in values if name in symbols)
            return Outcome(False, reason, at, told(yours), told(theirs))
    return Outcome(False, reason, (), shown(one).unicode, shown(other).unicode)


def drawn(names: Sequence[str], domain: Domain) -> list[dict[str, int]]:
    """Small sizes that satisfy what is known, those with all sizes different first.

    Args:
        names: of the sizes.
        domain: what is known of them.
    """
    found: list[dict[str, int]] = []
    for turn in range(_TURNS):
        values = domain.draw(names, names, turn, positive=True)
        if all(value.denominator == 1 and value > 0 for value in values.values()):
            sizes = {name: int(value) for name, value in values.items()}
            if sizes not in found:
                found.append(sizes)
    return sorted(found, key=lambda sizes: max(Counter(sizes.values()).values(), default=1) + (1 in sizes.values()))[
        :_FEW
    ]


def at_values(shape: Shape, values: Mapping[str, int]) -> tuple[int, ...] | None:
    """A shape in whole numbers; None where a size is none there.

    Args:
        shape: the shape.
        values: of its symbols.
    """
    exact = {name: Fraction(value) for name, value in values.items()}
    sizes = []
    for size in shape.sizes:
        try:
            value = evaluate(size, exact).fraction
        except UndefinedError:
            return None
        if value is None or value.denominator != 1 or value < 0:
            return None
        sizes.append(int(value))
    return tuple(sizes)


def told(sizes: Sequence[int]) -> str:
    """A shape in whole numbers, in words: ``2 × 3``, ``vector of length 4``, ``scalar``.

    Args:
        sizes: of the axes.
    """
    return shown(Shape(tuple(Number(Fraction(size), str(size)) for size in sizes))).unicode


def shown(shape: Shape) -> Rendered:
    """A shape as it is written.

    Args:
        shape: the shape.
    """
    if not shape.sizes:
        return words("scalar")
    sizes = [_size(size) for size in shape.sizes]
    if len(sizes) == 1:
        return join([words("vector of length "), sizes[0]], "", "", "")
    by = Rendered(" × ", " \\times ", "<mo>×</mo>")
    return Rendered(
        by.unicode.join(size.unicode for size in sizes),
        by.latex.join(size.latex for size in sizes),
        join(sizes, "", "", "×").mathml,
    )


def _size(size: Node) -> Rendered:
    """One size, in brackets where it is a sum, a quotient or a product with a sign."""
    plain = render(size)
    if any(sign in plain.unicode for sign in "+-−/·× ") and not plain.unicode.startswith(("⌊", "⌈")):
        return join([plain], "(", ")")
    return plain
