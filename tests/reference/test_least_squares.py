"""Least squares: coefficients, their covariance, and the gradient of the loss."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reference.linear import inverse_by_cofactors
from reference.numerical_analysis import least_squares as ls

F = Fraction


def draw(seed: int, *shape: int) -> np.ndarray:
    """Integers from 1 to 9 with a sign, as Python numbers."""
    rng = np.random.default_rng((seed, *shape))
    return (rng.integers(1, 10, size=shape) * rng.choice([-1, 1], size=shape)).astype(object)


@pytest.mark.parametrize("solver", [ls.coefficients, ls.coefficients_by_descent])
def test_coefficients_satisfy_the_normal_equations(solver):
    """(XᵀX)⁻¹Xᵀy exactly, and numpy's least squares; Xᵀy alone is something else."""
    X, y = draw(1, 5, 3), draw(2, 5, 1)
    found = solver(X, y)
    assert np.all(found == inverse_by_cofactors(X.T @ X * F(1)) @ X.T @ y)
    assert np.allclose(found.astype(float), np.linalg.lstsq(X.astype(float), y.astype(float), rcond=None)[0])
    assert np.any(found != X.T @ y)


def test_dependent_columns_are_refused():
    """There is no single best β."""
    with pytest.raises(ValueError, match="singular"):
        ls.coefficients([[1, 2], [2, 4], [3, 6]], [1, 0, 1])


@pytest.mark.parametrize("solver", [ls.loss_gradient, ls.loss_gradient_by_entries])
def test_the_gradient_of_the_loss(solver):
    """2 Xᵀ(X β − y): neither without the 2 nor with X in place of its transpose, nor with the other sign."""
    X, y, beta = draw(3, 3, 3), draw(4, 3, 1), draw(5, 3, 1)
    found = solver(X, y, beta)
    assert np.all(found == 2 * X.T @ (X @ beta - y))
    for wrong in (X.T @ (X @ beta - y), 2 * X @ (X @ beta - y), 2 * X.T @ (y - X @ beta)):
        assert np.any(found != wrong)


@pytest.mark.parametrize("solver", [ls.covariance, ls.covariance_by_outcomes])
def test_the_covariance_of_the_coefficients(solver):
    """σ²(XᵀX)⁻¹ exactly; σ in place of σ², and XᵀX in place of its inverse, differ."""
    X, sigma = draw(6, 4, 2), F(3, 2)
    inverse = inverse_by_cofactors(X.T @ X * F(1))
    found = solver(X, sigma)
    assert np.all(found == sigma**2 * inverse)
    for wrong in (sigma * inverse, sigma**2 * X.T @ X, inverse):
        assert np.any(found != wrong)


def test_too_many_outcomes_are_refused():
    """Two to the power of nine regressions are not tried."""
    with pytest.raises(ValueError, match="too large"):
        ls.covariance_by_outcomes(draw(7, 9, 2), 1)
