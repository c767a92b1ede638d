"""Statements of the lecture notes: each is decided in two ways; its counterexample is worked out anew here."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tables import table

from reference.linear import exact_array
from reference.numerical_analysis import claims_logistic, claims_norms, claims_spectra, claims_systems, semidefinite

SPECS = Path(__file__).resolve().parents[2] / "problems" / "numerical-analysis"
MODULES = {
    "claims_logistic": claims_logistic,
    "claims_norms": claims_norms,
    "claims_systems": claims_systems,
    "claims_spectra": claims_spectra,
    "semidefinite": semidefinite,
}


def claims() -> Iterator[tuple[str, str, str]]:
    """Module, function and confirmation of every statement in the specs."""
    for path in sorted(SPECS.glob("claims-*.yaml")):
        spec = table(path)
        for part in spec["parts"]:
            yield Path(spec["solver"]).stem, part["answer"]["solve"], part["confirm"]


def example(module: object, name: str) -> dict[str, np.ndarray]:
    """The counterexample of a false statement, as arrays of floats."""
    found = getattr(module, name)()
    assert found["is"] is False
    assert found["shows"]
    return {key: np.array(value, dtype=float) for key, value in found["at"].items() if not isinstance(value, str)}


@pytest.mark.parametrize(("module", "solve", "confirm"), list(claims()))
def test_both_ways_decide_alike_and_a_false_statement_has_an_example(module, solve, confirm):
    """The confirmation gives the class alone."""
    found, second = getattr(MODULES[module], solve)(), getattr(MODULES[module], confirm)()
    assert found["is"] is second
    assert found["shows"].strip()
    assert bool(found.get("at")) is not found["is"]


def test_there_are_true_statements_and_false_ones():
    """So that one answer to all of them does not pay."""
    classes = [getattr(MODULES[module], solve)()["is"] for module, solve, _ in claims()]
    assert classes.count(True) >= 10
    assert classes.count(False) >= 15


def test_examples_about_norms():
    """The counterexamples break what the statement says, by numpy's norms."""
    at = example(claims_norms, "every_order_is_a_norm")
    x, y = at["x"], at["y"]
    assert np.linalg.norm(x + y, 0.5) > np.linalg.norm(x, 0.5) + np.linalg.norm(y, 0.5)
    at = example(claims_norms, "every_operator_norm_is_spectral")
    assert not np.isclose(np.linalg.norm(at["A"], 1), np.linalg.norm(at["A"], 2))
    at = example(claims_norms, "frobenius_is_an_operator_norm")
    assert np.linalg.norm(at["A"], "fro") > np.linalg.norm(at["A"], 2) + 0.1
    M = example(claims_norms, "largest_image_without_root")["M"]
    assert not np.isclose(np.linalg.eigvalsh(M @ M.T)[-1], np.linalg.norm(M.T, 2))
    at = example(claims_norms, "supremum_of_bounds")
    assert min(at["C"]) == np.linalg.norm(at["A"], 1) < max(at["C"])


def test_examples_about_systems():
    """No solution despite a low rank; a solution despite more rows than columns; a wide matrix of condition 1."""
    at = example(claims_systems, "low_rank_means_many")
    residual = at["A"] @ np.linalg.pinv(at["A"]) @ at["y"] - at["y"]
    assert np.linalg.matrix_rank(at["A"]) < at["A"].shape[1]
    assert np.linalg.norm(residual) > 0.1
    at = example(claims_systems, "tall_means_none")
    assert at["A"].shape[0] > at["A"].shape[1] == np.linalg.matrix_rank(at["A"])
    assert np.allclose(at["A"] @ np.linalg.pinv(at["A"]) @ at["y"], at["y"])
    A = example(claims_systems, "tall_has_left_inverse")["A"]
    assert A.shape[0] > A.shape[1]
    assert not np.allclose(np.linalg.pinv(A) @ A, np.eye(A.shape[1]))
    A = example(claims_systems, "wide_norm_product_is_infinite")["A"]
    assert A.shape[0] < A.shape[1]
    assert np.isclose(np.linalg.norm(A, 2) * np.linalg.norm(np.linalg.pinv(A), 2), 1)


