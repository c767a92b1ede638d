"""Claims about state-space kernels and ridge attention: true, or false with an example that shows it.

For each claim there are two functions. The first looks for a counterexample, smallest cases first, and hands it over
with the numbers on both sides; costs are those of graphs that are really built (:mod:`reference.graphs`). The second
decides in another way: in floating point at random matrices, by another formula, or by another count.

A false claim is a mapping: ``is`` says False, ``at`` where it fails, ``shows`` what is there instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from reference import graphs
from reference.depth import Ledger
from reference.linear import Array, exact_array, identity, solve
from reference.ssm_graphs import convolution

Verdict = bool | dict[str, Any]
Floats = npt.NDArray[Any]  # of float


def _false(shows: str, **at: Any) -> dict[str, Any]:
    return {"is": False, "at": at, "shows": shows}


def _small(height: int, width: int, least: int = -1, most: int = 2) -> Iterator[Array]:
    """Matrices of small whole numbers."""
    for entries in product(range(least, most + 1), repeat=height * width):
        yield exact_array([list(entries[i * width : (i + 1) * width]) for i in range(height)], "a matrix")


def _rows(matrix: Array) -> list[list[Fraction]]:
    return [list(row) for row in matrix.tolist()]


def _told(matrix: Array) -> str:
    """A matrix, a column or a number, short."""
    if matrix.shape[1] == 1:
        entries = ", ".join(map(str, matrix[:, 0].tolist()))
        return f"({entries})" if len(matrix) > 1 else entries
    return "[" + ", ".join("[" + ", ".join(map(str, row)) + "]" for row in matrix.tolist()) + "]"


# ---------------------------------------------------------------- dependences and depth


def _below(node: graphs.Node) -> set[int]:
    """Identities of all nodes from which one is made."""
    seen: set[int] = set()
    waiting = [*node.operands]
    while waiting:
        here = waiting.pop()
        if id(here) not in seen:
            seen.add(id(here))
            waiting.extend(here.operands)
    return seen


def outputs_wait_for_one_another() -> Verdict:
    """Claim: with the kernel known, y_k can only be computed after y_{k−1}."""
    for last in (1, 2, 3):
        graph = graphs.Graph()
        kernel = [graph.grid([[entry + 1]]) for entry in range(last + 1)]
        inputs = graph.grid([[entry + 2] for entry in range(last + 1)])
        outputs = [row[0] for row in convolution(kernel, inputs)]
        for k in range(1, last + 1):
            if id(outputs[k - 1]) not in _below(outputs[k]):
                made = " + ".join(f"K_{lag}·u_{k - lag}" for lag in range(k + 1))
                return _false(f"y_{k} = {made}, and y_{k - 1} is not among the numbers it is made from", k=k, L=last)
    return True


def outputs_wait_for_one_another_backwards() -> bool:
    """The same: whether the outputs cannot be had in the opposite order, each from kernel and inputs alone."""
    rng = np.random.default_rng(1)
    kernel, inputs = rng.normal(size=9), rng.normal(size=9)
    backwards = {k: float(kernel[: k + 1] @ inputs[k::-1]) for k in reversed(range(9))}
    return not np.allclose([backwards[k] for k in range(9)], np.convolve(kernel, inputs)[:9])


Step = tuple[graphs.Grid, graphs.Grid]


def _composed(first: Step, then: Step) -> Step:
    """x → A' (A x + b) + b', as one step: composing is associative, so steps may be taken together in a tree."""
    return graphs.product(then[0], first[0]), graphs.plus(graphs.product(then[0], first[1]), then[1])


def _scanned(steps: list[Step]) -> list[Step]:
    """All compositions of the first, the first two, … steps, by Sklansky's scheme."""
    if len(steps) == 1:
        return steps
    half = 1 << (len(steps) - 1).bit_length() - 1
    front, back = _scanned(steps[:half]), _scanned(steps[half:])
    return front + [_composed(front[-1], step) for step in back]


