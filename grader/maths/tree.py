"""Expression trees: what a written formula says, before anything is decided about it.

One tree for ASCII, Unicode and LaTeX. Products keep their order, so that matrices do; nothing is simplified.
Nodes are named tuples, since a tree is made for every answer and they are the quickest records to make; no two
kinds of node can have equal fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple


class Number(NamedTuple):
    """A literal. ``text`` is as written (``0.50``, ``1½``); ``value`` is exact."""

    value: Fraction
    text: str


class Symbol(NamedTuple):
    """A variable or a named constant.

    Args:
        name: its letter with what decorates it: ``m′``, ``x̂``, ``x⁽¹⁾``; or a word.
        sub: its subscript in one spelling (``0``, ``i+1``, ``ij``), "" if none.
    """

    name: str
    sub: str = ""

    @property
    def full(self) -> str:
        """The name with its subscript: ``x_1`` is another symbol than ``x``."""
        return f"{self.name}_{self.sub}" if self.sub else self.name


class Unary(NamedTuple):
    """``op`` is ``-`` before its operand; ``%``, ``!``, ``°`` or ``ᵀ`` (transposed) after it."""

    op: str
    operand: Node


class Binary(NamedTuple):
    """``op`` is one of ``+ - * / ^``, ``±``, ``∘`` (entry by entry) and ``⊗``."""

    op: str
    left: Node
    right: Node


class Call(NamedTuple):
    """A function applied to its arguments.

    Args:
        function: its one name: ``sqrt``, ``log`` (natural without a base), ``abs``, ``norm``, ``diag`` …
        arguments: at least one.
        base: of a logarithm; the degree of a root; which norm.
    """

    function: str
    arguments: tuple[Node, ...]
    base: Node | None = None

    @property
    def argument(self) -> Node:
        """The first argument."""
        return self.arguments[0]


class Big(NamedTuple):
    """A sum, product, maximum or minimum over an index.

    Args:
        op: ``Σ``, ``Π``, ``max`` or ``min``.
        body: what is added or multiplied.
        over: the index, a bound symbol; "" where none is written.
        low, high: bounds of the index, both included; None where they are not written.
    """

    op: str
    body: Node
    over: str
    low: Node | None = None
    high: Node | None = None


class Matrix(NamedTuple):
    """A matrix written out; a column vector has rows of one entry."""

    rows: tuple[tuple[Node, ...], ...]


class Listing(NamedTuple):
    """Items between brackets: ``(`` a tuple, ``[`` a list, ``{`` a set, "" bare with commas; ``…`` may be an item."""

    bracket: str
    items: tuple[Node, ...]


class Relation(NamedTuple):
    """A chain of relations: ``items[0] signs[0] items[1] …``; signs are ``= ≠ < ≤ > ≥ ∈ ∉ ≈``."""

    items: tuple[Node, ...]
    signs: tuple[str, ...]


class Cases(NamedTuple):
    """A definition by cases: a condition for each value, None for “otherwise”."""

    values: tuple[Node, ...]
    conditions: tuple[Node | None, ...]


Node = Number | Symbol | Unary | Binary | Call | Big | Matrix | Listing | Relation | Cases


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node that are nodes, in the order in which they are written."""
    return _CHILDREN[type(node)](node)


def _none(node: Node) -> tuple[Node, ...]:
    return ()


_CHILDREN: dict[type, Callable[[Any], tuple[Node, ...]]] = {
    Number: _none,
    Symbol: _none,
    Unary: lambda node: (node.operand,),
    Binary: lambda node: (node.left, node.right),
    Call: lambda node: node.arguments if node.base is None else (*node.arguments, node.base),
    Big: lambda node: tuple(part for part in (node.low, node.high, node.body) if part is not None),
    Matrix: lambda node: tuple(entry for row in node.rows for entry in row),
    Listing: lambda node: node.items,
    Relation: lambda node: node.items,
    Cases: lambda node: (*node.values, *(condition for condition in node.conditions if condition is not None)),
}


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        below = _CHILDREN[type(here)](here)
        if below:
            stack.extend(reversed(below))


def symbols_in(node: Node) -> set[str]:
    """Names, with subscripts, of all symbols in a tree."""
    return {here.full for here in walk(node) if isinstance(here, Symbol)}


def from_fraction(value: Fraction) -> Node:
    """The tree of a rational number: a literal where it is a short decimal, a quotient elsewhere.

    Args:
        value: any rational; a sign is set before the whole.
    """
    if value < 0:
        return Unary("-", from_fraction(-value))
    if (text := short_decimal(value)) is not None:
        return Number(value, text)
    top, bottom = Fraction(value.numerator), Fraction(value.denominator)
    return Binary("/", Number(top, str(top)), Number(bottom, str(bottom)))


def short_decimal(value: Fraction, places: int = 9) -> str | None:
    """A rational written out exactly as a decimal, or None where that takes more than ``places``.

    Args:
        value: any rational.
        places: most digits after the point.
    """
    for count in range(places + 1):
        scaled = value * 10**count
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(count + 1, "0")
            sign = "-" if value < 0 else ""
            return sign + (digits if count == 0 else f"{digits[:-count]}.{digits[-count:]}")
    return None
