"""Columns are read one after the other; tables and formulas across."""

from __future__ import annotations

from grader.intake.pdf.glyphs import pages
from grader.intake.pdf.regions import regions
from tests.intake.pdf.paper import Sheet, paper

_LEFT = (
    "The first column begins with this line",
    "and goes on with a second one, which is",
    "about as long; a third one follows then",
    "and the fourth ends what is said here.",
)
_RIGHT = (
    "The second column is read after all of",
    "the first, and its lines are as long as",
    "those on its left; so it is with papers",
    "that are set in two columns of prose.",
)


def read(sheet: Sheet) -> list[str]:
    """The first characters of each region, without spaces."""
    (page,) = pages(paper(sheet), "x.pdf")
    found = regions(page.glyphs, page.bars)
    return ["".join(g.text for g in region.glyphs if not g.text.isspace())[:14] for region in found]


def test_columns_are_read_one_after_the_other() -> None:
    """Whether their lines stand at the same heights or not."""
    assert read(Sheet().lines(70, 700, *_LEFT).lines(320, 700, *_RIGHT)) == ["Thefirstcolumn", "Thesecondcolum"]
    assert read(Sheet().lines(70, 700, *_LEFT).lines(320, 695, *_RIGHT)) == ["Thefirstcolumn", "Thesecondcolum"]


def test_what_goes_across_is_read_before_and_after() -> None:
    """A title over both columns, and a sentence below them."""
    sheet = Sheet().text(70, 750, "A title that goes across both of the columns of this page", 16)
    sheet.lines(70, 700, *_LEFT).lines(320, 700, *_RIGHT)
    sheet.text(70, 600, "Below them a sentence goes over the whole width of the page, from left to right.")
    assert read(sheet) == ["Atitlethatgoes", "Thefirstcolumn", "Thesecondcolum", "Belowthemasent"]


def test_three_columns() -> None:
    """A column may have columns."""
    short = tuple(line[:22] for line in _LEFT)
    sheet = Sheet().lines(60, 700, *short).lines(230, 700, *_RIGHT[:1], *short[1:], size=9).lines(430, 697, *short)
    assert len(read(sheet)) == 3


def test_short_cells_are_read_across() -> None:
    """A table without rules is no pair of columns."""
    sheet = Sheet().lines(70, 700, "alpha", "beta", "gamma", "delta").lines(300, 700, "0 and 2", "0.001", "1", "3")
    assert len(read(sheet)) == 1


def test_formulas_between_lines_are_no_column() -> None:
    """They stand beside nothing."""
    sheet = Sheet().lines(70, 700, *(f"Then the step number {n}" for n in range(4)), step=40)
    sheet.lines(330, 680, *(f"x = a + b + c + d + {n}" for n in range(4)), step=40)
    assert len(read(sheet)) == 1


def test_prose_in_one_column_stays_whole() -> None:
    """Rivers of white between words are no gutters."""
    rows = [f"{'word ' * (9 + n % 3)}and so on in line {n}" for n in range(40)]
    assert len(read(Sheet().lines(70, 780, *rows))) == 1


def test_a_page_without_text_has_no_regions() -> None:
    """Nothing to read."""
    assert read(Sheet()) == []
