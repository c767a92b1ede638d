"""A table of a paper: values with their kinds, a caption that says what it is, a note that says of how many and how."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from grader.analysis.measures import Measured
from grader.analysis.stats import Difference, Interval, Kappa

Cell: TypeAlias = str | int | float | Fraction | Measured | Difference | Kappa | Interval | None


class Kind(Enum):
    """What the cells of a column hold; None is a cell without a value everywhere."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"  # a share or a credit, 0 to 1
    POINTS = "points"  # a difference of shares, written in percentage points
    P_VALUE = "p"
    RATE = "rate"  # :class:`Measured`
    DIFFERENCE = "difference"  # :class:`Difference`
    KAPPA = "kappa"
    INTERVAL = "interval"  # of a share


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        name: for programs: the header in CSV, or what it begins with where a value takes several columns there.
        title: for people.
        kind: of its cells.
        wide: it holds sentences.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Args:
        name: of its files.
        caption: what it shows, one sentence.
        columns: at least one.
        rows: with as many cells as columns.
        note: number of answers and problems, method, and what one has to know to read it.
        most: number of rows that are printed; CSV has all.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str
    most: int = 60

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.name} has not one cell for each column")

    @property
    def printed(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that are printed."""
        return self.rows[: self.most]

    @property
    def notes(self) -> str:
        """The note, and what is not printed."""
        if len(self.rows) <= self.most:
            return self.note
        return f"{self.note} Of {len(self.rows)} rows the first {self.most} are printed; the CSV file has all."


NOTHING = "–"
_MANY = 200
_CONTROLS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def plain(text: str) -> str:
    """Words in one line, in which no character moves others or cannot be seen.

    Args:
        text: any, also from a submission.
    """
    spaced = re.sub(r"\s+", " ", text).strip()
    return "".join("\ufffd" if unicodedata.category(c) in _CONTROLS else c for c in spaced)


def percent(value: float, places: int = 0) -> str:
    """A share in percent without the sign; only 0 and 1 are written as 0 and 100."""
    rounded = f"{100 * value:.{places}f}"
    least = 10.0**-places
    if value > 0 and float(rounded) == 0:
        return f"< {least:.{places}f}"
    if value < 1 and float(rounded) == 100:
        return f"> {100 - least:.{places}f}"
    return rounded


def words(cell: Cell, kind: Kind) -> str:
    """A cell as people read it: ``3 of 6 (50 %) [12, 88]``; intervals and differences in percent.

    Percents have one place from 200 answers on, where it says something.

    Args:
        cell: of a column of ``kind``.
        kind: of the column.
    """
    if cell is None:
        return NOTHING
    if isinstance(cell, Measured):
        return _rate(cell)
    if isinstance(cell, Difference):
        return f"{_signed(cell.value)}{_ends(cell.interval, signed=True)}"
    if isinstance(cell, Kappa):
        return NOTHING if cell.value is None else f"{cell.value:.2f}{_ends(cell.interval, share=False)}"
    if isinstance(cell, Interval):
        return _ends(cell).strip()
    if isinstance(cell, str):
        return plain(cell)
    if kind is Kind.P_VALUE:
        return p_value(float(cell))
    if kind is Kind.POINTS:
        return f"{100 * float(cell):.1f}"
    return str(cell) if isinstance(cell, int) else f"{float(cell):.2f}"


def p_value(value: float) -> str:
    """Three places, as journals ask for; never 0."""
    return "< 0.001" if value < 0.0005 else f"{value:.3f}"


def _rate(cell: Measured) -> str:
    if cell.rate.value is None:
        return NOTHING
    places = 1 if cell.rate.of >= _MANY else 0
    return f"{cell.rate} ({percent(float(cell.rate.value), places)} %){_ends(cell.interval, places=places)}"


def _ends(interval: Interval | None, signed: bool = False, share: bool = True, places: int = 0) -> str:
    if interval is None:
        return ""
    if not share:
        return f" [{_minus(f'{interval.low:.2f}')}, {_minus(f'{interval.high:.2f}')}]"
    if signed:
        return f" [{_signed(interval.low)}, {_signed(interval.high)}]"
    return f" [{percent(interval.low, places)}, {percent(interval.high, places)}]"


def _signed(value: float) -> str:
    return _minus(f"{100 * value:+.1f}") if round(1000 * value) else "0.0"


def _minus(text: str) -> str:
    return text.replace("-", "−")
