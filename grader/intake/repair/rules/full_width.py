"""Letters, digits and signs as wide as Chinese characters."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View

_WIDE = re.compile(r"[\uff01-\uff5e]+")
_SENTENCE = frozenset("，；！？")  # marks of Chinese sentences stay
_SHIFT = 0xFF01 - 0x21


class FullWidth(Rule):
    """``ａ＝（３）`` becomes ``a=(3)``, and so do brackets beside plain letters and digits."""

    name = "full-width"
    order = 74
    of_marks = True
    does = "Letters, digits and signs of full width become plain ones."
    told = False

    def look(self, view: View) -> Found:
        """Runs that hold letters or digits, or stand beside plain ones."""
        text = view.text
        if not any("\uff01" <= c <= "\uff5e" for c in view.foreign):
            return NOTHING
        changes = []
        for m in _WIDE.finditer(text):
            wide = m.group()
            if set(wide) <= _SENTENCE:
                continue
            beside = text[m.start() - 1 : m.start()] + text[m.end() : m.end() + 1]
            plain = "".join(c if c in _SENTENCE else chr(ord(c) - _SHIFT) for c in wide)
            if any(c.isalnum() and c.isascii() for c in plain + beside):
                changes.append(Change(m.start(), m.end(), plain))
        return Found(changes)
