"""Channels, scans and binary expansion: they give the right numbers, and counts at any size are those of graphs."""

# Matrices keep the course's symbols.
# ruff: noqa: N803, N806

from __future__ import annotations

import numpy as np
import pytest
from growing_sizes import lg

from reference import ssm, ssm_graphs, ssm_schemes
from reference.graphs import Graph, values_of

BUILT = sorted(name.removeprefix("built_") for name in vars(ssm_schemes) if name.startswith("built_"))
SMALL = [(1, 1), (2, 1), (2, 2), (3, 2), (3, 5), (4, 3), (5, 4), (6, 1), (7, 2), (8, 4), (9, 3), (16, 2), (17, 3)]


def integers(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-3, 4, size=shape)


@pytest.mark.parametrize("name", BUILT)
def test_counts_without_a_graph_are_those_of_built_graphs(name):
    """Depth and work agree exactly at small sizes, powers of two or not; large graphs are refused."""
    for L, n in SMALL:
        assert getattr(ssm_schemes, name)(L, n) == getattr(ssm_schemes, f"built_{name}")(L, n), (L, n)
    with pytest.raises(ValueError, match="too large"):
        getattr(ssm_schemes, f"built_{name}")(2**20, 2**20)
    assert getattr(ssm_schemes, name)(2**160, 2**160) > 0


@pytest.mark.parametrize(("L", "n"), SMALL)
def test_depths_are_the_known_ones_on_built_graphs(L, n):
    """d channels are as deep as one; a scan replaces the L of the recurrence by 1 + lg L; expansion equals prefixes."""
    assert ssm_schemes.built_channels_depth(L, n) == 1 + lg(L + 1)
    for d in (1, 2, 3):
        step = 2 + n.bit_length() - 1
        assert ssm_graphs.built_recurrence_depth(L, n, d) == 1 + lg(d) + L * step
        assert ssm_schemes.built_scan_depth(L, n, d) == 1 + lg(d) + (1 + lg(L)) * step
    if L > 1:
        assert ssm_schemes.built_expansion_kernel_depth(L, n) == (lg(L - 1) + 2) * (1 + lg(n))
        assert ssm_schemes.built_expansion_kernel_depth(L, n) == ssm_graphs.built_prefix_kernel_depth(L, n)


def test_built_outputs_are_those_of_a_simulation():
    """The scan on a model without symmetry, and channels on diagonal kernels."""
    n, d, m, L = 3, 2, 2, 6
    A, B, C, D, inputs = (integers(*s).tolist() for s in ((1, n, n), (2, n, d), (3, m, n), (4, m, d), (5, L + 1, d)))
    graph = Graph()
    grids = [graph.grid(rows) for rows in (A, B, C, D, inputs)]
    assert values_of(ssm_schemes.scanned(*grids)) == ssm.simulate(A, B, C, D, inputs)

    kernel = integers(6, L + 1, d)
    expected = [
        [sum(kernel[lag, i] * inputs[k - lag][i] for lag in range(k + 1)) for i in range(d)] for k in range(L + 1)
    ]
    assert values_of(ssm_schemes.channels(graph.grid(kernel.tolist()), grids[-1])) == expected


@pytest.mark.parametrize("last", [1, 2, 3, 6, 8, 9])
def test_the_kernel_by_binary_expansion_is_that_of_an_impulse(last):
    """Every exponent below the last is the sum of its binary digits."""
    A, b, c = integers(7, 3, 3), integers(8, 3), integers(9, 3)
    graph = Graph()
    nodes = [graph.grid([row.tolist()])[0] for row in (b, c)]
    found = ssm_schemes.expansion_kernel(graph.grid(A.tolist()), *nodes, last)
    expected = ssm.impulse_kernel(A.tolist(), [[int(x)] for x in b], [c.tolist()], [[0]], last)[1:]
    assert [node.value for node in found] == expected


def test_separate_products_cost_a_logarithm_more_than_all_powers_by_doubling():
    """At n = 8 the ratio to n³L grows from L = 4 to 128 as the log does, and goes on."""
    ratios = [ssm_schemes.expansion_kernel_work(2**e, 8) / (8**3 * 2**e) for e in (2, 7, 14)]
    assert ratios[0] < 1.5
    assert 5 < ratios[1] < 5.1
    assert 11 < ratios[2] < 12
