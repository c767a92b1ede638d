"""Singular values of a matrix of two columns, exactly; norms and condition numbers that follow from them.

The squares of the singular values are the roots of the characteristic polynomial of AᵀA. The confirmations look at the
circle of unit vectors x instead: ‖A x‖ is largest at σ_1 and least at σ_2. They find these by a scan and golden-section
search, so they use no eigenvalue at all.

Source: L. Trefethen and D. Bau, "Numerical Linear Algebra" (1997), lectures 4, 5 and 12.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy

from reference.exact import Rows, exact_matrix

_STEPS = 64
_GOLDEN = (math.sqrt(5) - 1) / 2


def _gram(A: Rows) -> tuple[Fraction, Fraction, Fraction]:
    """AᵀA as its entries (1, 1), (1, 2) and (2, 2)."""
    matrix = exact_matrix(A, "A")
    if len(matrix[0]) != 2:
        raise ValueError(f"A has {len(matrix[0])} columns, expected 2")
    columns = [[row[j] for row in matrix] for j in (0, 1)]
    return tuple(  # type: ignore[return-value]
        sum((a * b for a, b in zip(columns[i], columns[j], strict=True)), Fraction(0))
        for i, j in ((0, 0), (0, 1), (1, 1))
    )


def _rational(value: Fraction) -> Any:
    return sympy.Rational(value.numerator, value.denominator)


def squared_singular_values(A: Rows) -> list[Any]:
    """The eigenvalues of AᵀA, the larger one first, exactly (SymPy)."""
    first, mixed, last = _gram(A)
    half = _rational((first + last) / 2)
    spread = sympy.sqrt(_rational(((first - last) / 2) ** 2 + mixed**2))
    return [half + spread, half - spread]


def singular_values(A: Rows) -> list[Any]:
    """σ_1 ≥ σ_2, exactly."""
    return [sympy.sqrt(square) for square in squared_singular_values(A)]


def _two(A: Rows) -> tuple[Any, Any]:
    larger, smaller = singular_values(A)
    if smaller == 0:
        raise ValueError("trivial: the columns of A depend on one another, so σ_2 is 0")
    return larger, smaller


def spectral_norm(A: Rows) -> Any:
    """‖A‖_2 = σ_1."""
    return singular_values(A)[0]


def pseudo_inverse_norm(A: Rows) -> Any:
    """‖A⁺‖_2 = 1/σ_2, for independent columns."""
    return 1 / _two(A)[1]


def truncation_error(A: Rows) -> Any:
    """‖A − A_1‖_2 = σ_2, where A_1 is the best approximation of rank 1."""
    return singular_values(A)[1]


def condition_number(A: Rows, part_norm: Any = None, part_pinv: Any = None) -> Any:
    """κ_2(A) = ‖A‖ ‖A⁺‖ = σ_1/σ_2.

    Args:
        A: a matrix of two columns.
        part_norm, part_pinv: norms found before, in place of those of A.

    Raises:
        ValueError: “trivial: …” where a norm handed on is not positive, or the columns depend on one another.
    """
    if part_norm is None and part_pinv is None:
        return sympy.sqrt(condition_of_gram(A))
    norms = [part_norm or spectral_norm(A), part_pinv or pseudo_inverse_norm(A)]
    if min(norms) <= 0:
        raise ValueError("trivial: a norm is not positive")
    return _exact(norms[0]) * _exact(norms[1])


def condition_of_gram(A: Rows, part_kappa: Any = None) -> Any:
    """κ_2(AᵀA) = κ_2(A)².

    Args:
        A: a matrix of two columns.
        part_kappa: the condition number found before, in place of that of A.

    Raises:
        ValueError: “trivial: …” where it is less than 1, or the columns depend on one another.
    """
    if part_kappa is not None:
        if part_kappa < 1:
            raise ValueError("trivial: a condition number is never below 1")
        return _exact(part_kappa) ** 2
    larger, smaller = squared_singular_values(A)
    if smaller == 0:
        raise ValueError("trivial: the columns of A depend on one another")
    return sympy.radsimp(larger / smaller)


def _exact(value: Any) -> Any:
    """A fraction as SymPy's; a float or a number of SymPy as it is."""
    return _rational(value) if isinstance(value, Fraction) else value


# ---------------------------------------------------------------- on the circle


