"""The formulas that may begin at each token of a block, and which tokens are worth looking at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from grader.intake.repair.torn.formulas import Formulas
from grader.intake.repair.torn.reading import Reading
from grader.intake.repair.torn.tables import table_of
from grader.intake.repair.torn.tokens import Kind

UNPLACED = 7.0
"""Cost of a line of pieces that no formula takes."""

_WITHIN = 9.0
_LIKELY = 1.5
_SMALL = re.compile(
    r"[ijklmntℓ] = \S|\w \\times \w|\S(?:_\{[^{}]{1,9}\})?(?:\^\{[^{}]{1,9}\})?|(?:- ?)?\d{1,40}(?:\.\d{1,40})?"
)
_HEAD = re.compile(r"\\[a-zA-Z]{1,20}|\S")


@dataclass(slots=True)
class Step:
    """A formula that may begin at a token.

    Args:
        end: index of the token after it.
        reading: the best reading up to there.
        second, rival: how much dearer the next best reading is, and its TeX.
        head: the symbol that it begins with, where that has a subscript; "" otherwise.
        bound: whether it is a bound such as O(n).
        ranges: whether it may tell the value or the range of an index.
        small: whether it is a symbol or number, the value of an index or the size of a matrix: nobody displays such.
        table: whether it is a table, which stands in no sentence.
        in_series: whether a formula with the same head may end where it begins.
    """

    end: int
    reading: Reading
    second: float
    rival: str
    head: str
    bound: bool
    ranges: bool
    small: bool
    table: bool
    in_series: bool = False


class Steps:
    """The formulas that a block of fragments may be cut into.

    Args:
        formulas: the readings of the fragments.

    Attributes:
        at: for each token at which a formula may begin, what may begin there.
        skips: for each of them, the token at which the next line begins.
        end: the token after all.
        order: the tokens on some way that is not much dearer than the best, in order.
    """

    def __init__(self, formulas: Formulas) -> None:
        self._formulas = formulas
        self.at: dict[int, list[Step]] = {}
        self.skips: dict[int, int] = {}
        self.end = len(formulas.tokens)
        self.order = self._useful()

    def _useful(self) -> list[int]:
        forward = {self._formulas.past_breaks(0): 0.0}
        seen: list[int] = []
        for at in range(self.end):
            if at not in forward:
                continue
            seen.append(at)
            self.at[at] = self._steps(at)
            self.skips[at] = self._next_line(at)
            for end, cost in [*((s.end, s.reading.cost) for s in self.at[at]), (self.skips[at], UNPLACED)]:
                forward[end] = min(forward.get(end, inf), forward[at] + cost)
        backward = {self.end: 0.0}
        for at in reversed(seen):
            ways = [step.reading.cost + backward.get(step.end, inf) for step in self.at[at]]
            backward[at] = min([UNPLACED + backward.get(self.skips[at], inf), *ways])
        best = backward[seen[0]] if seen else 0.0
        self._mark_series(seen, forward, backward, best)
        return [at for at in [*seen, self.end] if forward.get(at, inf) + backward[at] <= best + _WITHIN]

    def _steps(self, at: int) -> list[Step]:
        ends: dict[int, list[Reading]] = {}
        for reading in self._formulas.formulas(at):
            ends.setdefault(self._formulas.past_breaks(reading.end), []).append(reading)
        return [_step(end, readings) for end, readings in ends.items()]

    def _next_line(self, at: int) -> int:
        tokens = self._formulas.tokens
        while at < len(tokens) and tokens[at].kind is not Kind.BREAK:
            at += 1
        return self._formulas.past_breaks(at)

    def _mark_series(
        self, seen: Sequence[int], forward: Mapping[int, float], backward: Mapping[int, float], best: float
    ) -> None:
        """Tell which formulas may go on with a row such as K_0, K_1, K_2, by what likely stands before them."""
        heads: dict[int, set[str]] = {}
        for at in seen:
            for step in self.at[at]:
                step.in_series = step.head in heads.get(at, ())
                likely = forward[at] + step.reading.cost + backward.get(step.end, inf) <= best + _LIKELY
                if step.head and likely:
                    heads.setdefault(step.end, set()).add(step.head)


def _step(end: int, readings: list[Reading]) -> Step:
    """A step from readings of the same tokens, the cheapest first."""
    first = readings[0]
    other = next((reading for reading in readings if reading.tex != first.tex), None)
    head = _HEAD.match(first.tex)
    symbol = head.group() if head else ""
    return Step(
        end,
        first,
        other.cost - first.cost if other else inf,
        other.tex if other else "",
        symbol if first.tex.startswith("_{", len(symbol)) else "",
        symbol in ("O", "Θ"),
        len(symbol) == 1 and (symbol.islower() or symbol in "LN") and first.tex[1:2] in ("", " "),
        _SMALL.fullmatch(first.tex) is not None,
        table_of(first.tex) is not None,
    )
