"""A percent sign that began a comment of TeX: the rest of the item was lost, and the next item follows its number."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence, Doubt

_BOLD = r"(?:\*\*|\\\*\\\*)"
_GLUED = re.compile(
    rf"(?<![\w.])(?P<item>\d)\.[ \t]{{1,4}}{_BOLD}(?P<words>(?:(?!{_BOLD})[^\n]){{1,200}}?[A-Za-z][ \t])"
    rf"(?P<number>\d{{1,3}})(?P<next>\d)\.[ \t]{{1,4}}(?={_BOLD}[^\n]{{0,200}})"
)
_LOST = "a percent sign seems to have begun a comment: words after the numbers of this list were lost"


class CutPercent(Rule):
    """``1. **Keep 802. **Lose 50`` was ``1. **Keep 80% …`` and ``2. **Lose 50% …``; 802 never was a number."""

    name = "cut-percent"
    order = 78
    hides = False
    does = "Where a percent sign was taken for a comment, the number before it and that of the next item are parted."
    confidence = Confidence.MEDIUM

    def look(self, view: View) -> Found:
        """Items in bold that end in a number and the number of the next item, without an end of the bold."""
        text = view.text
        if "1. **" not in text and r"1. \*\*" not in text:
            return NOTHING
        items = [f"{number}. {bold}" for number in range(1, 5) for bold in ("**", r"\*\*")]
        changes: list[Change] = []
        doubts: list[Doubt] = []
        for start, end in view.lines_with(*items):
            for m in _GLUED.finditer(text, start, end):
                if int(m.group("next")) == int(m.group("item")) + 1:
                    changes.append(Change(m.end("number"), m.end("number"), "%\n"))
                    doubts.append(Doubt(m.start("words"), end, Confidence.LOW, _LOST))
        return Found(changes, doubts)
