"""Paragraphs, headings, lists, code and tables of a PDF as Markdown."""

from __future__ import annotations

import pytest

from grader.intake.extract.pdf import Pdf
from tests.intake.pdf.paper import Sheet, paper

_LONG = (
    "This is a sentence that goes on for so long that it has to run over into",
    "a second line and even into a third one, where it comes to its end at",
    "last.",
)
_WHOLE = " ".join(_LONG)


def markdown(*sheets: Sheet) -> str:
    """The text of a file, without its last line end."""
    return Pdf().extract(paper(*sheets), "x.pdf").text.rstrip("\n")


def test_lines_that_ran_over_are_one_paragraph() -> None:
    """A line ends a paragraph where the next word had room, or where there is more room below."""
    assert markdown(Sheet().lines(70, 700, *_LONG).lines(70, 640, *_LONG)) == f"{_WHOLE}\n\n{_WHOLE}"


def test_a_break_that_was_meant_stays() -> None:
    """The next word had room."""
    rows = ("K_0 is 0", "K_1 is 1.5", *_LONG)
    assert markdown(Sheet().lines(70, 700, *rows)) == f"K_0 is 0\nK_1 is 1.5\n{_WHOLE}"


def test_a_paragraph_goes_on_over_pages() -> None:
    """No sentence has ended, and the line is full."""
    first, second = Sheet().lines(70, 100, *_LONG[:1]), Sheet().lines(70, 780, *_LONG[1:])
    assert markdown(first, second) == _WHOLE


def test_paragraphs_that_are_set_in_are_apart() -> None:
    """Each begins further to the right than its other lines."""
    sheet = Sheet()
    for number in range(3):
        y = 700 - 42 * number
        sheet.text(85, y, "Here a paragraph begins, and it is long enough that it goes over two")
        sheet.lines(70, y - 14, "lines and even a bit into a third one, where there is room for much more", "of it.")
    whole = (
        "Here a paragraph begins, and it is long enough that it goes over two lines and even a bit into a third one, "
        "where there is room for much more of it."
    )
    assert markdown(sheet).split("\n\n") == [whole] * 3


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("It is plain to see that the kernel has a great many com-", "ponents."), "components."),
        (
            ("Nothing at all is known here about matrix products or vec-", "tor sums, vector by vector."),
            "or vector sums",
        ),
        (
            ("A matrix times a vector takes time, and each of the matrix-", "vector products does so."),
            "matrix-vector products",
        ),
        (("It is a well-known fact of this whole field; it is very well-", "known indeed."), "very well-known"),
        (("This goes from the first one over all of those between 1-", "2 and more."), "1-2"),
    ],
)
def test_hyphens_that_break_a_word_go(rows: tuple[str, str], expected: str) -> None:
    """One that the document has elsewhere, or that stands between two of its words, stays."""
    assert expected in markdown(Sheet().lines(70, 700, *rows))


def test_larger_type_is_a_heading() -> None:
    """The larger, the higher; a heading may run over."""
    sheet = Sheet().text(70, 760, "Homework 8", 20, font="F2").text(70, 730, "Problem 1", 15, font="F2")
    sheet.lines(70, 712, *_LONG)
    sheet.lines(70, 660, "A heading that is so long that it goes", "over two lines", size=15, step=18, font="F2")
    assert markdown(sheet).split("\n\n") == [
        "# Homework 8",
        "## Problem 1",
        _WHOLE,
        "## A heading that is so long that it goes over two lines",
    ]


def test_bold_words_keep_their_mark() -> None:
    """A bold line with the number of a section is a heading."""
    sheet = Sheet().text(70, 740, "1.2 Scalar case", font="F2").text(70, 700, "Answer:", font="F2")
    sheet.text(120, 700, "the last one").lines(70, 660, *_LONG)
    assert markdown(sheet).split("\n\n") == ["# 1.2 Scalar case", "**Answer:** the last one", _WHOLE]


