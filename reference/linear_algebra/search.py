"""Search for counterexamples among small matrices and vectors of integers.

A claim is refuted by one case; that none of the cases refutes it is evidence and no proof. The functions that confirm
a claim therefore never search: they use a law, a family of matrices, or symbols in place of numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from reference.linear import Array, exact_array

Case = dict[str, Any]
Answer = dict[str, Any]
SMALL = (0, 1, -1)
"""Entries in the order in which they are tried."""


def matrices(rows: int, columns: int, entries: Sequence[int] = SMALL) -> Iterator[Array]:
    """All matrices with the given entries; those with the first entry in front come first.

    Args:
        rows, columns: the shape.
        entries: in the order in which they are tried.
    """
    for chosen in itertools.product(entries, repeat=rows * columns):
        yield exact_array([list(chosen[i * columns : (i + 1) * columns]) for i in range(rows)], "the matrix")


def vectors(size: int, entries: Sequence[int] = SMALL) -> Iterator[Array]:
    """All columns with the given entries, but for 0."""
    return (x for x in matrices(size, 1, entries) if np.any(x != 0))


def symmetric() -> Iterator[Array]:
    """All symmetric 2 x 2 matrices with entries from −1 to 2."""
    return (A for A in matrices(2, 2, (0, 1, -1, 2)) if A[0, 1] == A[1, 0])


def judged(cases: Iterable[Case], fails: Callable[..., bool], shows: Callable[..., str], holds: str) -> Answer:
    """The verdict on a claim: false at the first case in which it fails, else true.

    Args:
        cases: each a mapping of symbols to matrices, vectors, numbers or texts.
        fails: whether the claim fails in a case, which is passed by name.
        shows: what is seen in a case in which it does.
        holds: what to say of a claim that never failed.

    Returns:
        ``is``, and ``at`` and ``shows``.
    """
    for case in cases:
        if fails(**case):
            at = {name: listed(value) for name, value in case.items()}
            return {"is": False, "at": at, "shows": shows(**case)}
    return {"is": True, "shows": holds[:1].upper() + holds[1:]}


def listed(value: Any) -> Any:
    """An array as plain lists, a column as a list of numbers; anything else as it is."""
    if not isinstance(value, np.ndarray):
        return value
    if value.ndim == 2 and value.shape[1] == 1 and value.shape[0] > 1:
        value = value[:, 0]
    return value.tolist()


# ---------------------------------------------------------------- exact properties


def rank(M: Array) -> int:
    """The rank, by elimination."""
    rows = M.copy()
    found = 0
    for j in range(rows.shape[1]):
        pivot = next((i for i in range(found, len(rows)) if rows[i, j] != 0), None)
        if pivot is None:
            continue
        rows[[found, pivot]] = rows[[pivot, found]]
        for i in range(found + 1, len(rows)):
            rows[i] = rows[i] - rows[i, j] / rows[found, j] * rows[found]
        found += 1
    return found


def trace_and_determinant(A: Array) -> tuple[Fraction, Fraction]:
    """Both of a 2 x 2 matrix; its eigenvalues are the roots of λ² − trace λ + determinant."""
    (a, b), (c, d) = A
    return Fraction(a + d), Fraction(a * d - b * c)


def discriminant(A: Array) -> Fraction:
    """(λ_1 − λ_2)² of a 2 x 2 matrix."""
    total, product = trace_and_determinant(A)
    return total**2 - 4 * product


def written(value: Any) -> str:
    """A matrix, vector or number for a sentence."""
    value = listed(value)
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return str(value).replace("-", "−")
