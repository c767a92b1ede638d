"""An operator norm by its two definitions: the least bound for all x, and the largest image of a unit vector.

The unit ball of the 1-norm has its corners at ± the unit vectors. In the first way both definitions are evaluated in
exact arithmetic: the maximum at the corners, the least bound as the largest ratio over vectors that hold the corners.
In the second way the least bound is found by bisection and the maximum by a scan of the sphere.

Source: R. Horn and C. Johnson, "Matrix Analysis", 2nd ed., section 5.6.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from reference.exact import Rows, exact_matrix
from reference.numerical_analysis.norms import INFINITY, largest_image, norm_infinity, norm_one

_GRID = range(-4, 5)


def _ratios(A: Rows) -> list[tuple[Fraction, Fraction]]:
    """‖A x‖_∞ and ‖x‖_1 for all x ≠ 0 of integers from −4 to 4."""
    matrix = exact_matrix(A, "A")
    found = []
    for x in product(_GRID, repeat=len(matrix[0])):
        if any(x):
            image = [sum((entry * v for entry, v in zip(row, x, strict=True)), Fraction(0)) for row in matrix]
            found.append((norm_infinity(image), norm_one(x)))
    return found


def both_definitions(A: Rows) -> list[Fraction]:
    """The least C with ‖A x‖_∞ ≤ C‖x‖_1 for all x, and the largest ‖A x‖_∞ with ‖x‖_1 = 1.

    Args:
        A: m x n.
    """
    return [max(image / size for image, size in _ratios(A)), largest_image(A, 1, INFINITY)]


def both_definitions_on_vectors(A: Rows) -> list[float]:
    """The same: the bound by bisection, and the maximum over a grid of the sphere that holds its corners."""
    ratios = _ratios(A)
    low, high = Fraction(0), sum((image for image, _ in ratios), Fraction(1))
    for _ in range(80):
        middle = (low + high) / 2
        if all(image <= middle * size for image, size in ratios):
            high = middle
        else:
            low = middle
    matrix = exact_matrix(A, "A")
    n, largest = len(matrix[0]), Fraction(0)
    for shares in product(range(-8, 9), repeat=n):
        if sum(map(abs, shares)) == 8:  # x = shares/8 has the 1-norm 1
            image = [sum((entry * v for entry, v in zip(row, shares, strict=True)), Fraction(0)) / 8 for row in matrix]
            largest = max(largest, *map(abs, image))
    return [float(high), float(largest)]


def definition_facts(A: Rows) -> dict[str, Any]:
    """Both values for the matrix of the question, for p = 1 and q = ∞."""
    least, largest = both_definitions(A)
    return {"least bound": least, "largest image": largest}


def definition_facts_on_vectors(A: Rows) -> dict[str, Any]:
    """The same facts, by the second way."""
    least, largest = both_definitions_on_vectors(A)
    return {"least bound": least, "largest image": largest}
