"""What the computation and somebody else say of the same answers: a table of counts, shaded, its diagonal framed."""

from __future__ import annotations

from dataclasses import dataclass

from grader.analysis.agreement import BY_HAND, MARKS, Agreement
from grader.records import Status
from grader.reports.charts.base import counted, grouped
from grader.reports.charts.forest import quoted
from grader.reports.looks import STATUS_LOOKS, Look

SHADES = 4
"""Steps of the shading above nothing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How often the computation says the one and the other the other.

    Args:
        shade: 0 to ``SHADES``, by its share of the row.
        agrees: both say the same.
    """

    count: str
    shade: int
    agrees: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What the other says where the computation says one thing; open statuses cannot be agreed with."""

    says: Look
    cells: tuple[Cell, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Confusion:
    """The table.

    Args:
        title: how often both say the same, with kappa.
        judged: whether the other judged any answer in words that can be compared; else there is no table to show.
        who: who says what stands in the columns.
        heads: what they say.
        notes: what else there is to say, in sentences.
    """

    title: str
    judged: bool
    who: str
    heads: tuple[Look, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def confusion(found: Agreement) -> Confusion:
    """Lay the table out. Marks have a row and a column each; open statuses only a row, and only where they occur."""
    there = {machine for machine, _ in found.table}
    rows = (*MARKS, *(one for one in Status if one in there and one not in MARKS))
    return Confusion(
        confusion_title(found),
        bool(found.table),
        _who(found.by),
        tuple(STATUS_LOOKS[one] for one in MARKS),
        tuple(_line(found, one) for one in rows),
        tuple(_notes(found)),
    )


def _line(found: Agreement, machine: Status) -> Line:
    counts = [(says, found.table.get((machine, says), 0)) for says in MARKS]
    whole = sum(n for _, n in counts)
    cells = tuple(Cell(grouped(n), -(-SHADES * n // whole) if whole else 0, says is machine) for says, n in counts)
    return Line(STATUS_LOOKS[machine], cells, grouped(whole))


def _who(by: str) -> str:
    if by == BY_HAND:
        return "those who decided by hand"
    return f"the {by}" if by in ("annotator", "key") else quoted(by)


def confusion_title(found: Agreement) -> str:
    """``The computation and the annotator say the same of 9 of 14 answers (κ = 0.21)``."""
    pair = f"The computation and {_who(found.by)}"
    if not found.compared:
        return f"{pair} have no answer with marks from both"
    title = f"{pair} say the same of {grouped(found.agreed)} of {counted(found.compared, 'answer')}"
    value = found.kappa.value if found.kappa is not None else None
    return title if value is None else f"{title} (κ = {value:.2f})".replace("-", "−")


def _notes(found: Agreement) -> list[str]:
    notes = []
    kappa = found.kappa
    if kappa is not None and kappa.value is not None and kappa.interval is not None:
        low, high = kappa.interval.low, kappa.interval.high
        notes.append(f"Cohen’s κ, 95 % interval {low:.2f} to {high:.2f}.".replace("-", "−"))
    elif kappa is not None and kappa.why:
        notes.append(f"Cohen’s κ: {kappa.why}.")
    if found.open:
        are = "was" if found.open == 1 else "were"
        notes.append(f"{counted(found.open, 'more answer')} that they judged {are} left open by the computation.")
    if found.free:
        notes.append(f"{counted(found.free, 'label')} in free words cannot be compared.")
    return notes
