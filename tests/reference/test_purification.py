"""Losses and ranges of the ridge strength: algebra, scans and numerical optimisation agree."""

# Matrices keep the course's symbols: A, K, W.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import purification as pure

F = Fraction
small = st.integers(-300, 300).map(lambda k: F(k, 100))  # so that thresholds stay within the scan's promise
shares = st.fractions(F(1, 20), 1, max_denominator=20)


def matrices(rows: int, columns: int) -> st.SearchStrategy[list[list[Fraction]]]:
    return st.lists(st.lists(small, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


@st.composite
def encoders(draw: st.DrawFn):
    m, n = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    return draw(matrices(m, n)), draw(matrices(m, m)), draw(matrices(m, m))


def rational(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)


@given(encoders())
@settings(deadline=None, max_examples=60)
def test_exact_losses_equal_those_from_the_gram_matrix_and_from_norms(case):
    """Entry by entry, through X Xᵀ, and as NumPy's squared Frobenius norms: one table."""
    X, one, other = case
    exact = [float(loss) for loss in pure.loss_table(X, one, other)]
    assert np.allclose(pure.gram_loss_table(X, one, other), exact, rtol=1e-9, atol=1e-9)
    data = np.array(X, dtype=float)
    norms = []
    for W in (np.array(one, dtype=float), np.array(other, dtype=float)):
        norms += [np.linalg.norm(data - W @ data) ** 2, np.linalg.norm(W) ** 2]
    assert np.allclose(norms, exact, rtol=1e-9, atol=1e-9)


def test_a_transposed_encoder_changes_the_table():
    """W acts from the left: its transpose loses differently, so the sides cannot be mixed up unnoticed."""
    X, W, transposed = [[1, 2, 3], [0, 1, -1]], [[1, 2], [0, 1]], [[1, 0], [2, 1]]
    # X − W X holds −2 times row 2 for W (sum of squares 8), and −2 times row 1 for its transpose (56).
    assert pure.loss_table(X, W, transposed) == [8, 6, 56, 6]


@given(encoders())
@settings(deadline=None, max_examples=40)
def test_algebra_and_scan_find_the_same_range_for_the_worse_encoder(case):
    """Rising, falling and constant differences of the losses, with the end point decided both ways."""
    X, one, other = case
    assert pure.alpha_worse_range(X, one, other) == pure.scan_alpha_worse_range(X, one, other)


def test_a_tie_is_not_a_larger_loss():
    """At the threshold both encoders lose the same, so the range is open there; a falling range ends open."""
    X, full, none = [[F(1, 2)]], [[1]], [[0]]
    assert pure.alpha_worse_range(X, full, none) == sympy.Interval.open(sympy.Rational(1, 4), sympy.oo)
    assert pure.alpha_worse_range(X, none, full) == sympy.Interval.Ropen(0, sympy.Rational(1, 4))
    assert pure.alpha_worse_range(X, full, full) == sympy.EmptySet
    assert pure.alpha_worse_range(X, [[-1]], full) == sympy.Interval(0, sympy.oo)


@given(st.lists(st.fractions(0, 12, max_denominator=100), min_size=1, max_size=5), st.data(), shares, shares)
@settings(deadline=None, max_examples=50)
def test_algebra_and_scan_find_the_same_range_for_random_singular_values(values, data, at_least, at_most):
    """Any singular values (repeated ones and 0 too), any split, any two shares, even contradictory ones."""
    sigma = sorted(values, reverse=True)
    kept = data.draw(st.integers(0, len(sigma)))
    algebra = pure.lambda_range(sigma, kept, at_least, at_most)
    assert algebra == pure.scan_lambda_range(sigma, kept, at_least, at_most)


@given(st.fractions(F(1, 10), 12, max_denominator=50), st.fractions(0, 30, max_denominator=50))
def test_the_gain_that_minimises_the_loss_is_the_closed_form(sigma, strength):
    """The vertex of σ²(1 − w)² + λ w² lies at σ²/(σ² + λ)."""
    assert pure.gain(sigma, strength) == sigma**2 / (sigma**2 + strength)


def test_the_trained_encoder_has_these_gains():
    """The minimiser over all matrices, found by least squares on the stacked problem, has the gains as its
    eigenvalues; its matrix is neither diagonal nor that of V."""
    rng = np.random.default_rng(5)
    X, strength = rng.normal(size=(3, 7)), 0.8
    stacked = np.vstack([X.T, np.sqrt(strength) * np.eye(3)])
    W = np.linalg.lstsq(stacked, np.vstack([X.T, np.zeros((3, 3))]), rcond=None)[0].T
    sigma = np.linalg.svd(X, compute_uv=False)
    gains = [float(pure.gain(F(float(s)), F(strength))) for s in sigma]
    assert np.allclose(sorted(np.linalg.eigvals(W).real), sorted(gains), atol=1e-12)
    assert abs(W[0, 1]) > 1e-3


def test_both_end_points_belong_and_a_single_point_is_found():
    """Gains of exactly the demanded share are allowed; two demands that meet give one point."""
    for find in (pure.lambda_range, pure.scan_lambda_range):
        assert find([3, 1], 1, F(9, 11), F(1, 3)) == sympy.FiniteSet(2)
        assert find([3, 2], 1, F(9, 11), F(1, 3)) == sympy.EmptySet
        assert find([3, 1], 1, F(9, 12), F(1, 3)) == sympy.Interval(2, 3)


def test_negative_strengths_are_never_part_of_a_range():
    """λ = −10 satisfies both raw inequalities of the assignment's numbers, and is no ridge strength."""
    sigma = [10, 8, 4, 1, F(1, 2), F(9, 25), F(4, 25), F(1, 100)]
    raw = [F(s) ** 2 / (F(s) ** 2 - 10) for s in sigma]
    assert all(g >= F(4, 5) for g in raw[:3])
    assert all(g <= F(1, 2) for g in raw[3:])
    for find in (pure.lambda_range, pure.scan_lambda_range):
        found = find(sigma, 3, F(4, 5), F(1, 2))
        assert -10 not in found
        assert found.start >= 0


@given(st.fractions(0, 50, max_denominator=1000), st.fractions(F(1, 10**9), 1))
def test_the_simplest_fraction_lies_between_and_has_the_smallest_denominator(low, width):
    """No fraction with a smaller denominator lies in the bracket."""
    found = pure.simplest_between(low, low + width)
    assert low <= found <= low + width
    for q in range(1, min(found.denominator, 200)):
        assert -(-low * q // 1) > (low + width) * q


@given(st.fractions(0, 1000, max_denominator=10**6), st.booleans(), st.booleans())
@settings(deadline=None, max_examples=60)
def test_a_scan_recovers_any_end_point_and_whether_it_belongs(end, above, closed):
    """From evaluations alone: λ ≥ e, λ > e, λ ≤ e and λ < e come out exactly, e included or not."""

    def holds(strength: Fraction) -> bool:
        if strength == end:
            return closed
        return (strength > end) == above

    e = rational(end)
    expected = sympy.Interval(e, sympy.oo, not closed) if above else sympy.Interval(0, e, False, not closed)
    assert pure.scan(holds) == expected


@pytest.mark.parametrize("find", [pure.lambda_range, pure.scan_lambda_range])
def test_impossible_demands_are_named(find):
    """Shares above 1, singular values out of order, and too many kept directions are the author's errors."""
    with pytest.raises(ValueError, match="at_least is 80"):
        find([2, 1], 1, 80, F(1, 2))
    with pytest.raises(ValueError, match="not increase"):
        find([1, 2], 1, F(4, 5), F(1, 2))
    with pytest.raises(ValueError, match="kept is 3"):
        find([2, 1], 3, F(4, 5), F(1, 2))
    with pytest.raises(TypeError, match=r"found 0\.5"):
        find([2, 1], 1, F(4, 5), 0.5)
