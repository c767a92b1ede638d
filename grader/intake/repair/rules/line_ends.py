"""Ends of lines as old and odd programs write them."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View

_ODD = re.compile("\r+\n?|[\v\x85\u2028\u2029]")  # whole runs: to try at each of many costs its square


_FOREIGN = frozenset("\x85\u2028\u2029")


class LineEnds(Rule):
    """Carriage returns alone, vertical tabs, the separators of Unicode. Windows' own ends of lines are none of them."""

    name = "line-ends"
    order = 34
    of_marks = True
    does = "Odd ends of lines become plain ones."
    told = False

    def look(self, view: View) -> Found:
        """Each of them."""
        text = view.text
        if "\r" not in text and b"\v" not in view.controls and view.foreign.isdisjoint(_FOREIGN):
            return NOTHING
        changes: list[Change] = []
        for match in _ODD.finditer(text):
            start, end = match.span()
            if not match.group().endswith("\n"):
                changes += [Change(at, at + 1, "\n") for at in range(start, end)]
            elif end - start > 2:
                changes.append(Change(start, end, "\r\n"))
        return Found(changes)
