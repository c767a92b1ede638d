"""Spaces of other kinds: those that do not break, thin ones, wide ones."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View

_CHARACTERS = frozenset("\u00a0\u1680\u202f\u205f\u3000") | frozenset(map(chr, range(0x2000, 0x200B)))
_RUN = f"[{''.join(sorted(_CHARACTERS))}]+"
_ODD = re.compile(rf"(?<!\d){_RUN}|(?<=\d){_RUN}(?!\d)")


class Spaces(Rule):
    """Spaces of other kinds become plain ones, one for one; those that group the digits of a number stay."""

    name = "spaces"
    order = 72
    of_marks = True
    does = "Odd spaces become plain ones."
    told = False

    def look(self, view: View) -> Found:
        """Each run of them."""
        if view.foreign.isdisjoint(_CHARACTERS):
            return NOTHING
        return Found([Change(m.start(), m.end(), " " * len(m.group())) for m in _ODD.finditer(view.text)])
