"""Least squares: the best coefficients, and how they vary with the errors of the data.

The coefficients β that make ‖X β − y‖ least are computed from one linear system for residuals and coefficients,
r + X β = y and Xᵀ r = 0, in which no XᵀX occurs; and confirmed by descent, which knows the loss alone. X is n x d with
columns that are linearly independent.

Their covariance is that of a linear function of y; it is confirmed by adding up all outcomes of errors ±σ, which are
independent and have the variance σ².

Source: Å. Björck, "Numerical Methods for Least Squares Problems" (1996), sections 1.1 and 2.2.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from reference.linear import Array, exact_array, identity, minimiser, number, shaped, solve, zeros


def _fitted(X: Array, targets: Array) -> Array:
    """Coefficients for each column of targets, d x m."""
    n, d = X.shape
    left = np.block([[identity(n), X], [X.T, zeros(d, d)]])
    right = np.concatenate([targets, zeros(d, targets.shape[1])])
    return solve(left, right)[n:]


def coefficients(X: Any, y: Any) -> Array:
    """The β for which ‖X β − y‖ is least, from the system of residuals and coefficients.

    Args:
        X: n x d, with independent columns.
        y: n x 1.

    Returns:
        d x 1.

    Raises:
        ValueError: the columns of X depend on one another.
    """
    rows = exact_array(X, "X")
    return _fitted(rows, shaped(y, "y", len(rows), 1))


def coefficients_by_descent(X: Any, y: Any) -> Array:
    """The same β, by conjugate gradients that know the loss alone."""
    rows = exact_array(X, "X")
    targets = shaped(y, "y", len(rows), 1)
    return minimiser(lambda b: Fraction(np.sum((rows @ b - targets) ** 2)), rows.shape[1], 1)


def loss_gradient(X: Any, y: Any, beta: Any) -> Array:
    """The gradient of ‖X β − y‖² by β, by differences with step 1, which are exact for it.

    Args:
        X: n x d.
        y: n x 1.
        beta: d x 1.

    Returns:
        d x 1.
    """
    rows = exact_array(X, "X")
    targets, at = shaped(y, "y", len(rows), 1), shaped(beta, "beta", rows.shape[1], 1)

    def loss(b: Array) -> Fraction:
        return Fraction(np.sum((rows @ b - targets) ** 2))

    found = np.empty_like(at)
    for j in range(len(at)):
        unit = identity(len(at))[:, [j]]
        found[j, 0] = (loss(at + unit) - loss(at - unit)) / 2
    return found


def loss_gradient_by_entries(X: Any, y: Any, beta: Any) -> Array:
    """The same, as Σ_i 2 (x_i·β − y_i) x_ij, term by term."""
    rows = exact_array(X, "X")
    n, d = rows.shape
    targets, at = shaped(y, "y", n, 1), shaped(beta, "beta", d, 1)
    residuals = [sum((rows[i, k] * at[k, 0] for k in range(d)), -targets[i, 0]) for i in range(n)]
    found = zeros(d, 1)
    for j in range(d):
        found[j, 0] = sum((2 * residuals[i] * rows[i, j] for i in range(n)), Fraction(0))
    return found


def covariance(X: Any, sigma: Any) -> Array:
    """The covariance matrix of the coefficients, where the errors of y are independent with the variance σ².

    The coefficients are L y; the columns of L are the coefficients for each y with a single 1. Each error moves them by
    its column, so the covariances add up: σ² Σ_k l_k l_kᵀ.

    Args:
        X: n x d, with independent columns.
        sigma: standard deviation of one error.

    Returns:
        d x d.
    """
    rows, spread = exact_array(X, "X"), number(sigma, "sigma")
    columns = _fitted(rows, identity(len(rows)))
    d = rows.shape[1]
    found = zeros(d, d)
    for i, j in np.ndindex(d, d):
        found[i, j] = spread**2 * sum((columns[i, k] * columns[j, k] for k in range(len(rows))), Fraction(0))
    return found


def covariance_by_outcomes(X: Any, sigma: Any) -> Array:
    """The same: the mean of (β̂ − β)(β̂ − β)ᵀ over all outcomes of errors ±σ, each coefficient by descent.

    Raises:
        ValueError: ``too large`` for more than 8 data, which have too many outcomes.
    """
    rows, spread = exact_array(X, "X"), number(sigma, "sigma")
    n, d = rows.shape
    if n > 8:
        raise ValueError(f"too large: 2^{n} outcomes")
    truth = np.array([[Fraction(j + 1)] for j in range(d)], dtype=object)
    found = zeros(d, d)
    for signs in product((1, -1), repeat=n):
        errors = np.array([[sign * spread] for sign in signs], dtype=object)
        off = coefficients_by_descent(rows, rows @ truth + errors) - truth
        found = found + off @ off.T
    mean: Array = found / Fraction(2**n)
    return mean
