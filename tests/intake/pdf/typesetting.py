"""A small typesetter: trees of formulas become glyphs and bars, by the rules of TeX as far as they matter.

Source: D. E. Knuth, The TeXbook, appendix G. Widths are made up; sizes and base lines are what counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from grader.intake.pdf.glyphs import Glyph
from grader.intake.pdf.marks import Bar

AXIS = 0.25
BIG = {"∑": r"\sum", "∏": r"\prod"}
BRACKETS = {"(": "pmatrix", "[": "bmatrix"}
CLOSED = {"(": ")", "[": "]"}
_DEEP = frozenset("gjpqyQβ,")
_LOW = frozenset("acegmnopqrsuvwxyzασλ")


@dataclass
class Set:
    """What has been set, with its origin at the left of the base line.

    Args:
        width, height, depth: of the whole, in points.
        glyphs, bars: what it is made of.
    """

    width: float = 0.0
    height: float = 0.0
    depth: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)

    def put(self, other: Set, x: float, y: float) -> None:
        """Put something at a place; the width stays."""
        for one in other.glyphs:
            left, bottom, right, top = one.box
            box = (left + x, bottom + y, right + x, top + y)
            self.glyphs.append(replace(one, x=one.x + x, y=one.y + y, right=one.right + x, box=box))
        for bar in other.bars:
            self.bars.append(Bar(bar.left + x, bar.bottom + y, bar.right + x, bar.top + y, 0))
        self.height, self.depth = max(self.height, other.height + y), max(self.depth, other.depth - y)

    def after(self, other: Set, gap: float = 0.0) -> None:
        """Put something behind what is there."""
        self.put(other, self.width + gap, 0)
        self.width += gap + other.width


def sign(text: str, size: float, font: str = "CMMI10", wide: float = 0.55) -> Set:
    """One character."""
    high, deep = (0.43 if text in _LOW else 0.68) * size, (0.2 if text in _DEEP else 0.0) * size
    if text in "()[]":
        high, deep, wide = 0.75 * size, 0.25 * size, 0.39
    if text in "=+−":
        high, deep = 0.5 * size, 0.0
    width = wide * size
    box = (0.05 * size, -deep, width - 0.05 * size, high)
    return Set(width, high, deep, [Glyph(text, 0, 0, width, box, size, font, 0)])


def tall(text: str, size: float, high: float) -> Set:
    """A bracket around something that reaches that far from the axis, to both sides."""
    axis, width = AXIS * size, 0.6 * size
    box = (0.1 * size, axis - high, 0.5 * size, axis + high)
    return Set(width, axis + high, high - axis, [Glyph(text, 0, 0, width, box, size, "KaTeX_Size3-Regular", 0)])


def row(parts: list[Set], gap: float = 0.0) -> Set:
    """One thing behind the other."""
    whole = Set()
    for at, part in enumerate(parts):
        whole.after(part, gap if at else 0)
    return whole


def smaller(size: float) -> float:
    """The size of scripts."""
    return size * 0.7 if size > 6 else 5.0


def scripts(base: Set, above: Set | None, below: Set | None, size: float) -> Set:
    """A base with its scripts (rules 18a to 18f)."""
    whole = row([base])
    up = max(0.38 * size, base.height - 0.33 * size)
    down = max(0.16 * size, base.depth + 0.05 * size)
    if above is not None and below is not None:
        down = max(down, 0.25 * size)
        apart = (up - above.depth) - (below.height - down)
        up += max(0.0, 0.12 * size - apart)
    if above is not None:
        whole.put(above, base.width, max(up, above.depth + 0.12 * size))
    if below is not None:
        whole.put(below, base.width, -max(down, below.height - 0.35 * size))
    whole.width += max(above.width if above else 0.0, below.width if below else 0.0) + 0.05 * size
    return whole


def fraction(over: Set, under: Set, size: float) -> Set:
    """A displayed fraction (rules 15b to 15d)."""
    width = max(over.width, under.width)
    axis, rule = AXIS * size, 0.04 * size
    up = max(0.68 * size, axis + rule / 2 + 0.12 * size + over.depth)
    down = max(0.69 * size, -axis + rule / 2 + 0.12 * size + under.height)
    whole = Set(bars=[Bar(0, axis - rule / 2, width, axis + rule / 2, 0)])
    whole.put(over, (width - over.width) / 2, up)
    whole.put(under, (width - under.width) / 2, -down)
    side = 0.12 * size
    framed = Set()
    framed.put(whole, side, 0)
    framed.width = width + 2 * side
    return framed


def root(inner: Set, size: float) -> Set:
    """A square root (rule 11)."""
    high, deep = inner.height + 0.12 * size, inner.depth + 0.1 * size
    mark = 0.85 * size
    box = (0.1 * size, -deep, mark, high + 0.04 * size)
    whole = Set(mark, high, deep, [Glyph("√", 0, 0, mark, box, size, "KaTeX_Main-Regular", 0)])
    whole.bars.append(Bar(mark, high, mark + inner.width, high + 0.04 * size, 0))
    whole.after(inner)
    whole.height = high + 0.1 * size
    return whole


def operator(text: str, above: Set, below: Set, size: float) -> Set:
    """A displayed operator with its limits (rule 13a)."""
    axis, half, wide = AXIS * size, 0.7 * size, 1.4 * size
    glyph = Glyph(text, 0, 0, wide, (0.05 * size, axis - half, wide - 0.05 * size, axis + half), size, "KaTeX_Size2", 0)
    width = max(wide, above.width, below.width)
    whole = Set(width)
    whole.put(Set(wide, axis + half, half - axis, [glyph]), (width - wide) / 2, 0)
    whole.put(above, (width - above.width) / 2, axis + half + max(0.11 * size, 0.2 * size - above.depth) + above.depth)
    whole.put(below, (width - below.width) / 2, axis - half - max(0.6 * size, 0.17 * size + below.height))
    whole.height, whole.depth = whole.height + 0.1 * size, whole.depth + 0.1 * size
    return row([whole, Set(0.17 * size)])


def matrix(rows: list[list[Set]], bracket: str, size: float) -> Set:
    """Rows and columns between brackets."""
    widths = [max(line[at].width for line in rows) for at in range(len(rows[0]))]
    inner, top = Set(sum(widths) + size * (len(widths) - 1)), 0.0
    places: list[float] = []
    for at, line in enumerate(rows):
        high = max([0.84 * size, *(cell.height + 0.05 * size for cell in line)])
        if at:
            deep = max([0.36 * size, *(cell.depth + 0.05 * size for cell in rows[at - 1])])
            top -= deep + high
        else:
            top = 0.0
        places.append(top)
    first = max([0.84 * size, *(cell.height for cell in rows[0])])
    last = max([0.36 * size, *(cell.depth for cell in rows[-1])])
    middle = (first + places[-1] - last) / 2
    for line, place in zip(rows, places, strict=True):
        x = 0.0
        for cell, width in zip(line, widths, strict=True):
            inner.put(cell, x + (width - cell.width) / 2, place - middle + AXIS * size)
            x += width + size
    half = (first - places[-1] + last) / 2
    return row([tall(bracket, size, half), inner, tall(CLOSED[bracket], size, half)])


def placed(whole: Set, x: float, y: float) -> tuple[list[Glyph], list[Bar]]:
    """The glyphs and bars of something at a place of the page."""
    page = Set()
    page.put(whole, x, y)
    return page.glyphs, page.bars
