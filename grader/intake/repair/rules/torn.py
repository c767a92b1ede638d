"""Formulas that an extraction from PDF tore out of their sentences."""

from __future__ import annotations

import bisect

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.torn import put_back
from grader.intake.repair.torn.records import Spot
from grader.intake.repair.torn.tokens import ZERO_WIDTH
from grader.intake.repair.views import View
from grader.records import Confidence, Doubt


class Torn(Rule):
    """Formulas that stand in pieces below the sentences in which they left holes."""

    name = "torn-formulas"
    order = 60
    of_marks = True
    does = "Formulas that stand in pieces below their sentences are put back into them."

    def look(self, view: View) -> Found:
        """What puts each formula back; holes and pieces that stay are doubted."""
        text = view.text
        if ZERO_WIDTH not in view.foreign:
            return NOTHING
        lines = text.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)

        def offset(spot: Spot) -> int:
            return starts[spot[0]] + spot[1]

        breaks = [bisect.bisect_left(starts, page) for page in view.pages]
        back = put_back(lines, breaks)
        changes = [Change(offset(e.start), offset(e.end), e.after, e.confidence, e.why) for e in back.edits]
        doubts = [Doubt(offset(d.start), offset(d.end), Confidence.LOW, d.why) for d in back.doubts]
        return Found(changes, doubts)
