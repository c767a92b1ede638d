"""Trees that are linear in a symbol, and trees that are never 0: what it takes to solve an equation for a symbol."""

from __future__ import annotations

from fractions import Fraction

from grader.maths.tree import Binary, Call, Node, Number, Relation, Symbol, Unary, symbols_in
from grader.maths.values.domain import Domain


def linear_parts(node: Node, name: str) -> tuple[Node, Node] | None:
    """The trees a and b with a·name + b equal to the tree; None where it is not seen to be linear.

    Args:
        node: the tree.
        name: full name of a symbol that occurs in it.
    """
    found = _parts(node, name)
    if found is None or found[0] is None:
        return None
    return found[0], found[1] or Number(Fraction(0), "0")


def _parts(node: Node, name: str) -> tuple[Node | None, Node | None] | None:
    if isinstance(node, Symbol) and node.full == name:
        return Number(Fraction(1), "1"), None
    if name not in symbols_in(node):
        return None, node
    if isinstance(node, Unary) and node.op == "-":
        inner = _parts(node.operand, name)
        return None if inner is None else (_minus(inner[0]), _minus(inner[1]))
    if not isinstance(node, Binary) or node.op not in "+-*/":
        return None
    left, right = _parts(node.left, name), _parts(node.right, name)
    if left is None or right is None:
        return None
    if node.op in "+-":
        return _sum(node.op, left[0], right[0]), _sum(node.op, left[1], right[1])
    if right[0] is not None and (node.op == "/" or left[0] is not None):
        return None
    if right[0] is None:
        return _times(node.op, left[0], node.right), _times(node.op, left[1], node.right)
    return _times("*", right[0], node.left), _times("*", right[1], node.left)


def _minus(node: Node | None) -> Node | None:
    return None if node is None else Unary("-", node)


def _sum(op: str, left: Node | None, right: Node | None) -> Node | None:
    if right is None:
        return left
    if left is None:
        return right if op == "+" else Unary("-", right)
    return Binary(op, left, right)


def _times(op: str, part: Node | None, factor: Node) -> Node | None:
    if part is None:
        return None
    return factor if op == "*" and isinstance(part, Number) and part.value == 1 else Binary(op, part, factor)


def never_zero(node: Node, domain: Domain) -> bool:
    """Whether an expression is seen not to be 0 anywhere in the domain.

    Args:
        node: the expression.
        domain: what is known of its symbols.
    """
    if _positive(node, domain):
        return True
    if isinstance(node, Number):
        return node.value != 0
    if isinstance(node, Symbol):
        return not domain.of(node.full).holds(Fraction(0))
    if isinstance(node, Unary):
        return node.op == "-" and never_zero(node.operand, domain)
    if isinstance(node, Binary) and node.op in "*/^":
        return never_zero(node.left, domain) and (node.op != "*" or never_zero(node.right, domain))
    return False


def _positive(node: Node, domain: Domain, *, strict: bool = True) -> bool:
    if isinstance(node, Number):
        return node.value > 0 or (not strict and node.value == 0)
    if isinstance(node, Symbol):
        known = domain.of(node.full)
        low = known.low
        above = low is not None and (low > 0 or (low == 0 and (known.strict_low or not strict)))
        return above or node.full in ("π", "e")
    if isinstance(node, Call):
        return node.function in ("exp", "cosh") or (
            node.function in ("sqrt", "abs") and (not strict or _positive(node.argument, domain))
        )
    if not isinstance(node, Binary):
        return False
    if node.op == "^":
        even = isinstance(node.right, Number) and node.right.value.denominator == 1 and node.right.value % 2 == 0
        return _positive(node.left, domain) or (even and not strict)
    left, right = _positive(node.left, domain, strict=False), _positive(node.right, domain, strict=False)
    if not (left and right):
        return False
    either = _positive(node.left, domain), _positive(node.right, domain)
    if node.op == "+":
        return not strict or any(either)
    return node.op in "*/" and (not strict or all(either))


def without_signs(relation: Relation) -> Relation:
    """An equation in which a side is ``b ± a``, with both values in it: ``y = b ± a`` is (y − b)² = a².

    Args:
        relation: of two sides; it is given back as it is where there is no such sign.
    """
    if relation.signs != ("=",):
        return relation
    for side, other in (relation.items, relation.items[::-1]):
        if isinstance(side, Unary) and side.op == "±":
            return Relation((_squared(other), _squared(side.operand)), ("=",))
        if isinstance(side, Binary) and side.op == "±":
            return Relation((_squared(Binary("-", other, side.left)), _squared(side.right)), ("=",))
        if isinstance(side, Binary) and side.op == "/" and isinstance(side.left, Binary) and side.left.op == "±":
            moved = Binary("-", Binary("*", other, side.right), side.left.left)
            return Relation((_squared(moved), _squared(side.left.right)), ("=",))
    return relation


def without_root(relation: Relation, domain: Domain) -> Relation:
    """An equation of a root and what is not negative in the domain, squared: ``r = √(A/π)`` is r² = A/π for r ≥ 0.

    Args:
        relation: of two sides; it is given back as it is where this does not fit.
        domain: what is known of its symbols.
    """
    if relation.signs != ("=",):
        return relation
    for side, other in (relation.items, relation.items[::-1]):
        if _is_root(side) and all(_is_root(both) or _positive(both, domain, strict=False) for both in (side, other)):
            return Relation((_squared(other), _squared(side)), ("=",))
    return relation


def _is_root(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "sqrt" and node.base is None


def _squared(node: Node) -> Node:
    """The square of a real expression, without the root where it is one."""
    if isinstance(node, Call) and node.function == "sqrt" and node.base is None:
        return node.argument
    if isinstance(node, Binary) and node.op in "*/":
        return Binary(node.op, _squared(node.left), _squared(node.right))
    return Binary("^", node, Number(Fraction(2), "2"))
