"""Entries of matrices, and how far an index runs that stands in their subscripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.maths.reading import subscripts
from grader.maths.tree import Big, Binary, Call, Listing, Node, Symbol, walk
from grader.maths.values.fields import RetryError, UnsupportedError
from grader.maths.values.operations import Scaled, ShapeError, is_matrix, shape_of

if TYPE_CHECKING:
    from grader.maths.values.places import Point

FAMILIES = frozenset({"singular", "eigenvalue"})
"""Functions of a matrix with many values, of which the base tells one."""

Evaluate = Callable[[Node, "Point"], Any]


def entry(node: Call, point: Point, evaluate: Evaluate, exact: Callable[[Node, Point], Fraction | None]) -> Any:
    """``(AB)_{ij}``: an entry of the value of an expression.

    Args:
        node: the call: of the expression, and of its place, one number or a list of two.
        point: where.
        evaluate: of expressions.
        exact: value of an index.

    Raises:
        UnsupportedError: the place is none.
        RetryError: it lies outside.
    """
    if len(node.arguments) != 2:
        raise UnsupportedError("an entry without a place")
    value = evaluate(node.arguments[0], point)
    places = [exact(index, point) for index in indices(node)]
    if isinstance(value, Scaled):
        if len(places) == 2 and None not in places:
            return value.factor if places[0] == places[1] else value.factor * 0
        raise UnsupportedError("an entry of an identity")
    at = tuple(int(place) for place in places if place is not None and place.denominator == 1)
    if not at or len(at) < len(places):
        raise UnsupportedError("an entry whose place has no value")
    if not is_matrix(value):
        if any(place != 1 for place in at):
            raise RetryError("an index runs past the end")
        return value
    found = at_place(value, at)
    if found is None:
        raise UnsupportedError("one index for a matrix")
    return found


def at_place(matrix: Any, at: tuple[int, ...]) -> Any:
    """The entry of a matrix at a place; None where one index is too few.

    Args:
        matrix: of more than one entry.
        at: row and column, or the place in a vector, from 1 on.

    Raises:
        RetryError: it lies outside.
    """
    rows, columns = shape_of(matrix)
    if len(at) == 1:
        if 1 not in (rows, columns):
            return None
        at = (at[0], 1) if columns == 1 else (1, at[0])
    if len(at) != 2 or not (1 <= at[0] <= rows and 1 <= at[1] <= columns):
        raise RetryError("an index runs past the end")
    return matrix[at[0] - 1, at[1] - 1]


def indices(node: Call) -> tuple[Node, ...]:
    """The place that an entry is taken from, as one or two expressions.

    Args:
        node: a call of ``entry``.
    """
    place = node.arguments[1]
    if isinstance(place, Listing):
        return place.items
    if isinstance(place, Binary) and place.op == "*":  # (AB)_{ij}, whose subscript reads as a product
        return (place.left, place.right)
    return (place,)


def extent(body: Node, index: str, point: Point, evaluate: Evaluate) -> int | None:
    """How far an index runs, by the shapes of what carries it; None where nothing tells.

    Args:
        body: an expression in which it occurs.
        index: its name.
        point: where.
        evaluate: of expressions.

    Raises:
        ShapeError: it runs over sizes that differ.
    """
    found: set[int] = set()
    for here in walk(body):
        found.update(_extents(here, index, point, evaluate))
    if len(found) > 1:
        sizes = " and ".join(point.sizes.get(size, str(size)) for size in sorted(found))
        raise ShapeError(f"the index {index} runs over {sizes}")
    return next(iter(found), None)


def _extents(node: Node, index: str, point: Point, evaluate: Evaluate) -> Iterator[int]:
    """The sizes that the places in which an index stands have."""
    if isinstance(node, Symbol):
        if not node.sub or index not in node.sub or node.full in point.values:
            return
        value = declared(node.name, point)
        places: tuple[Node, ...] = subscripts.letters(node.sub) or subscripts.parts(node.sub)
    elif isinstance(node, Call) and node.function == "entry" and len(node.arguments) == 2:
        places = indices(node)
        value = _value(node.arguments[0], point, evaluate) if _carries(places, index) else None
    elif isinstance(node, Call) and node.function in FAMILIES and node.base == Symbol(index):
        value = _value(node.arguments[0], point, evaluate)
        if is_matrix(value):
            yield min(shape_of(value))
        return
    else:
        return
    if not is_matrix(value):
        return
    shape = shape_of(value)
    if len(places) == 1 and 1 in shape and _carries(places, index):
        yield max(shape)
    if len(places) == 2:
        yield from (size for place, size in zip(places, shape, strict=True) if place == Symbol(index))


def _carries(places: tuple[Node, ...], index: str) -> bool:
    return any(place == Symbol(index) for place in places)


def _value(node: Node, point: Point, evaluate: Evaluate) -> Any:
    """The value of an expression, None where it has none without its index."""
    try:
        return evaluate(node, point)
    except (UnsupportedError, RetryError, ZeroDivisionError):
        return None


def occurs(index: str, body: Node) -> bool:
    """Whether an index occurs in a subscript.

    Args:
        index: its name.
        body: an expression.
    """
    return any(index in here.sub for here in walk(body) if isinstance(here, Symbol))


def declared(name: str, point: Point) -> Any:
    """The matrix whose entries a letter names: A for ``A_ij`` and for ``a_ij``; None if there is none.

    Args:
        name: of the letter.
        point: where.
    """
    value = point.values.get(name)
    if value is None and len(name) == 1:
        value = point.values.get(name.upper())
    return value if is_matrix(value) else None


def open_indices(node: Node) -> frozenset[str]:
    """Indices that occur below σ_i(A), λ_i(A) or (AB)_{ij} without a sum over them.

    Args:
        node: an expression.
    """
    found: set[str] = set()
    bound: set[str] = set()
    for here in walk(node):
        if isinstance(here, Big):
            bound.add(here.over)
        elif isinstance(here, Call) and here.function in FAMILIES and isinstance(here.base, Symbol):
            found.add(here.base.full)
        elif isinstance(here, Call) and here.function == "entry" and len(here.arguments) == 2:
            found |= {place.full for place in indices(here) if isinstance(place, Symbol)}
    return frozenset(found - bound)
