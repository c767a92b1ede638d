"""Exact linear algebra on small matrices of fractions: elimination, cofactors, and descent on a quadratic loss.

Three ways to what is in the end the solution of linear equations; they share nothing but the arithmetic, so that
one can confirm another. Matrices are two-dimensional NumPy arrays of ``Fraction``; vectors are columns.

Source for descent: M. Hestenes and E. Stiefel, "Methods of conjugate gradients for solving linear systems", Journal
of Research of the National Bureau of Standards 49 (1952).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from reference.exact import exact_matrix, exact_number

Array = npt.NDArray[Any]  # of Fraction


def exact_array(rows: Any, name: str) -> Array:
    """A matrix of fractions; a list of numbers becomes a column.

    Args:
        rows: an array or nested lists of ``int`` and ``Fraction``.
        name: used in errors.

    Raises:
        TypeError, ValueError: as :func:`reference.exact.exact_matrix`.
    """
    listed = rows.tolist() if isinstance(rows, np.ndarray) else [*rows]
    table = [row.tolist() if isinstance(row, np.ndarray) else row for row in listed]
    if not any(isinstance(row, list | tuple) for row in table):
        table = [[entry] for entry in table]
    found = np.empty((len(table), len(table[0]) if table else 0), dtype=object)
    found[:] = exact_matrix(table, name)
    return found


def number(value: Any, name: str) -> Fraction:
    """A number as a fraction; also a 1 x 1 matrix."""
    if isinstance(value, np.ndarray | list) and np.size(value) == 1:
        value = np.ravel(np.array(value, dtype=object))[0]
    return exact_number(value, name)


def whole(value: Any, name: str, least: int) -> int:
    """A whole number of at least ``least``, also written as a fraction.

    Raises:
        TypeError, ValueError: it is none; it is named.
    """
    found = exact_number(value, name)
    if found.denominator != 1 or found < least:
        raise ValueError(f"{name} is {found}, expected a whole number of at least {least}")
    return found.numerator


def shaped(rows: Any, name: str, height: int, width: int) -> Array:
    """As :func:`exact_array`, after a check of the shape.

    Raises:
        TypeError, ValueError: an inexact number, or another shape.
    """
    found = exact_array(rows, name)
    if found.shape != (height, width):
        raise ValueError(f"{name} is {found.shape[0]} x {found.shape[1]}, expected {height} x {width}")
    return found


def identity(size: int) -> Array:
    """I, size x size."""
    return np.array([[Fraction(int(i == j)) for j in range(size)] for i in range(size)], dtype=object)


def zeros(height: int, width: int) -> Array:
    """A matrix of zeros."""
    return np.full((height, width), Fraction(0), dtype=object)


def solve(A: Array, B: Array) -> Array:
    """The X with A X = B, by Gauss–Jordan elimination.

    Args:
        A: n x n.
        B: n x m.

    Raises:
        ValueError: A is singular.
    """
    n = len(A)
    rows = np.concatenate([A, B], axis=1)
    for k in range(n):
        pivot = next((i for i in range(k, n) if rows[i, k] != 0), None)
        if pivot is None:
            raise ValueError(f"the {n} x {n} matrix is singular")
        rows[[k, pivot]] = rows[[pivot, k]]
        rows[k] = rows[k] / rows[k, k]
        for i in range(n):
            if i != k and rows[i, k] != 0:
                rows[i] = rows[i] - rows[i, k] * rows[k]
    return rows[:, n:]


def determinant(M: Array) -> Fraction:
    """The determinant, expanded along the first row; for small matrices."""
    if len(M) == 0:
        return Fraction(1)
    minors = (np.delete(M[1:], j, axis=1) for j in range(len(M)))
    return sum(((-1) ** j * M[0, j] * determinant(minor) for j, minor in enumerate(minors)), Fraction(0))


def inverse_by_cofactors(M: Array) -> Array:
    """M⁻¹ as the transposed cofactors over the determinant; for small matrices.

    Raises:
        ValueError: M is singular.
    """
    whole = determinant(M)
    if whole == 0:
        raise ValueError(f"the {len(M)} x {len(M)} matrix is singular")
    found = np.empty_like(M)
    for i, j in np.ndindex(*M.shape):
        minor = np.delete(np.delete(M, i, axis=0), j, axis=1)
        found[j, i] = (-1) ** (i + j) * determinant(minor) / whole
    return found


Loss = Callable[[Array], Fraction]


def gradient(loss: Loss, at: Array) -> Array:
    """The gradient of a quadratic loss by central differences with step 1, which are exact for one."""
    found = np.empty_like(at)
    for index in np.ndindex(*at.shape):
        ends = []
        for step in (1, -1):
            moved = at.copy()
            moved[index] += step
            ends.append(loss(moved))
        found[index] = (ends[0] - ends[1]) / 2
    return found


def minimiser(loss: Loss, height: int, width: int) -> Array:
    """The matrix at which a strictly convex quadratic loss is least, by conjugate gradients.

    Only values of the loss are used. In exact arithmetic the method ends after as many steps as the second
    derivative has different eigenvalues.

    Args:
        loss: of a height x width matrix.

    Raises:
        ValueError: the loss is not strictly convex.
    """
    at = zeros(height, width)
    start = gradient(loss, at)
    down = -start
    direction = down
    while np.any(down != 0):
        curved = gradient(loss, direction) - start  # the second derivative, applied to the direction
        bend = np.sum(direction * curved)
        if bend <= 0:
            raise ValueError("the loss is not strictly convex, so no single matrix minimises it")
        square = np.sum(down * down)
        at = at + square / bend * direction
        down = down - square / bend * curved
        direction = down + np.sum(down * down) / square * direction
    return at
