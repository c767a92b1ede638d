"""Sums over the entries of matrices, as traces of products.

Every linear function of a matrix C is C ↦ Σ M_ij C_ij for one matrix M. It is found here from values of the function
alone, in two ways: by asking for its values at the matrices with a single 1, and by solving the linear equations that
its values at other matrices give.

Arguments are matrices of ``int`` or ``Fraction``, as arrays or nested lists.

Source: J. Magnus and H. Neudecker, "Matrix Differential Calculus", 3rd ed., section 1.10.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, exact_array, shaped, solve, zeros

Functional = Callable[[Array], Fraction]


def _two(A: Any, B: Any) -> tuple[Array, Array]:
    first = exact_array(A, "A")
    return first, shaped(B, "B", *first.shape)


# ---------------------------------------------------------------- inner products of matrices


def sum_of_products(A: Any, B: Any) -> Fraction:
    """Σ_i Σ_j a_ij b_ij, from its terms.

    Args:
        A, B: m x n.
    """
    first, second = _two(A, B)
    return Fraction(np.sum(first * second))


def sum_of_products_by_polarisation(A: Any, B: Any) -> Fraction:
    """The same from sums of squares alone: (‖A + B‖² − ‖A − B‖²)/4 in Frobenius norms."""
    first, second = _two(A, B)
    return Fraction(np.sum((first + second) ** 2) - np.sum((first - second) ** 2)) / 4


def trace_of_product(A: Any, B: Any) -> Fraction:
    """Tr(AᵀB): the n inner products of a column of A with the same column of B.

    Args:
        A, B: m x n.
    """
    first, second = _two(A, B)
    m, n = first.shape
    diagonal = [sum((first[i, k] * second[i, k] for i in range(m)), Fraction(0)) for k in range(n)]
    return sum(diagonal, Fraction(0))


def triple_sum(A: Any, B: Any, C: Any) -> Fraction:
    """Σ_i Σ_j a_ij b_ij c_ij, from its terms.

    Args:
        A, B, C: m x n.
    """
    first, second = _two(A, B)
    third = shaped(C, "C", *first.shape)
    return Fraction(np.sum(first * second * third))


def triple_sum_by_cubes(A: Any, B: Any, C: Any) -> Fraction:
    """The same from sums of cubes alone: 24 abc is a sum of (±a ± b ± c)³ with signs."""
    first, second = _two(A, B)
    third = shaped(C, "C", *first.shape)
    cubes = [
        sign * np.sum((first + second * s + third * t) ** 3)
        for s, t, sign in ((1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1))
    ]
    return Fraction(sum(cubes, Fraction(0))) / 24


# ---------------------------------------------------------------- the matrix that a linear function stands for


def weights_by_units(function: Functional, m: int, n: int) -> Array:
    """The m x n matrix M with function(C) = Σ M_ij C_ij, from the matrices with a single 1."""
    found = zeros(m, n)
    for at in np.ndindex(m, n):
        unit = zeros(m, n)
        unit[at] = Fraction(1)
        found[at] = function(unit)
    return found


def weights_by_equations(function: Functional, m: int, n: int) -> Array:
    """The same M, from the values at m n matrices full of numbers, as the solution of linear equations."""
    count = m * n
    rows = zeros(count, count)
    values = zeros(count, 1)
    for k in range(count):
        for j in range(count):
            rows[k, j] = Fraction(k + 1) ** j / (j + 1)  # rows of a Vandermonde matrix, scaled: it is invertible
        values[k, 0] = function(rows[k].reshape(m, n))
    return solve(rows, values).reshape(m, n)


def _quadratic_form(a: Any) -> tuple[Functional, int]:
    vector = exact_array(a, "a")
    n = len(shaped(vector, "a", len(vector), 1))

    def value(B: Array) -> Fraction:
        terms = (vector[i, 0] * B[i, j] * vector[j, 0] for i in range(n) for j in range(n))
        return sum(terms, Fraction(0))

    return value, n


def quadratic_form_weights(a: Any) -> Array:
    """The M with aᵀ B a = Tr(M B) for every B: Tr(M B) = Σ M_ji B_ij, so M is the transposed matrix of weights.

    Args:
        a: n x 1.

    Returns:
        n x n.
    """
    function, n = _quadratic_form(a)
    return weights_by_units(function, n, n).T


def quadratic_form_weights_by_equations(a: Any) -> Array:
    """The same M, from values at full matrices."""
    function, n = _quadratic_form(a)
    return weights_by_equations(function, n, n).T


def hadamard_weights(A: Any, B: Any) -> Array:
    """The M with Tr(Aᵀ(B ⊙ C)) = Tr(MᵀC) for every C.

    Args:
        A, B: m x n.

    Returns:
        m x n.
    """
    first, second = _two(A, B)
    return weights_by_units(lambda C: trace_of_product(first, second * C), *first.shape)


def hadamard_weights_by_equations(A: Any, B: Any) -> Array:
    """The same M, from values at full matrices; the trace is taken of the whole product."""
    first, second = _two(A, B)
    return weights_by_equations(lambda C: Fraction(np.trace(first.T @ (second * C))), *first.shape)


# ---------------------------------------------------------------- the quadratic form itself


def quadratic_form(a: Any, B: Any) -> Fraction:
    """aᵀ B a, term by term.

    Args:
        a: n x 1.
        B: n x n.
    """
    function, n = _quadratic_form(a)
    return function(shaped(B, "B", n, n))


def quadratic_form_by_polarisation(a: Any, B: Any) -> Fraction:
    """The same, from a and B a by sums of squares: (‖a + B a‖² − ‖a − B a‖²)/4."""
    vector = exact_array(a, "a")
    return sum_of_products_by_polarisation(vector, shaped(B, "B", len(vector), len(vector)) @ vector)
