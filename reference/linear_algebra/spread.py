"""What a 2 × 2 matrix does to areas and circles, and what its eigenvalues tell of that.

Sums and products of eigenvalues are made from the eigenvalues; they are confirmed on the diagonal, or by mapping
polygons and circles.
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import determinant, shaped
from reference.linear_algebra.eigen import eigenvalues


def sum_of_eigenvalues(A: Any) -> Fraction | float:
    """λ_1 + λ_2, added up from the roots."""
    values = eigenvalues(A)
    return values[0] + values[-1]


def sum_on_the_diagonal(A: Any) -> Fraction:
    """The trace, with which no eigenvalue need be known."""
    (first, _), (_, last) = shaped(A, "A", 2, 2)
    return Fraction(first + last)


def area_factor(A: Any) -> Fraction | float:
    """By what factor areas change: the size of the product of the eigenvalues."""
    values = eigenvalues(A)
    product = values[0] * values[-1]
    return max(product, -product)


def area_factor_of_a_polygon(A: Any) -> float:
    """The same: the area of the image of a polygon with 12 corners over that of the polygon, in floating point."""
    angles = np.linspace(0, 2 * np.pi, 13)[:-1]
    corners = np.array([np.cos(angles), np.sin(angles) + 0.3 * np.cos(3 * angles)])
    images = np.array(shaped(A, "A", 2, 2), dtype=float) @ corners

    def area(points: Any) -> float:
        x, y = points
        return abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2

    return area(images) / area(corners)


def semi_axes(A: Any) -> list[float]:
    """The semi-axes of the image of the unit circle: the roots of the eigenvalues of AᵀA.

    With p = λ_1 + λ_2 and q = λ_1 λ_2 of AᵀA, their roots add up to √(p + 2√q) and differ by √(p − 2√q).
    """
    matrix = shaped(A, "A", 2, 2)
    gram = matrix.T @ matrix
    p, root = float(gram[0, 0] + gram[1, 1]), math.sqrt(float(determinant(gram)))
    total, gap = math.sqrt(p + 2 * root), math.sqrt(max(p - 2 * root, 0.0))
    return [(total + gap) / 2, (total - gap) / 2]


def semi_axes_of_the_image(A: Any) -> list[float]:
    """The same from the image itself: its farthest and its nearest point, by bisection of the slope of the distance."""
    matrix = np.array(shaped(A, "A", 2, 2), dtype=float)

    def slope(angle: float) -> float:
        point = matrix @ np.array([math.cos(angle), math.sin(angle)])
        moved = matrix @ np.array([-math.sin(angle), math.cos(angle)])
        return float(point @ moved)

    found = []
    grid = np.linspace(0.0123, 0.0123 + math.pi, 721)
    for low, high in itertools.pairwise(grid):
        if slope(low) * slope(high) > 0:
            continue
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if slope(low) * slope(middle) > 0 else (low, middle)
        found.append(float(np.linalg.norm(matrix @ np.array([math.cos(low), math.sin(low)]))))
    return sorted(found, reverse=True)


def sizes_of_eigenvalues(A: Any) -> list[Fraction | float]:
    """|λ|: what the semi-axes are for symmetric matrices only."""
    return [max(value, -value) for value in eigenvalues(A)]


def determinant_with_plus(A: Any) -> Fraction:
    """ad + bc."""
    (a, b), (c, d) = shaped(A, "A", 2, 2)
    return Fraction(a * d + b * c)


def larger_eigenvalue(A: Any) -> Fraction | float:
    """The largest |λ|: how much one direction grows, and not an area."""
    return max(sizes_of_eigenvalues(A))


def product_of_eigenvalues(A: Any) -> Fraction | float:
    """λ_1 λ_2: the determinant in place of the trace."""
    values = eigenvalues(A)
    return values[0] * values[-1]


def squared_semi_axes(A: Any) -> list[float]:
    """The eigenvalues of AᵀA, without the root."""
    return [axis * axis for axis in semi_axes(A)]


def axes_from_end_to_end(A: Any) -> list[float]:
    """The whole axes."""
    return [2 * axis for axis in semi_axes(A)]
