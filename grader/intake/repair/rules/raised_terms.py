"""Terms behind an exponent that recognition of characters raised with it: ``(1+a)^{n-1}`` for ``(1+a)^n - 1``."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence, Doubt

_NAME = r"\\?[A-Za-z]{1,10}"
_SUM = re.compile(
    rf"\\frac\{{[ ]?\([ ]?1[ ]?\+[ ]?(?P<rate>{_NAME})[ ]?\)[ ]?\^\{{[ ]?(?P<exponent>{_NAME})[ ]?-[ ]?1[ ]?\}}[ ]?\}}"
    rf"[ ]?\{{[ ]?(?P=rate)[ ]?\}}"
)
_WHY = "1 less in an exponent over the rate: a geometric sum has the −1 on the line, and small type is easily misread"


class RaisedTerms(Rule):
    """A geometric sum whose −1 stands in the exponent, in a text that a program read from pictures of pages."""

    name = "raised-terms"
    order = 104
    does = "Where a term may have been read into an exponent, the text is doubted."

    def look(self, view: View) -> Found:
        """Fractions that would be geometric sums with the −1 on the line."""
        if "\\frac{" not in view.text or not any(end in view.text for end in ("-1}}{", "- 1}}{", "- 1 } } {")):
            return NOTHING
        found = [m for m in _SUM.finditer(view.text) if view.scanned or _elsewhere(view.text, m)]
        return Found(doubts=[Doubt(m.start(), m.end(), Confidence.LOW, _WHY) for m in found])


def _elsewhere(text: str, m: re.Match[str]) -> bool:
    """Whether the same text has the sum with the −1 on the line."""
    squeezed = text.replace(" ", "").replace("{" + m.group("exponent") + "}", m.group("exponent"))
    return f"(1+{m.group('rate')})^{m.group('exponent')}-1" in squeezed
