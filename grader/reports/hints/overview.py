"""All conversations together: for each part and turn, how many answers stand in each state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from grader.analysis.index import PartOf, RunIndex
from grader.records import Status

MOST_PARTS = 40
"""Parts that are drawn at once; the others are folded."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part.

    Args:
        turns: for each turn the answers that stand, by status; nothing where the part was not asked yet.
        lost: answers that are right at some turn and wrong at the next.
    """

    where: PartOf
    turns: tuple[tuple[tuple[Status, int], ...], ...]
    lost: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Parts × turns.

    Args:
        turns: numbers of the replies.
        rows: in the order of the problems.
        widest: most answers at one part and turn; the scale of the stacks.
    """

    turns: tuple[int, ...]
    rows: tuple[PartRow, ...]
    widest: int

    @property
    def title(self) -> str:
        """The finding: where most was lost."""
        most = max(self.rows, key=lambda row: row.lost, default=None)
        if most is None or not most.lost:
            return "No part lost a right answer on the way"
        return f"Part {most.where.name} lost most right answers: {most.lost}"


def overview(index: RunIndex, subjects: Iterable[str]) -> Overview:
    """Count what stands for each part after each reply.

    Args:
        subjects: the conversations that are counted.
    """
    several = tuple(subjects)
    turns: set[int] = set()
    rows = []
    for ref, where in index.parts.items():
        counts: dict[int, Counter[Status]] = {}
        lost = 0
        for subject in several:
            before = None
            for result in index.series(subject, ref):
                status = result.verdict.status
                counts.setdefault(result.claim.turn or 0, Counter())[status] += 1
                lost += before is Status.CORRECT and status in (Status.PARTIAL, Status.INCORRECT)
                before = status
        if counts:
            turns |= counts.keys()
            rows.append((where, counts, lost))
    columns = tuple(sorted(turns))
    made = tuple(
        PartRow(where, tuple(_ordered(counts.get(turn)) for turn in columns), lost) for where, counts, lost in rows
    )
    widest = max((sum(n for _, n in one) for row in made for one in row.turns), default=0)
    return Overview(columns, made, widest)


def _ordered(counts: Counter[Status] | None) -> tuple[tuple[Status, int], ...]:
    return tuple((status, counts[status]) for status in Status if counts[status]) if counts else ()
