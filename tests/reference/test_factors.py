"""A matrix from its singular factors, and its pseudo-inverse, in exact arithmetic."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reference.linear import exact_array, identity, inverse_by_cofactors
from reference.numerical_analysis import factors

F = Fraction
U = exact_array([[F(2, 3), F(-2, 3)], [F(1, 3), F(2, 3)], [F(2, 3), F(1, 3)]], "U")
V = exact_array([[F(3, 5), 0], [F(4, 5), 0], [0, 1], [0, 0]], "V")
S = exact_array([[5, 0], [0, 2]], "S")


@pytest.mark.parametrize("solver", [factors.sum_of_dyads, factors.map_of_directions])
def test_factors_make_the_matrix(solver):
    """U S Vᵀ of rank 2 and shape 3 × 4; without the values, or with their squares, it is another one."""
    found = solver(U, S, V)
    assert np.array_equal(found, U @ S @ V.T)
    assert not np.array_equal(found, U @ V.T)
    assert not np.array_equal(found, U @ S @ S @ V.T)


def test_more_directions_than_dimensions_are_refused():
    """The columns of a wide factor are not orthonormal, so it is none."""
    with pytest.raises(ValueError, match="too large"):
        factors.map_of_directions(identity(3), identity(3), U.T)


@pytest.mark.parametrize("solver", [factors.pseudo_inverse, factors.pseudo_inverse_by_numpy])
def test_the_pseudo_inverse_is_a_left_inverse_of_full_columns(solver):
    """(AᵀA)⁻¹Aᵀ = V S⁻¹ Uᵀ; the transpose and the formula for wide matrices differ."""
    W = exact_array([[F(3, 5), F(-4, 5)], [F(4, 5), F(3, 5)]], "W")
    A = U @ S @ W.T
    found = np.array(solver(A), dtype=float)
    assert np.allclose(found, (inverse_by_cofactors(A.T @ A) @ A.T).astype(float))
    assert np.allclose(found, (W @ inverse_by_cofactors(S) @ U.T).astype(float))
    assert np.allclose(found @ A.astype(float), np.eye(2))
    assert not np.allclose(found, A.T.astype(float))


def test_the_exact_pseudo_inverse_satisfies_the_four_conditions():
    """Those of Penrose, without rounding, on a matrix without symmetry."""
    A = exact_array([[1, 2], [3, -1], [0, 4]], "A")
    B = factors.pseudo_inverse(A)
    assert np.array_equal(A @ B @ A, A)
    assert np.array_equal(B @ A @ B, B)
    assert np.array_equal((A @ B).T, A @ B)
    assert np.array_equal(B @ A, identity(2))
