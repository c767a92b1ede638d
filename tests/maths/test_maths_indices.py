"""Free indices of formulas in matrices: ranges, families told by a formula, padding, conditions, empty sums."""

from __future__ import annotations

import pytest

from grader.answers.matrix_expression import MatrixExpressionOptions
from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all, parse_relation
from grader.maths.reading.scope import Scope
from grader.maths.tree import Binary, Node, Symbol, Unary
from grader.maths.values import fields
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import ShapeError
from grader.maths.values.showing import shown
from grader.maths.values.spaces import Instance, Space

SCOPE = Scope(frozenset("A B x u k ℓ n d π e".split()), True, frozenset("A B x u".split()))
SHAPES: dict[str, tuple[str | int, ...]] = {"A": ("n", "n"), "B": ("n", "d"), "u_k": ("d", 1)}


def tree(text: str) -> Node:
    return parse_relation(tokenize(text), 0, SCOPE)[0]


def space(**more: object) -> Space:
    found: dict[str, object] = {"indices": {"k": (0, 5)}, "padded": frozenset({"u"}), **more}
    return Space(SHAPES, **found)  # type: ignore[arg-type]


STATE = {"x_k": tree(r"\sum_{j=0}^{k-1} A^{k-1-j} B u_j")}


def test_an_index_runs_through_its_range() -> None:
    """Every value occurs among the instances at which formulas are compared."""
    found = {int(instance.whole["k"]) for instance, _ in MatrixKey(tree("u_k"), space()).instances}
    assert found == {0, 1, 2, 3, 4, 5}


def test_two_indices_are_together_and_apart() -> None:
    """Instances hold i = j as well as i ≠ j, so that a Kronecker delta is found out."""
    both = {"i": (1, 2), "j": (1, 2)}
    pairs = {
        (instance.whole["i"], instance.whole["j"])
        for instance, _ in MatrixKey(tree("A"), space(indices=both)).instances
    }
    assert any(i == j for i, j in pairs)
    assert any(i != j for i, j in pairs)


def test_a_family_told_by_a_formula_follows_its_recursion() -> None:
    """x_{k+1} = A x_k + B u_k holds for the sum over the inputs, from k = 0 on, and a slip in it does not."""
    asked = MatrixKey(tree("x_{k+1}"), space(definitions=STATE))
    assert asked.compare(tree("A x_k + B u_k")).equal
    assert asked.compare(tree("A x_k + B u_{k+1}")).equal is False
    assert asked.compare(tree("A x_{k-1} + B u_k")).equal is False


def test_a_family_may_be_told_by_its_own_elements() -> None:
    """A recursion with a first element is worked out step by step; one without a first element is refused."""
    recursion = {"x_k": tree("{0 B u_0 if k = 0; A x_{k-1} + B u_{k-1} otherwise}")}
    assert MatrixKey(tree("x_k"), space(definitions=recursion)).compare(STATE["x_k"]).equal
    endless = {"x_k": tree("A x_{k-1} + B u_{k-1}")}
    with pytest.raises(UnsupportedError, match="beyond"):
        MatrixKey(tree("x_k"), space(definitions=endless)).instances  # noqa: B018  # drawn when asked for


def test_elements_before_the_first_are_zero_where_that_is_declared() -> None:
    """Zero padding is a zero of the shape of the family."""
    padded, plain = space(), space(padded=frozenset())
    assert MatrixKey(tree("u_k + u_{k-9}"), padded).compare(tree("u_k")).equal
    assert MatrixKey(tree("u_k + u_{k-9}"), plain).compare(tree("u_k")).equal is False


def test_only_instances_at_which_the_conditions_hold_are_drawn() -> None:
    """What is true from 1 on is true under that condition."""
    asked = {"x_k": tree("{B u_9 if k = 0; B u_k otherwise}")}
    assert MatrixKey(tree("x_k"), space(definitions=asked)).compare(tree("B u_k")).equal is False
    told = space(definitions=asked, conditions=(tree("k ≥ 1"),))
    assert MatrixKey(tree("x_k"), told).compare(tree("B u_k")).equal
    with pytest.raises(RetryError):
        Instance(space(conditions=(tree("k > 9"),)), 0, fields.modular(), {"n": 3, "d": 2})


