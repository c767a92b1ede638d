"""A line with its place in the document, and what can be seen of it alone: its style, the mark of a list."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from grader.intake.pdf.frame import Box
from grader.intake.pdf.lines import Line, Piece
from grader.records import Confidence

_UNREAD = "\N{REPLACEMENT CHARACTER}"
_SET_IN = 2.0  # times the size: a formula nearer to the left edge is not set in
_MIDDLE = 0.35  # of the room on the right is on the left of a formula in the middle
_BULLETS = "•◦▪▫●○■□‣∙⁃▸►➢⚫⚬❖✓✔"
_TEX_BULLETS = frozenset(
    {*_BULLETS, r"\bullet", r"\circ", r"\ast", r"\diamond", r"\triangleright", r"\blacktriangleright", "*"}
)
# A font that has no names gives its dot a code that is no character.
_BULLET = re.compile(
    rf"\s*[{_BULLETS}\uf0a7\uf0b7]\s*|\s*[-–*\x01-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]\s+(?=[^\s\ufffd])"
)
_NUMBERED = re.compile(r"\s*\([A-Z]?\.?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?\)\s*$")
_NUMBER = re.compile(r"\s*(?:\d{1,3}[.)]|\(\d{1,2}\)|\((?:[a-zA-Z]|[ivxIVX]{1,5})\)|(?:[a-z]|[ivx]{2,4})[.)])(?=\s|$)")
_SECTION = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\S")


@dataclass(frozen=True)
class Placed:
    """See the module.

    Args:
        line: the words and formulas.
        page: from 1.
        number: of the line within its page, from 1, in the order in which it is read.
        region: number of the region within the document.
        left, right: edges of the region, in points.
        dot: a drawn mark of a list before the line, None if there is none.
        cells: of a table's row; empty for other lines.
    """

    line: Line
    page: int
    number: int
    region: int
    left: float
    right: float
    dot: Box | None = None
    cells: tuple[tuple[Piece, ...], ...] = ()

    @cached_property
    def words(self) -> str:
        """The text without its formulas."""
        return "".join(piece.text for piece in self.line.pieces if not piece.math)

    @cached_property
    def text(self) -> str:
        """The text with its formulas, in one line."""
        return "".join(piece.text for piece in self.line.pieces)

    @property
    def doubt(self) -> tuple[Confidence, str]:
        """How far its words can be relied on, and why no further."""
        if _UNREAD in self.text:
            return Confidence.LOW, "A sign here has no character in the file."
        return self.line.confidence, self.line.why

    @cached_property
    def display(self) -> bool:
        """It is a formula that stands alone, in the middle or set in; one at the left edge goes on with a sentence."""
        if self.dot is not None or not self._alone:
            return False
        first, last = self.formulas[0], self.formulas[-1]
        before, after = first.left - self.left, self.right - last.right
        return before > _SET_IN * self.line.size and before > _MIDDLE * after

    @cached_property
    def formulas(self) -> tuple[Piece, ...]:
        """Its pieces without the number of an equation at its end."""
        pieces = self.line.pieces
        if len(pieces) > 1 and pieces[-2].math and not pieces[-1].math and _NUMBERED.match(pieces[-1].text):
            return pieces[:-1] if pieces[-1].right > self.right - self.line.size else pieces
        return pieces

    @property
    def _alone(self) -> bool:
        """There are no words beside its formula."""
        numbered = self.formulas is not self.line.pieces and all(piece.math for piece in self.formulas)
        return numbered or any(piece.display for piece in self.line.pieces)

    @cached_property
    def size(self) -> float:
        """Of the type of its words, in points; of the line where there are none."""
        return self._most("size") or self.line.size

    @cached_property
    def colour(self) -> int:
        """Of most of its words."""
        return int(self._most("colour"))

    @property
    def opening(self) -> int:
        """Colour of its first words or signs."""
        return self.line.pieces[0].colour

    @property
    def ending(self) -> int:
        """Colour of its last words or signs."""
        return self.line.pieces[-1].colour

    def _most(self, what: str) -> float:
        counts: Counter[float] = Counter()
        worded = [piece for piece in self.line.pieces if not piece.math and piece.text.strip()]
        for piece in worded or self.line.pieces:
            counts[getattr(piece, what)] += len(piece.text)
        return max(counts, key=lambda key: counts[key], default=0)

    @cached_property
    def bold(self) -> bool:
        """All its words are bold, and there are some."""
        worded = [piece for piece in self.line.pieces if not piece.math and any(map(str.isalnum, piece.text))]
        return bool(worded) and all(piece.bold for piece in worded)

    @cached_property
    def mono(self) -> bool:
        """All of it is set in a type of one width."""
        return bool(self.text.strip()) and all(piece.mono for piece in self.line.pieces if piece.text.strip())

    @cached_property
    def bullet(self) -> int | None:
        """Characters of its first piece that are the bullet of a list; 0 for a drawn one; None without."""
        if self.dot is not None:
            return 0
        first = self.line.pieces[0] if self.line.pieces else None
        if first is None:
            return None
        if first.math:
            return len(first.text) if first.text.strip() in _TEX_BULLETS and len(self.line.pieces) > 1 else None
        found = _BULLET.match(first.text)
        if found is None and first.text.strip() in ("-", "–", "*") and len(self.line.pieces) > 1:
            return len(first.text)
        return found.end() if found else None

    @cached_property
    def marked(self) -> bool:
        """It begins as an item of a list does, or a part of a problem: with a bullet, ``1.``, ``(a)``."""
        return self.bullet is not None or _NUMBER.match(self._head) is not None

    @cached_property
    def section(self) -> int:
        """How many numbers its section's number has: 3 for ``1.2.1 i. Scalar case``; 0 without."""
        found = _SECTION.match(self._head)
        return found[1].count(".") + 1 if found else 0

    @property
    def _head(self) -> str:
        first = self.line.pieces[0] if self.line.pieces else None
        return "" if first is None or first.math else self.words[:40]

    @cached_property
    def start(self) -> float:
        """Where its mark begins, else its words, in points."""
        return self.dot[0] if self.dot is not None else self.line.left

    @cached_property
    def body(self) -> float:
        """Where its words begin after the mark, in points."""
        if self.dot is not None or not self.marked or not self.line.pieces:
            return self.line.left
        first = self.line.pieces[0]
        mark = self.bullet
        if mark is None:
            found = _NUMBER.match(first.text)
            mark = found.end() if found else 0
        if mark >= len(first.text.rstrip()):
            return self.line.pieces[1].left if len(self.line.pieces) > 1 else self.line.left
        # Of the words only the edges are known; a mark is about as wide as its share of the characters.
        rest = first.text[mark:]
        skipped = mark + len(rest) - len(rest.lstrip())
        return first.left + (first.right - first.left) * skipped / max(len(first.text), 1)
