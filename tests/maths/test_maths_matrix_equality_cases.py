"""Tables of formulas in matrices that are equal, that differ, and that cannot be settled."""

from __future__ import annotations

import pytest
from equality_sample import SPACE, compared_matrices, tree
from tree_strategies import number

from grader.maths.deciding.matrix_equality import MatrixKey
from grader.maths.tree import Symbol, Unary

IDENTITY = Symbol("I")
MINUS_ONE = Unary("-", number(1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(A B)ᵀ", "Bᵀ Aᵀ"), ("(A B)⁻¹", "B⁻¹ A⁻¹"), ("A⁻ᵀ", "(Aᵀ)⁻¹"), ("XᵀX", "\\sum_{i=1}^n x_i x_i^T"), ("S", "Sᵀ"),
        ("(XᵀX + λI)⁻¹ Xᵀ", "Xᵀ (X Xᵀ + λI)⁻¹"), ("A (A + λI)⁻¹", "(A + λI)⁻¹ A"), ("pᵀ q", "qᵀ p"), ("‖p‖²", "pᵀ p"),
        ("tr(A B)", "tr(B A)"), ("det(A B)", "det(B) det(A)"), ("p pᵀ q", "(pᵀq) p"), ("A^2", "A A"), ("A^0", "I"),
        ("(A + p qᵀ)⁻¹", "A⁻¹ - (A⁻¹ p qᵀ A⁻¹)/(1 + qᵀ A⁻¹ p)"), ("tr(p qᵀ)", "pᵀ q"), ("2 S", "S + Sᵀ"),
        ("‖X‖_F^2", "tr(XᵀX)"), ("inv(X.T @ X) @ X.T", "(XᵀX)⁻¹Xᵀ"), ("A ∘ B", "B ∘ A"), ("A - A", "0 A"),
    ],
)  # fmt: skip
def test_equal_expressions(one: str, other: str) -> None:
    """Identities of matrix algebra, found in both directions."""
    assert compared_matrices(one, other).equal, compared_matrices(one, other)
    assert compared_matrices(other, one).equal, compared_matrices(other, one)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("A B", "B A", ""), ("(A B)⁻¹", "A⁻¹ B⁻¹", ""), ("A", "Aᵀ", "transposed"), ("A q", "-A q", "sign"),
        ("XᵀX", "X Xᵀ", "shape"), ("X p", "X pᵀ", "shape"), ("pᵀ q", "p qᵀ", "shape"), ("A", "2 A", "scaled"),
        ("(XᵀX + λI)⁻¹", "(XᵀX)⁻¹ + λI", ""), ("A^2 - B^2", "(A-B)(A+B)", ""), ("tr(A B)", "tr(A) tr(B)", ""),
        ("det(2 A)", "2 det(A)", ""), ("‖p‖²", "p pᵀ", "shape"), ("p", "pᵀ", "transposed"), ("X", "X + I", "shape"),
        ("A q", "A p", ""), ("A", "A + 1", "shape"), ("A⁻¹", "1/A", "shape"), ("q", "q'", "transposed"), ("S", "A", ""),
        ("2 A", "A + Aᵀ", ""), ("A p", "pᵀ Aᵀ", "transposed"), ("A", "a", "unknown_symbol"),
    ],
)  # fmt: skip
def test_different_expressions(one: str, other: str, relation: str) -> None:
    """Slips in order, transposes, signs and sizes are found, with what they are."""
    outcome = compared_matrices(one, other)
    assert outcome.equal is False, outcome
    if relation:
        assert outcome.relation == relation
    assert outcome.difference is not None or outcome.why


def test_a_row_counts_as_the_column_only_where_that_is_allowed() -> None:
    """The option turns a transposed vector into a right answer, with a remark."""
    assert compared_matrices("p", "pᵀ").equal is False
    outcome = compared_matrices("p", "pᵀ", may_be_transposed=True)
    assert outcome.equal
    assert outcome.remark


@pytest.mark.parametrize(
    "text",
    ["exp(A)", "√A", "I ⊗ A", "max(A)", "A^{1/2}", "vec(I)", "tr(I)", "A^{A}", "Z A", "A!", "(A)_{ij}", "tr(A, A)"],
)
def test_what_is_not_worked_out_is_not_settled(text: str) -> None:
    """Functions of square matrices, sizes that are left open, unknown symbols: undecided, with the reason."""
    outcome = compared_matrices("A", text)
    assert outcome.equal is None, outcome
    assert outcome.why


def test_two_answers_with_the_same_slip_in_their_sizes_are_the_same() -> None:
    """Answers that do not fit in general are compared where all sizes are equal; other slips are told apart."""
    key = MatrixKey(tree("X Xᵀ X"), SPACE)
    wrong = MatrixKey(tree("A X"), SPACE)
    assert key.same(tree("(X Xᵀ) X"))
    assert wrong.same(tree("(A) X"))
    assert not wrong.same(tree("B X"))
