"""Bars of states side by side: one a part, or one for each part and reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.analysis.flows import Flow, Standing, Turned, turned
from grader.analysis.rates import Rate
from grader.records import Status
from grader.reports.charts.alluvial_words import LOOKS
from grader.reports.charts.base import counted, grouped
from grader.reports.looks import STATUS_LOOKS, Look

ROOM, DIGIT = 4.5, 2.5
"""Percent of the width that a segment needs for its glyph, and for each digit of its number, on a telephone."""

STATUSES: tuple[Status | None, ...] = (
    Status.CORRECT,
    Status.PARTIAL,
    Status.INCORRECT,
    Status.UNDECIDED,
    Status.UNREADABLE,
    Status.FAILED,
    Status.MISSING,
    None,
)
"""From left to right: what carries marks, then what does not; None is no result at all."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a bar: ``x`` and ``width`` in percent; ``shown`` whether there is room for its number."""

    look: Look
    count: int
    x: float
    width: float
    shown: bool


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar: its segments fill it; ``says`` tells them in words."""

    segments: tuple[Segment, ...]
    says: str


def stack(counts: Sequence[tuple[Look, int]], whole: int | None = None) -> Stack:
    """Lay a bar out.

    Args:
        counts: from left to right; those of 0 are left out.
        whole: what the full width stands for; None for the sum.
    """
    total = sum(n for _, n in counts) if whole is None else whole
    segments, before = [], 0
    for look, n in counts:
        if n:
            width = 100 * n / total
            segments.append(
                Segment(look, n, round(100 * before / total, 2), round(width, 2), width >= ROOM + DIGIT * len(str(n)))
            )
            before += n
    return Stack(tuple(segments), ", ".join(f"{grouped(one.count)} {one.look.word}" for one in segments) or "nothing")


def status_stack(counts: Mapping[Status, int], absent: int = 0) -> Stack:
    """The bar of a part: how many answers have each status.

    Args:
        counts: by status.
        absent: people of whom there is no result at all.
    """
    return stack([(STATUS_LOOKS[one], absent if one is None else counts.get(one, 0)) for one in STATUSES])


@dataclass(frozen=True, slots=True)
class PartCell:
    """A part after a reply: None of all where it was not asked yet.

    Args:
        bar: of the states.
        right: correct answers of all that stand.
        lost: right answers that this reply turned wrong.
    """

    bar: Stack
    right: Rate
    lost: int

    @property
    def says(self) -> str:
        """All of it in words."""
        return self.bar.says + (f"; {counted(self.lost, 'right answer')} became wrong here" if self.lost else "")


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part through the replies; ``lost`` are all right answers that became wrong on the way."""

    name: str
    href: str
    cells: tuple[PartCell | None, ...]
    lost: int


@dataclass(frozen=True, slots=True)
class PartsByTurns:
    """The chart: parts in which answers were lost or won first and in their own order, the others in ``rest``."""

    title: str
    turns: tuple[int, ...]
    rows: tuple[PartRow, ...]
    rest: tuple[PartRow, ...]
    looks: tuple[Look, ...]


def parts_by_turns(found: Sequence[tuple[str, str, Flow]], most: int = 40) -> PartsByTurns:
    """Lay the chart out.

    Args:
        found: name, link and flow of each part, in order; parts that nobody was asked are left out.
        most: rows that are shown at once; where there are more parts, those that lost most stay.
    """
    turns = tuple(sorted({turn for _, _, flow in found for turn in flow.turns}))
    rows = [_part(name, href, flow, turns) for name, href, flow in found if flow.turns]
    first = set(sorted(range(len(rows)), key=lambda i: (-rows[i].lost, i))[:most])
    there = {one for _, _, flow in found for (_, one), n in flow.standing.items() if n}
    return PartsByTurns(
        _title(rows),
        turns,
        tuple(row for i, row in enumerate(rows) if i in first),
        tuple(row for i, row in enumerate(rows) if i not in first),
        tuple(LOOKS[one] for one in Standing if one in there),
    )


def _part(name: str, href: str, flow: Flow, turns: Sequence[int]) -> PartRow:
    following = dict(zip(flow.turns, flow.turns[1:], strict=False))
    lost = dict.fromkeys(turns, 0)
    for move, n in flow.moves.items():
        if turned(move.before, move.after) is Turned.LOST:
            lost[following[move.turn]] += n
    cells: list[PartCell | None] = []
    for turn in turns:
        counts = [(one, flow.standing.get((turn, one), 0)) for one in Standing]
        whole = sum(n for _, n in counts)
        bar = stack([(LOOKS[one], n) for one, n in counts])
        cells.append(PartCell(bar, Rate(dict(counts)[Standing.CORRECT], whole), lost[turn]) if whole else None)
    return PartRow(name, href, tuple(cells), sum(lost.values()))


def _title(rows: Sequence[PartRow]) -> str:
    """The part that lost most right answers, and at which reply."""
    if not rows:
        return "No part was asked"
    most = max(rows, key=lambda row: row.lost)
    if not most.lost:
        return "No part lost a right answer between two replies"
    losing = sum(1 for row in rows if row.lost)
    lost = sum(row.lost for row in rows)
    if losing == 1:
        return f"{counted(lost, 'right answer')} became wrong, {'all ' if lost > 1 else ''}in part {most.name}"
    if most.lost == 1:
        return f"{counted(lost, 'right answer')} became wrong, each in another of {counted(len(rows), 'part')}"
    where = f"all {losing} parts" if losing == len(rows) else f"{losing} of {counted(len(rows), 'part')}"
    return f"{grouped(lost)} right answers became wrong in {where}, {grouped(most.lost)} of them in {most.name}"
