"""Where on which page an answer is shown."""

from __future__ import annotations

from posixpath import dirname, relpath

from grader.analysis.changes import answered_anew
from grader.analysis.index import Ref, RunIndex


class Places:
    """Anchors of all answers of a run, and the pages on which they stand.

    Args:
        index: of the whole run.
    """

    def __init__(self, index: RunIndex) -> None:
        self._index = index
        self._subjects = {subject: number for number, subject in enumerate(index.subjects)}
        self._parts = {ref: number for number, ref in enumerate(index.parts)}
        self._pages: dict[str, str] = {}

    def talk(self, subject: str) -> str:
        """The number of a conversation, with which its anchors begin."""
        return str(self._subjects[subject])

    def row(self, subject: str, ref: Ref) -> str:
        """The beginning of the anchors of all answers to a part."""
        return f"cell-{self._subjects[subject]}-{self._parts[ref]}"

    def drawer(self, subject: str, ref: Ref, turn: int) -> str:
        """The anchor of the answer that stands after a reply, be it given in an earlier one; "" if none."""
        given = ""
        for result in self._index.series(subject, ref):
            if (result.claim.turn or 0) > turn:
                break
            if answered_anew(result) or not result.claim.carried:
                given = f"{self.row(subject, ref)}-{result.claim.turn}"
        return given

    def put(self, anchor: str, page: str) -> None:
        """Say on which page an anchor stands."""
        self._pages[anchor] = page

    def link(self, subject: str, ref: Ref, turn: int, page: str) -> str:
        """The address of :meth:`drawer` as seen from ``page``; "" if there is none, or its page is not known yet."""
        anchor = self.drawer(subject, ref, turn)
        there = self._pages.get(anchor)
        if there is None:
            return ""
        return f"#{anchor}" if there == page else f"{relpath(there, dirname(page) or '.')}#{anchor}"
