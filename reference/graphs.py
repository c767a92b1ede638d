"""Computations as graphs of binary operations: exact values, work, and the critical path.

This is the work–depth model with as many processors as wanted. Every operation takes two operands (+ − × ÷)
and one unit of time. A number that is given is ready at time 0; a result is ready one unit after the later of
its operands. Work is the number of operations, the critical path (depth) the time at which the last result is
ready. Moving, copying and transposing cost nothing.

A graph is built by computing with :class:`Node`: what is measured is a computation that really gives the
right numbers, and tests compare these with another implementation. For sizes at which no graph can be built,
:mod:`reference.depth` follows ready times alone.

Sources: G. Blelloch, "Programming parallel algorithms", Communications of the ACM 39 (1996), on work and depth;
earliest-first sums are optimal by L. Kraft's inequality.
"""

from __future__ import annotations

import heapq
import operator
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

Exact = int | Fraction
Grid = list[list["Node"]]


class Graph:
    """A computation in the making.

    Attributes:
        work: number of operations made so far.
    """

    def __init__(self) -> None:
        self.work = 0

    def given(self, value: Exact) -> Node:
        """A number that is there from the beginning."""
        return Node(self, value, 0, ())

    def grid(self, rows: Iterable[Iterable[Exact]]) -> Grid:
        """A matrix that is there from the beginning."""
        return [[self.given(entry) for entry in row] for row in rows]


class Node:
    """An exact number in a graph.

    Args:
        graph: to which it belongs.
        value: the number.
        depth: when it is ready, in units of one operation.
        operands: the two nodes it was made from; none for a given number.
    """

    __slots__ = ("depth", "graph", "operands", "value")

    def __init__(self, graph: Graph, value: Exact, depth: int, operands: tuple[Node, ...]) -> None:
        self.graph = graph
        self.value = value
        self.depth = depth
        self.operands = operands

    def _make(self, other: Node, operation: Callable[[Exact, Exact], Exact]) -> Node:
        if self.graph is not other.graph:
            raise ValueError("found operands of two graphs, expected one")
        self.graph.work += 1
        value = operation(self.value, other.value)
        return Node(self.graph, value, 1 + max(self.depth, other.depth), (self, other))

    def __add__(self, other: Node) -> Node:
        return self._make(other, operator.add)

    def __sub__(self, other: Node) -> Node:
        return self._make(other, operator.sub)

    def __mul__(self, other: Node) -> Node:
        return self._make(other, operator.mul)

    def __truediv__(self, other: Node) -> Node:
        return self._make(other, lambda top, bottom: Fraction(top) / bottom)


def total(terms: Iterable[Node]) -> Node:
    """The sum, ready as early as a tree of binary sums allows: always the two earliest are added next.

    Raises:
        ValueError: no terms.
    """
    waiting = [(node.depth, at, node) for at, node in enumerate(terms)]
    if not waiting:
        raise ValueError("found no terms, expected at least one")
    heapq.heapify(waiting)
    fresh = len(waiting)  # breaks ties, so that nodes are never compared
    while len(waiting) > 1:
        _, _, one = heapq.heappop(waiting)
        _, _, other = heapq.heappop(waiting)
        added = one + other
        heapq.heappush(waiting, (added.depth, fresh, added))
        fresh += 1
    return waiting[0][2]


def dot(left: Sequence[Node], right: Sequence[Node]) -> Node:
    """The inner product of two sequences of one length."""
    return total(one * other for one, other in zip(left, right, strict=True))


def product(A: Grid, B: Grid) -> Grid:
    """A B: all products of entries at once, then one tree of sums for each entry of the result."""
    columns = list(zip(*B, strict=True))
    return [[dot(row, column) for column in columns] for row in A]


def apply(A: Grid, x: Sequence[Node]) -> list[Node]:
    """A x for a vector x."""
    return [dot(row, x) for row in A]


def plus(A: Grid, B: Grid) -> Grid:
    """A + B, entry by entry."""
    return [[a + b for a, b in zip(row, line, strict=True)] for row, line in zip(A, B, strict=True)]


def minus(A: Grid, B: Grid) -> Grid:
    """A − B, entry by entry."""
    return [[a - b for a, b in zip(row, line, strict=True)] for row, line in zip(A, B, strict=True)]


def dyad(u: Sequence[Node], v: Sequence[Node]) -> Grid:
    """u vᵀ."""
    return [[one * other for other in v] for one in u]


def transposed(A: Grid) -> Grid:
    """Aᵀ; moving numbers costs nothing."""
    return [list(column) for column in zip(*A, strict=True)]


def inverse(M: Grid) -> Grid:
    """M⁻¹ by Gauss–Jordan elimination without pivoting, which a positive definite M allows.

    The rows of [M | I] are handled whole, zeros included: three units of time for each of the d columns.
    """
    d = len(M)
    graph = M[0][0].graph
    rows = [list(row) + [graph.given(int(i == j)) for j in range(d)] for i, row in enumerate(M)]
    for k in range(d):
        pivot = rows[k][k]
        rows[k] = [entry / pivot for entry in rows[k]]
        for i in range(d):
            if i != k:
                factor = rows[i][k]
                rows[i] = [entry - factor * head for entry, head in zip(rows[i], rows[k], strict=True)]
    return [row[d:] for row in rows]


def depth_of(*grids: Iterable[Iterable[Node]]) -> int:
    """When the last entry of some matrices is ready: the critical path of computing them."""
    return max(node.depth for grid in grids for row in grid for node in row)


def values_of(grid: Iterable[Iterable[Node]]) -> list[list[Exact]]:
    """The numbers in a matrix of nodes."""
    return [[node.value for node in row] for row in grid]


def given_below(node: Node) -> int:
    """How many given numbers a result depends on.

    With operations of two operands, g given numbers take a depth of at least log₂ g.
    """
    seen: set[int] = set()
    waiting, found = [node], 0
    while waiting:
        here = waiting.pop()
        if id(here) not in seen:
            seen.add(id(here))
            found += not here.operands
            waiting.extend(here.operands)
    return found


def critical_path(node: Node) -> list[Node]:
    """A longest chain of operations that ends at a node, first operation first."""
    chain = []
    while node.operands:
        chain.append(node)
        node = max(node.operands, key=lambda operand: operand.depth)
    return chain[::-1]
