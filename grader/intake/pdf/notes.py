"""What somebody put on a page with the tools of a reader.

Source: ISO 32000-2, 12.5 (annotations).
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

from grader.intake.pdf.frame import Box, Frame

_MOST = 1000  # annotations of one page that are read
_KINDS = {3: "free text", 1: "note", 9: "highlight", 10: "underline", 12: "strike out"}


@dataclass(frozen=True, slots=True)
class Annotation:
    """See the module.

    Args:
        kind: ``free text``, ``note``, ``highlight``, ``underline``, ``strike out`` or ``other``.
        text: its words, "" where there are none.
        box: left, bottom, right, top.
        author: as the file says, "" if it does not.
        marked: boxes of the words that a highlight, an underline or a strike out is on.
    """

    kind: str
    text: str
    box: Box
    author: str
    marked: tuple[Box, ...] = ()


def notes(page: Any, frame: Frame) -> tuple[Annotation, ...]:
    """The annotations of a page of pypdfium2, in the order of the file; no links."""
    import pypdfium2.raw as raw

    found: list[Annotation] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        handle = raw.FPDFPage_GetAnnot(page.raw, index)
        if not handle:
            continue
        kind = raw.FPDFAnnot_GetSubtype(handle)
        rect = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(handle, rect)
        text, author = _value(handle, b"Contents"), _value(handle, b"T")
        marked = _marked(handle, frame)
        raw.FPDFPage_CloseAnnot(handle)
        if kind not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP) and (text.strip() or kind in _KINDS):
            box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
            found.append(Annotation(_KINDS.get(kind, "other"), text, box, author, marked))
    return tuple(found)


def _marked(handle: Any, frame: Frame) -> tuple[Box, ...]:
    """The boxes of the words that an annotation is on."""
    import pypdfium2.raw as raw

    found = []
    points = raw.FS_QUADPOINTSF()
    if raw.FPDFAnnot_HasAttachmentPoints(handle):
        for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(handle), _MOST)):
            if raw.FPDFAnnot_GetAttachmentPoints(handle, index, points):
                across = (points.x1, points.x2, points.x3, points.x4)
                up = (points.y1, points.y2, points.y3, points.y4)
                found.append(frame.box(min(across), min(up), max(across), max(up)))
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
