"""Computations with state-space models, really made as graphs of binary operations, and measured.

They confirm :mod:`reference.ssm_costs`, with which they share no code. Each algorithm takes nodes of a graph and
returns nodes, so that tests can compare its numbers with a simulation; each ``built_`` function feeds it with
small integers and returns what it cost. Sizes at which a graph would take long to build are refused with an
error that begins with "too large".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reference.graphs import Graph, Grid, Node, apply, depth_of, dot, product, total

MOST_OPERATIONS = 40_000  # in a graph that is built to confirm a count: a fraction of a second

Vector = list[Node]


def convolution(kernel: Sequence[Grid], inputs: Sequence[Vector]) -> list[Vector]:
    """y_k = Σ_l K_l u_(k-l), each entry as one sum.

    Args:
        kernel: K_0 … K_L, each m x d.
        inputs: u_0 … u_L, each of d numbers.
    """
    outputs = []
    for k in range(len(inputs)):
        pairs = [(kernel[lag], inputs[k - lag]) for lag in range(k + 1)]
        rows = range(len(kernel[0]))
        outputs.append([total(a * u for K, x in pairs for a, u in zip(K[i], x, strict=True)) for i in rows])
    return outputs


def recurrence(A: Grid, B: Grid, C: Grid, D: Grid, inputs: Sequence[Vector]) -> list[Vector]:
    """y_0, y_1, … by the recursion from x_0 = 0; each entry of a state or an output is one sum."""

    def combined(M: Grid, x: Vector, N: Grid, u: Vector) -> Vector:
        rows = zip(M, N, strict=True)
        return [total([*(a * b for a, b in zip(m + n, x + u, strict=True))]) for m, n in rows]

    x, outputs = apply(B, inputs[0]), [apply(D, inputs[0])]
    for u in inputs[1:]:
        outputs.append(combined(C, x, D, u))
        x = combined(A, x, B, u)
    return outputs


def sequential_kernel(A: Grid, b: Vector, c: Vector, last: int) -> Vector:
    """K_1 … K_last, one product of A and a vector after the other."""
    kernel = [dot(c, b)]
    for _ in range(last - 1):
        b = apply(A, b)
        kernel.append(dot(c, b))
    return kernel


def doubling_kernel(A: Grid, b: Vector, c: Vector, last: int) -> Vector:
    """K_1 … K_last from columns b, A b, A²b, … whose number doubles as A is squared."""
    columns, power = [b], A
    while len(columns) < last:
        columns += [apply(power, column) for column in columns[: last - len(columns)]]
        if len(columns) < last:
            power = product(power, power)
    return [dot(c, column) for column in columns]


def prefix_products(factors: Sequence[Grid]) -> list[Grid]:
    """The products of the first, the first two, … factors, by Sklansky's scheme."""
    if len(factors) == 1:
        return list(factors)
    half = 1 << (len(factors) - 1).bit_length() - 1
    front, back = prefix_products(factors[:half]), prefix_products(factors[half:])
    return front + [product(front[-1], grid) for grid in back]


def prefix_kernel(A: Grid, b: Vector, c: Vector, last: int) -> Vector:
    """K_1 … K_last from the prefix products of last − 1 copies of A."""
    columns = [b]
    if last > 1:
        columns += [apply(power, b) for power in prefix_products([A] * (last - 1))]
    return [dot(c, column) for column in columns]


