"""Formulas in matrices as answers: options, shapes, and what a verdict tells."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader import check
from grader.answers import get_type
from grader.answers.matrix_expression import MatrixExpressionOptions, shape_option
from grader.maths.reading.lexer import tokenize
from grader.records import Status

SHAPES: dict[str, Any] = {"shapes": {"A": ["d", "d"], "X": ["n", "d"], "q": ["d"], "λ": "scalar"}}


@pytest.mark.parametrize(
    ("written", "shape"),
    [("scalar", ()), ([], ()), ("d×n", ("d", "n")), ("d x n", ("d", "n")), ("[d, n]", ("d", "n")), (["d"], ("d", 1)),
    (3, (3, 1)), ([1, 1], ()), (["d", 1], ("d", 1)), ([1, "d"], (1, "d"))],
)  # fmt: skip
def test_notations_of_a_shape(written: Any, shape: tuple[str | int, ...]) -> None:
    """Lists, texts and single sizes are shapes; one size is a column."""
    assert shape_option(written) == shape


@pytest.mark.parametrize(
    "options",
    [{"shapes": {"A": ["d", "d", "d"]}}, {"shapes": {"A": True}}, {"structure": {"A": "shiny"}},
    {"define": {"M": "A ("}}, {"domain": "x >"}, {"no": 1}],
)  # fmt: skip
def test_options_that_mean_nothing_are_refused(options: dict[str, Any]) -> None:
    """Three sizes, unknown structures, broken definitions and unknown keys are errors of the author."""
    with pytest.raises(ValidationError):
        MatrixExpressionOptions.model_validate(options)


@pytest.mark.parametrize(
    ("response", "status", "reason"),
    [
        ("(XᵀX + λI)⁻¹ q", "correct", "identical"), ("inv(X.T @ X + λ*np.eye(d)) @ q", "correct", None),
        ("(X Xᵀ + λI)⁻¹ q", "incorrect", "shape"),
        ("qᵀ(XᵀX + λI)⁻¹", "incorrect", "transposed"), ("(XᵀX)⁻¹ q + λ q", "incorrect", "different"),
        ("-(XᵀX + λI)⁻¹ q", "incorrect", "sign"),
        ("(XᵀX + λI)⁻¹ (", "unreadable", None), ("G⁻¹ q where G = XᵀX + λI", "correct", None),
    ],
)  # fmt: skip
def test_verdicts_on_a_ridge_solution(response: str, status: str, reason: str | None) -> None:
    """Each slip has its name; own definitions and programs are read."""
    verdict = check(response, "(XᵀX + λI)⁻¹ q", type="matrix_expression", **SHAPES)
    assert verdict.status.value == status, verdict
    assert reason in (None, verdict.reason)


@pytest.mark.parametrize("name", ["Minv", "M_inv", "KtK", "Minv_t", "Mnew"])
def test_a_formula_does_not_end_at_a_name_of_a_program(name: str) -> None:
    """“o = S Minv q” is not the answer S."""
    options: dict[str, Any] = {"shapes": {"S": ["d", "d"], "M": ["d", "d"], "q": ["d"]}}
    kind = get_type("matrix_expression")
    read = MatrixExpressionOptions.model_validate(options)
    for words in (f"o = S {name} q", f"The output is o_t = S {name} q_t"):
        assert not [match for match in kind.find(tokenize(words), read) if match.last == 3]
    assert list(kind.find(tokenize("o = S q here"), read))


@pytest.mark.parametrize(
    ("response", "status"),
    [("U Σ² (Σ² + λI)⁻¹ Uᵀ", "correct"), ("V Σ² (Σ² + λI)⁻¹ Vᵀ", "incorrect"), ("U Σ³ (Σ² + λI)⁻¹ Uᵀ", "incorrect")],
)
def test_the_square_of_a_long_diagonal_is_that_of_its_entries(response: str, status: str) -> None:
    """As everybody writes it with singular values; other powers have no meaning."""
    options: dict[str, Any] = {
        "shapes": {"X": ["m", "n"], "U": ["m", "m"], "V": ["n", "n"], "Σ": ["m", "n"], "σ_i": "scalar", "λ": "scalar"},
        "structure": {"U": "orthogonal", "V": "orthogonal", "Σ": "diagonal"},
        "define": {"Σ": "diag(σ_i)", "X": "U Σ V^T"},
        "sums": {"i": "m"},
        "domain": "λ > 0",
    }
    assert check(response, "X Xᵀ (X Xᵀ + λ I)⁻¹", type="matrix_expression", **options).status.value == status


def test_a_function_in_which_the_question_is_asked_may_be_kept_out() -> None:
    """−yᵀ log softmax(a) is the question; the same with a logarithm of a sum is the answer."""
    options: dict[str, Any] = {
        "shapes": {"a": ["k", 1], "z": ["k", 1], "y": ["k", 1]},
        "define": {"y": "z / sum(z)"},
        "domain": "z > 0",
        "sums": {"i": "k"},
        "avoid": ["softmax"],
    }
    key = "log(sum(exp(a))) - y^T a"
    assert check("ln Σ_i e^{a_i} − yᵀa", key, type="matrix_expression", **options).status is Status.CORRECT
    again = check("-y^T log softmax(a)", key, type="matrix_expression", **options)
    assert (again.status, again.reason) == (Status.INCORRECT, "form")
    assert "without softmax" in again.feedback


def test_a_part_of_the_question_may_be_kept_out() -> None:
    """κ(XᵀX) is asked by κ(X): the question repeated is no answer, in whatever notation."""
    options: dict[str, Any] = {
        "shapes": {"X": ["n", "d"]},
        "structure": {"X": "full column rank"},
        "avoid": ["X^T X"],
    }
    for right in ("κ(X)²", "σ_max²/σ_min²"):
        assert check(right, "κ(X)^2", type="matrix_expression", **options).status is Status.CORRECT
    for again in ("κ(XᵀX)", r"\kappa(X^\top X)", "cond(X'X)", "λ_max(X.T @ X)/λ_min(X.T @ X)"):
        verdict = check(again, "κ(X)^2", type="matrix_expression", **options)
        assert (verdict.status, verdict.reason) == (Status.INCORRECT, "form"), again
        assert "without XᵀX" in verdict.feedback


def test_what_is_to_be_avoided_has_to_be_readable() -> None:
    """A broken formula is the author's error."""
    with pytest.raises(ValidationError, match="to be avoided"):
        MatrixExpressionOptions.model_validate({**SHAPES, "avoid": ["A ("]})


