"""Whether two expressions in matrices are equal: laws on random rewritings and slips, checked in another way."""

from __future__ import annotations

import ast
from fractions import Fraction
from typing import Any

import numpy as np
from equality_sample import SHAPES, SPACE, compared_matrices, tree
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_strategies import number

from grader.maths.deciding.equality import Difference
from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.tree import Big, Binary, Node, Symbol, Unary, walk

IDENTITY = Symbol("I")
MINUS_ONE = Unary("-", number(1))


# ---------------------------------------------------------------- an evaluator of its own


class ShapesDiffer(Exception):  # noqa: N818  # no error of the program
    """Sizes do not fit."""


class Undefined(Exception):  # noqa: N818
    """There is no such inverse."""


def evaluated(node: Node, at: dict[str, Any]) -> Any:
    """The value over the rationals: an array of two dimensions; ``("I", c)`` is c times the identity of any size."""
    if node == IDENTITY:
        return ("I", Fraction(1))
    if isinstance(node, Symbol):
        return at[node.full]
    if isinstance(node, Unary):
        inner = evaluated(node.operand, at)
        if isinstance(inner, tuple):
            return inner if node.op == "ᵀ" else ("I", -inner[1])
        return inner.T if node.op == "ᵀ" else -inner
    if isinstance(node, Big):
        assert (node.op, node.over) == ("Σ", "i")
        return plus([evaluated(node.body, {**at, "x_i": row.reshape(-1, 1)}) for row in at["X"]])
    if isinstance(node, Binary):
        if node.op == "^":
            return inverse(evaluated(node.left, at))
        left, right = evaluated(node.left, at), evaluated(node.right, at)
        if node.op == "*":
            return times(left, right)
        return plus([left, right if node.op == "+" else times(array(-1), right)])
    return array(node.value)  # type: ignore[union-attr]


def array(value: Any) -> Any:
    """A number as a matrix of one entry."""
    return np.array([[Fraction(value)]], dtype=object)


def times(left: Any, right: Any) -> Any:
    """A product; matrices of one entry multiply anything."""
    if isinstance(left, tuple) or isinstance(right, tuple):
        if isinstance(left, tuple) and isinstance(right, tuple):
            return ("I", left[1] * right[1])
        (_, factor), other = (left, right) if isinstance(left, tuple) else (right, left)
        return ("I", factor * other[0, 0]) if other.shape == (1, 1) else factor * other
    if (1, 1) in (left.shape, right.shape):
        return left[0, 0] * right if left.shape == (1, 1) else left * right[0, 0]
    if left.shape[1] != right.shape[0]:
        raise ShapesDiffer
    return left @ right


def plus(terms: list[Any]) -> Any:
    """A sum of matrices of one shape, or of multiples of the identity and square matrices."""
    shaped = [term for term in terms if not isinstance(term, tuple)]
    if not shaped:
        return ("I", sum(factor for _, factor in terms))
    rows, columns = shaped[0].shape
    total = np.array([[Fraction(0)] * columns for _ in range(rows)], dtype=object)
    for term in terms:
        if isinstance(term, tuple):
            if rows != columns:
                raise ShapesDiffer
            term = np.array([[term[1] * (i == j) for j in range(rows)] for i in range(rows)], dtype=object)
        if term.shape != total.shape:
            raise ShapesDiffer
        total = total + term
    return total


def inverse(value: Any) -> Any:
    """The inverse by Gauss–Jordan elimination."""
    if isinstance(value, tuple):
        if not value[1]:
            raise Undefined
        return ("I", 1 / value[1])
    if value.shape[0] != value.shape[1]:
        raise ShapesDiffer
    size = len(value)
    rows = [[*map(Fraction, value[i]), *(Fraction(i == j) for j in range(size))] for i in range(size)]
    for column in range(size):
        pivot = next((i for i in range(column, size) if rows[i][column]), None)
        if pivot is None:
            raise Undefined
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [entry / rows[column][column] for entry in rows[column]]
        for i in range(size):
            if i != column:
                rows[i] = [a - rows[i][column] * b for a, b in zip(rows[i], rows[column], strict=True)]
    return np.array([row[size:] for row in rows], dtype=object)