def scanned_depth(last: int) -> tuple[int, bool]:
    """Critical path of all states by a scan, with n = 1, and whether the states are those of the recursion.

    Args:
        last: how many steps, at least 1.
    """
    graph = graphs.Graph()
    steps = [(graph.grid([[2]]), graph.grid([[entry + 1]])) for entry in range(last)]
    scanned = _scanned(steps)
    state, states = 0, []
    for entry in range(last):
        state = 2 * state + entry + 1
        states.append(state)
    same = [step[1][0][0].value for step in scanned] == states
    return graphs.depth_of(*(step[1] for step in scanned)), same


def recursion_needs_a_step_for_each_time() -> Verdict:
    """Claim: any computation of x_{k+1} = A x_k + B u_k has a critical path of at least one unit a time step."""
    for power in range(3, 9):
        last = 1 << power
        depth, same = scanned_depth(last)
        if same and depth < last:
            shows = f"a scan over the steps, composed in a tree, has all {last} states after {depth} units of time"
            return _false(shows, L=last, n=1)
    return True


def recursion_needs_a_step_for_each_time_in_the_long_run() -> bool:
    """The same by following ready times: log₂ L rounds of a product of 2 x 2 matrices and a sum, for L = 2^20."""
    ready = 0
    for _ in range(20):
        ledger = Ledger()
        moved = ledger.product(2, 2, 1, ready, ready)
        ready = max(ledger.product(2, 2, 2, ready, ready), ledger.each(2, moved, ready))
    return ready >= 1 << 20


def products_at_every_level() -> Verdict:
    """Claim: in the tree that adds up y_k, each level needs a product of a matrix and a vector."""
    for last, d in ((3, 2), (7, 2)):
        graph = graphs.Graph()
        kernel = [graph.grid([[lag + i + 1 for i in range(d)]]) for lag in range(last + 1)]
        inputs = graph.grid([[k + i + 2 for i in range(d)] for k in range(last + 1)])
        (output,) = convolution(kernel, inputs)[last]
        given = {id(node) for grid in kernel for row in grid for node in row}
        levels = sorted({node.depth for node in _nodes(output) if any(id(one) in given for one in node.operands)})
        if levels != list(range(1, output.depth + 1)):
            shows = (
                f"all entries of the kernel are used at level {levels[-1]} of {output.depth}; above it there are sums"
            )
            return _false(shows, L=last, d=d)
    return True


def _nodes(node: graphs.Node) -> list[graphs.Node]:
    """A node and all that it is made from."""
    found: dict[int, graphs.Node] = {}
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if id(here) not in found:
            found[id(here)] = here
            waiting.extend(here.operands)
    return list(found.values())


def products_at_every_level_by_time() -> bool:
    """The same: with products at all of the levels, the path would be longer than products first and then sums."""
    L, d = 15, 4
    ledger = Ledger()
    measured = ledger.total((L + 1) * d, ledger.each((L + 1) * d, 0))
    levels = (L + 1).bit_length() - 1
    at_every_level = levels * (1 + (d.bit_length() - 1))
    return measured >= at_every_level


def vector_sum_takes_log_n() -> Verdict:
    """Claim: adding two vectors of n entries has a critical path that grows like log n."""
    depths = {}
    for n in (1, 2, 8, 64, 512):
        graph = graphs.Graph()
        depths[n] = graphs.depth_of(graphs.plus(graph.grid([range(n)]), graph.grid([range(n)])))
    if len(set(depths.values())) == 1:
        n, depth = max(depths.items())
        return _false(
            f"the entries do not wait for one another: all {n} sums are ready after {depth} unit of time", n=n
        )
    return True


def vector_sum_takes_log_n_in_the_long_run() -> bool:
    """The same by following ready times at two sizes."""
    return Ledger().each(1 << 40, 0, 0) > Ledger().each(2, 0, 0)


# ---------------------------------------------------------------- the kernel of I + p pᵀ


def closed_form_without_minus_one() -> Verdict:
    """Claim: C A^ℓ B = C B + (C p)(pᵀB)(1 + α)^{ℓ−1}/α for A = I + p pᵀ, α = pᵀp and ℓ ≥ 1, here with n = 1."""
    for p, power in product((1, 2), (1, 2, 3)):
        alpha = p * p
        true = Fraction(1 + alpha) ** power
        claimed = 1 + Fraction(p * p) * Fraction(1 + alpha) ** (power - 1) / alpha
        if true != claimed:
            return _false(f"C A^{power} B is {true}, the formula gives {claimed}", n=1, p=p, B=1, C=1, **{"ℓ": power})
    return True


