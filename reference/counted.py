"""Exact matrices that count the scalar operations made with them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction


class Counted:
    """An exact number that counts the operations made with it.

    Args:
        value: the number.
        tally: a list of one integer, shared by all numbers of a computation.
    """

    __slots__ = ("tally", "value")

    def __init__(self, value: Fraction, tally: list[int]) -> None:
        self.value = value
        self.tally = tally

    def _make(self, other: Counted, operation: Callable[[Fraction, Fraction], Fraction]) -> Counted:
        self.tally[0] += 1
        return Counted(operation(self.value, other.value), self.tally)

    def __add__(self, other: Counted) -> Counted:
        return self._make(other, operator.add)

    def __sub__(self, other: Counted) -> Counted:
        return self._make(other, operator.sub)

    def __mul__(self, other: Counted) -> Counted:
        return self._make(other, operator.mul)

    def __truediv__(self, other: Counted) -> Counted:
        return self._make(other, operator.truediv)


Grid = list[list[Counted]]


def counted(rows: Sequence[Sequence[int | Fraction]], tally: list[int]) -> Grid:
    """Wrap the entries of a matrix."""
    return [[Counted(Fraction(entry), tally) for entry in row] for row in rows]


def product(A: Grid, B: Grid) -> Grid:
    """A B, row by column: a·b·c multiplications and a·(b − 1)·c additions for a x b times b x c."""
    out: Grid = []
    for row in A:
        line = []
        for j in range(len(B[0])):
            total = row[0] * B[0][j]
            for k in range(1, len(B)):
                total = total + row[k] * B[k][j]
            line.append(total)
        out.append(line)
    return out


def transposed(A: Grid) -> Grid:
    """Aᵀ; moving numbers costs nothing."""
    return [list(column) for column in zip(*A, strict=True)]


def inverse(M: Grid, tally: list[int]) -> Grid:
    """Gauss–Jordan without pivoting, which a positive definite M allows."""
    d = len(M)
    identity = [[int(i == j) for j in range(d)] for i in range(d)]
    rows = [list(row) + unit for row, unit in zip(M, counted(identity, tally), strict=True)]
    for k in range(d):
        pivot = rows[k][k]
        rows[k] = [entry / pivot for entry in rows[k]]
        for i in range(d):
            if i != k:
                factor = rows[i][k]
                rows[i] = [entry - factor * head for entry, head in zip(rows[i], rows[k], strict=True)]
    return [row[d:] for row in rows]
