"""Fonts without a name: those of MathJax, which a browser turns into drawings when it prints, and those of emoji.

A font of words has spaces; one for formulas has none, for their gaps are no characters. So a font without a name and
without spaces is one for formulas, where the words of the region are set in fonts with names.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.pdf.atoms import FORMULA, SLANTED
from grader.intake.pdf.encodings import BIG, OPERATORS, PIECES, RELATIONS, Face, face_of
from grader.intake.pdf.glyphs import Glyph
from grader.intake.pdf.styles import UNNAMED

_MOST_SPACES = 0.04  # share of the characters of a font for formulas; its words have some
_WORD = 4  # letters; a font that has so many side by side, and no sign of a formula, is one for words
_SIGNS = frozenset((*OPERATORS, *RELATIONS, *PIECES, *BIG, *"()[]{}√⌈⌉⌊⌋|∣"))
_MOST_LETTERS = 0.8  # share of such letters among all that are not in fonts for formulas; else they are the words


def unnamed_faces(glyphs: Sequence[Glyph]) -> dict[str, Face]:
    """The fonts without a name that are for formulas, among those of some glyphs."""
    texts: dict[str, list[str]] = {}
    words: set[str] = set()
    named = run = 0
    before: Glyph | None = None
    for glyph in glyphs:
        if glyph.font.startswith(UNNAMED):
            run = run + 1 if before is not None and _goes_on(before, glyph) else 1
            if run >= _WORD:
                words.add(glyph.font)
            texts.setdefault(glyph.font, []).append(glyph.text)
        elif not face_of(glyph.font).math:
            named += glyph.text.isalpha()
        before = glyph
    letters = sum(sum(map(str.isalpha, some)) for some in texts.values())
    if not texts or letters > _MOST_LETTERS * (letters + named):
        return {}
    found: dict[str, Face] = {}
    for font, some in texts.items():
        spaces, foreign = sum(map(str.isspace, some)), sum("\u2e80" <= one < "\ud800" for one in some)
        if foreign or spaces > _MOST_SPACES * len(some):
            continue
        signs = sum(one.isdigit() or one in _SIGNS for one in some)
        if signs or (font not in words and any(map(str.isalpha, some))):
            found[font] = FORMULA if signs else SLANTED
    return found


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    """Whether two letters of one font stand side by side."""
    near = abs(glyph.x - before.right) < 0.15 * glyph.size and glyph.y == before.y
    return near and glyph.font == before.font and before.text.isalpha() and glyph.text.isalpha()
