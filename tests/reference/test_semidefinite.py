"""Definiteness of symmetric matrices: exact elimination and eigenvalues give the same word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reference.numerical_analysis import semidefinite

entries = st.integers(-4, 4)
matrices = st.lists(entries, min_size=6, max_size=6).map(
    lambda e: [[e[0], e[1], e[2]], [e[1], e[3], e[4]], [e[2], e[4], e[5]]]
)

CASES = [
    ([[2, -2], [-2, 2]], "positive semidefinite"),
    ([[2, 1], [1, 3]], "positive definite"),
    ([[1, 2], [2, 1]], "indefinite"),
    ([[-3, 1], [1, -2]], "negative definite"),
    ([[-1, 2], [2, -4]], "negative semidefinite"),
    ([[0, 1], [1, 0]], "indefinite"),
    ([[0, 0], [0, 3]], "positive semidefinite"),
]


@pytest.mark.parametrize("solver", [semidefinite.definiteness, semidefinite.definiteness_by_eigenvalues])
@pytest.mark.parametrize(("rows", "word"), CASES)
def test_the_word_for_a_matrix(solver, rows, word):
    """Worked out by hand; a zero on the diagonal decides nothing by itself."""
    assert solver(rows) == word


@given(matrices)
@settings(deadline=None, max_examples=60)
def test_elimination_and_eigenvalues_agree(rows):
    """On symmetric matrices of small integers, which are often singular."""
    assume(np.any(rows))
    assert semidefinite.definiteness(rows) == semidefinite.definiteness_by_eigenvalues(rows)


@pytest.mark.parametrize("solver", [semidefinite.definiteness, semidefinite.definiteness_by_eigenvalues])
def test_the_zero_matrix_has_no_single_word(solver):
    """It is positive and negative semidefinite."""
    with pytest.raises(ValueError, match="trivial"):
        solver([[0, 0], [0, 0]])
