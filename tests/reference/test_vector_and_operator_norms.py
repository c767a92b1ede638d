"""Norms: closed forms agree with the definitions; which orders are norms is found by a search and by convexity."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.numerical_analysis import norm_orders as orders
from reference.numerical_analysis import norms

F = Fraction
vectors = st.lists(st.integers(-9, 9), min_size=1, max_size=4)
matrices = st.lists(st.lists(st.integers(-9, 9), min_size=3, max_size=3), min_size=1, max_size=3)


@given(vectors)
@settings(deadline=None, max_examples=50)
def test_norms_of_vectors_agree_with_numpy_and_with_their_confirmations(x):
    """For p = 0, 1, 2 and ∞."""
    pairs = {
        0: (norms.count_nonzero, norms.count_nonzero_by_limit),
        1: (norms.norm_one, norms.norm_one_by_signs),
        2: (norms.norm_two, norms.norm_two_by_rotations),
        np.inf: (norms.norm_infinity, norms.norm_infinity_by_pairs),
    }
    for order, solvers in pairs.items():
        for solver in solvers:
            assert float(solver(x)) == pytest.approx(np.linalg.norm(x, order), rel=1e-12, abs=1e-12)


def test_the_norms_of_the_document():
    """(3, −4, 0) has 7, 5, 4 and 2, and the slips give something else."""
    x = [3, -4, 0]
    found = [norms.norm_one(x), norms.norm_two(x), norms.norm_infinity(x), norms.count_nonzero(x)]
    assert found == [7, 5, 4, 2]
    assert [norms.sum_of_entries(x), norms.squared_norm_two(x), norms.largest_entry(x), norms.number_of_entries(x)] == [
        -1, 25, 3, 3,
    ]  # fmt: skip


@given(matrices)
@settings(deadline=None, max_examples=50)
def test_operator_norms_agree_with_the_corners_of_the_unit_balls(rows):
    """And with numpy, for p = 1 and p = ∞."""
    one, infinity, mixed = norms.operator_norm_one, norms.operator_norm_infinity, norms.operator_norm_one_to_infinity
    assert one(rows) == norms.operator_norm_one_by_corners(rows) == np.linalg.norm(np.array(rows), 1)
    assert infinity(rows) == norms.operator_norm_infinity_by_corners(rows) == np.linalg.norm(np.array(rows), np.inf)
    assert mixed(rows) == norms.operator_norm_one_to_infinity_by_corners(rows) == np.max(np.abs(rows))


def test_operator_norms_of_the_document():
    """[[1, −2], [3, 4]] has 6, 7 and 4, all different, so that rows and columns cannot be exchanged unseen."""
    rows = [[1, -2], [3, 4]]
    assert norms.operator_norm_one(rows) == 6
    assert norms.operator_norm_infinity(rows) == 7
    assert norms.operator_norm_one_to_infinity(rows) == 4
    assert norms.largest_column_sum_with_signs(rows) == 4
    assert norms.sum_of_all_entries(rows) == 10


def test_an_empty_or_inexact_vector_is_refused():
    """By name."""
    with pytest.raises(ValueError, match="x has no entries"):
        norms.norm_one([])
    with pytest.raises(TypeError, match=r"an entry of x must be an integer or a fraction; found 0\.5"):
        norms.norm_two([0.5])


@pytest.mark.parametrize("solver", [orders.norm_orders, orders.norm_orders_by_convexity])
def test_orders_from_one_on_are_norms(solver):
    """Among 0, 1/3, 1/2, 1, 2, 3 and ∞."""
    listed = {"a": 0, "b": F(1, 3), "c": F(1, 2), "d": 1, "e": 2, "f": 3, "g": "inf"}
    assert solver(listed) == ["d", "e", "f", "g"]


def test_the_axiom_that_breaks_is_named_with_vectors_that_break_it():
    """p = 0 does not scale; p = 1/2 breaks the triangle inequality, and the sides are what numpy finds."""
    assert orders.broken_axiom(0)["axiom"] == "homogeneity"
    broken = orders.broken_axiom(F(1, 2))
    assert broken["axiom"] == "triangle inequality"
    x, y = (np.array(broken[name], dtype=float) for name in "xy")
    assert np.linalg.norm(x + y, 0.5) == pytest.approx(float(broken["sum"]))
    assert np.linalg.norm(x, 0.5) + np.linalg.norm(y, 0.5) == pytest.approx(float(broken["bound"]))
    assert broken["sum"] > broken["bound"]


def test_values_that_are_not_rational_are_left_out():
    """√2 is none; 4^(1/2) is 2."""
    assert orders.p_value((F(1), F(1)), 2) is None
    assert orders.p_value((F(3), F(4)), 2) == 5
    assert orders.p_value((F(1), F(4)), F(1, 2)) == 9
