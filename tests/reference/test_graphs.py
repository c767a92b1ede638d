"""Graphs of binary operations: their numbers are right, and depth and work are those of the model."""

# Matrices keep the course's symbols.
# ruff: noqa: N806

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import graphs
from reference.graphs import Graph

sizes = st.integers(1, 5)


def levels(terms: int) -> int:
    """⌈log₂ terms⌉."""
    return (terms - 1).bit_length()


def random_rows(seed: int, *shape: int) -> list[list[int]]:
    return np.random.default_rng(seed).integers(-3, 4, size=shape).tolist()


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=70))
def test_a_sum_of_given_numbers_is_a_balanced_tree(numbers):
    """k terms take k − 1 additions and ⌈log₂ k⌉ units of time, and the sum is right."""
    graph = Graph()
    found = graphs.total(graph.given(number) for number in numbers)
    assert (found.value, found.depth, graph.work) == (sum(numbers), levels(len(numbers)), len(numbers) - 1)


@given(st.lists(st.integers(0, 8), min_size=1, max_size=30))
def test_a_sum_is_ready_as_early_as_krafts_inequality_allows(ready):
    """A tree with leaves at times t_i can end at T exactly if Σ 2^(t_i) ≤ 2^T; no sum is later than that."""
    graph = Graph()
    nodes = []
    for time in ready:
        node = graph.given(1)
        for _ in range(time):
            node = node + graph.given(0)
        nodes.append(node)
    weight = sum(2**time for time in ready)
    assert graphs.total(nodes).depth == levels(weight)


@given(sizes, sizes, sizes, st.integers(0, 99))
@settings(deadline=None, max_examples=30)
def test_a_product_of_matrices_takes_one_product_and_one_tree_of_sums(a, b, c, seed):
    """a x b times b x c: 1 + ⌈log₂ b⌉ units of time, a·b·c products, a·c·(b − 1) sums, and numpy's numbers."""
    graph = Graph()
    A, B = random_rows(seed, a, b), random_rows(seed + 1, b, c)
    found = graphs.product(graph.grid(A), graph.grid(B))
    assert graphs.values_of(found) == (np.array(A) @ np.array(B)).tolist()
    assert graphs.depth_of(found) == 1 + levels(b)
    assert graph.work == a * b * c + a * c * (b - 1)


@pytest.mark.parametrize("n", [1, 2, 7, 64])
def test_adding_two_vectors_takes_one_unit_of_time(n):
    """Whatever their length: entries do not wait for one another."""
    graph = Graph()
    ones = graph.grid([[1] * n])
    assert graphs.depth_of(graphs.plus(ones, ones)) == graphs.depth_of(graphs.minus(ones, ones)) == 1


@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_gauss_jordan_gives_the_inverse_in_three_units_for_each_column(d):
    """On a positive definite matrix that is not symmetric in its entries' sizes; checked against numpy."""
    root = np.array(random_rows(d, d, d + 2))
    M = (root @ root.T + np.eye(d, dtype=int)).tolist()
    graph = Graph()
    found = graphs.inverse(graph.grid(M))
    assert np.allclose(np.array(graphs.values_of(found), dtype=float), np.linalg.inv(np.array(M, float)), atol=1e-9)
    assert graphs.depth_of(found) == (3 * d if d > 1 else 1)


def test_division_is_exact():
    """1 / 3 is a fraction and not a float."""
    graph = Graph()
    assert (graph.given(1) / graph.given(3)).value == Fraction(1, 3)


def test_the_critical_path_is_a_chain_of_as_many_operations_as_the_depth():
    """Each operation on it is an operand of the next, one unit later."""
    graph = Graph()
    A = graph.grid([[1, 2], [3, 4]])
    result = graphs.product(graphs.product(A, A), A)[0][0]
    path = graphs.critical_path(result)
    assert [node.depth for node in path] == list(range(1, result.depth + 1))
    assert all(early in late.operands for early, late in pairwise(path))


def test_shared_results_count_once():
    """Work counts operations, not the paths that lead through them; given numbers are counted once too."""
    graph = Graph()
    node = graph.given(3)
    for _ in range(60):
        node = node + node
    assert (graph.work, node.depth, graphs.given_below(node)) == (60, 60, 1)


def test_numbers_of_two_graphs_are_not_mixed():
    """Work would be counted in one of them only."""
    with pytest.raises(ValueError, match="two graphs"):
        Graph().given(1) + Graph().given(2)
    with pytest.raises(ValueError, match="no terms"):
        graphs.total([])
