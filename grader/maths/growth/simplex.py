"""Exact linear programming on small cones: which rows can be positive together.

Dantzig's simplex method with Bland's rule, on integers: a row is kept up to a positive factor.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from grader.maths.growth.scale import Real

MAX_PIVOTS = 400
"""Bland's rule never cycles; this bounds the work all the same."""


class PivotLimitError(Exception):
    """The program took more than :data:`MAX_PIVOTS` steps."""


def most_positive(rows: Sequence[Sequence[Real]], zero: Sequence[Sequence[Real]], width: int) -> list[Fraction]:
    """A point of the cone at which as many rows as possible are positive, and no row is negative.

    A sum of two points of a cone is positive wherever one of them is, so there is one largest set of rows.
    The program is: maximise Σ s over 0 ≤ s ≤ 1, s ≤ row · v, zero · v = 0, v ≥ 0.

    Args:
        rows: coefficients of forms that must not be negative.
        zero: coefficients of forms that must be 0.
        width: the number of coordinates.

    Returns:
        The coordinates.

    Raises:
        PivotLimitError: the program is too large.
    """
    marks = len(rows)
    size = width + marks
    table: list[list[int]] = []

    def add(row: Sequence[Real], sign: int, mark: int) -> None:
        """The constraint ``sign · row · v + mark ≤ 0`` with its slack."""
        factor = lcm(*(c.denominator for c in row)) if row else 1
        line = [int(sign * c * factor) for c in row] + [0] * marks
        if mark >= 0:
            line[width + mark] = factor
        table.append(line)

    for index, row in enumerate(rows):
        add(row, -1, index)
    for row in zero:
        add(row, 1, -1)
        add(row, -1, -1)
    for index in range(marks):
        line = [0] * size
        line[width + index] = 1
        table.append(line)
    height = len(table)
    tight = height - marks
    for index, line in enumerate(table):
        line.extend(1 if i == index else 0 for i in range(height))
        line.append(0 if index < tight else 1)
    goal = [0] * width + [-1] * marks + [0] * (height + 1)
    basis = list(range(size, size + height))
    for _ in range(MAX_PIVOTS):
        entering = next((j for j in range(size + height) if goal[j] < 0), -1)
        if entering < 0:
            return _solution(table, basis, width)
        leaving = -1
        for i, line in enumerate(table):
            if line[entering] > 0:
                if leaving >= 0:
                    best = table[leaving]
                    left, right = line[-1] * best[entering], best[-1] * line[entering]
                    if left > right or (left == right and basis[i] > basis[leaving]):
                        continue
                leaving = i
        if leaving < 0:
            raise PivotLimitError  # cannot be: the goal is bounded by the number of rows
        pivot = table[leaving]
        for i, line in enumerate(table):
            if i != leaving and line[entering]:
                table[i] = _reduced(line, pivot, entering)
        goal = _reduced(goal, pivot, entering)
        basis[leaving] = entering
    raise PivotLimitError


def _reduced(line: list[int], pivot: list[int], column: int) -> list[int]:
    """A row with the entering column eliminated, without common factors."""
    a, b = pivot[column], line[column]
    out = [a * x - b * y for x, y in zip(line, pivot, strict=True)]
    common = gcd(*out)
    return [x // common for x in out] if common > 1 else out


def _solution(table: list[list[int]], basis: list[int], width: int) -> list[Fraction]:
    point = [Fraction(0)] * width
    for line, column in zip(table, basis, strict=True):
        if column < width:
            point[column] = Fraction(line[-1], line[column])
    return point
