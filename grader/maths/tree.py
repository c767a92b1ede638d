"""Expression trees: what a written formula says, before anything is decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Number:
    """A literal. ``text`` is as written (``0.50``, ``1½``); ``value`` is exact."""

    value: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A variable or a named constant, with its subscript ("" if none)."""

    name: str
    sub: str = ""

    @property
    def full(self) -> str:
        """The name with its subscript: ``x_1`` is another symbol than ``x``."""
        return f"{self.name}_{self.sub}" if self.sub else self.name


@dataclass(frozen=True, slots=True)
class Unary:
    """``op`` is ``-`` before its operand, ``%`` or ``!`` after it."""

    op: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """``op`` is one of ``+ - * / ^``."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied to its argument; ``base`` is that of a logarithm or the degree of a root."""

    function: str
    argument: Node
    base: Node | None = None


Node = Number | Symbol | Unary | Binary | Call


def symbols_in(node: Node) -> set[str]:
    """Names, with subscripts, of all symbols in a tree."""
    if isinstance(node, Symbol):
        return {node.full}
    if isinstance(node, Unary):
        return symbols_in(node.operand)
    if isinstance(node, Binary):
        return symbols_in(node.left) | symbols_in(node.right)
    if isinstance(node, Call):
        return symbols_in(node.argument) | (symbols_in(node.base) if node.base else set())
    return set()


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
