"""The best linear encoder of regularised purification, found without singular values.

An encoder W (m x m) of data X (m x n, one column a point) has the loss ‖X − W X‖² + λ‖W‖² (squared Frobenius
norms). For λ > 0 the loss has a single minimum, found here in exact arithmetic in two ways: from the normal equations
W (X Xᵀ + λI) = X Xᵀ, and by descent on values of the loss.

Source: Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 2nd ed., section 3.4.1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, exact_array, identity, minimiser, number, solve


def _data(X: Any, lam: Any) -> tuple[Array, Fraction]:
    data, ridge = exact_array(X, "X"), number(lam, "lam")
    if ridge <= 0:
        raise ValueError(f"lam is {ridge}, expected more than 0")
    return data, ridge


def best_encoder(X: Any, lam: Any) -> Array:
    """The W with the least loss, from the normal equations.

    Args:
        X: data, m x n.
        lam: λ.

    Returns:
        m x m.
    """
    data, ridge = _data(X, lam)
    second = data @ data.T
    return solve((second + ridge * identity(len(data))).T, second.T).T


def best_encoder_by_descent(X: Any, lam: Any) -> Array:
    """The same W, by conjugate gradients that know the loss alone."""
    data, ridge = _data(X, lam)

    def loss(W: Array) -> Fraction:
        return Fraction(np.sum((data - W @ data) ** 2) + ridge * np.sum(W**2))

    return minimiser(loss, len(data), len(data))
