"""All pages of a PDF file, one at a time: their lines in the order in which they are read, and what else they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from grader.intake.pdf.frame import Box
from grader.intake.pdf.furniture import Row, without_furniture
from grader.intake.pdf.glyphs import Page
from grader.intake.pdf.lines import Line, Piece, lines
from grader.intake.pdf.notes import Annotation
from grader.intake.pdf.placed import Placed
from grader.intake.pdf.regions import Region, regions
from grader.intake.pdf.struck import without_struck
from grader.intake.pdf.tables import Table, parted
from grader.records import Confidence

_FURTHEST_DOT = 30.0  # points between a drawn mark and the words of its item
_SMALLEST_DOT, _LARGEST_DOT = 0.22, 0.6  # times the size: others are parts of icons, or signs of their own
_PICTURE = 2000.0  # square points: what is smaller is a sign, not a picture
_SCANNED = 0.25  # of the page: a picture that may hold answers


@dataclass(slots=True)
class Reading:
    """See the module.

    Args:
        lines: of all pages.
        notes: annotations with words, each with its page.
        furniture: headers, footers and page numbers that were taken out.
        pages: how many there are.
        pictures: how many there are on pages with text.
        scans: pages that are pictures without text.
        layers: pages whose text a program wrote over a picture.
        crowded: pages of which not all is read.
        unmapped: pages on which many signs have no character.
        hidden, turned, struck: characters left out; see :class:`~grader.intake.pdf.glyphs.Page`.
        shapes: formulas that are drawn as shapes.
    """

    lines: list[Placed] = field(default_factory=list)
    notes: list[tuple[int, Annotation]] = field(default_factory=list)
    furniture: list[Row] = field(default_factory=list)
    pages: int = 0
    pictures: int = 0
    scans: list[int] = field(default_factory=list)
    layers: list[int] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)
    hidden: int = 0
    turned: int = 0
    struck: int = 0
    shapes: int = 0


def read(pages: Iterable[Page]) -> Reading:
    """Read pages.

    Args:
        pages: in order.
    """
    found = Reading()
    count = 0
    for whole, taken in without_furniture(pages):
        page, struck = without_struck(whole)
        found.struck += struck
        found.pages += 1
        found.hidden += page.hidden
        found.turned += page.turned
        found.shapes += page.shapes
        found.furniture += taken
        found.notes += [(page.number, one) for one in page.annotations if one.text.strip()]
        _state(page, found)
        number = 0
        for region in regions(page.glyphs, page.bars):
            count += 1
            for part in parted(region):
                rows = _rows(part) if isinstance(part, Table) else _lines(part, page.dots)
                for line, dot, cells in rows:
                    number += 1
                    found.lines.append(Placed(line, page.number, number, count, region.left, region.right, dot, cells))
    return found


_Made: TypeAlias = tuple[Line, Box | None, tuple[tuple[Piece, ...], ...]]


def _lines(region: Region, dots: Sequence[Box]) -> Iterator[_Made]:
    """The lines of a region, each with the mark before it."""
    made = [line for line in lines(region.glyphs, region.bars) if any(piece.text.strip() for piece in line.pieces)]
    for line, dot in zip(made, _dots(made, dots), strict=True):
        yield line, dot, ()


def _rows(table: Table) -> Iterator[_Made]:
    """The rows of a table, each as one line, with its cells."""
    for row in table.rows:
        made = [lines(cell, table.bars) for cell in row]
        if whole := [line for cell in made for line in cell]:
            yield _joined(whole), None, tuple(map(_cell, made))


def _cell(made: Sequence[Line]) -> tuple[Piece, ...]:
    """The lines of a cell, with spaces between them."""
    found: list[Piece] = []
    for line in made:
        if found and line.pieces:
            found.append(replace(found[-1], text=" ", math=False, display=False))
        found += line.pieces
    return tuple(found)


def _joined(made: Sequence[Line]) -> Line:
    """Lines of one row as one line."""
    worst = min(made, key=lambda line: (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH).index(line.confidence))
    return Line(
        made[0].y,
        min(line.left for line in made),
        max(line.right for line in made),
        min(line.bottom for line in made),
        max(line.top for line in made),
        made[0].size,
        tuple(piece for line in made for piece in line.pieces),
        worst.confidence,
        worst.why,
    )


def _state(page: Page, found: Reading) -> None:
    """What is to be said of a page as a whole."""
    inked = sum(not glyph.text.isspace() for glyph in page.glyphs)
    areas = [(right - left) * (top - bottom) for left, bottom, right, top in page.pictures]
    if not inked and sum(areas) >= _SCANNED * page.width * page.height:
        found.scans.append(page.number)
    elif page.layer:
        found.layers.append(page.number)
    else:
        found.pictures += sum(area >= _PICTURE for area in areas)
    if page.too_many:
        found.crowded.append(page.number)
    if 10 * page.unmapped > inked:
        found.unmapped.append(page.number)


def _dots(made: Sequence[Line], dots: Sequence[Box]) -> list[Box | None]:
    """For each line the drawn mark before it."""
    found: list[list[Box]] = [[] for _ in made]
    for box in dots:
        middle = (box[1] + box[3]) / 2
        near = [
            index
            for index, line in enumerate(made)
            if 0 <= line.left - box[2] + 1 <= _FURTHEST_DOT
            and -0.2 <= (middle - line.y) / line.size <= 0.9
            and _SMALLEST_DOT <= (box[3] - box[1]) / line.size <= _LARGEST_DOT
        ]
        if near:
            index = min(near, key=lambda i: made[i].left - box[2])
            found[index].append(box)
    return [boxes[0] if len(boxes) == 1 else None for boxes in found]  # several make up a sign of their own
