"""Whether a solver's value is that of a key: numbers and tables of numbers, exact where both are."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

TOLERANCE = 1e-9
"""Relative error of values that are not rational, or that a solver gives as decimals."""


def agree(value: object, expected: Any) -> bool:
    """Whether a solver's value is the expected one: exactly, or to :data:`TOLERANCE` where decimals come in.

    Args:
        value: a number, or an array or lists of numbers; a list is as good as a column.
        expected: a number, or an array of rows and columns.
    """
    yours, theirs = _table(value), _table(expected)
    if yours is None or theirs is None or [len(row) for row in yours] != [len(row) for row in theirs]:
        return False
    pairs = [pair for one, other in zip(yours, theirs, strict=True) for pair in zip(one, other, strict=True)]
    exact = all(isinstance(entry, int | Fraction) for pair in pairs for entry in pair)
    if exact:
        return all(one == other for one, other in pairs)
    largest = max([1.0, *(abs(float(other)) for _, other in pairs)]) if len(pairs) > 1 else 0.0
    return all(
        abs(float(one) - float(other)) <= TOLERANCE * max(largest, abs(float(other)), 1e-3) for one, other in pairs
    )


def written(value: object) -> str:
    """A solver's value, or an expected one, in a few words.

    Args:
        value: as for :func:`agree`.
    """
    table = _table(value)
    if table is None:
        return f"{type(value).__name__} {str(value)[:60]}"
    if len(table) == len(table[0]) == 1:
        text = str(table[0][0])
    else:
        text = "[" + ", ".join("[" + ", ".join(map(str, row)) + "]" for row in table) + "]"
    return text if len(text) <= 120 else text[:119] + "…"


def _table(value: Any) -> list[list[int | Fraction | float]] | None:
    """Rows of numbers; None for what is no table of numbers."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if not isinstance(value, list | tuple):
        number = _number(value)
        return None if number is None else [[number]]
    rows: list[list[int | Fraction | float]] = []
    for row in value:
        if hasattr(row, "tolist"):
            row = row.tolist()
        entries = [_number(entry) for entry in row] if isinstance(row, list | tuple) else [_number(row)]
        rows.append([entry for entry in entries if entry is not None])
        if len(rows[-1]) < len(entries):
            return None
    return rows if rows and rows[0] else None


def _number(value: Any) -> int | Fraction | float | None:
    """A number of Python or SymPy; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | Fraction):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    if getattr(value, "is_Rational", False):
        return Fraction(int(value.p), int(value.q))
    return float(value) if getattr(value, "is_real", False) and getattr(value, "is_number", False) else None
