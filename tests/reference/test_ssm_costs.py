"""Costs of state-space computations: graphs give the right numbers, and counts at any size are those of graphs.

The exact depths below are written with lg for ⌈log₂⌉; they were found once and are asserted here on graphs that
are really built.
"""

# Matrices keep the course's symbols.
# ruff: noqa: N803, N806

from __future__ import annotations

import numpy as np
import pytest
from growing_sizes import lg

from reference import ssm, ssm_costs, ssm_graphs
from reference.graphs import Graph, given_below, values_of

BUILT = sorted(name.removeprefix("built_") for name in vars(ssm_graphs) if name.startswith("built_"))
SMALL = [(1, 1), (2, 1), (2, 2), (3, 2), (3, 5), (4, 3), (5, 4), (6, 1), (7, 2), (8, 4), (9, 3), (16, 2), (17, 5)]


def arguments(name: str, L: int, n: int) -> tuple[int, ...]:
    return (L,) if name.startswith("scalar") else (L, n)


@pytest.mark.parametrize("name", BUILT)
def test_counts_without_a_graph_are_those_of_built_graphs(name):
    """Depth and work agree exactly at small sizes, powers of two or not."""
    for L, n in SMALL:
        sizes = arguments(name, L, n)
        assert getattr(ssm_costs, name)(*sizes) == getattr(ssm_graphs, f"built_{name}")(*sizes), sizes


@pytest.mark.parametrize("d", [1, 3, 4])
def test_the_recurrence_is_counted_right_for_inputs_of_any_length(d):
    """Also with more inputs than states."""
    for L, n in SMALL:
        assert ssm_costs.recurrence_depth(L, n, d) == ssm_graphs.built_recurrence_depth(L, n, d)


@pytest.mark.parametrize(("L", "d", "m"), [(1, 1, 1), (4, 3, 2), (7, 2, 1), (8, 5, 3), (12, 4, 1)])
def test_outputs_from_a_known_kernel_take_one_product_and_one_sum(L, d, m):
    """1 + lg((L + 1) d), whatever m; and no computation with two operands an operation is quicker."""
    assert ssm_graphs.built_convolution_depth(L, d, m) == 1 + lg((L + 1) * d)
    graph = Graph()
    ones = [graph.grid([[1] * d] * m) for _ in range(L + 1)]
    last = ssm_graphs.convolution(ones, graph.grid([[1] * d] * (L + 1)))[-1][0]
    assert given_below(last) == 2 * (L + 1) * d
    assert last.depth == lg(given_below(last))


@pytest.mark.parametrize(("L", "n"), SMALL)
def test_depths_are_the_known_ones_on_built_graphs(L, n):
    """Recurrence, and the kernel by three algorithms for a general A."""
    depth = {name: getattr(ssm_graphs, f"built_{name}") for name in BUILT if name.endswith("depth")}
    for d in (1, 2, 3):
        assert depth["recurrence_depth"](L, n, d) == 1 + lg(d) + L * (2 + n.bit_length() - 1)
    assert depth["sequential_kernel_depth"](L, n) == L * (1 + lg(n))
    assert depth["doubling_kernel_depth"](L, n) == (lg(L) + 1) * (1 + lg(n))
    if L > 1:
        assert depth["prefix_kernel_depth"](L, n) == (lg(L - 1) + 2) * (1 + lg(n))


@pytest.mark.parametrize(("L", "n"), [(3, 2), (4, 1), (4, 2), (5, 3), (8, 4), (9, 2), (16, 5), (32, 3)])
def test_depths_of_structured_kernels_are_the_known_ones_on_built_graphs(L, n):
    """Sums of logarithms, not products; for L = 2^N the last term is lg L as well."""
    assert ssm_graphs.built_diagonal_kernel_depth(L, n) == lg(L - 1) + 1 + lg(n)
    if n > 1:
        assert ssm_graphs.built_rank_one_kernel_depth(L, n) == lg(L - 1) + lg(n) + 4
        if L & (L - 1) == 0:
            assert ssm_graphs.built_rank_one_kernel_depth(L, n) == lg(L) + lg(n) + 4


def test_the_least_depth_for_a_diagonal_model_is_smaller_than_that_of_the_algorithm():
    """At L = 6 and n = 1, K_6 = c b λ⁵ is a product of seven numbers: 3 levels would do, the algorithm takes 4."""
    assert ssm_costs.diagonal_kernel_depth(6, 1) == 4
    assert lg(7) == 3


def integers(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-3, 4, size=shape)


def test_built_outputs_are_those_of_a_simulation():
    """Convolution and recurrence compute the same y as the recursion, with several inputs and outputs."""
    n, d, m, L = 3, 2, 2, 5
    A, B, C, D, inputs = (integers(*s).tolist() for s in ((1, n, n), (2, n, d), (3, m, n), (4, m, d), (5, L + 1, d)))
    expected = ssm.simulate(A, B, C, D, inputs)
    kernel = ssm.impulse_responses(A, B, C, D, L)
    graph = Graph()
    u = graph.grid(inputs)
    assert values_of(ssm_graphs.convolution([graph.grid(K) for K in kernel], u)) == expected
    assert values_of(ssm_graphs.recurrence(*(graph.grid(M) for M in (A, B, C, D)), u)) == expected


@pytest.mark.parametrize("last", [1, 2, 3, 6, 8, 9])
def test_built_kernels_are_those_of_an_impulse(last):
    """Every algorithm, on a model without symmetry."""
    n = 3
    A, b, c, p = integers(6, n, n), integers(7, n), integers(8, n), np.array([1, -2, 3])
    graph = Graph()
    nodes = [graph.grid([row])[0] for row in (b.tolist(), c.tolist())]

    def kernel(M: np.ndarray) -> list:
        return ssm.impulse_kernel(M.tolist(), [[int(x)] for x in b], [c.tolist()], [[0]], last)[1:]

    for algorithm in (
        ssm_graphs.sequential_kernel,
        ssm_graphs.doubling_kernel,
        ssm_graphs.prefix_kernel,
        ssm_graphs.powers_kernel,
    ):
        found = algorithm(graph.grid(A.tolist()), *nodes, last)
        assert [node.value for node in found] == kernel(A)
    (rates,) = graph.grid([p.tolist()])
    assert [x.value for x in ssm_graphs.diagonal_kernel(rates, *nodes, last)] == kernel(np.diag(p))
    found = ssm_graphs.rank_one_kernel(rates, *nodes, last)
    assert [x.value for x in found] == kernel(np.eye(n, dtype=int) + np.outer(p, p))


@pytest.mark.parametrize("name", BUILT)
def test_graphs_that_take_long_are_refused(name):
    """They say "too large"; the counts without a graph go on."""
    with pytest.raises(ValueError, match="too large"):
        getattr(ssm_graphs, f"built_{name}")(*arguments(name, 2**20, 2**20))
    assert getattr(ssm_costs, name)(*arguments(name, 2**60, 2**60)) > 0


def test_schemes_for_the_kernel_differ_in_work():
    """At L = n = 8, each power as a matrix costs far more than the doubled block of columns."""
    assert ssm_graphs.built_powers_kernel_work(8, 8) > 3 * ssm_graphs.built_doubling_kernel_work(8, 8) / 2
    assert ssm_costs.powers_kernel_work(2**20, 2**10) > 100 * ssm_costs.doubling_kernel_work(2**20, 2**10)
