"""Tables: what stands between rules in rows and columns.

A table has two rules or more of the same extent, or one below its head; its columns are divided by standing rules, or
by room that is free in every row. What has one column only is a box or a fraction, and no table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.intake.pdf.glyphs import Glyph
from grader.intake.pdf.marks import Bar
from grader.intake.pdf.regions import Region

_SHORTEST = 40.0  # points: a shorter rule is none of a table
_SHORTEST_ALONE = 100.0  # points: a shorter rule that is alone is none of a table
_SAME = 4.0  # points by which the ends of rules may differ
_TOUCHING = 3.0  # points between pieces of one rule
_GAP = 1.0  # times the size: room between columns
_FAR = 2.2  # times the size: rows further apart are not of one table
_MOST_RULES = 400
_MOST_COLUMNS = 20


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Args:
        rows: from top to bottom; the glyphs of each cell.
        bars: that are no rules of it, such as those of fractions.
    """

    rows: tuple[tuple[tuple[Glyph, ...], ...], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a table may be: its edges, and the heights of its rules, from the bottom up."""

    left: float
    right: float
    bottom: float
    top: float
    levels: tuple[float, ...]


def parted(region: Region) -> Iterator[Region | Table]:
    """A region as what is above its tables, the tables, and what is below, in order.

    Args:
        region: any.
    """
    rest = region
    for frame in sorted(_frames(region), key=lambda one: -one.top):
        inside = [glyph for glyph in rest.glyphs if _within(glyph, frame)]
        table = _table(inside, frame, rest.bars)
        if table is None or any(frame.bottom < g.y < frame.top and not _within(g, frame) for g in _inked(rest.glyphs)):
            continue
        above = tuple(glyph for glyph in rest.glyphs if glyph.y >= frame.top and not _within(glyph, frame))
        if above:
            yield replace(rest, glyphs=above)
        yield table
        rest = replace(rest, glyphs=tuple(g for g in rest.glyphs if g.y < frame.top and not _within(g, frame)))
    if rest.glyphs:
        yield rest


def _within(glyph: Glyph, frame: _Frame) -> bool:
    return frame.left - _SAME <= glyph.x <= frame.right + _SAME and frame.bottom <= glyph.y < frame.top


def _inked(glyphs: Sequence[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if not glyph.text.isspace()]


def _frames(region: Region) -> list[_Frame]:
    """Where rules of the same extent stand above each other, or one stands between rows."""
    rules = _rules([bar for bar in region.bars if bar.level])
    groups: list[list[Bar]] = []
    for rule in rules:
        same = next(
            (g for g in groups if abs(g[0].left - rule.left) < _SAME and abs(g[0].right - rule.right) < _SAME), None
        )
        if same is None:
            groups.append([rule])
        else:
            same.append(rule)
    return [_extended(region, frame) for group in groups for frame in _stacked(region, group)]


def _stacked(region: Region, group: Sequence[Bar]) -> Iterator[_Frame]:
    """Rules of one extent, those of each table by themselves: between two of a table there are columns."""
    left, right = min(bar.left for bar in group), max(bar.right for bar in group)
    glyphs = [glyph for glyph in _inked(region.glyphs) if left - _SAME <= glyph.x <= right + _SAME]
    levels: list[float] = []
    inside: list[Glyph] = []
    for level in [*sorted((bar.bottom for bar in group), reverse=True), None]:
        if level is not None and not levels:
            levels.append(level)
            continue
        band = [glyph for glyph in glyphs if level is not None and level <= glyph.y < levels[-1]]
        frame = _Frame(left, right, levels[-1] if level is None else level, levels[0], tuple(levels[::-1]))
        if level is not None and (_standing(frame, region.bars) or _has_columns(band, inside)):
            levels.append(level)
            inside += band
            continue
        if len(levels) > 1 or right - left >= _SHORTEST_ALONE:
            yield replace(frame, bottom=levels[-1])
        levels, inside = ([] if level is None else [level]), []


def _standing(frame: _Frame, bars: Sequence[Bar]) -> list[float]:
    """Where rules stand within a frame, from left to right."""
    return sorted(
        bar.left
        for bar in bars
        if not bar.level and frame.left + _SAME < bar.left < frame.right - _SAME
        if bar.bottom < frame.top - _SAME and bar.top > frame.bottom + _SAME
    )


def _extended(region: Region, frame: _Frame) -> _Frame:
    """A frame with the rows above and below its rules that have its columns: a head, or all rows of one rule."""
    inside = [glyph for glyph in _inked(region.glyphs) if _within(glyph, frame)]
    beside = [bar for bar in region.bars if bar.top > frame.bottom and bar.bottom < frame.top and not bar.level]
    if any(frame.left <= bar.left <= frame.right for bar in beside):
        return frame  # standing rules show where it ends
    beyond = [glyph for glyph in _inked(region.glyphs) if not _within(glyph, frame)]
    above = _lines([glyph for glyph in beyond if glyph.y >= frame.top])[::-1]
    below = _lines([glyph for glyph in beyond if glyph.y < frame.bottom])
    bottom, top = frame.bottom, frame.top
    if not inside:
        if not (above and below) or _far(above[0], frame) or _far(below[0], frame):
            return frame
        inside = [*above[0], *below[0]]
    columns = len(_gaps(inside))
    others = [bar.bottom for bar in region.bars if bar.level and bar.right > frame.left and bar.left < frame.right]
    for row in above:
        if not _joins(row, frame, min(glyph.y for glyph in row) - top, inside, columns):
            break
        if any(top + _SAME < level < row[0].y for level in others):
            break  # the rule of another table, or of a fraction
        inside, top = [*inside, *row], max(glyph.y for glyph in row) + 0.1
    for row in below:
        if not _joins(row, frame, bottom - max(glyph.y for glyph in row), inside, columns):
            break
        if any(row[0].y < level < bottom - _SAME for level in others):
            break
        inside, bottom = [*inside, *row], min(glyph.y for glyph in row) - 0.1
    return replace(frame, bottom=bottom, top=top)


def _far(row: Sequence[Glyph], frame: _Frame) -> bool:
    """Whether a row is too far from a rule to be one of its table."""
    return min(abs(row[0].y - frame.top), abs(row[0].y - frame.bottom)) > _FAR * row[0].size


def _joins(row: Sequence[Glyph], frame: _Frame, apart: float, inside: Sequence[Glyph], columns: int) -> bool:
    """Whether a row is one of the table beside it."""
    fits = all(frame.left - _SAME <= glyph.x <= frame.right + _SAME for glyph in row)
    if not fits or not columns or apart > _FAR * row[0].size:
        return False
    return len(_gaps([*inside, *row])) == columns and _has_columns(row, inside)


def _has_columns(row: Sequence[Glyph], inside: Sequence[Glyph]) -> bool:
    """Whether a row stands in more than one column that it has in common with other rows."""
    gaps = _gaps([*inside, *row]) if row else []
    return len({bisect_right(gaps, glyph.x) for glyph in row}) > 1


def _rules(bars: Sequence[Bar]) -> list[Bar]:
    """Lying bars, those that touch put together."""
    found: list[Bar] = []
    for bar in sorted(bars, key=lambda bar: (round(bar.bottom), bar.left))[:_MOST_RULES]:
        last = found[-1] if found else None
        if last is not None and abs(last.bottom - bar.bottom) < 1.5 and bar.left <= last.right + _TOUCHING:
            found[-1] = replace(last, right=max(last.right, bar.right))
        else:
            found.append(bar)
    return [bar for bar in found if bar.right - bar.left >= _SHORTEST]


def _table(inside: Sequence[Glyph], frame: _Frame, bars: Sequence[Bar]) -> Table | None:
    """The rows and columns in a frame, None if it is no table."""
    inked = _inked(inside)
    if not inked:
        return None
    standing = _standing(frame, bars)
    edges = _distinct(standing) or _gaps(inked)
    if not edges or len(edges) >= _MOST_COLUMNS:
        return None
    bands: dict[int, list[Glyph]] = {}
    for glyph in inside:
        bands.setdefault(bisect_right(frame.levels, glyph.y), []).append(glyph)
    ruled = bool(standing) and len(bands) > 1
    rows: list[tuple[tuple[Glyph, ...], ...]] = []
    for _, band in sorted(bands.items(), reverse=True):
        for row in [band] if ruled else _lines(band):
            cells: list[list[Glyph]] = [[] for _ in range(len(edges) + 1)]
            for glyph in row:
                cells[bisect_right(edges, glyph.x)].append(glyph)
            if _inked(row):
                rows.append(tuple(tuple(cell) for cell in cells))
    filled = sum(bool(_inked(cell)) for row in rows for cell in row)
    if len(rows) < 2 or 2 * filled < len(rows) * (len(edges) + 1):
        return None
    used = set(frame.levels)
    return Table(tuple(rows), tuple(bar for bar in bars if bar.level and bar.bottom not in used))


def _distinct(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in values:
        if not found or value - found[-1] > _SAME:
            found.append(value)
    return found


def _gaps(inked: Sequence[Glyph]) -> list[float]:
    """The middles of what is free in every row."""
    size = max(glyph.size for glyph in inked)
    found: list[float] = []
    end = None
    for glyph in sorted(inked, key=lambda glyph: glyph.box[0]):
        if end is not None and glyph.box[0] - end > _GAP * size:
            found.append((glyph.box[0] + end) / 2)
        end = glyph.box[2] if end is None else max(end, glyph.box[2])
    return found


def _lines(band: Sequence[Glyph]) -> list[list[Glyph]]:
    """The rows of a band that no rules divide, from the top down: they are apart by more than their signs are high."""
    found: list[list[Glyph]] = []
    lowest = 0.0
    for glyph in sorted(band, key=lambda glyph: -glyph.box[3]):
        if found and glyph.box[3] > lowest:
            found[-1].append(glyph)
            lowest = min(lowest, glyph.box[1])
        else:
            found.append([glyph])
            lowest = glyph.box[1]
    return found
