"""Exact parameters: integers and fractions, checked before anything is computed with them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Number = int | Fraction
Rows = Sequence[Sequence[Number]]
Matrix = list[list[Fraction]]


def exact_number(value: Number, name: str) -> Fraction:
    """A number as a fraction; ``name`` is used in the error.

    Raises:
        TypeError: it is neither an ``int`` nor a ``Fraction``; a float has lost its decimal digits already.
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise TypeError(f"{name} must be an integer or a fraction; found {value!r}")
    return Fraction(value)


def exact_matrix(rows: Rows, name: str) -> Matrix:
    """A copy of rows of exact numbers; ``name`` is used in errors.

    Raises:
        TypeError: an entry is not exact.
        ValueError: no rows, empty rows, or rows of different lengths.
    """
    lengths = {len(row) for row in rows}
    if len(lengths) != 1 or lengths == {0}:
        raise ValueError(f"{name} must have rows of one length, at least one; found lengths {sorted(lengths)}")
    return [[exact_number(entry, f"an entry of {name}") for entry in row] for row in rows]
