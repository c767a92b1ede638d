"""Tables whose cells ran together in the first one."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence, Doubt

_ROW = re.compile(r"(?P<first>[^\t\n]+)(?P<rest>\t{2,})[ \r]*")
_VALUES = re.compile(r"[ ]{2,}")
_SHORT = "the cells of this table ran together, and one of each row was lost: the values may belong to other columns"
_MIXED = "the cells of this table ran together: which column a value belongs to is not known"


class CollapsedTables(Rule):
    """Rows whose first cell holds all values and whose others are empty, under a full line of heads."""

    name = "collapsed-tables"
    order = 106
    does = "Where the cells of a table ran together, the text is doubted."

    def look(self, view: View) -> Found:
        """Such rows; where the first column alone is missing, the order of the others stands."""
        text = view.text
        if "\t\t" not in text:
            return NOTHING
        doubts = []
        for start, end in view.lines_with("\t\t"):
            m = _ROW.fullmatch(text, start, end)
            if m is None:
                continue
            columns = len(m.group("rest")) + 1
            values = len(_VALUES.split(m.group("first").strip()))
            if values < 2:
                continue
            in_order = values in (columns, columns - 1)
            sure, why = (Confidence.MEDIUM, _SHORT) if in_order else (Confidence.LOW, _MIXED)
            doubts.append(Doubt(m.start(), m.end(), sure, why))
        return Found(doubts=doubts)
