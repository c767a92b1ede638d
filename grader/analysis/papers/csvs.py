"""Tables as CSV: one plain number a cell; a rate has count, denominator and the ends of its interval beside it."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from grader.analysis.measures import Measured
from grader.analysis.papers.table import Cell, Column, Kind, Table, plain
from grader.analysis.stats import Difference, Interval, Kappa
from grader.store.cells import safe_cell

_PARTS = {
    Kind.RATE: ("", "_count", "_of", "_low", "_high", "_effective"),
    Kind.DIFFERENCE: ("", "_low", "_high"),
    Kind.KAPPA: ("", "_low", "_high"),
    Kind.INTERVAL: ("_low", "_high"),
}


def csv_of(table: Table) -> str:
    """All rows under a header; shares from 0 to 1, and no cell that a spreadsheet takes for a formula.

    Args:
        table: any.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([name for column in table.columns for name in _names(column)])
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        writer.writerow([value for cell, column in cells for value in _values(cell, column.kind)])
    return stream.getvalue()


def _names(column: Column) -> list[str]:
    return [f"{column.name}{part}" for part in _PARTS.get(column.kind, ("",))]


def _values(cell: Cell, kind: Kind) -> list[str]:
    if cell is None:
        return [""] * len(_PARTS.get(kind, ("",)))
    if isinstance(cell, Measured):
        effective = cell.estimate.effective if cell.estimate is not None else None
        value = cell.rate.value
        numbers = (value, cell.rate.count, cell.rate.of, *_ends(cell.interval), effective)
        return [_number(one) for one in numbers]
    if isinstance(cell, Difference | Kappa):
        return [_number(one) for one in (cell.value, *_ends(cell.interval))]
    if isinstance(cell, Interval):
        return [_number(one) for one in _ends(cell)]
    return [safe_cell(plain(cell))] if isinstance(cell, str) else [_number(cell)]


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def _number(value: float | Fraction | None) -> str:
    """At most six digits behind the leading ones; "" for None."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{float(value):.6g}"
