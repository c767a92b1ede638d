"""How many solutions linear equations have, by ranks in exact arithmetic; confirmed by solving them with SymPy.

Source: R. Horn and C. Johnson, "Matrix Analysis", 2nd ed., section 0.2.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import sympy

from reference.linear import Array, exact_array, shaped
from reference.numerical_analysis.searches import rank

NONE, ONE, MANY = "none", "exactly one", "infinitely many"


def solutions(A: Any, y: Any) -> str:
    """How many x satisfy A x = y, from the ranks of A and of [A | y].

    Args:
        A: m x n.
        y: m x 1.

    Returns:
        :data:`NONE`, :data:`ONE` or :data:`MANY`.
    """
    matrix = exact_array(A, "A")
    right = shaped(y, "y", len(matrix), 1)
    known = rank(matrix)
    if rank(np.concatenate([matrix, right], axis=1)) > known:
        return NONE
    return ONE if known == matrix.shape[1] else MANY


def solutions_by_solving(A: Any, y: Any) -> str:
    """The same, from the solutions themselves."""
    matrix = exact_array(A, "A")
    right = shaped(y, "y", len(matrix), 1)
    unknowns = sympy.symbols(f"x1:{matrix.shape[1] + 1}")
    found = sympy.linsolve((_sympy(matrix), _sympy(right)), *unknowns)
    if not found:
        return NONE
    (one,) = found
    return MANY if any(entry.free_symbols for entry in one) else ONE


def _sympy(matrix: Array) -> sympy.Matrix:
    return sympy.Matrix(
        *matrix.shape, [sympy.Rational(entry.numerator, entry.denominator) for entry in matrix.ravel().tolist()]
    )


def square_system(square: Sequence[Any]) -> str:
    """How many solutions the system ``[A, y]`` of a question has."""
    return solutions(*square)


def square_system_by_solving(square: Sequence[Any]) -> str:
    """The same, by solving."""
    return solutions_by_solving(*square)


def tall_system(tall: Sequence[Any]) -> str:
    """How many solutions the system ``[A, y]`` of a question has."""
    return solutions(*tall)


def tall_system_by_solving(tall: Sequence[Any]) -> str:
    """The same, by solving."""
    return solutions_by_solving(*tall)


def wide_system(wide: Sequence[Any]) -> str:
    """How many solutions the system ``[A, y]`` of a question has."""
    return solutions(*wide)


def wide_system_by_solving(wide: Sequence[Any]) -> str:
    """The same, by solving."""
    return solutions_by_solving(*wide)
