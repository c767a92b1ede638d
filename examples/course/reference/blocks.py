"""A matrix in four blocks: its inverse and its determinant, worked out without the blocks."""

from fractions import Fraction
from itertools import permutations

import numpy as np


def whole(A, B, C, D):
    """The matrix itself, of exact fractions."""
    return [[Fraction(x) for x in row] for row in np.block([[A, B], [C, D]]).tolist()]


def gauss_jordan(M):
    """The inverse of a square matrix of fractions."""
    n = len(M)
    rows = [[*row, *(Fraction(i == j) for j in range(n))] for i, row in enumerate(M)]
    for i in range(n):
        pivot = next(r for r in range(i, n) if rows[r][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for r in range(n):
            if r != i:
                rows[r] = [x - rows[r][i] * y for x, y in zip(rows[r], rows[i], strict=True)]
    return np.array([row[n:] for row in rows], dtype=object)


def upper_right(A, B, D):
    """From the inverse of the whole matrix."""
    m, n = B.shape
    return gauss_jordan(whole(A, B, np.zeros((n, m), dtype=int), D))[:m, m:]


def upper_right_by_columns(A, B, D):
    """Column by column: D y = e and A x = -B y, in floating point."""
    A, B, D = (np.array(X, dtype=float) for X in (A, B, D))
    columns = []
    for e in np.eye(len(D)):
        y = np.linalg.solve(D, e)
        columns.append(np.linalg.solve(A, -B @ y))
    return np.stack(columns, axis=1)


def lower_right(A, B, C, D):
    """From the inverse of the whole matrix."""
    m = len(A)
    return gauss_jordan(whole(A, B, C, D))[m:, m:]


def lower_right_by_columns(A, B, C, D):
    """The whole system for the last unit vectors, in floating point."""
    m, n = B.shape
    M = np.block([[A, B], [C, D]]).astype(float)
    return np.linalg.solve(M, np.eye(m + n)[:, m:])[m:]


def determinant(A, B, C, D):
    """By elimination in the whole matrix."""
    M, result = whole(A, B, C, D), Fraction(1)
    for i in range(len(M)):
        pivot = next((r for r in range(i, len(M)) if M[r][i] != 0), None)
        if pivot is None:
            return Fraction(0)
        if pivot != i:
            M[i], M[pivot], result = M[pivot], M[i], -result
        result *= M[i][i]
        for r in range(i + 1, len(M)):
            factor = M[r][i] / M[i][i]
            M[r] = [x - factor * y for x, y in zip(M[r], M[i], strict=True)]
    return result


def determinant_by_permutations(A, B, C, D):
    """The sum over all permutations, with their signs."""
    if len(A) + len(D) > 7:
        raise ValueError("too large: there are too many permutations")
    M = whole(A, B, C, D)
    total = Fraction(0)
    for order in permutations(range(len(M))):
        term = Fraction(1)
        for row, column in enumerate(order):
            term *= M[row][column]
        swaps = sum(order[i] > order[j] for i in range(len(M)) for j in range(i + 1, len(M)))
        total += -term if swaps % 2 else term
    return total
