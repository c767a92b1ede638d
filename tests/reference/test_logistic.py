"""The loss of logistic regression and its gradients agree with the closed forms, and foreseen mistakes do not."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

import numpy as np
import pytest

from reference.numerical_analysis import logistic

A = np.array([[1.0], [-2.0], [0.5], [3.0]])
Y = np.array([[0.0], [0.0], [1.0], [0.0]])
P = np.exp(A) / np.sum(np.exp(A))


@pytest.mark.parametrize("solver", [logistic.loss, logistic.loss_by_odds])
def test_the_loss_is_a_logarithm_of_a_sum_less_the_score_of_the_class(solver):
    """log Σ exp(a_j) − a_c, and not its negative."""
    assert solver(A, Y) == pytest.approx(np.log(np.sum(np.exp(A))) - 0.5, rel=1e-12)
    assert solver(A, Y) > 0


@pytest.mark.parametrize("solver", [logistic.scores_gradient, logistic.scores_gradient_by_complex_step])
def test_the_gradient_by_the_scores_is_the_error_of_the_probabilities(solver):
    """softmax(a) − y; the two documented slips differ."""
    found = solver(A, Y)
    assert np.allclose(found, P - Y, rtol=1e-10, atol=1e-12)
    assert not np.allclose(found, -(Y + P))
    assert not np.allclose(found, Y - P)


@pytest.mark.parametrize("solver", [logistic.weights_gradient, logistic.weights_gradient_by_differences])
def test_the_gradient_by_the_weights_is_a_dyad(solver):
    """(softmax(Wx) − y) xᵀ in the shape of W; a transposed one has another shape."""
    W, x = np.array([[1.0, 2.0, 0.0], [-1.0, 0.5, 1.0]]), np.array([[1.0], [-2.0], [3.0]])
    y = np.array([[1.0], [0.0]])
    p = np.exp(W @ x) / np.sum(np.exp(W @ x))
    found = solver(W, x, y)
    assert found.shape == W.shape
    assert np.allclose(found, (p - y) @ x.T, rtol=1e-10, atol=1e-12)
    assert not np.allclose(found, (p + y) @ x.T)


def test_a_label_that_does_not_add_up_to_one_is_refused():
    """Else softmax(a) − y would not be the gradient."""
    with pytest.raises(ValueError, match="expected 1"):
        logistic.loss(A, 2 * Y)
    assert not np.allclose(logistic.scores_gradient(A, Y), 2 * P - Y)
