"""Sums over entries and the matrices of linear functions: definitions agree with closed forms, and slips do not."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

import numpy as np
import pytest

from reference.numerical_analysis import trace_rules as rules


def draw(seed: int, *shape: int) -> np.ndarray:
    """Integers from 1 to 9 with a sign, as Python numbers."""
    rng = np.random.default_rng((seed, *shape))
    return (rng.integers(1, 10, size=shape) * rng.choice([-1, 1], size=shape)).astype(object)


@pytest.mark.parametrize(
    "solver", [rules.sum_of_products, rules.sum_of_products_by_polarisation, rules.trace_of_product]
)
def test_the_inner_product_of_matrices_is_a_trace(solver):
    """Tr(AᵀB) = Tr(ABᵀ), for shapes that are not square; for square ones Tr(AB) is another number."""
    A, B = draw(1, 3, 4), draw(2, 3, 4)
    assert solver(A, B) == np.trace(A.T @ B) == np.trace(A @ B.T)
    A, B = draw(3, 3, 3), draw(4, 3, 3)
    assert solver(A, B) == np.trace(A.T @ B) != np.trace(A @ B)
    with pytest.raises(ValueError, match="B is 4 x 3, expected 3 x 4"):
        solver(draw(1, 3, 4), draw(1, 4, 3))


@pytest.mark.parametrize("solver", [rules.triple_sum, rules.triple_sum_by_cubes])
def test_a_sum_of_three_factors_is_a_trace_with_an_entrywise_product(solver):
    """Tr((A ⊙ B)ᵀC) = Tr(Aᵀ(B ⊙ C)), and ordinary products give something else."""
    A, B, C = (draw(seed, 3, 3) for seed in (5, 6, 7))
    assert solver(A, B, C) == np.trace((A * B).T @ C) == np.trace(A.T @ (B * C))
    assert solver(A, B, C) != np.trace(A.T @ B @ C)
    assert solver(A, B, C) != np.trace((A * B) @ C)


@pytest.mark.parametrize("solver", [rules.quadratic_form_weights, rules.quadratic_form_weights_by_equations])
def test_a_quadratic_form_is_linear_in_its_matrix_with_the_weights_of_a_dyad(solver):
    """M = a aᵀ; on a B without symmetry the trace of M B is the form, and (aᵀa) Tr(B) is not."""
    a, B = draw(8, 3, 1), draw(9, 3, 3)
    M = solver(a)
    assert np.array_equal(M, a @ a.T)
    assert np.trace(M @ B) == (a.T @ B @ a)[0, 0] != (a.T @ a)[0, 0] * np.trace(B)


@pytest.mark.parametrize("solver", [rules.hadamard_weights, rules.hadamard_weights_by_equations])
def test_an_entrywise_product_moves_under_the_trace(solver):
    """M = A ⊙ B for shapes that are not square."""
    A, B = draw(10, 2, 3), draw(11, 2, 3)
    assert np.all(solver(A, B) == A * B)


def test_weights_of_a_function_without_symmetry_are_not_transposed():
    """Both ways find the weights of Σ w_ij C_ij in their places."""
    w = draw(12, 2, 3)
    for way in (rules.weights_by_units, rules.weights_by_equations):
        assert np.all(way(lambda matrix: np.sum(w * matrix), 2, 3) == w)
