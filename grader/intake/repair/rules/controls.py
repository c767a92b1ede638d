"""Control characters: colours of a terminal, bells, what programs leave behind."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View

_CONTROLS = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]|[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f]+")


_HIGH = frozenset(map(chr, range(0x80, 0xA0))) - {"\x85"}


class Controls(Rule):
    """Control characters that are no ends of lines or pages."""

    name = "controls"
    order = 32
    of_marks = True
    does = "Control characters are taken out."

    def look(self, view: View) -> Found:
        """Each run of them."""
        if not view.controls and view.foreign.isdisjoint(_HIGH):
            return NOTHING
        return Found([Change(m.start(), m.end(), "") for m in _CONTROLS.finditer(view.text)])
