"""Claims about norms: each is tried on small examples until one breaks it.

A claim's function returns the class of the claim with the example that was found; its confirmation tries random
examples, or argues another way, and returns the class alone.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import sympy

from reference.linear import Array
from reference.numerical_analysis.norm_orders import broken_axiom, is_norm
from reference.numerical_analysis.norms import INFINITY, largest_image, norm_infinity, norm_one, operator_norm_one
from reference.numerical_analysis.searches import (
    Found,
    counterexample,
    integer_matrices,
    random_matrices,
    told,
    upheld,
)
from reference.numerical_analysis.singular import spectral_norm

_CLOSE = 1e-9
_PAIRS: tuple[tuple[Any, Any], ...] = ((1, 1), (INFINITY, INFINITY), (1, INFINITY))


def every_order_is_a_norm() -> Found:
    """(Σ |x_i|^p)^(1/p) is a norm for every p > 0."""
    for p in (Fraction(2), Fraction(1), Fraction(1, 2)):
        broken = broken_axiom(p)
        if broken:
            says = f"‖x + y‖ = {told(broken['sum'])} is more than ‖x‖ + ‖y‖ = {told(broken['bound'])}"
            return counterexample(says, p=p, x=broken["x"], y=broken["y"])
    return upheld("no small example breaks it")


def every_order_is_a_norm_by_convexity() -> bool:
    """The same, by the shape of unit balls."""
    return all(is_norm(Fraction(k, 4)) for k in range(1, 13))


def counting_is_a_norm() -> Found:
    """The number of entries that are not 0 is a norm."""
    broken = broken_axiom(0)
    if not broken:
        return upheld("no small example breaks it")
    says = f"‖2x‖ = {told(broken['scaled'])}, and 2‖x‖ = {told(broken['expected'])}"
    return counterexample(says, x=broken["x"])


def counting_is_a_norm_by_convexity() -> bool:
    """The same, by the shape of the unit ball."""
    return is_norm(0)


# ---------------------------------------------------------------- operator norms


def _sizes(A: Array, p: Any, q: Any) -> list[tuple[Fraction, Fraction]]:
    """‖A x‖_q and ‖x‖_p for all x of integers from −3 to 3."""
    measure = {1: norm_one, INFINITY: norm_infinity}
    tried = [np.array([[entry] for entry in x], dtype=object) for x in product(range(-3, 4), repeat=A.shape[1])]
    return [(measure[q]((A @ x).ravel().tolist()), measure[p](x.ravel().tolist())) for x in tried]


def least_bound(A: Array, p: Any, q: Any) -> Fraction:
    """The least C with ‖A x‖_q ≤ C ‖x‖_p for all vectors x of integers from −3 to 3, by bisection.

    These vectors hold the corners of the unit balls, so the bound is the one for all x.

    Args:
        A: m x n.
        p, q: 1 or "inf".
    """
    sizes = _sizes(A, p, q)
    low, high = Fraction(0), Fraction(1000)
    for _ in range(50):
        middle = (low + high) / 2
        if all(image <= middle * size for image, size in sizes):
            high = middle
        else:
            low = middle
    return high


def infimum_is_the_maximum() -> Found:
    """The least C with ‖A x‖_q ≤ C‖x‖_p for all x is the largest ‖A x‖_q with ‖x‖_p = 1."""
    for draw in random_matrices(5, 6, 2, 2):
        A = np.array([[Fraction(int(entry)) for entry in row] for row in draw], dtype=object)
        for p, q in _PAIRS:
            largest = largest_image(A.tolist(), p, q)
            least = least_bound(A, p, q)
            if abs(least - largest) > Fraction(1, 10**9):
                return counterexample(f"the least bound is {told(least)}, the maximum {told(largest)}", A=A, p=p, q=q)
    return upheld(
        "C is a bound for all x exactly if it is one on the unit sphere, and the least bound there is the maximum"
    )


def infimum_is_the_maximum_on_draws() -> bool:
    """The same for the 2-norm: the largest singular value, and the ratios at vectors of all directions and lengths."""
    rng = np.random.default_rng(6)
    for A in random_matrices(7, 10, 3, 2):
        angles = np.linspace(0, math.pi, 2000)
        x = rng.uniform(0.1, 9, size=angles.shape) * np.array([np.cos(angles), np.sin(angles)])
        least = np.max(np.linalg.norm(A @ x, axis=0) / np.linalg.norm(x, axis=0))
        largest = np.linalg.norm(A, 2)
        if not largest * (1 - 1e-5) <= least <= largest * (1 + 1e-9):
            return False
    return True


def supremum_of_bounds() -> Found:
    """The supremum of the C with ‖A x‖ ≤ C‖x‖ for all x is the norm of A."""
    A = next(matrix for matrix in integer_matrices(1, 1, 1) if np.any(matrix != 0))
    bounds = [C for C in (1, 2, 4, 8) if all(image <= C * size for image, size in _sizes(A, 1, 1))]
    if len(bounds) < 2:
        return upheld("there is one bound only")
    says = "all of these are bounds, as is every larger number; their supremum is ∞, and the norm is the smallest bound"
    return counterexample(says, A=A, C=bounds)


def supremum_of_bounds_by_growth() -> bool:
    """The same: whether no multiple of the norm is a bound; on random matrices in the 2-norm."""
    found = True
    for A in random_matrices(8, 10, 2, 2):
        norm = np.linalg.norm(A, 2)
        larger = 10.0 * norm + 1.0
        x = np.random.default_rng(9).normal(size=(2, 200))
        found = found and not bool(np.all(np.linalg.norm(A @ x, axis=0) <= larger * np.linalg.norm(x, axis=0)))
    return found


def every_operator_norm_is_spectral() -> Found:
    """‖A‖_p is the largest singular value for every p; tried for p = 1."""
    for A in integer_matrices(2, 2, 1):
        one, two = operator_norm_one(A.tolist()), spectral_norm(A.tolist())
        if sympy.Rational(one.numerator, one.denominator) != two:
            return counterexample(f"‖A‖_1 = {told(one)}, and σ_max = {told(float(two))}", A=A)
    return upheld("no small example breaks it")


def every_operator_norm_is_spectral_on_draws() -> bool:
    """The same for p = ∞, on random matrices."""
    return all(abs(np.linalg.norm(A, np.inf) - np.linalg.norm(A, 2)) < _CLOSE for A in random_matrices(10, 20, 3, 3))


def spectral_norm_bounds_images() -> Found:
    """‖A x‖_2 ≤ ‖A‖_2 ‖x‖_2 for all A and x."""
    for A in integer_matrices(2, 2, 1):
        norm = float(spectral_norm(A.tolist()))
        for x in integer_matrices(2, 1, 3):
            image, size = (math.sqrt(float(np.sum(v * v))) for v in (A @ x, x))
            if image > norm * size * (1 + _CLOSE) + _CLOSE:
                return counterexample(f"‖A x‖ = {told(image)} is more than {told(norm * size)}", A=A, x=x.ravel())
    return upheld("‖A‖ is the largest ratio ‖A x‖/‖x‖, so no ratio is larger")


def spectral_norm_bounds_images_on_draws() -> bool:
    """The same on random matrices and vectors of other shapes, with the norm from AᵀA."""
    for A in random_matrices(11, 20, 4, 3):
        norm = math.sqrt(float(np.linalg.eigvalsh(A.T @ A)[-1]))
        x = np.random.default_rng(12).normal(size=(3, 100))
        if np.any(np.linalg.norm(A @ x, axis=0) > norm * np.linalg.norm(x, axis=0) * (1 + _CLOSE)):
            return False
    return True


def frobenius_is_an_operator_norm() -> Found:
    """‖A‖_F is the largest ‖A x‖_2 with ‖x‖_2 = 1."""
    for A in integer_matrices(2, 2, 1):
        square, largest = Fraction(np.sum(A * A)), spectral_norm(A.tolist())
        if largest**2 != sympy.Rational(square.numerator, square.denominator):
            says = f"‖A‖_F = {told(math.sqrt(square))}, and no unit vector becomes longer than {told(float(largest))}"
            return counterexample(says, A=A)
    return upheld("no small example breaks it")


def frobenius_is_an_operator_norm_by_identity() -> bool:
    """The same: the identity stretches each vector by 1, so every operator norm of it is 1."""
    return all(abs(np.linalg.norm(np.eye(n), "fro") - 1) < _CLOSE for n in (2, 3))


def largest_image_without_root() -> Found:
    """For every square M the largest ‖Mᵀx‖ with ‖x‖ = 1 is the largest xᵀM Mᵀx with ‖x‖ = 1."""
    for size in (1, 2):
        for M in integer_matrices(size, size, 2):
            norm = abs(M[0, 0]) if size == 1 else spectral_norm(M.T.tolist())
            if norm**2 != norm:
                says = f"‖Mᵀx‖ is {told(norm)} at most, and xᵀM Mᵀx is {told(norm**2)}, the square"
                return counterexample(says, M=M)
    return upheld("no small example breaks it")


def largest_image_without_root_on_draws() -> bool:
    """The same on random matrices: the quadratic form by its eigenvalues, the norm by singular values."""
    return all(
        abs(np.linalg.eigvalsh(M @ M.T)[-1] - np.linalg.svd(M)[1][0]) < _CLOSE for M in random_matrices(13, 10, 3, 3)
    )
