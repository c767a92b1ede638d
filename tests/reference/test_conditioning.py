"""Condition numbers that can be seen, of diagonal and of orthogonal matrices; numbers of solutions of systems."""

# Matrices keep the course's symbols.
# ruff: noqa: N803

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.numerical_analysis import conditioning as cond
from reference.numerical_analysis import systems

diagonals = st.lists(st.integers(-12, 12).filter(bool), min_size=2, max_size=3)


@given(diagonals)
@settings(deadline=None, max_examples=20)
def test_condition_numbers_of_diagonals_agree_with_numpy(d):
    """The entries, the definition, and numpy; also with zeros below or beside."""
    expected = np.linalg.cond(np.diag(d))
    for solver in (cond.diagonal_condition, cond.tall_condition, cond.wide_condition):
        assert float(solver(d)) == pytest.approx(expected)
    assert cond.diagonal_condition_by_directions(d) == pytest.approx(expected, rel=1e-6)
    assert cond.tall_condition_by_pseudo_inverse(d) == pytest.approx(expected)
    assert cond.wide_condition_by_pseudo_inverse(d) == pytest.approx(expected)


def test_slips_give_other_numbers():
    """For the diagonal of the bank: 50, and not 1/50, −50 or 200."""
    d = [100, -2, 10]
    assert cond.diagonal_condition(d) == 50
    assert cond.inverse_condition(d) == Fraction(1, 50)
    assert cond.signed_ratio(d) == -50
    assert cond.determinant_of_diagonal(d) == 2000


def test_a_zero_on_the_diagonal_is_refused():
    """The matrix is singular."""
    with pytest.raises(ValueError, match="no 0"):
        cond.diagonal_condition([1, 0])


@pytest.mark.parametrize("solver", [cond.worst_ratio, cond.worst_ratio_by_rank])
def test_a_wide_matrix_has_no_bound_on_relative_errors(solver):
    """Whatever its numbers are."""
    assert solver([3, 2]) == solver([1, 1]) == solver([7]) == "infinite"


@pytest.mark.parametrize("solver", [cond.orthogonal_norm_and_condition, cond.orthogonal_norm_and_condition_by_numpy])
def test_orthogonal_matrices_change_no_length(solver):
    """‖Q‖ = κ(Q) = 1; the exact way gives exactly that."""
    assert [float(value) for value in solver()] == pytest.approx([1, 1])
    assert cond.orthogonal_norm_and_condition() == [1, 1]
    assert [cond.orthogonal_norm(), cond.orthogonal_condition()] == [1, 1]
    assert [cond.orthogonal_norm_by_numpy(), cond.orthogonal_condition_by_numpy()] == pytest.approx([1, 1])


SYSTEMS = [
    ([[1, 0], [0, 0]], [0, 1], systems.NONE),
    ([[1, 2], [2, 4]], [3, 6], systems.MANY),
    ([[1, 2], [3, 4]], [0, 0], systems.ONE),
    ([[1], [2]], [3, 6], systems.ONE),
    ([[1], [2]], [3, 5], systems.NONE),
    ([[1, 2, 3]], [4], systems.MANY),
    ([[0, 0], [0, 0]], [0, 0], systems.MANY),
    ([[1, 2, 3], [2, 4, 6]], [1, 1], systems.NONE),
]


@pytest.mark.parametrize("solver", [systems.solutions, systems.solutions_by_solving])
@pytest.mark.parametrize(("A", "y", "count"), SYSTEMS)
def test_ranks_and_solving_count_the_same_solutions(solver, A, y, count):
    """Square, tall and wide systems, of full and of lower rank, consistent or not."""
    assert solver(A, y) == count
