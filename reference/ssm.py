"""Convolution kernels of discrete linear state-space models, in exact arithmetic.

The model is x_{k+1} = A x_k + B u_k and y_k = C x_k + D u_k with x_0 = 0: a state of n numbers, m inputs,
p outputs. Its kernel K_0, K_1, … is what comes out when a unit impulse goes in, so that
y_k = Σ_l K_l u_{k-l}. The closed form is K_0 = D and K_l = C A^(l-1) B for l >= 1.

Two independent ways to the kernel: :func:`impulse_kernel` runs the recursion on an impulse and knows
nothing of the closed form; :func:`power_kernel` uses the closed form and never runs the recursion.

Source: R. Kalman, "Mathematical description of linear dynamical systems", SIAM J. Control 1 (1963); the
convolution view is that of Gu, Goel and Ré, arXiv 2111.00396, section 2.3.

All numbers are ``int`` or ``Fraction``; results are ``Fraction``. Nothing has a unit.

The problem's other questions have modules of their own, whose functions are named here as well: entries of the
kernel as formulas (:mod:`reference.ssm_formulas`), and costs (:mod:`reference.ssm_costs`, confirmed by
:mod:`reference.ssm_graphs`).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from reference.exact import Matrix, Number, Rows, exact_matrix
from reference.ssm_costs import (  # noqa: F401 - the spec finds them here
    convolution_depth,
    diagonal_kernel_depth,
    diagonal_kernel_work,
    doubling_kernel_depth,
    doubling_kernel_work,
    rank_one_kernel_depth,
    rank_one_kernel_work,
    recurrence_depth,
    scalar_convolution_depth,
    sequential_kernel_depth,
)
from reference.ssm_formulas import (  # noqa: F401 - the spec finds them here
    diagonal_kernel_entry,
    diagonal_kernel_entry_by_system,
    kernel_entry,
    kernel_entry_by_system,
    output_by_impulses,
    output_by_recursion,
    rank_one_kernel_entry,
    rank_one_kernel_entry_by_system,
)
from reference.ssm_graphs import (  # noqa: F401 - the spec finds them here
    built_convolution_depth,
    built_diagonal_kernel_depth,
    built_diagonal_kernel_work,
    built_doubling_kernel_depth,
    built_doubling_kernel_work,
    built_rank_one_kernel_depth,
    built_rank_one_kernel_work,
    built_recurrence_depth,
    built_scalar_convolution_depth,
    built_sequential_kernel_depth,
)

Vector = list[Fraction]


def exact_model(A: Rows, B: Rows, C: Rows, D: Rows) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """The four matrices, exact, after a check that A is n x n, B n x m, C p x n and D p x m.

    Raises:
        TypeError, ValueError: as :func:`exact_matrix`, and for shapes that do not fit together.
    """
    a, b, c, d = (exact_matrix(M, name) for M, name in ((A, "A"), (B, "B"), (C, "C"), (D, "D")))
    n, m, p = len(a), len(b[0]), len(c)
    expected = {"A": (n, n), "B": (n, m), "C": (p, n), "D": (p, m)}
    for name, M in (("A", a), ("B", b), ("C", c), ("D", d)):
        if (len(M), len(M[0])) != expected[name]:
            raise ValueError(f"{name} is {len(M)} x {len(M[0])}, expected {expected[name][0]} x {expected[name][1]}")
    return a, b, c, d


def _times(M: Matrix, x: Vector) -> Vector:
    return [sum((entry * value for entry, value in zip(row, x, strict=True)), Fraction(0)) for row in M]


def _plus(x: Vector, y: Vector) -> Vector:
    return [one + other for one, other in zip(x, y, strict=True)]


def simulate(A: Rows, B: Rows, C: Rows, D: Rows, inputs: Rows) -> Matrix:
    """Run the recursion from x_0 = 0.

    Args:
        A, B, C, D: the model; n x n, n x m, p x n, p x m.
        inputs: u_0, u_1, …; each of m numbers.

    Returns:
        y_0, y_1, …; as many as inputs, each of p numbers.

    Raises:
        TypeError, ValueError: an inexact number, or shapes that do not fit.
    """
    a, b, c, d = exact_model(A, B, C, D)
    x: Vector = [Fraction(0)] * len(a)
    outputs = []
    for u in exact_matrix(inputs, "inputs"):
        outputs.append(_plus(_times(c, x), _times(d, u)))
        x = _plus(_times(a, x), _times(b, u))
    return outputs


def impulse_responses(A: Rows, B: Rows, C: Rows, D: Rows, last: int) -> list[Matrix]:
    """Kernel of a model with any number of inputs and outputs, by one simulated impulse an input.

    Args:
        A, B, C, D: the model; n x n, n x m, p x n, p x m.
        last: index L of the last entry, at least 0.

    Returns:
        K_0 … K_L, each p x m. Column j is the output after a unit impulse at input j.
    """
    if last < 0:
        raise ValueError(f"the last index is {last}, expected at least 0")
    m = len(B[0])
    columns = []
    for j in range(m):
        impulse = [[int(k == 0 and i == j) for i in range(m)] for k in range(last + 1)]
        columns.append(simulate(A, B, C, D, impulse))
    return [[[columns[j][k][i] for j in range(m)] for i in range(len(columns[0][k]))] for k in range(last + 1)]


def power_responses(A: Rows, B: Rows, C: Rows, D: Rows, last: int) -> list[Matrix]:
    """The same kernel as :func:`impulse_responses`, from K_0 = D and K_l = C A^(l-1) B.

    Powers are formed on the side of A alone, with NumPy's exact object arithmetic.
    """
    if last < 0:
        raise ValueError(f"the last index is {last}, expected at least 0")
    a, b, c, d = (np.array(M, dtype=object) for M in exact_model(A, B, C, D))
    kernel = [d]
    power = np.array([[Fraction(int(i == j)) for j in range(len(a))] for i in range(len(a))], dtype=object)
    for _ in range(last):
        kernel.append(c @ power @ b)
        power = power @ a
    return [K.tolist() for K in kernel]


def _only_entry(kernel: list[Matrix]) -> Vector:
    if len(kernel[0]) != 1 or len(kernel[0][0]) != 1:
        raise ValueError(f"expected one input and one output; the kernel is {len(kernel[0])} x {len(kernel[0][0])}")
    return [K[0][0] for K in kernel]


def impulse_kernel(A: Rows, B: Rows, C: Rows, D: Rows, last: int) -> list[Fraction]:
    """Kernel K_0 … K_L of a model with one input and one output, by a simulated impulse.

    Args:
        A: n x n.  B: n x 1.  C: 1 x n.  D: 1 x 1.
        last: index L of the last entry.

    Returns:
        L + 1 numbers, beginning with K_0.

    Raises:
        TypeError, ValueError: an inexact number, or shapes that do not fit.
    """
    return _only_entry(impulse_responses(A, B, C, D, last))


def power_kernel(A: Rows, B: Rows, C: Rows, D: Rows, last: int) -> list[Fraction]:
    """The same as :func:`impulse_kernel`, from powers of A."""
    return _only_entry(power_responses(A, B, C, D, last))


def scalar_impulse_kernel(
    alpha: Number, beta: Number, gamma: Number, delta: Number, scalar_last: int
) -> list[Fraction]:
    """Kernel of the model with a single number as its state, by a simulated impulse.

    Args:
        alpha, beta, gamma, delta: the four 1 x 1 matrices A, B, C, D.
        scalar_last: index L of the last entry.

    Returns:
        L + 1 numbers, beginning with K_0 = delta.
    """
    return impulse_kernel([[alpha]], [[beta]], [[gamma]], [[delta]], scalar_last)


def scalar_power_kernel(alpha: Number, beta: Number, gamma: Number, delta: Number, scalar_last: int) -> list[Fraction]:
    """The same as :func:`scalar_impulse_kernel`, from powers of alpha."""
    return power_kernel([[alpha]], [[beta]], [[gamma]], [[delta]], scalar_last)


def memory_facts(A: Rows, B: Rows, C: Rows, D: Rows, last: int) -> dict[str, list[float]]:
    """What a text on impulse responses can be held against.

    Args:
        A, B, C, D, last: as in :func:`impulse_kernel`.

    Returns:
        The outputs after a unit impulse at time 0, and the eigenvalues of A by falling size, in floating point.
    """
    found = np.linalg.eigvals(np.array(A, dtype=float)).real
    outputs = [float(entry) for entry in impulse_kernel(A, B, C, D, last)]
    return {"outputs after an impulse": outputs, "eigenvalues of A": sorted(map(float, found), reverse=True)}


def memory_facts_by_powers(A: Rows, B: Rows, C: Rows, D: Rows, last: int) -> dict[str, list[float]]:
    """The same for a 2 x 2 matrix, from powers of A, its trace and its determinant.

    Raises:
        ValueError: A is not 2 x 2.
    """
    if len(A) != 2:
        raise ValueError(f"A is {len(A)} x {len(A[0])}, expected 2 x 2")
    (a, b), (c, d) = A
    middle, spread = Fraction(a + d) / 2, float((Fraction(a + d) / 2) ** 2 - (a * d - b * c)) ** 0.5
    outputs = [float(entry) for entry in power_kernel(A, B, C, D, last)]
    return {"outputs after an impulse": outputs, "eigenvalues of A": [float(middle) + spread, float(middle) - spread]}
