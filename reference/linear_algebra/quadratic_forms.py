"""Quadratic forms xᵀA x: the symmetric matrix of a form, and whether a form is positive, negative or neither.

A form is known by its values alone. Definiteness is decided exactly by principal minors of the symmetric part, and
confirmed by its eigenvalues in floating point.

Source: R. Horn and C. Johnson, "Matrix Analysis" (2013), sections 4.1 and 7.1.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, determinant, exact_array, identity, shaped, solve, zeros
from reference.linear_algebra.search import rank


def _square(A: Any) -> Array:
    matrix = exact_array(A, "A")
    return shaped(matrix, "A", len(matrix), len(matrix))


def form(A: Any, x: Any) -> Fraction:
    """xᵀA x for a square A and a column x."""
    matrix, column = _square(A), exact_array(x, "x")
    return Fraction((column.T @ matrix @ column)[0, 0])


def form_by_entries(A: Any, x: Any) -> Fraction:
    """The same, as the double sum of A_ij x_i x_j."""
    matrix, column = _square(A), exact_array(x, "x")
    terms = (matrix[i, j] * column[i, 0] * column[j, 0] for i, j in np.ndindex(*matrix.shape))
    return sum(terms, Fraction(0))


# ---------------------------------------------------------------- the symmetric matrix of a form


def symmetric_matrix(A: Any) -> Array:
    """The symmetric B with xᵀB x = xᵀA x for all x, from values of the form at unit vectors and their sums.

    Args:
        A: d x d.
    """
    d = len(_square(A))
    units = identity(d)
    found = zeros(d, d)
    for i, j in np.ndindex(d, d):
        one, other = units[:, [i]], units[:, [j]]
        found[i, j] = (form(A, one + other) - form(A, one) - form(A, other)) / 2
    return found


def symmetric_matrix_by_interpolation(A: Any) -> Array:
    """The same: the entries on and above the diagonal that give the form's values at d(d + 1)/2 other points."""
    d = len(_square(A))
    places = [(i, j) for i in range(d) for j in range(i, d)]
    points = [exact_array([(k + 2) ** i for i in range(d)], "x") for k in range(2 * d - 1)]
    # Powers satisfy relations, so further points come from a fixed generator until the system can be solved.
    rng = np.random.default_rng(11)
    while True:
        chosen = [exact_array([int(n) for n in rng.integers(-9, 10, d)], "x") for _ in places[len(points) :]]
        used = (points + chosen)[: len(places)]
        rows = [[x[i, 0] * x[j, 0] * (1 if i == j else 2) for i, j in places] for x in used]
        system = exact_array(rows, "the system")
        if rank(system) == len(places):
            break
        points = []
    entries = solve(system, exact_array([form(A, x) for x in used], "values"))
    found = zeros(d, d)
    for (i, j), entry in zip(places, entries[:, 0], strict=True):
        found[i, j] = found[j, i] = entry
    return found


# ---------------------------------------------------------------- definiteness


def definiteness(A: Any) -> str:
    """The narrowest of PD, PSD, ND, NSD and indefinite that fits xᵀA x, by principal minors.

    Args:
        A: d x d; it need not be symmetric.

    Raises:
        ValueError: the form is 0 everywhere, and so both PSD and NSD.
    """
    symmetric = symmetric_matrix(A)
    if np.all(symmetric == 0):
        raise ValueError("the form is 0 everywhere, which fits two classes")
    for sign, strict, weak in ((1, "PD", "PSD"), (-1, "ND", "NSD")):
        minors = _principal_minors(sign * symmetric)
        if min(minors) > 0:
            return strict
        if min(minors) >= 0:
            return weak
    return "indefinite"


def _principal_minors(S: Array) -> list[Fraction]:
    sets = itertools.chain.from_iterable(itertools.combinations(range(len(S)), k) for k in range(1, len(S) + 1))
    return [determinant(S[np.ix_(chosen, chosen)]) for chosen in sets]


def definiteness_by_eigenvalues(A: Any) -> str:
    """The same by the signs of the eigenvalues of (A + Aᵀ)/2, in floating point."""
    matrix = np.array(_square(A), dtype=float)
    values = np.linalg.eigvalsh((matrix + matrix.T) / 2)
    noise = 1e-9 * float(np.max(np.abs(values)))
    positive, negative = bool(values[-1] > noise), bool(values[0] < -noise)
    if positive and negative:
        return "indefinite"
    if positive:
        return "PD" if values[0] > noise else "PSD"
    if negative:
        return "ND" if values[-1] < -noise else "NSD"
    raise ValueError("the form is 0 everywhere, which fits two classes")
