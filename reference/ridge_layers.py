"""Ridge attention in parallel: one inversion for all queries, or one for each position.

The model and the way of counting are those of :mod:`reference.ridge_costs`, whose recursion waits for each position in
turn. Here nothing waits: M = KᵀK + λI and KᵀV are sums over positions, and a causal layer takes their prefixes in
rounds, then inverts n matrices side by side. Inverses are by Gauss–Jordan elimination, three units of time
for each column; with another way to invert, the depth in d would be another one.

Sources: W. D. Hillis and G. L. Steele, "Data parallel algorithms", Communications of the ACM 29 (1986), for prefix
sums; L. Csanky, "Fast parallel matrix inversion algorithms", SIAM Journal on Computing 5 (1976), for inverses of
depth log² d, which are not used.
"""

from __future__ import annotations

import numpy as np

from reference.depth import Ledger, positive, repeated
from reference.graphs import Graph, Grid, Node, apply, depth_of, dyad, inverse, plus
from reference.ridge_costs import layer_outputs

MOST_OPERATIONS = 8_000  # in a graph that is built to confirm a count; fractions grow as a matrix is inverted

# ---------------------------------------------------------------- at any size


def _inverse(ledger: Ledger, d: int, ready: int, count: int = 1) -> int:
    """Inverses of d x d matrices by Gauss–Jordan elimination, without following each of the d columns.

    Args:
        ledger: adds up the work.
        d: rows.
        ready: when the entries on the diagonals are; the others are not later.
        count: how many inverses, side by side.
    """

    def column(start: int, book: Ledger) -> int:
        divided = book.each(2 * d, start, start)
        if d == 1:
            return divided
        others = 2 * d * (d - 1)
        return book.each(others, start, book.each(others, start, divided))

    once = Ledger()
    column(0, once)
    ledger.work += count * d * once.work
    return repeated(lambda start: column(start, Ledger()), ready, d)


def _layer(n: int, d: int) -> tuple[int, int]:
    positive(n=n, d=d)
    ledger = Ledger()
    gram = ledger.product(d, n, d, 0, 0)
    summed = ledger.product(d, n, d, 0, 0)
    inverted = _inverse(ledger, d, ledger.each(d, gram, 0))
    return ledger.product(n, d, d, 0, ledger.product(d, d, d, inverted, summed)), ledger.work


def layer_depth(n: int, d: int) -> int:
    """Critical path of n queries that all look at the same n pairs, as Q (M⁻¹ (KᵀV)).

    Args:
        n: positions.
        d: numbers in a key, a value and a query.
    """
    return _layer(n, d)[0]


def layer_work_counted(n: int, d: int) -> int:
    """Operations of that layer; arguments as for its depth."""
    return _layer(n, d)[1]


def _additions(n: int) -> int:
    """Additions of the prefix sums of n terms: round j leaves out the first 2^j positions."""
    rounds = (n - 1).bit_length()
    return n * rounds - ((1 << rounds) - 1)


def _separate(n: int, d: int) -> tuple[int, int]:
    positive(n=n, d=d)
    ledger = Ledger()
    dyads = ledger.each(2 * n * d * d, 0, 0)  # k kᵀ and v kᵀ
    summed = dyads + (n - 1).bit_length()
    ledger.work += 2 * d * d * _additions(n)
    inverted = _inverse(ledger, d, ledger.each(n * d, summed, 0), n)
    weighted = ledger.total(d, ledger.each(n * d * d, inverted, 0), n * d)  # M⁻¹q
    return ledger.total(d, ledger.each(n * d * d, summed, weighted), n * d), ledger.work


def separate_inversions_depth(n: int, d: int) -> int:
    """Critical path of a causal layer with prefix sums and one inversion for each position.

    Args:
        n: positions.
        d: numbers in a key, a value and a query.
    """
    return _separate(n, d)[0]


def separate_inversions_work(n: int, d: int) -> int:
    """Operations of that layer; arguments as for its depth."""
    return _separate(n, d)[1]


# ---------------------------------------------------------------- built


def prefix_sums(terms: list[Grid]) -> list[Grid]:
    """The first matrix, the sum of the first two, …: every round adds what stands twice as far before."""
    far = 1
    while far < len(terms):
        terms = terms[:far] + [plus(early, late) for early, late in zip(terms, terms[far:], strict=False)]
        far *= 2
    return terms


def causal_outputs_side_by_side(K: Grid, V: Grid, Q: Grid, ridge: Node) -> Grid:
    """Outputs at all positions, none of which waits for another one; arguments as in :mod:`reference.ridge_costs`."""
    grams = prefix_sums([dyad(k, k) for k in K])
    sums = prefix_sums([dyad(v, k) for v, k in zip(V, K, strict=True)])
    outputs = []
    for gram, summed, q in zip(grams, sums, Q, strict=True):
        M = [[entry + ridge if i == j else entry for j, entry in enumerate(row)] for i, row in enumerate(gram)]
        outputs.append(apply(summed, apply(inverse(M), q)))
    return outputs


def _built(n: int, d: int, *, causal: bool) -> tuple[int, int]:
    operations = (n if causal else 1) * 4 * d**3 + 6 * n * d * d
    if operations > MOST_OPERATIONS:
        raise ValueError(f"too large: about {operations} operations, at most {MOST_OPERATIONS} are built")
    graph, rng = Graph(), np.random.default_rng((n, d))
    K, V, Q = (graph.grid(rng.choice([-2, -1, 1, 2], size=(n, d)).tolist()) for _ in range(3))
    compute = causal_outputs_side_by_side if causal else layer_outputs
    return depth_of(compute(K, V, Q, graph.given(2))), graph.work


def built_layer_depth(n: int, d: int) -> int:
    """As :func:`layer_depth`, measured on a graph."""
    return _built(n, d, causal=False)[0]


def built_layer_work(n: int, d: int) -> int:
    """As :func:`layer_work_counted`, counted on a graph."""
    return _built(n, d, causal=False)[1]


def built_separate_inversions_depth(n: int, d: int) -> int:
    """As :func:`separate_inversions_depth`, measured on a graph."""
    return _built(n, d, causal=True)[0]


def built_separate_inversions_work(n: int, d: int) -> int:
    """As :func:`separate_inversions_work`, counted on a graph."""
    return _built(n, d, causal=True)[1]
