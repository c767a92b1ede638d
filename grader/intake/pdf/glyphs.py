"""The marks on the pages of a PDF: glyphs with their base lines, bars, annotations, pictures.

PDFium does the unpacking (through pypdfium2); nothing here knows of lines, words or formulas. All measures are in
points (1/72 inch) from the lower left corner of the page as it is shown.

Source: ISO 32000-2, 9.4 (text objects).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.diagnostics import InputError
from grader.intake.extract.base import broken
from grader.intake.pdf.drawn import DRAWN, Sign
from grader.intake.pdf.extension import Extension
from grader.intake.pdf.frame import Box, Frame, frame_of
from grader.intake.pdf.hidden import pale, shown
from grader.intake.pdf.marks import Bar, Marks, marks
from grader.intake.pdf.notes import Annotation, notes
from grader.intake.pdf.shapes import formulas
from grader.intake.pdf.styles import UNNAMED, Styles

KIND = "a PDF file"

MOST_PAGES = 500
"""Of a file with more pages nothing is read: no homework and no talk is that long."""

MOST_GLYPHS = 60_000
"""Most glyphs of one page that are read."""

_TINY = 1.0  # points: type that is smaller is not read by anybody
_USUAL = 12.0  # points
_MOST_LOOKS = 1_000_000  # at glyphs below what was drawn later, on one page
_MOSTLY = 0.8  # of the doubtful glyphs of a row: so many are not seen where it is hidden
_BESIDE = 4.0  # points between the base lines of a formula that is drawn and of the words beside it


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character on a page.

    Args:
        text: the character, as the file maps it to Unicode; fonts of TeX map some pieces of signs to letters.
        x, y: its origin, which lies on the base line.
        right: where the next character of its run would begin.
        box: left, bottom, right and top of its ink; all equal to the origin for a space.
        size: of the type, in points on the page.
        font: name of the font without the mark of its subset: ``CMMI10``.
        colour: of the ink, as 0xRRGGBB.
    """

    text: str
    x: float
    y: float
    right: float
    box: Box
    size: float
    font: str
    colour: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that stands on one page.

    Args:
        number: from 1.
        width, height: in points, as it is shown.
        glyphs: in the order of the file; upright ones that can be seen.
        bars: thin rules.
        annotations: in the order of the file.
        pictures: left, bottom, right, top of each.
        too_many: there were more glyphs than are read.
        dots: boxes of small marks, such as those of lists.
        hidden: how many glyphs are left out because nobody sees them.
        turned: how many are left out because they do not stand upright.
        layer: the glyphs, or most of them, are those that a program wrote, unseen, over a picture of the page.
        unmapped: how many glyphs have no character in the file.
        shapes: how many of the glyphs stand for formulas that are drawn as shapes.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    bars: tuple[Bar, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    pictures: tuple[Box, ...] = ()
    too_many: bool = False
    dots: tuple[Box, ...] = ()
    hidden: int = 0
    turned: int = 0
    layer: bool = False
    unmapped: int = 0
    shapes: int = 0


def pages(data: bytes, name: str) -> Iterator[Page]:
    """The pages of a PDF file, one at a time.

    Args:
        data: the bytes.
        name: of the file, for messages.

    Raises:
        InputError: ``input-broken``: it is damaged, locked with a password, or has too many pages.
    """
    import pypdfium2 as pdfium  # here, for it loads a library of 10 MB

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _cannot_open(name, str(error)) from error
    try:
        if len(document) > MOST_PAGES:
            raise broken(name, KIND, f"it has {len(document):,} pages; the limit is {MOST_PAGES}")
        extension = Extension()
        for number in range(1, len(document) + 1):
            try:
                page = document[number - 1]
            except pdfium.PdfiumError as error:
                raise broken(name, KIND, f"page {number} cannot be loaded") from error
            try:
                yield _page(page, number, extension)
            finally:
                page.close()
    finally:
        document.close()


def _cannot_open(name: str, says: str) -> InputError:
    if "password" in says.lower():
        return broken(name, KIND, "it is locked with a password")
    return broken(name, KIND, "it is damaged or not complete")


def _page(page: Any, number: int, extension: Extension) -> Page:
    frame = frame_of(page)
    read = _read(page, frame)
    drawn = marks(page, frame)
    seen, layer = _sifted(page, frame, read, drawn)
    shapes = [_unread(box, base, seen) for box, base in formulas(drawn.shapes)]
    return Page(
        number,
        frame.width,
        frame.height,
        (*extension.coded(seen), *(_letter(sign) for sign in drawn.signs), *shapes),
        drawn.bars,
        notes(page, frame),
        drawn.pictures,
        read.too_many,
        drawn.dots,
        len(read.glyphs) - len(seen),
        read.turned,
        layer,
        read.unmapped,
        len(shapes),
    )


def _unread(box: Box, base: float, glyphs: Sequence[Glyph]) -> Glyph:
    """A formula that is drawn, as one sign that cannot be read, on the base line of the words beside it."""
    beside = (glyph for glyph in glyphs if abs(glyph.y - base) <= _BESIDE and not glyph.text.isspace())
    near = min(beside, key=lambda glyph: min(abs(glyph.right - box[0]), abs(glyph.x - box[2])), default=None)
    y, size, colour = (base, _USUAL, 0) if near is None else (near.y, near.size, near.colour)
    return Glyph("\N{REPLACEMENT CHARACTER}", box[0], y, box[2], box, size, "", colour)


def _letter(sign: Sign) -> Glyph:
    """A sign that is drawn, as if it were a letter; its size is that of a usual letter."""
    left, bottom, right, _ = sign.box
    return Glyph(sign.text, left, bottom, right, sign.box, _USUAL, DRAWN, sign.colour)


@dataclass(slots=True)
class _Read:
    """The glyphs of a page, with the addresses of their text objects; those that put down no ink; see :class:`Page`."""

    glyphs: list[Glyph]
    inkless: set[int]
    addresses: list[int] = field(default_factory=list)
    turned: int = 0
    unmapped: int = 0
    too_many: bool = False


def _read(page: Any, frame: Frame) -> _Read:
    """The glyphs of a page, without those that PDFium makes up (spaces and line ends)."""
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    handle = text_page.raw
    count = raw.FPDFText_CountChars(handle)
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = raw.FS_RECTF()
    found = _Read([], set(), too_many=count > MOST_GLYPHS)
    styles = Styles(handle, frame)
    plain = frame.plain
    high = 0  # the first half of a character beyond the first 65,536
    for index in range(min(count, MOST_GLYPHS)):
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code == 2 and raw.FPDFText_IsHyphen(handle, index) == 1:
            code = ord("-")  # PDFium marks the hyphen at the end of a line so
        style = styles.of(index)
        if not style.upright:
            found.turned += 1
            continue
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
        raw.FPDFText_GetLooseCharBox(handle, index, loose)
        found.unmapped += raw.FPDFText_HasUnicodeMapError(handle, index) == 1
        if not style.inked:
            found.inkless.add(len(found.glyphs))
        at, box = (x.value, y.value), (left.value, bottom.value, right.value, top.value)
        end = loose.right
        if not plain:
            at, box = frame.point(*at), frame.box(*box)
            end = frame.box(loose.left, loose.bottom, loose.right, loose.top)[2]
        if style.font.startswith(UNNAMED) and 0x1B <= code <= 0x1F:
            code += 0xFB00 - 0x1B  # ligatures in TeX's encoding T1, in a font without a name
        found.addresses.append(style.address)
        found.glyphs.append(Glyph(_character(code), *at, end, box, style.size, style.font, style.colour))
    text_page.close()
    return found


def _sifted(page: Any, frame: Frame, read: _Read, drawn: Marks) -> tuple[list[Glyph], bool]:
    """The glyphs that somebody can see, or that a program wrote over a picture; whether most are of the second kind."""
    kept: dict[int, Glyph] = {}
    doubtful: list[int] = []
    layer = 0
    for index, glyph in enumerate(read.glyphs):
        left, bottom, right, top = glyph.box
        across, up = (left + right) / 2, (bottom + top) / 2
        if not (0 <= across <= frame.width and 0 <= up <= frame.height) or glyph.size < _TINY:
            continue
        if index in read.inkless:
            if not any(one[0] <= across <= one[2] and one[1] <= up <= one[3] for one in drawn.pictures):
                continue
            layer += 1
        elif pale(glyph.colour) and not glyph.text.isspace():
            doubtful.append(index)
        kept[index] = glyph
    doubtful = sorted({*doubtful, *(index for index in _covered(read, drawn) if index in kept)})
    for index in _unseen(page, frame, kept, doubtful):
        del kept[index]
    return list(kept.values()), 2 * layer > len(kept)


def _unseen(page: Any, frame: Frame, kept: Mapping[int, Glyph], doubtful: Sequence[int]) -> list[int]:
    """Which doubtful glyphs nobody sees: those of a row together, for what is cut through can be seen in part."""
    rows: dict[int, list[tuple[int, bool]]] = {}
    for index, seen in zip(doubtful, shown(page, frame.height, [kept[i].box for i in doubtful]), strict=True):
        rows.setdefault(round(kept[index].y), []).append((index, seen))
    return [
        index for row in rows.values() if sum(not seen for _, seen in row) >= _MOSTLY * len(row) for index, _ in row
    ]


def _covered(read: _Read, drawn: Marks) -> Iterator[int]:
    """The glyphs over which something was drawn later."""
    for order, (left, bottom, right, top) in drawn.covers[: _MOST_LOOKS // max(len(read.glyphs), 1)]:
        for index, glyph in enumerate(read.glyphs):
            across, up = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
            inside = left <= across <= right and bottom <= up <= top and not glyph.text.isspace()
            if inside and drawn.drawn.get(read.addresses[index], order) < order:
                yield index


def _character(code: int) -> str:
    """A code point as text; the replacement character where it is none. Fonts of TeX use all codes, also 0."""
    return chr(code) if 0 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"
