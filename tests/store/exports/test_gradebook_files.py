"""A grade book is changed in the cells that are filled and nowhere else; what is none is told with its line."""

from __future__ import annotations

import codecs
import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.diagnostics import InputError
from grader.store.exports.gradebooks import GradeBook, as_number, as_written, plain, read_gradebook

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=5) | st.sampled_from(
    ["=1+1", '"', "a,b", "x\ny", "\r\n", ";", "\t", " ", "", "é", "@"]
)
ENCODINGS = [
    (b"", "utf-8"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]


def book(path: Path, text: str | bytes) -> GradeBook:
    """A grade book that needs the columns ID and G."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_gradebook(path, ("ID", "G"), "Export it again.")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=4),
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(ENCODINGS),
    cut=st.booleans(),
)
def test_what_is_not_filled_stays_byte_for_byte(
    tmp_path: Path,
    cells: list[list[str]],
    delimiter: str,
    end: str,
    quoting: int,
    encoding: tuple[bytes, str],
    cut: bool,
) -> None:
    """Whatever the delimiter, quotes, encoding, mark, ends of lines and the last one of them."""
    if any("\r" in cell or "\n" in cell for row in cells for cell in row):
        quoting = csv.QUOTE_ALL  # Python's own writer leaves those bare that are not in its end of lines
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([["ID", "G"], *cells])  # type: ignore[arg-type]
    text = out.getvalue().removesuffix(end) if cut else out.getvalue()
    mark, name = encoding
    data = mark + text.encode(name)
    found = book(tmp_path / "g.csv", data)
    found.save(tmp_path / "h.csv")
    assert (tmp_path / "h.csv").read_bytes() == data
    rows = [[plain(cell) for cell in row.cells] for row in found.rows]
    assert [row for row in rows if row != [""]] == [row for row in cells if row != [""]]


def test_a_filled_cell_keeps_the_quotes_of_its_neighbours(tmp_path: Path) -> None:
    """Quoted stays quoted, bare stays bare unless it needs quotes; a formula gets an apostrophe."""
    found = book(tmp_path / "g.csv", '"ID","G"\r\n"a","1"\r\nb,\r\nc,2\r\n')
    first, second, third = found.rows
    assert found.fill(first, 1, "2,5")
    assert not found.fill(second, 1, "3")
    assert found.fill(third, 1, "=x")
    found.save(tmp_path / "h.csv")
    assert (tmp_path / "h.csv").read_bytes() == b'"ID","G"\r\n"a","2,5"\r\nb,3\r\nc,\'=x\r\n'


def test_a_number_that_stands_there_already_is_not_written_again(tmp_path: Path) -> None:
    """4.00 is 4."""
    found = book(tmp_path / "g.csv", "ID,G\na,4.00\n")
    assert not found.fill(found.rows[0], 1, "4")
    assert found.rows[0].cells == ["a", "4.00"]


def test_empty_lines_stay(tmp_path: Path) -> None:
    """They are no rows, and are written again."""
    found = book(tmp_path / "g.csv", "ID,G\n\na,1\n\n")
    assert [row.blank for row in found.rows] == [True, False, True]
    found.save(tmp_path / "h.csv")
    assert (tmp_path / "h.csv").read_bytes() == b"ID,G\n\na,1\n\n"


@pytest.mark.parametrize(
    ("data", "code", "line", "says"),
    [
        (b"", "gradebook-columns", 1, "are none"),
        (b"ID,Grade\n", "gradebook-columns", 1, "'ID', 'Grade'; expected among them 'ID', 'G'"),
        (b"ID,G,G\n", "gradebook-columns", 1, "'G' comes twice"),
        (b"ID|G\na|1\n", "gradebook-columns", 1, "expected among them"),
        (b"ID,G\na,1\nb,1,2\n", "gradebook-row", 3, "3 cells, and the header has 2"),
        (b"ID,G\na\n", "gradebook-row", 2, "1 cells"),
        (b'ID,G\na,"1\n\n', "gradebook-unreadable", 2, "a quote is not closed"),
        (b'ID,G\na,"1"2\n', "gradebook-unreadable", 2, "a quote is not closed"),
        (b"ID,G\na,\xe9\n", "gradebook-unreadable", 2, "not UTF-8"),
        (b"ID,G\na,\0\n", "gradebook-unreadable", 2, "NUL"),
        ("ID,G\n".encode("utf-16-le"), "gradebook-unreadable", 1, "NUL"),
        (codecs.BOM_UTF16_LE + b"I\0D", "gradebook-unreadable", 1, "not UTF-8, nor UTF-16"),
        (b"PK\x03\x04\xff\xfe\0", "gradebook-unreadable", 1, "not UTF-8"),
        (b"x" * (20 * 1024 * 1024 + 1), "gradebook-unreadable", 1, "bytes"),
    ],
)
def test_what_is_no_grade_book_is_told_with_file_line_and_fix(
    tmp_path: Path, data: bytes, code: str, line: int, says: str
) -> None:
    """Nothing is guessed of a file that is not whole."""
    with pytest.raises(InputError) as caught:
        book(tmp_path / "g.csv", data)
    (first,) = caught.value.diagnostics
    assert (first.code, first.fix) == (code, "Export it again." if code != "gradebook-row" else first.fix)
    assert first.span is not None
    assert (first.span.file, first.span.line) == (str(tmp_path / "g.csv"), line)
    assert says in first.message


def test_reading_takes_linear_time_whatever_the_quotes(tmp_path: Path) -> None:
    """A million quotes are read, or refused, at once."""
    many = '"' * 1_000_001
    with pytest.raises(InputError, match="a quote is not closed"):
        book(tmp_path / "g.csv", f"ID,G\n{many}x,1\n")
    found = book(tmp_path / "g.csv", "ID,G\n" + '"a""b",1\n' * 100_000)
    assert len(found.rows) == 100_000


@pytest.mark.parametrize(
    ("text", "value"),
    [("100", Fraction(100)), ("4.50", Fraction(9, 2)), (" 4,5 ", Fraction(9, 2)), ("", None), ("(read only)", None),
     ("1.000,5", None), ("-1", None), ("1e9", None), ("٣", Fraction(3)), ("9" * 99, None)],
)  # fmt: skip
def test_numbers_of_a_platform_are_read_with_point_or_comma(text: str, value: Fraction | None) -> None:
    """Anything else is no number."""
    assert as_number(text) == value


def test_the_decimal_sign_is_that_of_the_platform() -> None:
    """A comma only where the platform writes one."""
    assert [as_written("4.5", beside) for beside in ("100,00", "100.00", "100", "")] == ["4,5", "4.5", "4.5", "4.5"]
