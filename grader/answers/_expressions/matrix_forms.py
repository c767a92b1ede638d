"""Forms that are asked of formulas in matrices, so that repeating the question is no answer.

Each check says what is lacking only where that is beyond doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.answers._expressions.terms import Terms
from grader.maths.rendering.render import render
from grader.maths.tree import Big, Binary, Call, Node, Number, Symbol, Unary, symbols_in, walk
from grader.maths.values.evaluate import Point, evaluate
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError, is_matrix, shape_of


def lacking(node: Node, avoid: Sequence[str], inverted: Sequence[str], point: Point) -> str:
    """What a formula holds that was not to occur, as the end of a sentence; "" if nothing.

    Args:
        node: the formula.
        avoid: symbols and names of functions that may not occur.
        inverted: the only matrices that may be inverted; none is forbidden where this is empty.
        point: values of the declared symbols, which tell matrices from numbers.
    """
    called = {here.function for here in walk(node) if isinstance(here, Call)}
    used = sorted({name for name in avoid if name in called or name in symbols_in(node)})
    if used:
        return f"it was asked without {' and '.join(used)}."
    for here in walk(node) if inverted else ():
        base = _inverted(here)
        if base is not None and not (isinstance(base, Symbol) and base.full in inverted) and _is_matrix(base, point):
            return f"{render(here).unicode} is left; only {' and '.join(inverted)} may be inverted."
    return ""


def _inverted(node: Node) -> Node | None:
    """What a node inverts, if it does."""
    if isinstance(node, Call) and node.function in ("inv", "pinv"):
        return node.arguments[0]
    if not isinstance(node, Binary) or node.op != "^":
        return None
    power = node.right
    negative = (isinstance(power, Unary) and power.op == "-") or (isinstance(power, Number) and power.value < 0)
    return node.left if negative else None


def left_open(terms: Terms, point: Point) -> str:
    """What an answer leaves to be worked out, as the end of a sentence; "" where it is closed or that is in doubt.

    Args:
        terms: the sequence.
        point: values of the declared symbols and of the index, which tell matrices from numbers.
    """
    for rule in terms.rules:
        if terms.name and any(name.partition("_")[0] == terms.name for name in symbols_in(rule.body)):
            return "it is told by other entries, where a closed form was asked."
        for here in walk(rule.body):
            grows = isinstance(here, Binary) and here.op == "^" and bool(symbols_in(here.right))
            if isinstance(here, Binary) and grows and _is_matrix(here.left, point):
                return f"a power of a matrix is left, {render(here).unicode}, where a closed form was asked."
            if isinstance(here, Big) and here.op == "Π" and _is_matrix(here.body, _inside(here, point)):
                return f"a product of matrices is left, {render(here).unicode}, where a closed form was asked."
    return ""


def _inside(big: Big, point: Point) -> Point:
    return point._replace(whole={**point.whole, big.over: Fraction(1)}) if big.over else point


def _is_matrix(node: Node, point: Point) -> bool:
    try:
        value = evaluate(node, point)
    except (UnsupportedError, RetryError, ShapeError, ZeroDivisionError):
        return False
    return is_matrix(value) and shape_of(value) != (1, 1)
