"""Claims about singular values, eigenvalues and factors of a matrix: each is tried on small examples.

A claim's function returns the class of the claim with the example that was found; its confirmation tries random
examples, or argues another way, and returns the class alone.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import sympy

from reference.linear import Array, exact_array, identity
from reference.numerical_analysis.searches import (
    Found,
    counterexample,
    integer_matrices,
    random_matrices,
    rank,
    told,
    upheld,
)
from reference.numerical_analysis.singular import (
    condition_number,
    condition_of_gram,
    condition_of_gram_on_circle,
    singular_values,
    singular_values_on_circle,
)

_CLOSE = 1e-9
_TALL = (3, 2)


def _shears() -> list[Array]:
    """[[1, t], [0, 1]]: the eigenvalues are 1 and 1 for every t."""
    return [exact_array([[1, t], [0, 1]], "X") for t in (0, 1, 10, 100)]


def _independent(seed: int, rows: int, columns: int, count: int = 20) -> list[np.ndarray]:
    """Random matrices of full column rank."""
    return [X for X in random_matrices(seed, count, rows, columns) if np.linalg.matrix_rank(X) == columns]


# ---------------------------------------------------------------- condition numbers


def gram_squares_the_condition() -> Found:
    """κ_2(XᵀX) = κ_2(X)² for every X with independent columns."""
    for X in integer_matrices(2, 2, 1):
        if rank(X) == 2:
            one, two = condition_of_gram(X.tolist()), condition_number(X.tolist())
            if sympy.simplify(one - two**2) != 0:
                return counterexample(f"κ(XᵀX) = {told(float(one))}, and κ(X)² = {told(float(two) ** 2)}", X=X)
    return upheld("the singular values of XᵀX are the squares of those of X, so their ratio is squared")


def gram_squares_the_condition_on_draws() -> bool:
    """The same on random tall matrices, from the definition on the circle of unit vectors."""
    return all(
        abs(condition_of_gram_on_circle(X.astype(int).tolist()) / np.linalg.cond(X) ** 2 - 1) < 1e-6
        for X in _independent(30, *_TALL)
    )


def condition_is_a_ratio_of_eigenvalues() -> Found:
    """κ_2(X) of a square X is the ratio of the largest to the least absolute eigenvalue; tried on shears."""
    for X in _shears():
        ratio = max(abs(X[i, i]) for i in (0, 1)) / min(abs(X[i, i]) for i in (0, 1))
        kappa = float(condition_number(X.tolist()))
        if kappa > 1000 * ratio:
            return counterexample(f"both eigenvalues are 1, so their ratio is 1, and κ₂(X) = {told(kappa, 6)}", X=X)
    return upheld("no small example breaks it")


def condition_is_a_ratio_of_eigenvalues_on_draws() -> bool:
    """The same on random matrices."""
    for X in _independent(31, 3, 3):
        sizes = np.abs(np.linalg.eigvals(X))
        if abs(np.linalg.cond(X) - np.max(sizes) / np.min(sizes)) > 1e-6:
            return False
    return True


def unit_eigenvalues_mean_no_collinearity() -> Found:
    """A square X whose eigenvalues are all 1 has the least singular value 1; tried on shears."""
    for X in _shears():
        least = float(singular_values(X.tolist())[1])
        if least < 0.02:
            says = f"the eigenvalues are 1 and 1, and σ_min = {told(least)}: the columns are nearly collinear"
            return counterexample(says, X=X)
    return upheld("no small example breaks it")


def unit_eigenvalues_mean_no_collinearity_by_determinant() -> bool:
    """The same: σ_1 σ_2 = |det| = 1 and σ_1² + σ_2² = ‖X‖_F² > 2 for a shear, so the two are not both 1."""
    return all(abs(float(np.sum(X * X)) - 2) < _CLOSE for X in _shears())


def frobenius_one_means_spectral_one() -> Found:
    """‖X‖_F = 1 implies σ_max(X) = 1; tried on diagonal matrices."""
    for a, b, c in ((0, 1, 1), (3, 4, 5), (5, 12, 13)):
        X = exact_array([[Fraction(a, c), 0], [0, Fraction(b, c)]], "X")
        largest = Fraction(max(a, b), c)
        if np.sum(X * X) == 1 and largest != 1:
            return counterexample(f"‖X‖_F = 1, and σ_max = {told(largest)}", X=X)
    return upheld("no small example breaks it")


def frobenius_one_means_spectral_one_on_draws() -> bool:
    """The same on random matrices that are divided by their Frobenius norm."""
    scaled = (X / np.linalg.norm(X) for X in _independent(32, *_TALL))
    return all(abs(np.linalg.norm(X, 2) - 1) < _CLOSE for X in scaled)


def spectral_one_gives_least_value() -> Found:
    """‖X‖_2 = 1 implies κ_2(XᵀX) = 1/σ_min(X)²; on random tall matrices that are divided by their spectral norm."""
    for X in _independent(33, *_TALL):
        scaled = X / np.linalg.norm(X, 2)
        kappa, claimed = float(np.linalg.cond(scaled.T @ scaled)), float(np.linalg.svd(scaled)[1][-1]) ** -2
        if abs(kappa / claimed - 1) > 1e-6:
            return counterexample(f"κ = {told(kappa)}, and 1/σ_min² = {told(claimed)}", X=X.astype(int))
    return upheld("κ₂(XᵀX) = σ_max²/σ_min², and σ_max = ‖X‖₂ = 1")


def spectral_one_gives_least_value_on_circle() -> bool:
    """The same: lengths on the circle of unit vectors, which are divided by the largest one."""
    for X in _independent(39, *_TALL):
        larger, smaller = singular_values_on_circle(X.astype(int).tolist())
        kappa = condition_of_gram_on_circle(X.astype(int).tolist())  # a scaled matrix has the same one
        if abs(kappa * (smaller / larger) ** 2 - 1) > 1e-6:
            return False
    return True


# ---------------------------------------------------------------- factors


def thin_factor_is_invertible() -> Found:
    """A tall Q with QᵀQ = I has Q Qᵀ = I too, so that Qᵀ is its inverse."""
    for a, b, c in ((3, 4, 5), (5, 12, 13)):
        Q = exact_array([[Fraction(a, c)], [Fraction(b, c)]], "Q")
        around = Q @ Q.T
        if np.all(identity(1) == Q.T @ Q) and np.any(around != identity(2)):
            return counterexample(f"QᵀQ = 1, and Q Qᵀ = {told(around)}, a projection and not I", Q=Q)
    return upheld("no small example breaks it")


def thin_factor_is_invertible_by_rank() -> bool:
    """The same: Q Qᵀ has at most the rank of Q, which has fewer columns than I has."""
    factors = (np.linalg.qr(X)[0] for X in _independent(34, *_TALL))
    return all(np.linalg.matrix_rank(Q @ Q.T) == _TALL[0] for Q in factors)


def triangular_factor_keeps_the_condition() -> Found:
    """κ_2(R) = κ_2(X) for the thin factorisation X = Q R of an X with independent columns."""
    for X in _independent(35, *_TALL):
        R = np.linalg.qr(X)[1]
        if abs(np.linalg.cond(R) / np.linalg.cond(X) - 1) > 1e-6:
            return counterexample(
                f"κ(R) = {told(np.linalg.cond(R))}, κ(X) = {told(np.linalg.cond(X))}", X=X.astype(int)
            )
    return upheld("XᵀX = RᵀR, so X and R have the same singular values")


def triangular_factor_keeps_the_condition_by_cholesky() -> bool:
    """The same: R is the Cholesky factor of XᵀX, and its squared singular values are the eigenvalues of RᵀR."""
    for X in _independent(36, *_TALL):
        R = np.linalg.cholesky(X.T @ X).T
        values = np.linalg.eigvalsh(R.T @ R)
        if abs(math.sqrt(values[-1] / values[0]) / np.linalg.cond(X) - 1) > 1e-6:
            return False
    return True


def orthogonal_gram_is_all_ones() -> Found:
    """UᵀU is the matrix with all entries 1 where U is orthogonal."""
    for U in integer_matrices(2, 2, 1):
        inverse = rank(U) == 2 and np.all(identity(2) == U @ U.T)
        if inverse and np.any(U.T @ U != 1):
            return counterexample(f"UᵀU = {told(U.T @ U)}, the identity", U=U)
    return upheld("no small example breaks it")


def orthogonal_gram_is_all_ones_by_rank() -> bool:
    """The same: a matrix of ones has rank 1, and UᵀU has the rank of U."""
    factors = (np.linalg.qr(X)[0] for X in _independent(37, 3, 3))
    return all(np.linalg.matrix_rank(U.T @ U) == 1 for U in factors)


def middle_factor_has_a_square() -> Found:
    """The n x m factor Σ of a full singular value decomposition has a square Σ² = Σ Σ, whatever n and m."""
    for n, m in ((2, 2), (3, 2)):
        middle = np.zeros((n, m))
        np.fill_diagonal(middle, range(m, 0, -1))
        try:
            np.matmul(middle, middle)
        except ValueError:
            says = f"Σ is {n} × {m}, so Σ Σ does not exist; AᵀA = V ΣᵀΣ Vᵀ"
            return counterexample(says, n=n, m=m)
    return upheld("the shapes fit")


def middle_factor_has_a_square_by_sizes() -> bool:
    """The same: a product needs as many columns on the left as rows on the right."""
    return all(columns == rows for rows, columns in ((2, 2), (3, 2), (2, 5)))


def gram_has_squared_singular_values() -> Found:
    """The eigenvalues of AᵀA are the squared singular values of A, for A with at least as many rows as columns."""
    for A in random_matrices(38, 20, 4, 3):
        squares, values = np.sort(np.linalg.svd(A)[1] ** 2), np.linalg.eigvalsh(A.T @ A)
        if np.max(np.abs(squares - values)) > 1e-9 * max(1.0, squares[-1]):
            return counterexample(f"σ² = {told(squares)}, eigenvalues {told(values)}", A=A.astype(int))
    return upheld("AᵀA = V ΣᵀΣ Vᵀ, whose middle factor is diagonal with the entries σ_i²")


def gram_has_squared_singular_values_by_polynomial() -> bool:
    """The same for two columns: both are roots of the exact characteristic polynomial."""
    for A in integer_matrices(2, 2, 1):
        gram = A.T @ A
        trace, determinant = gram[0, 0] + gram[1, 1], gram[0, 0] * gram[1, 1] - gram[0, 1] * gram[1, 0]
        for value in np.linalg.svd(A.astype(float))[1] ** 2:
            if abs(value**2 - float(trace) * value + float(determinant)) > 1e-9:
                return False
    return True
