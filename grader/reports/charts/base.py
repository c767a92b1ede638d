"""What all charts share: their tables, their words, and how labels are kept apart.

Positions across are in percent of the width and heights in pixels, so that a chart fills any width and its text keeps
its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LINE = 16.0
"""Height of a line of text in pixels; the text itself has 12."""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart, for those who cannot see it or want them exactly.

    Args:
        head: one heading a column.
        rows: cells as text; the first heads its row.
        about: what the table holds, in a few words.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    about: str


def grouped(number: int) -> str:
    """A count with its thousands apart: ``12,345``."""
    return f"{number:,}"


def counted(number: int, one: str, many: str = "") -> str:
    """``1 answer``, ``12,345 answers``."""
    return f"{grouped(number)} {one if number == 1 else many or one + 's'}"


def is_are(number: int) -> str:
    """The verb that goes with a count."""
    return "is" if number == 1 else "are"


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Places for labels that do not overlap, each as near to its wanted place as its neighbours let it be.

    Labels that would touch are joined and moved together (isotonic regression by pooling adjacent violators: the sum
    of squared moves is least). The order of the wanted places is kept.

    Args:
        wanted: middles, ascending, in pixels.
        heights: of the labels, in pixels.
        low, high: what the labels have to stay within, as far as all of them fit there.

    Returns:
        the middles.
    """
    offsets, at = [], 0.0  # of each middle, were all labels packed from 0 on
    for height in heights:
        offsets.append(at + height / 2)
        at += height
    free = [place - offset for place, offset in zip(wanted, offsets, strict=True)]
    pools: list[tuple[float, int]] = []
    for value in free:
        size = 1
        while pools and pools[-1][0] > value:
            mean, members = pools.pop()
            value = (mean * members + value * size) / (members + size)
            size += members
        pools.append((value, size))
    start, most = low, max(low, high - at)
    settled = [min(max(value, start), most) for value, size in pools for _ in range(size)]
    return [value + offset for value, offset in zip(settled, offsets, strict=True)]


def short(number: int) -> str:
    """A count in at most four characters: ``999``, ``1.2k``, ``12k``, ``3M``; cut off, never rounded up."""
    for size, unit in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= 10 * size:
            return f"{number // size}{unit}"
        if number >= size:
            return f"{number * 10 // size / 10:g}{unit}"
    return str(number)
