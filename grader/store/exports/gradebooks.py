"""A grade book that a platform exported: some cells are filled, and all else stays byte for byte as it is."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from grader.diagnostics import Diagnostic, InputError, Span, operator_error, operator_warning
from grader.store.cells import safe_cell

MOST_BYTES = 20 * 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DELIMITERS = ",;\t"
_NUMBER = re.compile(r"\s*(\d{1,12})(?:([.,])(\d{1,12}))?\s*")


@dataclass(slots=True)
class Row:
    """One row.

    Args:
        line: of the file, in which it begins, from 1.
        cells: as they stand in the file, with their quotes.
        end: of the line.
    """

    line: int
    cells: list[str]
    end: str

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.cells == [""]


class GradeBook:
    """The rows of a CSV file as they are written, for filling some cells.

    Args:
        path: of the file.
        mark: of the order of bytes, or none.
        encoding: of the text after it.
        delimiter: between cells.
        rows: the header first.
    """

    def __init__(self, path: Path, mark: bytes, encoding: str, delimiter: str, rows: list[Row]) -> None:
        self.path = path
        self.header = [plain(cell).strip() for cell in rows[0].cells]
        self.rows = rows[1:]
        self._mark = mark
        self._encoding = encoding
        self._delimiter = delimiter
        self._first = rows[0]

    def span(self, line: int) -> Span:
        """A line of the file, from 1, as a place for messages."""
        return Span(str(self.path), 0, 0, line)

    def column(self, name: str) -> int:
        """The number of a column, which is known to be there."""
        return self.header.index(name)

    def value(self, row: Row, name: str) -> str:
        """What stands in a row in the column of a name; "" where there is no such column."""
        return self.text(row, self.header.index(name)) if name in self.header else ""

    def text(self, row: Row, column: int) -> str:
        """What stands in a cell."""
        return plain(row.cells[column]).strip()

    def fill(self, row: Row, column: int, text: str) -> bool:
        """Put a text into a cell, so that no spreadsheet takes it for a formula.

        Returns:
            Whether something else stood there.
        """
        before = plain(row.cells[column])
        if before == text or (is_number(text) and as_number(before) == as_number(text)):
            return False
        row.cells[column] = self._written(safe_cell(text), quoted=row.cells[column].startswith('"'))
        return bool(before.strip())

    def _written(self, text: str, *, quoted: bool) -> str:
        out = io.StringIO()
        csv.writer(
            out,
            delimiter=self._delimiter,
            quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
            lineterminator="",
        ).writerow([text])
        return out.getvalue() if text or quoted else ""

    def save(self, path: Path) -> None:
        """Write the file in its encoding, with its mark and its ends of lines.

        Raises:
            OSError: it cannot be written.
        """
        text = "".join(f"{self._delimiter.join(row.cells)}{row.end}" for row in (self._first, *self.rows))
        path.write_bytes(self._mark + text.encode(self._encoding, "backslashreplace"))

    def told_of_formulas(self) -> Iterator[Diagnostic]:
        """A warning where cells of the platform begin as formulas do: they are left as they were."""
        found = [
            (row, name)
            for row in self.rows
            for cell, name in zip(row.cells, self.header, strict=False)
            if safe_cell(plain(cell)) != plain(cell) and not _harmless(plain(cell))
        ]
        if found:
            row, name = found[0]
            says = f"{len(found)} cells that the platform wrote begin as a formula does, the first in the column {name}"
            fix = "They were left as they are. Do not open the file in a spreadsheet before you have looked at them."
            yield operator_warning("gradebook-formula", says, self.span(row.line), fix)


def read_gradebook(path: Path, needed: Sequence[str], whence: str) -> GradeBook:
    """Read a grade book.

    Args:
        path: of a CSV file in UTF-8, or in UTF-16 with a mark; commas, semicolons or tabs between the columns.
        needed: names of columns that have to be there.
        whence: how to get such a file from the platform, in one sentence.

    Raises:
        InputError: ``gradebook-unreadable``, ``gradebook-columns``, ``gradebook-row``.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, 1, error.strerror or str(error), whence) from error
    if len(data) > MOST_BYTES:
        raise _unreadable(path, 1, f"it has more than {MOST_BYTES:,} bytes", whence)
    mark, encoding = next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unreadable(path, line, "it is not UTF-8, nor UTF-16 with a mark at its beginning", whence) from error
    if "\0" in text:
        raise _unreadable(path, text.count("\n", 0, text.index("\0")) + 1, "it holds NUL characters", whence)
    tried = {sign: _header(text, sign) for sign in _DELIMITERS}
    fitting = [sign for sign, names in tried.items() if set(needed) <= set(names)]
    if len(fitting) != 1:
        raise _columns(path, max(tried.values(), key=len), needed, whence)
    rows = list(_rows(text, fitting[0], path, whence))
    wide = len(rows[0].cells)
    for row in rows[1:]:
        if not row.blank and len(row.cells) != wide:
            says = f"this row has {len(row.cells)} cells, and the header has {wide}"
            fix = "Was the file edited by hand? A cell that holds a comma or a quote has to stand in quotes."
            raise InputError(operator_error("gradebook-row", says, Span(str(path), 0, 0, row.line), fix))
    book = GradeBook(path, mark, encoding, fitting[0], rows)
    if twice := [name for name in needed if book.header.count(name) > 1]:
        raise _columns(path, book.header, needed, whence, f"{twice[0]!r} comes twice")
    return book


