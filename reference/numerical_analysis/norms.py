"""Norms of vectors, operator norms of small matrices, and which orders give a norm.

Operator norms are computed from the entries and confirmed from the definition: a convex function on a polytope is
largest at a corner, so the supremum of ‖A x‖_q over the unit ball is taken at ± a unit vector (p = 1) or at a vector of
signs (p = ∞).

Source: R. Horn and C. Johnson, "Matrix Analysis", 2nd ed., sections 5.2 and 5.6.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import sympy

from reference.exact import Number, Rows, exact_matrix, exact_number

INFINITY = "inf"
Vector = Sequence[Number]


def _entries(x: Vector) -> list[Fraction]:
    found = [exact_number(entry, "an entry of x") for entry in x]
    if not found:
        raise ValueError("x has no entries, expected at least one")
    return found


# ---------------------------------------------------------------- vectors


def norm_one(x: Vector) -> Fraction:
    """‖x‖_1, the sum of the absolute values."""
    return sum((abs(entry) for entry in _entries(x)), Fraction(0))


def norm_one_by_signs(x: Vector) -> Fraction:
    """The same, as the largest inner product of x with a vector of signs (duality)."""
    entries = _entries(x)
    return max(
        sum((s * entry for s, entry in zip(signs, entries, strict=True)), Fraction(0))
        for signs in product((1, -1), repeat=len(entries))
    )


def norm_two(x: Vector) -> Any:
    """‖x‖_2, the root of the sum of squares, exactly (SymPy)."""
    square = sum((entry * entry for entry in _entries(x)), Fraction(0))
    return sympy.sqrt(sympy.Rational(square.numerator, square.denominator))


def norm_two_by_rotations(x: Vector) -> float:
    """The same in floating point: plane rotations turn x onto an axis one entry at a time."""
    length = 0.0
    for entry in map(float, _entries(x)):
        angle = math.atan2(entry, length)
        length = math.cos(angle) * length + math.sin(angle) * entry
    return length


def norm_infinity(x: Vector) -> Fraction:
    """‖x‖_∞, the largest absolute value."""
    return max(abs(entry) for entry in _entries(x))


def norm_infinity_by_pairs(x: Vector) -> Fraction:
    """The same, entry by entry, from max(|a|, |b|) = (|a + b| + |a − b|)/2."""
    found = Fraction(0)
    for entry in _entries(x):
        found = (abs(found + entry) + abs(found - entry)) / 2
    return found


def count_nonzero(x: Vector) -> int:
    """‖x‖_0, how many entries are not 0."""
    return sum(1 for entry in _entries(x) if entry != 0)


def count_nonzero_by_limit(x: Vector) -> float:
    """The same, as the limit of Σ |x_i|^p for p → 0."""
    return float(sum(abs(float(entry)) ** 2.0**-60 for entry in _entries(x) if entry))


# ---------------------------------------------------------------- the usual slips, with the numbers of the question


def sum_of_entries(x: Vector) -> Fraction:
    """The entries added with their signs."""
    return sum(_entries(x), Fraction(0))


def squared_norm_two(x: Vector) -> Fraction:
    """The sum of squares without the root."""
    return sum((entry * entry for entry in _entries(x)), Fraction(0))


def largest_entry(x: Vector) -> Fraction:
    """The largest entry, signs and all."""
    return max(_entries(x))


def number_of_entries(x: Vector) -> int:
    """How many entries there are, zeros too."""
    return len(_entries(x))


# ---------------------------------------------------------------- operator norms


def operator_norm_one(A: Rows) -> Fraction:
    """‖A‖_1 = ‖A‖_{1→1}, the largest absolute column sum."""
    matrix = exact_matrix(A, "A")
    return max(sum((abs(row[j]) for row in matrix), Fraction(0)) for j in range(len(matrix[0])))


def operator_norm_infinity(A: Rows) -> Fraction:
    """‖A‖_∞ = ‖A‖_{∞→∞}, the largest absolute row sum."""
    return max(sum(map(abs, row), Fraction(0)) for row in exact_matrix(A, "A"))


def operator_norm_one_to_infinity(A: Rows) -> Fraction:
    """‖A‖_{1→∞}, the largest absolute entry."""
    return max(abs(entry) for row in exact_matrix(A, "A") for entry in row)


def _corners(order: object, size: int) -> Iterator[tuple[int, ...]]:
    """The corners of the unit ball of the 1-norm or of the ∞-norm."""
    if order == 1:
        for j, sign in product(range(size), (1, -1)):
            yield tuple(sign * int(i == j) for i in range(size))
    else:
        yield from product((1, -1), repeat=size)


def largest_image(A: Rows, p: object, q: object) -> Fraction:
    """The largest ‖A x‖_q over the corners x of the unit ball of the p-norm.

    Args:
        A: m x n.
        p, q: 1 or "inf".
    """
    matrix = exact_matrix(A, "A")
    measure = norm_one_by_signs if q == 1 else norm_infinity_by_pairs
    return max(
        measure([sum((entry * x for entry, x in zip(row, corner, strict=True)), Fraction(0)) for row in matrix])
        for corner in _corners(p, len(matrix[0]))
    )


def operator_norm_one_by_corners(A: Rows) -> Fraction:
    """‖A‖_1 from its definition, at the corners of the unit ball."""
    return largest_image(A, 1, 1)


def operator_norm_infinity_by_corners(A: Rows) -> Fraction:
    """‖A‖_∞ from its definition."""
    return largest_image(A, INFINITY, INFINITY)


def operator_norm_one_to_infinity_by_corners(A: Rows) -> Fraction:
    """‖A‖_{1→∞} from its definition."""
    return largest_image(A, 1, INFINITY)


def largest_column_sum_with_signs(A: Rows) -> Fraction:
    """A slip: the largest column sum without absolute values."""
    matrix = exact_matrix(A, "A")
    return max(sum((row[j] for row in matrix), Fraction(0)) for j in range(len(matrix[0])))


def sum_of_all_entries(A: Rows) -> Fraction:
    """A slip: all absolute values added, which is the 1-norm of the entries as one long vector."""
    return sum((abs(entry) for row in exact_matrix(A, "A") for entry in row), Fraction(0))


# ---------------------------------------------------------------- several in a row


def four_norms(x: Vector) -> list[Any]:
    """‖x‖_1, ‖x‖_2, ‖x‖_∞ and ‖x‖_0."""
    return [norm_one(x), norm_two(x), norm_infinity(x), count_nonzero(x)]


def four_norms_by_definition(x: Vector) -> list[float]:
    """The same, each in its second way, in floating point."""
    ways = (norm_one_by_signs, norm_two_by_rotations, norm_infinity_by_pairs, count_nonzero_by_limit)
    return [float(way(x)) for way in ways]


def four_norms_without_root(x: Vector) -> list[Any]:
    """A mistake: the square of the 2-norm."""
    return [norm_one(x), squared_norm_two(x), norm_infinity(x), count_nonzero(x)]


def four_norms_with_signs(x: Vector) -> list[Any]:
    """A mistake: entries with their signs."""
    return [sum_of_entries(x), norm_two(x), largest_entry(x), count_nonzero(x)]


def three_operator_norms(A: Rows) -> list[Fraction]:
    """‖A‖_1, ‖A‖_∞ and ‖A‖_{1→∞}."""
    return [operator_norm_one(A), operator_norm_infinity(A), operator_norm_one_to_infinity(A)]


def three_operator_norms_by_corners(A: Rows) -> list[Fraction]:
    """The same from the definition."""
    return [largest_image(A, 1, 1), largest_image(A, INFINITY, INFINITY), largest_image(A, 1, INFINITY)]


def three_operator_norms_exchanged(A: Rows) -> list[Fraction]:
    """A mistake: rows for columns."""
    return [operator_norm_infinity(A), operator_norm_one(A), operator_norm_one_to_infinity(A)]