def matrices(turn: int, d: int, n: int) -> dict[str, Any]:
    """Matrices of the declared shapes with small entries."""
    draw = np.random.default_rng(turn)
    out: dict[str, Any] = {}
    for name, shape in SHAPES.items():
        rows, columns = (1, 1) if not shape else (n if shape[0] == "n" else d, 1 if shape[1] == 1 else d)
        entries = draw.integers(-4, 5, (rows, columns))
        out[name] = np.array([[Fraction(int(e)) for e in row] for row in entries], dtype=object)
    out["S"] = out["S"] + out["S"].T
    out["λ"] = array(turn + 2)
    return out


# ---------------------------------------------------------------- random expressions, rewritings and slips


@st.composite
def formulas(draw: st.DrawFn, shape: tuple[str, str] = ("d", "d"), depth: int = 3) -> Node:
    """An expression of a shape, in the sizes d, n and 1."""
    rows, columns = shape
    leaves: list[Node] = [Symbol(name) for name, s in SHAPES.items() if (tuple(map(str, s)) or ("1", "1")) == shape]
    leaves += [Unary("ᵀ", Symbol(name)) for name, s in SHAPES.items() if s and tuple(map(str, s))[::-1] == shape]
    if shape == ("d", "d"):
        leaves += [Big("Σ", Binary("*", Symbol("x", "i"), Unary("ᵀ", Symbol("x", "i"))), "i"), IDENTITY]
    leaves = leaves or [Binary("*", Symbol("X"), Unary("ᵀ", Symbol("Y")))] * (shape == ("n", "n"))
    leaves = leaves or [Binary("*", Symbol("X"), Symbol("p"))] * (shape == ("n", "1"))
    leaves = leaves or [Binary("*", Unary("ᵀ", Symbol("p")), Unary("ᵀ", Symbol("X")))]
    if depth <= 0:
        return draw(st.sampled_from(leaves))
    kinds = ["leaf", "product", "product", "sum", "difference", "scaled"] + ["inverse"] * (rows == columns == "d")
    kind = draw(st.sampled_from(kinds))
    if kind == "leaf":
        return draw(st.sampled_from(leaves))
    if kind == "product":
        inner = draw(st.sampled_from("ddn1"))
        left, right = draw(formulas((rows, inner), depth - 1)), draw(formulas((inner, columns), depth - 1))
        return Binary("*", left, right)
    if kind in ("sum", "difference"):
        return Binary("+" if kind == "sum" else "-", draw(formulas(shape, depth - 1)), draw(formulas(shape, depth - 1)))
    if kind == "scaled":
        return Binary("*", draw(st.sampled_from([Symbol("λ"), number(2)])), draw(formulas(shape, depth - 1)))
    shifted = Binary("+", draw(formulas(shape, depth - 2)), Binary("*", Symbol("λ"), IDENTITY))
    return Binary("^", shifted, MINUS_ONE)


FORMULAS = st.sampled_from([("d", "d"), ("d", "1"), ("n", "d"), ("1", "1"), ("1", "d")]).flatmap(lambda s: formulas(s))


def shape_in(node: Node) -> tuple[int, int]:
    """The shape of a formula, from its value where d is 5 and n is 7."""
    value = evaluated(node, {**matrices(0, 5, 7), "x_i": np.array([[Fraction(k)] for k in range(5)], dtype=object)})
    return (0, 0) if isinstance(value, tuple) else value.shape