def closed_form_without_minus_one_at_random() -> bool:
    """The same in four dimensions, by powers in floating point."""
    rng = np.random.default_rng(2)
    p, B, C = (rng.normal(size=4) for _ in range(3))
    A, alpha = np.eye(4) + np.outer(p, p), p @ p
    return all(
        np.isclose(C @ np.linalg.matrix_power(A, k) @ B, C @ B + (C @ p) * (p @ B) * (1 + alpha) ** (k - 1) / alpha)
        for k in (1, 2, 5)
    )


# ---------------------------------------------------------------- ridge attention


def _ridge(K: Array) -> Array:
    """KᵀK + I."""
    return K.T @ K + identity(K.shape[1])


def _pairs(height: int, width: int) -> Iterator[tuple[Array, Array, Array]]:
    """Keys and values of one size, and a query, small and not all alike."""
    query = exact_array([[1], *([0] for _ in range(width - 1))], "q")
    for K, V in product(_small(height, width, 1, 2), repeat=2):
        yield K, V, query


def _search(claimed: Callable[[Array, Array, Array], Array], names: str) -> Verdict:
    """Where a formula for the output differs from Σ w_i v_i, with the weights K M⁻¹ q, for d_k = d_v = 2 and λ = 1."""
    for K, V, q in _pairs(2, 2):
        true = V.T @ (K @ solve(_ridge(K), q))
        found = claimed(K, V, q)
        if found.shape != true.shape or np.any(found != true):
            shows = f"the output is {_told(true)}, {names} gives {_told(found)}"
            return _false(shows, K=_rows(K), V=_rows(V), q=[entry for (entry,) in q.tolist()], **{"λ": 1})
    return True


def _random(claimed: Callable[[Floats, Floats, Floats, Floats], Floats]) -> bool:
    """Whether a formula predicts what a ridge regression does, which is done as least squares with extra rows.

    ‖K W − V‖² + λ‖W‖² is the plain squared error of K above √λ I with V above zeros.
    """
    rng = np.random.default_rng(3)
    for _ in range(3):
        K, V, q = rng.normal(size=(5, 3)), rng.normal(size=(5, 3)), rng.normal(size=3)
        weights = np.linalg.lstsq(np.vstack([K, np.eye(3)]), np.vstack([V, np.zeros((3, 3))]), rcond=None)[0]
        if not np.allclose(claimed(K, V, q, np.linalg.inv(K.T @ K + np.eye(3))), weights.T @ q):
            return False
    return True


def output_by_inverse_of_s() -> Verdict:
    """Claim: o = M⁻¹ S q with S = Σ v_i k_iᵀ."""
    return _search(lambda K, V, q: solve(_ridge(K), V.T @ K @ q), "M⁻¹ S q")


def output_by_inverse_of_s_at_random() -> bool:
    """The same against a regression."""
    return _random(lambda K, V, q, inverse: inverse @ (V.T @ K) @ q)


def output_by_inverse_of_n() -> Verdict:
    """Claim: o = (KᵀK + λI)⁻¹ KᵀV q."""
    return _search(lambda K, V, q: solve(_ridge(K), K.T @ V @ q), "(KᵀK + λI)⁻¹ KᵀV q")


def output_by_inverse_of_n_at_random() -> bool:
    """The same against a regression."""
    return _random(lambda K, V, q, inverse: inverse @ (K.T @ V) @ q)


def outputs_as_rows_of_s() -> Verdict:
    """Claim: with the queries as rows of Q, the outputs are the rows of Q VᵀK M⁻¹; here with one query."""
    return _search(lambda K, V, q: (q.T @ V.T @ K @ solve(_ridge(K), identity(2))).T, "q as a row times VᵀK M⁻¹")


def outputs_as_rows_of_s_at_random() -> bool:
    """The same against a regression."""
    return _random(lambda K, V, q, inverse: q @ (V.T @ K) @ inverse)