def test_a_sum_of_no_terms_is_a_zero_of_the_shape_of_its_terms() -> None:
    """At k = 0 it can be added to a vector, and multiplied by a matrix; a sum that does not fit is still told."""
    asked = MatrixKey(tree("B u_k"), space(indices={"k": (0, 0)}))
    assert asked.compare(tree(r"B u_k + A \sum_{j=1}^{k} A^j B u_j")).equal
    outcome = asked.compare(tree(r"B u_k + \sum_{j=1}^{k} u_j"))
    assert (outcome.equal, outcome.method) == (False, "shapes")
    with pytest.raises(ShapeError):
        MatrixKey(tree(r"A + \sum_{j=1}^{k} u_j"), space(indices={"k": (0, 0)})).instances  # noqa: B018


def test_a_witness_shows_the_index_and_the_elements_it_rests_on() -> None:
    """k, and u_0 … as far as they were used."""
    difference = MatrixKey(tree("x_k"), space(definitions=STATE)).compare(tree("A x_k")).difference
    assert difference is not None
    at = dict(difference.at)
    assert int(at["k"]) > 0
    assert {"A", "B", "u_0"} <= at.keys()


def test_elements_are_shown_by_their_index() -> None:
    """``shown`` lists those that were asked for."""
    instance = Instance(space(), 1, fields.exact(), {"n": 2, "d": 1}, small=True)
    instance.element("u", (2,))
    assert [name for name, _ in shown(instance, ["k", "u_k"])] == ["k", "u_2"]


def test_a_function_in_a_definition_is_decided_by_balls() -> None:
    """E = e^a and F = e^{2a}: that EE = F is no identity of polynomials in E and F."""
    options = MatrixExpressionOptions.model_validate(
        {"shapes": {"a": "scalar", "x": ["n"]}, "define": {"E": "exp(a)", "F": "exp(2 a)"}}
    )
    outcome = MatrixKey(tree("F x"), options.space).compare(tree("E E x"))
    assert (outcome.equal, outcome.method) == (True, "ball arithmetic")


@pytest.mark.parametrize("text", ["T^T T", "T'T", "(T'T)", "T^{T} T", "T.T @ T"])
def test_a_matrix_called_t_is_transposed(text: str) -> None:
    """No matrix stands in an exponent, and T'T is no contraction of words."""
    scope = Scope(frozenset({"T", "π", "e"}), True, frozenset({"T"}))
    node = parse_all(tokenize(text), scope)
    assert node == Binary("*", Unary("ᵀ", Symbol("T")), Symbol("T"))


@pytest.mark.parametrize(
    ("text", "sub"), [("Bu_0", "0"), ("ABu_k", "k"), (r"ABu_\ell", "ℓ"), ("Bu_{k-1}", "k-1"), ("Bu₀", "0")]
)
def test_letters_side_by_side_have_the_index_at_the_last_one(text: str, sub: str) -> None:
    """ABu_0 is A B u_0; a name in a program, such as layer_0, is left apart."""
    node = parse_all(tokenize(text), SCOPE)
    assert isinstance(node, Binary)
    assert node.right == Symbol("u", sub)
    assert [token.text for token in tokenize("layer_0")] == ["layer", "0"]


def test_an_element_that_cannot_be_worked_out_leaves_no_trace() -> None:
    """Instances serve many answers: whatever was asked of one before, an element has its value."""
    recursion = {"x_k": tree("{0 B u_0 if k = 0; A x_{k-1} + B u_{k-1} otherwise}")}
    instance = Instance(space(definitions=recursion), 0, fields.modular(), {"n": 3, "d": 2})
    for _ in range(3):
        with pytest.raises(UnsupportedError, match="beyond"):
            instance.element("x", (-1,))
    assert instance.element("x", (3,)) is not None
