"""Formulas with one slip in them: a sign, a digit, an exponent, a transposition, the order of factors.

Every slip changes one node of the tree. Whether the result says something else is for the caller to find out: in a
product of numbers the order of factors does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from fractions import Fraction
from itertools import zip_longest
from typing import Any, NamedTuple, TypeVar

from grader.maths.rendering import unicode
from grader.maths.rendering.levels import MINUS_ONE
from grader.maths.tree import (
    Big,
    Binary,
    Call,
    Cases,
    Listing,
    Matrix,
    Node,
    Number,
    Relation,
    Symbol,
    Unary,
    children,
    short_decimal,
)

T = TypeVar("T")

MOST_SHOWN = 24
"""Characters of a piece of a formula in the name of a slip."""

_ONE = Number(Fraction(1), "1")
_STRICT = {"<": "≤", "≤": "<", ">": "≥", "≥": ">"}
_DROPPED = frozenset("log sqrt abs exp tr det inv transpose tanh sigmoid norm".split())


class Slip(NamedTuple):
    """A formula with a slip.

    Args:
        name: what slipped, in a few words: ``transpose A``, ``sign of b``, ``drop log(n)``.
        node: the formula.
    """

    name: str
    node: Node


def slips(node: Node, matrices: Set[str] = frozenset()) -> Iterator[Slip]:
    """A formula with one slip each, no two the same.

    Args:
        node: the formula.
        matrices: full names of the symbols that stand for matrices, which can be transposed and do not commute.
    """
    seen = {node}
    for slip in (*_negated(node), *_everywhere(node, matrices)):
        if slip.node not in seen:
            seen.add(slip.node)
            yield slip


def spread(found: list[T], kind: Callable[[T], str], most: int) -> list[T]:
    """Some of many, of each kind about as many.

    Args:
        found: all of them.
        kind: of one.
        most: how many are kept.
    """
    if len(found) <= most:
        return found
    groups: dict[str, list[T]] = {}
    for one in found:
        groups.setdefault(kind(one), []).append(one)
    turns = (one for turn in zip_longest(*groups.values()) for one in turn if one is not None)
    return [one for _, one in zip(range(most), turns, strict=False)]


def _negated(node: Node) -> Iterator[Slip]:
    """The other sign, of a formula or of an entry, which has none written before it."""
    if isinstance(node, Listing | Matrix):
        for place, entry in enumerate(children(node)):
            for name, changed in _negated(entry):
                yield Slip(name, with_child(node, place, changed))
    elif not isinstance(node, Relation | Cases) and not (isinstance(node, Unary) and node.op == "-"):
        yield Slip(f"sign of {_told(node)}", Unary("-", node))


def _everywhere(node: Node, matrices: Set[str]) -> Iterator[Slip]:
    yield from _here(node, matrices)
    for place, child in enumerate(children(node)):
        for name, changed in _everywhere(child, matrices):
            yield Slip(name, with_child(node, place, changed))


def with_child(node: Node, place: int, new: Node) -> Node:
    """A node with one of its parts replaced.

    Args:
        node: the node.
        place: index in :func:`grader.maths.tree.children`.
        new: the part.
    """
    parts = list(children(node))
    parts[place] = new
    if isinstance(node, Unary):
        return node._replace(operand=new)
    if isinstance(node, Binary):
        return node._replace(left=parts[0], right=parts[1])
    if isinstance(node, Call):
        count = len(node.arguments)
        return node._replace(arguments=tuple(parts[:count]), base=parts[count] if len(parts) > count else None)
    if isinstance(node, Big):
        rest = iter(parts)
        low = next(rest) if node.low is not None else None
        high = next(rest) if node.high is not None else None
        return node._replace(low=low, high=high, body=next(rest))
    if isinstance(node, Matrix):
        width = len(node.rows[0])
        return Matrix(tuple(tuple(parts[i : i + width]) for i in range(0, len(parts), width)))
    if isinstance(node, Listing | Relation):
        return node._replace(items=tuple(parts))
    if isinstance(node, Cases):
        values, conditions = parts[: len(node.values)], iter(parts[len(node.values) :])
        return Cases(tuple(values), tuple(None if old is None else next(conditions) for old in node.conditions))
    return node


# ---------------------------------------------------------------- slips in one node


def _here(node: Node, matrices: Set[str]) -> Iterator[Slip]:
    rule = _RULES.get(type(node))
    return rule(node, matrices) if rule is not None else iter(())


def _told(node: Node) -> str:
    text = unicode.text_of(node)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def number(value: Fraction) -> Number:
    """The literal of a number that is a short decimal.

    Args:
        value: not negative.
    """
    return Number(value, short_decimal(value, 15) or str(value))


def _number(node: Number, matrices: Set[str]) -> Iterator[Slip]:
    text = short_decimal(node.value, 15)
    if text is None or node.value < 0:
        return
    name = f"digit of {node.text}"
    places = len(text.partition(".")[2])
    yield Slip(name, number(node.value + Fraction(1, 10**places)))
    first = next((place for place, c in enumerate(text) if c in "123456789"), None)
    if first is not None and sum(c.isdecimal() for c in text[first:]) > 1:
        digit = "1" if text[first] == "9" else str(int(text[first]) + 1)
        changed = text[:first] + digit + text[first + 1 :]
        yield Slip(name, Number(Fraction(changed), changed))


def _symbol(node: Symbol, matrices: Set[str]) -> Iterator[Slip]:
    if node.full in matrices:
        yield Slip(f"transpose {_told(node)}", Unary("ᵀ", node))
    if node.sub.isdecimal():
        yield Slip(f"index of {_told(node)}", node._replace(sub=str(int(node.sub) + 1)))


def _unary(node: Unary, matrices: Set[str]) -> Iterator[Slip]:
    if node.op == "-":
        yield Slip(f"sign of {_told(node.operand)}", node.operand)
    elif node.op == "ᵀ":
        yield Slip(f"transpose {_told(node.operand)}", node.operand)


def _binary(node: Binary, matrices: Set[str]) -> Iterator[Slip]:
    left, right, op = node.left, node.right, node.op
    if op in "+-":
        yield Slip(f"sign of {_told(right)}", Binary("-" if op == "+" else "+", left, right))
        yield Slip(f"drop {_told(right)}", left)
        yield Slip(f"drop {_told(left)}", right if op == "+" else Unary("-", right))
    elif op == "*":
        yield Slip(f"drop {_told(right)}", left)
        yield Slip(f"drop {_told(left)}", right)
        if isinstance(left, Binary) and left.op == "*":
            exchanged = Binary("*", Binary("*", left.left, right), left.right)
            yield Slip(f"exchange {_told(left.right)} and {_told(right)}", exchanged)
        else:
            yield Slip(f"exchange {_told(left)} and {_told(right)}", Binary("*", right, left))
    elif op == "/":
        yield Slip(f"upside down {_told(node)}", Binary("/", right, left))
        yield Slip(f"drop {_told(right)}", left)
    elif op == "^":
        yield from _power(node)


def _power(node: Binary) -> Iterator[Slip]:
    base, power = node.left, node.right
    if power == MINUS_ONE:
        yield Slip(f"inverse of {_told(base)}", base)
        return
    name = f"exponent of {_told(node)}"
    if isinstance(power, Number):
        if power.value > 1:
            below = number(power.value - 1)
            yield Slip(name, base if below.value == 1 else Binary("^", base, below))
        return  # one more is a digit
    yield Slip(name, Binary("^", base, _one_more(power, "+")))
    yield Slip(name, Binary("^", base, _one_more(power, "-")))


def _one_more(node: Node, sign: str) -> Node:
    """A number more, or less, by one, written as people write it: ℓ for ℓ − 1 and one more."""
    other = "-" if sign == "+" else "+"
    if isinstance(node, Binary) and node.op in "+-" and isinstance(node.right, Number):
        value = node.right.value + (1 if node.op == sign else -1)
        return node.left if value == 0 else Binary(node.op if value > 0 else other, node.left, number(abs(value)))
    return Binary(sign, node, _ONE)


def _call(node: Call, matrices: Set[str]) -> Iterator[Slip]:
    if node.function in _DROPPED and len(node.arguments) == 1:
        yield Slip(f"drop {node.function} of {_told(node.argument)}", node.argument)
    if node.function == "log" and isinstance(node.base, Number):
        yield Slip(f"drop base of {_told(node)}", node._replace(base=None))


def _matrix(node: Matrix, matrices: Set[str]) -> Iterator[Slip]:
    rows = node.rows
    if len(rows) > 1 and len(rows[0]) > 1:
        columns = tuple(tuple(row[j] for row in rows) for j in range(len(rows[0])))
        yield Slip("transpose the matrix", Matrix(columns))
    flat = children(node)
    for place in range(len(flat) - 1):
        exchanged = [*flat[:place], flat[place + 1], flat[place], *flat[place + 2 :]]
        width = len(rows[0])
        made = Matrix(tuple(tuple(exchanged[i : i + width]) for i in range(0, len(exchanged), width)))
        yield Slip(f"exchange entries {place + 1} and {place + 2}", made)


def _listing(node: Listing, matrices: Set[str]) -> Iterator[Slip]:
    items = node.items
    for place in range(len(items) - 1):
        exchanged = (*items[:place], items[place + 1], items[place], *items[place + 2 :])
        yield Slip(f"exchange entries {place + 1} and {place + 2}", node._replace(items=exchanged))
    for place in range(len(items) if len(items) > 1 else 0):
        yield Slip(f"drop entry {place + 1}", node._replace(items=(*items[:place], *items[place + 1 :])))


def _relation(node: Relation, matrices: Set[str]) -> Iterator[Slip]:
    for place, sign in enumerate(node.signs):
        if sign in _STRICT:
            signs = (*node.signs[:place], _STRICT[sign], *node.signs[place + 1 :])
            yield Slip(f"strictness of {sign}", node._replace(signs=signs))


_RULES: dict[type, Callable[[Any, Set[str]], Iterator[Slip]]] = {
    Number: _number, Symbol: _symbol, Unary: _unary, Binary: _binary, Call: _call, Matrix: _matrix, Listing: _listing,
    Relation: _relation,
}  # fmt: skip
