"""Whole formulas: line by line, each with its pieces, until one ends without an operator."""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.repair.torn import likely
from grader.intake.repair.torn.flows import MOST_TOKENS, flows
from grader.intake.repair.torn.reading import Caveat, Reading, best
from grader.intake.repair.torn.slots import Filler
from grader.intake.repair.torn.spelling import ACCENTS
from grader.intake.repair.torn.tokens import Kind, Token
from grader.intake.repair.torn.work import Work

_LOST = 2.0
_ACCENTED = tuple(ACCENTS.values())
_LONGEST = 200
"""A formula has no more tokens than this."""

_NO_BEGINNING = (Kind.BREAK, Kind.SPACE)
_BEFORE_LINES = (Kind.BREAK, Kind.SPACE, Kind.RELATION, Kind.BINARY, Kind.CLOSE)
_BEFORE_PIECES = (Kind.BREAK, Kind.SPACE, Kind.SLOT, Kind.BIG, Kind.OPEN, Kind.CLOSE)

_DEAR = 14.0

_AFTER_PIECE = 1.5
"""Cost of going on beside a piece, which stands higher or lower."""

_BROKEN_LINE = 1.0
"""Cost of going on in a new line after an operator where nothing stood raised or lowered."""


class Formulas(Filler):
    """Readings of the formulas of a block of fragments.

    Args:
        tokens: of the block.
        work: what may be done for it.

    Raises:
        TooMuchWorkError: there are more ways to read them than a page of formulas has.
    """

    def __init__(self, tokens: Sequence[Token], work: Work) -> None:
        super().__init__(tokens, work)
        self._large = [
            at
            for at in range(1, len(tokens) - 1)
            if tokens[at].kind is Kind.OPEN and tokens[at - 1].kind is Kind.BREAK and tokens[at + 1].kind is Kind.BREAK
        ]
        # From the end: what a reading goes on with is known then, and nothing calls itself deeply.
        self._tails: dict[int, list[Reading]] = {}
        for at in range(len(tokens) - 1, -1, -1):
            if tokens[at].kind in _NO_BEGINNING:
                continue
            before = tokens[at - 1].kind if at else Kind.BREAK
            if before in _BEFORE_PIECES:
                self.pieces(at)
            if before in _BEFORE_LINES:
                self._tails[at] = self._from(at)

    def formulas(self, at: int) -> list[Reading]:
        """Readings of the one formula that begins at a token, the cheapest first."""
        begin = self.past_breaks(at)
        if begin >= len(self.tokens):
            return []
        start = likely.beginning(self.tokens[begin])
        found = [
            tail._replace(
                cost=tail.cost
                + (0.0 if tail.tex.startswith(_ACCENTED) else start)
                + self.cost(likely.formula, begin, tail.end)
                + likely.variety(tail.tex)
            )
            for tail in self._tails.get(begin, ())
        ]
        return sorted(found, key=lambda reading: reading.cost)

    def _from(self, begin: int) -> list[Reading]:
        """Readings of the rest of a formula from the beginning of one of its lines."""
        found: list[Reading] = []
        large = any(begin <= at < begin + MOST_TOKENS for at in self._large)
        for flow in flows(self.tokens, begin, large):
            for line in self.fill(flow):
                if not line.goes_on:
                    found.append(line)
                    continue
                following = self.past_breaks(line.end)
                if following >= len(self.tokens):
                    continue
                broken = (
                    line.end == flow.end
                    and self.tokens[line.end].kind is Kind.BREAK
                    and self.tokens[following].kind is not Kind.SLOT
                )
                lifted = _AFTER_PIECE * (line.end > flow.end and self.tokens[line.end - 1].kind is Kind.SPACE)
                for rest in self._tails.get(following, ()):
                    if rest.end - begin > _LONGEST:
                        continue
                    strange = self.cost(likely.going_on, following, rest.end)
                    cost = line.cost + rest.cost + _BROKEN_LINE * broken + strange + lifted
                    found.append(Reading(rest.end, f"{line.tex} {rest.tex}", cost, (*line.caveats, *rest.caveats)))
        # A fraction whose mark was lost leaves nothing on its line.
        found.extend(
            reading._replace(cost=reading.cost + _LOST, caveats=(*reading.caveats, Caveat.LOST_FRACTION))
            for reading in self.fractions(begin)
        )
        return best(found, _DEAR)
