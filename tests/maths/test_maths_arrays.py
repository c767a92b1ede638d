"""Lists, tuples and matrices in formulas, and the functions that programs call on them."""

from __future__ import annotations

import pytest
from tree_text import read


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("[1, 2, 3]", "[|1, 2, 3|"), ("(1, 2)", "(|1, 2|"), ("\\{1, 2\\}", "{|1, 2|"), ("{1, 2}", "{|1, 2|"), ("[]",
        "[||"), ("[1]", "[|1|"),
        ("[x]", "x"), ("[-1]", "[|(- 1)|"), ("[1 -2 3]", "[|1, (- 2), 3|"), ("[1 - 2]", "(1 - 2)"), ("[1, 2,]",
        "[|1, 2|"),
        ("[[1,2],[3,4]]", "M[1 2; 3 4]"), ("[1 2; 3 4]", "M[1 2; 3 4]"), ("[[1. 2.]\n [3. 4.]]", "M[1. 2.; 3. 4.]"),
        ("[[x], [s]]", "M[x; s]"), ("([1, 2], [3, 4])", "M[1 2; 3 4]"), ("[[1,2],[3]]", "[|[|1, 2|, [|3||"),
        ("\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}", "M[1 2; 3 4]"),
        ("\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}^T", "(ᵀ M[1; 2])"),
        ("\\begin{vmatrix} 1 & 2 \\\\ 3 & 4 \\end{vmatrix}", "det(M[1 2; 3 4])"),
        ("\\begin{array}{cc} 1 & 2 \\\\ 3 & 4 \\end{array}", "M[1 2; 3 4]"),
        ("\\begin{bmatrix} 1 & 2 \\\\[2pt] 3 & 4 \\\\ \\end{bmatrix}", "M[1 2; 3 4]"),
        ("\\begin{bmatrix*}[r] 1 & -2 \\end{bmatrix*}", "M[1 (- 2)]"),
        ("\\begin{bmatrix} 1 & \\cdots & n \\end{bmatrix}", "M[1 … n]"), ("[C, …, D]", "[|C, …, D|"),
        ("[D, CB, CAB, \\dots, C A^{L-1} B]", "[|D, (C * B), ((C * A) * B), …, ((C * (A ^ (L - 1))) * B)|"),
        ("np.array([[1, 2], [3, 4]])", "M[1 2; 3 4]"), ("np.array([1, 2])", "[|1, 2|"), ("Matrix([[x, 0], [0, 1]])",
        "M[x 0; 0 1]"),
    ],
)  # fmt: skip
def test_lists_and_matrices(text: str, tree: str) -> None:
    """Rows of one length are a matrix; brackets around one expression are brackets."""
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("inv(A)", "(A ^ (- 1))"), ("np.linalg.inv(A) @ B", "((A ^ (- 1)) * B)"), ("np.linalg.solve(A, q)",
        "((A ^ (- 1)) * q)"),
        ("np.outer(p, q)", "(p * (ᵀ q))"), ("np.dot(p, q)", "dot(p, q)"), ("A.T @ B", "((ᵀ A) * B)"), ("np.eye(d)",
        "I"), ("np.eye(3)", "I_3"),
        ("np.sum(p)", "Σ[=_.._](p)"), ("np.linalg.norm(p)", "norm[F](p)"), ("np.linalg.norm(p, 1)", "norm[1](p)"),
        ("np.diag(p)", "diag(p)"),
        ("pow(x, 2)", "(x ^ 2)"), ("root(x, 3)", "sqrt[3](x)"), ("log1p(x)", "log((1 + x))"), ("np.matmul(A, B)",
        "(A * B)"),
    ],
)  # fmt: skip
def test_functions_of_programs(text: str, tree: str) -> None:
    """What numpy and SymPy call has the tree of the formula."""
    assert read(text) == tree


@pytest.mark.parametrize("text", ["np.sum(p, 0)", "np.eye(d, 1)", "softmax(p, 1)"])
def test_an_argument_that_is_not_known_is_kept(text: str) -> None:
    """Arguments are not dropped in silence: they stay in the tree, where nothing computes them."""
    assert read(text).endswith((", 0)", ", 1)"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[1, 2", "error at the end: expected “]”"), ("[1,, 2]", "error at ,"), ("[, 1]", "error at ,"), ("[1 2; 3]",
        "error at the end: expected rows"),
        ("\\begin{bmatrix} 1 & 2 \\\\ 3 \\end{bmatrix}", "error at the end: expected a matrix with rows"),
        ("\\begin{bmatrix} 1 & 2", "error at the end"),
        ("\\begin{bmatrix} \\end{bmatrix}", "error at the end"), ("\\begin{array}{cc", "error at the end"), ("[1; 2",
        "error at the end"),
        ("[[1, 2], [3, 4]", "error at the end"), ("np.array([1, 2)", "error at )"),
    ],
)  # fmt: skip
def test_broken_lists_are_refused(text: str, told: str) -> None:
    """A list that lacks its bracket, an entry, or rows of one length is no list."""
    assert read(text).startswith(told), read(text)


@pytest.mark.parametrize(
    ("cells", "tree"),
    [
        ("a & & \\\\ & \\ddots & \\\\ & & z", "diag(a, …, z)"), ("a & & \\\\ & b & \\\\ & & z", "diag(a, b, z)"),
        ("a & 0 & 0 \\\\ 0 & \\ddots & 0 \\\\ 0 & 0 & z", "diag(a, …, z)"), ("a & 0 \\\\ 0 & z", "M[a 0; 0 z]"),
        ("a & \\\\ & z", "diag(a, z)"), ("a & b & \\\\ c & z &", "M[a b; c z]"),
        ("a \\\\ \\vdots \\\\ z", "M[a; …; z]"),
    ],
)  # fmt: skip
def test_cells_left_empty_beside_a_diagonal_are_zeros(cells: str, tree: str) -> None:
    """So writers set a diagonal matrix, with dots or without; a column that is empty throughout is none."""
    assert read(f"\\begin{{bmatrix}} {cells} \\end{{bmatrix}}") == tree


@pytest.mark.parametrize(
    "cells", ["a & b \\\\ & z", "a & \\\\ b & z", "& a \\\\ z &", "a & \\ddots & z \\\\ b & & \\\\ c & & d"]
)
def test_cells_left_empty_elsewhere_are_not_filled(cells: str) -> None:
    """What belongs there is not guessed, and no cell moves into its place."""
    assert read(f"\\begin{{bmatrix}} {cells} \\end{{bmatrix}}").startswith("error")
