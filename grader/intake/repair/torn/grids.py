"""Matrices and tables: painted column by column, a mark a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.intake.repair.torn import likely
from grader.intake.repair.torn.pieces import DEAR, Pieces
from grader.intake.repair.torn.reading import Caveat, Reading
from grader.intake.repair.torn.tokens import Kind

_MOST_ENTRIES = 40
_MOST_GRIDS = 24
_MOST_OF_ONE_END = 2
_AN_ENTRY = 0.1
_NO_BRACKETS = 1.5
_TITLED = 0.3
_DIAGONAL = 0.5
_FRACTION = 0.6
_FRACTION_OF_NUMBERS = 1.8
_CLOSES = {"(": ")", "[": "]", r"\{": r"\}"}
_ENVIRONMENTS = {"(": "pmatrix", "[": "bmatrix"}


class _Entries(NamedTuple):
    """Entries so far.

    Args:
        tex: of each.
        end: index of the first token after them.
        cost: so far.
        caveats: so far.
    """

    tex: tuple[str, ...]
    end: int
    cost: float
    caveats: tuple[Caveat, ...]


class Grids(Pieces):
    """Readings of matrices."""

    def grids(self, at: int, marks: int) -> Iterator[tuple[int, Reading]]:
        """The matrices that may begin at a token.

        Args:
            at: index of the next token of the pieces.
            marks: how many marks stand together.

        Yields:
            How many of the marks are used, and what they say.
        """
        bracket = self.bracket(at, Kind.OPEN)
        if bracket is None:
            for entries in self._entries(at):
                yield from _without_brackets(entries, marks)
            return
        after, opens = bracket
        for entries in self._entries(after):
            closing = self.bracket(entries.end, Kind.CLOSE)
            if closing is None or len(entries.tex) < 2:
                continue
            end = closing[0]
            if len(entries.tex) == 2:  # a fraction in large brackets is painted like a column
                low, high = entries.tex
                tex = rf"\left{opens}\frac{{{high}}}{{{low}}} \right{_CLOSES.get(opens, opens)}"
                numbers = all(entry.strip("- ").replace(".", "", 1).isdigit() for entry in entries.tex)
                cost = entries.cost + (_FRACTION_OF_NUMBERS if numbers else _FRACTION)
                yield 1, Reading(end, tex, cost, entries.caveats)
            for columns in range(1, marks + 1):
                if len(entries.tex) % columns == 0:
                    tex = _grid(entries.tex, columns, _ENVIRONMENTS.get(opens, "matrix"))
                    yield columns, Reading(end, tex, entries.cost, entries.caveats)

    def _entries(self, at: int) -> Iterator[_Entries]:
        """Runs of entries from a token, the shortest first."""
        grids = [_Entries((), at, 0.0, ())]
        for _ in range(_MOST_ENTRIES):
            more = [
                _Entries(
                    (*grid.tex, piece.tex),
                    piece.end,
                    grid.cost + _AN_ENTRY + piece.cost + self.cost(likely.part, grid.end, piece.end),
                    (*grid.caveats, *piece.caveats),
                )
                for grid in grids
                for piece in self.pieces(grid.end)
            ]
            ends: dict[int, int] = {}
            grids = []
            for grid in sorted(more, key=lambda grid: grid.cost):
                ends[grid.end] = ends.get(grid.end, 0) + 1
                if ends[grid.end] <= _MOST_OF_ONE_END and grid.cost < DEAR:
                    grids.append(grid)
            grids = grids[:_MOST_GRIDS]
            yield from grids


def _without_brackets(entries: _Entries, marks: int) -> Iterator[tuple[int, Reading]]:
    """Matrices whose tall brackets left nothing but a mark each, and tables, whose rules take one mark together."""
    count = len(entries.tex)
    caveats = (*entries.caveats, Caveat.GRID)
    if marks - 2 == count and count % 2 and entries.tex[count // 2] == r"\ddots":
        yield marks, Reading(entries.end, _diagonal(entries.tex), entries.cost + _DIAGONAL, caveats)
    for spare, fewest_columns, fewest_rows in ((1, 2, 2), (2, 1, 3)):
        columns = marks - spare
        if columns >= fewest_columns and count % columns == 0 and count // columns >= fewest_rows:
            titled = spare == 1 and all(title.startswith(r"\text{") for title in entries.tex[:: count // columns])
            tex = _grid(entries.tex, columns, "matrix")
            yield marks, Reading(entries.end, tex, entries.cost + (_TITLED if titled else _NO_BRACKETS), caveats)


def _grid(entries: Sequence[str], columns: int, kind: str) -> str:
    """A matrix from entries that go column by column."""
    rows = len(entries) // columns
    body = r" \\ ".join(" & ".join(entries[column * rows + row] for column in range(columns)) for row in range(rows))
    return rf"\begin{{{kind}}} {body} \end{{{kind}}}"


def _diagonal(entries: Sequence[str]) -> str:
    """A matrix with nothing off its diagonal."""
    size = len(entries)
    rows = (" & ".join(entry if row == column else "" for column in range(size)) for row, entry in enumerate(entries))
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"
