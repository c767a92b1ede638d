"""Work and critical paths of ridge attention, at any size and on graphs that are really built.

The model is that of :mod:`reference.graphs`: operations of two operands, one unit of time each, as many processors
as wanted. Keys, values, queries (n of each, of d numbers) and λ are there at time 0.

Causal attention is computed here by the recursion that keeps M⁻¹ and S = Σ v kᵀ: every position adds a dyad to M,
so its inverse is updated by Sherman and Morrison's formula. Depths are those of this algorithm, not the least
possible ones: with one inversion for each position, all positions can be computed side by side.

The functions without ``built_`` follow ready times; those with it build the computation, with numbers, and share no
code with the others.

Source: J. Sherman and W. Morrison, Annals of Mathematical Statistics 21 (1950).
"""

from __future__ import annotations

import numpy as np

from reference.depth import Ledger, positive, repeated
from reference.graphs import Graph, Grid, Node, apply, depth_of, dot, dyad, inverse, minus, plus, product, transposed

MOST_OPERATIONS = 40_000  # in a graph that is built to confirm a count: a fraction of a second

# ---------------------------------------------------------------- at any size


def _update(ledger: Ledger, d: int, known: int) -> int:
    """One update of a symmetric M⁻¹ whose entries are ready at ``known``, after M grew by k kᵀ."""
    right = ledger.product(d, d, 1, known, 0)  # M⁻¹k; its transpose is kᵀM⁻¹
    scale = ledger.each(1, 0, ledger.product(1, d, 1, 0, right))
    scaled = ledger.each(d, right, scale)
    return ledger.each(d * d, known, ledger.each(d * d, scaled, right))


def _output(ledger: Ledger, d: int, known: int, summed: int) -> int:
    """S (M⁻¹q)."""
    return ledger.product(d, d, 1, summed, ledger.product(d, d, 1, known, 0))


def causal_attention_depth(n: int, d: int) -> int:
    """Critical path of the outputs at n positions by the recursion.

    Args:
        n: positions.
        d: numbers in a key, a value and a query.
    """
    positive(n=n, d=d)
    ledger = Ledger()
    known = repeated(lambda ready: _update(ledger, d, ready), ledger.each(d * d, 0, 0), n)  # from I/λ on
    dyads = ledger.each(d * d, 0, 0)
    summed = repeated(lambda ready: ledger.each(d * d, dyads, ready), dyads, n - 1)
    return _output(ledger, d, known, summed)


def causal_attention_work(n: int, d: int) -> int:
    """Operations of the outputs at n positions by the recursion.

    Args:
        n: positions.
        d: numbers in a key, a value and a query.
    """
    positive(n=n, d=d)
    position = Ledger()
    _update(position, d, 0)
    position.each(d * d, 0, 0)
    _output(position, d, 0, 0)
    others = Ledger()
    others.each(d * d, 0, 0)  # a sum of dyads, at all positions but the first
    start = Ledger()
    start.each(d * d, 0, 0)
    return start.work + n * position.work + (n - 1) * others.work


# ---------------------------------------------------------------- built


def causal_outputs(K: Grid, V: Grid, Q: Grid, ridge: Node) -> Grid:
    """Outputs at all positions by the recursion, as nodes.

    Args:
        K, Q: keys and queries, n x d_k.
        V: values, n x d_v.
        ridge: λ.

    Returns:
        The outputs, n x d_v.
    """
    graph, d = ridge.graph, len(K[0])
    one = graph.given(1)
    known = [[graph.given(int(i == j)) / ridge for j in range(d)] for i in range(d)]
    summed: Grid = []
    outputs = []
    for k, v, q in zip(K, V, Q, strict=True):
        right = apply(known, k)
        scale = one + dot(k, right)
        known = minus(known, dyad([entry / scale for entry in right], right))
        change = dyad(v, k)
        summed = plus(summed, change) if summed else change
        outputs.append(apply(summed, apply(known, q)))
    return outputs


def layer_outputs(K: Grid, V: Grid, Q: Grid, ridge: Node) -> Grid:
    """Outputs of the layer in which all queries look at all pairs, with one inversion, as nodes; arguments as above."""
    gram = product(transposed(K), K)
    for i, row in enumerate(gram):
        row[i] = row[i] + ridge
    return product(Q, product(inverse(gram), product(transposed(K), V)))


def _integers(seed: int, n: int, d: int) -> list[list[int]]:
    found: list[list[int]] = np.random.default_rng((seed, n, d)).choice([-2, -1, 1, 2], size=(n, d)).tolist()
    return found


def _built(n: int, d: int) -> tuple[int, int]:
    operations = 10 * n * d * d + 5 * n * d
    if operations > MOST_OPERATIONS:
        raise ValueError(f"too large: about {operations} operations, at most {MOST_OPERATIONS} are built")
    graph = Graph()
    K, V, Q = (graph.grid(_integers(seed, n, d)) for seed in range(3))
    return depth_of(causal_outputs(K, V, Q, graph.given(2))), graph.work


def built_causal_attention_depth(n: int, d: int) -> int:
    """As :func:`causal_attention_depth`, measured on a graph."""
    return _built(n, d)[0]


def built_causal_attention_work(n: int, d: int) -> int:
    """As :func:`causal_attention_work`, counted on a graph."""
    return _built(n, d)[1]
