"""Other schemes for the outputs and the kernel of a state-space model: channels, a scan, binary expansion.

The model is that of :mod:`reference.ssm_costs`, and so is the way of counting: a function without ``built_`` follows
ready times at any size, the one with it builds the same computation, with numbers, and shares no code with the
other.

Sources: G. Blelloch, "Prefix sums and their applications", CMU-CS-90-190 (1990), on the scan of a linear recurrence;
J. Sklansky, "Conditional-sum addition logic", IRE Transactions on Electronic Computers 9 (1960), on its shape.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reference.depth import Ledger, positive
from reference.graphs import Graph, Grid, Node, apply, depth_of, dot, product, total

MOST_OPERATIONS = 40_000  # in a graph that is built to confirm a count: a fraction of a second

Vector = list[Node]

# ---------------------------------------------------------------- channels side by side


def channels_depth(L: int, d: int) -> int:
    """Critical path of y_0 … y_L where each of d channels has a known kernel of numbers of its own.

    Args:
        L: index of the last output; a channel of y_L has L + 1 terms.
        d: channels. They do not wait for one another.
    """
    positive(L=L, d=d)
    ledger = Ledger()
    return ledger.total(L + 1, ledger.each((L + 1) * d, 0, 0), d)


def channels(kernel: Sequence[Vector], inputs: Sequence[Vector]) -> list[Vector]:
    """Channel i of y_k is the sum of K_l[i] u_(k-l)[i] over l from 0 to k."""
    d = len(kernel[0])
    return [
        [total(kernel[lag][i] * inputs[k - lag][i] for lag in range(k + 1)) for i in range(d)]
        for k in range(len(inputs))
    ]


# ---------------------------------------------------------------- the recurrence as a scan


def scan_depth(L: int, n: int, d: int = 1) -> int:
    """Critical path of y_0 … y_L by a scan over the steps x → A x + B u_k.

    Two steps in a row are one step of the same kind: its matrix is a product of matrices, its vector a matrix times a
    vector plus a vector. So prefixes of steps can be taken in about log₂ L rounds.

    Args:
        L: index of the last output.
        n: numbers in the state.
        d: numbers in an input.
    """
    positive(L=L, n=n, d=d)
    ledger = Ledger()
    from_input = ledger.product(1, d, 1, 0, 0)  # an entry of B u_k or D u_k
    matrix, vector, steps = 0, from_input, 1  # of the prefix of the first 1, 2, 4 … steps
    while steps < L:
        matrix, vector = (
            ledger.product(n, n, n, matrix, matrix),
            ledger.total_of([(n, ledger.each(n, matrix, vector)), (1, vector)]),
        )
        steps *= 2
    return ledger.total_of([(n, ledger.each(n, 0, vector)), (1, from_input)])


Step = tuple[Grid, Vector]  # x → matrix x + vector


def _after(first: Step, then: Step) -> Step:
    """Two steps as one."""
    (A, b), (M, v) = first, then
    moved = [total([*(m * x for m, x in zip(row, b, strict=True)), w]) for row, w in zip(M, v, strict=True)]
    return product(M, A), moved


def prefixes(steps: Sequence[Step]) -> list[Step]:
    """The first step, the first two as one step, …, by Sklansky's scheme."""
    if len(steps) == 1:
        return list(steps)
    half = 1 << (len(steps) - 1).bit_length() - 1
    front, back = prefixes(steps[:half]), prefixes(steps[half:])
    return front + [_after(front[-1], step) for step in back]


def scanned(A: Grid, B: Grid, C: Grid, D: Grid, inputs: Sequence[Vector]) -> list[Vector]:
    """y_0, y_1, … from x_0 = 0, with all states by one scan."""
    states = [state for _, state in prefixes([(A, apply(B, u)) for u in inputs[:-1]])]
    outputs = [apply(D, inputs[0])]
    for x, u in zip(states, inputs[1:], strict=True):
        outputs.append([total(a * b for a, b in zip(c + e, x + u, strict=True)) for c, e in zip(C, D, strict=True)])
    return outputs


# ---------------------------------------------------------------- the kernel by binary expansion


