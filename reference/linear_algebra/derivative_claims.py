"""Claims about gradients and derivatives: each is judged twice.

The first function of each pair searches small integer cases with differences, which are exact for polynomials of
degree 2; the confirmation uses dual numbers, SymPy, or many directions in floating point.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import sympy

from reference.linear import Array, gradient
from reference.linear_algebra.duals import gradient_by_duals
from reference.linear_algebra.gradients import hessian_of_quadratic
from reference.linear_algebra.search import Answer, judged, matrices, vectors, written


def _form(A: Array) -> Any:
    return lambda x: (x.T @ A @ x)[0, 0]


# ---------------------------------------------------------------- directions


def gradient_points_downhill() -> Answer:
    """“∇f(x) points in the direction in which f decreases most quickly.”"""

    def change(A: Array, x: Array) -> Any:
        f = _form(A)
        step = gradient(f, x) / 8
        return f(x + step) - f(x)

    return judged(
        ({"A": A, "x": x} for A in matrices(2, 2, (1, 0)) for x in vectors(2) if np.any(gradient(_form(A), x) != 0)),
        lambda A, x: change(A, x) > 0,
        lambda A, x: f"for f(x) = xᵀAx a step of ∇f/8 raises f by {change(A, x)}",
        "steps along the gradient always lower f",
    )


def gradient_points_downhill_by_directions() -> bool:
    """The same: of many directions, the one with the steepest descent is compared with the gradient."""
    at = np.array([0.7, -0.4])

    def f(x: Any) -> Any:
        return np.exp(x[0]) + x[0] * x[1] ** 2

    exact = np.array([np.exp(at[0]) + at[1] ** 2, 2 * at[0] * at[1]])
    angles = np.linspace(0, 2 * np.pi, 3601)
    directions = np.array([np.cos(angles), np.sin(angles)])
    slopes = (f(at[:, None] + 1e-6 * directions) - f(at[:, None] - 1e-6 * directions)) / 2e-6
    steepest = directions[:, int(np.argmin(slopes))]
    return bool(steepest @ exact > 0)


def gradient_points_uphill() -> Answer:
    """“Of all directions, f grows most quickly in that of ∇f(x), if ∇f(x) ≠ 0.”

    The slope of f at x in the direction u is the middle difference of f along u, over the length of u. Slopes with
    integer vectors are compared by their squares.
    """

    def fails(A: Array, x: Array) -> bool:
        f, up = _form(A), gradient(_form(A), x)

        def slope(u: Array) -> Any:
            value = (f(x + u) - f(x - u)) / 2
            return value * abs(value) / np.sum(u * u)

        return any(slope(u) > slope(up) for u in vectors(2, (0, 1, -1, 2, -2)))

    return judged(
        ({"A": A, "x": x} for A in matrices(2, 2, (1, 0)) for x in vectors(2) if np.any(gradient(_form(A), x) != 0)),
        fails,
        lambda A, x: "another direction is steeper",
        "the slope in a direction u of length 1 is ∇f·u, which is largest along ∇f",
    )


def gradient_points_uphill_by_directions() -> bool:
    """The same: of many directions, the steepest one is that of the gradient."""
    at = np.array([0.7, -0.4])

    def f(x: Any) -> Any:
        return np.exp(x[0]) + x[0] * x[1] ** 2

    exact = np.array([np.exp(at[0]) + at[1] ** 2, 2 * at[0] * at[1]])
    angles = np.linspace(0, 2 * np.pi, 3601)
    directions = np.array([np.cos(angles), np.sin(angles)])
    slopes = (f(at[:, None] + 1e-6 * directions) - f(at[:, None] - 1e-6 * directions)) / 2e-6
    steepest = directions[:, int(np.argmax(slopes))]
    return bool(np.allclose(steepest, exact / np.linalg.norm(exact), atol=2e-3))


def quadratic_gradient_is_twice_A() -> Answer:
    """“∇ xᵀA x = 2 A x for every square A.”"""
    return judged(
        ({"A": A, "x": x} for A in matrices(2, 2, (0, 1)) for x in vectors(2, (1, 0))),
        lambda A, x: bool(np.any(gradient(_form(A), x) != 2 * A @ x)),
        lambda A, x: f"the gradient is {written(gradient(_form(A), x))}, but 2Ax = {written(2 * A @ x)}",
        "both are the same",
    )


def quadratic_gradient_by_duals() -> bool:
    """The same by dual numbers, for one matrix of 3 x 3 without symmetry."""
    A = np.array([[1, 2, 3], [0, 1, 4], [5, 6, 0]], dtype=object)
    x = np.array([[1], [-2], [3]], dtype=object)
    return bool(np.all(gradient_by_duals(_form(A), x) == 2 * A @ x))


def hessian_is_symmetric() -> Answer:
    """“The Hessian of xᵀA x is symmetric, even if A is not.”"""
    return judged(
        ({"A": A} for A in matrices(2, 2, (0, 1, -1))),
        lambda A: bool(np.any(hessian_of_quadratic(A) != hessian_of_quadratic(A).T)),
        lambda A: f"the Hessian is {written(hessian_of_quadratic(A))}",
        "second derivatives do not depend on their order",
    )


def hessian_is_symmetric_in_symbols() -> bool:
    """The same with symbols, differentiated by SymPy."""
    x = sympy.Matrix(sympy.symbols("x1:4"))
    A = sympy.Matrix(3, 3, lambda i, j: sympy.Symbol(f"a{i}{j}"))
    found = sympy.hessian((x.T * A * x)[0, 0], list(x))
    return bool((found - found.T).applyfunc(sympy.expand) == sympy.zeros(3, 3))


# ---------------------------------------------------------------- shapes


def last_row_of_a_matrix_gradient_is_row_n() -> Answer:
    """“For f of a matrix A of m × n, the last row of ∇f holds the derivatives with respect to A_n1, …, A_nn.”"""

    def rows(m: int, n: int) -> int:
        at = next(matrices(m, n, (1,)))
        return int(gradient(lambda M: np.sum(M * M), at).shape[0])

    return judged(
        ({"m": m, "n": n} for m, n in itertools.product((2, 3), repeat=2)),
        lambda m, n: rows(m, n) != n,
        lambda m, n: f"∇f has {rows(m, n)} rows, as A has, so the last one belongs to A_{rows(m, n)}1",
        "it always does",
    )


def last_row_of_a_matrix_gradient_in_symbols() -> bool:
    """The same: SymPy differentiates by every entry, and the row of the last one is looked up."""
    m, n = 4, 2
    A = sympy.Matrix(m, n, lambda i, j: sympy.Symbol(f"A_{i + 1}{j + 1}"))
    f = sum(entry**2 for entry in A)
    found = sympy.Matrix(m, n, [sympy.diff(f, entry) for entry in A])
    claimed = sympy.Matrix(1, n, [2 * sympy.Symbol(f"A_{n}{j + 1}") for j in range(n)])
    return bool(found[m - 1, :] == claimed)


def second_derivatives_fill_d_p_p() -> Answer:
    """“For f: ℝ^d → ℝ^p, the second derivatives of all outputs make up an array of d × p × p numbers.”"""

    def count(d: int, p: int) -> int:
        """How many there are: differences of differences of each output."""
        weights = [next(matrices(d, d, (k + 1,))) for k in range(p)]
        return sum(hessian_of_quadratic(A).size for A in weights)

    return judged(
        ({"d": d, "p": p} for d, p in itertools.product((1, 2, 3), repeat=2)),
        lambda d, p: count(d, p) != d * p * p,
        lambda d, p: f"there are {count(d, p)} second derivatives, one for each output and pair of inputs",
        "the numbers always agree",
    )


def second_derivatives_in_symbols() -> bool:
    """The same: the shape of the array that SymPy makes, sorted."""
    d, p = 3, 2
    x = sympy.symbols(f"x1:{d + 1}")
    outputs = [sum(x) ** (k + 2) for k in range(p)]
    found = sympy.derive_by_array(sympy.derive_by_array(outputs, x), x).shape
    return sorted(found) == sorted((d, p, p))


def vector_functions_have_one_value() -> Answer:
    """“A function ℝ^d → ℝ^p gives one real number for each input, whatever p is.”"""
    return judged(
        ({"A": A, "x": x} for p in (1, 2) for A in matrices(p, 2, (1, 2)) for x in vectors(2, (1,))),
        lambda A, x: (A @ x).size != 1,
        lambda A, x: f"f(x) = Ax is {written(A @ x)}, a vector of {(A @ x).size} numbers",
        "there is always one number",
    )


def vector_functions_by_shapes() -> bool:
    """The same: an array with the output of a function of three numbers into five."""
    return bool(np.shape([np.sin(k * np.sum([1.0, 2.0, 3.0])) for k in range(5)]) == ())
