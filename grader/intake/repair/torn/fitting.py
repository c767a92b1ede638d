"""Formulas fitted to holes: both keep their order, so the cheapest way through the two rows is looked for.

The cost of a way is that of its formulas as they are read, of holes that stay empty, of formulas where no sentence
asks for one, and of fragments that no formula takes. What a formula may be sure of is how much dearer the best way
is in which it does not stand where it stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from grader.intake.repair.torn.formulas import Formulas
from grader.intake.repair.torn.holes import Place
from grader.intake.repair.torn.reading import Reading
from grader.intake.repair.torn.steps import UNPLACED, Step, Steps

MOST_PLACES = 300
MOST_TOKENS = 3000
_EDGES_OF_A_STATE = 8  # as quick to look at as one way to read a line
_UNEXPECTED = 0.6
_RIVALS = 1.5
_IN_SERIES = 0.3
_SMALL_DISPLAY = 1.5
_TABLE_IN_SENTENCE = 4.0


@dataclass(frozen=True, slots=True)
class Fit:
    """A formula at a place.

    Args:
        place: index of the place; -1 where the fragments were not placed.
        begin, end: the tokens that it takes.
        reading: what it says; None where it is not read.
        margin: cost of the best way without it, above the best.
        rival: TeX of the next best reading of the same tokens, where one is nearly as good; "" otherwise.
    """

    place: int
    begin: int
    end: int
    reading: Reading | None
    margin: float
    rival: str = ""


class Fitting:
    """The fitting of one block.

    Args:
        formulas: the readings of its fragments.
        places: where they may have stood.

    Raises:
        TooMuchWorkError: there are more ways to fit them than a page has.
    """

    def __init__(self, formulas: Formulas, places: Sequence[Place]) -> None:
        self._places = places
        self._rooms = _rooms(places)
        steps = Steps(formulas)
        self._steps, self._skips, self._order, self._end = steps.at, steps.skips, steps.order, steps.end
        formulas.work.spend(len(places) * sum(map(len, self._steps.values())) // _EDGES_OF_A_STATE)

    @staticmethod
    def _entry(place: Place, taken: bool, step: Step) -> float:
        """Cost of a formula at a place, beside that of its reading."""
        cost = place.more * (_IN_SERIES if step.in_series else 1.0) if taken else place.first
        if step.in_series and not taken:
            cost += 0.2 if place.hole else 0.6
        if place.growth != step.bound:
            cost += _UNEXPECTED if place.growth else _UNEXPECTED * 0.7
        if place.index and not step.ranges:
            cost += _UNEXPECTED
        if step.table and place.hole and not taken:
            cost += _TABLE_IN_SENTENCE
        if (taken or not place.hole) and step.small:
            cost += _SMALL_DISPLAY
        return cost

    def fits(self) -> tuple[list[Fit], float]:
        """The formulas of the best way, in order, and its cost."""
        ahead = self._ahead()
        start = self._order[0]
        total = ahead[0][False].get(start, inf)
        if total == inf:
            return [], inf
        found = self._best(ahead, start)
        rivals = self._rivals(ahead, self._behind(), [begin for _, begin, _, _ in found])
        fits = []
        for place, begin, end, step in found:
            if step is None:
                fits.append(Fit(-1, begin, end, None, 0.0))
                continue
            here = (self._rooms[place], end)
            others = min((cost for cost, room, to in rivals[begin] if (room, to) != here), default=inf)
            rival = step.rival if step.second < _RIVALS else ""
            fits.append(Fit(place, begin, end, step.reading, min(others - total, step.second), rival))
        return fits, total

    def _best(self, ahead: list[dict[bool, dict[int, float]]], start: int) -> list[tuple[int, int, int, Step | None]]:
        """The best way: places, tokens from and to, and the formula there; None for a line that is left out."""
        found: list[tuple[int, int, int, Step | None]] = []
        at, number, taken = start, 0, False
        while at < self._end:
            move = self._move(ahead, number, taken, at, ahead[number][taken][at])
            if move is None:
                number, taken = number + 1, False
                continue
            step, _ = move
            end = self._skips[at] if step is None else step.end
            found.append((number, at, end, step))
            taken = taken or step is not None
            at = end
        return found

    def _move(
        self, ahead: list[dict[bool, dict[int, float]]], number: int, taken: bool, at: int, best: float
    ) -> tuple[Step | None, float] | None:
        """What the best way does at a token: a formula, a line left out, or None for going to the next place."""
        place = self._places[number]
        for step in self._steps[at]:
            cost = step.reading.cost + self._entry(place, taken, step)
            if cost + ahead[number][True].get(step.end, inf) <= best + 1e-9:
                return step, cost
        if UNPLACED + ahead[number][taken].get(self._skips[at], inf) <= best + 1e-9:
            return None, UNPLACED
        return None

    def _ahead(self) -> list[dict[bool, dict[int, float]]]:
        """Cost from each place and token to the end."""
        last = {True: {self._end: 0.0}, False: {self._end: 0.0}}
        rows = [last]
        for place in reversed(self._places):
            after = rows[-1][False]
            row: dict[bool, dict[int, float]] = {True: {}, False: {}}
            for at in reversed(self._order):
                for taken in (True, False):
                    best = after.get(at, inf) + (0.0 if taken else place.empty)
                    if at < self._end:
                        for step in self._steps[at]:
                            rest = row[True].get(step.end, inf)
                            if rest < inf:
                                best = min(best, step.reading.cost + self._entry(place, taken, step) + rest)
                        best = min(best, UNPLACED + row[taken].get(self._skips[at], inf))
                    if best < inf:
                        row[taken][at] = best
            rows.append(row)
        rows.reverse()
        return rows

    def _behind(self) -> list[dict[bool, dict[int, float]]]:
        """Cost from the beginning to each place and token."""
        rows: list[dict[bool, dict[int, float]]] = []
        enters = {self._order[0]: 0.0}
        for place in self._places:
            row: dict[bool, dict[int, float]] = {False: dict(enters), True: {}}
            for at in self._order:
                if at >= self._end:
                    continue
                for taken in (False, True):
                    cost = row[taken].get(at, inf)
                    if cost == inf:
                        continue
                    for step in self._steps[at]:
                        new = cost + step.reading.cost + self._entry(place, taken, step)
                        if new < row[True].get(step.end, inf):
                            row[True][step.end] = new
                    skip = self._skips[at]
                    if cost + UNPLACED < row[taken].get(skip, inf):
                        row[taken][skip] = cost + UNPLACED
            rows.append(row)
            enters = {at: min(row[True].get(at, inf), row[False].get(at, inf) + place.empty) for at in self._order}
            enters = {at: cost for at, cost in enters.items() if cost < inf}
        return rows

    def _rivals(
        self,
        ahead: list[dict[bool, dict[int, float]]],
        behind: list[dict[bool, dict[int, float]]],
        asked: Sequence[int],
    ) -> dict[int, list[tuple[float, int, int]]]:
        """For each token asked for, the ways that take it: their cost, and the room and the end of what takes it."""
        best: dict[tuple[int, int, int], float] = {}
        for number, place in enumerate(self._places):
            for taken in (False, True):
                after = ahead[number][True]
                for at, cost in behind[number][taken].items():
                    if at >= self._end:
                        continue
                    for step in self._steps[at]:
                        rest = after.get(step.end)
                        if rest is not None:
                            through = cost + step.reading.cost + self._entry(place, taken, step) + rest
                            key = (at, step.end, number)
                            if through < best.get(key, inf):
                                best[key] = through
                    key = (at, self._skips[at], -1)
                    through = cost + UNPLACED + ahead[number][taken].get(self._skips[at], inf)
                    if through < best.get(key, inf):
                        best[key] = through
        covering: dict[int, list[tuple[float, int, int]]] = {at: [] for at in asked}
        for (begin, end, number), cost in best.items():
            first = bisect_left(asked, begin)
            for other in asked[first : bisect_left(asked, end, first)]:
                covering[other].append((cost, self._rooms[number] if begin == other and number >= 0 else -1, end))
        return covering


def _rooms(places: Sequence[Place]) -> list[int]:
    """For each place the number of its room.

    Between which of a few lines without holes a displayed formula stood is not worth a doubt: it is said of the same.
    """
    rooms: list[int] = []
    for number, place in enumerate(places):
        same = number > 0 and not (place.hole or places[number - 1].hole or place.apart)
        rooms.append(rooms[-1] if same else number)
    return rooms
