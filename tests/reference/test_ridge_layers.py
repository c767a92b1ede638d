"""Ridge attention with one or with n inversions: right outputs, and counts at any size are those of graphs."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from growing_sizes import lg, log, spread

from reference import ridge_costs, ridge_layers
from reference.graphs import Graph, values_of

SMALL = [(1, 1), (1, 3), (2, 1), (2, 2), (3, 1), (3, 2), (4, 3), (5, 4), (7, 3), (9, 2), (16, 2), (6, 5)]
COUNTED = {
    "layer_depth": "built_layer_depth",
    "layer_work_counted": "built_layer_work",
    "separate_inversions_depth": "built_separate_inversions_depth",
    "separate_inversions_work": "built_separate_inversions_work",
}


def rows(seed: int, n: int, d: int) -> list[list[int]]:
    return np.random.default_rng(seed).integers(-3, 4, size=(n, d)).tolist()


@pytest.mark.parametrize("name", COUNTED)
def test_counts_without_a_graph_are_those_of_built_graphs(name):
    """Depth and work agree exactly, for any d; large graphs are refused."""
    built = getattr(ridge_layers, COUNTED[name])
    for n, d in SMALL:
        assert getattr(ridge_layers, name)(n, d) == built(n, d), (n, d)
    with pytest.raises(ValueError, match="too large"):
        built(1000, 1000)


@pytest.mark.parametrize(("n", "d"), [(n, d) for n, d in SMALL if d > 1])
def test_both_layers_have_the_known_depth_on_built_graphs(n, d):
    """3 d + lg n + 2 lg d + 4: with n inversions side by side a causal layer is as short as one for all queries."""
    known = 3 * d + lg(n) + 2 * lg(d) + 4
    assert ridge_layers.built_layer_depth(n, d) == ridge_layers.built_separate_inversions_depth(n, d) == known


def test_outputs_side_by_side_are_those_of_the_recursion():
    """With values of another length than keys."""
    graph = Graph()
    K, V, Q = (graph.grid(rows(seed, 6, d)) for seed, d in ((1, 3), (2, 2), (3, 3)))
    ridge = graph.given(Fraction(1, 2))
    found = ridge_layers.causal_outputs_side_by_side(K, V, Q, ridge)
    assert values_of(found) == values_of(ridge_costs.causal_outputs(K, V, Q, ridge))


def test_prefix_sums_in_rounds_are_not_linear_in_work():
    """So n separate inversions cost n d³ + n d² log n: the logarithm shows where d is small."""

    def bare(n: int, d: int) -> float:
        return n * d**3

    def whole(n: int, d: int) -> float:
        return n * d**3 + n * d**2 * log(n)

    assert spread(ridge_layers.separate_inversions_work, whole, ("n", "d")) < 3
    assert ridge_layers.separate_inversions_work(2**160, 2) / bare(2**160, 2) > 40