def test_lists_are_nested_by_their_marks() -> None:
    """Drawn dots, dashes, numbers; what stands under the words of an item belongs to it."""
    sheet = Sheet().lines(70, 700, "1. First", "2. Second").lines(90, 672, "- within", "- once more")
    sheet.text(98, 644, "under it").text(70, 630, "3. Third").box(74, 612, 78, 616).text(90, 610, "a dot")
    assert markdown(sheet) == ("1. First\n2. Second\n  - within\n  - once more\n    under it\n3. Third\n- a dot")


def test_parts_begin_anew() -> None:
    """Letters in brackets are marks too, but not in the middle of a sentence that runs over."""
    rows = (
        "(a) the first",
        "(b) the second",
        *_LONG[:1],
        "(i) is no mark here, for the sentence has not ended before it.",
    )
    text = markdown(Sheet().lines(70, 700, *rows))
    assert text.split("\n")[:2] == ["(a) the first", "(b) the second"]
    assert f"{_LONG[0]} (i) is no mark" in text


def test_type_of_one_width_is_code() -> None:
    """With its indents."""
    sheet = Sheet().lines(70, 740, *_LONG).lines(70, 690, "def f(x):", font="F3")
    sheet.lines(96.4, 676, "return x", font="F3").lines(70, 650, *_LONG)
    assert "```\ndef f(x):\n    return x\n```" in markdown(sheet)


def test_rules_make_a_table() -> None:
    """With rules around every cell, or only above and below."""
    rows = (("Encoder", "Loss"), ("first", "0.001"), ("second", "2"))
    sheet = Sheet()
    for index, (one, other) in enumerate(rows):
        sheet.text(75, 700 - 20 * index, one).text(205, 700 - 20 * index, other)
    booktabs = Sheet(marks=list(sheet.marks))
    for level in (714, 694, 654):
        booktabs.box(70, level, 300, level + 0.5)
    for level in (714, 694, 674, 654):
        sheet.box(70, level, 300, level + 0.5)
    for edge in (70, 200, 300):
        sheet.box(edge, 654, edge + 0.5, 714)
    expected = "| Encoder | Loss |\n|---|---|\n| first | 0.001 |\n| second | 2 |"
    assert markdown(sheet) == expected
    assert markdown(booktabs) == expected


def test_rules_below_rows_make_a_table() -> None:
    """As browsers set them: the head is above the first rule, and other rules of the page are as long."""
    sheet = Sheet().text(70, 760, "Here is a table:").box(70, 740, 500, 740.5)
    for index, row in enumerate((("Encoder", "Loss"), ("first", "0.001"), ("second one,", "2"))):
        sheet.text(75, 700 - 24 * index, row[0]).text(300, 700 - 24 * index, row[1])
    sheet.text(75, 638, "of two lines").box(70, 692, 500, 692.5).box(70, 668, 500, 668.5).box(70, 600, 500, 600.5)
    sheet.text(70, 570, "And that was it.").box(70, 550, 500, 550.5)
    assert markdown(sheet).split("\n\n") == [
        "Here is a table:",
        "| Encoder | Loss |\n|---|---|\n| first | 0.001 |\n| second one, | 2 |\n| of two lines |  |",
        "And that was it.",
    ]


def test_a_box_around_words_is_no_table() -> None:
    """It has one column."""
    sheet = Sheet().lines(75, 700, *_LONG)
    for level in (714, 664):
        sheet.box(70, level, 500, level + 0.5)
    assert markdown(sheet) == _WHOLE


def test_dollars_are_no_formulas() -> None:
    """They are written so that Markdown shows them."""
    assert markdown(Sheet().text(70, 700, "It costs $5 or $6.")) == r"It costs \$5 or \$6."


def test_dollars_around_typed_tex_stay() -> None:
    """Somebody printed the source."""
    rows = (r"The kernel is $K = [0, 1]$, and $x$ is left.", r"It costs $O(n^2)$.")
    assert markdown(Sheet().lines(70, 700, *rows, step=40)).split("\n\n") == list(rows)
