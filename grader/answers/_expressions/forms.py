"""Forms of expressions: factored, expanded, simplified, a single fraction, exact.

Each check says what is lacking only where that is beyond doubt. Functions, roots and powers with other than whole
exponents count as letters, so that what surrounds them is a rational function and can be factored and cancelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from grader.maths.deciding.rational import Reading, factors, names_in, ring
from grader.maths.rendering.render import render
from grader.maths.tree import Binary, Call, Node, Number, Symbol, Unary, children, symbols_in, walk
from grader.maths.values.fields import UnsupportedError


def missing(node: Node, form: str) -> str:
    """What an expression lacks of the form that is asked, as the end of a sentence; "" if nothing.

    Args:
        node: the expression.
        form: the name of the form.
    """
    return _CHECKS[form](node) if form in _CHECKS else ""


# ------------------------------------------------------------ factored


def _factored(node: Node) -> str:
    for factor in _bases(node):
        if not _is_sum(factor):
            continue
        reading = _read(factor)
        if reading is None or reading.top.is_zero():
            continue
        try:
            found = factors(reading.top).powers
        except UnsupportedError:
            continue
        if sum(count for _, count in found) > 1:
            alone = factor is _bare(node)
            shown = render(factor).unicode
            return (
                "it was to be factored, but is a sum."
                if alone
                else f"it was to be factored, and {shown} can be factored further."
            )
    if _is_sum(_bare(node)) and (reading := _read(node)) is not None:
        if not reading.bottom.is_constant():
            return "it was to be factored, but is a sum of fractions."
        if _content(reading.top) > 1:
            return "it was to be factored, but a number can be taken out of the sum."
    return ""


def _bases(node: Node) -> Iterator[Node]:
    """The factors of a product or quotient, without their whole exponents."""
    node = _bare(node)
    if isinstance(node, Binary) and node.op in "*/":
        yield from _bases(node.left)
        yield from _bases(node.right)
    elif isinstance(node, Binary) and node.op == "^" and _is_whole(node.right):
        yield from _bases(node.left)
    else:
        yield node


# ------------------------------------------------------------ expanded


def _expanded(node: Node) -> str:
    for here in _outside(node):
        if isinstance(here, Unary) and here.op == "-" and _is_sum(_bare(here)):
            return "it was to be expanded, but a sum in brackets still has a minus sign."
        if not isinstance(here, Binary):
            continue
        if here.op in "+-" and _is_sum(_bare(here.right)) and here.op == "-":
            return "it was to be expanded, but a sum in brackets still has a minus sign."
        if here.op == "*" and (_multiplies(here.left, here.right) or _multiplies(here.right, here.left)):
            return "it was to be expanded, but a sum is still multiplied."
        whole = isinstance(here.right, Number) and here.right.value.denominator == 1 and here.right.value >= 2
        if here.op == "^" and whole and _is_sum(_bare(here.left)):
            return "it was to be expanded, but a sum is still raised to a power."
    return ""


def _multiplies(part: Node, other: Node) -> bool:
    """Whether a factor is a sum to be multiplied out: sums of numbers, such as 1 + √2, are coefficients of letters."""
    part = _bare(part)
    return _is_sum(part) and bool(symbols_in(part) - {"π", "e"} or not symbols_in(other) - {"π", "e"})


# ------------------------------------------------------------ a single fraction


def _single_fraction(node: Node) -> str:
    node = _bare(node)
    if _is_sum(node) and any(_divides(here) for here in _outside(node)):
        return "it was to be a single fraction, but is a sum of several."
    fractions = [here for here in _outside(node) if isinstance(here, Binary) and here.op == "/"]
    for fraction in fractions:
        if any(_divides(here) for part in children(fraction) for here in _outside(part)):
            return "it was to be a single fraction, but holds fractions inside."
    for factor in _bases(node):
        if _is_sum(factor) and any(_divides(here) for here in _outside(factor)):
            return "it was to be a single fraction, but holds fractions inside."
    return ""


def _divides(node: Node) -> bool:
    """Whether a node is a quotient, or a power with a negative exponent."""
    if not isinstance(node, Binary):
        return False
    return node.op == "/" or (node.op == "^" and isinstance(node.right, Unary) and node.right.op == "-")


# ------------------------------------------------------------ exact


def _exact(node: Node) -> str:
    if any(isinstance(here, Number) and "." in here.text for here in walk(node)):
        return "it was to be exact, but holds a decimal."
    return ""


# ------------------------------------------------------------ simplified


def _simplified(node: Node) -> str:
    for here in walk(node):
        if isinstance(here, Binary) and (found := _unfinished(here)):
            return f"it was to be simplified, but {found}."
        if isinstance(here, Unary) and here.op == "-" and isinstance(here.operand, Unary) and here.operand.op == "-":
            return "it was to be simplified, but a double sign is left."
        if isinstance(here, Call) and here.function == "sqrt" and here.base is None and _has_square(here.argument):
            return "it was to be simplified, but the root can be taken in part."
    for total in _sums(node):
        if _has_like_terms(total):
            return "it was to be simplified, but like terms are left."
    return ""


def _unfinished(node: Binary) -> str:
    """What is left to do at an operation: numbers to work out, a fraction to reduce, a power or factor of 0 or 1."""
    left, right = node.left, node.right
    if node.op in "+-*" and isinstance(left, Number) and isinstance(right, Number):
        return "numbers are still to be worked out"
    if node.op == "*" and sum(isinstance(factor, Number) for factor in _factors(node)) > 1:
        return "numbers are still to be multiplied"
    if node.op == "/":
        if any(isinstance(here, Binary) and here.op == "/" for part in (left, right) for here in _outside(part)):
            return "a fraction stands inside a fraction"
        if isinstance(right, Number) and right.value == 1:
            return "a division by 1 is left"
        if _cancels(left, right):
            return "the fraction can be reduced"
    if node.op == "^" and isinstance(right, Number) and right.value in (0, 1):
        return "a power of 0 or 1 is left"
    if node.op == "*" and any(isinstance(side, Number) and side.value in (0, 1) for side in (left, right)):
        return "a factor of 0 or 1 is left"
    if node.op in "+-" and any(isinstance(side, Number) and side.value == 0 for side in (left, right)):
        return "a term 0 is left"
    return ""


def _cancels(top: Node, bottom: Node) -> bool:
    """Whether a fraction as written can be reduced: by a common factor, or by a number where all are whole."""
    joined, atoms = names_in((top, bottom)), _Atoms()
    above, below = _read(top, joined, atoms), _read(bottom, joined, atoms)
    if above is None or below is None:
        return False
    both = (above.top, below.top)
    if any(polynomial.is_zero() for polynomial in both) or not (above.bottom.is_one() and below.bottom.is_one()):
        return False
    if not both[0].gcd(both[1]).is_constant():
        return True
    return gcd(*(abs(_content(polynomial)) for polynomial in both)) > 1


def _content(polynomial: Any) -> int:
    """The number that can be taken out of a polynomial with whole coefficients; 1 where they are not whole."""
    coefficients = [Fraction(int(c.p), int(c.q)) for c in polynomial.coeffs()]
    if not coefficients or lcm(*(c.denominator for c in coefficients)) != 1:
        return 1
    return gcd(*(c.numerator for c in coefficients))


def _sums(node: Node) -> Iterator[Node]:
    """The sums in a tree, each once with all of its terms."""
    inner: set[int] = set()
    for here in walk(node):
        if _is_sum(here):
            inner.update(id(child) for child in children(here) if _is_sum(child))
            if id(here) not in inner:
                yield here


def _has_like_terms(total: Node) -> bool:
    terms = _terms(total)
    if len(terms) == 2 and isinstance(terms[0], Number) and not symbols_in(total):
        return False  # a mixed number
    names, atoms = names_in((total,)), _Atoms()
    seen = set()
    for term in terms:
        reading = _read(term, names, atoms)
        if reading is None or len(reading.top) != 1:
            continue  # a product of sums is no like term
        key = (tuple(int(power) for power in reading.top.monoms()[0]), str(reading.bottom))
        if key in seen:
            return True
        seen.add(key)
    return False


def _has_square(node: Node) -> bool:
    if not isinstance(node, Number) or node.value.denominator != 1 or node.value > 10**9:
        return False
    value, root = node.value.numerator, 2
    while root * root <= value:
        if value % (root * root) == 0:
            return True
        root += 1
    return False


# ------------------------------------------------------------ trees


class _Atoms:
    """Letters for what is no rational function: the same one for the same tree."""

    MOST = 8

    def __init__(self) -> None:
        self._known: dict[Node, Symbol] = {}

    def plain(self, node: Node) -> Node:
        """A tree with letters in the place of functions, roots and powers with other than whole exponents."""
        if isinstance(node, Number | Symbol):
            return node
        if isinstance(node, Unary) and node.op == "-":
            return Unary("-", self.plain(node.operand))
        if isinstance(node, Binary) and node.op in "+-*/":
            return Binary(node.op, self.plain(node.left), self.plain(node.right))
        if isinstance(node, Binary) and node.op == "^" and _is_whole(node.right):
            return Binary("^", self.plain(node.left), node.right)
        if node not in self._known and len(self._known) == self.MOST:
            raise UnsupportedError("too many functions")
        return self._known.setdefault(node, Symbol(f"#{len(self._known)}"))

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """All letters that there may be."""
        return tuple(f"#{place}" for place in range(cls.MOST))


def _read(node: Node, names: tuple[str, ...] = (), atoms: _Atoms | None = None) -> Reading | None:
    """A tree as a rational function of its letters, None where it is none.

    Args:
        node: the tree.
        names: of the ring, for several trees to share it.
        atoms: letters for functions, shared likewise.
    """
    try:
        plain = (atoms or _Atoms()).plain(node)
        return ring((*(names or names_in((node,))), *_Atoms.names())).read(plain)
    except UnsupportedError:
        return None


def _outside(node: Node) -> Iterator[Node]:
    """The node and what is below it, but for exponents and the arguments of functions."""
    yield node
    if isinstance(node, Call):
        return
    if isinstance(node, Binary) and node.op == "^":
        yield from _outside(node.left)
        return
    for child in children(node):
        yield from _outside(child)


def _factors(node: Node) -> list[Node]:
    if isinstance(node, Binary) and node.op == "*":
        return _factors(node.left) + _factors(node.right)
    return [node]


def _terms(node: Node) -> list[Node]:
    if isinstance(node, Binary) and node.op in "+-":
        return _terms(node.left) + _terms(node.right)
    if isinstance(node, Unary) and node.op == "-":
        return _terms(node.operand)
    return [node]


def _bare(node: Node) -> Node:
    while isinstance(node, Unary) and node.op == "-":
        node = node.operand
    return node


def _is_sum(node: Node) -> bool:
    return isinstance(node, Binary) and node.op in "+-"


def _is_whole(node: Node) -> bool:
    return isinstance(_bare(node), Number) and getattr(_bare(node), "value", Fraction(1, 2)).denominator == 1


_CHECKS = {
    "factored": _factored, "expanded": _expanded, "single_fraction": _single_fraction, "exact": _exact,
    "simplified": _simplified,
}  # fmt: skip
