"""Causal ridge attention: what is counted computes the right outputs, and counts at any size are those of graphs."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from growing_sizes import lg

from reference import ridge_costs
from reference.graphs import Graph, depth_of, values_of

SMALL = [(1, 1), (1, 3), (2, 2), (3, 1), (3, 5), (4, 4), (7, 3), (9, 6), (16, 2)]


def rows(seed: int, n: int, d: int) -> list[list[int]]:
    return np.random.default_rng(seed).integers(-3, 4, size=(n, d)).tolist()


@pytest.mark.parametrize(("n", "d"), SMALL)
def test_counts_without_a_graph_are_those_of_built_graphs(n, d):
    """Depth and work agree exactly, for any d."""
    assert ridge_costs.causal_attention_depth(n, d) == ridge_costs.built_causal_attention_depth(n, d)
    assert ridge_costs.causal_attention_work(n, d) == ridge_costs.built_causal_attention_work(n, d)


@pytest.mark.parametrize("d", [1, 2, 3, 4, 5])
def test_each_position_adds_the_same_time(d):
    """6 + 2 lg d units a position on built graphs: the update of the inverse waits for the one before it."""
    depths = [ridge_costs.built_causal_attention_depth(n, d) for n in range(1, 6)]
    assert {after - before for before, after in pairwise(depths)} == {6 + 2 * lg(d)}


def test_work_is_about_ten_operations_for_each_position_and_entry_of_the_matrix():
    """9.9 n d² at n = 100 and d = 64; the assignment's count has the same class."""
    assert ridge_costs.causal_attention_work(100, 64) / (100 * 64**2) == pytest.approx(9.9, abs=0.2)


@pytest.mark.parametrize("seed", range(3))
def test_built_outputs_are_those_of_least_squares_at_every_position(seed):
    """With values of another length than keys, where a wrong order of factors would not even fit."""
    n, d_k, d_v = 6, 3, 2
    K, V, Q = rows(seed, n, d_k), rows(seed + 10, n, d_v), rows(seed + 20, n, d_k)
    graph = Graph()
    found = values_of(ridge_costs.causal_outputs(*(graph.grid(M) for M in (K, V, Q)), graph.given(Fraction(1, 2))))
    for t in range(1, n + 1):
        stacked = np.vstack([np.array(K[:t], float), np.sqrt(0.5) * np.eye(d_k)])
        targets = np.vstack([np.array(V[:t], float), np.zeros((d_k, d_v))])
        weights = np.linalg.lstsq(stacked, targets, rcond=None)[0]
        assert np.allclose(np.array(found[t - 1], float), np.array(Q[t - 1]) @ weights, atol=1e-10)


@pytest.mark.parametrize(("n", "d"), [(3, 2), (4, 3), (9, 4), (6, 5)])
def test_the_layer_with_one_inversion_has_the_known_depth(n, d):
    """3 d + lg n + 2 lg d + 4 with Gauss–Jordan: short in n and long in d, the other way round than the recursion."""
    graph = Graph()
    K, V, Q = (graph.grid(rows(seed, n, d)) for seed in (1, 2, 3))
    assert depth_of(ridge_costs.layer_outputs(K, V, Q, graph.given(50))) == 3 * d + lg(n) + 2 * lg(d) + 4


def test_the_layer_with_one_inversion_gives_the_same_last_output_as_the_recursion():
    """At the last position the pool of the causal layer is the whole pool."""
    graph = Graph()
    K, V, Q = (graph.grid(rows(seed, 5, 3)) for seed in (4, 5, 6))
    ridge = graph.given(2)
    causal, layer = ridge_costs.causal_outputs(K, V, Q, ridge), ridge_costs.layer_outputs(K, V, Q, ridge)
    assert values_of(causal)[-1] == values_of(layer)[-1]
    assert values_of(causal) != values_of(layer)


def test_graphs_that_take_long_are_refused():
    """They say "too large"; the counts without a graph go on."""
    for measure in (ridge_costs.built_causal_attention_depth, ridge_costs.built_causal_attention_work):
        with pytest.raises(ValueError, match="too large"):
            measure(1000, 1000)
    assert ridge_costs.causal_attention_depth(2**40, 2**40) == 2**40 * 86 + 83
