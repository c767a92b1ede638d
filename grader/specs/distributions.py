"""Values of ``given`` that are drawn: the distributions that a spec can name, and how a value comes from a seed.

Numbers come from SHA-256 in counter mode (a deterministic random bit generator in the manner of NIST SP 800-90A), so
that a student's numbers are the same on every machine and with every version of Python.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any

MOST_TRIES = 2000
"""Values that are drawn before a condition is given up."""

MOST_ENTRIES = 10_000
"""Entries of a drawn vector or matrix."""

Number = int | Fraction


class DrawError(ValueError):
    """No value satisfies what the distribution asks for, or none was found."""


class Stream:
    """Random numbers from a text.

    Args:
        seed: equal texts give equal numbers.
    """

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode("utf-8", "surrogatepass")
        self._blocks = count()

    def below(self, bound: int) -> int:
        """A whole number from 0 to ``bound`` − 1, each as likely as any other.

        Args:
            bound: at least 1.
        """
        size = (bound.bit_length() + 7) // 8 + 8  # 64 bits more than needed: the bias is below 2⁻⁶⁴
        material = b""
        while len(material) < size:
            block = next(self._blocks).to_bytes(8, "big")
            material += hashlib.sha256(self._seed + b"\0" + block).digest()
        return int.from_bytes(material[:size], "big") % bound


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbers at equal distances.

    Args:
        first: the least.
        step: between two, more than 0.
        size: how many there are.
        without: those that are left out.
    """

    first: Number
    step: Number
    size: int
    without: tuple[Number, ...] = ()

    def draw(self, stream: Stream) -> Number:
        """One of them, each as likely as any other.

        Raises:
            DrawError: all are left out.
        """
        for _ in range(MOST_TRIES):
            value = self.first + self.step * stream.below(self.size)
            if value not in self.without:
                return int(value) if Fraction(value).denominator == 1 else value
        raise DrawError("`not` leaves no value")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values.

    Args:
        values: any plain values.
    """

    values: tuple[Any, ...]

    def draw(self, stream: Stream) -> Any:
        """One of them, each as likely as any other."""
        return self.values[stream.below(len(self.values))]


@dataclass(frozen=True, slots=True)
class Sample:
    """Several different ones of some values, in random order.

    Args:
        values: any plain values.
        size: how many are drawn.
    """

    values: tuple[Any, ...]
    size: int

    def draw(self, stream: Stream) -> list[Any]:
        """Drawn without replacement (Fisher and Yates)."""
        left = list(self.values)
        return [left.pop(stream.below(len(left))) for _ in range(self.size)]


@dataclass(frozen=True, slots=True)
class Array:
    """A vector, or a matrix as a list of rows.

    Args:
        entries: of each entry.
        shape: one or two sizes.
        structure: what the whole has to be: a name of :data:`STRUCTURES`, or "".
    """

    entries: Grid
    shape: tuple[int, ...]
    structure: str = ""

    def draw(self, stream: Stream) -> list[Any]:
        """Entries are drawn one by one, anew until the whole is as asked.

        Raises:
            DrawError: none of many is.
        """
        make, holds = STRUCTURES[self.structure]
        for _ in range(MOST_TRIES):
            if len(self.shape) == 1:
                vector: list[Any] = [self.entries.draw(stream) for _ in range(self.shape[0])]
                if holds([vector]):
                    return vector
                continue
            rows, columns = self.shape
            matrix = make([[self.entries.draw(stream) for _ in range(columns)] for _ in range(rows)])
            if holds(matrix):
                return matrix
        raise DrawError(f"none of {MOST_TRIES} drawn values is {self.structure}")


Distribution = Grid | Choice | Sample | Array
Matrix = list[list[Number]]


def drawn(distributions: Mapping[str, Distribution], seed: str) -> dict[str, Any]:
    """A value of each distribution.

    Args:
        distributions: by the name of the parameter. A value depends on its own name only, so that a parameter more
            leaves the others as they are.
        seed: of all.

    Raises:
        DrawError: a distribution has no value as asked.
    """
    return {name: one.draw(Stream(f"{seed}\0{name}")) for name, one in distributions.items()}


# ---------------------------------------------------------------- structures


def determinant(matrix: Sequence[Sequence[Number]]) -> Fraction:
    """The determinant, exactly, by elimination.

    Args:
        matrix: square.
    """
    rows = [[Fraction(entry) for entry in row] for row in matrix]
    product = Fraction(1)
    for column in range(len(rows)):
        pivot = next((i for i in range(column, len(rows)) if rows[i][column]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != column:
            rows[column], rows[pivot] = rows[pivot], rows[column]
            product = -product
        product *= rows[column][column]
        for i in range(column + 1, len(rows)):
            factor = rows[i][column] / rows[column][column]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[column], strict=True)]
    return product


def _as_drawn(matrix: Matrix) -> Matrix:
    return matrix


def _symmetric(matrix: Matrix) -> Matrix:
    return [[matrix[min(i, j)][max(i, j)] for j in range(len(matrix))] for i in range(len(matrix))]


def _kept(keep: Callable[[int, int], bool]) -> Callable[[Matrix], Matrix]:
    def only(matrix: Matrix) -> Matrix:
        return [[entry if keep(i, j) else 0 for j, entry in enumerate(row)] for i, row in enumerate(matrix)]

    return only


def _any(matrix: Matrix) -> bool:
    return True


def _invertible(matrix: Matrix) -> bool:
    return determinant(matrix) != 0


def _positive_definite(matrix: Matrix) -> bool:
    """Sylvester's criterion: all leading minors are positive."""
    return all(determinant([row[:k] for row in matrix[:k]]) > 0 for k in range(1, len(matrix) + 1))


def _not_symmetric(matrix: Matrix) -> bool:
    return any(matrix[i][j] != matrix[j][i] for i in range(len(matrix)) for j in range(i))


def _distinct(matrix: Matrix) -> bool:
    entries = [entry for row in matrix for entry in row]
    return len(set(entries)) == len(entries)


def _non_zero(matrix: Matrix) -> bool:
    return any(entry for row in matrix for entry in row)


STRUCTURES: Mapping[str, tuple[Callable[[Matrix], Matrix], Callable[[Matrix], bool]]] = {
    "": (_as_drawn, _any),
    "distinct": (_as_drawn, _distinct),
    "nonzero": (_as_drawn, _non_zero),
    "invertible": (_as_drawn, _invertible),
    "nonsymmetric": (_as_drawn, _not_symmetric),
    "symmetric": (_symmetric, _any),
    "positive_definite": (_symmetric, _positive_definite),
    "diagonal": (_kept(lambda i, j: i == j), _any),
    "upper_triangular": (_kept(lambda i, j: i <= j), _any),
}
"""How the entries are put together, and what the whole then has to satisfy."""

SQUARE = frozenset(STRUCTURES) - {"", "distinct", "nonzero"}
"""Structures of square matrices."""
