"""A grid of recurrent cells: weights, multiplications, and what waits for what.

The cell at row r and column s of a G x G grid has a state of H numbers,

    h(r, s) = φ(W_in x(r, s) + (W_W h(r, s − 1) + W_N h(r − 1, s))),

with an input of D numbers, the states of the cells to the west and to the north, and weights that all cells share.
Where there is no such cell, a start vector takes its place. There are no biases.

Each quantity is found twice: by sizes or by following the grid, and by a run that counts. The critical path is first
counted in cells, then in operations on two numbers, in the model of :mod:`reference.graphs`.

Source: A. Graves, S. Fernández and J. Schmidhuber, "Multi-dimensional recurrent neural networks", ICANN 2007.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from reference.depth import Ledger, positive, repeated
from reference.graphs import Graph, Grid, Node, apply, depth_of

MOST_CELLS = 4_096
MOST_OPERATIONS = 40_000  # in a graph that is built to confirm a count: a fraction of a second

Place = tuple[int, int]


def _whole(**sizes: int | Fraction) -> list[int]:
    """Sizes as integers of at least 1; whole numbers may come as fractions."""
    found = {name: int(size) if Fraction(size).denominator == 1 else size for name, size in sizes.items()}
    positive(**found)  # type: ignore[arg-type]  # it says what is no integer
    return [int(size) for size in found.values()]


# ---------------------------------------------------------------- weights and multiplications


def _shapes(D: int, H: int) -> dict[str, Place]:
    return {"W_in": (H, D), "W_W": (H, H), "W_N": (H, H)}


def weights(D: int, H: int) -> int:
    """Number of weights, which all cells share: the sizes of the three matrices.

    Args:
        D: numbers in an input.
        H: numbers in a state.
    """
    D, H = _whole(D=D, H=H)
    return sum(rows * columns for rows, columns in _shapes(D, H).values())


def multiplications(D: int, H: int) -> int:
    """Multiplications of two numbers in one cell: each of three matrices meets one vector."""
    D, H = _whole(D=D, H=H)
    return sum(_matrix_times_matrix(rows, columns, 1) for rows, columns in _shapes(D, H).values())


def _matrix_times_matrix(rows: int, inner: int, columns: int) -> int:
    return rows * inner * columns


def grid_multiplications(G: int, D: int, H: int) -> int:
    """Multiplications in all cells of the grid."""
    (size,) = _whole(G=G)
    return size * size * multiplications(D, H)


class _Counted:
    """A weight that knows whether it was used, and how often it was multiplied."""

    def __init__(self) -> None:
        self.times = 0

    def __mul__(self, other: int) -> int:
        self.times += 1
        return other


def _run(G: int, D: int, H: int) -> list[_Counted]:
    """All weights after a run over the grid, in which every unit of every cell adds up its own terms."""
    if G * G * H * (D + 2 * H) > MOST_OPERATIONS:
        raise ValueError(f"too large: {G} x {G} cells with {D} inputs and {H} units")
    taken = {kind: [[_Counted() for _ in range(n)] for _ in range(H)] for kind, n in (("in", D), ("W", H), ("N", H))}
    states: dict[Place, list[int]] = {}
    start = [1] * H
    for r in range(G):
        for s in range(G):
            vectors = {"in": [1] * D, "W": states.get((r, s - 1), start), "N": states.get((r - 1, s), start)}
            states[r, s] = [
                sum(weight * value for kind, vector in vectors.items()
                    for weight, value in zip(taken[kind][unit], vector, strict=True)) % 7
                for unit in range(H)
            ]  # fmt: skip
    return [weight for rows in taken.values() for row in rows for weight in row]


def weights_in_a_run(D: int, H: int) -> int:
    """As :func:`weights`: how many weights a run over a grid of four cells uses."""
    D, H = _whole(D=D, H=H)
    return sum(weight.times > 0 for weight in _run(2, D, H))


def multiplications_in_a_run(D: int, H: int) -> int:
    """As :func:`multiplications`: how many a run of one cell makes."""
    D, H = _whole(D=D, H=H)
    return sum(weight.times for weight in _run(1, D, H))


def grid_multiplications_in_a_run(G: int, D: int, H: int) -> int:
    """As :func:`grid_multiplications`: how many a run over the grid makes."""
    G, D, H = _whole(G=G, D=D, H=H)
    return sum(weight.times for weight in _run(G, D, H))


# ---------------------------------------------------------------- the critical path, in cells


def _before(place: Place) -> Iterator[Place]:
    """The cells that a cell waits for."""
    r, s = place
    if r > 0:
        yield r - 1, s
    if s > 0:
        yield r, s - 1


def times(G: int) -> dict[Place, int]:
    """When each cell of the grid is done, if all run as early as they can and each takes one unit of time."""
    (size,) = _whole(G=G)
    if size * size > MOST_CELLS:
        raise ValueError(f"too large: {size} x {size} cells")
    done: dict[Place, int] = {}
    for r in range(size):
        for s in range(size):
            done[r, s] = 1 + max((done[place] for place in _before((r, s))), default=0)
    return done


def longest_chain(G: int) -> int:
    """Cells on the longest chain of cells that wait for one another, found over all cells of the grid."""
    return max(times(G).values())


def rounds(G: int) -> int:
    """As :func:`longest_chain`: rounds until all cells are done, when each round does all that can be done."""
    (size,) = _whole(G=G)
    if size * size > MOST_CELLS:
        raise ValueError(f"too large: {size} x {size} cells")
    open_cells = {(r, s) for r in range(size) for s in range(size)}
    taken = 0
    while open_cells:
        open_cells -= {place for place in open_cells if not any(before in open_cells for before in _before(place))}
        taken += 1
    return taken


def built_chain(G: int) -> int:
    """As :func:`longest_chain`, on a graph in which each cell is one operation on its two neighbours."""
    (size,) = _whole(G=G)
    if size * size > MOST_CELLS:
        raise ValueError(f"too large: {size} x {size} cells")
    return depth_of(sums_of_neighbours(Graph(), size))


def sums_of_neighbours(graph: Graph, G: int) -> Grid:
    """A grid in which each entry is the sum of those to the west and to the north, with ones around it."""
    one = graph.given(1)
    states: Grid = []
    for r in range(G):
        states.append([])
        for s in range(G):
            west, north = states[r][s - 1] if s else one, states[r - 1][s] if r else one
            states[r].append(west + north)
    return states


# ---------------------------------------------------------------- the critical path, in operations


def grid_depth(G: int, H: int, D: int) -> int:
    """Critical path of all states in operations on two numbers; the activation is one operation.

    Args:
        G: cells along a side.
        H: numbers in a state.
        D: numbers in an input.
    """
    positive(G=G, H=H, D=D)
    ledger = Ledger()
    from_input = ledger.product(H, D, 1, 0, 0)

    def cell(state: int) -> int:
        neighbours = ledger.each(H, *[ledger.product(H, H, 1, 0, state)] * 2)
        return ledger.each(H, ledger.each(H, from_input, neighbours))

    return repeated(cell, 0, 2 * G - 1)


def grid_states(W_in: Grid, W_W: Grid, W_N: Grid, inputs: list[Grid], start: list[Node]) -> list[Grid]:
    """The states of all cells, as nodes; halving stands for the activation.

    Args:
        W_in, W_W, W_N: H x D, H x H, H x H.
        inputs: G rows of G inputs.
        start: H numbers.
    """
    two = start[0].graph.given(2)
    states: list[Grid] = []
    for r, row in enumerate(inputs):
        states.append([])
        for s, x in enumerate(row):
            west, north = states[r][s - 1] if s else start, states[r - 1][s] if r else start
            terms = zip(apply(W_in, x), apply(W_W, west), apply(W_N, north), strict=True)
            states[r].append([(own + (w + n)) / two for own, w, n in terms])
    return states


def built_grid_depth(G: int, H: int, D: int) -> int:
    """As :func:`grid_depth`, measured on a graph."""
    if 2 * G * G * H * (D + 2 * H) > MOST_OPERATIONS:
        raise ValueError(f"too large: {G} x {G} cells with {D} inputs and {H} units")
    graph, rng = Graph(), np.random.default_rng((G, H, D))

    def grid(rows: int, columns: int) -> Grid:
        return graph.grid(rng.choice([-2, -1, 1, 2], size=(rows, columns)).tolist())

    states = grid_states(grid(H, D), grid(H, H), grid(H, H), [grid(G, D) for _ in range(G)], grid(1, H)[0])
    return depth_of(*states)


# ---------------------------------------------------------------- beside a network along one line


def facts(G: int, D: int, H: int) -> dict[str, int]:
    """Numbers by which a grid can be held against a network that reads the same cells row after row, as one line.

    Args:
        G, D, H: as above.
    """
    G, D, H = _whole(G=G, D=D, H=H)
    line = _matrix_times_matrix(H, D, 1) + _matrix_times_matrix(H, H, 1)
    return {
        "steps between a cell and the one below it, in the grid": 1,
        "steps between a cell and the one below it, in a line": G,
        "weights of the grid": weights(D, H),
        "weights of a line": line,
        "longest chain of cells in the grid": longest_chain(G),
        "longest chain of cells in a line": G * G,
    }


def facts_in_runs(G: int, D: int, H: int) -> dict[str, int]:
    """As :func:`facts`, by walking through the cells and counting terms unit by unit."""
    G, D, H = _whole(G=G, D=D, H=H)
    places = [(r, s) for r in range(G) for s in range(G)]  # the order of a line
    below = (1, 0)
    return {
        "steps between a cell and the one below it, in the grid": sum(below) - sum(places[0]),
        "steps between a cell and the one below it, in a line": places.index(below) if G > 1 else G,
        "weights of the grid": weights_in_a_run(D, H),
        "weights of a line": sum(1 for _ in range(H) for _ in range(D + H)),
        "longest chain of cells in the grid": rounds(G),
        "longest chain of cells in a line": len(places),
    }
