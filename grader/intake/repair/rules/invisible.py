"""Marks that nobody sees: of zero width, of byte order, of hyphenation, of direction."""

from __future__ import annotations

import re
import unicodedata

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence, Doubt

_MARKS = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_TURNED = re.compile("[\u202d\u202e][^\n\r\u202c]*\u202c?")
_JOINERS = ("\u200c", "\u200d")
_WHY = "marks in it turn the order of its characters, so that it is not as one sees it"


class Invisible(Rule):
    """Marks that are not seen. Those between characters that they hold apart, or join, are left."""

    name = "invisible-marks"
    order = 70
    of_marks = True
    does = "Marks of zero width are taken out."
    told = False

    def look(self, view: View) -> Found:
        """Each run of marks, and stretches whose order is turned."""
        text = view.text
        if not any(_MARKS.match(c) for c in view.foreign):
            return NOTHING
        turned = [Doubt(m.start(), m.end(), Confidence.LOW, _WHY) for m in _TURNED.finditer(text)]
        changes = []
        for m in _MARKS.finditer(text):
            before, after = text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
            if not ({"\u202d", "\u202e"} & set(m.group()) or _meant(m.group(), before, after)):
                changes.append(Change(m.start(), m.end(), ""))
        return Found(changes, turned)


def _meant(mark: str, before: str, after: str) -> bool:
    """Whether marks are there for their neighbours: digits that they keep apart, pictures or letters that they join."""
    if mark in _JOINERS and before and after:
        return unicodedata.category(before) in ("So", "Sk", "Mn", "Lo", "Mc") or ord(after) > 0x2000
    return (before.isdigit() and after.isalnum()) or (after.isdigit() and before.isalnum())
