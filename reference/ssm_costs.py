"""Work and critical paths of computations with state-space models, at any size.

The model is that of :mod:`reference.ssm`: a state of n numbers, inputs of d, outputs of m, and the entries
K_0 … K_L of its kernel. Costs are in the work–depth model of :mod:`reference.graphs`: operations of two operands,
one unit of time each, as many processors as wanted. Matrices A, B, C, D, the kernel where it is known, and the
inputs are there at time 0. The kernel is counted for one input and one output; K_0 = D costs nothing.

Each function of this module follows ready times and returns an exact count; the function whose name begins with
``built_`` in :mod:`reference.ssm_graphs` builds the same computation, with numbers, and measures it. Depths of
the kernel belong to the algorithm named; a lower bound for every algorithm is not claimed for them.

Sources: W. D. Hillis and G. L. Steele, "Data parallel algorithms", Communications of the ACM 29 (1986), for
doubling; R. Ladner and M. Fischer, "Parallel prefix computation", Journal of the ACM 27 (1980).
"""

from __future__ import annotations

from reference.depth import Ledger, positive, repeated

# ---------------------------------------------------------------- outputs


def scalar_convolution_depth(L: int) -> int:
    """Critical path of y_0 … y_L from a known kernel of numbers and inputs that are numbers.

    Args:
        L: index of the last output; y_L has L + 1 terms.
    """
    return convolution_depth(L, 1)


def convolution_depth(L: int, d: int) -> int:
    """Critical path of y_0 … y_L from a known kernel of m x d matrices and inputs of d numbers.

    The L + 1 products K_l u_(L-l) do not wait for one another, so an entry of y_L is a single sum of (L + 1) d
    products of two numbers. The number m of outputs does not matter: they are computed side by side.

    Args:
        L: index of the last output.
        d: numbers in an input.
    """
    positive(L=L, d=d)
    ledger = Ledger()
    return ledger.total((L + 1) * d, ledger.each((L + 1) * d, 0, 0))


def recurrence_depth(L: int, n: int, d: int = 1) -> int:
    """Critical path of y_0 … y_L by the recursion, one state after the other.

    Args:
        L: index of the last output.
        n: numbers in the state.
        d: numbers in an input.
    """
    positive(L=L, n=n, d=d)
    ledger = Ledger()
    from_input = ledger.product(1, d, 1, 0, 0)  # an entry of B u_k or D u_k

    def step(state: int) -> int:
        return ledger.total_of([(n, ledger.each(n, 0, state)), (1, from_input)])

    # x_1 = B u_0; then L − 1 states; the output C x_L + D u_L is one more sum of the same shape.
    return repeated(step, from_input, L)


# ---------------------------------------------------------------- the kernel of a general model


def sequential_kernel_depth(L: int, n: int) -> int:
    """Critical path of K_1 … K_L by v ← A v, from v = B, and C v at the end."""
    positive(L=L, n=n)
    ledger = Ledger()
    last = repeated(lambda ready: ledger.product(n, n, 1, 0, ready), 0, L - 1)
    return ledger.product(1, n, 1, 0, last)


def _doubling(L: int, n: int) -> tuple[int, int]:
    """Depth and work of doubling: with A^t and B, A B, … A^(t-1) B at hand, one product doubles the columns."""
    positive(L=L, n=n)
    ledger = Ledger()
    power, columns, known = 0, 0, 1  # when A^known and the columns are ready; the only column is B
    while known < L:
        new = min(known, L - known)
        columns = max(columns, ledger.product(n, n, new, power, columns))
        known += new
        if known < L:
            power = ledger.product(n, n, n, power, power)
    return ledger.product(1, n, L, 0, columns), ledger.work


def doubling_kernel_depth(L: int, n: int) -> int:
    """Critical path of K_1 … K_L by doubling the block of columns B, A B, A²B, …"""
    return _doubling(L, n)[0]


def doubling_kernel_work(L: int, n: int) -> int:
    """Operations of the kernel by doubling the block of columns: lg L squarings of A, and L columns."""
    return _doubling(L, n)[1]


def _powers(L: int, n: int) -> tuple[int, int]:
    """Depth and work of computing each of the powers A … A^(L-1) as a matrix, by doubling."""
    positive(L=L, n=n)
    ledger = Ledger()
    ready, known = 0, 1
    while known < L - 1:
        new = min(known, L - 1 - known)
        ready = ledger.product(n, n, n * new, ready, ready)
        known += new
    column = ledger.product(n, n, L - 1, ready, 0) if L > 1 else 0
    return ledger.product(1, n, L, 0, column), ledger.work


def prefix_kernel_depth(L: int, n: int) -> int:
    """Critical path of the kernel from all powers A … A^(L-1), which prefix products of matrices give."""
    return _powers(L, n)[0]


def powers_kernel_work(L: int, n: int) -> int:
    """Operations of the kernel when each power A … A^(L-1) is computed as a matrix, by doubling."""
    return _powers(L, n)[1]


# ---------------------------------------------------------------- the kernel of structured models


def _diagonal(L: int, n: int) -> tuple[int, int]:
    """Depth and work of K_l = Σ_i (c_i b_i) λ_i^(l-1)."""
    positive(L=L, n=n)
    ledger = Ledger()
    weights = ledger.each(n, 0, 0)
    last = ledger.total(n, weights)  # K_1
    if L > 1:
        for number, ready in ledger.powers(L - 1, 0, n):
            last = max(last, ledger.total(n, ledger.each(n * number, weights, ready), number))
    return last, ledger.work


def diagonal_kernel_depth(L: int, n: int) -> int:
    """Critical path of the kernel when A is diagonal."""
    return _diagonal(L, n)[0]


def diagonal_kernel_work(L: int, n: int) -> int:
    """Operations of the kernel when A is diagonal."""
    return _diagonal(L, n)[1]


def _rank_one(L: int, n: int) -> tuple[int, int]:
    """Depth and work of K_l = a b^(l-1) + (C B − a) with b = 1 + pᵀp and a = (C p)(pᵀB) / pᵀp."""
    positive(L=L, n=n)
    ledger = Ledger()
    inner = ledger.product(1, n, 1, 0, 0)  # each of pᵀp, C p, pᵀB and C B
    for _ in range(3):
        ledger.product(1, n, 1, 0, 0)
    base = ledger.each(1, 0, inner)
    a = ledger.each(1, ledger.each(1, inner, inner), inner)
    rest = ledger.each(1, inner, a)
    last = inner  # K_1 = C B
    if L > 1:
        for number, ready in ledger.powers(L - 1, base):
            last = max(last, ledger.each(number, ledger.each(number, a, ready), rest))
    return last, ledger.work


def rank_one_kernel_depth(L: int, n: int) -> int:
    """Critical path of the kernel when A = I + p pᵀ."""
    return _rank_one(L, n)[0]


def rank_one_kernel_work(L: int, n: int) -> int:
    """Operations of the kernel when A = I + p pᵀ."""
    return _rank_one(L, n)[1]
