"""Momentum as a map of states: inverses by round trips, Jacobians against the closed forms and against slips."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reference.linear import determinant, exact_array
from reference.sequence_models import momentum

F = Fraction
ALPHA, BETA = F(1, 3), F(4, 5)


def column(seed: int, size: int = 3) -> np.ndarray:
    return exact_array(np.random.default_rng(seed).integers(-5, 6, size=(size, 1)).tolist(), "x")


def gradient(theta: np.ndarray) -> np.ndarray:
    """Of a function that is not quadratic and mixes its arguments."""
    return theta**3 - 2 * theta[::-1] + 1


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("beta", [BETA, F(-2)])
def test_the_step_before_is_found_again(seed, beta):
    """A round trip gives the state back, exactly; ∇F at the new point, or without 1/β, does not."""
    theta, p = column(seed), column(seed + 100)
    after, moved = momentum.step(theta, p, ALPHA, beta, gradient)
    assert np.all(momentum.previous_position(after, moved) == theta)
    assert np.all(momentum.previous_momentum(after, moved, ALPHA, beta, gradient) == p)
    assert np.allclose(momentum.position_by_bisection(after, moved), theta.astype(float))
    found = momentum.momentum_by_bisection(after, moved, ALPHA, beta, gradient)
    assert np.allclose(found, p.astype(float), rtol=1e-12, atol=1e-12)
    assert np.all((moved + ALPHA * gradient(after - moved)) / beta == p)
    assert np.any((moved + ALPHA * gradient(after)) / beta != p)


def test_without_momentum_the_step_before_is_lost():
    """β = 0 forgets p."""
    with pytest.raises(ValueError, match="beta is 0"):
        momentum.previous_momentum(column(1), column(2), ALPHA, F(0), gradient)


@pytest.mark.parametrize("d", [1, 2, 3])
def test_the_jacobian_is_that_of_both_substeps(d):
    """[[I − αH, βI], [−αH, βI]]; the matrix of the update of p alone has the same determinant and is another one."""
    root = np.random.default_rng(d).integers(-3, 4, size=(d, d))
    H = exact_array((root + root.T).tolist(), "H")
    eye = exact_array(np.eye(d, dtype=int).tolist(), "I")
    found = momentum.jacobian(H, ALPHA, BETA)
    assert np.all(found == np.block([[eye - ALPHA * H, BETA * eye], [-ALPHA * H, BETA * eye]]))
    assert np.allclose(momentum.jacobian_by_complex_steps(H, ALPHA, BETA), found.astype(float), rtol=1e-12)
    alone = np.block([[eye, 0 * eye], [-ALPHA * H, BETA * eye]])
    assert np.any(alone != found)
    assert determinant(alone) == determinant(found) == BETA**d


@pytest.mark.parametrize("d", [1, 2, 5, 8])
@pytest.mark.parametrize("beta", [BETA, F(-1, 2), F(3)])
def test_the_determinant_is_a_power_of_the_momentum(d, beta):
    """β^D, whatever H is."""
    assert momentum.jacobian_determinant(d, beta) == beta**d
    assert momentum.determinant_by_eigenvalues(d, beta) == pytest.approx(float(beta**d))