def _stretch(A: Rows) -> Callable[[float], float]:
    matrix = [[float(entry) for entry in row] for row in exact_matrix(A, "A")]

    def length(angle: float) -> float:
        x, y = math.cos(angle), math.sin(angle)
        return math.sqrt(math.fsum((row[0] * x + row[1] * y) ** 2 for row in matrix))

    return length


def _extreme(function: Callable[[float], float], sign: int) -> float:
    """The largest (sign 1) or least (−1) value over half a turn: a scan, then golden-section search."""
    grid = [k * math.pi / _STEPS for k in range(_STEPS)]
    best = max(grid, key=lambda angle: sign * function(angle))
    low, high = best - math.pi / _STEPS, best + math.pi / _STEPS
    for _ in range(80):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if sign * function(left) > sign * function(right):
            high = right
        else:
            low = left
    return function((low + high) / 2)


def singular_values_on_circle(A: Rows) -> list[float]:
    """The largest and the least ‖A x‖ over unit vectors x."""
    length = _stretch(A)
    return [_extreme(length, 1), _extreme(length, -1)]


def squared_singular_values_on_circle(A: Rows) -> list[float]:
    """Their squares: the extremes of xᵀAᵀA x over unit vectors."""
    return [value**2 for value in singular_values_on_circle(A)]


def spectral_norm_on_circle(A: Rows) -> float:
    """The largest ‖A x‖ over unit vectors x."""
    return _extreme(_stretch(A), 1)


def pseudo_inverse_norm_on_circle(A: Rows) -> float:
    """The largest ‖x‖/‖A x‖: A⁺ undoes A on its range and is 0 across it."""
    length = _stretch(A)
    return _extreme(lambda angle: 1 / length(angle), 1)


def truncation_error_by_removal(A: Rows) -> float:
    """The norm of what is left of A when the direction that is stretched most is taken out of its rows."""
    length = _stretch(A)
    grid = [k * math.pi / _STEPS for k in range(_STEPS)]
    best = max(grid, key=length)
    for _ in range(60):  # the direction itself, by power iteration on AᵀA
        x, y = math.cos(best), math.sin(best)
        images = [row[0] * x + row[1] * y for row in _floats(A)]
        best = math.atan2(
            math.fsum(row[1] * image for row, image in zip(_floats(A), images, strict=True)),
            math.fsum(row[0] * image for row, image in zip(_floats(A), images, strict=True)),
        )
    x, y = math.cos(best), math.sin(best)
    left = [[row[0] - (row[0] * x + row[1] * y) * x, row[1] - (row[0] * x + row[1] * y) * y] for row in _floats(A)]
    return math.sqrt(math.fsum(entry**2 for row in left for entry in row))  # of rank 1: its only singular value


def _floats(A: Rows) -> list[list[float]]:
    return [[float(entry) for entry in row] for row in exact_matrix(A, "A")]


def condition_number_on_circle(A: Rows) -> float:
    """The largest ratio of relative errors: max ‖A δ‖/‖δ‖ over directions δ, over min ‖A x‖/‖x‖."""
    larger, smaller = singular_values_on_circle(A)
    return larger / smaller


def condition_of_gram_on_circle(A: Rows) -> float:
    """The same ratio for AᵀA itself, as the matrix it is."""
    first, mixed, last = _gram(A)
    return condition_number_on_circle([[first, mixed], [mixed, last]])


# ---------------------------------------------------------------- the usual slips, with the numbers of the question


def frobenius_norm(A: Rows) -> Any:
    """√(σ_1² + σ_2²)."""
    first, _, last = _gram(A)
    return sympy.sqrt(_rational(first + last))


def frobenius_condition(A: Rows) -> Any:
    """‖A‖_F ‖A⁺‖_F = √((σ_1² + σ_2²)(1/σ_1² + 1/σ_2²))."""
    larger, smaller = (value**2 for value in _two(A))
    return sympy.sqrt(sympy.radsimp((larger + smaller) * (1 / larger + 1 / smaller)))


def inverse_of_norm(A: Rows) -> Any:
    """1/σ_1."""
    return 1 / _two(A)[0]


def difference_of_singular_values(A: Rows) -> Any:
    """σ_1 − σ_2."""
    larger, smaller = _two(A)
    return larger - smaller


def doubled_condition(A: Rows) -> Any:
    """2 σ_1/σ_2."""
    return 2 * condition_number(A)