def sum_of_dyads_transposed() -> Verdict:
    """Claim: KᵀV = Σ v_i k_iᵀ, where k_i and v_i are the rows of K and V as columns."""
    for K, V, _ in _pairs(2, 2):
        true, claimed = K.T @ V, sum((V[i : i + 1].T @ K[i : i + 1] for i in range(2)), 0 * K)
        if np.any(true != claimed):
            shows = f"KᵀV is {_told(true)}, the sum is {_told(claimed)}, which is VᵀK"
            return _false(shows, K=_rows(K), V=_rows(V))
    return True


def sum_of_dyads_transposed_by_shape() -> bool:
    """The same by shapes: with keys of 2 numbers and values of 3, one is 2 x 3 and the other 3 x 2."""
    K, V = np.ones((4, 2)), np.ones((4, 3))
    return bool((K.T @ V).shape == np.outer(V[0], K[0]).shape)


def weights_push_through() -> Verdict:
    """Claim: K (KᵀK + λI)⁻¹ q = (KKᵀ + λI)⁻¹ K q for all K, q and λ > 0; here at all small K."""
    for K in (*_small(2, 1), *_small(1, 2), *_small(3, 1), *_small(2, 2, 0, 2)):
        q = exact_array([[j + 1] for j in range(K.shape[1])], "q")
        one, other = K @ solve(_ridge(K), q), solve(K @ K.T + identity(len(K)), K @ q)
        if np.any(one != other):
            return _false(f"the left side is {_told(one)}, the right side {_told(other)}", K=_rows(K), **{"λ": 1})
    return True


def weights_push_through_by_multiplying() -> bool:
    """The same without an inverse: (KKᵀ + λI) K = K (KᵀK + λI), and both brackets are positive definite."""
    rng = np.random.default_rng(4)
    for size, lam in product(((5, 3), (3, 5), (4, 1)), (0.1, 2.0)):
        K = rng.normal(size=size)
        outer, inner = K @ K.T + lam * np.eye(len(K)), K.T @ K + lam * np.eye(K.shape[1])
        definite = all(np.linalg.eigvalsh(bracket)[0] > 0 for bracket in (outer, inner))
        if not definite or not np.allclose(outer @ K, K @ inner):
            return False
    return True


def _weighed() -> Iterable[tuple[Array, Array, Array]]:
    """Small keys and queries, with the weights for λ = 1."""
    for K in _small(2, 2, 0, 2):
        for entries in ((1, 0), (1, 1), (1, 2)):
            q = exact_array([[entry] for entry in entries], "q")
            yield K, q, K @ solve(_ridge(K), q)


def negative_only_with_a_negative_score() -> Verdict:
    """Claim: if k_iᵀq ≥ 0 for all i, then no weight is negative."""
    for K, q, weights in _weighed():
        scores = K @ q
        if min(scores[:, 0]) >= 0 and min(weights[:, 0]) < 0:
            shows = f"K q = {_told(scores)} has no negative entry, yet w = {_told(weights)}"
            return _false(shows, K=_rows(K), q=[entry for (entry,) in q.tolist()], **{"λ": 1})
    return True


def negative_only_with_a_negative_score_at_random() -> bool:
    """The same with positive keys and queries drawn at random, by the other form of the weights."""
    rng = np.random.default_rng(5)
    for _ in range(400):
        K, q = rng.uniform(0, 1, size=(3, 2)), rng.uniform(0, 1, size=2)
        if np.min(np.linalg.solve(K @ K.T + 0.05 * np.eye(3), K @ q)) < -1e-6:
            return False
    return True


def weights_add_up_to_one() -> Verdict:
    """Claim: the weights of the values add up to 1."""
    for K, q, weights in _weighed():
        total = sum(weights[:, 0])
        if min(K.ravel()) > 0 and total != 1:
            shows = f"w = {_told(weights)}, which adds up to {total}"
            return _false(shows, K=_rows(K), q=[entry for (entry,) in q.tolist()], **{"λ": 1})
    return True


def weights_add_up_to_one_for_equal_values() -> bool:
    """The same: were the sum 1, equal values v would come back unchanged; a ridge shrinks them."""
    K, q = np.array([[1.0], [2.0]]), np.array([1.0])
    weights = np.linalg.lstsq(np.vstack([K, np.eye(1)]), np.array([3.0, 3.0, 0.0]), rcond=None)[0]
    return bool(np.isclose(weights @ q, 3.0))
