"""Norms and condition numbers as formulas: definitions agree with singular values, and foreseen mistakes do not."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reference.numerical_analysis import operator_norms
from reference.numerical_analysis import spectral_formulas as formulas

A = np.random.default_rng(1).integers(-5, 6, size=(5, 3)).astype(object)
S = np.linalg.svd(A.astype(float))[1]
R = np.triu(np.random.default_rng(2).integers(1, 6, size=(3, 3))).astype(object)

CASES = [
    ("frobenius_norm", "frobenius_norm_by_values", (), np.sqrt(np.sum(S**2)), (S[0], np.sum(S**2), np.sum(S))),
    ("spectral_norm", "spectral_norm_by_values", (), S[0], (np.sqrt(np.sum(S**2)), S[0] ** 2, S[-1])),
    ("pseudo_inverse_norm", "pseudo_inverse_norm_by_numpy", (), 1 / S[-1], (1 / S[0], S[-1], 1 / S[-1] ** 2)),
    ("condition", "condition_by_numpy", (), S[0] / S[-1], (S[0] * S[-1], (S[0] / S[-1]) ** 2, S[-1] / S[0])),
    ("tall_condition", "tall_condition_by_numpy", (), S[0] / S[-1], (S[0] / S[1],)),
    ("gram_condition", "gram_condition_by_eigenvalues", (), (S[0] / S[-1]) ** 2, (S[0] / S[-1], 2 * S[0] / S[-1])),
    ("scaled_gram_condition", "scaled_gram_condition_by_eigenvalues", (), (S[0] / S[-1]) ** 2, (S[0] / S[-1],)),
    ("truncation_error", "truncation_error_by_factors", (1,), S[1], (S[0], S[2], S[0] - S[1])),
    ("truncation_error", "truncation_error_by_factors", (2,), S[2], (S[0], S[1])),
    ("truncation_error", "truncation_error_by_factors", (3,), 0, (S[2],)),
    ("frobenius_truncation_error", "frobenius_truncation_error_by_factors", (1,), np.hypot(S[1], S[2]), (S[1],)),
    ("variance_norm", "variance_norm_by_worst_direction", (Fraction(3, 2),), 2.25 / S[-1] ** 2, (1.5 / S[-1] ** 2,)),
]


@pytest.mark.parametrize(("solver", "confirmation", "more", "expected", "wrong"), CASES)
def test_both_ways_give_the_closed_form_and_no_foreseen_mistake(solver, confirmation, more, expected, wrong):
    """On a tall matrix without symmetry, whose singular values are all different."""
    for name in (solver, confirmation):
        found = getattr(formulas, name)(A, *more)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), name
        assert all(abs(found - other) > 1e-3 for other in wrong), name


def test_the_triangular_factor_has_the_condition_of_the_matrix():
    """R of a drawn X = Q R with orthonormal columns."""
    Q = np.linalg.qr(np.random.default_rng(3).normal(size=(6, 3)))[0]
    for solver in (formulas.triangular_condition, formulas.triangular_condition_by_numpy):
        assert solver(R) == pytest.approx(np.linalg.cond(Q @ R.astype(float)), rel=1e-9)


def test_close_singular_values_are_refused():
    """Their directions cannot be told apart by powers of AᵀA."""
    with pytest.raises(ValueError, match="too close"):
        formulas.truncation_error([[1, 0], [0, 1], [0, 0]], 1)


@pytest.mark.parametrize("solver", [operator_norms.both_definitions, operator_norms.both_definitions_on_vectors])
@pytest.mark.parametrize("rows", [[[1, -2], [3, 4]], [[0, 5], [-5, 1]], [[2, -7, 1]], [[1], [-3], [2]]])
def test_the_least_bound_is_the_largest_image(solver, rows):
    """Both are the largest absolute entry for p = 1 and q = ∞."""
    assert [float(value) for value in solver(rows)] == pytest.approx([np.max(np.abs(rows))] * 2, abs=1e-12)
