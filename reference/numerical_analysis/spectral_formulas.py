"""Norms and condition numbers of drawn matrices, without the formulas that the questions ask for.

Each one is computed from its definition (the largest stretch of a unit vector, found by powers of AᵀA; an approximation
that is really made) and confirmed by NumPy's singular values. Matrices have independent columns.

Sources: R. Horn and C. Johnson, "Matrix Analysis", 2nd ed., chapter 5; G. Golub and C. Van Loan, "Matrix Computations",
4th ed., sections 2.3, 2.4 and 5.3.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from reference.linear import number, whole
from reference.numerical_analysis.differences import Floats, floats


def _values(A: Any) -> Floats:
    return np.asarray(np.linalg.svd(floats(A))[1], dtype=np.float64)


def _stretch(A: Any) -> float:
    """The largest ‖A x‖ over unit vectors, by the powers of AᵀA: the matrix is squared until a dyad is left."""
    power = A.T @ A
    if not np.any(power):
        return 0.0
    for _ in range(60):
        power = power / np.linalg.norm(power)
        power = power @ power
    x = power[:, int(np.argmax(np.abs(np.diag(power))))]
    return float(np.linalg.norm(A @ x) / np.linalg.norm(x))


def _left_inverse(A: Floats) -> Floats:
    """The B with B A = I of least norm, from the triangular factor."""
    Q, R = np.linalg.qr(A)
    return np.asarray(np.linalg.solve(R, Q.T), dtype=np.float64)


# ---------------------------------------------------------------- norms


def frobenius_norm(A: Any) -> float:
    """‖A‖_F, entry by entry.

    Args:
        A: m x n.
    """
    return math.sqrt(math.fsum(float(entry) ** 2 for entry in floats(A).ravel()))


def frobenius_norm_by_values(A: Any) -> float:
    """The same, by singular values."""
    return math.sqrt(math.fsum(float(s) ** 2 for s in _values(A)))


def spectral_norm(A: Any) -> float:
    """‖A‖_2, the largest stretch of a unit vector, by powers of AᵀA."""
    return _stretch(floats(A))


def spectral_norm_by_values(A: Any) -> float:
    """The same, as NumPy's largest singular value."""
    return float(_values(A)[0])


def pseudo_inverse_norm(A: Any) -> float:
    """‖A⁺‖_2, the largest stretch by the left inverse of least norm.

    Args:
        A: m x n, with independent columns.
    """
    return _stretch(_left_inverse(floats(A)))


def pseudo_inverse_norm_by_numpy(A: Any) -> float:
    """The same, by NumPy's pseudo-inverse."""
    return float(np.linalg.norm(np.linalg.pinv(floats(A)), 2))


# ---------------------------------------------------------------- condition numbers


def condition(A: Any) -> float:
    """The largest ratio of relative errors: max ‖A δ‖/‖δ‖ times max ‖x‖/‖A x‖.

    Args:
        A: m x n, with independent columns.
    """
    return _stretch(floats(A)) * _stretch(_left_inverse(floats(A)))


def condition_by_numpy(A: Any) -> float:
    """The same, by NumPy."""
    return float(np.linalg.cond(floats(A)))


def tall_condition(X: Any) -> float:
    """κ_2(X) of a tall X with independent columns, by stretches."""
    return condition(X)


def tall_condition_by_numpy(X: Any) -> float:
    """The same, by NumPy."""
    return condition_by_numpy(X)


def gram_condition(X: Any) -> float:
    """κ_2(XᵀX) of the matrix XᵀX itself, by stretches."""
    gram = floats(X).T @ floats(X)
    return _stretch(gram) * _stretch(np.linalg.inv(gram))


def gram_condition_by_eigenvalues(X: Any) -> float:
    """The same: the ratio of the eigenvalues of the symmetric matrix XᵀX."""
    values = np.linalg.eigvalsh(floats(X).T @ floats(X))
    return float(values[-1] / values[0])


