"""Closed forms of sequences: no power of a matrix grows with the index, and no entry is told by earlier ones."""

from __future__ import annotations

from fractions import Fraction

from grader.answers._expressions.terms import Terms
from grader.maths.rendering.render import render
from grader.maths.tree import Big, Binary, Node, symbols_in, walk
from grader.maths.values.evaluate import Point, evaluate
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError, is_matrix, shape_of


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