def test_examples_about_spectra():
    """Eigenvalues that hide a large condition number; a norm that is 1 and another that is not; factors."""
    X = example(claims_spectra, "condition_is_a_ratio_of_eigenvalues")["X"]
    sizes = np.abs(np.linalg.eigvals(X))
    assert np.linalg.cond(X) > 1000 * max(sizes) / min(sizes)
    X = example(claims_spectra, "unit_eigenvalues_mean_no_collinearity")["X"]
    assert np.allclose(np.linalg.eigvals(X), 1)
    assert np.linalg.svd(X)[1][-1] < 0.02
    found = claims_spectra.frobenius_one_means_spectral_one()["at"]["X"]
    X = np.array([[float(entry) for entry in row] for row in found])
    assert np.isclose(np.linalg.norm(X), 1)
    assert np.linalg.norm(X, 2) < 0.9
    found = claims_spectra.thin_factor_is_invertible()["at"]["Q"]
    Q = np.array([[float(entry) for entry in row] for row in found])
    assert np.allclose(Q.T @ Q, np.eye(1))
    assert not np.allclose(Q @ Q.T, np.eye(2))
    U = example(claims_spectra, "orthogonal_gram_is_all_ones")["U"]
    assert np.allclose(U.T @ U, np.eye(2))
    at = example(claims_spectra, "middle_factor_has_a_square")
    assert at["n"] != at["m"]


def test_examples_about_semidefinite_matrices():
    """A form that is positive without symmetry; a block of a matrix exponential that is no exponential of the block."""
    A = example(semidefinite, "nonnegative_form_means_symmetric")["A"]
    assert np.linalg.eigvalsh(A + A.T)[0] > 0
    assert not np.array_equal(A, A.T)
    at = example(semidefinite, "matrix_exponential_block")
    assert semidefinite.matrix_exponential(at["Q"] @ at["K"].T)[0, 0] == pytest.approx(np.e)


def test_examples_about_the_logistic_loss():
    """The differential with a plus differs from the slope along da."""
    at = example(claims_logistic, "differential_adds_the_label")
    a, y, da = (at[name] for name in ("a", "y", "da"))
    p = np.exp(a) / np.sum(np.exp(a))
    slope = (np.log(np.sum(np.exp(a + 1e-6 * da))) - np.log(np.sum(np.exp(a))) - 1e-6 * y @ da) / 1e-6
    assert slope == pytest.approx((p - y) @ da, abs=1e-5)
    assert abs(slope + (y + p) @ da) > 0.1


def test_inertia_agrees_with_eigenvalues():
    """On random symmetric matrices, singular ones and such with a zero diagonal among them."""
    rng = np.random.default_rng(3)
    for _ in range(40):
        half = rng.integers(-2, 3, size=(3, 3))
        whole = half + half.T if rng.random() < 0.5 else half @ np.diag([1, -1, 0]) @ half.T
        values = np.linalg.eigvalsh(whole.astype(float))
        expected = (int(np.sum(values > 1e-9)), int(np.sum(values < -1e-9)), int(np.sum(np.abs(values) <= 1e-9)))
        assert semidefinite.inertia(exact_array(whole, "S")) == expected
    assert semidefinite.inertia([[0, 1], [1, 0]]) == (1, 1, 0)
    with pytest.raises(ValueError, match="not symmetric"):
        semidefinite.inertia([[0, 1], [2, 0]])


def test_the_matrix_exponential_of_known_matrices():
    """A diagonal one, and a rotation generator."""
    assert np.allclose(semidefinite.matrix_exponential([[1, 0], [0, -2]]), np.diag(np.exp([1, -2])))
    turned = semidefinite.matrix_exponential([[0, -3], [3, 0]])
    assert np.allclose(turned, [[np.cos(3), -np.sin(3)], [np.sin(3), np.cos(3)]])
