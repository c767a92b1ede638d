"""Differentials and the gradient through A X B: definitions agree with closed forms, and foreseen mistakes do not."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

import numpy as np
import pytest

from reference.linear import inverse_by_cofactors
from reference.numerical_analysis import differentials as diff


def draw(seed: int, *shape: int) -> np.ndarray:
    """Integers from 1 to 4 with a sign, as Python numbers."""
    rng = np.random.default_rng((seed, *shape))
    return (rng.integers(1, 5, size=shape) * rng.choice([-1, 1], size=shape)).astype(object)


def close(one: object, other: object) -> bool:
    """Whether two arrays are the same to nine digits."""
    first, second = (np.array(array, dtype=float) for array in (one, other))
    return first.shape == second.shape and np.allclose(first, second, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("solver", [diff.product_differential, diff.product_differential_by_complex_step])
def test_a_product_changes_factor_by_factor(solver):
    """dX Y + X dY; for square matrices exchanged factors fit and give something else."""
    X, Y, dX, dY = draw(1, 2, 3), draw(2, 3, 4), draw(3, 2, 3), draw(4, 3, 4)
    assert close(solver(X, Y, dX, dY), dX @ Y + X @ dY)
    X, Y, dX, dY = (draw(seed, 3, 3) for seed in (5, 6, 7, 8))
    found = solver(X, Y, dX, dY)
    assert close(found, dX @ Y + X @ dY)
    for wrong in (dX @ Y + dY @ X, Y @ dX + X @ dY, dX @ dY, dX @ Y, dX @ Y + X @ dY + dX @ dY):
        assert not close(found, wrong)


@pytest.mark.parametrize("solver", [diff.hadamard_differential, diff.hadamard_differential_by_complex_step])
def test_an_entrywise_product_changes_factor_by_factor(solver):
    """dX ⊙ Y + X ⊙ dY, and not the rule with ordinary products."""
    X, Y, dX, dY = (draw(seed, 3, 3) for seed in (9, 10, 11, 12))
    found = solver(X, Y, dX, dY)
    assert close(found, dX * Y + X * dY)
    assert not close(found, dX @ Y + X @ dY)


@pytest.mark.parametrize("solver", [diff.inverse_differential, diff.inverse_differential_by_complex_step])
def test_an_inverse_changes_between_two_inverses(solver):
    """−X⁻¹ dX X⁻¹; the sign and the order matter."""
    X, dX = draw(13, 3, 3), draw(14, 3, 3)
    inverse = inverse_by_cofactors(X * diff.Fraction(1))
    found = solver(X, dX)
    assert close(found, -inverse @ dX @ inverse)
    for wrong in (
        inverse @ dX @ inverse,
        -inverse @ inverse @ dX,
        -dX @ inverse @ inverse,
        -inverse.T @ dX @ inverse.T,
    ):
        assert not close(found, wrong)


def test_a_singular_matrix_has_no_differential_of_its_inverse():
    """It is refused by name."""
    with pytest.raises(ValueError, match="singular"):
        diff.inverse_differential([[1, 2], [2, 4]], [[1, 0], [0, 1]])


@pytest.mark.parametrize("solver", [diff.sine_differential, diff.sine_differential_by_differences])
def test_a_function_of_entries_changes_entry_by_entry(solver):
    """cos(X) ⊙ dX, and not the ordinary product."""
    X, dX = draw(15, 3, 3), draw(16, 3, 3)
    cosine = np.cos(X.astype(float))
    assert close(solver(X, dX), cosine * dX)
    assert not close(solver(X, dX), cosine @ dX)
    assert not close(solver(X, dX), cosine)


@pytest.mark.parametrize("solver", [diff.chained_gradient, diff.chained_gradient_by_entries])
def test_a_gradient_goes_back_by_transposes(solver):
    """AᵀGBᵀ for four different sizes; for square matrices the slips fit and differ."""
    A, X, B, G = draw(17, 2, 3), draw(18, 3, 4), draw(19, 4, 5), draw(20, 2, 5)
    assert np.all(solver(A, X, B, G) == A.T @ G @ B.T)
    A, X, B, G = (draw(seed, 3, 3) for seed in (21, 22, 23, 24))
    found = solver(A, X, B, G)
    for wrong in (A @ G @ B, B @ G.T @ A, B.T @ G @ A.T, A.T @ G.T @ B.T):
        assert np.any(found != wrong)


@pytest.mark.parametrize("solver", [diff.sine_gradient, diff.sine_gradient_by_entries])
def test_the_gradient_of_a_sum_of_sines(solver):
    """Aᵀ (C ⊙ cos(AXB)) Bᵀ."""
    A, X, B, C = draw(25, 2, 3), draw(26, 3, 4), draw(27, 4, 5), draw(28, 2, 5)
    cosine = np.cos((A @ X @ B).astype(float))
    assert close(solver(A, X, B, C), A.T @ (C * cosine) @ B.T)
    assert not close(solver(A, X, B, C), A.T @ cosine @ B.T)
