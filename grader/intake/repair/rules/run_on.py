"""Lists whose items ran on in one line."""

from __future__ import annotations

import re
from itertools import pairwise

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence

_DASH = re.compile(r"[ \t]{1,4}-[ \t]{1,4}(?=[A-Z\0]|\*\*[\w\0])")
_NUMBER = re.compile(r"(?:^|[ \t]{1,4})(?P<number>\d{1,2})\.[ \t]{1,4}(?=[A-Z\0]|\*\*[\w\0])")
_ITEM = re.compile(r"[ \t>]{0,12}(?:[-*+•]|\d{1,2}[.)])[ \t]")
_COLON = re.compile(r":(?:\*\*)?$")
_NO_LIST = re.compile(r"[ \t>]{0,12}(?:#|\|)")
_SIGNS = (" - ", ": 1. ", ":** 1. ", " 2. ")  # of a line with items in it
_MINUS = "the dash before a formula may be that of a list or a minus"


class RunOn(Rule):
    """``Cost: - First: … - Then: …`` and ``Steps: 1. Take … 2. Take …`` become one line an item."""

    name = "run-on-lists"
    order = 82
    hides = False
    does = "Items of lists that ran on in one line stand on lines of their own."

    def look(self, view: View) -> Found:
        """Lines with dashes between items, and lines with numbers that count."""
        text = view.text
        if view.latex or not any(sign in text for sign in _SIGNS):
            return NOTHING
        changes: list[Change] = []
        for start, end in view.lines_with(*_SIGNS):
            line = view.prose[start:end]
            if not _NO_LIST.match(line):
                changes += sorted([*_dashes(line, start), *_numbers(line, start)], key=lambda change: change.start)
        return Found(changes)


def _dashes(line: str, base: int) -> list[Change]:
    """Dashes that begin items: after a colon, or several in an item of a list."""
    found = list(_DASH.finditer(line))
    if not found:
        return []
    opener = next((i for i, m in enumerate(found) if _COLON.search(line[max(0, m.start() - 3) : m.start()])), None)
    words = [m for m in found if line[m.end()] != "\0"]
    if opener is None:
        return [_item(m, base) for m in words] if len(words) > 1 and _ITEM.match(line) else []
    items = found[opener:]
    if line[items[0].end()] == "\0":
        if len(items) == 1:
            return []
        return [_item(m, base, formula=line[m.end()] == "\0") for m in items]
    return [_item(m, base) for m in items if line[m.end()] != "\0"]


def _item(m: re.Match[str], base: int, formula: bool = False) -> Change:
    sure, why = (Confidence.MEDIUM, _MINUS) if formula else (None, "")
    return Change(base + m.start(), base + m.end(), "\n- ", sure, why)


def _numbers(line: str, base: int) -> list[Change]:
    """Numbers that count from one: the first at the start of the line or after a colon."""
    found = list(_NUMBER.finditer(line))
    items: list[re.Match[str]] = []
    for m in found:
        before = line[max(0, m.start() - 3) : m.start()]
        if not items:
            if m.group("number") == "1" and (not line[: m.start()].strip() or _COLON.search(before)):
                items.append(m)
        elif int(m.group("number")) == len(items) + 1 and line[m.start() - 1] not in "=<>+-/^(,":
            items.append(m)
    if len(items) < 2 or any(b.start() - a.end() < 2 for a, b in pairwise(items)):
        return []
    return [Change(base + m.start(), base + m.start("number"), "\n") for m in items if line[: m.start()].strip()]
