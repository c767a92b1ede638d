"""``grades.csv``: one row a student, for spreadsheets and grade books.

A part without a mark has an empty cell, never 0, and is named in the last column. No cell can act as a formula.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from grader.records import Delivery, Person, Result, Run
from grader.store.cells import safe_cell
from grader.store.files import atomic_writer

_SECOND = timedelta(seconds=1)
_FURTHER = (
    "name",
    "email",
    "section",
    "on_roster",
    "group",
    "handed_in",
    "late",
    "hours_late",
    "late_penalty",
    "total_after_penalty",
    "attempt",
    "by_hand",
)


def write_grades(run: Run, path: Path) -> None:
    """Write the points of every student: each member of a group, and those who handed in nothing.

    Columns: ``student``, one for each part (``problem/part``), ``total`` (of the parts that have
    a mark), ``possible``, ``open`` (how many parts have none) and ``open_parts`` (which, and why).
    Then, where any row has something there: ``name``, ``email``, ``section``, ``on_roster``, ``group``,
    ``handed_in`` (time, or ``no``), ``late``, ``hours_late``, ``late_penalty`` (points) and ``total_after_penalty``,
    ``attempt``, ``by_hand`` (how many of the marks a person gave). A penalty is in no other column.
    """
    parts = [(problem.id, part) for problem in run.problems for part in problem.parts]
    by_key = {(r.claim.subject, r.claim.problem, r.claim.part): r for r in run.results}
    possible = sum((part.points for _, part in parts), Fraction(0))
    by_hand = Counter(result.claim.subject for result in run.results if result.decision)
    rows: list[tuple[list[str], dict[str, str]]] = []
    for subject in run.subjects:
        cells: list[str] = []
        waiting: list[str] = []
        total = Fraction(0)
        for problem, part in parts:
            result = by_key.get((subject, problem, part.id))
            points = _points(result, part.points)
            if points is None:
                status = result.verdict.status if result else "not graded"
                waiting.append(f"{problem}/{part.id}: {status}")
            else:
                total += points
            cells.append("" if points is None else number(points))
        row = [*cells, number(total), number(possible), str(len(waiting)), "; ".join(waiting)]
        come = run.deliveries.get(subject, Delivery())
        decided = by_hand[subject]
        for person in come.people if len(come.people) > 1 else (None,):
            more = {**_known(subject, person, come, total), "by_hand": str(decided) if decided else ""}
            rows.append(([person.id if person else subject, *row], more))
    nothing = [*("" for _ in parts), "", number(possible), str(len(parts)), "handed in nothing"]
    rows += (([person.id, *nothing], {**_of_person(person), "handed_in": "no"}) for person in run.absent)
    further = [column for column in _FURTHER if any(more.get(column) for _, more in rows)]
    with atomic_writer(path) as stream:
        writer = csv.writer(stream)
        header = ["student", *(f"{problem}/{part.id}" for problem, part in parts)]
        writer.writerow(map(safe_cell, [*header, "total", "possible", "open", "open_parts", *further]))
        for row, more in rows:
            writer.writerow(map(safe_cell, [*row, *(more.get(column, "") for column in further)]))


def _known(subject: str, person: Person | None, come: Delivery, total: Fraction) -> dict[str, str]:
    """What is known of how a student's work came in, by column.

    Args:
        subject: the student or the group.
        person: the member of the group whose row it is; None for a student's own.
    """
    off = None if come.penalty is None else come.penalty * total
    return {
        **_of_person(person or next(iter(come.people), Person(subject))),
        "group": subject if person else "",
        "handed_in": f"{come.at:%Y-%m-%d %H:%M:%S%z}" if come.at else "",
        "late": "" if come.late is None else "yes" if come.late else "no",
        "hours_late": number(Fraction(come.late_by // _SECOND, 3600)) if come.late_by else "",
        "late_penalty": "" if off is None else number(off),
        "total_after_penalty": "" if off is None else number(total - off),
        "attempt": f"{come.attempt} of {come.of}" if come.of > 1 else "",
    }


def _of_person(person: Person) -> dict[str, str]:
    listed = "" if person.enrolled is None else "yes" if person.enrolled else "no"
    return {"name": person.name, "email": person.email, "section": person.section, "on_roster": listed}


def _points(result: Result | None, points: Fraction) -> Fraction | None:
    """The points of a part, None where it has no mark."""
    credit = result.verdict.credit if result else None
    return None if credit is None else credit * points


def number(value: Fraction) -> str:
    """Points as a decimal: exact up to four places, else rounded to four places."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.4f}".rstrip("0").rstrip(".")
