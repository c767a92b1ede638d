"""Readings of runs of glyphs, and the few best of many."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from math import inf
from typing import NamedTuple

_MOST_OF_ONE_END = 4
_MOST_READINGS = 90


class Caveat(Enum):
    """What makes a reading less than sure; the value is the sentence for the person who looks."""

    LOST_MARK = "a mark seems lost: the script may stand below the line or above it"
    GLUED = "the last sign stands close: it may be an exponent, an index or a factor"
    GLUED_POWER = "the last sign stands close: it is read as an exponent"
    LOST_FRACTION = "two pieces that nothing joins may be a fraction"
    ROOT = "what stands here may have been under a root sign"
    UNCLEAR_ROWS = "how many rows the matrix has does not show"
    FRACTION = "two pieces that may be a fraction or two scripts"
    GRID = "the brackets of the matrix are lost"


LOW = frozenset({Caveat.GLUED, Caveat.ROOT, Caveat.UNCLEAR_ROWS, Caveat.FRACTION, Caveat.LOST_FRACTION})
"""The caveats with which nothing may be decided."""


class Reading(NamedTuple):
    """One way to read a run of glyphs.

    Args:
        end: index of the first token after it.
        tex: what it says.
        cost: from 0 (nothing against it).
        caveats: what makes it less than sure.
        goes_on: whether it ends with an operator.
    """

    end: int
    tex: str
    cost: float
    caveats: tuple[Caveat, ...] = ()
    goes_on: bool = False


def best(readings: Iterable[Reading], dear: float = inf) -> list[Reading]:
    """The cheapest readings, few of one end, each said once."""
    kept: list[Reading] = []
    seen: set[tuple[int, str]] = set()
    ends: dict[int, int] = {}
    for reading in sorted(readings, key=lambda r: r.cost):
        if reading.cost > dear:
            break
        key = (reading.end, reading.tex)
        if key in seen or ends.get(reading.end, 0) >= _MOST_OF_ONE_END:
            continue
        seen.add(key)
        ends[reading.end] = ends.get(reading.end, 0) + 1
        kept.append(reading)
        if len(kept) == _MOST_READINGS:
            break
    return kept
