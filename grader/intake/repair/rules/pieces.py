"""Characters of private use: pieces of tall brackets, and signs of symbol fonts."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence, Doubt

_GREEK = dict(zip("abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOLS = {0xF000 + ord(letter): greek for letter, greek in _GREEK.items()} | {
    0xF02B: "+", 0xF02D: "−", 0xF03D: "=", 0xF0A3: "≤", 0xF0A5: "∞", 0xF0A7: "▪", 0xF0AE: "→", 0xF0B1: "±", 0xF0B3: "≥",
    0xF0B4: "×", 0xF0B7: "•", 0xF0B9: "≠", 0xF0BB: "≈", 0xF0CE: "∈", 0xF0CF: "∉", 0xF0D6: "√", 0xF0DE: "⇒", 0xF0E5: "∑",
}  # fmt: skip
"""The Symbol font by the numbers that word processors give its characters (Adobe's symbol.txt)."""

_PRIVATE = re.compile(r"(?P<piece>[\uf8e5-\uf8fe\u239b-\u23ae](?:[ \t]*[\uf8e5-\uf8fe\u239b-\u23ae])*)|[\ue000-\uf8ff]")
_TORN = "tall brackets came as pieces, and which lines they held is not known"
_UNKNOWN = "a character of private use has no meaning without its font"
_FAR = 200  # characters between the pieces of one bracket


class Pieces(Rule):
    """Pieces of tall brackets are taken out, signs of the Symbol font become what they show."""

    name = "private-use"
    order = 40
    of_marks = True
    does = "Pieces of tall brackets are taken out, and signs of the Symbol font are written in Unicode."

    def look(self, view: View) -> Found:
        """Pieces, and the stretches between them; other characters of private use."""
        if not any("\ue000" <= c <= "\uf8ff" or "\u239b" <= c <= "\u23ae" for c in view.foreign):
            return NOTHING
        changes: list[Change] = []
        doubts: list[Doubt] = []
        held: tuple[int, int] | None = None
        for m in _PRIVATE.finditer(view.text):
            if m.group("piece"):
                changes.append(Change(m.start(), m.end(), ""))
                if held is not None and m.start() - held[1] > _FAR:
                    doubts.append(Doubt(*held, Confidence.LOW, _TORN))
                    held = None
                held = (held[0] if held else m.start(), m.end())
            elif (sign := _SYMBOLS.get(ord(m.group()))) is not None:
                why = "its number is that of this sign in the Symbol font"
                changes.append(Change(m.start(), m.end(), sign, Confidence.MEDIUM, why))
            else:
                doubts.append(Doubt(m.start(), m.end(), Confidence.LOW, _UNKNOWN))
        if held is not None:
            doubts.append(Doubt(*held, Confidence.LOW, _TORN))
        return Found(changes, doubts)
