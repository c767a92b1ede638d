"""Ready times that are followed without a graph are those of graphs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import graphs
from reference.depth import Ledger, positive, repeated
from reference.graphs import Graph, Node

groups = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 6)), min_size=1, max_size=4)


def late(graph: Graph, time: int) -> Node:
    """A number that is ready at a given time."""
    node = graph.given(1)
    for _ in range(time):
        node = node + graph.given(1)
    return node


@given(groups)
@settings(deadline=None)
def test_sums_of_groups_end_when_a_built_sum_does(terms):
    """Also where some terms come late and others early."""
    graph, ledger = Graph(), Ledger()
    nodes = [late(graph, ready) for number, ready in terms for _ in range(number)]
    before = graph.work
    assert ledger.total_of(terms) == graphs.total(nodes).depth
    assert ledger.work == graph.work - before


@given(st.lists(st.tuples(st.integers(1, 10**15), st.integers(0, 10**9)), min_size=1, max_size=5))
def test_sums_of_huge_groups_end_as_early_as_krafts_inequality_allows(terms):
    """The smallest T with Σ count · 2^ready ≤ 2^T; times are shifted so that the powers stay small."""
    ready = Ledger().total_of(terms)
    top = max(time for _, time in terms)
    # Terms that are ready 200 units before the last ones weigh together less than one unit, and more than none.
    weight = sum(count << 200 - min(200, top - time) for count, time in terms)
    assert 1 << 200 + ready - top >= weight > 1 << 199 + ready - top or len(terms) == 1 == terms[0][0]


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9), st.integers(0, 3), st.integers(0, 3))
@settings(deadline=None, max_examples=30)
def test_products_cost_what_built_products_do(a, b, c, left, right):
    """Depth and work of a x b times b x c, whose factors are ready at different times."""
    graph, ledger = Graph(), Ledger()
    one = [[late(graph, left) for _ in range(b)] for _ in range(a)]
    other = [[late(graph, right) for _ in range(c)] for _ in range(b)]
    before = graph.work
    assert ledger.product(a, b, c, left, right) == graphs.depth_of(graphs.product(one, other))
    assert ledger.work == graph.work - before


@given(st.integers(1, 300), st.integers(0, 5))
def test_all_powers_up_to_one_take_one_product_each(last, ready):
    """b^k is there after ⌈log₂ k⌉ rounds; groups hold every power once."""
    ledger = Ledger()
    found = ledger.powers(last, ready)
    times = [time for number, time in found for _ in range(number)]
    assert times == [ready + (k - 1).bit_length() for k in range(1, last + 1)]
    assert ledger.work == last - 1


@given(st.integers(0, 40), st.integers(1, 9), st.integers(0, 60), st.integers(0, 30))
def test_steps_are_repeated_as_if_one_by_one(patience, cost, start, times):
    """A step that waits for its predecessor and for something that is ready at another time."""

    def step(ready: int) -> int:
        return Ledger().total_of([(cost, ready + 1), (3, patience)])

    expected = start
    for _ in range(times):
        expected = step(expected)
    assert repeated(step, start, times) == expected


def test_many_steps_take_no_time_to_follow():
    """2^60 steps are followed in as many calls as it takes until steps last equally long."""
    calls = []
    assert repeated(lambda ready: calls.append(ready) or max(ready, 5) + 3, 0, 2**60) == 5 + 3 * 2**60
    assert len(calls) < 5


def test_sizes_that_make_no_sense_are_named():
    """0, a fraction and a truth value are no sizes."""
    with pytest.raises(ValueError, match="L is 0"):
        positive(n=2, L=0)
    with pytest.raises(TypeError, match=r"n must be an integer; found 2\.0"):
        positive(n=2.0)
    with pytest.raises(TypeError, match="found True"):
        positive(n=True)
    with pytest.raises(ValueError, match="no terms"):
        Ledger().total_of([(0, 3)])
