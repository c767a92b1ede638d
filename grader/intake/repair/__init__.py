"""Damaged text put right by declared rules, each a module of ``rules``; what was done is told, change by change."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from grader.diagnostics import Span
from grader.intake.repair.base import NOTHING, Found, Rule
from grader.intake.repair.notes import told
from grader.intake.repair.records import Repaired
from grader.intake.repair.rules import all_rules
from grader.intake.repair.tracks import Edit, Moves, Track, line_starts
from grader.intake.repair.views import View
from grader.records import Confidence, Doubt, Repair

__all__ = ["Repaired", "all_rules", "repaired", "told"]


def repaired(text: str, file: str = "<answer>", doubts: Sequence[Doubt] = ()) -> Repaired:
    """Put a damaged text right, as far as declared rules do so.

    Args:
        text: as it stands in the file. One without damage comes out as it is.
        file: its name, for the places of repairs.
        doubts: about the text as it stands in the file.

    Returns:
        The text as it is to be read, with what was done and what stays doubtful. The work is linear in the text.
    """
    work = _Work(text, file, doubts)
    for _ in range(_MOST_PASSES):
        changed = [rule for rule in all_rules() if work.apply_in_rounds(rule)]
        if not any(rule.hides for rule in changed):
            break
    return work.result()


_MOST_PASSES = 4
"""Damage lies on damage: what one rule took out may have hidden what another one looks for."""


class _Work:
    """A text while rules change it."""

    def __init__(self, text: str, file: str, doubts: Sequence[Doubt]) -> None:
        self.track = Track(text)
        self.repairs: list[Repair] = []
        self.doubts = list(doubts)
        self._pages: list[tuple[int, int]] = []
        self._view = View(text, file)
        self._lines: list[int] = []

    def apply_in_rounds(self, rule: Rule) -> bool:
        """Apply a rule as often as it finds something, up to its bound; False if it changed nothing."""
        if rule.of_marks and self._view.plain:
            return False
        rounds = 0
        while rounds < rule.rounds and self.apply(rule):
            rounds += 1
        return rounds > 0

    def apply(self, rule: Rule) -> bool:
        """Apply a rule once; False if it changed nothing."""
        found = rule.look(self._view)
        if found is NOTHING:
            return False
        self._pages += found.pages
        self.doubts += found.doubts
        if not found.changes:
            return False
        edits: list[Edit] = [(c.start, c.end, c.after) for c in found.changes]
        moves = Moves(edits)
        self.doubts = [Doubt(moves.start(d.start), moves.end(d.end), d.confidence, d.why) for d in self.doubts]
        self._pages = [(moves.end(at), number) for at, number in self._pages]
        self._log(rule, found, self.track.apply(edits))
        self._view = View(self.track.text, self._view.file, tuple(at for at, _ in self._pages))
        return True

    def result(self) -> Repaired:
        """The text as it is now, with all that was done to it."""
        pages = [(self.track.raw_offset(at), number) for at, number in self._pages]
        doubts = dict.fromkeys(sorted(self.doubts, key=lambda doubt: doubt.start))  # each pass finds some anew
        return Repaired(self.track.text, self.track.places(pages), tuple(self.repairs), tuple(doubts))

    def _log(self, rule: Rule, found: Found, ranges: list[tuple[int, int]]) -> None:
        """Enter the changes of a rule, with their places in the raw text, and doubt those that are not sure."""
        raw, file = self.track.raw, self._view.file
        self._lines = self._lines or list(line_starts(raw))
        longer = 0  # than before, up to here
        for change, (start, end) in zip(found.changes, ranges, strict=True):
            confidence = change.confidence or rule.confidence
            why = change.why or rule.does
            line = bisect.bisect_right(self._lines, start)
            span = Span(file, start, end, line, start - self._lines[line - 1] + 1)
            self.repairs.append(Repair(rule.name, span, raw[start:end], change.after, confidence, why))
            if confidence is not Confidence.HIGH and change.after:
                begin = change.start + longer
                self.doubts.append(Doubt(begin, begin + len(change.after), confidence, why))
            longer += len(change.after) - (change.end - change.start)
