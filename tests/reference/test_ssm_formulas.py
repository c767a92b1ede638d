"""Kernel entries at drawn matrices: both ways agree with the closed forms, and with no foreseen mistake."""

# Matrices keep the course's symbols.
# ruff: noqa: N802, N806

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from reference import ssm
from reference.ssm_formulas import (
    diagonal_kernel_entry,
    diagonal_kernel_entry_by_system,
    kernel_entry,
    kernel_entry_by_system,
    output_by_impulses,
    output_by_recursion,
    rank_one_kernel_entry,
    rank_one_kernel_entry_by_system,
)

F = Fraction
GENERAL = [kernel_entry, kernel_entry_by_system]
DIAGONAL = [diagonal_kernel_entry, diagonal_kernel_entry_by_system]
RANK_ONE = [rank_one_kernel_entry, rank_one_kernel_entry_by_system]


def draw(seed: int, *shape: int) -> np.ndarray:
    """Integers from 1 to 9 with a sign, as Python numbers."""
    rng = np.random.default_rng((seed, *shape))
    return (rng.integers(1, 10, size=shape) * rng.choice([-1, 1], size=shape)).astype(object)


@pytest.mark.parametrize("solver", GENERAL)
@pytest.mark.parametrize("ell", [0, 1, 2, 5])
def test_entries_are_D_and_then_C_times_a_power_of_A_times_B(solver, ell):
    """With two inputs, three states and two outputs; the usual slips give something else."""
    A, B, C, D = draw(1, 3, 3), draw(2, 3, 2), draw(3, 2, 3), draw(4, 2, 2)
    found = solver(A, B, C, D, ell)
    power = np.linalg.matrix_power
    assert np.all(found == (C @ power(A, ell - 1) @ B if ell else D))
    assert found.tolist() == ssm.impulse_responses(A.tolist(), B.tolist(), C.tolist(), D.tolist(), ell)[-1]
    if ell:
        for wrong in (C @ power(A, ell) @ B, C @ power(A, ell - 1) @ B + D, B.T @ power(A, ell - 1) @ C.T):
            assert np.any(found != wrong)
        assert ell == 1 or np.any(found != C @ power(A.T, ell - 1) @ B)


@pytest.mark.parametrize("solver", DIAGONAL)
@pytest.mark.parametrize("ell", [1, 2, 4])
def test_a_diagonal_model_sums_powers(solver, ell):
    """Σ C_i B_i λ_i^(ℓ−1); the foreseen mistakes differ."""
    B, C, lam = ([int(x) for x in draw(seed, 3)] for seed in (5, 6, 7))
    found = solver(B, C, lam, ell)
    assert found == sum(c * b * rate ** (ell - 1) for b, c, rate in zip(B, C, lam, strict=True))
    assert found != sum(c * b * rate**ell for b, c, rate in zip(B, C, lam, strict=True))
    product = sum(c * b for b, c in zip(B, C, strict=True)) * sum(lam) ** (ell - 1)
    assert (found == product) == (ell == 1)


@pytest.mark.parametrize("solver", RANK_ONE)
@pytest.mark.parametrize("ell", [1, 2, 5])
def test_a_rank_one_change_gives_powers_of_one_number(solver, ell):
    """Closed form, binomial sum, geometric sum and eigenvalue form agree; the foreseen mistakes differ."""
    B, C, p = draw(8, 3, 1), draw(9, 1, 3), draw(10, 3, 1)
    found = solver(B, C, p, ell)[0, 0]
    cb, cp, pb = ((C @ x)[0, 0] if y is C else (p.T @ x)[0, 0] for x, y in ((B, C), (p, C), (B, p)))
    s = (p.T @ p)[0, 0]
    a = F(cp * pb, s)
    assert found == cb + a * ((1 + s) ** (ell - 1) - 1)
    assert found == cb + cp * pb * sum(comb(ell - 1, k) * s ** (k - 1) for k in range(1, ell))
    assert found == cb + cp * pb * sum((1 + s) ** j for j in range(ell - 1))
    assert found == (cb - a) + a * (1 + s) ** (ell - 1)
    assert found not in (cb + a * (1 + s) ** (ell - 1), cb + a * ((1 + s) ** ell - 1))
    if ell > 2:
        assert found not in (cb + (ell - 1) * cp * pb, cb * (1 + s) ** (ell - 1))


