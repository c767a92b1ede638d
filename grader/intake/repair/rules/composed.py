"""Letters with their accents apart, as some systems write file names and some programs copy words."""

from __future__ import annotations

import re
import unicodedata

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View

_APART = re.compile("[A-Za-z][\u0300-\u036f]{1,4}")


class Composed(Rule):
    """A letter and its accent become one character in words; an accent over a single letter is one of mathematics."""

    name = "composed"
    order = 76
    of_marks = True
    does = "Letters of words and their accents become one character."
    told = False

    def look(self, view: View) -> Found:
        """Letters with accents apart that have a letter beside them."""
        text = view.text
        if not any("\u0300" <= c <= "\u036f" for c in view.foreign):
            return NOTHING
        changes = []
        for m in _APART.finditer(text):
            one = unicodedata.normalize("NFC", m.group())
            word = text[m.start() - 2 : m.start()].isalpha() or text[m.end() : m.end() + 2].isalpha()
            if len(one) == 1 and word and not view.in_formula(m.start()):
                changes.append(Change(m.start(), m.end(), one))
        return Found(changes)
