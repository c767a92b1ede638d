"""Forms that are asked of formulas in matrices, so that repeating the question is no answer.

Each check says what is lacking only where that is beyond doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.answers._expressions.formulas import read_formula
from grader.answers._expressions.terms import Terms
from grader.diagnostics import AnswerError
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.scope import Scope
from grader.maths.rendering.render import render
from grader.maths.tree import Big, Binary, Call, Node, Number, Symbol, Unary, symbols_in, walk
from grader.maths.values.evaluate import Point, evaluate
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError, is_matrix, shape_of


@dataclass(frozen=True, slots=True)
class Unwanted:
    """What a formula is not to hold.

    Args:
        names: symbols and functions.
        formulas: parts, just as they stand in the question.
        inverted: the only matrices that may be inverted; none is forbidden where this is empty.
    """

    names: tuple[str, ...] = ()
    formulas: tuple[Node, ...] = ()
    inverted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.formulas or self.inverted)


def unwanted(avoid: Sequence[str], inverted: Sequence[str], scope: Scope) -> Unwanted:
    """What options forbid, read.

    Args:
        avoid: symbols, functions and formulas.
        inverted: the only matrices that may be inverted.
        scope: of the symbols.

    Raises:
        ValueError: a formula cannot be read, which pydantic reports.
    """
    formulas = []
    for text in (text for text in avoid if _is_formula(text)):
        try:
            formulas.append(read_formula(text, scope).node)
        except AnswerError as error:
            raise ValueError(f"what is to be avoided, {text}: {error.diagnostics[0].message}") from error
    return Unwanted(tuple(name for name in avoid if not _is_formula(name)), tuple(formulas), tuple(inverted))


def _is_formula(text: str) -> bool:
    tokens = tokenize(text)
    return len(tokens) > 1 and tokens[-1].text != "′"


def lacking(node: Node, without: Unwanted, point: Point) -> str:
    """What a formula holds that was not to occur, as the end of a sentence; "" if nothing.

    Args:
        node: the formula.
        without: what may not occur.
        point: values of the declared symbols, which tell matrices from numbers.
    """
    called = {here.function for here in walk(node) if isinstance(here, Call)}
    used = sorted({name for name in without.names if name in called or name in symbols_in(node)})
    parts = {here for here in walk(node) if here in without.formulas} if without.formulas else ()
    used += sorted(render(here).unicode for here in parts)
    if used:
        return f"it was asked without {' and '.join(used)}."
    inverted = without.inverted
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


def as_dyads(node: Node) -> Node:
    """An expression with u ⊗ v read as the matrix u vᵀ, as is usual for vectors, and not as one long vector.

    Args:
        node: the expression; only its sums and products are looked into.
    """
    if isinstance(node, Unary):
        return Unary(node.op, as_dyads(node.operand))
    if not isinstance(node, Binary):
        return node
    left, right = as_dyads(node.left), as_dyads(node.right)
    return Binary("*", left, Unary("ᵀ", right)) if node.op == "⊗" else Binary(node.op, left, right)