def plain(cell: str) -> str:
    """What a cell says, without the quotes in which it is written."""
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _harmless(cell: str) -> bool:
    """A negative number, or the dash that Moodle writes for nothing."""
    return cell == "-" or is_number(cell.removeprefix("-"))


def is_number(text: str) -> bool:
    """Whether a cell holds a number, with a decimal point or comma."""
    return _NUMBER.fullmatch(text) is not None


def as_number(text: str) -> Fraction | None:
    """The number in a cell; None where there is none.

    Args:
        text: with a decimal point or comma, without signs of thousands.
    """
    match = _NUMBER.fullmatch(text)
    return Fraction(f"{match[1]}.{match[3] or 0}") if match else None


def as_written(value: str, beside: str) -> str:
    """A number with the decimal sign that the platform writes.

    Args:
        value: with a decimal point.
        beside: a number of the platform's.
    """
    match = _NUMBER.fullmatch(beside)
    return value.replace(".", ",") if match and match[2] == "," else value


def _header(text: str, delimiter: str) -> list[str]:
    """The names of the columns as a delimiter parts them; none where it does not part them whole."""
    try:
        first = next(_rows(text, delimiter, Path(), ""), None)
    except InputError:
        return []
    return [plain(cell).strip() for cell in first.cells] if first else []


def _rows(text: str, delimiter: str, path: Path, whence: str) -> Iterator[Row]:
    """The rows of a text, in linear time.

    Raises:
        InputError: a quote is not closed, or something follows its end.
    """
    piece = re.compile(rf'("[^"]*+(?:""[^"]*+)*+"|[^"{delimiter}\r\n][^{delimiter}\r\n]*+|)({delimiter}|\r\n|\n|\r|\Z)')
    at, line, first = 0, 1, 1
    cells: list[str] = []
    while at < len(text) or cells:
        match = piece.match(text, at)
        if match is None:
            raise _unreadable(path, line, "a quote is not closed, or something follows its end", whence)
        cells.append(match[1])
        line += match[0].count("\n") + (match[2] == "\r")
        at = match.end()
        if match[2] != delimiter:
            yield Row(first, cells, match[2])
            first, cells = line, []


def _unreadable(path: Path, line: int, why: str, whence: str) -> InputError:
    says = f"the grade book cannot be read: {why}"
    return InputError(operator_error("gradebook-unreadable", says, Span(str(path), 0, 0, line), whence))


def _columns(path: Path, header: Sequence[str], needed: Sequence[str], whence: str, why: str = "") -> InputError:
    listed = ", ".join(repr(name[:40]) for name in header[:12]) or "none"
    expected = ", ".join(repr(name) for name in needed)
    says = f"the columns of the grade book are {listed}; expected among them {expected}{', once' if why else ''}"
    says += f" ({why})" if why else ""
    return InputError(operator_error("gradebook-columns", says, Span(str(path), 0, 0, 1), whence))
