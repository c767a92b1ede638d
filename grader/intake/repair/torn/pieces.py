"""The pieces of formulas: what one run, or a few, says as a script, an entry of a matrix or a part of a fraction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import NamedTuple

from grader.intake.repair.torn import likely
from grader.intake.repair.torn.flows import piece_flows
from grader.intake.repair.torn.lines import Flow
from grader.intake.repair.torn.reading import Caveat, Reading, best
from grader.intake.repair.torn.spelling import ACCENTS, spelled
from grader.intake.repair.torn.tokens import Kind, Token
from grader.intake.repair.torn.work import Work

DEAR = 7.0
"""Pieces that cost more are not looked at."""

_DEAR_SCRIPT = 5.0
_WIDER = "⊤ωmMW"


class Exponent(NamedTuple):
    """A piece that may stand raised.

    Args:
        end: index of the first token after it.
        tex: what it says.
        above: its cost as an exponent.
        below: its cost as a subscript.
        size: about how wide it is, in figures.
        lettered: whether there are letters in it.
        index_like: whether it could as well stand below the line.
        caveats: of its reading.
    """

    end: int
    tex: str
    above: float
    below: float
    size: int
    lettered: bool
    index_like: bool
    caveats: tuple[Caveat, ...]


class Pieces(ABC):
    """Readings of pieces. What was read once is kept.

    Args:
        tokens: of a block of fragments.
        work: what may be done for it.
    """

    def __init__(self, tokens: Sequence[Token], work: Work) -> None:
        self.tokens = tokens
        self.work = work
        self._pieces: dict[int, list[Reading]] = {}
        self._exponents: dict[int, list[Exponent]] = {}
        self._costs: dict[tuple[Callable[[Sequence[Token]], float], int, int], float] = {}
        marked = zip(tokens, tokens[1:], tokens[2:], strict=False)
        self.carriers = frozenset(
            one.text
            for one, two, three in marked
            if one.kind is Kind.LETTER and (two.kind is Kind.SLOT or (two.kind, three.kind) == (Kind.BREAK, Kind.SLOT))
        )
        """Letters that have subscripts somewhere in the block."""

    @abstractmethod
    def fill(self, flow: Flow) -> list[Reading]:
        """The ways to fill a line with the pieces that follow it."""

    def past_breaks(self, at: int) -> int:
        """Index of the next token that is neither a space nor a break."""
        while at < len(self.tokens) and self.tokens[at].kind in (Kind.SPACE, Kind.BREAK):
            at += 1
        return at

    def pieces(self, at: int) -> list[Reading]:
        """Readings of the one piece that begins at a token."""
        begin = self.past_breaks(at)
        if begin >= len(self.tokens):
            return []
        known = self._pieces.get(begin)
        if known is None:
            self._pieces[begin] = []  # a piece cannot begin with itself
            found = [reading for flow in piece_flows(self.tokens, begin) for reading in self.fill(flow)]
            known = self._pieces[begin] = best(found, DEAR)
        return known

    def cost(self, of: Callable[[Sequence[Token]], float], begin: int, end: int) -> float:
        """Cost of the run of tokens from ``begin`` up to ``end``, as one of the functions of ``likely`` tells it."""
        known = self._costs.get((of, begin, end))
        if known is None:
            known = self._costs[of, begin, end] = of(self.tokens[begin:end])
        return known

    def exponents(self, at: int) -> list[Exponent]:
        """The pieces that begin at a token as what may stand raised."""
        at = self.past_breaks(at)
        known = self._exponents.get(at)
        if known is None:
            known = self._exponents[at] = []
            for piece in self.pieces(at):
                above = piece.cost + self.cost(likely.superscript, at, piece.end)
                if above < _DEAR_SCRIPT:
                    below = piece.cost + self.cost(likely.subscript, at, piece.end)
                    run = likely.solid(self.tokens[at : piece.end])
                    size = sum(len(token.text) + (token.text in _WIDER) for token in run)
                    letters = any(token.kind is Kind.LETTER for token in run)
                    index = likely.is_index(run)
                    known.append(Exponent(piece.end, piece.tex, above, below, size, letters, index, piece.caveats))
        return known

    def bracket(self, at: int, kind: Kind) -> tuple[int, str] | None:
        """A large bracket painted as a piece: index after it and its TeX."""
        at = self.past_breaks(at)
        if at < len(self.tokens) and self.tokens[at].kind is kind:
            return at + 1, spelled(self.tokens[at])
        return None

    def accented(self, at: int) -> tuple[int, str] | None:
        """A letter with an accent, painted as a piece: index after it and its TeX."""
        at = self.past_breaks(at)
        two = self.tokens[at : at + 2]
        if len(two) == 2 and two[0].kind is Kind.LETTER and two[1].kind is Kind.ACCENT:
            return at + 2, f"{ACCENTS.get(two[1].text, ACCENTS['^'])}{{{spelled(two[0])}}}"
        return None
