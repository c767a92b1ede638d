"""Stars of bold type that were escaped, alone or within stars that were not."""

from __future__ import annotations

import re

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View

_STARS = re.compile(r"(?<!\\)(?:\\?\*){2,8}")
_BESIDE = re.compile(r"[ \t]{0,4}\0")


class Emphasis(Rule):
    """``\\*\\*word\\*\\*`` and ``**\\*\\*word\\*\\***`` were bold. ``2\\*\\*n`` is a power and stays."""

    name = "emphasis"
    order = 80
    hides = False
    does = "Escaped stars around words are marks of bold type."
    told = False

    def look(self, view: View) -> Found:
        """Lines with escaped stars: those that open or close, in turn."""
        if "\\*" not in view.text or view.latex:
            return NOTHING
        changes: list[Change] = []
        for start, end in view.lines_with("\\*"):
            stars = [m for m in _STARS.finditer(view.prose, start, end) if _marks(view.prose, m)]
            for index, m in enumerate(stars):
                if "\\" not in m.group():
                    continue
                opens, paired = index % 2 == 0, len(stars) % 2 == 0
                first, last = m.span()
                while paired and opens and last < end and view.text[last] in " \t":
                    last += 1
                while paired and not opens and first > start and view.text[first - 1] in " \t":
                    first -= 1
                changes.append(Change(first, last, "**"))
        return Found(changes)


def _marks(prose: str, m: re.Match[str]) -> bool:
    """Whether stars are marks and no operator between numbers or names."""
    if m.group().count("*") < 2:
        return False
    before, after = prose[m.start() - 1 : m.start()], prose[m.end() : m.end() + 1]
    if before.isspace() and after.isspace():
        return (
            before in "\r\n"
            or after in "\r\n"
            or bool(_BESIDE.match(prose, m.end()) or _after_formula(prose, m.start()))
        )
    return not (before and after and (before.isalnum() or before in ")]") and (after.isalnum() or after == "("))


def _after_formula(prose: str, at: int) -> bool:
    return prose[max(0, at - 4) : at].rstrip(" \t").endswith("\0")
