"""``grades.csv``: one row a student, for spreadsheets and grade books.

A part without a mark has an empty cell, never 0, and is named in the last column. No cell can act
as a formula: spreadsheets take text that begins with one of ``= + - @`` for one (OWASP, "CSV
Injection"), so such text gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

from grader.records import Result, Run
from grader.store.files import atomic_writer

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def write_grades(run: Run, path: Path) -> None:
    """Write the points of every student.

    Columns: ``student``, one for each part (``problem/part``), ``total`` (of the parts that have
    a mark), ``possible``, ``open`` (how many parts have none) and ``open_parts`` (which, and why).
    """
    parts = [(problem.id, part) for problem in run.problems for part in problem.parts]
    by_key = {(r.claim.subject, r.claim.problem, r.claim.part): r for r in run.results}
    possible = sum((part.points for _, part in parts), Fraction(0))
    with atomic_writer(path) as stream:
        writer = csv.writer(stream)
        header = ["student", *(f"{problem}/{part.id}" for problem, part in parts)]
        writer.writerow(map(_safe, [*header, "total", "possible", "open", "open_parts"]))
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
            row = [subject, *cells, number(total), number(possible), str(len(waiting)), "; ".join(waiting)]
            writer.writerow(map(_safe, row))


def _points(result: Result | None, points: Fraction) -> Fraction | None:
    """The points of a part, None where it has no mark."""
    credit = result.verdict.credit if result else None
    return None if credit is None else credit * points


def number(value: Fraction) -> str:
    """Points as a decimal: exact up to four places, else rounded to four places."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_ACTIVE) else text
