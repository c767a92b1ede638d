"""A page cut into what is read from top to bottom: columns, boxes beside each other, and what goes across them.

A gutter is a stretch of a page, free of ink from top to bottom, with text on both sides. Tables and aligned formulas
have such stretches too: there the rows of both sides share their base lines and are short, and they are read across.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import TypeAlias

import numpy as np

from grader.intake.pdf.glyphs import Glyph
from grader.intake.pdf.marks import Bar

_FINE = 2  # columns of the grid for a point
_GUTTER = 7 * _FINE  # the narrowest gutter
_STEP = 2.0  # points: height of a cell of the grid
_SHORTEST = 40.0  # points: a lower gutter is none
_NARROWEST = 60.0  # points: a narrower side is no column
_REACH = 4  # cells of the grid above and below in which text on a side counts as beside
_FEWEST = 3  # rows of a column
_RULES = 2  # lines across a gutter: it is one of a table
_TRIES = 6  # gutters that are looked at
_BESIDE = 7.0  # points between the base lines of rows that stand beside each other
_DEEPEST = 3  # columns within columns
_FILLED = 0.6  # of a column's width: its rows are prose
_LONG = 20  # characters: so are these
_MEAN = 8.0  # characters of a column's row
_LEAST = 40  # characters of a column

_Grid: TypeAlias = "np.ndarray[tuple[int, int], np.dtype[np.bool_]]"
_Cells: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.bool_]]"


@dataclass(frozen=True, slots=True)
class Region:
    """What is read from top to bottom.

    Args:
        glyphs: of the region, in the order of the file.
        bars: that lie in it.
        left, right: its edges, in points.
    """

    glyphs: tuple[Glyph, ...]
    bars: tuple[Bar, ...]
    left: float
    right: float


def regions(glyphs: Sequence[Glyph], bars: Sequence[Bar]) -> list[Region]:
    """The regions of a page in the order in which they are read.

    Args:
        glyphs: of the page, without headers and footers.
        bars: thin rules.
    """
    return [_region(part, bars) for part in _cut(list(glyphs), bars, 0) if part]


def _region(glyphs: Sequence[Glyph], bars: Sequence[Bar]) -> Region:
    inked = [glyph.box for glyph in glyphs if not glyph.text.isspace()] or [glyph.box for glyph in glyphs]
    lefts, bottoms, rights, tops = zip(*inked, strict=True)
    left, right = min(lefts), max(rights)
    bottom, top = min(bottoms) - _SHORTEST / 2, max(tops) + _SHORTEST / 2
    inside = [
        bar
        for bar in bars
        if left <= (bar.left + bar.right) / 2 <= right and bottom <= (bar.bottom + bar.top) / 2 <= top
    ]
    return Region(tuple(glyphs), tuple(inside), left, right)


def _cut(glyphs: list[Glyph], bars: Sequence[Bar], depth: int) -> list[list[Glyph]]:
    """The glyphs of each region, in order."""
    if depth >= _DEEPEST or len(glyphs) < 2 * _LEAST:
        return [glyphs]
    for at, bottom, top in _gutters(glyphs):
        above, left, right, below = _parted(glyphs, at, bottom, top)
        rules = sum(bar.left < at < bar.right and bottom < bar.bottom < top for bar in bars)
        if rules < _RULES and _are_columns(left, right):
            return [
                *_cut(above, bars, depth),
                *_cut(left, bars, depth + 1),
                *_cut(right, bars, depth + 1),
                *_cut(below, bars, depth),
            ]
    return [glyphs]


def _parted(glyphs: Sequence[Glyph], at: float, bottom: float, top: float) -> tuple[list[Glyph], ...]:
    """The glyphs above a gutter, on its left, on its right and below it."""
    above: list[Glyph] = []
    left: list[Glyph] = []
    right: list[Glyph] = []
    below: list[Glyph] = []
    for glyph in glyphs:
        if glyph.y >= top:
            above.append(glyph)
        elif glyph.y < bottom:
            below.append(glyph)
        else:
            (left if glyph.x < at else right).append(glyph)
    return above, left, right, below


def _gutters(glyphs: Sequence[Glyph]) -> list[tuple[float, float, float]]:
    """The largest gutters, the largest first: where each stands, its lower and its upper end."""
    boxes = [glyph.box for glyph in glyphs if not glyph.text.isspace()]
    if not boxes:
        return []
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    left, bottom, right, top = min(lefts), min(bottoms), max(rights), max(tops)
    if right - left < 2 * _NARROWEST + _GUTTER / _FINE or top - bottom < _SHORTEST:
        return []
    grid: _Grid = np.zeros((int((top - bottom) / _STEP) + 1, int((right - left) * _FINE) + 2), dtype=np.bool_)
    for x0, y0, x1, y1 in boxes:
        rows = slice(int((y0 - bottom) / _STEP), int((y1 - bottom) / _STEP) + 1)
        grid[rows, int((x0 - left) * _FINE) : int((x1 - left) * _FINE) + 1] = True
    sums = np.cumsum(grid, axis=1, dtype=np.int32)
    margin = int(_NARROWEST * _FINE)
    inner = slice(margin, grid.shape[1] - margin - _GUTTER)
    free = sums[:, _GUTTER:][:, inner] == sums[:, :-_GUTTER][:, inner]
    on_left = _spread(sums[:, inner.start : inner.stop] > 0)[:, : free.shape[1]]
    on_right = _spread(sums[:, -1:] > sums[:, _GUTTER:][:, inner])
    beside = free & on_left & on_right
    scores = _scores(free, beside)
    found: list[tuple[float, float, float]] = []
    while len(found) < _TRIES and scores.size and scores.max() * _STEP >= _SHORTEST:
        best = np.flatnonzero(scores == scores.max())
        column = int(best[len(best) // 2])
        first, last = _longest(free[:, column], beside[:, column])
        at = left + (inner.start + column + _GUTTER / 2) / _FINE
        found.append((at, bottom + first * _STEP - _STEP, bottom + last * _STEP))
        scores[max(column - _GUTTER, 0) : column + _GUTTER] = 0
    return found


def _scores(free: _Grid, beside: _Grid) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """For each column of cells, how many of its best run of free cells have text on both sides."""
    best = np.zeros(free.shape[1], dtype=np.int64)
    run = best.copy()
    for row, two_sided in zip(free, beside, strict=True):
        run = (run + two_sided) * row
        np.maximum(best, run, out=best)
    return best


def _spread(cells: _Grid) -> _Grid:
    """Cells with such a cell close above or below."""
    found = cells.copy()
    for step in range(1, _REACH + 1):
        found[step:] |= cells[:-step]
        found[:-step] |= cells[step:]
    return found


def _longest(free: _Cells, beside: _Cells) -> tuple[int, int]:
    """The run of free cells with most cells that have text on both sides: its first cell and that past it."""
    best, most = (0, 0), 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8)))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        count = int(beside[first:last].sum())
        if count > most:
            best, most = (int(first), int(last)), count
    return best


def _are_columns(left: Sequence[Glyph], right: Sequence[Glyph]) -> bool:
    """Whether what stands on two sides of a gutter is read one after the other."""
    if min(len(left), len(right)) < _LEAST:
        return False
    sides = [_rows(left), _rows(right)]
    if min(map(len, sides)) < _FEWEST:
        return False
    counts = [sum(row[3] for row in rows) for rows in sides]
    if min(counts) < _LEAST or min(count / len(rows) for count, rows in zip(counts, sides, strict=True)) < _MEAN:
        return False
    fewer, more = sorted(sides, key=len)
    lines = sorted(row[0] for row in more)
    if _share(fewer, lines, _BESIDE) < 0.6:  # one stands between the rows of the other, as formulas do
        return False
    if _share(fewer, lines, 1.0) < 0.8:
        return True
    widths = [max(row[2] for row in rows) - min(row[1] for row in rows) for rows in sides]
    filled = [
        mean(row[2] - row[1] for row in rows) / max(width, 1.0) for rows, width in zip(sides, widths, strict=True)
    ]
    return min(filled) >= _FILLED or min(_typical(rows) for rows in sides) >= _LONG


def _typical(rows: Sequence[tuple[float, float, float, int]]) -> float:
    """How many characters the row has in which a character stands, on average."""
    return sum(row[3] ** 2 for row in rows) / max(sum(row[3] for row in rows), 1)


def _share(rows: Sequence[tuple[float, float, float, int]], lines: Sequence[float], reach: float) -> float:
    """The share of rows that have one of the base lines, which are sorted, within reach, in points."""
    return sum(bisect_left(lines, row[0] - reach) < bisect_right(lines, row[0] + reach) for row in rows) / len(rows)


def _rows(glyphs: Sequence[Glyph]) -> list[tuple[float, float, float, int]]:
    """Base line, left and right edge and number of characters of each row."""
    rows: list[tuple[float, float, float, int]] = []
    for glyph in sorted((g for g in glyphs if not g.text.isspace()), key=lambda g: -g.y):
        if rows and rows[-1][0] - glyph.y < 0.5 * glyph.size:
            y, left, right, count = rows[-1]
            rows[-1] = (y, min(left, glyph.x), max(right, glyph.right), count + 1)
        else:
            rows.append((glyph.y, glyph.x, glyph.right, 1))
    return rows
