"""Entries of matrices, and how far an index runs that stands in their subscripts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_maths_spectral import _grow as spectra
from tree_strategies import number

from grader.maths.deciding.equality import Outcome
from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import parse_all
from grader.maths.reading.scope import formulas_in
from grader.maths.tree import Big, Binary, Call, Node, Number, Symbol, Unary
from grader.maths.values.spaces import Space

SPACE = Space(shapes={"A": ("m", "n"), "B": ("m", "n"), "C": ("n", "n"), "x": ("n", 1), "y": ("n", 1), "b": ()})
SCOPE = formulas_in(("A", "B", "C", "x", "y", "b", "m", "n"), ("A", "B", "C", "x", "y"))


def compared(one: str, other: str) -> Outcome:
    """The outcome for two texts."""
    key = MatrixKey(parse_all(tokenize(one), SCOPE), SPACE)
    return key.compare(parse_all(tokenize(other), SCOPE))


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("tr(A^T B)", "Σ_i Σ_j A_ij B_ij", True), ("tr(A^T B)", "Σ_{ij} A_{ij} B_{ij}", True),
        ("tr(A^T A)", "Σ_j Σ_i a_ij^2", True), ("tr(C)", "Σ_i C_ii", True), ("tr(C)", "Σ_i (C)_{ii}", True),
        ("tr(C C)", "Σ_{ij} c_ij c_ji", True), ("tr(C^T C)", "Σ_{ij} c_ij c_ji", False), ("x^T y", "Σ_i x_i y_i", True),
        ("x^T C y", "\\sum_{i,j} x_i C_{ij} y_j", True), ("A x", "Σ_j A_ij x_j", True), ("x", "x_i", True),
        ("x^T x", "Σ_i x_i", False), ("(Σ_i x_i)^2", "Σ_i x_i^2", False), ("C_{12}", "C_{1,2}", None),
        ("C_{1,2}", "C_{2,1}", False), ("(C C)_{1,2}", "Σ_j C_{1,j} C_{j,2}", True),
        ("tr(A^T B)", "Σ_i A_ii B_ii", False),
        ("Σ_i x_i", "1^T x", True), ("n", "Σ_i (I)_{ii}", None),
    ],
)  # fmt: skip
def test_sums_over_entries(one: str, other: str, equal: bool | None) -> None:
    """Indices run as far as the shapes say, whatever the order of the sums; what is not told is not guessed."""
    assert compared(one, other).equal is equal


def test_an_index_over_two_sizes_does_not_fit() -> None:
    """A_ij x_i adds over rows what belongs to columns."""
    outcome = compared("x", "Σ_i A_ij x_i")
    assert (outcome.equal, outcome.relation) == (False, "shape")
    assert outcome.why == "the index i runs over n and m" or outcome.why == "the index i runs over m and n"


def test_a_declared_small_letter_is_itself() -> None:
    """b is a number of the question, and b_ij no entry of B."""
    assert compared("tr(A^T B)", "Σ_{ij} a_ij b_ij").equal is None


def test_how_far_an_index_runs_is_not_guessed() -> None:
    """A sum over k of what holds no k has no value."""
    outcome = compared("tr(A^T B)", "Σ_k tr(A^T B)")
    assert (outcome.equal, outcome.why) == (None, "how far k runs is not told")


_SYMBOLS = [Symbol(name) for name in ("A", "C", "x", "I", "𝟙", "n", "e")]
_SUBSCRIBED = [Symbol("A", "ij"), Symbol("x", "i"), Symbol("𝟙", "n")]
_LEAVES: st.SearchStrategy[Node] = st.sampled_from([*_SYMBOLS, *_SUBSCRIBED]) | st.integers(0, 4).map(number)
_NAMES = (
    "exp log sqrt tanh sigmoid softmax logsumexp relu abs tr det diag rank vec pinv norm cond radius singular "
    "eigenvalue f F max tanh′"
).split()


def _grow(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        spectra(inner),
        st.builds(lambda name, a: Call(name, (a,)), st.sampled_from(_NAMES), inner),
        st.builds(Binary, st.sampled_from("+-*/^∘⊗"), inner, inner),
        st.builds(Unary, st.sampled_from("-ᵀ"), inner),
        st.builds(lambda name, a, b: Call(name, (a, b)), st.sampled_from(["F", "dot", "norm", "entry", "cond"]), inner,
                  inner),
        st.builds(Big, st.sampled_from(["Σ", "Π", "max"]), inner, st.sampled_from(["i", "j", ""])),
    )  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(_LEAVES, _grow, max_leaves=7), st.booleans(), st.sampled_from(["", "spectral"]))
def test_no_formula_breaks_the_comparison(node: Node, elementwise: bool, norm: str) -> None:
    """Whatever is written, there is an outcome: equal, different or not settled."""
    shapes = {"A": ("n", "n"), "C": ("m", "n"), "x": ("n", 1)}
    space = Space(shapes, functions={"f": (1, 1), "F": ("n", "n")}, elementwise=elementwise, norm=norm)
    for key in (Symbol("A"), Symbol("x"), Number(node.value, node.text) if isinstance(node, Number) else Symbol("n")):
        assert MatrixKey(key, space).compare(node).equal in (True, False, None)
