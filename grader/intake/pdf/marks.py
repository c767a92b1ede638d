"""What is drawn on a page beside its text: bars, the dots of lists, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.intake.pdf.drawn import Sign, sign_of
from grader.intake.pdf.frame import Box, Frame
from grader.intake.pdf.shapes import like_a_letter

_COVERING = 4.0  # points: what is narrower hides no word
_MOST_COVERS = 100  # of one page
_MOST_OBJECTS = 40_000  # of one page that are looked at
_THIN = 3.0  # points; what is thicker is no bar
_HAIR = 0.8  # points; a rule so thin may be short, as in small fractions
_ROUND = 64  # segments: what has more is no disc, circle or square
_SMALLEST_DOT, _LARGEST_DOT = 1.5, 9.0  # points


@dataclass(frozen=True, slots=True)
class Bar:
    """A thin rule: of a fraction, a root, a table, an underlining.

    Args:
        left, bottom, right, top: its edges.
        colour: of the ink, as 0xRRGGBB.
    """

    left: float
    bottom: float
    right: float
    top: float
    colour: int

    @property
    def level(self) -> bool:
        """It lies; else it stands."""
        return self.right - self.left >= self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Marks:
    """See the module.

    Args:
        bars: thin rules.
        dots: small marks as high as they are wide: browsers and office programs draw the dots of lists.
        pictures: the box of each.
        signs: brackets and roots that are drawn.
        shapes: boxes of what may be letters that are drawn.
        covers: what may hide text that was drawn before it: when it was drawn, and its box.
        drawn: for each text object, by its address, when it was drawn.
    """

    bars: tuple[Bar, ...] = ()
    dots: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    signs: tuple[Sign, ...] = ()
    shapes: tuple[Box, ...] = ()
    covers: tuple[tuple[int, Box], ...] = ()
    drawn: Mapping[int | None, int] = field(default_factory=dict)


def marks(page: Any, frame: Frame) -> Marks:
    """The marks of a page of pypdfium2, also those inside of forms."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    bars: list[Bar] = []
    dots: list[Box] = []
    pictures: list[Box] = []
    signs: list[Sign] = []
    shapes: list[Box] = []
    covers: list[tuple[int, Box]] = []
    drawn: dict[int | None, int] = {}
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT)
    for index, item in enumerate(page.get_objects(filter=kinds)):
        if index >= _MOST_OBJECTS:
            break
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            drawn[ctypes.cast(item.raw, ctypes.c_void_p).value] = index
            continue
        try:
            box = _bounds(item, frame)
        except pdfium.PdfiumError:  # it has no extent: nothing is drawn
            continue
        left, bottom, right, top = box
        wide, high = right - left, top - bottom
        if drawn and len(covers) < _MOST_COVERS and min(wide, high) >= _COVERING:
            covers.append((index, box))
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(box)
            continue
        thin = min(wide, high) <= _THIN < max(wide, high) or min(wide, high) <= _HAIR < max(wide, high) / 2
        small = min(wide, high) >= _SMALLEST_DOT and max(wide, high) <= min(_LARGEST_DOT, 1.3 * min(wide, high))
        if (colour := _ink(item)) is None:
            continue
        corners = raw.FPDFPath_CountSegments(item.raw)
        small = small and corners <= _ROUND
        if not thin and not small and (sign := sign_of(item, box, colour, frame)) is not None:
            signs.append(sign)
            if sign.rule is not None:
                bars.append(Bar(*sign.rule, colour))
        elif not small and like_a_letter(box, corners):
            shapes.append(box)
        if not thin and not small and _outlined(item):
            bars.extend(_edges(box, colour))
        if small:
            dots.append(box)
        if thin:
            bars.append(Bar(left, bottom, right, top, colour))
    return Marks(tuple(bars), tuple(dots), tuple(pictures), tuple(signs), tuple(shapes), tuple(covers), drawn)


def _outlined(item: Any) -> bool:
    """Whether a path is the outline of a rectangle, as of a framed formula: its four rules are one path."""
    import pypdfium2.raw as raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    if fill.value != raw.FPDF_FILLMODE_NONE or not stroke.value or raw.FPDFPath_CountSegments(item.raw) not in (4, 5):
        return False
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for index in range(4):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO:
            return False
        points.append((round(x.value, 1), round(y.value, 1)))
    return len({x for x, _ in points}) == 2 and len({y for _, y in points}) == 2


def _edges(box: Box, colour: int) -> list[Bar]:
    left, bottom, right, top = box
    wide = min(_HAIR, right - left, top - bottom)
    return [
        Bar(left, bottom, right, bottom + wide, colour),
        Bar(left, top - wide, right, top, colour),
        Bar(left, bottom, left + wide, top, colour),
        Bar(right - wide, bottom, right, top, colour),
    ]


def _bounds(item: Any, frame: Frame) -> Box:
    """The box of an object as it is shown."""
    box = item.get_bounds()
    within = item.container
    while within is not None:  # bounds are those within the form
        box = within.get_matrix().on_rect(*box)
        within = within.container
    return frame.box(*box)


def _ink(item: Any) -> int | None:
    """The colour of a path; None if nothing is put down."""
    import pypdfium2.raw as raw

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    if fill.value != raw.FPDF_FILLMODE_NONE:
        raw.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
    elif stroke.value:
        raw.FPDFPageObj_GetStrokeColor(item.raw, red, green, blue, alpha)
    else:
        return None
    return (red.value << 16) + (green.value << 8) + blue.value if alpha.value else None
