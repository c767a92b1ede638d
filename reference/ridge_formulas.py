"""Formulas of ridge regression and ridge attention, evaluated without the closed forms that are asked for.

Ridge regression of targets y on the rows of K finds the w with the least ‖K w − y‖² + λ‖w‖². The first function of
each pair goes by a definition: a mean is averaged, a product multiplied out entry by entry, an inverse found by
elimination; regression is one system for residuals and weights together,
[[I, K], [Kᵀ, −λI]] (r, w) = (y, 0), in which no KᵀK occurs. The second one knows the loss alone, as a function
whose values it can ask for, or uses another exact method.

Arguments are named as in the questions (λ is ``lam``). Numbers are ``int`` or ``Fraction``, matrices are nested
lists or NumPy arrays of them, vectors are columns. λ must be positive.

Sources: Hoerl and Kennard, "Ridge regression", Technometrics 12 (1970); Å. Björck, "Numerical Methods for Least
Squares Problems" (1996), section 1.1, for the system of residuals and weights.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import (
    Array,
    exact_array,
    gradient,
    identity,
    inverse_by_cofactors,
    minimiser,
    number,
    shaped,
    solve,
    whole,
    zeros,
)


def _positive(lam: Any) -> Fraction:
    ridge = number(lam, "lam")
    if ridge <= 0:
        raise ValueError(f"lam is {ridge}, expected more than 0")
    return ridge


# ---------------------------------------------------------------- a mean


def mean_with_point(m: Any, x: Any, n: int) -> Array:
    """The mean of n points with mean m and of one more point x, by averaging such points.

    Args:
        m, x: d x 1.
        n: number of points before, at least 1.

    Returns:
        d x 1.
    """
    count, mean = whole(n, "n", 1), exact_array(m, "m")
    new = shaped(x, "x", *mean.shape)
    points = [mean + j * new + j * j for j in range(1, count)]  # any points; the last one puts their mean right
    points.append(count * mean - sum(points, zeros(*mean.shape)))
    found: Array = sum([*points, new], zeros(*mean.shape)) / Fraction(count + 1)
    return found


def mean_by_descent(m: Any, x: Any, n: int) -> Array:
    """The same mean, as the point with the least sum of squared distances to all n + 1 points."""
    count, mean = whole(n, "n", 1), exact_array(m, "m")
    new = shaped(x, "x", *mean.shape)
    shifts = [j - (count - 1 - j) for j in range(count)]  # they add up to 0
    points = [*(mean + shift for shift in shifts), new]

    def loss(at: Array) -> Fraction:
        return sum((np.sum((point - at) ** 2) for point in points), Fraction(0))

    return minimiser(loss, *mean.shape)


# ---------------------------------------------------------------- the two terms of ridge regression


def ridge_matrix(A: Any, lam: Any) -> Array:
    """AᵀA + λI for an n x d matrix A, multiplied out entry by entry."""
    rows, ridge = exact_array(A, "A"), _positive(lam)
    n, d = rows.shape
    found = zeros(d, d)
    for i, j in np.ndindex(d, d):
        found[i, j] = sum((rows[k, i] * rows[k, j] for k in range(n)), ridge * int(i == j))
    return found


def ridge_matrix_by_loss(A: Any, lam: Any) -> Array:
    """AᵀA + λI, as half the second derivative of ‖A w‖² + λ‖w‖²."""
    rows, ridge = exact_array(A, "A"), _positive(lam)

    def loss(w: Array) -> Fraction:
        fitted = rows @ w
        return Fraction(np.sum(fitted**2) + ridge * np.sum(w**2))

    units = identity(rows.shape[1])
    return np.concatenate([gradient(loss, units[:, [j]]) / 2 for j in range(len(units))], axis=1)


def ridge_vector(A: Any, y: Any) -> Array:
    """Aᵀy for an n x d matrix A and n numbers y, multiplied out entry by entry; d x 1."""
    rows = exact_array(A, "A")
    n, d = rows.shape
    targets = shaped(y, "y", n, 1)
    found = zeros(d, 1)
    for j in range(d):
        found[j, 0] = sum((rows[k, j] * targets[k, 0] for k in range(n)), Fraction(0))
    return found


def ridge_vector_by_loss(A: Any, y: Any) -> Array:
    """Aᵀy, as minus half the gradient of ‖A w − y‖² at w = 0."""
    rows = exact_array(A, "A")
    targets = shaped(y, "y", len(rows), 1)
    return -gradient(lambda w: Fraction(np.sum((rows @ w - targets) ** 2)), zeros(rows.shape[1], 1)) / 2


# ---------------------------------------------------------------- an inverse after a change of rank one


def _changed(M: Any, u: Any, v: Any) -> Array:
    matrix = exact_array(M, "M")
    d = len(matrix)
    found: Array = shaped(matrix, "M", d, d) + shaped(u, "u", d, 1) @ shaped(v, "v", d, 1).T
    return found


def changed_inverse(M: Any, u: Any, v: Any) -> Array:
    """(M + u vᵀ)⁻¹ by elimination.

    Args:
        M: d x d; it need not be symmetric.
        u, v: d x 1.

    Raises:
        ValueError: M + u vᵀ is singular.
    """
    changed = _changed(M, u, v)
    return solve(changed, identity(len(changed)))


def changed_inverse_by_cofactors(M: Any, u: Any, v: Any) -> Array:
    """(M + u vᵀ)⁻¹ from cofactors."""
    return inverse_by_cofactors(_changed(M, u, v))


# ---------------------------------------------------------------- attention


def _fitted(K: Array, targets: Array, ridge: Fraction) -> Array:
    """Ridge weights for each column of targets, from the system of residuals and weights."""
    n, d = K.shape
    above = np.concatenate([identity(n), K], axis=1)
    below = np.concatenate([K.T, -ridge * identity(d)], axis=1)
    right = np.concatenate([targets, zeros(d, targets.shape[1])])
    return solve(np.concatenate([above, below]), right)[n:]


def _fitted_by_descent(K: Array, targets: Array, ridge: Fraction) -> Array:
    """The same weights, column by column from values of the loss."""

    def weights(y: Array) -> Array:
        return minimiser(lambda w: Fraction(np.sum((K @ w - y) ** 2) + ridge * np.sum(w**2)), K.shape[1], 1)

    return np.concatenate([weights(targets[:, [j]]) for j in range(targets.shape[1])], axis=1)


def attention_output(K: Any, V: Any, q: Any, lam: Any) -> Array:
    """What ridge attention returns for one query: the prediction at q of a regression of the values on the keys.

    Args:
        K: keys, t x d_k.
        V: values, t x d_v.
        q: d_k x 1.
        lam: λ.

    Returns:
        d_v x 1.
    """
    keys, values = exact_array(K, "K"), exact_array(V, "V")
    values = shaped(values, "V", len(keys), values.shape[1])
    query = shaped(q, "q", keys.shape[1], 1)
    return _fitted(keys, values, _positive(lam)).T @ query


def attention_output_by_descent(K: Any, V: Any, q: Any, lam: Any) -> Array:
    """The same output; each coordinate of the values is regressed by descent on its loss."""
    keys, values = exact_array(K, "K"), exact_array(V, "V")
    query = shaped(q, "q", keys.shape[1], 1)
    return _fitted_by_descent(keys, values, _positive(lam)).T @ query


def value_weights(K: Any, q: Any, lam: Any) -> Array:
    """The weight of each value in the output: by how much the output moves when that value does.

    The output is linear in the values, so the difference between the outputs with v_i = 1 and with v_i = 0 is the
    derivative; the other values stay as they are.

    Args:
        K: keys, n x d.
        q: d x 1.
        lam: λ.

    Returns:
        n x 1.
    """
    keys = exact_array(K, "K")
    n = len(keys)
    others = np.array([[Fraction(i + 1)] for i in range(n)], dtype=object)
    found = zeros(n, 1)
    for i in range(n):
        ends = []
        for moved in (1, 0):
            values = others.copy()
            values[i, 0] = Fraction(moved)
            ends.append(attention_output(keys, values, q, lam)[0, 0])
        found[i, 0] = ends[0] - ends[1]
    return found


def value_weights_by_descent(K: Any, q: Any, lam: Any) -> Array:
    """The same weights: the output when one value is 1 and the others are 0, by descent on the loss."""
    keys = exact_array(K, "K")
    query = shaped(q, "q", keys.shape[1], 1)
    return _fitted_by_descent(keys, identity(len(keys)), _positive(lam)).T @ query
