"""Steps of homework 8: each two computations agree, also far from the numbers of the spec."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference import homework_steps as steps
from reference.linear import exact_array

HALF = Fraction(1, 2)
SIGMA = [10, 8, 4, 1, HALF, Fraction(9, 25), Fraction(4, 25), Fraction(1, 100)]
STATE = {"A": "inverse", "B": "sum", "C": "pairs", "D": "queries", "E": "outputs"}


@pytest.mark.parametrize("rounds", range(1, 11))
def test_the_last_round_of_doubling_uses_half_of_the_length(rounds: int) -> None:
    """2^(N−1), by following exponents and by numbers that were really multiplied."""
    assert steps.highest_power(rounds) == 2 ** (rounds - 1)
    ways = (steps.highest_matrix_power, steps.highest_matrix_power_by_squaring)
    assert {way(HALF, rounds) for way in ways} == {HALF**2 ** (rounds - 1)}


def test_many_columns_are_not_made() -> None:
    """Both functions say what is too large for them; exponents alone go on."""
    for way in (steps.highest_matrix_power, steps.highest_matrix_power_by_squaring):
        with pytest.raises(ValueError, match="too large"):
            way(HALF, 16)
    assert steps.highest_power(100) == 2**99


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=5).filter(any))
def test_a_dyad_moves_one_eigenvalue(p: list[int]) -> None:
    """To 1 + pᵀp, by trace, by determinant, and in floating point."""
    largest = 1 + sum(entry * entry for entry in p)
    column = exact_array(p, "p")
    assert steps.largest_eigenvalue(column) == steps.largest_eigenvalue_by_determinant(column) == largest
    assert steps.spectrum(p) == pytest.approx(steps.spectrum_in_floats(p))


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_all_other_eigenvalues_stay(n: int) -> None:
    """n − 1 of them."""
    assert steps.ones_in_the_spectrum(n) == steps.ones_in_the_spectrum_in_floats(n) == n - 1


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4), st.integers(1, 9))
def test_off_the_diagonal_nothing_is_best(sigma: list[int], lam: int) -> None:
    """Also for equal singular values and for 0, where only λ holds the entries down."""
    assert steps.off_diagonal(sigma, lam) == steps.off_diagonal_by_symmetry(sigma, lam) == 0


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_an_entry_off_the_diagonal_is_weighed_by_the_singular_value_of_its_column(i: int, j: int, lam: int) -> None:
    """σ_j² + λ, by a second difference and by hand."""
    assert steps.coupling(i, j, lam) == steps.coupling_by_hand(i, j, lam) == j * j + lam


@given(
    st.lists(st.integers(1, 60), min_size=2, max_size=7, unique=True).map(lambda found: sorted(found, reverse=True)),
    st.data(),
)
def test_the_neighbours_of_the_border_are_critical(sigma: list[int], data: st.DataObject) -> None:
    """Whatever the shares: the last kept singular value and the first of the others."""
    kept = data.draw(st.integers(1, len(sigma) - 1))
    at_least, at_most = (Fraction(data.draw(st.integers(1, 9)), 10) for _ in range(2))
    wanted = [sigma[kept - 1], sigma[kept]]
    assert steps.critical_values(sigma, kept, at_least, at_most) == wanted
    assert steps.critical_values_by_leaving_out(sigma, kept, at_least, at_most) == wanted


def test_critical_values_of_the_homework() -> None:
    """σ₃ = 4 and σ₄ = 1; singular values that do not fall are refused."""
    assert steps.critical_values(SIGMA, 3, Fraction(4, 5), HALF) == [4, 1]
    with pytest.raises(ValueError, match="fall"):
        steps.critical_values_by_leaving_out([1, 2], 1, HALF, HALF)
    assert all(one > other for one, other in pairwise(SIGMA))


@pytest.mark.parametrize("order", ["ABCDE", "EDCBA", "CAEBD"])
def test_the_inverse_and_the_sum_are_carried(order: str) -> None:
    """Forgetting either spoils the outputs; earlier pairs, queries and outputs can be forgotten."""
    options = {key: STATE[key] for key in order}
    wanted = [key for key in order if key in "AB"]
    assert steps.carried(options) == steps.carried_by_what_tells_pasts_apart(options) == wanted
