"""Matrices put together: diagonals, and matrices of numbers and blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.maths.reading.subscripts import index_names
from grader.maths.substitution import substituted
from grader.maths.tree import Call, Node, Symbol, walk
from grader.maths.values.fields import UnsupportedError
from grader.maths.values.operations import Scaled, ShapeError, is_matrix, shape_of, unwrapped

if TYPE_CHECKING:
    from grader.maths.values.places import Point

MAX_ENTRIES = 4_096
"""Largest matrix that is made of smaller ones."""

Evaluate = Callable[[Node, "Point"], Any]


def diagonal(node: Call, point: Point, evaluate: Evaluate) -> Any:
    """``diag`` of numbers, with dots or without, of a vector, of an expression with an index, or of a matrix.

    Args:
        node: the call.
        point: where.
        evaluate: of expressions.
    """
    arguments = node.arguments
    if len(arguments) == 1:
        count, index = _free_index(arguments[0], point)
        if index:
            whole = dict(point.whole)
            inner = point._replace(whole=whole)
            entries = []
            for place in range(1, count + 1):
                whole[index] = Fraction(place)
                entries.append(evaluate(arguments[0], inner))
            return _diagonal_of(entries, point)
        value = _by_entries(arguments[0], point, evaluate)
        if isinstance(value, Scaled):
            raise UnsupportedError("the diagonal of an identity of unknown size")
        if not is_matrix(value):
            return value
        rows, columns = shape_of(value)
        if 1 in (rows, columns):
            return _diagonal_of(value.entries(), point)
        return point.field.matrix(min(rows, columns), 1, [value[i, i] for i in range(min(rows, columns))])
    if any(isinstance(argument, Symbol) and argument.name == "…" for argument in arguments):
        return _diagonal_of(_with_dots(arguments, point, evaluate), point)
    return _diagonal_of([evaluate(argument, point) for argument in arguments], point)


def _with_dots(arguments: Sequence[Node], point: Point, evaluate: Evaluate) -> list[Any]:
    """The entries of ``diag(f(σ_1), …, f(σ_m))``, where those before the dots and the last differ in a subscript alone.

    Raises:
        UnsupportedError: they leave in doubt how the dots go on.
    """
    *leading, dots, last = arguments
    ends = {here.sub for here in walk(last) if isinstance(here, Symbol) and here.sub in point.whole}
    told = dots == Symbol("…") and leading and len(ends) == 1
    end = ends.pop() if told else ""
    if not told or any(_numbered(one, str(place), end) != last for place, one in enumerate(leading, 1)):
        raise UnsupportedError("a diagonal with dots; write its entry with an index")
    count = int(point.whole[end])
    if count * count > MAX_ENTRIES:
        raise UnsupportedError("a matrix is too large to work with")
    return [evaluate(_numbered(last, end, str(place)), point) for place in range(1, count + 1)]


def _numbered(node: Node, old: str, new: str) -> Node:
    """A tree in which another number or size stands in the subscripts."""
    changed = {here.full: Symbol(here.name, new) for here in walk(node) if isinstance(here, Symbol) and here.sub == old}
    return substituted(node, changed) if old != new else node


def _by_entries(node: Node, point: Point, evaluate: Evaluate) -> Any:
    """The argument of ``diag``, in which powers, quotients and sums of a vector are meant entry by entry."""
    vectors = {
        here.full for here in walk(node)
        if isinstance(here, Symbol) and is_matrix(value := point.values.get(here.full)) and 1 in shape_of(value)
    }  # fmt: skip
    if not vectors or isinstance(node, Symbol):
        return evaluate(node, point)
    length = max(shape_of(point.values[next(iter(vectors))]))
    if any(max(shape_of(point.values[name])) != length for name in vectors):
        return evaluate(node, point)
    entries = []
    for place in range(length):
        values = {name: v.entries()[place] if name in vectors else v for name, v in point.values.items()}
        entries.append(evaluate(node, point._replace(values=values)))
    return point.field.matrix(length, 1, entries)


def _free_index(node: Node, point: Point) -> tuple[int, str]:
    """The index that an expression leaves open, with its range: i in ``diag(σ_i²)``."""
    for here in walk(node):
        if isinstance(here, Symbol) and here.sub and here.full not in point.values:
            for name in sorted(index_names(here.sub)):
                if name not in point.whole and name not in point.values:
                    return point.ranges.get(name) or _length(here.name, point), name
    return 0, ""


def _length(name: str, point: Point) -> int:
    value = point.values.get(name)
    if is_matrix(value):
        return max(shape_of(value))
    return point.ranges.get("", 3)


def _diagonal_of(entries: list[Any], point: Point) -> Any:
    if any(is_matrix(entry) or isinstance(entry, Scaled) for entry in entries):
        raise UnsupportedError("a diagonal of blocks")
    zero = point.field.number(Fraction(0))
    size = len(entries)
    if size * size > MAX_ENTRIES:
        raise UnsupportedError("a matrix is too large to work with")
    return point.field.matrix(size, size, [entries[i] if i == j else zero for i in range(size) for j in range(size)])


def assembled(rows: list[list[Any]], point: Point) -> Any:
    """A matrix of numbers, or of blocks.

    Args:
        rows: values.
        point: where.

    Raises:
        ShapeError: the blocks do not fit together.
        UnsupportedError: the size of a block is not known.
    """
    flat = [entry for row in rows for entry in row]
    if not any(is_matrix(entry) or isinstance(entry, Scaled) for entry in flat):
        return unwrapped(point.field.matrix(len(rows), len(rows[0]), flat))
    heights = [next((v.nrows() for v in row if is_matrix(v)), 0) for row in rows]
    widths = [next((row[j].ncols() for row in rows if is_matrix(row[j])), 0) for j in range(len(rows[0]))]
    _squared(rows, heights, widths)
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if not is_matrix(value) and not isinstance(value, Scaled) and value != 0:
                heights[i], widths[j] = heights[i] or 1, widths[j] or 1
    _squared(rows, heights, widths)
    if len(point.sizes) == 1:  # blocks of no known size have the only size that there is
        (size,) = point.sizes
        heights, widths = [height or size for height in heights], [width or size for width in widths]
    if 0 in heights or 0 in widths:
        raise UnsupportedError("a block of zeros or an identity of unknown size")
    entries: list[Any] = []
    for i, row in enumerate(rows):
        blocks = [_block(value, heights[i], widths[j], point) for j, value in enumerate(row)]
        for line in range(heights[i]):
            entries += [block[line, k] for block in blocks for k in range(block.ncols())]
    return point.field.matrix(sum(heights), sum(widths), entries)


def _squared(rows: list[list[Any]], heights: list[int], widths: list[int]) -> None:
    """Hand known sizes on through identities, which are square; 0 stands for what is not known."""
    for _ in range(len(heights) + len(widths)):
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if isinstance(value, Scaled):
                    heights[i] = heights[i] or widths[j]
                    widths[j] = widths[j] or heights[i]


def _block(value: Any, height: int, width: int, point: Point) -> Any:
    zero = point.field.number(Fraction(0))
    if isinstance(value, Scaled):
        if height != width:
            raise ShapeError("an identity stands where a block is not square")
        return point.field.matrix(
            height, width, [value.factor if i == j else zero for i in range(height) for j in range(width)]
        )
    if not is_matrix(value):
        if value == 0 or (height, width) == (1, 1):
            return point.field.matrix(height, width, [value] * (height * width))
        raise ShapeError("a number stands where a block is")
    if shape_of(value) != (height, width):
        raise ShapeError("the blocks of a matrix do not fit together")
    return value
