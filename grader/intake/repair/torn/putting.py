"""Torn formulas put back into a text, block by block."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import inf

from grader.intake.repair.torn.blocks import Block, blocks, is_torn
from grader.intake.repair.torn.confidence import Judged, judged
from grader.intake.repair.torn.fitting import MOST_PLACES, MOST_TOKENS, Fit, Fitting
from grader.intake.repair.torn.formulas import Formulas
from grader.intake.repair.torn.holes import Place, is_pasted, places
from grader.intake.repair.torn.records import Edit, PutBack, Spot, Unsure
from grader.intake.repair.torn.tables import table_of
from grader.intake.repair.torn.tokens import ZERO_WIDTH, Token, tokens_of
from grader.intake.repair.torn.work import TooMuchWorkError, Work
from grader.records import Confidence

_LOST = "a formula stood here; it is lost, or among the pieces that could not be put back"
_LEFT = "these are pieces of formulas that were torn out of the sentences above; where they stood is not known"
_MOVED = "these pieces of formulas stand in their sentences again"
_SURE_HOLE = 4.0
_CLEAR_HOLE = 8.0
_NEAR = 12


def put_back(lines: Sequence[str], breaks: Collection[int] = ()) -> PutBack:
    """Find what puts the formulas of a torn text back into their sentences.

    Args:
        lines: of the text, without line ends; wrong encodings, page marks and footers are already gone.
        breaks: indices of lines that begin a page. A formula never leaves its page.

    Returns:
        The edits, and what stays doubtful; nothing for a text without the marks of torn formulas. The work is linear
        in the text: blocks that are too long to be fitted are doubted as they are.
    """
    edits: list[Edit] = []
    doubts: list[Unsure] = []
    if is_torn(lines):
        last = ""
        work = Work(sum(map(len, lines)))
        found = list(blocks(lines, breaks))
        paged = bool(breaks) or len(found) == 1
        for block in found:
            mending = _Mending(lines, block, last, paged, work)
            mending.run()
            edits += mending.edits
            doubts += mending.doubts
            last = lines[block.runs - 1]
    return PutBack(tuple(edits), tuple(sorted(doubts, key=lambda doubt: doubt.start)))


@dataclass(slots=True)
class _Mending:
    """The mending of one block.

    Args:
        lines: of the text.
        block: the block.
        last: the last line of the prose before the block.
        paged: whether it is known where the page of the block begins.
        work: what is left of the work that may be done for the text.
    """

    lines: Sequence[str]
    block: Block
    last: str
    paged: bool
    work: Work
    edits: list[Edit] = field(default_factory=list)
    doubts: list[Unsure] = field(default_factory=list)
    _tokens: list[Token] = field(default_factory=list)
    _judged: dict[int, Judged] = field(default_factory=dict)

    def run(self) -> None:
        """Find the edits and the doubts."""
        block = self.block
        prose = self.lines[block.prose : block.runs]
        pasted = is_pasted(self.lines[max(0, block.prose - _NEAR) : block.prose])
        spots = places(prose, self.last, pasted)
        marked = any(ZERO_WIDTH in line for line in self.lines[block.runs : block.end])
        if not marked and not any(spot.empty >= _CLEAR_HOLE for spot in spots):
            return
        self._tokens = tokens_of(self.lines[block.runs : block.end], block.runs)
        fits = self._fitted(spots)
        taken: dict[int, list[Fit]] = {}
        for fit in fits:
            taken.setdefault(fit.place if fit.reading is not None else -1, []).append(fit)
        left = taken.pop(-1, [])
        empty = [spot for number, spot in enumerate(spots) if spot.empty >= _SURE_HOLE and number not in taken]
        placed = [fit for fit in fits if fit.reading is not None]
        self._judged = dict(
            zip((fit.begin for fit in placed), judged(placed, self.paged and not (left or empty)), strict=True)
        )
        for line in sorted({block.prose + max(spot.line, 0) for spot in empty}):
            self.doubts.append(Unsure((line, 0), (line, len(self.lines[line])), _LOST))
        for number in sorted(taken):
            self._fill(spots[number], taken[number])
        self._clear(left if fits else [Fit(-1, 0, len(self._tokens), None, 0.0)])

    def _fitted(self, spots: Sequence[Place]) -> list[Fit]:
        """The formulas at their places; none where the block is too long or too odd to be fitted."""
        if len(spots) > MOST_PLACES or len(self._tokens) > MOST_TOKENS:
            return []
        self.work.begin(len(self._tokens))
        try:
            fits, total = Fitting(Formulas(self._tokens, self.work), spots).fits()
        except TooMuchWorkError:
            return []
        return fits if total < inf else []

    def _fill(self, spot: Place, fits: Sequence[Fit]) -> None:
        """Put formulas where they stood."""
        line = self.block.prose + spot.line
        if spot.start is not None and spot.end is not None:  # inside a line
            text = self.lines[line]
            close = text[spot.end : spot.end + 1] in tuple(".,:;)-")
            for index, fit in enumerate(fits):
                after = "" if close or index + 1 < len(fits) else " "
                begins = (line, spot.start if index == 0 else spot.end)
                before = "" if text[: spot.start].endswith("(") else " "
                self._edit(begins, (line, spot.end), before, fit, after)
            return
        if spot.line < 0:
            for index, fit in enumerate(fits):
                joins = spot.goes_on and index + 1 == len(fits)
                self._edit((line + 1, 0), (line + 1, 0), "", fit, "" if joins else "\n")
            return
        text = self.lines[line]
        bare = len(text.rstrip())
        for index, fit in enumerate(fits):
            inline = index == 0 and spot.hole and not spot.leads
            lead = "\n" if not inline else "" if text[:bare].endswith("(") else " "
            start = (line, bare if index == 0 else len(text))
            end = (line, len(text))
            if index + 1 == len(fits) and spot.goes_on and self._joins(line + 1):
                end = (line + 1, 0)
            self._edit(start, end, lead, fit, "")

    def _joins(self, following: int) -> bool:
        """Whether a line goes on with the sentence in the line before."""
        first = self.lines[following][:1] if following < self.block.runs else ""
        return first == " " or (first != "" and not first.isalnum())

    def _edit(self, start: Spot, end: Spot, before: str, fit: Fit, after: str) -> None:
        if fit.reading is not None:
            confidence, why = self._judged[fit.begin]
            table = table_of(fit.reading.tex) if "\n" in before + after else None
            said = "\n".join(["", *table, ""]) if table else f"${fit.reading.tex}$"
            text = f"{before}{said}{after}"
            self.edits.append(Edit(start, end, text, fit.reading.tex, confidence, why))

    def _clear(self, left: Sequence[Fit]) -> None:
        """Take out the pieces that were put back; doubt those that were not."""
        stays = sorted({token.line for fit in left for token in self._tokens[fit.begin : fit.end]})
        at = self.block.runs
        for number in [*stays, self.block.end]:
            if number > at:
                end = (number, 0) if number < len(self.lines) else (number - 1, len(self.lines[number - 1]))
                self.edits.append(Edit((at, 0), end, "", "", Confidence.HIGH, _MOVED))
            at = number + 1
        for number in stays:
            self.doubts.append(Unsure((number, 0), (number, len(self.lines[number])), _LEFT))
