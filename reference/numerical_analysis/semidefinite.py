"""Definite matrices, and exponentials of matrices of inner products.

Definiteness of a symmetric matrix is decided by exact elimination with the signs of the pivots (Sylvester's law of
inertia) and confirmed by eigenvalues. The exponential of a matrix is summed as a series after scaling; that of each
entry is NumPy's.

Sources: R. Horn and C. Johnson, "Matrix Analysis", 2nd ed., sections 4.5, 7.1 and 7.5 (Schur products); C. Moler and
C. Van Loan, "Nineteen dubious ways to compute the exponential of a matrix", SIAM Review 45 (2003).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from reference.linear import exact_array
from reference.numerical_analysis.differences import Floats
from reference.numerical_analysis.searches import (
    Found,
    counterexample,
    integer_matrices,
    random_matrices,
    told,
    upheld,
)

_CLOSE = 1e-9
NAMES = ("positive definite", "positive semidefinite", "negative definite", "negative semidefinite", "indefinite")


def inertia(S: Any) -> tuple[int, int, int]:
    """How many eigenvalues of a symmetric matrix are positive, negative and 0, by exact elimination.

    Args:
        S: n x n, symmetric.

    Raises:
        ValueError: it is not symmetric.
    """
    left = exact_array(S, "S").copy()
    if left.shape[0] != left.shape[1] or np.any(left != left.T):
        raise ValueError("S is not symmetric")
    signs = [0, 0, 0]
    while len(left):
        pivot = next((i for i in range(len(left)) if left[i, i] != 0), None)
        if pivot is None:
            pair = next(((i, j) for i, j in np.ndindex(*left.shape) if left[i, j] != 0), None)
            if pair is None:
                signs[2] += len(left)
                break
            i, j = pair  # adding row j to row i, and the columns alike, makes a pivot: 2 s_ij
            left[i] = left[i] + left[j]
            left[:, i] = left[:, i] + left[:, j]
            continue
        signs[0 if left[pivot, pivot] > 0 else 1] += 1
        row = left[pivot] / left[pivot, pivot]
        left = left - np.outer(left[:, pivot], row)
        keep = [i for i in range(len(left)) if i != pivot]
        left = left[np.ix_(keep, keep)]
    return signs[0], signs[1], signs[2]


def definiteness(S: Any) -> str:
    """The narrowest of :data:`NAMES` that fits a symmetric matrix that is not 0.

    Args:
        S: n x n, symmetric.
    """
    return _named(*inertia(S))


def _named(positive: int, negative: int, zero: int) -> str:
    if positive and negative:
        return NAMES[4]
    if positive:
        return NAMES[1] if zero else NAMES[0]
    if negative:
        return NAMES[3] if zero else NAMES[2]
    raise ValueError("trivial: the matrix is 0")


def definiteness_by_eigenvalues(S: Any) -> str:
    """The same, from eigenvalues in floating point."""
    values = np.linalg.eigvalsh(np.array(exact_array(S, "S"), dtype=float))
    limit = 1e-9 * float(np.max(np.abs(values)))
    return _named(int(np.sum(values > limit)), int(np.sum(values < -limit)), int(np.sum(np.abs(values) <= limit)))


# ---------------------------------------------------------------- claims about quadratic forms


def nonnegative_form_means_symmetric() -> Found:
    """xᵀA x ≥ 0 for all real x implies A = Aᵀ."""
    for A in integer_matrices(2, 2, 1):
        if np.any(A != A.T) and inertia(A + A.T) == (2, 0, 0):
            x = np.array([[2], [1]], dtype=object)
            form = (x.T @ A @ x)[0, 0]
            says = f"xᵀA x > 0 for all x ≠ 0 (for x = [2, 1] it is {told(form)}), and A ≠ Aᵀ"
            return counterexample(says, A=A)
    return upheld("no small example breaks it")


def nonnegative_form_means_symmetric_by_skew_parts() -> bool:
    """The same: a skew matrix changes no value of the form, so I plus one has xᵀA x = ‖x‖² and is not symmetric."""
    for draw in random_matrices(40, 5, 3, 3):
        A = np.eye(3) + draw - draw.T
        x = np.random.default_rng(41).normal(size=(3, 50))
        if np.allclose(np.sum(x * (A @ x), axis=0), np.sum(x * x, axis=0)) and not np.allclose(A, A.T):
            return False
    return True


def nonnegative_eigenvalues_suffice() -> Found:
    """A symmetric matrix whose eigenvalues are all ≥ 0 has xᵀA x ≥ 0 for all x."""
    for A in integer_matrices(2, 2, 2):
        if np.any(A != A.T) or inertia(A)[1]:
            continue
        for x in integer_matrices(2, 1, 3):
            if (x.T @ A @ x)[0, 0] < 0:
                return counterexample(f"xᵀA x = {told((x.T @ A @ x)[0, 0])}", A=A, x=x.ravel())
    return upheld("with A = U Λ Uᵀ it is Σ λ_i (u_iᵀx)², a sum of numbers ≥ 0")


def nonnegative_eigenvalues_suffice_on_draws() -> bool:
    """The same: the form is Σ λ_i (u_iᵀx)² on random symmetric matrices, so its sign is that of the eigenvalues."""
    for draw in random_matrices(42, 20, 3, 3):
        values, vectors = np.linalg.eigh(draw + draw.T)
        x = np.random.default_rng(43).normal(size=(3, 50))
        form = np.sum(x * ((draw + draw.T) @ x), axis=0)
        if not np.allclose(form, values @ (vectors.T @ x) ** 2):
            return False
    return True


# ---------------------------------------------------------------- exponentials


def matrix_exponential(S: Any) -> Floats:
    """e^S = Σ S^k/k!, by scaling and squaring.

    Args:
        S: n x n.
    """
    matrix = np.array(S, dtype=float)
    halvings = max(0, math.ceil(math.log2(max(float(np.linalg.norm(matrix)), 1.0))) + 2)
    small = matrix / 2.0**halvings
    term = found = np.eye(len(matrix))
    for k in range(1, 20):
        term = term @ small / k
        found = found + term
    for _ in range(halvings):
        found = found @ found
    return found


def entrywise_exponential_is_psd() -> Found:
    """exp of each entry of XXᵀ gives a positive semidefinite matrix."""
    for X in random_matrices(44, 60, 4, 2, 2):
        values = np.linalg.eigvalsh(np.exp(X @ X.T))
        if values[0] < -_CLOSE * values[-1]:
            return counterexample(f"an eigenvalue is {told(float(values[0]))}", X=X.astype(int))
    return upheld(
        "each entrywise power of XXᵀ is positive semidefinite (Schur), and exp is a sum of them with weights 1/k!"
    )


def entrywise_exponential_is_psd_by_powers() -> bool:
    """The same: zᵀ exp(XXᵀ) z = Σ_k ‖Σ_i z_i x_i ⊗ … ⊗ x_i‖²/k!, each term a square."""
    for X in random_matrices(45, 6, 3, 2, 1):
        z = np.random.default_rng(46).normal(size=3)
        total, power = 0.0, np.ones((3, 1))
        for k in range(14):
            total += float(np.sum((z @ power) ** 2)) / math.factorial(k)
            power = np.einsum("ia,ib->iab", power, X).reshape(3, -1)
        form = float(z @ np.exp(X @ X.T) @ z)
        if abs(total - form) > 1e-6 * max(1.0, abs(form)) or total < 0:
            return False
    return True


def matrix_exponential_is_pd() -> Found:
    """The matrix exponential of XXᵀ is positive definite."""
    for X in random_matrices(47, 60, 3, 2, 2):
        values = np.linalg.eigvalsh(matrix_exponential(X @ X.T))
        if values[0] <= 0:
            return counterexample(f"an eigenvalue is {told(float(values[0]))}", X=X.astype(int))
    return upheld("its eigenvalues are e^λ for the eigenvalues λ ≥ 0 of XXᵀ, so they are at least 1")


def matrix_exponential_is_pd_by_squares() -> bool:
    """The same: it is the square of the symmetric e^(XXᵀ/2), which is invertible with the inverse e^(−XXᵀ/2)."""
    for X in random_matrices(48, 20, 3, 2, 1):
        half, back = matrix_exponential(X @ X.T / 2), matrix_exponential(-X @ X.T / 2)
        if not (np.allclose(half, half.T) and np.allclose(half @ back, np.eye(3), atol=1e-6)):
            return False
    return True


def _stacked(Q: Any, K: Any) -> Floats:
    return np.concatenate([np.array(Q, dtype=float), np.array(K, dtype=float)])


def entrywise_block() -> Found:
    """With X = [Q; K] and exp of each entry, the upper right block of exp(XXᵀ) is exp(QKᵀ)."""
    for draw in random_matrices(49, 30, 5, 2, 2):
        Q, K = draw[:2], draw[2:]
        X = _stacked(Q, K)
        if not np.allclose(np.exp(X @ X.T)[:2, 2:], np.exp(Q @ K.T)):
            return counterexample("the blocks differ", Q=Q.astype(int), K=K.astype(int))
    return upheld("the upper right block of XXᵀ is QKᵀ, and exp acts on each entry alone")


def entrywise_block_by_entries() -> bool:
    """The same, entry by entry: e to the power of the inner product of a row of Q and a row of K."""
    for draw in random_matrices(50, 10, 4, 3, 1):
        Q, K = draw[:3], draw[3:]
        whole = np.exp(_stacked(Q, K) @ _stacked(Q, K).T)
        for i, j in np.ndindex(len(Q), len(K)):
            inner = math.fsum(float(a) * float(b) for a, b in zip(Q[i], K[j], strict=True))
            if abs(whole[i, len(Q) + j] - math.exp(inner)) > _CLOSE * math.exp(abs(inner)):
                return False
    return True


def matrix_exponential_block() -> Found:
    """With X = [Q; K] and the matrix exponential, the upper right block of exp(XXᵀ) is exp(QKᵀ)."""
    for Q in integer_matrices(1, 1, 1):
        for K in integer_matrices(1, 1, 1):
            X = _stacked(Q, K)
            block, claimed = matrix_exponential(X @ X.T)[0, 1], math.exp(Q[0, 0] * K[0, 0])
            if Q[0, 0] * K[0, 0] > 0 and abs(block - claimed) > 1e-6:
                return counterexample(f"the block is {told(block)}, and exp(QKᵀ) = {told(claimed)}", Q=Q, K=K)
    return upheld("no small example breaks it")


def matrix_exponential_block_by_series() -> bool:
    """The same: exp(XXᵀ) = I + X φ(XᵀX) Xᵀ with φ(t) = (e^t − 1)/t, so the block is Q φ(XᵀX) Kᵀ; on random examples."""
    for draw in random_matrices(51, 10, 4, 2, 1):
        Q, K = draw[:2], draw[2:]
        inner = _stacked(Q, K).T @ _stacked(Q, K)
        term, phi = np.eye(2), np.eye(2)
        for k in range(2, 60):
            term = term @ inner / k
            phi = phi + term
        if not np.allclose(Q @ phi @ K.T, matrix_exponential(Q @ K.T), atol=1e-6):
            return False
    return True