def sound(node: Node, choice: int) -> Node:
    """An equal expression, by one of the rules of matrix algebra."""
    flipped = Unary("ᵀ", Unary("ᵀ", node))
    rules: list[Node] = [flipped, Binary("-", Binary("*", number(2), node), node), Unary("-", Unary("-", node))]
    if node == Symbol("S"):
        rules += [Unary("ᵀ", node)] * 3
    if isinstance(node, Unary) and node.op == "ᵀ" and isinstance(node.operand, Binary):
        inner = node.operand
        if inner.op in "+-":
            rules += [Binary(inner.op, Unary("ᵀ", inner.left), Unary("ᵀ", inner.right))] * 3
        if inner.op == "*":
            rules += [Binary("*", Unary("ᵀ", inner.right), Unary("ᵀ", inner.left))] * 3
    if not isinstance(node, Binary):
        return rules[choice % len(rules)]
    left, right = node.left, node.right
    if node.op == "+":
        rules += [Binary("+", right, left)] * 2
    if node.op == "-":
        rules += [Unary("-", Binary("-", right, left))]
    if node.op == "*":
        rules.append(Unary("ᵀ", Binary("*", Unary("ᵀ", right), Unary("ᵀ", left))))
        if left in (Symbol("λ"), number(2)):
            rules += [Binary("*", right, left)] * 2
        if isinstance(right, Binary) and right.op in "+-":
            rules += [Binary(right.op, Binary("*", left, right.left), Binary("*", left, right.right))] * 3
        if isinstance(left, Binary) and left.op in "+-":
            rules += [Binary(left.op, Binary("*", left.left, right), Binary("*", left.right, right))] * 3
        if isinstance(right, Binary) and right.op == "*" and not _has_number(node):
            rules += [Binary("*", Binary("*", left, right.left), right.right)] * 2
    if node.op == "^":
        rules.append(Unary("ᵀ", Binary("^", Unary("ᵀ", left), MINUS_ONE)))
        if isinstance(left, Binary) and left.op == "*" and shape_in(left.left) == shape_in(left.right) == (5, 5):
            rules += [Binary("*", Binary("^", left.right, MINUS_ONE), Binary("^", left.left, MINUS_ONE))] * 3
    return rules[choice % len(rules)]


def _has_number(node: Node) -> bool:
    """Whether some factor of a product is a number, which may stand anywhere, unlike matrices."""
    assert isinstance(node, Binary)
    factors = [node.left, node.right, *(node.right[1:] if isinstance(node.right, Binary) else ())]
    return any(shape_in(factor) in ((1, 1), (0, 0)) for factor in factors)


def slip(node: Node, choice: int) -> Node:
    """What one slip makes of an expression; it may happen to be equal."""
    if isinstance(node, Symbol):
        other = {"A": "B", "B": "A", "S": "A", "X": "Y", "Y": "X", "p": "q", "q": "p", "λ": "λ", "I": "A"}
        return Unary("ᵀ", node) if choice % 2 else Symbol(other.get(node.name, node.name), node.sub)
    if isinstance(node, Unary):
        return node.operand
    if isinstance(node, Binary):
        if node.op == "^":
            return node.left
        if node.op == "*":
            return (Binary("*", node.right, node.left), node.left, node.right)[choice % 3]
        return (Binary("+" if node.op == "-" else "-", node.left, node.right), node.left)[choice % 2]
    return node


def replaced(node: Node, target: int, by: Any) -> Node:
    """The tree with one of its nodes changed by a rule; bodies of sums and exponents are left alone."""
    count = -1

    def visit(here: Node) -> Node:
        nonlocal count
        count += 1
        if count == target:
            found: Node = by(here)
            return found
        if isinstance(here, Unary):
            return here._replace(operand=visit(here.operand))
        if isinstance(here, Binary) and here.op == "^":
            return here._replace(left=visit(here.left))
        if isinstance(here, Binary):
            return here._replace(left=visit(here.left), right=visit(here.right))
        return here

    return visit(node)


def size(node: Node) -> int:
    """Nodes of a tree."""
    return sum(1 for _ in walk(node))


STEPS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 50)), min_size=1, max_size=4)


def rewritten(node: Node, steps: list[tuple[int, int]]) -> Node:
    """The tree after several sound steps."""
    for target, choice in steps:
        node = replaced(node, target % size(node), lambda here, choice=choice: sound(here, choice))
    return node


def values(node: Node, other: Node) -> list[tuple[Any, Any]]:
    """The values of both at some rational matrices where both are defined."""
    found = []
    for turn in range(4):
        at = matrices(turn, 2 + turn % 2, 4)
        try:
            one, two = evaluated(node, at), evaluated(other, at)
        except Undefined:
            continue
        found.append(tuple(of_size(v, 2 + turn % 2) for v in (one, two)))
    return found  # type: ignore[return-value]


