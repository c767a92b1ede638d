"""The marks on the pages of a PDF: glyphs with their base lines, bars, annotations, pictures.

PDFium does the unpacking (through pypdfium2); nothing here knows of lines, words or formulas. All measures are in
points (1/72 inch) from the lower left corner of the page as it is shown.

Source: ISO 32000-2, 9.4 (text objects) and 12.5 (annotations).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.diagnostics import InputError
from grader.intake.extract.base import broken

KIND = "a PDF file"

MOST_PAGES = 500
"""Of a file with more pages nothing is read: no homework and no talk is that long."""

MOST_GLYPHS = 60_000
"""Most glyphs of one page that are read."""

_MOST_OBJECTS = 20_000  # of one page that are looked at for bars
_THIN = 3.0  # points; what is thicker is no bar


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
    box: tuple[float, float, float, float]
    size: float
    font: str
    colour: int


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
class Annotation:
    """What somebody put on a page with the tools of a reader.

    Args:
        kind: ``free text``, ``note``, ``highlight``, ``underline``, ``strike out`` or ``other``.
        text: its words, "" where there are none.
        box: left, bottom, right, top.
        author: as the file says, "" if it does not.
    """

    kind: str
    text: str
    box: tuple[float, float, float, float]
    author: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that stands on one page.

    Args:
        number: from 1.
        width, height: in points.
        glyphs: in the order of the file.
        bars: thin rules.
        annotations: in the order of the file.
        pictures: left, bottom, right, top of each.
        too_many: there were more glyphs than are read.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    bars: tuple[Bar, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    pictures: tuple[tuple[float, float, float, float], ...] = ()
    too_many: bool = False


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
        for number in range(1, len(document) + 1):
            try:
                page = document[number - 1]
            except pdfium.PdfiumError as error:
                raise broken(name, KIND, f"page {number} cannot be loaded") from error
            try:
                yield _page(page, number)
            finally:
                page.close()
    finally:
        document.close()


def _cannot_open(name: str, says: str) -> InputError:
    if "password" in says.lower():
        return broken(name, KIND, "it is locked with a password")
    return broken(name, KIND, "it is damaged or not complete")


def _page(page: Any, number: int) -> Page:
    width, height = page.get_size()
    glyphs, too_many = _glyphs(page)
    bars, pictures = _marks(page)
    return Page(number, width, height, glyphs, bars, _annotations(page), pictures, too_many)


def _glyphs(page: Any) -> tuple[tuple[Glyph, ...], bool]:
    """The glyphs of a page, without those that PDFium makes up (spaces and line ends), and whether some were left."""
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    handle = text_page.raw
    count = raw.FPDFText_CountChars(handle)
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    fonts: dict[bytes, str] = {}
    found: list[Glyph] = []
    for index in range(min(count, MOST_GLYPHS)):
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(handle, index)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
        raw.FPDFText_GetLooseCharBox(handle, index, loose)
        raw.FPDFText_GetFillColor(handle, index, red, green, blue, alpha)
        raw.FPDFText_GetMatrix(handle, index, matrix)
        raw.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
        font = fonts.get(buffer.value)
        if font is None:
            font = fonts[buffer.value] = _plain_name(buffer.value)
        scale = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
        size = raw.FPDFText_GetFontSize(handle, index) * scale
        box = (left.value, bottom.value, right.value, top.value)
        colour = (red.value << 16) + (green.value << 8) + blue.value
        found.append(Glyph(_character(code), x.value, y.value, loose.right, box, size, font, colour))
    text_page.close()
    return tuple(found), count > MOST_GLYPHS


def _character(code: int) -> str:
    """A code point as text; the replacement character where it is none. Fonts of TeX use all codes, also 0."""
    return chr(code) if 0 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"


def _plain_name(name: bytes) -> str:
    """A font's name without the six letters that mark a subset."""
    text = name.decode("utf-8", errors="replace")
    mark, plus, rest = text.partition("+")
    return rest if plus and len(mark) == 6 and mark.isupper() else text


def _marks(page: Any) -> tuple[tuple[Bar, ...], tuple[tuple[float, float, float, float], ...]]:
    """The thin rules and the pictures of a page."""
    import pypdfium2.raw as raw

    bars: list[Bar] = []
    pictures: list[tuple[float, float, float, float]] = []
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    for index, item in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE))):
        if index >= _MOST_OBJECTS:
            break
        left, bottom, right, top = _bounds(item)
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append((left, bottom, right, top))
        elif min(right - left, top - bottom) <= _THIN < max(right - left, top - bottom):
            raw.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
            bars.append(Bar(left, bottom, right, top, (red.value << 16) + (green.value << 8) + blue.value))
    return tuple(bars), tuple(pictures)


def _bounds(item: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = item.get_bounds()
    return left, bottom, right, top


_KINDS = {3: "free text", 1: "note", 9: "highlight", 10: "underline", 12: "strike out"}


def _annotations(page: Any) -> tuple[Annotation, ...]:
    import pypdfium2.raw as raw

    found: list[Annotation] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 1000)):
        handle = raw.FPDFPage_GetAnnot(page.raw, index)
        if not handle:
            continue
        kind = raw.FPDFAnnot_GetSubtype(handle)
        rect = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(handle, rect)
        text, author = _value(handle, b"Contents"), _value(handle, b"T")
        raw.FPDFPage_CloseAnnot(handle)
        if kind != raw.FPDF_ANNOT_LINK and (text.strip() or kind in _KINDS):
            box = (rect.left, rect.bottom, rect.right, rect.top)
            found.append(Annotation(_KINDS.get(kind, "other"), text, box, author))
    return tuple(found)


def _value(handle: Any, key: bytes) -> str:
    """A text of an annotation's dictionary, "" where there is none."""
    import pypdfium2.raw as raw

    size = raw.FPDFAnnot_GetStringValue(handle, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(handle, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")
