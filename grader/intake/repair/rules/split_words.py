"""Words that the end of a line cut where no hyphen stands."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence

_LIGATURE = re.compile(r"(?<=[a-z])(?P<end>ff[il])[ \t\r]?\n[ \t]?(?=[a-z]{2})")
_CAPITALS = re.compile(r"(?P<before>(?<![A-Z-])[A-Z]{2,})-[ ](?=[A-Z]{2,}\b)")
_HYPHEN = "a hyphen and a space stand in a word of capitals"


class SplitWords(Rule):
    """``effi`` and ``cient``: no word ends in a ligature of three letters. ``RE- ALLY`` in a heading."""

    name = "split-words"
    order = 86
    hides = False
    does = "Words that were cut at the end of a line are whole again."

    def look(self, view: View) -> Found:
        """Ends of lines in such words, and hyphens with a space in headings of capitals."""
        text = view.text
        changes: list[Change] = []
        if "ffi\n" in text or "ffl\n" in text or "ffi \n" in text:
            changes += [Change(m.end("end"), m.end(), "") for m in _LIGATURE.finditer(text)]
        if "- " in text and "#" in text:
            for start, end in view.lines_with("# "):
                for m in _CAPITALS.finditer(text, start, end):
                    changes.append(Change(m.end("before"), m.end(), "", Confidence.MEDIUM, _HYPHEN))
        return Found(sorted(changes, key=lambda change: change.start)) if changes else NOTHING