def _expansion(L: int, n: int) -> tuple[int, int]:
    """Depth and work of A^l as the product of A, A², A⁴, … whose exponents add up to l, for every l below L."""
    positive(L=L, n=n)
    ledger = Ledger()
    power = last = 0  # when A^(2^j) is ready, and the latest of the powers below A^(2^(j+1))
    for j in range(1, (L - 1).bit_length()):
        power = ledger.product(n, n, n, power, power)
        alone = 1 << j == L - 1  # then no other exponent below L has this bit
        last = max(power, last if alone else Ledger().product(n, n, n, power, last))
    ones = sum(_with_bit(j, L) for j in range((L - 1).bit_length()))  # in the expansions of 1 … L - 1
    ledger.work += (ones - (L - 1)) * (2 * n**3 - n**2)
    column = ledger.product(n, n, L - 1, last, 0) if L > 1 else 0
    return ledger.product(1, n, L, 0, column), ledger.work


def _with_bit(j: int, L: int) -> int:
    """How many of the numbers below L have bit j."""
    block = 1 << j + 1
    return L // block * (block // 2) + max(0, L % block - block // 2)


def expansion_kernel_depth(L: int, n: int) -> int:
    """Critical path of K_1 … K_L when every power of A is multiplied together from A, A², A⁴, …

    Args:
        L: index of the last entry.
        n: numbers in the state.
    """
    return _expansion(L, n)[0]


def expansion_kernel_work(L: int, n: int) -> int:
    """Operations of the kernel when every power of A is multiplied together anew; arguments as above."""
    return _expansion(L, n)[1]


def expansion_kernel(A: Grid, b: Vector, c: Vector, last: int) -> Vector:
    """K_1 … K_last, with A^l multiplied together from the powers that the binary digits of l name."""
    squares = [A]
    while 2 ** len(squares) < last:
        squares.append(product(squares[-1], squares[-1]))
    kernel = [dot(c, b)]
    for exponent in range(1, last):
        digits = [square for j, square in enumerate(squares) if exponent >> j & 1]
        power = digits[0]
        for square in digits[1:]:
            power = product(square, power)
        kernel.append(dot(c, apply(power, b)))
    return kernel


# ---------------------------------------------------------------- measured


def _limit(operations: int) -> None:
    if operations > MOST_OPERATIONS:
        raise ValueError(f"too large: about {operations} operations, at most {MOST_OPERATIONS} are built")


def _integers(*shape: int) -> list[list[int]]:
    """Small integers that are not 0; the same for the same shape."""
    found: list[list[int]] = np.random.default_rng(shape).choice([-2, -1, 1, 2], size=shape).tolist()
    return found


def built_channels_depth(L: int, d: int) -> int:
    """As :func:`channels_depth`, measured."""
    _limit((L + 1) ** 2 * d)
    graph = Graph()
    return depth_of(channels(graph.grid(_integers(L + 1, d)), graph.grid(_integers(L + 1, d))))


def built_scan_depth(L: int, n: int, d: int = 1) -> int:
    """As :func:`scan_depth`, measured; one output."""
    _limit(L * L.bit_length() * n**2 * (n + 1) + 2 * (L + 1) * (n + 1) * d)
    graph = Graph()
    A, B, C, D = (graph.grid(_integers(*shape)) for shape in ((n, n), (n, d), (1, n), (1, d)))
    return depth_of(scanned(A, B, C, D, graph.grid(_integers(L + 1, d))))


def _built_expansion(L: int, n: int) -> tuple[int, int]:
    _limit(L * L.bit_length() * n**3 + 2 * L * n * (n + 1))
    graph = Graph()
    A, b, c = graph.grid(_integers(n, n)), graph.grid(_integers(1, n))[0], graph.grid(_integers(1, n))[0]
    return depth_of([expansion_kernel(A, b, c, L)]), graph.work


def built_expansion_kernel_depth(L: int, n: int) -> int:
    """As :func:`expansion_kernel_depth`, measured."""
    return _built_expansion(L, n)[0]


def built_expansion_kernel_work(L: int, n: int) -> int:
    """As :func:`expansion_kernel_work`, counted."""
    return _built_expansion(L, n)[1]