def of_size(value: Any, count: int) -> Any:
    """A multiple of the identity in a size."""
    if isinstance(value, tuple):
        return np.array([[value[1] * (i == j) for j in range(count)] for i in range(count)], dtype=object)
    return value


# ---------------------------------------------------------------- laws


@settings(max_examples=60, deadline=None)
@given(FORMULAS, STEPS)
def test_what_is_rewritten_soundly_is_never_found_different(node: Node, steps: list[tuple[int, int]]) -> None:
    """Transposes of products, inverses of products, distribution, association and declared symmetry keep equality."""
    outcome = MatrixKey(node, SPACE).compare(rewritten(node, steps))
    assert outcome.equal is not False, outcome


@settings(max_examples=80, deadline=None)
@given(FORMULAS, st.integers(0, 30), st.integers(0, 50), STEPS)
def test_a_slip_is_never_found_equal_unless_it_is(
    node: Node, target: int, choice: int, steps: list[tuple[int, int]]
) -> None:
    """What is found equal has equal values over the rationals; wrong sizes are wrong; a witness tells the truth."""
    other = replaced(node, target % size(node), lambda here: slip(here, choice))
    outcome = MatrixKey(node, SPACE).compare(other)
    try:
        pairs = values(node, other)
    except ShapesDiffer:
        assert not outcome.equal, outcome
        return
    if outcome.equal:
        assert all(one.shape == two.shape and (one == two).all() for one, two in pairs)
    if outcome.equal is False and outcome.method == "shapes":
        assert any(one.shape != two.shape for one, two in pairs), outcome
    if outcome.difference is not None:
        _check_witness(outcome.difference, node, other)


def _check_witness(found: Difference, node: Node, other: Node) -> None:
    at = {name: _read(text) for name, text in found.at if name != "entry"}
    entry = dict(found.at).get("entry")
    count = next((len(at[name]) for name in "ABSpq" if name in at), 2)
    for stated, here in ((found.expected, node), (found.yours, other)):
        value = evaluated(here, at)
        if isinstance(value, tuple) and "[" not in stated and entry is None:
            assert Fraction(stated) == value[1], found  # a multiple of the identity, told by its factor
            continue
        value = of_size(value, count)
        if entry is not None:
            i, j = ast.literal_eval(entry)
            assert Fraction(stated) == value[i - 1, j - 1], found
        else:
            assert (_read(stated) == value).all(), found
    assert found.yours != found.expected


def _read(text: str) -> Any:
    """A matrix as a witness writes it: ``[[1, 1/2], [0, 3]]``, ``[1, 2]ᵀ`` a column, ``[1, 2]`` a row, or a number."""
    column = text.endswith("]ᵀ")
    rows = [row.split(",") for row in text.removesuffix("ᵀ").replace("[", "").split("]") if row.strip(", ")]
    cells = [[Fraction(cell.strip()) for cell in row if cell.strip()] for row in rows]
    return np.array(cells, dtype=object).T if column else np.array(cells, dtype=object)


@settings(max_examples=40, deadline=None)
@given(FORMULAS, FORMULAS)
def test_equality_goes_both_ways(one: Node, other: Node) -> None:
    """Neither of two expressions is found equal to the other and different from it."""
    there, back = MatrixKey(one, SPACE).compare(other).equal, MatrixKey(other, SPACE).compare(one).equal
    assert {there, back} != {True, False}


@settings(max_examples=40, deadline=None)
@given(st.permutations(["A", "Xᵀ", "X", "B", "q"]))
def test_the_order_of_factors_is_held_against_their_shapes(factors: list[str]) -> None:
    """A product of different shapes is equal to the key in its own order alone; orders that do not fit are told so."""
    outcome = compared_matrices("A Xᵀ X B q", " ".join(factors))
    if factors[1:3] == ["X", "Xᵀ"] or not outcome.equal:
        assert factors != ["A", "Xᵀ", "X", "B", "q"]
    try:
        pairs = values(tree("A Xᵀ X B q"), tree(" ".join(factors)))
    except ShapesDiffer:
        assert (outcome.equal, outcome.relation) == (False, "shape")
        assert outcome.why
        return
    assert bool(outcome.equal) == all(one.shape == two.shape and (one == two).all() for one, two in pairs)


# ---------------------------------------------------------------- tables
