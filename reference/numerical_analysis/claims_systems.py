"""Claims about linear equations, pseudo-inverses and the conditioning of matrices that are not square.

A claim's function returns the class of the claim with the example that was found; its confirmation tries random
examples, or argues another way, and returns the class alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product

import numpy as np

from reference.linear import Array, exact_array
from reference.numerical_analysis.searches import (
    Found,
    counterexample,
    integer_matrices,
    random_matrices,
    rank,
    told,
    upheld,
)
from reference.numerical_analysis.systems import MANY, NONE, ONE, solutions, solutions_by_solving

_CLOSE = 1e-9
Count = Callable[[Array, Array], str]


def _systems(m: int, n: int) -> Iterator[tuple[Array, Array]]:
    """Small systems A x = y in which neither side is all zero."""
    for A, y in product(integer_matrices(m, n, 1), integer_matrices(m, 1, 1)):
        if np.any(A != 0) and np.any(y != 0):
            yield A, y


def _random_systems(m: int, n: int) -> Iterator[tuple[Array, Array]]:
    """Random systems; the last column of A is the sum of the others in half of them, and y is an image in some."""
    for k, draw in enumerate(random_matrices(20 + m + n, 12, m, n + 1, 3)):
        A, y = draw[:, :n], draw[:, n:]
        if k % 2 and n > 1:
            A[:, n - 1] = A[:, : n - 1].sum(axis=1)
        if k % 3 == 0:
            y = A @ np.ones((n, 1))
        yield tuple(exact_array(part.astype(int), "a matrix") for part in (A, y))  # type: ignore[misc]


# ---------------------------------------------------------------- how many solutions


def low_rank_means_many() -> Found:
    """If the rank of A is less than its number of columns, A x = y has infinitely many solutions."""
    for A, y in _systems(2, 2):
        if rank(A) < 2 and solutions(A, y) != MANY:
            says = "A has rank 1, less than its 2 columns, and no x satisfies A x = y"
            return counterexample(says, A=A, y=y.ravel())
    return upheld("no small example breaks it")


def low_rank_means_many_on_draws() -> bool:
    """The same on random systems, solved."""
    return all(solutions_by_solving(A, y) == MANY for A, y in _random_systems(3, 3) if rank(A) < 3)


def tall_means_none() -> Found:
    """If A has more rows than columns and independent columns, A x = y has no solution."""
    for A, y in _systems(2, 1):
        if rank(A) == 1 and solutions(A, y) != NONE:
            x = next(Fraction(b) / a for a, b in zip(A.ravel(), y.ravel(), strict=True) if a != 0)
            return counterexample(f"x = {told(x)} satisfies both equations", A=A, y=y.ravel())
    return upheld("no small example breaks it")


def tall_means_none_on_draws() -> bool:
    """The same on random systems, solved."""
    return all(solutions_by_solving(A, y) == NONE for A, y in _random_systems(3, 2) if rank(A) == 2)


def square_full_rank_means_one() -> Found:
    """If A is square and its rank is the number of columns, A x = y has exactly one solution for every y."""
    for A, y in _systems(2, 2):
        if rank(A) == 2 and solutions(A, y) != ONE:
            return counterexample(f"it has {solutions(A, y)}", A=A, y=y.ravel())
    return upheld("A is invertible, and x = A⁻¹y is the only solution")


def square_full_rank_means_one_on_draws() -> bool:
    """The same on random systems, solved."""
    return all(solutions_by_solving(A, y) == ONE for A, y in _random_systems(3, 3) if rank(A) == 3)


# ---------------------------------------------------------------- pseudo-inverses and conditioning


def tall_has_left_inverse() -> Found:
    """A⁺A = I for every A with more rows than columns."""
    for A in integer_matrices(3, 2, 1):
        product_ = np.linalg.pinv(A.astype(float)) @ A.astype(float)
        if np.any(A != 0) and np.max(np.abs(product_ - np.eye(2))) > _CLOSE:
            says = f"A⁺A = {told(np.round(product_, 12) + 0.0)}, since the columns depend on one another"
            return counterexample(says, A=A)
    return upheld("no small example breaks it")


def tall_has_left_inverse_by_rank() -> bool:
    """The same: A⁺A has the rank of A, and I has rank n."""
    return all(rank(A) == 2 for A in integer_matrices(3, 2, 1))


def _worst_ratio(A: Array, steps: int = 12) -> float:
    """The largest (‖δy‖/‖y‖)/(‖δx‖/‖x‖) for y = A x that is met on a way of x towards a vector that A sends to 0."""
    matrix = A.astype(float)
    null = np.linalg.svd(matrix)[2][-1]
    row = matrix[int(np.argmax(np.abs(matrix).sum(axis=1)))]
    change = row / np.linalg.norm(row)
    worst = 0.0
    for k in range(steps):
        x = null + 10.0**-k * change
        image = np.linalg.norm(matrix @ x)
        worst = max(worst, float(np.linalg.norm(matrix @ change) / image * np.linalg.norm(x)))
    return worst


def wide_is_infinitely_sensitive() -> Found:
    """The largest ratio of relative errors of y = A x over all x and δx is infinite for wide A ≠ 0."""
    for A in integer_matrices(2, 3, 1):
        if np.any(A != 0) and _worst_ratio(A) < 1e9:
            return counterexample(f"the ratio stays below {told(_worst_ratio(A))}", A=A)
    return upheld(
        "some x ≠ 0 is perpendicular to all rows; near it y = A x is close to 0, so relative errors have no bound"
    )


def wide_is_infinitely_sensitive_by_rank() -> bool:
    """The same: the least ‖A x‖ over unit vectors is 0, as AᵀA is singular, and the largest is not."""
    for A in random_matrices(24, 20, 2, 3):
        values = np.linalg.eigvalsh(A.T @ A)
        if np.any(A != 0) and not (abs(values[0]) < 1e-9 * values[-1] and values[-1] > 0):
            return False
    return True


def wide_norm_product_is_infinite() -> Found:
    """‖A‖_2 ‖A⁺‖_2 is infinite for every wide A ≠ 0."""
    for A in integer_matrices(1, 2, 1):
        if np.any(A != 0):
            value = float(np.linalg.norm(A.astype(float), 2) * np.linalg.norm(np.linalg.pinv(A.astype(float)), 2))
            if np.isfinite(value):
                return counterexample(
                    f"‖A‖ = ‖A⁺‖ = {told(value)}, a finite product: A⁺ leaves the null space out", A=A
                )
    return upheld("no small example breaks it")


def wide_norm_product_is_infinite_on_draws() -> bool:
    """The same: the ratio of the largest to the least singular value of random wide matrices of full rank."""
    draws = (np.linalg.svd(A)[1] for A in random_matrices(25, 20, 2, 4))
    return all(not np.isfinite(s[0] / s[-1]) for s in draws if s[-1] > 1e-9)
