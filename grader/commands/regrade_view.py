"""What a second grading changes, on a terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from grader.analysis.regrading.words import common_why, headline, since_lines, why
from grader.commands.common import shown, table
from grader.store.grades import number

if TYPE_CHECKING:
    from grader.analysis.classes import Total
    from grader.analysis.regrading import Mark, MarkChange, Regrading
    from grader.store.runs import StoredRun

MOST_ROWS = 60  # of those printed
MOST_NAMES = 10  # of subjects that are new, or gone


def print_regrading(found: Regrading, former: StoredRun) -> None:
    """Print what changed since, whose mark is another, and the totals.

    Args:
        found: the comparison.
        former: the earlier run.
    """
    click.echo(f"Graded on {former.manifest.at:%Y-%m-%d %H:%M} UTC. Since then:")
    lines = list(since_lines(found.since))
    for line in lines or ["nothing that is recorded changed"]:
        click.echo(f"  {shown(line)}")
    click.echo()
    if found.changes:
        _print_changes(found, former.run.kind)
    totals = [(name, _total(before), _total(after)) for name, before, after in found.totals()]
    if totals:
        click.echo(table((_WHO[former.run.kind], "total before", "total after"), totals[:MOST_ROWS]))
        click.echo()
    click.echo(headline(found))
    for word, names in (("New", found.new), ("Gone", found.gone)):
        if names:
            more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
            click.echo(f"{word}: {', '.join(map(shown, names[:MOST_NAMES]))}{more}.")
    if found:
        before, after = found.sums
        points = f"{number(before.earned)} → {number(after.earned)} points"
        click.echo(f"Altogether {points}; open parts {before.open} → {after.open}.")


_WHO = {"submissions": "student", "transcripts": "conversation"}


def _print_changes(found: Regrading, kind: str) -> None:
    click.echo(_by_part(found))
    click.echo()
    header: tuple[str, ...] = (_WHO[kind], "part", "turn", "before", "after", "points", "why")
    rows = [tuple(_row(one)) for one in found.changes[:MOST_ROWS]]
    if kind == "submissions":
        header, rows = _without(header, 2), [_without(row, 2) for row in rows]
    click.echo(table(header, rows))
    if len(found.changes) > MOST_ROWS:
        click.echo(f"… and {len(found.changes) - MOST_ROWS} more; --page or --json lists them.")
    click.echo()


def _row(change: MarkChange) -> Iterator[str]:
    item = change.item
    yield item.subject
    yield f"{item.problem}/{item.part}"
    yield "" if item.turn is None else str(item.turn)
    yield _mark(change.before)
    yield _mark(change.after)
    yield _step(change)
    yield why(change)


def _mark(mark: Mark | None) -> str:
    if mark is None:
        return "–"
    points = "" if mark.points is None else f" {number(mark.points)}/{number(mark.of)}"
    return f"{mark.status}{points}{f' by {mark.by}' if mark.by else ''}"


def _step(change: MarkChange) -> str:
    """By how much the points changed; "" where there is nothing to subtract."""
    step = change.step
    return "" if step is None else f"{'+' if step > 0 else '−' if step < 0 else '±'}{number(abs(step))}"


def _by_part(found: Regrading) -> str:
    """How many marks of each part went which way, with the reasons that most of them share."""
    ways = list(found.directions)
    rows = []
    for (problem, part), changes in found.by_part().items():
        counts = Counter(one.direction for one in changes)
        rows.append((f"{problem}/{part}", *(str(counts[way]) for way in ways), common_why(changes)))
    return table(("part", *map(str, ways), "why"), rows)


def _total(total: Total | None) -> str:
    if total is None:
        return "–"
    waiting = f", {total.open} open" if total.open else ""
    return f"{number(total.earned)} of {number(total.possible)}{waiting}"


def _without(row: tuple[str, ...], place: int) -> tuple[str, ...]:
    return (*row[:place], *row[place + 1 :])


def regrading_object(found: Regrading) -> dict[str, Any]:
    """The comparison for ``--json`` and for the history."""
    before, after = found.sums
    return {
        "schema": 1,
        "command": "regrade",
        "since": list(since_lines(found.since)),
        "directions": {str(way): n for way, n in found.directions.items()},
        "same": found.same,
        "new": list(found.new),
        "gone": list(found.gone),
        "points": {"before": float(before.earned), "after": float(after.earned)},
        "open": {"before": before.open, "after": after.open},
        "changes": [_change_object(one) for one in found.changes],
    }


def _change_object(change: MarkChange) -> dict[str, Any]:
    return {
        **change.item._asdict(),
        "direction": str(change.direction),
        "before": _mark_object(change.before),
        "after": _mark_object(change.after),
        "why": [{"kind": str(one.kind), "text": one.text} for one in change.why],
    }


def _mark_object(mark: Mark | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    return {
        "status": str(mark.status),
        "reason": mark.reason,
        "points": None if mark.points is None else float(mark.points),
        "of": float(mark.of),
        "by": mark.by or None,
    }
