"""A minus sign that recognition of characters dropped: ``(A λI)``."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence, Doubt

_SHIFTED = re.compile(r"\(\s?[A-Z]\s{1,3}(?:\\lambda|\\mu|[λμ])\s?I\s?\)")
_WHY = "a matrix stands beside a multiple of the identity without a sign: the minus between them may have been lost"


class LostMinus(Rule):
    """A matrix and a multiple of the identity side by side, as nobody writes a product."""

    name = "lost-minus"
    order = 100
    does = "Where a matrix stands beside a multiple of the identity without a sign, the text is doubted."

    def look(self, view: View) -> Found:
        """Brackets with a matrix, λ and I."""
        text = view.text
        if not any(mark in text for mark in ("\\lambda I)", "λI)", "λ I)", "\\mu I)", "μI)", "\\lambda I )")):
            return NOTHING
        return Found(doubts=[Doubt(m.start(), m.end(), Confidence.LOW, _WHY) for m in _SHIFTED.finditer(text)])