def triangular_condition(R: Any) -> float:
    """κ_2(R), by stretches.

    Args:
        R: d x d, invertible.
    """
    return _stretch(floats(R)) * _stretch(np.linalg.inv(floats(R)))


def triangular_condition_by_numpy(R: Any) -> float:
    """The same, by NumPy."""
    return float(np.linalg.cond(floats(R)))


def scaled_gram_condition(Y: Any) -> float:
    """κ_2(XᵀX) for X = Y/‖Y‖_2, by stretches.

    Args:
        Y: n x d, with independent columns.
    """
    matrix = floats(Y)
    return gram_condition(matrix / _stretch(matrix))


def scaled_gram_condition_by_eigenvalues(Y: Any) -> float:
    """The same, by eigenvalues."""
    return gram_condition_by_eigenvalues(floats(Y) / np.linalg.norm(floats(Y), 2))


# ---------------------------------------------------------------- approximation and variance


def _deflated(A: Floats, k: int) -> Floats:
    """What is left of A when its k most stretched directions are taken out, one after the other."""
    left = A.copy()
    for _ in range(k if k < min(A.shape) else 0):
        power = left.T @ left
        for _ in range(60):
            power = power / np.linalg.norm(power)
            power = power @ power
        x = power[:, [int(np.argmax(np.abs(np.diag(power))))]]
        x = x / np.linalg.norm(x)
        left = left - left @ x @ x.T
    return left if k < min(A.shape) else np.zeros_like(A)


def _distinct(A: Floats, k: Any) -> int:
    values = _values(A)
    steps = min(whole(k, "k", 1), len(values))
    if min(-np.diff(values)) < 1e-3 * values[0]:
        raise ValueError("too large: two singular values are too close to tell their directions apart")
    return steps


def truncation_error(A: Any, k: Any) -> float:
    """‖A − A_k‖_2, where the k most stretched directions are taken out of A.

    Args:
        A: m x n.
        k: rank of the approximation; nothing is left where it is that of A.
    """
    matrix = floats(A)
    return _stretch(_deflated(matrix, _distinct(matrix, k)))


def truncation_error_by_factors(A: Any, k: Any) -> float:
    """The same, with A_k from NumPy's singular vectors."""
    matrix = floats(A)
    steps = whole(k, "k", 1)
    U, s, Vt = np.linalg.svd(matrix, full_matrices=False)
    return float(np.linalg.norm(matrix - U[:, :steps] * s[:steps] @ Vt[:steps], 2))


def frobenius_truncation_error(A: Any, k: Any) -> float:
    """‖A − A_k‖_F, entry by entry of what is left."""
    matrix = floats(A)
    return frobenius_norm(_deflated(matrix, _distinct(matrix, k)))


def frobenius_truncation_error_by_factors(A: Any, k: Any) -> float:
    """The same, with A_k from NumPy's singular vectors."""
    matrix = floats(A)
    steps = whole(k, "k", 1)
    U, s, Vt = np.linalg.svd(matrix, full_matrices=False)
    return float(np.linalg.norm(matrix - U[:, :steps] * s[:steps] @ Vt[:steps]))


def variance_norm(X: Any, tau: Any) -> float:
    """‖τ²(XᵀX)⁻¹‖_2, by the stretch of the inverse that is formed.

    Args:
        X: n x d, with independent columns.
        tau: standard deviation of one error.
    """
    return float(number(tau, "tau")) ** 2 * _stretch(np.linalg.inv(floats(X).T @ floats(X)))


def variance_norm_by_worst_direction(X: Any, tau: Any) -> float:
    """The same: the variance of wᵀβ̂ is largest for the eigenvector w of XᵀX with the least eigenvalue."""
    gram = floats(X).T @ floats(X)
    w = np.linalg.eigh(gram)[1][:, 0]
    return float(number(tau, "tau")) ** 2 * float(w @ np.linalg.solve(gram, w))
