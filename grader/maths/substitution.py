"""Trees with expressions put in the place of symbols."""

from __future__ import annotations

from collections.abc import Mapping

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
    symbols_in,
    walk,
)

MAX_ROUNDS = 6
"""Definitions may use one another so many times over."""

MAX_SIZE = 4_000
"""Largest tree that substitution may make, in nodes."""


def substituted(node: Node, definitions: Mapping[str, Node]) -> Node:
    """The tree with the definitions put in, also into one another.

    Args:
        node: the tree.
        definitions: of symbols, by their full names.
    """

    for _ in range(MAX_ROUNDS):
        if not symbols_in(node) & definitions.keys():
            return node
        changed = _replaced(node, definitions)
        if sum(1 for _ in walk(changed)) > MAX_SIZE:
            return node
        node = changed
    return node


def _replaced(node: Node, by: Mapping[str, Node]) -> Node:
    if isinstance(node, Number):
        return node
    if isinstance(node, Symbol):
        return by.get(node.full, node)
    if isinstance(node, Unary):
        return Unary(node.op, _replaced(node.operand, by))
    if isinstance(node, Binary):
        return Binary(node.op, _replaced(node.left, by), _replaced(node.right, by))
    if isinstance(node, Call):
        base = None if node.base is None else _replaced(node.base, by)
        return Call(node.function, tuple(_replaced(a, by) for a in node.arguments), base)
    if isinstance(node, Big):
        inner = {name: value for name, value in by.items() if name != node.over}
        low = None if node.low is None else _replaced(node.low, by)
        high = None if node.high is None else _replaced(node.high, by)
        return Big(node.op, _replaced(node.body, inner), node.over, low, high)
    if isinstance(node, Matrix):
        return Matrix(tuple(tuple(_replaced(e, by) for e in row) for row in node.rows))
    if isinstance(node, Listing):
        return Listing(node.bracket, tuple(_replaced(item, by) for item in node.items))
    if isinstance(node, Relation):
        return Relation(tuple(_replaced(item, by) for item in node.items), node.signs)
    return Cases(
        tuple(_replaced(value, by) for value in node.values),
        tuple(None if condition is None else _replaced(condition, by) for condition in node.conditions),
    )
