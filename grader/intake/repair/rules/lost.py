"""Characters that were lost before the file was handed in."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence, Doubt

_LOST = re.compile("\N{REPLACEMENT CHARACTER}+")
_WHY = "a program could not read characters of the text and left � in their place"


class Lost(Rule):
    """The sign that programs leave in place of what they could not read."""

    name = "lost-characters"
    order = 20
    of_marks = True
    does = "Where � stands for a character that was lost, the text is doubted."

    def look(self, view: View) -> Found:
        """Each run of the sign."""
        if "\N{REPLACEMENT CHARACTER}" not in view.text:
            return NOTHING
        return Found(doubts=tuple(Doubt(m.start(), m.end(), Confidence.LOW, _WHY) for m in _LOST.finditer(view.text)))
