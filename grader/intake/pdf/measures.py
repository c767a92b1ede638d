"""What is usual in a document: the size of its type, the distance of its lines, where they end at the right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from grader.intake.pdf.placed import Placed

_LARGER = 1.12  # times the usual size: a heading
_LARGER_BOLD = 1.04  # the same for a line that is bold
_LEADING = 1.45  # times the size of the type, where nothing else is known
_MOST_LEADING = 2.6  # times the size: lines further apart are not of one paragraph
_NEAR = 15.0  # points from the right edge
_OVER = 40.0  # points by which a formula may run over the right edge
_JUSTIFIED = 5  # one in so many lines ends exactly at the edge
_FEWEST = 3  # lines that reach a right edge, for it to be one
_LEVELS = 6
_WIDE = 12.0  # times the size: a shorter line is not full
_SPACE = 0.6  # times the size: a space between words, and what the width of a word is not known to
_MIRRORED = 0.6  # times the size: the room at the right is that at the left
_INDENT = 3.0  # times the size: the deepest indent of a paragraph's first line


@dataclass(slots=True)
class Measures:
    """See the module.

    Args:
        size: of most of the type, in points.
        headings: sizes of larger type, from the largest; at most six.
        leadings: usual distance of base lines by page and size.
        rights: right edge by left edge and size, in points.
        indents: left edges at which paragraphs begin, while their other lines stand further to the left.
    """

    size: float
    headings: tuple[float, ...] = ()
    leadings: dict[tuple[int, float], float] = field(default_factory=dict)
    rights: dict[tuple[int, float], float] = field(default_factory=dict)
    indents: frozenset[int] = frozenset()

    def larger(self, line: Placed) -> bool:
        """The line is set in larger type than most of the text."""
        return line.size >= (_LARGER_BOLD if line.bold else _LARGER) * self.size

    def level(self, size: float) -> int:
        """The level of a heading of that size, 1 to 6."""
        return 1 + next((i for i, one in enumerate(self.headings) if abs(one - size) <= 0.6), len(self.headings) - 1)

    def leading(self, line: Placed) -> float:
        """The distance of base lines around a line, in points."""
        size = _round(line.size)
        return self.leadings.get((line.page, size), _LEADING * line.size)

    def right(self, line: Placed) -> float:
        """Where lines that begin like this one end, in points."""
        if line.left + line.size < line.line.left:  # set in, and perhaps on both sides
            mirrored = line.right - (line.line.left - line.left)
            if abs(line.line.right - mirrored) < _MIRRORED * line.size:
                return line.line.right
        return self.rights.get((_edge(line), _round(line.size)), line.right)

    def full(self, last: Placed, line: Placed) -> bool:
        """The first word of a line had no room in the one before it."""
        if last.line.right - last.start < _WIDE * last.size:
            return False
        return first_width(line) + _SPACE * line.size > self.right(last) - last.line.right

    def indented(self, line: Placed) -> bool:
        """A paragraph begins with the line, for it is set in."""
        return _edge(line) in self.indents


def measures(lines: Sequence[Placed]) -> Measures:
    """The measures of a document.

    Args:
        lines: of all its pages, in order.
    """
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.words)
    usual = max(sizes, key=lambda size: (sizes[size], size), default=0.0) or 10.0
    found = Measures(usual, (), _leadings(lines), _rights(lines))
    larger = {_round(line.size) for line in lines if line.words.strip() and found.larger(line)}
    found.headings = tuple(sorted(larger, reverse=True)[:_LEVELS])
    found.indents = _indents(lines, found)
    return found


def _round(size: float) -> float:
    return round(2 * size) / 2


def distance(upper: Placed, lower: Placed) -> float:
    """The distance of two base lines, less what formulas need above and below the height of type; in points."""
    size = max(upper.size, lower.size)
    deep = max(upper.line.y - upper.line.bottom - 0.3 * size, 0.0)
    high = max(lower.line.top - lower.line.y - 0.85 * size, 0.0)
    return upper.line.y - lower.line.y - deep - high


def first_width(line: Placed) -> float:
    """The width of the first word of a line, or of its first formula, in points."""
    first = line.line.pieces[0]
    if first.math:
        return first.right - first.left
    word = len(first.text.lstrip().split(" ", 1)[0])
    return (first.right - first.left) * word / max(len(first.text), 1)


def _edge(line: Placed) -> int:
    return round(line.line.left / 2)


def _indents(lines: Sequence[Placed], found: Measures) -> frozenset[int]:
    """Left edges after which full lines go on further to the left more often than at the same edge."""
    balance: Counter[int] = Counter()
    for upper, lower in pairwise(lines):
        step = upper.line.left - lower.line.left
        if upper.region == lower.region and distance(upper, lower) <= 2 * upper.size and found.full(upper, lower):
            if 0.5 * upper.size < step < _INDENT * upper.size:
                balance[_edge(upper)] += 1
            elif abs(step) <= 0.5 * upper.size and not lower.marked:
                balance[_edge(upper)] -= 1
    return frozenset(edge for edge, count in balance.items() if count > 1)


def _leadings(lines: Sequence[Placed]) -> dict[tuple[int, float], float]:
    found: dict[tuple[int, float], Counter[float]] = defaultdict(Counter)
    for upper, lower in pairwise(lines):
        if upper.region == lower.region and _round(upper.size) == _round(lower.size):
            apart = distance(upper, lower)
            if 0.8 * lower.size <= apart <= _MOST_LEADING * lower.size:
                found[lower.page, _round(lower.size)][round(apart)] += 1
    usual: dict[tuple[int, float], float] = {}
    for key, counts in found.items():
        often = [apart for apart, count in counts.items() if count + counts[apart + 1] + counts[apart - 1] > 1]
        if often:
            usual[key] = min(often) + 0.5
    return usual


def _rights(lines: Sequence[Placed]) -> dict[tuple[int, float], float]:
    found: dict[tuple[int, float], list[float]] = defaultdict(list)
    for line in lines:
        found[_edge(line), _round(line.size)].append(line.line.right)
    edges = {key: _right_edge(ends) for key, ends in found.items()}
    return {key: edge for key, edge in edges.items() if edge is not None}


def _right_edge(ends: Sequence[float]) -> float | None:
    """Where lines end: where many end exactly, as in justified text that a formula may run over; else the furthest."""
    furthest = max(ends)
    near = Counter(round(end) for end in ends if end > furthest - _OVER)
    edge, count = max(near.items(), key=lambda one: one[1])
    if count >= max(_FEWEST, len(ends) // _JUSTIFIED):
        return edge + 0.5
    return furthest if sum(end > furthest - _NEAR for end in ends) >= _FEWEST else None
