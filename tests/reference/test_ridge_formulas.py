"""Formulas of ridge attention and of the best encoder: definitions agree with closed forms, and mistakes do not."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reference import encoder
from reference import ridge_formulas as ridge
from reference.linear import identity, inverse_by_cofactors

F = Fraction


def draw(seed: int, *shape: int) -> np.ndarray:
    """Integers from 1 to 9 with a sign, as Python numbers."""
    rng = np.random.default_rng((seed, *shape))
    return (rng.integers(1, 10, size=shape) * rng.choice([-1, 1], size=shape)).astype(object)


def differ(found: np.ndarray, *others: np.ndarray) -> bool:
    """Whether none of the others is the same matrix."""
    return all(other.shape != found.shape or np.any(other != found) for other in others)


@pytest.mark.parametrize("solver", [ridge.mean_with_point, ridge.mean_by_descent])
@pytest.mark.parametrize("n", [1, 2, 5])
def test_a_mean_moves_by_its_share_of_the_difference(solver, n):
    """m + (x − m)/(n + 1), and none of the foreseen mistakes."""
    m, x = draw(1, 3, 1), draw(2, 3, 1)
    found = solver(m, x, n)
    assert np.all(found == m + (x - m) * F(1, n + 1))
    assert differ(found, (n * m + x) * F(1, n), m + x * F(1, n + 1))
    assert n == 1 or differ(found, (m + x) * F(1, 2))


def test_the_two_terms_of_ridge_regression_are_sums_over_the_rows():
    """AᵀA + λI = λI + Σ x_i x_iᵀ and Aᵀy = Σ x_i y_i, by products and by derivatives of the loss."""
    A, y, lam = draw(3, 5, 3), draw(4, 5, 1), F(2, 3)
    dyads = sum(np.outer(row, row) for row in A)
    for solver in (ridge.ridge_matrix, ridge.ridge_matrix_by_loss):
        found = solver(A, lam)
        assert np.all(found == lam * identity(3) + dyads)
        assert differ(found, dyads, lam * identity(3) + sum(row @ row for row in A), lam * identity(5) + A @ A.T)
    for solver in (ridge.ridge_vector, ridge.ridge_vector_by_loss):
        found = solver(A, y)
        assert np.all(found == sum(row * target for row, target in zip(A, y[:, 0], strict=True)).reshape(3, 1))
        assert differ(found, np.sum(A, axis=0).reshape(3, 1) * np.sum(y))


@pytest.mark.parametrize("solver", [ridge.changed_inverse, ridge.changed_inverse_by_cofactors])
def test_the_inverse_after_a_change_of_rank_one_is_that_of_the_formula(solver):
    """On a matrix without symmetry and u ≠ v; both foreseen slips of sign, and exchanged vectors, differ."""
    M, u, v = draw(5, 3, 3), draw(6, 3, 1), draw(7, 3, 1)
    known = inverse_by_cofactors(M * F(1))
    inner = (v.T @ known @ u)[0, 0]
    change = known @ u @ v.T @ known
    found = solver(M, u, v)
    assert np.all(found == known - change / (1 + inner))
    assert differ(found, known + change / (1 + inner), known - change / (1 - inner))
    assert differ(found, known - known @ v @ u.T @ known / (1 + inner))


def test_a_change_that_leaves_no_inverse_is_refused():
    """1 + vᵀM⁻¹u = 0."""
    for solver in (ridge.changed_inverse, ridge.changed_inverse_by_cofactors):
        with pytest.raises(ValueError, match="singular"):
            solver([[1, 0], [0, 1]], [1, 0], [-1, 0])


@pytest.mark.parametrize("solver", [ridge.attention_output, ridge.attention_output_by_descent])
@pytest.mark.parametrize("d_v", [2, 3])
def test_the_output_is_the_values_keys_product_times_the_inverse_times_the_query(solver, d_v):
    """S M⁻¹ q with S = Σ v kᵀ; with d_v = d_k wrong orders fit and give other numbers."""
    K, V, q, lam = draw(8, 5, 3), draw(9, 5, d_v), draw(10, 3, 1), F(1, 2)
    inverse = inverse_by_cofactors(K.T @ K + lam * identity(3))
    S, N = V.T @ K, K.T @ V
    found = solver(K, V, q, lam)
    assert np.all(found == S @ inverse @ q)
    assert np.all(found == N.T @ inverse @ q)
    assert np.all(found == (q.T @ inverse @ N).T)
    if d_v == 3:
        wrong = (inverse @ S @ q, inverse @ N @ q, N @ inverse @ q, (q.T @ N @ inverse).T)
        assert differ(found, *wrong)
        assert np.all(solver(K, K, q, lam) == inverse @ (K.T @ K) @ q), "with V = K the wrong order is right"


@pytest.mark.parametrize("solver", [ridge.value_weights, ridge.value_weights_by_descent])
def test_weights_of_values_have_two_closed_forms_and_give_the_output(solver):
    """K M⁻¹ q = (K Kᵀ + λI)⁻¹ K q, and Vᵀ w is the output."""
    K, V, q, lam = draw(11, 4, 3), draw(12, 4, 2), draw(13, 3, 1), 2
    M, wide = K.T @ K + lam * identity(3), K @ K.T + lam * identity(4)
    found = solver(K, q, lam)
    assert np.all(found == K @ inverse_by_cofactors(M) @ q)
    assert np.all(found == inverse_by_cofactors(wide) @ K @ q)
    assert np.all(V.T @ found == ridge.attention_output(K, V, q, lam))
    assert differ(found, K @ q, K @ inverse_by_cofactors(M + lam * identity(3)) @ q)


def test_weights_can_be_negative_and_need_not_add_up_to_one():
    """Also where K q has no negative entry."""
    K, q = np.array([[1, 0], [1, 1], [2, 3]], dtype=object), [1, 0]
    found = ridge.value_weights(K, q, F(1, 10))
    assert min((K @ np.array([[1], [0]], dtype=object)).ravel()) >= 0
    assert min(found.ravel()) < 0
    assert sum(found.ravel()) != 1


ENCODERS = [encoder.best_encoder, encoder.best_encoder_by_descent]


@pytest.mark.parametrize("solver", ENCODERS)
def test_the_best_encoder_acts_on_each_singular_direction_alone(solver):
    """For X = U Σ Vᵀ with exact orthogonal factors: U diag(σ²/(σ² + λ)) Uᵀ; the foreseen mistakes differ."""
    U = np.array([[F(2, 3), F(-2, 3), F(1, 3)], [F(1, 3), F(2, 3), F(2, 3)], [F(2, 3), F(1, 3), F(-2, 3)]])
    V = np.array([[F(3, 5), F(-4, 5), 0, 0], [F(4, 5), F(3, 5), 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]])
    sigma, lam = [F(3), F(2), F(1)], F(3, 2)
    assert not np.any(U @ U.T - identity(3))
    X = U @ np.concatenate([np.diag(sigma), [[0], [0], [0]]], axis=1) @ V.T

    def around(left: np.ndarray, gains: list, right: np.ndarray) -> np.ndarray:
        return left @ np.diag(gains) @ right

    gains = [s**2 / (s**2 + lam) for s in sigma]
    found = solver(X, lam)
    assert np.all(found == around(U, gains, U.T))
    wrong_gains = ([s / (s + lam) for s in sigma], [s / (s**2 + lam) for s in sigma])
    assert differ(found, around(U.T, gains, U), np.diag(gains), *(around(U, g, U.T) for g in wrong_gains))
    assert differ(found, around(U, gains, V[:3, :3].T), around(V[:3, :3], gains, V[:3, :3].T))


@pytest.mark.parametrize("solver", ENCODERS)
def test_the_best_encoder_of_any_data_satisfies_the_normal_equations(solver):
    """W (X Xᵀ + λI) = X Xᵀ; without λ > 0 there may be no single best one, and it is refused."""
    X = draw(14, 3, 2)
    found = solver(X, F(1, 3))
    assert np.all(found @ (X @ X.T + F(1, 3) * identity(3)) == X @ X.T)
    with pytest.raises(ValueError, match="lam is 0, expected more than 0"):
        solver(X, 0)
