"""Exponents that came down to the line: ``O(n2d3)`` for n²d³, ``L = 2N for some N``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.intake.repair.base import NOTHING, Found, Rule
from grader.intake.repair.views import Range, View
from grader.records import Confidence, Doubt

_LEADS = ("O(", "O (", "Θ(", "Θ (", "Ω(", "Ω (", "𝒪(", "\\Theta(", "\\Omega(", "\\mathcal{O}(")
_INSIDE = re.compile(r"[^()\n\\$^_{}]{1,40}(?=\))")
_FLAT = re.compile(r"[A-Za-z](?P<digit>\d+)(?![\d.])")
_POWER = re.compile(r"\b[A-Z][ ]?=[ ]?2(?P<letter>[A-Z])\b(?=[ \n]{1,3}for some (?P=letter)\b)")
_WHY = "a number stands behind a letter as an exponent would: it may have been raised"


class FlatExponents(Rule):
    """Numbers behind letters in growth classes. Names that are counted (n1, n2) are none of them."""

    name = "flat-exponents"
    order = 102
    does = "Where a number behind a letter may have been an exponent, the text is doubted."

    def look(self, view: View) -> Found:
        """Growth classes with such a number, and powers of two without a power."""
        doubts = [Doubt(*place, Confidence.LOW, _WHY) for place in _growths(view.text)]
        if "for some" in view.text:
            doubts += [Doubt(m.start(), m.end(), Confidence.LOW, _WHY) for m in _POWER.finditer(view.text)]
        return Found(doubts=sorted(doubts, key=lambda doubt: doubt.start)) if doubts else NOTHING


def _growths(text: str) -> Iterator[Range]:
    """Growth classes with a number right behind a letter that may be its exponent."""
    for lead in _LEADS:
        at = text.find(lead)
        while at >= 0:
            start, at = at, at + len(lead)
            inside = _INSIDE.match(text, at)
            if inside is not None and not (lead[0] == "O" and text[start - 1 : start].isalnum()):
                digits = _FLAT.findall(inside.group())
                if digits and "1" not in digits and "0" not in digits:
                    yield start, inside.end() + 1
            at = text.find(lead, at)
