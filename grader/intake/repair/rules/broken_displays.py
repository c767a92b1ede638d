"""Displayed formulas in which lines or fractions fell apart."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence, Doubt

_FRACTION = re.compile(r"\\partial[^\\\n&]{0,40}(?:\{[^{}\n]{0,40}\}[^\\\n&]{0,10})?\\\\\s{0,4}\\overline\{")
_OPERATOR = re.compile(r"(?:[=+\-*/<>,&({\[]|\\(?:\\|cdot|times|le|ge|leq|geq|approx|to|quad|qquad|,|;))[ \t\r]*$")
_BEGINS = re.compile(r"[ \t]*(?:[=+\-<>&,.)}\]]|\\(?:\\|end|le|ge|leq|geq|approx|quad|cdot|times|text|right)\b)")
_BAR = "a line over a term follows the numerator of a derivative: a fraction seems to have fallen apart"
_TWO = "two equations stand in one formula without a mark between them"


class BrokenDisplays(Rule):
    """Fractions whose bar became a line over the denominator, and equations that lost what parted them."""

    name = "broken-displays"
    order = 108
    does = "Where a displayed formula seems to have fallen apart, it is doubted."

    def look(self, view: View) -> Found:
        """Derivatives over an overline, and lines of one display that are equations each."""
        text = view.text
        doubts: list[Doubt] = []
        if "\\overline{" in text:
            doubts += [Doubt(m.start(), m.end(), Confidence.LOW, _BAR) for m in _FRACTION.finditer(text)]
        if "$$" in text and not view.latex:
            doubts += [Doubt(*r, Confidence.MEDIUM, _TWO) for r in view.formulas if _two(text[r[0] : r[1]])]
        return Found(doubts=sorted(doubts, key=lambda doubt: doubt.start)) if doubts else NOTHING


def _two(formula: str) -> bool:
    """Whether a displayed formula has two lines that are an equation each, neither of which leads on."""
    if not formula.startswith("$$") or formula.count("\n") == 0:
        return False
    lines = [line for line in formula.strip("$").split("\n") if line.strip()]
    if len(lines) != 2 or any("=" not in line or line.count("{") != line.count("}") for line in lines):
        return False
    inner = any(mark in formula for mark in ("aligned", "gather", "cases", "split"))
    return not inner and not _OPERATOR.search(lines[0]) and not _BEGINS.match(lines[1])
