"""The page of a second grading: whose marks would change, and why, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from grader.analysis.classes import Total
from grader.analysis.regrading import Direction, MarkChange, Regrading, Sum
from grader.analysis.regrading.words import WAYS, common_why, headline, since_lines
from grader.records import Run
from grader.reports.engine import render

MOST_ROWS = 2_000  # changes that the page lists; the others are counted
GLYPHS = {
    Direction.UP: "↑",
    Direction.DOWN: "↓",
    Direction.MARKED: "●",
    Direction.OPENED: "○",
    Direction.OTHER: "=",
    Direction.NEW: "+",
    Direction.GONE: "−",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A direction with its glyph and words, and how many marks went that way."""

    glyph: str
    words: str
    css: str
    count: int


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part in which marks change.

    Args:
        name: ``problem/part``.
        counts: how many went each of the ways of the page, in their order.
        step: by how much its points changed altogether, of those with a mark before and after; None without any.
        why: the reasons that most share.
    """

    name: str
    counts: tuple[int, ...]
    step: Fraction | None
    why: str


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A subject whose total changes."""

    name: str
    before: Total | None
    after: Total | None

    @property
    def step(self) -> Fraction | None:
        """By how much; None where there is only one of the two."""
        return self.after.earned - self.before.earned if self.before and self.after else None


@dataclass(frozen=True, slots=True)
class RegradeView:
    """What the page shows.

    Args:
        headline: how many marks change, and which way.
        at: when the earlier run was graded.
        since: what changed after that, a line each.
        ways: in which marks went.
        looks: of all ways, for the rows.
        rows, more: the changes that are listed, and how many are not.
        new, gone: subjects of one run only.
        turns: whether answers are of replies in conversations.
    """

    headline: str
    at: datetime
    since: tuple[str, ...]
    ways: tuple[Way, ...]
    looks: Mapping[Direction, Way]
    parts: tuple[PartRow, ...]
    totals: tuple[TotalRow, ...]
    rows: tuple[MarkChange, ...]
    more: int
    new: tuple[str, ...]
    gone: tuple[str, ...]
    before: Sum
    after: Sum
    turns: bool


def regrade_view(found: Regrading, at: datetime, kind: str) -> RegradeView:
    """What the page shows of two runs side by side.

    Args:
        found: the comparison.
        at: when the earlier run was graded.
        kind: ``submissions`` or ``transcripts``.
    """
    looks = {way: Way(GLYPHS[way], WAYS[way], str(way), found.directions.get(way, 0)) for way in Direction}
    ways = list(found.directions)
    parts = []
    for (problem, part), changes in found.by_part().items():
        counts = Counter(one.direction for one in changes)
        steps = [one.step for one in changes if one.step is not None]
        step = sum(steps, Fraction(0)) if steps else None
        parts.append(PartRow(f"{problem}/{part}", tuple(counts[way] for way in ways), step, common_why(changes)))
    before, after = found.sums
    return RegradeView(
        headline(found),
        at,
        tuple(since_lines(found.since)),
        tuple(looks[way] for way in ways),
        looks,
        tuple(parts),
        tuple(TotalRow(*one) for one in found.totals()),
        found.changes[:MOST_ROWS],
        max(0, len(found.changes) - MOST_ROWS),
        found.new,
        found.gone,
        before,
        after,
        kind == "transcripts",
    )


def regrade_page(found: Regrading, former: Run, at: datetime) -> str:
    """The page of a second grading; one file that makes no request.

    Args:
        found: the comparison.
        former: the earlier run.
        at: when that was graded.
    """
    return render("regrade", run=former, view=regrade_view(found, at, former.kind))
