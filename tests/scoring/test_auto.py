"""``auto``: the answer type that an expected answer has."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

from grader import check
from grader.answers import type_names
from grader.diagnostics import SpecError
from grader.scoring.auto import work_out

X = sympy.Symbol("x")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        *(("number", text) for text in ("3", "3/4", "√2", "π/4", "50%", "1e-3", "x = 3", "\\boxed{3}", "$3$", "-1/2",
        "2^{10}")),
        *(("expression", text) for text in ("x+1", "x^2/(x^2+y)", "m' = (n m + x)/(n+1)", "n!", "(a+b)(c+d)", "e^x",
        "\\sum_{i=1}^n x_i")),
        *(("equation", text) for text in ("x + y = 1", "x^2 + y^2 = 4")),
        *(("interval", text) for text in ("[1, 4]", "(1, 2]", "(0, 1)", "[1, 4] ∪ [6, 7]", "x ≥ 1", "1 < x ≤ 4",
        "x ∈ [1, 2]", "(-∞, 3)", "x ≠ 0")),
        *(("set", text) for text in ("{1, 2}", "{x, -x}", "±2", "x = ±2", "\\{1, 2\\}")),
        *(("sequence", text) for text in ("[1, 2, 3]", "[0, 1, 0.7]", "(1,2,3)", "[2, 1]")),
        *(("matrix", text) for text in ("[[1,2],[3,4]]", "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}",
        "[1 2; 3 4]")),
        *(("growth", text) for text in ("O(n log n)", "Θ(n^2)", "\\mathcal{O}(n)", "Ω(n)")),
        *(("choice", text) for text in ("A", "(B)", "\\boxed{C}")),
        *(("classification", value) for value in (True, False, "True", "false")), ("choice", "yes"),
        *(("number", value) for value in (3, 0.5, Fraction(1, 2), np.float64(3.5), np.array(3), sympy.Rational(1, 2),
        10**400)),
        *(("sequence", value) for value in ([1, 2], (1, 2), np.array([1, 2]))), ("set", {1, 2}), ("set",
        sympy.FiniteSet(1, 2)),
        *(("matrix", value) for value in ([[1, 2], [3, 4]], np.array([[1, 2], [3, 4]]), sympy.Matrix([[1, 2]]))),
        *(("interval", value) for value in (sympy.Interval(0, 1), sympy.Union(sympy.Interval(0, 1),
        sympy.Interval(2, 3)))), ("expression", X**2 + 1),
    ],
)  # fmt: skip
def test_the_type_of_an_expected_answer(kind: str, expected: Any) -> None:
    """Text is read as what it looks like to a person; plain values, arrays and SymPy objects tell it themselves."""
    assert work_out(expected, {})[0] == kind


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("choice", {"options": ["x", "y"]}), ("matrix_expression", {"shapes": {"A": ["n", "n"]}}), ("sequence",
        {"index": "l"}), ("growth", {"bound": "O"}),
        ("growth", {"assume": "d <= n"}), ("interval", {"variable": "x"}), ("matrix", {"scale": "any"}), ("sequence",
        {"names": ["a", "b"]}),
    ],
)  # fmt: skip
def test_an_option_that_belongs_to_one_type_decides(kind: str, options: dict[str, Any]) -> None:
    """What the caller says of the answer is stronger than what it looks like, and is kept."""
    name, found, _ = work_out("A", options)
    assert name == kind
    assert options.items() <= found.items()


@pytest.mark.parametrize("expected", ["", "   ", None, {}, object(), b"3"])
def test_what_is_no_answer_is_an_error_of_the_caller(expected: object) -> None:
    """The error names the types that could be asked for."""
    with pytest.raises(SpecError, match="no answer type") as error:
        work_out(expected, {})
    assert "number" in (error.value.diagnostics[0].fix or "")


def test_variables_come_from_the_expected_answer() -> None:
    """Symbols of the key are declared, so that ``nd`` is cut into n and d; those of the call are kept."""
    assert set(work_out("n d^2 + x", {})[1]["variables"]) == {"n", "d", "x"}
    assert work_out("x + 1", {"variables": ["x", "y"]})[1]["variables"] == ["x", "y"]
    assert work_out("[1, 4]", {}, "1 ≤ λ ≤ 4")[1]["variable"] == "λ"


@pytest.mark.parametrize(
    ("response", "expected", "status"),
    [
        ("0.75", "3/4", "correct"), ("x + 1", "1 + x", "correct"), ("1 ≤ x ≤ 4", "[1, 4]", "correct"), ("{2, 1}",
        "{1, 2}", "correct"),
        ("[[1, 2], [3, 5]]", [[1, 2], [3, 4]], "partial"), ("O(n)", "O(n log n)", "incorrect"), ("The answer is B.",
        "B", "correct"), ("2", 3, "incorrect"),
        ("dn^2", "n^2 d", "correct"), ("N", "n", "incorrect"),
    ],
)  # fmt: skip
def test_verdicts_without_a_type(response: str, expected: Any, status: str) -> None:
    """An answer is judged by the type that was worked out."""
    assert check(response, expected).status.value == status


def test_every_type_that_is_worked_out_exists() -> None:
    """No name is made up."""
    for expected in ("3", "x+1", "x + y = 1", "[1, 4]", "{1, 2}", "[1, 2, 3]", "[[1,2],[3,4]]", "O(n)", "A"):
        assert work_out(expected, {})[0] in type_names()
