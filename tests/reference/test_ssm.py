"""Kernels of state-space models: simulated impulses, powers, and convolution agree."""

# Matrices keep the course's symbols: A, K, W.
# ruff: noqa: N802, N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import ssm

F = Fraction
entries = st.integers(-4, 4)


def matrices(rows: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    return st.lists(st.lists(entries, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


@st.composite
def models(draw: st.DrawFn) -> tuple[list[list[int]], ...]:
    n, m, p = (draw(st.integers(1, 3)) for _ in range(3))
    return tuple(draw(matrices(*shape)) for shape in ((n, n), (n, m), (p, n), (p, m)))


@given(models(), st.integers(0, 6))
@settings(deadline=None, max_examples=60)
def test_an_impulse_gives_D_and_then_C_times_a_power_of_A_times_B(model, last):
    """K_0 = D and K_l = C A^(l-1) B on models with any number of states, inputs and outputs."""
    A, B, C, D = (np.array(M, dtype=object) for M in model)
    simulated = ssm.impulse_responses(*model, last)
    assert len(simulated) == last + 1
    assert simulated[0] == D.tolist()
    for index in range(1, last + 1):
        power = np.linalg.matrix_power(A, index - 1)
        assert simulated[index] == (C @ power @ B).tolist()


@given(models(), st.integers(0, 6))
@settings(deadline=None, max_examples=60)
def test_both_ways_to_the_kernel_agree_exactly(model, last):
    """The recursion and the powers give the same kernel, entry by entry."""
    assert ssm.impulse_responses(*model, last) == ssm.power_responses(*model, last)


@given(models(), st.data())
@settings(deadline=None, max_examples=40)
def test_outputs_are_the_convolution_of_inputs_with_the_kernel(model, data):
    """y_k = Σ_l K_l u_(k-l) for any inputs: this is what a kernel is for."""
    m = len(model[1][0])
    inputs = data.draw(st.lists(st.lists(entries, min_size=m, max_size=m), min_size=1, max_size=6))
    outputs = ssm.simulate(*model, inputs)
    kernel = [np.array(K, dtype=object) for K in ssm.impulse_responses(*model, len(inputs) - 1)]
    u = [np.array(row, dtype=object) for row in inputs]
    for k, y in enumerate(outputs):
        assert y == sum(kernel[lag] @ u[k - lag] for lag in range(k + 1)).tolist()


def test_a_transposed_A_is_noticed_where_C_is_not_the_transpose_of_B():
    """With C = Bᵀ the kernels of A and Aᵀ coincide and hide a transposition; with another C they differ."""
    A = [[F(7, 10), F(1, 10)], [F(1, 5), F(3, 5)]]
    transposed = [list(column) for column in zip(*A, strict=True)]
    B, D = [[1], [0]], [[0]]
    for kernel in (ssm.impulse_kernel, ssm.power_kernel):
        assert kernel(A, B, [[1, 0]], D, 3) == kernel(transposed, B, [[1, 0]], D, 3)
        assert kernel(A, B, [[0, 1]], D, 3) == [0, 0, F(1, 5), F(13, 50)]
        assert kernel(transposed, B, [[0, 1]], D, 3) == [0, 0, F(1, 10), F(13, 100)]


@given(st.fractions(-2, 2, max_denominator=20), entries, entries, entries, st.integers(0, 5))
def test_the_scalar_kernel_is_a_geometric_sequence_after_its_first_entry(alpha, beta, gamma, delta, last):
    """With one state, K_0 = δ and K_l = γ β α^(l-1)."""
    expected = [F(delta)] + [gamma * beta * alpha ** (k - 1) for k in range(1, last + 1)]
    assert ssm.scalar_impulse_kernel(alpha, beta, gamma, delta, last) == expected
    assert ssm.scalar_power_kernel(alpha, beta, gamma, delta, last) == expected


def test_scipy_simulates_the_same_response():
    """A third party's discrete-time simulation agrees to rounding on a non-symmetric model."""
    signal = pytest.importorskip("scipy.signal")
    A, B = [[F(1, 2), F(1, 3)], [F(-1, 4), F(2, 3)]], [[1], [2]]
    C, D = [[3, -1]], [[5]]
    system = tuple(np.array(M, dtype=float) for M in (A, B, C, D))
    _, (response,) = signal.dimpulse((*system, 1), n=6)
    assert np.allclose(response[:, 0], [float(K) for K in ssm.impulse_kernel(A, B, C, D, 5)], rtol=1e-12)


@pytest.mark.parametrize("kernel", [ssm.impulse_kernel, ssm.power_kernel])
def test_wrong_shapes_and_inexact_numbers_are_named(kernel):
    """An author who gives a row for a column, a float, or two outputs is told which matrix it is."""
    square, column, row = [[1, 2], [3, 4]], [[1], [0]], [[1, 0]]
    with pytest.raises(ValueError, match="C is 2 x 1, expected 2 x 2"):
        kernel(square, column, column, [[0]], 3)
    with pytest.raises(ValueError, match="lengths"):
        kernel([[1, 2], [3]], column, row, [[0]], 3)
    with pytest.raises(TypeError, match=r"entry of A must be an integer or a fraction; found 0\.5"):
        kernel([[0.5]], [[1]], [[1]], [[0]], 3)
    with pytest.raises(ValueError, match="one input and one output"):
        kernel(square, column, square, [[0], [0]], 3)
    with pytest.raises(ValueError, match="at least 0"):
        kernel(square, column, row, [[0]], -1)
