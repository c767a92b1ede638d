"""What is struck out on a page is withdrawn."""

from __future__ import annotations

import pytest

from grader.intake.pdf.glyphs import pages
from grader.intake.pdf.struck import without_struck
from tests.intake.pdf.paper import Sheet, paper


def left(sheet: Sheet) -> tuple[str, int]:
    """The characters that stay, without spaces, and how many were struck out."""
    (page,) = pages(paper(sheet), "x.pdf")
    found, struck = without_struck(page)
    return "".join(glyph.text for glyph in found.glyphs if not glyph.text.isspace()), struck


def test_a_line_through_words_strikes_them_out() -> None:
    """Also the signs that it does not touch, such as the strokes of =."""
    sheet = Sheet().text(70, 700, "K = 5").text(110, 700, "K = 7").box(70, 702.8, 99, 703.4)
    assert left(sheet) == ("K=7", 3)


@pytest.mark.parametrize(
    "rule",
    [(70, 697, 99, 697.6), (70, 710, 99, 710.6), (20, 702.8, 575, 703.4)],
    ids=["under", "over", "across the page"],
)
def test_other_rules_strike_nothing_out(rule: tuple[float, float, float, float]) -> None:
    """An underline, the line of a fraction, a border of the page."""
    assert left(Sheet().text(70, 700, "K = 5").box(*rule)) == ("K=5", 0)


def test_the_tool_of_a_reader_strikes_out() -> None:
    """An annotation on the words."""
    sheet = Sheet().text(70, 700, "K = 5").text(110, 700, "K = 7").note("StrikeOut", "", 69, 698, 100, 710)
    assert left(sheet) == ("K=7", 3)
    assert left(Sheet().text(70, 700, "K = 5").note("Highlight", "", 69, 698, 100, 710)) == ("K=5", 0)
