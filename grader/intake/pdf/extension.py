"""Fonts of large signs (cmex), whose codes come in two ways.

pdfTeX gives none of their codes a character, and PDFium hands on the codes: 0x02 is a bracket. dvipdfmx gives them
characters: "[" is one, while as a code it would be a union. Which it is, the other signs of the font tell; codes of
brackets are put back, so that all that follows sees codes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.intake.pdf.glyphs import Glyph

_FONT = re.compile(r"(?i)CMEX\d")
_CODES = {"(": 0x00, ")": 0x01, "[": 0x02, "]": 0x03, "{": 0x08, "}": 0x09, "|": 0x0C, "/": 0x0E, "\\": 0x0F}
_NARROW = 0.35  # of its height is the width of a bracket; a union is wider


class Extension:
    """What the pages of a file show of its fonts of large signs."""

    def __init__(self) -> None:
        self._coded: set[str] = set()
        self._named: set[str] = set()

    def coded(self, glyphs: Sequence[Glyph]) -> list[Glyph]:
        """The glyphs of a page, brackets of these fonts with their codes.

        Args:
            glyphs: of the next page.
        """
        large = {glyph.font for glyph in glyphs if _FONT.match(glyph.font)}
        for glyph in glyphs if large else ():
            if glyph.font in large:
                self._learn(glyph)
        named = (large & self._named) - self._coded
        return [
            replace(glyph, text=chr(_CODES[glyph.text])) if glyph.font in named and glyph.text in _CODES else glyph
            for glyph in glyphs
        ]

    def _learn(self, glyph: Glyph) -> None:
        left, bottom, right, top = glyph.box
        if ord(glyph.text[0]) >= 0x80 or (glyph.text in "[]" and right - left < _NARROW * (top - bottom)):
            self._named.add(glyph.font)
        elif glyph.text not in _CODES and not glyph.text.isspace():
            self._coded.add(glyph.font)
