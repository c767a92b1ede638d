"""Entries of the kernel of a state-space model at given matrices, without the closed forms that are asked for.

The model is that of :mod:`reference.ssm`. The first of each pair of functions sends a unit impulse through the
recursion. The second writes all steps of the recursion as one system of linear equations in x_1, …, x_l and
solves it by elimination.

Arguments are named as in the questions (ℓ is ``ell``, λ is ``lam``). Numbers are ``int`` or ``Fraction``, matrices
are nested lists or NumPy arrays of them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, exact_array, identity, shaped, solve, whole, zeros


def _model(A: Any, B: Any, C: Any) -> tuple[Array, Array, Array]:
    a = exact_array(A, "A")
    n = len(a)
    b, c = exact_array(B, "B"), exact_array(C, "C")
    return shaped(a, "A", n, n), shaped(b, "B", n, b.shape[1]), shaped(c, "C", len(c), n)


def kernel_entry(A: Any, B: Any, C: Any, D: Any, ell: int) -> Array:
    """K_ℓ by unit impulses sent through the recursion, one at each input.

    Args:
        A, B, C, D: n x n, n x m, p x n, p x m.
        ell: the index, from 0.

    Returns:
        p x m; column j is the output at time ℓ after an impulse at input j at time 0.
    """
    last = whole(ell, "ell", 0)
    a, b, c = _model(A, B, C)
    d = shaped(D, "D", len(c), b.shape[1])
    columns = []
    for j in range(b.shape[1]):
        x = zeros(len(a), 1)
        for k in range(last + 1):
            u = zeros(b.shape[1], 1)
            u[j, 0] = Fraction(int(k == 0))
            y, x = c @ x + d @ u, a @ x + b @ u
        columns.append(y)
    return np.concatenate(columns, axis=1)


def kernel_entry_by_system(A: Any, B: Any, C: Any, D: Any, ell: int) -> Array:
    """K_ℓ as :func:`kernel_entry`, from x_(k+1) − A x_k = B u_k for all k at once."""
    last = whole(ell, "ell", 0)
    a, b, c = _model(A, B, C)
    d = shaped(D, "D", len(c), b.shape[1])
    if last == 0:
        return d
    n = len(a)
    steps, inputs = identity(last * n), zeros(last * n, b.shape[1])
    for k in range(1, last):
        steps[k * n : (k + 1) * n, (k - 1) * n : k * n] = -a
    inputs[:n] = b  # u_0 = I, and nothing after it
    return c @ solve(steps, inputs)[-n:]


def _numbers(values: Any, name: str) -> list[Fraction]:
    found = exact_array(values, name)
    if 1 not in found.shape:
        raise ValueError(f"{name} is {found.shape[0]} x {found.shape[1]}, expected a list of numbers")
    return list(found.ravel())


def _of_one_length(**lists: Any) -> list[list[Fraction]]:
    found = [_numbers(values, name) for name, values in lists.items()]
    if len({len(values) for values in found}) > 1:
        lengths = ", ".join(f"{name} has {len(values)}" for name, values in zip(lists, found, strict=True))
        raise ValueError(f"expected as many numbers in each; {lengths}")
    return found


def diagonal_kernel_entry(B: Any, C: Any, lam: Any, ell: int) -> Fraction:
    """K_ℓ for A = diag(λ_1, …, λ_n), one input and one output, by an impulse through n separate recursions.

    Args:
        B, C, lam: the numbers B_i, C_i and λ_i, n each.
        ell: the index, from 1.
    """
    last = whole(ell, "ell", 1)
    b, c, rates = _of_one_length(B=B, C=C, lam=lam)
    states = [Fraction(0)] * len(b)
    for k in range(last):
        states = [rate * x + weight * int(k == 0) for rate, x, weight in zip(rates, states, b, strict=True)]
    return sum((weight * x for weight, x in zip(c, states, strict=True)), Fraction(0))


def diagonal_kernel_entry_by_system(B: Any, C: Any, lam: Any, ell: int) -> Fraction:
    """K_ℓ as :func:`diagonal_kernel_entry`, from the linear system with the full matrix A."""
    last = whole(ell, "ell", 1)
    b, c, rates = _of_one_length(B=B, C=C, lam=lam)
    A = [[rate if i == j else 0 for j in range(len(rates))] for i, rate in enumerate(rates)]
    found: Fraction = kernel_entry_by_system(A, b, [c], [[0]], last)[0, 0]
    return found


def rank_one_kernel_entry(B: Any, C: Any, p: Any, ell: int) -> Array:
    """K_ℓ for A = I + p pᵀ by an impulse; A x is computed as x + p (pᵀx).

    Args:
        B, C, p: n x m, r x n, n x 1; p may be 0.
        ell: the index, from 1.

    Returns:
        r x m.
    """
    last = whole(ell, "ell", 1)
    column = exact_array(p, "p")
    n = len(column)
    x = exact_array(B, "B")
    x, column = shaped(x, "B", n, x.shape[1]), shaped(column, "p", n, 1)
    c = exact_array(C, "C")
    for _ in range(last - 1):
        x = x + column @ (column.T @ x)
    return shaped(c, "C", len(c), n) @ x


def rank_one_kernel_entry_by_system(B: Any, C: Any, p: Any, ell: int) -> Array:
    """K_ℓ as :func:`rank_one_kernel_entry`, from the linear system with the full matrix A."""
    last = whole(ell, "ell", 1)
    column = exact_array(p, "p")
    b, c = exact_array(B, "B"), exact_array(C, "C")
    A = [[x * y + int(i == j) for j, y in enumerate(column[:, 0])] for i, x in enumerate(column[:, 0])]
    return kernel_entry_by_system(A, b, c, zeros(len(c), b.shape[1]), last)


def output_by_recursion(A: Any, B: Any, C: Any, D: Any, u: list[Any], k: int) -> Array:
    """y_k for inputs u_0, u_1, …, by the recursion from x_0 = 0.

    Args:
        A, B, C, D: n x n, n x m, p x n, p x m.
        u: the inputs, m x 1 each, at least up to u_k.
        k: from 0.

    Returns:
        p x 1.
    """
    last = whole(k, "k", 0)
    a, b, c = _model(A, B, C)
    d = shaped(D, "D", len(c), b.shape[1])
    x = zeros(len(a), 1)
    for step in range(last):
        x = a @ x + b @ shaped(u[step], f"u_{step}", b.shape[1], 1)
    return exact_array(c @ x + d @ shaped(u[last], f"u_{last}", b.shape[1], 1), "y")


def output_by_impulses(A: Any, B: Any, C: Any, D: Any, u: list[Any], k: int) -> Array:
    """The same as a sum over what each input, alone and taken apart into impulses, leaves at time k."""
    last = whole(k, "k", 0)
    found = zeros(len(exact_array(C, "C")), 1)
    for at in range(last + 1):
        found = found + kernel_entry_by_system(A, B, C, D, last - at) @ exact_array(u[at], f"u_{at}")
    return found
