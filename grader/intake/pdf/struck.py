"""What is struck out on a page: by a line through the middle of the letters, or with the tool of a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.intake.pdf.frame import Box
from grader.intake.pdf.glyphs import Glyph, Page
from grader.intake.pdf.marks import Bar

_LOWEST, _HIGHEST = 0.15, 0.42  # times the size, above the base line: where a line strikes letters out
_TALLEST = 1.3  # times the size: higher signs stand beside fractions, whose lines may touch them
_SHALLOWEST = 0.35  # times the size: flatter signs, such as minus, may be a line's own neighbours
_INSIDE = 0.15  # of a letter's height that is above the line, and below it
_BEYOND = 8.0  # points: a line that goes further beyond the letters is a rule of the page
_MOST_LINES = 400  # of one page that are looked at


def without_struck(page: Page) -> tuple[Page, int]:
    """A page without what is struck out, and how many characters that was.

    Args:
        page: any.
    """
    lines = [bar for bar in page.bars if bar.level][:_MOST_LINES]
    marked = [box for note in page.annotations if note.kind == "strike out" for box in note.marked]
    out = {index for index, glyph in enumerate(page.glyphs) if marked and _marked(glyph, marked)}
    for line in lines:
        out.update(_row(page.glyphs, line))
    if not out:
        return page, 0
    kept = tuple(glyph for index, glyph in enumerate(page.glyphs) if index not in out)
    return replace(page, glyphs=kept), sum(not page.glyphs[index].text.isspace() for index in out)


def _row(glyphs: Sequence[Glyph], line: Bar) -> list[int]:
    """Places of what a line strikes out; it begins and ends where the words do."""
    height = (line.bottom + line.top) / 2
    hit = [glyph for glyph in glyphs if _strikes(line.left, line.right, height, glyph)]
    if (
        not hit
        or min(glyph.box[0] for glyph in hit) - line.left > _BEYOND
        or line.right - max(glyph.box[2] for glyph in hit) > _BEYOND
    ):
        return []
    base = {round(glyph.y) for glyph in hit}
    return [
        index
        for index, glyph in enumerate(glyphs)
        if round(glyph.y) in base and line.left - 1 <= (glyph.box[0] + glyph.box[2]) / 2 <= line.right + 1
    ]


def _strikes(left: float, right: float, height: float, glyph: Glyph) -> bool:
    """Whether a level line strikes a glyph out."""
    if not left - 1 <= (glyph.box[0] + glyph.box[2]) / 2 <= right + 1:
        return False
    bottom, top = glyph.box[1], glyph.box[3]
    tall = top - bottom
    return (
        _SHALLOWEST * glyph.size <= tall <= _TALLEST * glyph.size
        and _LOWEST * glyph.size <= height - glyph.y <= _HIGHEST * glyph.size
        and bottom + _INSIDE * tall <= height <= top - _INSIDE * tall
    )


def _marked(glyph: Glyph, boxes: Sequence[Box]) -> bool:
    """Whether the middle of a glyph is in one of the boxes."""
    across, up = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
    return any(left <= across <= right and bottom <= up <= top for left, bottom, right, top in boxes)