def powers_kernel(A: Grid, b: Vector, c: Vector, last: int) -> Vector:
    """K_1 … K_last from every power of A as a matrix, each the product of two powers half as high."""
    powers = [A, A]  # the entry at 0 is not used
    for k in range(2, last):
        powers.append(product(powers[k - k // 2], powers[k // 2]))
    return [dot(c, b)] + [dot(c, apply(powers[k], b)) for k in range(1, last)]


def _number_powers(base: Node, last: int) -> Vector:
    """b … b^last, each the product of two powers half as high."""
    powers = [base, base]  # the entry at 0 is not used
    for k in range(2, last + 1):
        powers.append(powers[k - k // 2] * powers[k // 2])
    return powers[1 : last + 1]


def diagonal_kernel(lam: Vector, b: Vector, c: Vector, last: int) -> Vector:
    """K_1 … K_last for A = diag(lam)."""
    weights = [one * other for one, other in zip(c, b, strict=True)]
    powers = [_number_powers(base, last - 1) for base in lam]
    return [total(weights)] + [dot(weights, [row[k] for row in powers]) for k in range(last - 1)]


def rank_one_kernel(p: Vector, b: Vector, c: Vector, last: int) -> Vector:
    """K_1 … K_last for A = I + p pᵀ with p ≠ 0, as a β^(l-1) + (c b − a) with β = 1 + pᵀp."""
    square, cb = dot(p, p), dot(c, b)
    beta = p[0].graph.given(1) + square
    a = dot(c, p) * dot(p, b) / square
    rest = cb - a
    return [cb] + [a * power + rest for power in _number_powers(beta, last - 1)]


# ---------------------------------------------------------------- measured


def _limit(operations: int) -> None:
    if operations > MOST_OPERATIONS:
        raise ValueError(f"too large: about {operations} operations, at most {MOST_OPERATIONS} are built")


def _integers(*shape: int) -> list[list[int]]:
    """Small integers that are not 0; the same for the same shape."""
    rng = np.random.default_rng(shape)
    found: list[list[int]] = rng.choice([-2, -1, 1, 2], size=shape).tolist()
    return found


def _kernel_graph(n: int) -> tuple[Graph, Grid, Vector, Vector]:
    graph = Graph()
    return graph, graph.grid(_integers(n, n)), graph.grid(_integers(1, n))[0], graph.grid(_integers(1, n))[0]


def built_convolution_depth(L: int, d: int, m: int = 2) -> int:
    """As :func:`reference.ssm_costs.convolution_depth`, measured; m outputs."""
    _limit((L + 1) ** 2 * m * d)
    graph = Graph()
    kernel = [graph.grid(_integers(m, d)) for _ in range(L + 1)]
    return depth_of(convolution(kernel, graph.grid(_integers(L + 1, d))))


def built_scalar_convolution_depth(L: int) -> int:
    """As :func:`reference.ssm_costs.scalar_convolution_depth`, measured."""
    return built_convolution_depth(L, 1, 1)


def built_recurrence_depth(L: int, n: int, d: int = 1) -> int:
    """As :func:`reference.ssm_costs.recurrence_depth`, measured; one output."""
    _limit(2 * (L + 1) * (n + 1) * (n + d))
    graph = Graph()
    A, B, C, D = (graph.grid(_integers(*shape)) for shape in ((n, n), (n, d), (1, n), (1, d)))
    return depth_of(recurrence(A, B, C, D, graph.grid(_integers(L + 1, d))))


def built_sequential_kernel_depth(L: int, n: int) -> int:
    """As :func:`reference.ssm_costs.sequential_kernel_depth`, measured."""
    _limit(2 * L * n * (n + 1))
    _, A, b, c = _kernel_graph(n)
    return depth_of([sequential_kernel(A, b, c, L)])


def _built_doubling(L: int, n: int) -> tuple[int, int]:
    _limit(2 * n**3 * L.bit_length() + 2 * L * n * (n + 1))
    graph, A, b, c = _kernel_graph(n)
    return depth_of([doubling_kernel(A, b, c, L)]), graph.work


def built_doubling_kernel_depth(L: int, n: int) -> int:
    """As :func:`reference.ssm_costs.doubling_kernel_depth`, measured."""
    return _built_doubling(L, n)[0]


def built_doubling_kernel_work(L: int, n: int) -> int:
    """As :func:`reference.ssm_costs.doubling_kernel_work`, counted."""
    return _built_doubling(L, n)[1]


def built_prefix_kernel_depth(L: int, n: int) -> int:
    """As :func:`reference.ssm_costs.prefix_kernel_depth`, measured."""
    _limit(n**3 * L * L.bit_length() + 2 * L * n * (n + 1))
    _, A, b, c = _kernel_graph(n)
    return depth_of([prefix_kernel(A, b, c, L)])


def built_powers_kernel_work(L: int, n: int) -> int:
    """As :func:`reference.ssm_costs.powers_kernel_work`, counted."""
    _limit(2 * L * n**3 + 2 * L * n * (n + 1))
    graph, A, b, c = _kernel_graph(n)
    powers_kernel(A, b, c, L)
    return graph.work


def _built_structured(L: int, n: int, *, diagonal: bool) -> tuple[int, int]:
    _limit(3 * L * n if diagonal else 3 * L + 8 * n)
    graph, _, b, c = _kernel_graph(n)
    rows = graph.grid(_integers(2, n))
    kernel = diagonal_kernel(rows[0], b, c, L) if diagonal else rank_one_kernel(rows[1], b, c, L)
    return depth_of([kernel]), graph.work


def built_diagonal_kernel_depth(L: int, n: int) -> int:
    """As :func:`reference.ssm_costs.diagonal_kernel_depth`, measured."""
    return _built_structured(L, n, diagonal=True)[0]


def built_diagonal_kernel_work(L: int, n: int) -> int:
    """As :func:`reference.ssm_costs.diagonal_kernel_work`, counted."""
    return _built_structured(L, n, diagonal=True)[1]


def built_rank_one_kernel_depth(L: int, n: int) -> int:
    """As :func:`reference.ssm_costs.rank_one_kernel_depth`, measured."""
    return _built_structured(L, n, diagonal=False)[0]


def built_rank_one_kernel_work(L: int, n: int) -> int:
    """As :func:`reference.ssm_costs.rank_one_kernel_work`, counted."""
    return _built_structured(L, n, diagonal=False)[1]
