"""Exact linear algebra: elimination, cofactors and descent agree, and name what is wrong with their arguments."""

# Matrices keep the course's symbols.
# ruff: noqa: N803, N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reference import linear

F = Fraction
entries = st.fractions(-5, 5, max_denominator=6)


def matrices(height: int, width: int) -> st.SearchStrategy:
    row = st.lists(entries, min_size=width, max_size=width)
    return st.lists(row, min_size=height, max_size=height).map(lambda rows: linear.exact_array(rows, "M"))


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(matrices(n, n), matrices(n, 2))))
@settings(deadline=None, max_examples=25)
def test_solutions_solve(case):
    """A X = B exactly, also where a pivot is 0; and the inverse by cofactors gives the same X."""
    A, B = case
    if linear.determinant(A) == 0:
        with pytest.raises(ValueError, match="singular"):
            linear.solve(A, B)
        with pytest.raises(ValueError, match="singular"):
            linear.inverse_by_cofactors(A)
        return
    X = linear.solve(A, B)
    assert np.all(A @ X == B)
    assert np.all(linear.inverse_by_cofactors(A) @ B == X)


def test_a_zero_pivot_is_exchanged():
    """Elimination without exchange would divide by 0 here."""
    A = linear.exact_array([[0, 1], [2, 0]], "A")
    assert linear.solve(A, linear.identity(2)).tolist() == [[0, F(1, 2)], [1, 0]]


@given(matrices(3, 2), matrices(3, 1), st.fractions(F(1, 4), 3, max_denominator=4))
@settings(deadline=None, max_examples=20)
def test_descent_ends_exactly_at_the_minimum(A, y, ridge):
    """Its end satisfies the normal equations of ‖A w − y‖² + λ‖w‖², without rounding."""
    found = linear.minimiser(lambda w: np.sum((A @ w - y) ** 2) + ridge * np.sum(w**2), 2, 1)
    assert np.all((A.T @ A + ridge * linear.identity(2)) @ found == A.T @ y)


def test_a_loss_without_a_single_minimum_is_refused():
    """A valley that goes on for ever, and a loss that falls without end."""
    with pytest.raises(ValueError, match="strictly convex"):
        linear.minimiser(lambda w: w[0, 0], 2, 1)
    with pytest.raises(ValueError, match="strictly convex"):
        linear.minimiser(lambda w: -((w[0, 0] - 1) ** 2), 1, 1)


@given(matrices(2, 3), matrices(2, 3))
@settings(deadline=None, max_examples=20)
def test_differences_of_a_quadratic_loss_are_its_gradient(at, weights):
    """Σ w x² + x has the gradient 2 w x + 1, entry by entry, exactly."""
    assume(at.shape == weights.shape)
    found = linear.gradient(lambda x: np.sum(weights * x * x + x), at)
    assert np.all(found == 2 * weights * at + 1)


def test_arrays_are_read_in_every_usual_form():
    """Nested lists, arrays of Python numbers, of fractions and of machine integers, and a list as a column."""
    expected = [[F(1), F(2)], [F(3), F(4)]]
    for given_rows in (
        [[1, 2], [3, 4]],
        ((1, 2), (3, 4)),
        np.array([[1, 2], [3, 4]]),
        np.array(expected, dtype=object),
    ):
        found = linear.exact_array(given_rows, "A")
        assert found.tolist() == expected
        assert all(isinstance(entry, Fraction) for entry in found.ravel())
    assert linear.exact_array([1, F(1, 2)], "x").tolist() == [[1], [F(1, 2)]]
    assert linear.number(np.array([[3]]), "lam") == linear.number([F(3)], "lam") == 3


def test_what_does_not_fit_is_named():
    """A float, a ragged matrix, another shape, a broken count."""
    with pytest.raises(TypeError, match=r"entry of A must be an integer or a fraction; found 0\.5"):
        linear.exact_array([[0.5]], "A")
    with pytest.raises(ValueError, match="A must have rows of one length"):
        linear.exact_array([[1, 2], [3]], "A")
    with pytest.raises(ValueError, match="u is 2 x 1, expected 3 x 1"):
        linear.shaped([1, 2], "u", 3, 1)
    with pytest.raises(ValueError, match="n is 1/2, expected a whole number of at least 1"):
        linear.whole(F(1, 2), "n", 1)
    assert linear.whole(F(4, 2), "n", 1) == 2
