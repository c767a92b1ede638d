"""From the glyphs of one column of a page to its lines: words, and formulas as TeX.

A region is what is read from top to bottom: a column without headers and footers. Its glyphs become lines; what
stands above and below a base line but belongs to it (scripts, fractions, limits of sums, rows of a matrix) is part of
that line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.intake.pdf.glyphs import Glyph
from grader.intake.pdf.marks import Bar
from grader.records import Confidence


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a line: words, or one formula.

    Args:
        text: plain words with their spaces, also those at the border to the next piece; or TeX without dollars.
        math: it is a formula.
        display: the formula stands alone on its line, as a displayed one does.
        left, right: its edges in points.
        size: of the type, in points.
        colour: of the ink, as 0xRRGGBB.
        bold, italic, mono: the style of words; all false for a formula.
    """

    text: str
    math: bool
    display: bool
    left: float
    right: float
    size: float
    colour: int
    bold: bool = False
    italic: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Args:
        y: its base line.
        left, right, bottom, top: edges of its ink, in points.
        size: of the type that most of it is set in, in points.
        pieces: from left to right; their texts, put together, are the line.
        confidence: that the pieces say what the page shows.
        why: what is doubtful; "" if nothing is.
    """

    y: float
    left: float
    right: float
    bottom: float
    top: float
    size: float
    pieces: tuple[Piece, ...]
    confidence: Confidence = Confidence.HIGH
    why: str = ""


def lines(glyphs: Sequence[Glyph], bars: Sequence[Bar]) -> list[Line]:
    """The lines of a region, from top to bottom.

    Args:
        glyphs: of the region, in any order.
        bars: thin rules in it.
    """
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        if rows and rows[-1][0].y - glyph.y < 0.6 * glyph.size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_line(sorted(row, key=lambda glyph: glyph.x)) for row in rows]


def _line(row: list[Glyph]) -> Line:
    text, end = "", row[0].x
    for glyph in row:
        gap = not text.endswith(" ") and glyph.x - end > 0.15 * glyph.size
        text, end = text + (" " if gap and text else "") + glyph.text, glyph.right
    first = row[0]
    piece = Piece(text, False, False, first.x, end, first.size, first.colour)
    bottom, top = min(glyph.box[1] for glyph in row), max(glyph.box[3] for glyph in row)
    return Line(first.y, first.x, end, bottom, top, first.size, (piece,))
