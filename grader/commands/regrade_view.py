"""What a second grading changes, on a terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from grader.commands.common import counted, shown, table
from grader.store.grades import number

if TYPE_CHECKING:
    from grader.analysis.classes import Total
    from grader.analysis.regrading import Mark, MarkChange, Regrading, Since
    from grader.store.runs import StoredRun

MOST_ROWS = 60  # of those printed
MOST_REASONS = 3  # of an answer
MOST_FILES = 5  # of the input


def print_regrading(found: Regrading, former: StoredRun) -> None:
    """Print what changed since, whose mark is another, and the totals.

    Args:
        found: the comparison.
        former: the earlier run.
    """
    click.echo(f"Graded on {former.manifest.at:%Y-%m-%d %H:%M} UTC. Since then:")
    lines = list(_since_lines(found.since))
    for line in lines or ["nothing that is recorded changed"]:
        click.echo(f"  {shown(line)}")
    click.echo()
    if not found.changes:
        click.echo(f"No mark changes; {counted(found.same, 'answer')} as before.")
        return
    click.echo(_by_part(found))
    click.echo()
    who = "conversation" if former.run.kind == "transcripts" else "student"
    header: tuple[str, ...] = (who, "part", "turn", "before", "after", "points", "why")
    rows = [tuple(_row(one)) for one in found.changes[:MOST_ROWS]]
    if former.run.kind == "submissions":
        header, rows = _without(header, 2), [_without(row, 2) for row in rows]
    click.echo(table(header, rows))
    if len(found.changes) > MOST_ROWS:
        click.echo(f"… and {len(found.changes) - MOST_ROWS} more; --json lists all.")
    totals = [(name, _total(before), _total(after)) for name, before, after in found.totals()]
    if totals:
        click.echo()
        click.echo(table((who, "total before", "total after"), totals[:MOST_ROWS]))
    click.echo()
    click.echo(_sum(found))


def _since_lines(since: Since) -> Iterator[str]:
    from grader.analysis.regrading.reasons import program_change

    for name, change in since.specs.items():
        yield from (f"{name}: {one}" for one in change.shared)
        for part, entries in change.parts.items():
            yield from (f"{name}/{part}: {one}" for one in entries)
        yield from (f"{name}/{part} is new" for part in change.new)
        yield from (f"{name}/{part} is gone" for part in change.gone)
    yield from (f"{name} is asked now" for name in since.new)
    yield from (f"{name} is not asked any more" for name in since.gone)
    yield from sorted({text for texts in since.solvers.values() for text in texts})
    yield from (f"setting {one}" for one in since.settings)
    files = [f"{name} {how}" if how == "changed" else f"{name} is {how}" for name, how in since.inputs.items()]
    yield from (f"input {one}" for one in files[:MOST_FILES])
    if len(files) > MOST_FILES:
        yield f"input … and {len(files) - MOST_FILES} more files"
    yield from (program_change(one) + (" changed" if one.field == "code" else "") for one in since.environment)


def _row(change: MarkChange) -> Iterator[str]:
    item = change.item
    yield item.subject
    yield f"{item.problem}/{item.part}"
    yield "" if item.turn is None else str(item.turn)
    yield _mark(change.before)
    yield _mark(change.after)
    yield _step(change)
    yield _why(change)


def _mark(mark: Mark | None) -> str:
    if mark is None:
        return "–"
    points = "" if mark.points is None else f" {number(mark.points)}/{number(mark.of)}"
    return f"{mark.status}{points}{f' by {mark.by}' if mark.by else ''}"


def _step(change: MarkChange) -> str:
    """By how much the points changed; "" where there is nothing to subtract."""
    if change.before is None or change.after is None or change.before.points is None or change.after.points is None:
        return ""
    step = change.after.points - change.before.points
    return f"{'+' if step > 0 else '−' if step < 0 else '±'}{number(abs(step))}"


def _by_part(found: Regrading) -> str:
    """How many marks of each part went which way, with the reasons that most of them share."""
    from grader.analysis.regrading import Direction

    ways = [way for way in Direction if found.directions.get(way)]
    rows = []
    for (problem, part), changes in found.by_part().items():
        counts = Counter(one.direction for one in changes)
        rows.append((f"{problem}/{part}", *(str(counts[way]) for way in ways), _common_why(changes)))
    return table(("part", *map(str, ways), "why"), rows)


def _common_why(changes: Sequence[MarkChange]) -> str:
    """The reasons that most have, and how many have others."""
    whys = Counter(_why(one) for one in changes)
    (why, times), *_ = whys.most_common(1)
    if len(whys) == 1:
        return why
    return f"{why} ({times}); others ({len(changes) - times})" if times > 1 else "of each its own"


def _why(change: MarkChange) -> str:
    why = [one.text for one in change.why]
    more = f"; and {len(why) - MOST_REASONS} more" if len(why) > MOST_REASONS else ""
    return "; ".join(why[:MOST_REASONS]) + more


def _sum(found: Regrading) -> str:
    """All of it in two sentences."""
    ways = ", ".join(f"{n} {_WAYS[str(way)]}" for way, n in found.directions.items())
    before, after = (_whole(totals.values()) for totals in (found.before, found.after))
    return (
        f"{counted(len(found.changes), 'mark')} change{'s' if len(found.changes) == 1 else ''}: {ways}; "
        f"{counted(found.same, 'answer')} as before.\n"
        f"Altogether {number(before[0])} → {number(after[0])} points; open parts {before[1]} → {after[1]}."
    )


_WAYS = {
    "up": "up",
    "down": "down",
    "marked": "marked that was open",
    "opened": "open that was marked",
    "other": "otherwise",
    "new": "new",
    "gone": "gone",
}


def _whole(totals: Any) -> tuple[Fraction, int]:
    found = list(totals)
    return sum((one.earned for one in found), Fraction(0)), sum(one.open for one in found)


def _total(total: Total | None) -> str:
    if total is None:
        return "–"
    waiting = f", {total.open} open" if total.open else ""
    return f"{number(total.earned)} of {number(total.possible)}{waiting}"


def _without(row: tuple[str, ...], place: int) -> tuple[str, ...]:
    return (*row[:place], *row[place + 1 :])


def regrading_object(found: Regrading) -> dict[str, Any]:
    """The comparison for ``--json`` and for the history."""
    before, after = (_whole(totals.values()) for totals in (found.before, found.after))
    return {
        "schema": 1,
        "command": "regrade",
        "since": list(_since_lines(found.since)),
        "directions": {str(way): n for way, n in found.directions.items()},
        "same": found.same,
        "points": {"before": float(before[0]), "after": float(after[0])},
        "open": {"before": before[1], "after": after[1]},
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