@pytest.mark.parametrize("solver", RANK_ONE)
def test_without_a_change_the_kernel_stays_where_it_is(solver):
    """p = 0 leaves A = I, and every entry is C B."""
    assert solver([1, 2], [[3, 4]], [0, 0], 5).tolist() == [[11]]


def test_both_ways_take_fractions_and_several_inputs():
    """Exactly, on numbers that are not integers."""
    A, B, C, D = ([[F(1, 2), F(1, 3)], [F(-1, 4), 2]], [[1, 0], [F(1, 7), 1]], [[1, F(2, 3)]], [[0, 5]])
    for ell in range(4):
        assert kernel_entry(A, B, C, D, ell).tolist() == kernel_entry_by_system(A, B, C, D, ell).tolist()
    one, other = (f([F(1, 2), 3], [2, 1], [F(1, 3), F(-1, 2)], 4) for f in DIAGONAL)
    assert one == other == 1 * F(1, 27) + 3 * F(-1, 8)
    p = [F(1, 2), F(-1, 3)]
    one, other = (f([[1, 2], [3, 4]], [[1, 1]], p, 3).tolist() for f in RANK_ONE)
    assert one == other


@pytest.mark.parametrize("solver", GENERAL)
def test_what_does_not_fit_is_named(solver):
    """Shapes, and an index that is not there."""
    with pytest.raises(ValueError, match="C is 1 x 3, expected 1 x 2"):
        solver([[1, 2], [3, 4]], [1, 2], [[1, 2, 3]], [[0]], 2)
    with pytest.raises(ValueError, match="D is 2 x 1, expected 1 x 1"):
        solver([[1]], [1], [[1]], [1, 2], 2)
    with pytest.raises(ValueError, match="ell is -1"):
        solver([[1]], [1], [[1]], [[1]], -1)
    with pytest.raises(ValueError, match="B has 2, C has 1, lam has 2"):
        diagonal_kernel_entry([1, 2], [3], [1, 1], 1)


def test_outputs_by_recursion_are_those_by_impulses() -> None:
    """At models of all shapes, drawn without any symmetry, and for each time."""
    rng = np.random.default_rng(11)
    for n, m, p in ((1, 1, 1), (3, 2, 4), (2, 3, 1)):
        a, b, c, d = (rng.integers(-3, 4, size=size).tolist() for size in ((n, n), (n, m), (p, n), (p, m)))
        u = [rng.integers(-3, 4, size=(m, 1)).tolist() for _ in range(5)]
        for k in range(5):
            one, other = (f(a, b, c, d, u, k) for f in (output_by_recursion, output_by_impulses))
            assert one.tolist() == other.tolist()
            direct = ssm.simulate(a, b, c, d, [[entry for (entry,) in column] for column in u])[k]
            assert [entry for (entry,) in one.tolist()] == direct


def test_what_is_known_of_memory_is_found_in_two_ways() -> None:
    """The eigenvalues of the homework's model are 0.8 and 0.5; larger models are refused by one way."""
    model = [[F(7, 10), F(1, 10)], [F(1, 5), F(3, 5)]], [[1], [0]], [[1, 0]], [[0]], 3
    one, other = ssm.memory_facts(*model), ssm.memory_facts_by_powers(*model)
    for facts in (one, other):
        assert facts["eigenvalues of A"] == pytest.approx([0.8, 0.5])
    assert one["outputs after an impulse"] == other["outputs after an impulse"] == [0, 1, 0.7, 0.51]
    with pytest.raises(ValueError, match="expected 2 x 2"):
        ssm.memory_facts_by_powers([[1]], [[1]], [[1]], [[1]], 2)
