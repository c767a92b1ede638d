"""A grid of recurrent cells: sizes, runs and graphs agree, and the known counts are theirs."""

# Matrices keep the course's symbols.
# ruff: noqa: N803, N806

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from growing_sizes import lg

from reference.graphs import Graph, values_of
from reference.sequence_models import grid_rnn

SIZES = [(1, 1), (3, 2), (2, 5), (4, 4), (7, 1)]


@pytest.mark.parametrize(("D", "H"), SIZES)
def test_weights_and_multiplications_are_those_of_a_run(D, H):
    """Each weight is used once in each cell: D H + 2 H² of both."""
    assert grid_rnn.weights(D, H) == grid_rnn.weights_in_a_run(D, H) == D * H + 2 * H**2
    assert grid_rnn.multiplications(D, H) == grid_rnn.multiplications_in_a_run(D, H) == D * H + 2 * H**2
    for G in (1, 2, 3):
        found = grid_rnn.grid_multiplications(G, D, H)
        assert found == grid_rnn.grid_multiplications_in_a_run(G, D, H) == G**2 * (D * H + 2 * H**2)


def test_the_known_number_of_weights():
    """14 for three inputs and two units."""
    assert grid_rnn.weights(3, 2) == grid_rnn.weights(Fraction(3), Fraction(2)) == 14


@pytest.mark.parametrize(("G", "cells"), [(1, 1), (2, 3), (4, 7), (8, 15), (13, 25)])
def test_the_longest_chain_goes_down_and_across(G, cells):
    """2 G − 1 cells by a longest path, by rounds and on a graph; not G, and not G²."""
    assert grid_rnn.longest_chain(G) == grid_rnn.rounds(G) == grid_rnn.built_chain(G) == cells == 2 * G - 1


def test_the_graph_of_cells_computes_the_right_numbers():
    """Sums of the neighbours to the west and the north, with ones around, are binomial coefficients."""
    found = values_of(grid_rnn.sums_of_neighbours(Graph(), 5))
    assert found == [[comb(r + s + 2, r + 1) for s in range(5)] for r in range(5)]


@pytest.mark.parametrize(("G", "H", "D"), [(1, 1, 1), (2, 3, 1), (3, 2, 9), (4, 4, 2), (5, 1, 17), (3, 5, 40)])
def test_the_depth_in_operations_is_that_of_a_built_graph(G, H, D):
    """A cell takes a product of H × H and a vector, two sums and the activation; inputs are ready before or late."""
    known = (2 * G - 1) * (4 + lg(H)) + max(0, lg(D) - 1 - lg(H))
    assert grid_rnn.grid_depth(G, H, D) == grid_rnn.built_grid_depth(G, H, D) == known


def test_the_built_grid_gives_the_states_of_a_run():
    """Against the same sums in numpy."""
    rng = np.random.default_rng(5)
    G, D, H = 3, 2, 4
    W_in, W_W, W_N = (rng.integers(-2, 3, size=(H, n)) for n in (D, H, H))
    inputs, start = rng.integers(-2, 3, size=(G, G, D)), rng.integers(-2, 3, size=H)
    expected: dict[tuple[int, int], np.ndarray] = {}
    for r in range(G):
        for s in range(G):
            west, north = expected.get((r, s - 1), start), expected.get((r - 1, s), start)
            expected[r, s] = (W_in @ inputs[r, s] + W_W @ west + W_N @ north) / 2
    graph = Graph()
    grids = [graph.grid(W.tolist()) for W in (W_in, W_W, W_N)]
    found = grid_rnn.grid_states(*grids, [graph.grid(row.tolist()) for row in inputs], graph.grid([start.tolist()])[0])
    for (r, s), state in expected.items():
        assert [float(node.value) for node in found[r][s]] == state.tolist()


def test_facts_about_the_grid_and_a_line_are_those_of_the_counts():
    """Short ways in two directions cost a second matrix; the chain is shorter than in a line."""
    known = grid_rnn.facts(4, 3, 2)
    assert [*known.values()] == [1, 4, 14, 10, 7, 16]
    assert all(grid_rnn.facts(*sizes) == grid_rnn.facts_in_runs(*sizes) for sizes in [(4, 3, 2), (2, 1, 1), (5, 4, 3)])


def test_what_takes_long_is_refused():
    """They say "too large"; sizes that make no sense are named."""
    for measure in (grid_rnn.longest_chain, grid_rnn.rounds, grid_rnn.built_chain):
        with pytest.raises(ValueError, match="too large"):
            measure(10**6)
    with pytest.raises(ValueError, match="too large"):
        grid_rnn.built_grid_depth(100, 100, 100)
    with pytest.raises(ValueError, match="G is 0"):
        grid_rnn.longest_chain(0)
