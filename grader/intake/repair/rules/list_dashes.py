"""Dashes of lists that came into formulas as minus signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.intake.repair.base import NOTHING, Change, Found, Rule
from grader.intake.repair.views import View
from grader.records import Confidence

_SYMBOL = r"(?:\\[A-Za-z]{2,12}|[A-Za-z])(?:'|_\{[^{}\n]{1,20}\}|_[A-Za-z0-9])?"
_FIRST = re.compile(rf"\$[ ]?-[ ]?{_SYMBOL}[ ]?=")
_NEXT = re.compile(rf"[ ]-[ ]{_SYMBOL}[ ]?=(?!=)")
_MATRIX_ITEM = re.compile(
    r"(?P<before>=[ ]?-?\d+(?:\.\d+)?)[ ]-[ ]"
    r"(?=(?:\\[A-Za-z]{2,12}|[A-Z])(?:\^\{?\w{1,6}\}?)?[ ]?=[ ]?\\begin\{[bpv]?matrix\})"
)
_DEPTH = re.compile(r"\\[{}]|[{}]")


class ListDashes(Rule):
    """``$-x = a - y = b - z = c$`` is three equations of a list; a number less a matrix is no matrix."""

    name = "list-dashes"
    order = 84
    hides = False
    does = "Dashes of a list that were read into a formula as minus signs begin items again."
    confidence = Confidence.MEDIUM

    def look(self, view: View) -> Found:
        """Formulas in one line whose first sign is a minus, with an equation after each further minus."""
        text = view.text
        if view.latex or not any(mark in text for mark in ("$-", "$ -", "\\begin{bmatrix}", "\\begin{pmatrix}")):
            return NOTHING
        changes: list[Change] = []
        for start, end in view.formulas:
            formula = text[start:end]
            if "\n" in formula or formula.count("=") < 2 or " - " not in formula or formula.startswith("$$"):
                continue
            changes += _list(formula, start) or _items(formula, start)
        return Found(changes)


def _list(formula: str, base: int) -> list[Change]:
    """A list from its first dash on; it takes two further equations to tell it from a chain with a minus in it."""
    if not _FIRST.match(formula):
        return []
    starts = [m for m in _NEXT.finditer(formula) if _outside(formula, m.start())]
    if len(starts) < 2 or formula.count("=") != len(starts) + 1:
        return []
    dash = formula.index("-")
    return [
        Change(base, base + dash + 1, "\n- $"),
        *(Change(base + m.start(), base + m.start() + 3, "$\n- $") for m in starts),
    ]


def _items(formula: str, base: int) -> Iterator[Change] | list[Change]:
    """An item that begins within a chain: ``= 0.7 - A^2 = (matrix)``."""
    return [
        Change(base + m.end("before"), base + m.end(), "$\n- $")
        for m in _MATRIX_ITEM.finditer(formula)
        if _outside(formula, m.start())
    ]


def _outside(formula: str, at: int) -> bool:
    """Whether an offset is outside all braces."""
    depth = 0
    for m in _DEPTH.finditer(formula, 0, at):
        depth += {"{": 1, "}": -1}.get(m.group(), 0)
    return depth == 0
