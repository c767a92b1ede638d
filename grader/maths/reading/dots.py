"""Dots in sums and products: ``x_1 + x_2 + … + x_n`` as a sum over an index.

The last term is taken for the general one: it holds a symbol, or a number, that runs. What it runs from is worked out
from the terms before the dots, all of which it has to give, in steps of one constant. Where several readings fit, or
none, there is none: dots are never filled in by a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from grader.maths.deciding.rational import names_in, ring
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.subscripts import index_names, indices_of
from grader.maths.reading.tokens import Kind
from grader.maths.substitution import substituted
from grader.maths.tree import (
    Big,
    Binary,
    Call,
    Node,
    Number,
    Relation,
    Symbol,
    Unary,
    children,
    from_fraction,
    symbols_in,
    walk,
)
from grader.maths.values.fields import UnsupportedError

if TYPE_CHECKING:
    from grader.maths.reading.parser import Parser

MAX_DOTS = 8
"""How often there may be dots in one expression: each time they are worked out at some cost."""

_SUM, _PRODUCT = 10, 20
_INDICES = "k j i q p r t".split()
_STARTS = range(13)
_MOST_TERMS = 12
_MOST_TRIED = 40
_FOLLOWING = (Kind.NUM, Kind.NAME, Kind.OPEN, Kind.COMMAND)
_EXPECTED = "terms that leave no doubt how the dots go on; write the sum with Σ, the product with Π"


class Running(NamedTuple):
    """What runs in the last term.

    Args:
        name: of the symbol, "" where a number runs.
        value: that number.
        top: the symbol or number as a tree: where the index ends.
    """

    name: str
    value: int
    top: Node


def goes_on(parser: Parser) -> bool:
    """Whether the dots that are next stand in a product, as in ``1·2⋯n``: an operand follows them.

    Args:
        parser: where “…” is next.
    """
    following = parser.tokens[parser.at + 1] if parser.at + 1 < len(parser.tokens) else None
    return following is not None and (following.kind in _FOLLOWING or following.text == "*")


def continued(parser: Parser, left: Node) -> Node:
    """A sum or product with dots; what stands before them has been read.

    Args:
        parser: where the sign before the dots is next, or the dots themselves.
        left: the terms before.

    Raises:
        NotAnExpressionError: it breaks off, or the terms do not determine the general one.
    """
    parser.dots += 1
    if parser.dots > MAX_DOTS:
        raise parser.fail(f"dots at most {MAX_DOTS} times")
    at = parser.at
    sign = parser.tokens[at].text
    op = "+" if sign == "+" else "*"
    parser.at += 1 if sign == "…" else 2
    parser.take(op)
    if parser.peek() is None:
        raise parser.fail("the last term after the dots")
    last = parser.expression((_SUM if op == "+" else _PRODUCT) + 1)
    bare = sign == "…" and isinstance(left, Number)  # “1 … n” is a range rather than a product
    found = None if bare else folded(op, left, last, ordered=bool(parser.scope.matrices))
    if found is None:
        parser.at = at + (sign != "…")
        raise parser.fail(_EXPECTED)
    return found


def folded(op: str, left: Node, last: Node, *, ordered: bool = False) -> Node | None:
    """The tree of terms, dots and a last term; None where the terms do not determine it.

    Args:
        op: ``+`` or ``*``.
        left: the terms before the dots, joined by ``op``.
        last: the term after them.
        ordered: factors may not be swapped.
    """
    terms = _joined(op, left)
    for start in range(len(terms)):
        leading = terms[start:]
        if len(leading) > _MOST_TERMS or (start and (len(leading) < 2 or not all(map(symbols_in, leading)))):
            continue  # numbers before the pattern may belong to it: 1 + 2 + 4 + … + 64
        found = _ascending(op, leading, last)
        if found is None and not ordered:
            found = _descending(op, leading, last)
        if found is not None:
            for term in reversed(terms[:start]):
                found = Binary(op, term, found)
            return found
    return None


def _joined(op: str, node: Node) -> list[Node]:
    """The terms of a sum or the factors of a product, in order."""
    terms: list[Node] = []
    while isinstance(node, Binary) and node.op == op:
        terms.append(node.right)
        node = node.left
    return [node, *reversed(terms)]


def _ascending(op: str, leading: Sequence[Node], last: Node) -> Node | None:
    """The sum or product where the last term has the largest index."""
    found = {}
    for running in _candidates(last, leading):
        fit = _fit(running, leading, last)
        if fit is not None:
            start, step = fit
            if running.name and step != 1:
                continue
            if not running.name and ((running.value - start) % step or running.value < start + step * len(leading)):
                continue
            found[running] = fit
    if len(found) != 1:
        return None
    running, (start, step) = found.popitem()
    if _is_ambiguous(leading, last, running):
        return None
    index = _index([*leading, last])
    if step == 1:
        body = _put(last, running, Symbol(index))
        return Big(_BIG[op], body, index, from_fraction(Fraction(start)), running.top)
    scaled = Binary("*", from_fraction(Fraction(step)), Symbol(index))
    body = _put(last, running, Binary("+", from_fraction(Fraction(start)), scaled))
    count = Fraction((running.value - start) // step)
    return Big(_BIG[op], body, index, from_fraction(Fraction(0)), from_fraction(count))


def _descending(op: str, leading: Sequence[Node], last: Node) -> Node | None:
    """The sum or product where the first term has the largest index, as in ``n(n-1)⋯1``."""
    if len(leading) < 2:
        return None
    first = leading[0]
    found = []
    for running in _candidates(first, [last]):
        if not running.name:
            continue
        starts = [k for k in _numbers(last) if _put(first, running, from_fraction(Fraction(k))) == last]
        fresh = Running(_index([*leading, last]), 0, running.top)
        general = _put(first, running, Symbol(fresh.name))
        fits = all(
            _equal(term, _put(general, fresh, Binary("-", running.top, from_fraction(Fraction(place)))))
            for place, term in enumerate(leading[1:], 1)
        )
        if fits and len(starts) == 1:
            found.append((running, starts[0]))
    if len(found) != 1:
        return None
    running, start = found[0]
    index = _index([*leading, last])
    return Big(_BIG[op], _put(first, running, Symbol(index)), index, from_fraction(Fraction(start)), running.top)


_BIG = {"+": "Σ", "*": "Π"}


def _candidates(last: Node, leading: Sequence[Node]) -> Iterator[Running]:
    """What may run in the last term: symbols that the terms before do not have, or else whole numbers in it."""
    before: set[str] = set()
    for term in leading:
        before |= _letters(term)
    letters = sorted(_letters(last) - before - {"π", "e", "∞", "…"})
    for name in letters:
        yield Running(name, 0, Symbol(name))
    if not letters:
        for value in sorted({number for number in _numbers(last) if number > 1}):
            yield Running("", value, from_fraction(Fraction(value)))


def _letters(node: Node) -> set[str]:
    """Symbols without subscripts, and those in subscripts."""
    found: set[str] = set()
    for here in walk(node):
        if isinstance(here, Symbol):
            found |= index_names(here.sub) if here.sub else {here.name}
    return found


def _numbers(node: Node) -> set[int]:
    """Whole numbers in a tree and in its subscripts."""
    found = set()
    for here in walk(node):
        if isinstance(here, Number) and here.value.denominator == 1:
            found.add(int(here.value))
        elif isinstance(here, Symbol):
            found |= {int(part) for part in here.sub.split(",") if part.isdecimal() and len(part) < 6}
    return found


def _fit(running: Running, leading: Sequence[Node], last: Node) -> tuple[int, int] | None:
    """Where the index starts, and its step; None if the last term does not give those before, or in several ways."""
    if len(leading) == 1:  # one term shows the pattern only where it is the last one with a number for what runs
        starts = [k for k in _numbers(leading[0]) if _put(last, running, from_fraction(Fraction(k))) == leading[0]]
        return (starts[0], 1) if len(starts) == 1 else None
    near = {number + d for term in leading for number in _numbers(term) for d in (-1, 0, 1)}
    tried = sorted({*_STARTS} | {number for number in near if number >= 0})
    values = {k: _put(last, running, from_fraction(Fraction(k))) for k in tried[:_MOST_TRIED]}
    places = []
    for term in leading:
        fitting = [k for k, value in values.items() if _equal(value, term)]
        if len(fitting) != 1:
            return None
        places.append(fitting[0])
    step = places[1] - places[0]
    if step < 1 or any(later - earlier != step for earlier, later in pairwise(places)):
        return None
    return places[0], step


def _is_ambiguous(leading: Sequence[Node], last: Node, running: Running) -> bool:
    """Whether ``1 + 2 + … + 2^n`` may also go on with 3: two neighbouring numbers, and a last term of another kind."""
    if len(leading) != 2 or not all(isinstance(term, Number) for term in leading):
        return False
    first, second = (term.value for term in leading if isinstance(term, Number))
    if second - first != 1:
        return False
    here = [_put(last, running, from_fraction(Fraction(k))) for k in (5, 6, 7)]
    middle = Binary("-", Binary("*", from_fraction(Fraction(2)), here[1]), here[0])
    return not _equal(middle, here[2])


def _index(terms: Sequence[Node]) -> str:
    taken = set().union(*(_letters(term) | symbols_in(term) for term in terms))
    return next(letter for letter in (*_INDICES, "ι") if letter not in taken)


def _put(node: Node, running: Running, value: Node) -> Node:
    """A tree with another tree in the place of what runs, in subscripts too."""
    if running.name:
        node = _subscripts(node, running, value)
        return substituted(node, {running.name: value})
    return _numbered(node, running, value)


def _subscripts(node: Node, running: Running, value: Node) -> Node:
    changed = {
        here.full: Symbol(here.name, _sub(here.sub, running, value))
        for here in walk(node)
        if isinstance(here, Symbol) and here.sub and running.name in index_names(here.sub)
    }
    return _swapped(node, changed)


def _swapped(node: Node, changed: dict[str, Symbol]) -> Node:
    return substituted(node, changed) if changed and not changed.keys() & {s.full for s in changed.values()} else node


def _sub(sub: str, running: Running, value: Node) -> str:
    """A subscript with a number or an index in the place of the symbol that runs."""
    if isinstance(value, Symbol):
        return "".join(value.name if token.text == running.name else token.text for token in tokenize(sub))
    number = _whole(value)
    if number is None:
        inner = _spelled(value)
        return "".join(inner if token.text == running.name else token.text for token in tokenize(sub)) if inner else sub
    whole = {running.name: Fraction(number)}
    found = indices_of(sub, lambda part: _value(part, whole), whole)
    return ",".join(map(str, found)) if found is not None else sub


def _spelled(value: Node) -> str:
    """``n-1`` and ``1+2k`` as the lexer spells them in a subscript."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, Symbol):
        return value.full
    if isinstance(value, Binary) and value.op in "+-*":
        return _spelled(value.left) + ("" if value.op == "*" else value.op) + _spelled(value.right)
    return ""


