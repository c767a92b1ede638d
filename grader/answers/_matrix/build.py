"""From the tree of a matrix expression to its entries: literals, transposes, factors, sums and products."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from grader.answers._matrix.entries import ZERO, Entry, RefusedError, entry_of
from grader.answers._matrix.named import IDENTITIES, factor_of_identity
from grader.maths.numbers.balls import MAX_BITS
from grader.maths.tree import (
    Binary,
    Call,
    Listing,
    Matrix,
    Node,
    Number,
    Symbol,
    Unary,
    from_fraction,
    symbols_in,
    walk,
)

MAX_ENTRIES = 10_000
"""Largest matrix, in entries."""

MAX_PRODUCTS = 20_000
"""Most products of entries that are formed to work an answer out."""

MAX_ENTRY = 400
"""Largest entry, in nodes, that sums and products may make."""

MAX_IDENTITY = 60
"""Largest identity that is written by its name and size."""

_ZERO = Number(Fraction(0), "0")
_ONE = Number(Fraction(1), "1")
_LISTS = ("(", "[", "⟨")


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix or vector as answered or as computed.

    Args:
        rows: its entries; a list or tuple has rows of one entry.
        listed: it is written as a plain list or tuple, and so is neither row nor column.
        name: the symbol that it is given, "" if none.
        worked: it is written out, not as a sum, product, multiple or transpose of others, and so are its entries.
        diagonal: its one entry stands for a multiple of the identity, of whatever size.
    """

    rows: tuple[tuple[Entry, ...], ...]
    listed: bool = False
    name: str = ""
    worked: bool = True
    diagonal: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def flat(self) -> tuple[Entry, ...]:
        """The entries row by row."""
        return self.rows[0] if len(self.rows) == 1 else tuple(entry for row in self.rows for entry in row)

    @property
    def transposed(self) -> Grid:
        """Rows as columns."""
        return Grid(tuple(zip(*self.rows, strict=True)), self.listed, self.name, self.worked)

    @property
    def is_vector(self) -> bool:
        """Whether there is but one row or column."""
        return 1 in self.shape


class _Cell(NamedTuple):
    """An entry while it is worked out, and its size in nodes; 0 where it was not counted."""

    node: Node
    size: int = 0


class _Work(NamedTuple):
    rows: tuple[tuple[_Cell, ...], ...]
    listed: bool = False

    def mapped(self, rule: Callable[[_Cell], _Cell]) -> _Work:
        return _Work(tuple(tuple(rule(cell) for cell in row) for row in self.rows), self.listed)


def grid_of(
    node: Node, names: Mapping[str, Fraction], known: Sequence[str], name: str = "", *, numbers: bool = True
) -> Grid:
    """The matrix that an expression is; a number is one of one entry.

    Args:
        node: as parsed.
        names: symbols with values.
        known: declared symbols.
        name: the symbol that the answer gives it.
        numbers: whether a number is taken too.

    Raises:
        RefusedError: it is no matrix that can be worked out exactly.
    """
    builder = _Builder(frozenset(known) | frozenset(names))
    factor = factor_of_identity(node, builder.known) if numbers else None
    found = builder.build(node if factor is None else factor)
    if isinstance(found, _Work):
        if len(found.rows) * len(found.rows[0]) > MAX_ENTRIES:
            raise RefusedError(f"expected at most {MAX_ENTRIES} entries")
        rows = tuple(tuple(entry_of(cell.node, names) for cell in row) for row in found.rows)
        worked = not builder.products and not any(_to_work_out(entry.node) for row in rows for entry in row)
        return Grid(rows, found.listed, name, worked)
    if not numbers:
        raise RefusedError("expected a matrix or vector")
    unknown = sorted(symbols_in(found) - set(known) - set(names) - {"π", "e"})
    if unknown:
        raise RefusedError(f"expected a matrix or vector with its entries written out; “{unknown[0]}” is none")
    return Grid(((entry_of(found, names),),), False, name, diagonal=factor is not None)


def sized(grid: Grid, shape: tuple[int, int]) -> Grid:
    """A matrix of no stated size, such as ``2I`` and ``0``, in the size that is asked; any other one as it is.

    Args:
        grid: as read.
        shape: that is asked.
    """
    if grid.shape != (1, 1) or shape == (1, 1):
        return grid
    entry = grid.flat[0]
    if not is_zero(entry) and not (grid.diagonal and shape[0] == shape[1]):
        return grid
    rows = tuple(tuple(entry if i == j else ZERO for j in range(shape[1])) for i in range(shape[0]))
    return Grid(rows, False, grid.name, grid.worked)


def is_zero(entry: Entry) -> bool:
    """Whether an entry is known to be 0.

    Args:
        entry: of a matrix.
    """
    return entry.value is not None and entry.value.real.fraction == 0


def _to_work_out(node: Node) -> bool:
    """Whether a sum, difference or product of numbers is left in an entry."""
    return any(
        isinstance(here, Binary)
        and here.op in "+-*"
        and isinstance(here.left, Number)
        and isinstance(here.right, Number)
        for here in walk(node)
    )


