"""Small matrices to look for counterexamples among, random ones to try a claim on, and numbers as text."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from reference.linear import Array, exact_array

Found = dict[str, Any]
"""What a claim comes to: ``is``, and perhaps ``at`` and ``shows``."""


def counterexample(shows: str, **at: Any) -> Found:
    """A false claim.

    Args:
        shows: what is seen at the place.
        at: the place, symbol by symbol; arrays become nested lists.
    """
    return {"is": False, "at": {name: plain(value) for name, value in at.items()}, "shows": shows}


def upheld(shows: str) -> Found:
    """A true claim, and why it is true."""
    return {"is": True, "shows": shows[0].upper() + shows[1:]}


def plain(value: Any) -> Any:
    """A value as numbers and nested lists; fractions that are whole become ``int``."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def told(value: Any, digits: int = 4) -> str:
    """A number, or an array of numbers, as people write it: a few digits and a real minus sign."""
    if isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[1] == 1:
        value = value.ravel()
    if isinstance(value, np.ndarray | list | tuple):
        return "[" + ", ".join(told(item, digits) for item in value) + "]"
    text = str(plain(value)) if isinstance(value, int | Fraction) else f"{float(value):.{digits}g}"
    return text.replace("-", "−")


def integer_matrices(rows: int, columns: int, largest: int) -> Iterator[Array]:
    """All matrices of integers up to a size, those of small entries first, and positive ones before negative ones.

    Args:
        rows, columns: the shape.
        largest: of the absolute entries.
    """
    entries = range(-largest, largest + 1)
    every = sorted(product(entries, repeat=rows * columns), key=lambda m: (sum(map(abs, m)), sum(x < 0 for x in m), m))
    for matrix in every:
        yield exact_array([list(matrix[i * columns : (i + 1) * columns]) for i in range(rows)], "a matrix")


def random_matrices(seed: int, count: int, rows: int, columns: int, largest: int = 4) -> Iterator[Any]:
    """Matrices of random integers, as floats.

    Args:
        seed: equal seeds give equal matrices.
        count: how many.
        rows, columns: the shape.
        largest: of the absolute entries.
    """
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield rng.integers(-largest, largest + 1, size=(rows, columns)).astype(float)


def rank(M: Array) -> int:
    """The rank, by exact elimination."""
    left = [list(row) for row in M.tolist()]
    found = 0
    for j in range(M.shape[1]):
        pivot = next((i for i in range(found, len(left)) if left[i][j] != 0), None)
        if pivot is None:
            continue
        left[found], left[pivot] = left[pivot], left[found]
        for i in range(found + 1, len(left)):
            factor = left[i][j] / left[found][j]
            left[i] = [a - factor * b for a, b in zip(left[i], left[found], strict=True)]
        found += 1
    return found