def _whole(value: Node) -> int | None:
    if isinstance(value, Unary) and value.op == "-" and isinstance(value.operand, Number):
        return -int(value.operand.value)
    return int(value.value) if isinstance(value, Number) else None


def _value(node: Node, whole: dict[str, Fraction]) -> Fraction | None:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Symbol):
        return whole.get(node.full)
    if isinstance(node, Binary) and node.op in "+-*":
        left, right = _value(node.left, whole), _value(node.right, whole)
        if left is None or right is None:
            return None
        return left + right if node.op == "+" else left - right if node.op == "-" else left * right
    return None


def _numbered(node: Node, running: Running, value: Node) -> Node:
    """A tree with another one in the place of a number, wherever it stands."""
    if isinstance(node, Number):
        return value if node.value == running.value else node
    if isinstance(node, Symbol):
        if node.sub != str(running.value):
            return node
        number = _whole(value)
        return Symbol(node.name, str(number) if number is not None else _spelled(value))
    if isinstance(node, Unary):
        return Unary(node.op, _numbered(node.operand, running, value))
    if isinstance(node, Binary):
        return Binary(node.op, _numbered(node.left, running, value), _numbered(node.right, running, value))
    if isinstance(node, Call):
        base = None if node.base is None else _numbered(node.base, running, value)
        return Call(node.function, tuple(_numbered(inner, running, value) for inner in node.arguments), base)
    return node


def _equal(one: Node, other: Node) -> bool:
    """Whether two terms are the same, as trees or as rational functions."""
    if one == other:
        return True
    if any(isinstance(here, Big | Relation) for here in (*children(one), *children(other))):
        return False
    try:
        over = ring(names_in((one, other)))
        return bool(over.read(Binary("-", one, other)).top.is_zero())
    except UnsupportedError:
        return False