class _Builder:
    def __init__(self, known: frozenset[str]) -> None:
        self.known = known
        self.products = 0

    def build(self, node: Node) -> _Work | Node:
        """A matrix, or the tree itself where it is a scalar."""
        if isinstance(node, Matrix):
            lists = [row[0] for row in node.rows if len(row) == 1 and isinstance(row[0], Listing)]
            if len(lists) == len(node.rows):  # [[1, 2]; [3, 4]]
                return _listed(Listing("[", tuple(lists)))
            return _Work(tuple(tuple(_Cell(_scalar(entry)) for entry in row) for row in node.rows))
        if isinstance(node, Listing):
            return _listed(node)
        if isinstance(node, Symbol):
            return self.identity(node)
        if isinstance(node, Unary):
            inner = self.build(node.operand)
            if not isinstance(inner, _Work):
                return node
            if node.op == "ᵀ":
                if not inner.listed and min(len(inner.rows), len(inner.rows[0])) > 1:
                    self.spend(len(inner.rows) * len(inner.rows[0]))  # of a vector it only says that it is a column
                return _Work(tuple(zip(*inner.rows, strict=True)), False) if not inner.listed else inner
            if node.op == "-":
                return inner.mapped(_negative)
            raise RefusedError(f"“{node.op}” after a matrix is not worked out")
        if isinstance(node, Binary):
            return self.binary(node)
        if isinstance(node, Call) and node.function == "diag":
            return self.diagonal(node)
        if any(isinstance(here, Matrix | Listing) for here in walk(node)):
            raise RefusedError("expected the entries written out, not a function of a matrix")
        return node

    def identity(self, node: Symbol) -> _Work | Node:
        """``I_3``; any other symbol as it is."""
        if node.name not in IDENTITIES or node.name in self.known or not node.sub.isdecimal():
            return node
        size = int(node.sub) if len(node.sub) < 4 else 0
        if not 0 < size <= MAX_IDENTITY:
            raise RefusedError(f"expected an identity of size 1 to {MAX_IDENTITY}")
        return _diagonal([_Cell(_ONE)] * size)

    def diagonal(self, node: Call) -> _Work | Node:
        """``diag`` of numbers or of a list."""
        arguments: Sequence[Node] = node.arguments
        if len(arguments) == 1 and isinstance(arguments[0], Listing):
            arguments = arguments[0].items
        cells = [_Cell(_scalar(argument)) for argument in arguments]
        if not cells or len(cells) > MAX_IDENTITY:
            raise RefusedError(f"expected a diagonal of 1 to {MAX_IDENTITY} entries")
        return _diagonal(cells)

    def binary(self, node: Binary) -> _Work | Node:
        left, right = self.build(node.left), self.build(node.right)
        if node.op in ("+", "-"):
            left, right = self.beside(node.left, left, right), self.beside(node.right, right, left)
        if not isinstance(left, _Work) and not isinstance(right, _Work):
            return node
        if node.op == "*" and isinstance(left, _Work):
            return self.product(left, right) if isinstance(right, _Work) else self.scaled(left, right, "*")
        if node.op == "*" and isinstance(right, _Work) and not isinstance(left, _Work):
            return self.scaled(right, left, "*")
        if node.op == "/" and isinstance(left, _Work) and not isinstance(right, _Work):
            return self.scaled(left, right, "/")
        if node.op in ("+", "-") and isinstance(left, _Work) and isinstance(right, _Work):
            return self.total(node.op, left, right)
        if node.op == "^":
            raise RefusedError("expected the entries written out, not a power or inverse of a matrix")
        raise RefusedError(f"“{node.op}” between these is not worked out")

    def beside(self, node: Node, built: _Work | Node, other: _Work | Node) -> _Work | Node:
        """What stands beside a square matrix in a sum, in its size if it is a multiple of the identity: ``2I - A``."""
        if isinstance(built, _Work) or not isinstance(other, _Work) or len(other.rows) != len(other.rows[0]):
            return built
        factor = factor_of_identity(node, self.known)
        return built if factor is None else _diagonal([_Cell(_scalar(factor))] * len(other.rows))

    def scaled(self, grid: _Work, factor: Node, op: str) -> _Work:
        """A multiple of a matrix."""
        for name in symbols_in(factor):
            if name not in self.known and name not in ("π", "e"):
                raise RefusedError(f"“{name}” before a matrix has no known value")
        cell = _Cell(_scalar(factor))
        self.spend(len(grid.rows) * len(grid.rows[0]))
        return grid.mapped(lambda entry: _fold("/", entry, cell) if op == "/" else _fold("*", cell, entry))

    def total(self, op: str, left: _Work, right: _Work) -> _Work:
        """A sum or difference."""
        if left.listed != right.listed and 1 in (len(right.rows[0]), len(right.rows)):
            left, right = _as_column(left), _as_column(right)
        shapes = [(len(side.rows), len(side.rows[0])) for side in (left, right)]
        if shapes[0] != shapes[1]:
            raise RefusedError(f"{shape_text(shapes[0])} and {shape_text(shapes[1])} cannot be added")
        self.spend(shapes[0][0] * shapes[0][1])
        pairs = zip(left.rows, right.rows, strict=True)
        rows = tuple(tuple(_fold(op, a, b) for a, b in zip(*pair, strict=True)) for pair in pairs)
        return _Work(rows, left.listed and right.listed)

    def product(self, left: _Work, right: _Work) -> _Work:
        """A product of matrices."""
        shapes = [(len(side.rows), len(side.rows[0])) for side in (left, right)]
        if shapes[0][1] != shapes[1][0]:
            raise RefusedError(f"{shape_text(shapes[0])} times {shape_text(shapes[1])} does not fit")
        self.spend(shapes[0][0] * shapes[0][1] * shapes[1][1])
        columns = list(zip(*right.rows, strict=True))
        return _Work(tuple(tuple(_dot(row, column) for column in columns) for row in left.rows))

    def spend(self, products: int) -> None:
        self.products += products
        if self.products > MAX_PRODUCTS:
            raise RefusedError(f"expected the entries worked out; this takes more than {MAX_PRODUCTS} products")