@pytest.mark.parametrize(
    ("response", "status"),
    [("I A I = A", "correct"), ("AI = IA = A", "correct"), ("A I = B", "incorrect"), ("I A = A I", "incorrect")],
)
def test_a_chain_may_end_with_a_symbol_of_the_question(response: str, status: str) -> None:
    """In ``I A I = A`` the last side is the answer and no name for it; a symbol of nobody's is a name."""
    verdict = check(response, "A", type="matrix_expression", shapes={"A": ["m", "n"]}, avoid=["I"])
    assert verdict.status == status


@pytest.mark.parametrize(
    ("response", "status"),
    [
        ("(vᵀb/vᵀv) v", "correct"),
        ("(v v^T/v^T v) b", "correct"),
        ("(v'b / v'v) v", "correct"),
        ("vᵀb/vᵀv v", "correct"),
        ("(vᵀb/bᵀb) v", "incorrect"),
        ("(vᵀb/vᵀ) v", "incorrect"),
    ],
)
def test_a_row_below_a_slash_goes_on_to_its_column(response: str, status: str) -> None:
    """Nothing can be divided by vᵀ alone: in vᵀb/vᵀv the whole vᵀv is below."""
    shapes = {"v": ["d"], "b": ["d"]}
    assert check(response, "v v^T b / (v^T v)", type="matrix_expression", shapes=shapes).status == status
