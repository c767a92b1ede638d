"""How the characters of a page are set: their font, size, colour and direction."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

from grader.intake.pdf.frame import Frame

UNNAMED = "unnamed-"
"""How the names begin that are given to fonts without one."""

_LEVEL = 0.1  # steepest rise of a base line that is still level
_CLEAR = 20  # of 255: ink that is thinner is not seen


@dataclass(frozen=True, slots=True)
class Style:
    """What all characters of one text object have in common.

    Args:
        upright: its base line is level on the page as it is shown, and runs to the right.
        inked: ink is put down.
        size: of the type, in points on the page.
        font: its name without the mark of its subset; one without a name has a number.
        colour: of the ink, as 0xRRGGBB.
        address: of the text object, 0 if there is none.
    """

    upright: bool
    inked: bool
    size: float
    font: str
    colour: int
    address: int = 0


class Styles:
    """The styles of the characters of a page; each text object is asked once."""

    def __init__(self, handle: Any, frame: Frame) -> None:
        import pypdfium2.raw as raw

        self._raw, self._handle, self._frame = raw, handle, frame
        self._matrix = raw.FS_MATRIX()
        self._channels = tuple(ctypes.c_uint() for _ in range(4))
        self._buffer, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()
        self._unnamed: dict[int | None, int] = {}
        self._known: dict[int | None, Style] = {}

    def of(self, index: int) -> Style:
        """The style of a character."""
        item = self._raw.FPDFText_GetTextObject(self._handle, index)
        address = ctypes.cast(item, ctypes.c_void_p).value
        found = self._known.get(address) if address else None
        if found is None:
            found = self._known[address] = self._ask(index, item, address or 0)
        return found

    def _ask(self, index: int, item: Any, address: int) -> Style:
        raw, matrix = self._raw, self._matrix
        raw.FPDFText_GetMatrix(self._handle, index, matrix)
        across, up = self._frame.direction(matrix.a, matrix.b)
        raw.FPDFText_GetFillColor(self._handle, index, *self._channels)
        red, green, blue, alpha = (channel.value for channel in self._channels)
        raw.FPDFText_GetFontInfo(self._handle, index, self._buffer, 128, self._flags)
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        unseen = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
        scale: float = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
        return Style(
            across > 0 and abs(up) <= _LEVEL * across,
            alpha >= _CLEAR and mode not in unseen,
            raw.FPDFText_GetFontSize(self._handle, index) * scale,
            _plain_name(self._buffer.value) or self._number(item),
            (red << 16) + (green << 8) + blue,
            address,
        )

    def _number(self, item: Any) -> str:
        """A name for a font that has none."""
        address = ctypes.cast(self._raw.FPDFTextObj_GetFont(item), ctypes.c_void_p).value
        return f"{UNNAMED}{self._unnamed.setdefault(address, len(self._unnamed))}"


def _plain_name(name: bytes) -> str:
    """A font's name without the six letters that mark a subset."""
    text = name.decode("utf-8", errors="replace")
    mark, plus, rest = text.partition("+")
    return rest if plus and len(mark) == 6 and mark.isupper() else text
