"""Declared functions, norms and spectra as options: what authors write, and what solvers get."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from grader import check
from grader.answers import get_type
from grader.diagnostics import SpecError

MOMENTUM: dict[str, Any] = {
    "shapes": {"θ'": ["D"], "p'": ["D"], "α": "scalar"},
    "functions": {"∇F": ["D", "D"]},
}


def _agrees(kind: str, key: str, options: dict[str, Any], solve: Any) -> list[bool | None]:
    """Whether a solver gives the key's value, at each instance."""
    answers = get_type(kind)
    checked = answers.options_model.model_validate(options)
    truth = answers.key(key, checked)
    return [
        answers.agrees(solve(instance.arguments), instance, checked) for instance in answers.instances(truth, checked)
    ]


def test_a_solver_gets_unknown_functions() -> None:
    """∇F is a function of a column of exact numbers, and the wrong point is found."""

    def at_the_point_before(at: dict[str, Any]) -> Any:
        return at["p_prime"] + at["alpha"] * at["nabla_F"](at["theta_prime"] - at["p_prime"])

    def at_the_new_point(at: dict[str, Any]) -> Any:
        return at["p_prime"] + at["alpha"] * at["nabla_F"](at["theta_prime"])

    right = _agrees("matrix_expression", "p' + α ∇F(θ' - p')", MOMENTUM, at_the_point_before)
    wrong = _agrees("matrix_expression", "p' + α ∇F(θ' - p')", MOMENTUM, at_the_new_point)
    assert len(right) == 5
    assert all(right)
    assert not any(wrong)


def test_a_solver_gets_functions_of_numbers() -> None:
    """f and its derivative are functions of exact numbers."""
    options = {"variables": ["x"], "functions": ["f", "g", "f'", "g'"]}

    def derived(at: dict[str, Any]) -> Any:
        x = at["x"]
        return at["f_prime"](x) * at["g"](x) + at["f"](x) * at["g_prime"](x)

    found = _agrees("expression", "f'g + f(x)g'(x)", options, derived)
    assert found == [True] * 5
    one = _agrees("expression", "f(2)", {"variables": [], "functions": ["f"]}, lambda at: at["f"](Fraction(2)))
    assert all(one)


def test_a_solver_for_singular_values_works_with_floats() -> None:
    """A condition number is no rational number; it agrees to nine places, for tall matrices only."""
    options = {"shapes": {"X": ["m", "n"]}, "structure": {"X": "full column rank"}}
    found = _agrees("matrix_expression", "κ(X)", options, lambda at: float(np.linalg.cond(at["X"].astype(float))))
    assert found == [True] * 5


@pytest.mark.parametrize(
    "options",
    [
        {"functions": {"f": "cube"}}, {"functions": {"f": ["n", "n", "n"]}}, {"functions": {"f": 3}},
        {"norm": "euclid"}, {"structure": {"A": "pretty"}},
    ],
)  # fmt: skip
def test_what_is_no_declaration_is_told(options: dict[str, Any]) -> None:
    """An unknown function, norm or structure is the author's error."""
    with pytest.raises(SpecError):
        check("A", "A", type="matrix_expression", shapes={"A": ["n", "n"]}, **options)


def test_names_of_known_functions() -> None:
    """σ may be named as the logistic function, φ as tanh; their primes are then known."""
    found = check("φ'(x)", "1 - φ(x)^2", type="expression", variables=["x"], functions={"φ": "tanh"})
    assert found.status == "correct"
    assert check("s'(x)", "s(x)", type="expression", variables=["x"], functions={"s": "exp"}).status == "correct"


def test_bare_bars_are_undecided_until_their_norm_is_declared() -> None:
    """‖A‖ for ‖A‖_F is right, wrong or undecided by the option alone."""
    shapes = {"A": ["m", "n"]}
    verdicts = [
        check("‖A‖", "‖A‖_F", type="matrix_expression", shapes=shapes, norm=norm).status.value
        for norm in ("", "frobenius", "spectral")
    ]
    assert verdicts == ["undecided", "correct", "incorrect"]


def test_a_witness_of_a_norm_can_be_checked() -> None:
    """The matrix at which two norms differ is shown, with both values."""
    found = check("‖A‖_F", "‖A‖_2", type="matrix_expression", shapes={"A": ["n", "n"]})
    assert found.evidence is not None
    assert found.evidence.witness is not None
    at = dict(found.evidence.witness.at)
    matrix = np.array(json.loads(at["A"]), dtype=float)
    assert float(found.evidence.witness.yours) == pytest.approx(np.linalg.norm(matrix), rel=1e-5)
    assert float(found.evidence.witness.expected) == pytest.approx(np.linalg.norm(matrix, 2), rel=1e-5)


def test_spectrum_says_of_which_matrix_the_values_are() -> None:
    """σ_1 alone is of the declared matrix, of the only one, or of none."""
    several = {"shapes": {"A": ["n", "n"], "B": ["n", "n"]}}
    assert check("σ_1", "‖A‖_2", type="matrix_expression", **several).status == "undecided"
    assert check("σ_1", "‖A‖_2", type="matrix_expression", spectrum="A", **several).status == "correct"
    assert check("σ_1", "‖A‖_2", type="matrix_expression", spectrum="B", **several).status == "incorrect"
    assert check("σ_1", "‖A‖_2", type="matrix_expression", shapes={"A": ["n", "n"]}).status == "correct"