def shape_text(shape: tuple[int, int]) -> str:
    """A shape in words.

    Args:
        shape: rows and columns.
    """
    return "a number" if shape == (1, 1) else f"{shape[0]}×{shape[1]}"


def _listed(node: Listing) -> _Work | Node:
    """A list or tuple: a vector, or rows of equal length."""
    rows = [item for item in node.items if isinstance(item, Listing)]
    if node.bracket not in _LISTS and not (rows and node.bracket == "{"):
        raise RefusedError("expected a matrix or vector; this is a set")
    if not node.items:
        raise RefusedError("expected at least one entry")
    if len(rows) == len(node.items) and (len(rows) > 1 or len(rows[0].items) > 1):
        brackets = ("{",) if node.bracket == "{" else _LISTS
        if any(row.bracket not in brackets for row in rows) or len({len(row.items) for row in rows}) != 1:
            raise RefusedError("expected rows of equal length")
        return _Work(tuple(tuple(_Cell(_scalar(entry)) for entry in row.items) for row in rows))
    if node.bracket == "{":
        raise RefusedError("expected a matrix or vector; this is a set")
    return _Work(tuple((_Cell(_scalar(item)),) for item in node.items), True)


def _scalar(node: Node) -> Node:
    while isinstance(node, Listing) and len(node.items) == 1 and node.bracket in ("(", "["):
        node = node.items[0]
    if isinstance(node, Listing):
        raise RefusedError("expected rows of equal length")
    if isinstance(node, Matrix):
        raise RefusedError("expected numbers or formulas as entries, not matrices in a matrix")
    return node


def _as_column(work: _Work) -> _Work:
    return _Work(tuple((cell,) for cell in work.rows[0])) if len(work.rows) == 1 else _Work(work.rows)


def _diagonal(cells: Sequence[_Cell]) -> _Work:
    size, zero = len(cells), _Cell(_ZERO)
    return _Work(tuple(tuple(cells[i] if i == j else zero for j in range(size)) for i in range(size)))


def _negative(cell: _Cell) -> _Cell:
    return _fold("-", _Cell(_ZERO), cell)


def _dot(row: Sequence[_Cell], column: Sequence[_Cell]) -> _Cell:
    total = _Cell(_ZERO)
    for a, b in zip(row, column, strict=True):
        total = _fold("+", total, _fold("*", a, b))
    return total


def _fold(op: str, left: _Cell, right: _Cell) -> _Cell:
    """One operation on entries, worked out where both are rational."""
    a, b = _rational(left.node), _rational(right.node)
    if op == "/" and b == 0:
        raise RefusedError("there is a division by 0")
    if a is not None and b is not None:
        value = a + b if op == "+" else a - b if op == "-" else a * b if op == "*" else a / b
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
            raise RefusedError("an entry is too large to work with")
        return _Cell(from_fraction(value), 1)
    if op == "+" and (a == 0 or b == 0):
        return right if a == 0 else left
    if op == "*" and (a == 1 or b == 1):
        return right if a == 1 else left
    if (op == "-" and b == 0) or (op == "/" and b == 1):
        return left
    if op == "*" and (a == 0 or b == 0):
        return _Cell(_ZERO, 1)
    size = _size(left) + _size(right) + 1
    if size > MAX_ENTRY:
        raise RefusedError(f"expected the entries worked out; one grows beyond {MAX_ENTRY} operations")
    return _Cell(Unary("-", right.node) if op == "-" and a == 0 else Binary(op, left.node, right.node), size)


def _size(cell: _Cell) -> int:
    return cell.size or sum(1 for _ in walk(cell.node))


def _rational(node: Node) -> Fraction | None:
    """The value of a literal, perhaps with a sign, or of a quotient of two."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Unary) and node.op == "-":
        inner = _rational(node.operand)
        return None if inner is None else -inner
    if isinstance(node, Binary) and node.op == "/" and isinstance(node.left, Number) and isinstance(node.right, Number):
        return node.left.value / node.right.value if node.right.value else None
    return None
