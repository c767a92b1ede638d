"""Gradient descent with momentum as a map of the state s = (θ, p): its inverse and its Jacobian.

    p' = β p − α ∇F(θ),   θ' = θ + p',   with θ and p of D numbers and β ≠ 0.

The functions know the step itself, :func:`step`, and take it apart: an inverse is found by asking which p leads to the
p' that is given, a Jacobian by moving the state. They use no formula for either.

Source: B. Polyak, "Some methods of speeding up the convergence of iteration methods", USSR Computational Mathematics
and Mathematical Physics 4 (1964); D. Maclaurin, D. Duvenaud and R. Adams, "Gradient-based hyperparameter optimization
through reversible learning", ICML 2015, on running it backwards.

Vectors are NumPy arrays of one column; numbers are exact unless a function says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, exact_array, number, whole

Gradient = Callable[[Any], Any]


def step(theta: Any, p: Any, alpha: Any, beta: Any, gradient: Gradient) -> tuple[Any, Any]:
    """One step: the new θ and the new p."""
    moved = beta * p - alpha * gradient(theta)
    return theta + moved, moved


# ---------------------------------------------------------------- the step before


def previous_position(theta_k_1: Any, p_k_1: Any) -> Array:
    """θ_k from θ_(k+1) and p_(k+1): which θ the step moves by p_(k+1) to where it is. F does not matter.

    Args:
        theta_k_1, p_k_1: columns of D numbers.
    """
    after, moved = exact_array(theta_k_1, "theta_k_1"), exact_array(p_k_1, "p_k_1")
    start = step(0 * after, moved, 0, 1, lambda _: 0)[0]  # from θ = 0; with α = 0 and β = 1 the new p is the old one
    found: Array = after - start
    return found


def position_by_bisection(theta_k_1: Any, p_k_1: Any) -> Array:
    """As :func:`previous_position`, in floating point: each number of θ is enclosed until it is found."""
    after, moved = (np.array(exact_array(rows, name), float) for rows, name in ((theta_k_1, "θ"), (p_k_1, "p")))
    return _bisected(lambda theta: step(theta, moved, 0.0, 1.0, lambda _: 0.0)[0], after)


def _bisected(function: Callable[[Any], Any], goal: Any) -> Array:
    """The argument at which an increasing function of each entry alone takes a value, entry by entry."""
    low, high = np.full_like(goal, -1.0), np.full_like(goal, 1.0)
    while np.any(function(low) > goal) or np.any(function(high) < goal):
        low, high = np.where(function(low) > goal, 2 * low, low), np.where(function(high) < goal, 2 * high, high)
    for _ in range(200):
        middle = (low + high) / 2
        below = function(middle) < goal
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.array((low + high) / 2, dtype=float)


def previous_momentum(theta_k_1: Any, p_k_1: Any, alpha: Any, beta: Any, nabla_F: Gradient) -> Array:
    """p_k from the state after it: the p with which a step from θ_k ends at p_(k+1).

    The new p depends on the old one by a straight line, entry by entry; two steps from θ_k tell it.

    Args:
        theta_k_1, p_k_1: columns of D numbers.
        alpha, beta: numbers; β is not 0.
        nabla_F: ∇F, from a column to a column.

    Raises:
        ValueError: β is 0, and p_k is lost.
    """
    a, b = number(alpha, "alpha"), number(beta, "beta")
    goal = exact_array(p_k_1, "p_k_1")
    theta = previous_position(theta_k_1, goal)
    zero = 0 * goal
    at_zero = step(theta, zero, a, b, nabla_F)[1]
    rise = step(theta, zero + 1, a, b, nabla_F)[1] - at_zero
    if np.any(rise == 0):
        raise ValueError("beta is 0: every p leads to the same state")
    found: Array = (goal - at_zero) / rise
    return found


def momentum_by_bisection(theta_k_1: Any, p_k_1: Any, alpha: Any, beta: Any, nabla_F: Gradient) -> Array:
    """As :func:`previous_momentum`, in floating point: each number of p is enclosed until it is found."""
    theta = previous_position(theta_k_1, p_k_1)
    slope = np.array(nabla_F(theta), float)
    a, b = float(alpha), float(beta)
    sign = 1.0 if b > 0 else -1.0
    goal = np.array(exact_array(p_k_1, "p_k_1"), float)
    return _bisected(lambda p: sign * step(theta, p, a, b, lambda _: slope)[1].astype(float), sign * goal)


# ---------------------------------------------------------------- the Jacobian


def jacobian(H: Any, alpha: Any, beta: Any) -> Array:
    """Derivative of (θ_(k+1), p_(k+1)) by (θ_k, p_k), 2D x 2D, where F has the second derivative H.

    F is taken as θᵀHθ/2; then the step is linear, and differences are exact.

    Args:
        H: D x D, symmetric.
        alpha, beta: numbers.
    """
    a, b = number(alpha, "alpha"), number(beta, "beta")
    second = exact_array(H, "H")
    d = len(second)
    columns = []
    for j in range(2 * d):
        state = np.array([[Fraction(int(i == j))] for i in range(2 * d)], dtype=object)
        columns.append(np.concatenate(step(state[:d], state[d:], a, b, lambda theta: second @ theta)))
    return np.concatenate(columns, axis=1)


def jacobian_by_complex_steps(H: Any, alpha: Any, beta: Any) -> Array:
    """As :func:`jacobian`, for an F that is not quadratic: its gradient at 0 has the derivative H and bends."""
    second = np.array(exact_array(H, "H"), float)
    d, tiny = len(second), 2.0**-100

    def gradient(theta: Any) -> Any:
        bent = second @ theta
        return bent + 0.7 * bent**2 - np.sin(theta) ** 3 + 1.5

    found = np.empty((2 * d, 2 * d))
    for j in range(2 * d):
        state = np.zeros((2 * d, 1), dtype=complex)
        state[j, 0] = 1j * tiny
        moved = step(state[:d], state[d:], float(alpha), float(beta), gradient)
        found[:, j] = np.concatenate(moved).imag.ravel() / tiny
    return found


def jacobian_determinant(D: Any, beta: Any) -> Fraction:
    """Determinant of the Jacobian for D numbers, by exact elimination, for an H without zeros.

    Args:
        D: how many numbers θ has.
        beta: not 0.
    """
    size = whole(D, "D", 1)
    if size > 12:
        raise ValueError(f"too large: {size} numbers")
    H = [[Fraction(3 * min(i, j) - 2 * max(i, j) + 5) for j in range(size)] for i in range(size)]
    rows = jacobian(H, Fraction(2, 7), beta)
    found = Fraction(1)
    for k in range(len(rows)):
        pivot = next((i for i in range(k, len(rows)) if rows[i, k] != 0), None)
        if pivot is None:
            return Fraction(0)
        if pivot != k:
            rows[[k, pivot]] = rows[[pivot, k]]
            found = -found
        found *= rows[k, k]
        for i in range(k + 1, len(rows)):
            rows[i] = rows[i] - rows[i, k] / rows[k, k] * rows[k]
    return found


def determinant_by_eigenvalues(D: Any, beta: Any) -> float:
    """As :func:`jacobian_determinant`, as the product of the eigenvalues, for another H; in floating point."""
    size = whole(D, "D", 1)
    if size > 12:
        raise ValueError(f"too large: {size} numbers")
    H = [[Fraction(1, 1 + abs(i - j)) - (i == j == 0) for j in range(size)] for i in range(size)]
    eigenvalues = np.linalg.eigvals(np.array(jacobian(H, Fraction(1, 3), beta), float))
    return float(np.prod(eigenvalues).real)
