"""What a mark may stand for: scripts, sums with their limits, fractions, roots, matrices; each with its pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from grader.intake.repair.torn import likely
from grader.intake.repair.torn.grids import Grids
from grader.intake.repair.torn.lines import Atom
from grader.intake.repair.torn.pieces import DEAR
from grader.intake.repair.torn.reading import Caveat, Reading, best
from grader.intake.repair.torn.spelling import spelled
from grader.intake.repair.torn.tokens import Kind, Token
from grader.intake.repair.torn.work import Work

_LIMITED = frozenset("min max argmin argmax lim sup inf".split())
_EXPONENTS = frozenset(("2", "3", r"\top"))
_INTEGRALS = "∫∬∮"

_SCRIPT_OF_NUMBER = 2.5
_BARE_NORM = 0.4
_SUM = 0.2
_SUM_BEHIND = 0.8
_FRACTION = 1.2
_FRACTION_BEHIND_NUMBER = 2.2
_FRACTION_BEHIND = 2.5
_ACCENT = 0.4
_ROOT = 3.0
_BOTH_SCRIPTS = 0.3
_NO_UPPER = 0.6
_NO_RANGE = 1.5


class Constructs(Grids):
    """Readings of what marks stand for.

    Args:
        tokens: of a block of fragments.
        work: what may be done for it.
    """

    def __init__(self, tokens: Sequence[Token], work: Work) -> None:
        super().__init__(tokens, work)
        self._known: dict[tuple[str, int], list[Reading]] = {}
        self._grids: dict[tuple[int, int], list[tuple[int, Reading]]] = {}

    def constructs(self, at: int, marks: int, carrier: Atom | None) -> Iterator[tuple[int, Reading]]:
        """What the next marks may stand for.

        Args:
            at: index of the next token of the pieces.
            marks: how many marks stand together.
            carrier: the atom right before them, where scripts can stand at it.

        Yields:
            How many of the marks are used, and what they say.
        """
        if carrier is not None:
            dear = _SCRIPT_OF_NUMBER if carrier.token.kind is Kind.NUMBER else 0.0
            norm = carrier.token.kind is Kind.BAR
            for reading in self.scripts(at):
                bare = norm and "^" not in reading.tex  # norms are squared more often than not
                yield 1, reading._replace(cost=reading.cost + dear + _BARE_NORM * bare)
        for reading in self._sums(at):
            yield 1, reading._replace(cost=reading.cost + (_SUM_BEHIND if carrier else _SUM))
        for reading in self.fractions(at):
            if carrier is None:
                yield 1, reading._replace(cost=reading.cost + _FRACTION)
            elif carrier.token.kind is Kind.NUMBER:
                yield 1, reading._replace(cost=reading.cost + _FRACTION_BEHIND_NUMBER)
            else:
                caveats = (*reading.caveats, Caveat.FRACTION)
                yield 1, reading._replace(cost=reading.cost + _FRACTION_BEHIND, caveats=caveats)
        if carrier is None:
            if (accented := self.accented(at)) is not None:
                end, tex = accented
                yield 1, Reading(end, tex, _ACCENT)
                for reading in self.scripts(end):
                    yield 1, reading._replace(tex=tex + reading.tex, cost=reading.cost + _ACCENT)
            for piece in self.pieces(at):
                cost = piece.cost + _ROOT + self.cost(likely.part, at, piece.end)
                yield 1, Reading(piece.end, rf"\sqrt{{{piece.tex}}}", cost, (*piece.caveats, Caveat.ROOT))
        yield from self._kept_grids(self.past_breaks(at), marks)

    def _kept_grids(self, at: int, marks: int) -> list[tuple[int, Reading]]:
        known = self._grids.get((at, marks))
        if known is None:
            known = self._grids[at, marks] = list(self.grids(at, marks))
        return known

    def scripts(self, at: int) -> list[Reading]:
        """A subscript, or both scripts."""
        at = self.past_breaks(at)
        known = self._known.get(("scripts", at))
        if known is None:
            below = [
                Reading(one.end, f"_{{{one.tex}}}", one.cost + self.cost(likely.subscript, at, one.end), one.caveats)
                for one in self.pieces(at)
            ]
            known = self._keep("scripts", at, [*below, *self.both_scripts(at)])
        return known

    def both_scripts(self, at: int) -> list[Reading]:
        """A subscript and then a superscript."""
        at = self.past_breaks(at)
        known = self._known.get(("both", at))
        if known is not None:
            return known
        found = []
        for below in self.pieces(at):
            cost = below.cost + self.cost(likely.subscript, at, below.end) + _BOTH_SCRIPTS
            for above in self.pieces(below.end):
                more = above.cost + self.cost(likely.superscript, below.end, above.end)
                if above.tex[:1].isalpha() and likely.is_index(self.tokens[below.end : above.end]):
                    more += (0.4 if len(above.tex) == 1 else 0.2) + (above.tex == below.tex)
                tex = f"_{{{below.tex}}}^{{{above.tex}}}"
                found.append(Reading(above.end, tex, cost + more, (*below.caveats, *above.caveats)))
        return self._keep("both", at, found)

    def _keep(self, what: str, at: int, found: Sequence[Reading]) -> list[Reading]:
        kept = self._known[what, at] = best(found, DEAR)
        return kept

    def _sums(self, at: int) -> list[Reading]:
        """A sum and the like: its sign is a piece too, between its limits or before them."""
        begin = self.past_breaks(at)
        known = self._known.get(("sums", begin))
        if known is not None:
            return known
        found: list[Reading] = []
        if self._is_sum(begin):
            for below in self.pieces(begin + 1):
                cost = below.cost + self.cost(self._limit(begin), begin + 1, below.end)
                found.extend(self._with_upper(begin, below, below.end, cost))
        else:
            for below in self.pieces(begin):
                sign = self.past_breaks(below.end)
                if self._is_sum(sign):
                    cost = below.cost + self.cost(self._limit(sign), begin, below.end)
                    found.extend(self._with_upper(sign, below, sign + 1, cost))
        return self._keep("sums", begin, found)

    def _limit(self, sign: int) -> Callable[[Sequence[Token]], float]:
        """What tells the cost of a lower limit: an integral may begin anywhere."""
        return likely.subscript if self.tokens[sign].text in _INTEGRALS else likely.limit

    def _is_sum(self, at: int) -> bool:
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        return token.kind is Kind.BIG or (token.kind is Kind.WORD and token.text in _LIMITED)

    def _with_upper(self, sign: int, below: Reading, at: int, cost: float) -> Iterator[Reading]:
        tex = f"{spelled(self.tokens[sign])}_{{{below.tex}}}"
        always = _NO_UPPER if self.tokens[sign].kind is Kind.BIG else 0.0
        yield Reading(at, tex, cost + always, below.caveats)
        if self.tokens[sign].kind is not Kind.BIG:
            return
        ranged = self.tokens[sign].text in _INTEGRALS or "=" in below.tex
        for above in self.pieces(at):
            more = above.cost + self.cost(likely.superscript, at, above.end) + (0.0 if ranged else _NO_RANGE)
            yield Reading(above.end, f"{tex}^{{{above.tex}}}", cost + more, (*below.caveats, *above.caveats))

    def fractions(self, at: int) -> list[Reading]:
        """The denominator, then the numerator."""
        at = self.past_breaks(at)
        known = self._known.get(("fractions", at))
        if known is not None:
            return known
        found = []
        for low in self.pieces(at):
            cost = low.cost + self.cost(likely.part, at, low.end)
            for high in self.pieces(low.end):
                more = high.cost + self.cost(likely.part, low.end, high.end)
                tex = rf"\frac{{{high.tex}}}{{{low.tex}}}"
                rooted = high.tex in _EXPONENTS and " " in low.tex  # √(x² + y²) is painted like 2/(x² + y)
                caveats = (*low.caveats, *high.caveats, Caveat.FRACTION) if rooted else (*low.caveats, *high.caveats)
                found.append(Reading(high.end, tex, cost + more, caveats))
        return self._keep("fractions", at, found)
