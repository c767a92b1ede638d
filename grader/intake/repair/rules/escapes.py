"""TeX commands whose backslash and first letter became a control character, or vanished."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence

_COMMANDS = {
    "\x07": "alpha approx angle ast",
    "\x08": "beta bar begin binom boxed big bigl bigr bullet boldsymbol blacktriangle blacksquare backslash bmod",
    "\x0b": "vec vdots varepsilon varphi vartheta vee vert",
    "\x0c": "frac forall",
    "\x1b": "eta epsilon end equiv exists ell emptyset",
    "\t": "theta times text textbf textit tau tilde tfrac tanh triangle",
    "\r": "right rho rangle rightarrow rfloor rceil",
    "\n": "nabla notin neq",
}
"""What the escapes of strings in programs (``\\a``, ``\\b`` …) are the beginnings of."""

_TYPED = "\t\r\n"  # people type these too, so that they count in formulas only
_REST = {command[1:]: command for commands in _COMMANDS.values() for command in commands.split()}
_ESCAPED = re.compile(
    "(?:"
    + "|".join(
        re.escape(control) + f"(?:{'|'.join(sorted((one[1:] for one in commands.split()), key=len, reverse=True))})"
        for control, commands in _COMMANDS.items()
    )
    + ")(?![A-Za-z])"
)
_NEWLINES = tuple("\n" + command[1:] for command in _COMMANDS["\n"].split())
_SHAPES = re.compile(r"(?<![A-Za-z\\])lack(triangle|square)(?![A-Za-z])")
_VANISHED = re.compile(r"(?<![A-Za-z\\\x07\x08\x0b\x0c\t\r\n])(?:(?:rac|egin|ext)\{|(?:heta|imes|abla)\b)")
_FIRST = {"rac{": "f", "egin{": "b", "ext{": "t", "heta": "t", "imes": "t", "abla": "n"}


class Escapes(Rule):
    """``\\frac`` as a form feed and ``rac``, ``\\theta`` as a tab and ``heta``, ``lacktriangle``."""

    name = "escapes"
    order = 30
    does = "TeX commands whose first letter was taken for the escape of a string are written in full."

    def look(self, view: View) -> Found:
        """Control characters before the rest of a command, and rests of commands alone."""
        text = view.text
        changes: list[Change] = []
        formulas = "$" in text or "\\(" in text or "\\begin" in text
        if view.controls or (formulas and ("\t" in text or "\r" in text or any(word in text for word in _NEWLINES))):
            for m in _ESCAPED.finditer(text):
                if text[m.start()] in _TYPED and not view.in_formula(m.start()):
                    continue
                sure = Confidence.MEDIUM if m.group() == "\neq" else None
                changes.append(Change(m.start(), m.end(), "\\" + _REST[m.group()[1:]], sure))
        if "lacktriangle" in text or "lacksquare" in text:
            for m in _SHAPES.finditer(text):
                changes.append(Change(m.start(), m.end(), "▲" if m.group(1) == "triangle" else "■"))
        if formulas and any(text.count(rest) > text.count(first + rest) for rest, first in _FIRST.items()):
            for m in _VANISHED.finditer(text):
                if view.in_formula(m.start()):
                    first = _FIRST[m.group()]
                    changes.append(Change(m.start(), m.start(), "\\" + first, Confidence.MEDIUM))
        return Found(sorted(changes, key=lambda change: change.start)) if changes else NOTHING
