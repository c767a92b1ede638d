"""Random matrices with a structure, from random entries in any field."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from grader.maths.values import fields
from grader.maths.values.fields import Field, RetryError
from grader.maths.values.operations import unwrapped

Source = Callable[[int, int], Any]
"""A random number for each place."""

WORDS = frozenset(
    "symmetric skew antisymmetric diagonal orthogonal orthonormal unitary positive definite semidefinite semi "
    "invertible square nonsingular projection idempotent unit identity upper lower triangular full rank real "
    "matrix column vector columns rows row one hot stochastic probability tall wide descending "
    "decreasing".split()
)
"""Words that say what is known of a matrix."""


class Draw(NamedTuple):
    """All that a drawn matrix depends on.

    Args:
        structure: words such as ``symmetric positive definite``; "" for none.
        rows, columns: its shape.
        name: for which it is drawn.
        turn: number of the instance.
        field: the arithmetic.
        bits: the precision of the field now: the balls of another one are others.
        small: its entries are small integers.
    """

    structure: str
    rows: int
    columns: int
    name: str
    turn: int
    field: Field
    bits: int
    small: bool


@lru_cache(maxsize=4096)
def matrix(draw: Draw) -> Any:
    """A drawn matrix, or the number that is its one entry.

    Nobody changes a matrix, so that the same draw is the same one for all who compare. What is kept is small: sizes
    of instances are.

    Raises:
        RetryError: the entries drawn do not allow the structure.
    """
    entries = source(draw.name, draw.turn, draw.field, small=draw.small)
    return unwrapped(drawn(draw.structure, draw.rows, draw.columns, entries, draw.field))


def source(name: str, turn: int, field: Field, *, small: bool) -> Source:
    """Entries that depend on the name, the turn and their places alone.

    Args:
        name: for which they are drawn.
        turn: number of the instance.
        field: the arithmetic.
        small: small integers.
    """

    def entry(i: int, j: int) -> Any:
        value = fields.drawn(turn + 17, name, i, j)
        return field.number(Fraction(value % 7 - 3 if small else value))

    return entry


def drawn(structure: str, rows: int, columns: int, source: Source, field: Field) -> Any:
    """A random matrix.

    Args:
        structure: words such as ``symmetric positive definite``; "" for none.
        rows, columns: its shape.
        source: of its entries.
        field: the arithmetic.

    Raises:
        RetryError: the entries drawn do not allow the structure.
    """
    words = set(structure.replace("-", " ").split())
    if not words:
        return _plain(rows, columns, source, field)
    found = _structured(words, rows, columns, source, field)
    if words & {"full", "invertible", "nonsingular"} and not _has_full_rank(found, rows, columns):
        raise RetryError("the rank is not full for these entries")
    return found


def _has_full_rank(matrix: Any, rows: int, columns: int) -> bool:
    """Whether rows or columns are independent beyond doubt, by the determinant of their inner products."""
    gram = matrix.transpose() * matrix if rows >= columns else matrix * matrix.transpose()
    volume = gram.det()
    return not volume.contains(0) if hasattr(volume, "contains") else bool(volume != 0)


def _structured(words: set[str], rows: int, columns: int, source: Source, field: Field) -> Any:
    zero, one = field.number(Fraction(0)), field.number(Fraction(1))
    if words & {"orthogonal", "orthonormal", "unitary", "unit"}:
        return _orthogonal(rows, columns, source, field)
    if words & {"projection", "idempotent"}:
        return _projection(rows, source, field)
    if "identity" in words:
        return field.matrix(rows, columns, [one if i == j else zero for i in range(rows) for j in range(columns)])
    if columns == 1 and rows > 1 and words & _OF_VECTORS:
        return field.matrix(rows, 1, _vector(words, rows, source, field))
    if "diagonal" in words and words & _ORDERED:
        along = _vector(words, min(rows, columns), source, field)
        return field.matrix(rows, columns, [along[i] if i == j else zero for i in range(rows) for j in range(columns)])
    if "diagonal" in words and "triangular" not in words:
        definite = words & {"positive", "definite"}
        entries = [
            (source(i, i) ** 2 + 1 if definite else source(i, i)) if i == j else zero
            for i in range(rows)
            for j in range(columns)
        ]
        return field.matrix(rows, columns, entries)
    plain = _plain(rows, columns, source, field)
    if words & {"definite", "semidefinite"}:
        shift = field.matrix(rows, rows, [one if i == j else zero for i in range(rows) for j in range(rows)])
        return plain * plain.transpose() + (shift if "definite" in words else shift - shift)
    if "symmetric" in words:
        return plain + plain.transpose()
    if words & {"skew", "antisymmetric"}:
        return plain - plain.transpose()
    if "triangular" in words:
        upper = "upper" in words
        if "positive" in words:
            return field.matrix(rows, columns, [
                source(i, i) ** 2 + 1 if i == j else source(i, j) if (i < j) is upper else zero
                for i in range(rows) for j in range(columns)
            ])  # fmt: skip
        keep = [source(i, j) if (i <= j if upper else i >= j) else zero for i in range(rows) for j in range(columns)]
        return field.matrix(rows, columns, keep)
    return plain


_ORDERED = frozenset({"descending", "decreasing"})
_OF_VECTORS = _ORDERED | {"positive", "hot", "stochastic", "probability"}


def _vector(words: set[str], size: int, source: Source, field: Field) -> list[Any]:
    """Numbers that are positive, descend, add up to 1, or are all 0 but for a 1."""
    zero, one = field.number(Fraction(0)), field.number(Fraction(1))
    if "hot" in words:
        return [one if place == _whole(source(0, 0)) % size else zero for place in range(size)]
    entries = [source(place, 0) ** 2 + 1 for place in range(size)]
    if words & _ORDERED:
        for place in range(size - 2, -1, -1):
            entries[place] = entries[place] + entries[place + 1]
    if words & {"stochastic", "probability"}:
        total = sum(entries[1:], entries[0])
        if total == 0:
            raise RetryError("no probabilities from these entries")
        return [entry / total for entry in entries]
    return entries


def _whole(value: Any) -> int:
    """A whole number of any field as an integer."""
    if hasattr(value, "unique_fmpz"):
        return int(value.unique_fmpz())
    return int(value.p) if hasattr(value, "p") else int(value)


def _plain(rows: int, columns: int, source: Source, field: Field) -> Any:
    return field.matrix(rows, columns, [source(i, j) for i in range(rows) for j in range(columns)])


def _orthogonal(rows: int, columns: int, source: Source, field: Field) -> Any:
    """Orthonormal columns (or rows) of an orthogonal matrix, by Cayley's transform (I − S)(I + S)⁻¹ of a skew S."""
    size = max(rows, columns)
    plain = _plain(size, size, source, field)
    skew = plain - plain.transpose()
    zero, one = field.number(Fraction(0)), field.number(Fraction(1))
    unit = field.matrix(size, size, [one if i == j else zero for i in range(size) for j in range(size)])
    try:
        whole = (unit - skew) * (unit + skew).inv()
    except ZeroDivisionError:
        raise RetryError("no orthogonal matrix from these entries") from None
    return field.matrix(rows, columns, [whole[i, j] for i in range(rows) for j in range(columns)])


def _projection(size: int, source: Source, field: Field) -> Any:
    """An orthogonal projection X (XᵀX)⁻¹ Xᵀ onto about half of the space."""
    base = _plain(size, max(1, size // 2), source, field)
    try:
        return base * (base.transpose() * base).inv() * base.transpose()
    except ZeroDivisionError:
        raise RetryError("no projection from these entries") from None
