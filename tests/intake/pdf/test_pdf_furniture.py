"""Headers, footers and page numbers are taken out of pages; what belongs to the text stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.intake.pdf.furniture import without_furniture
from grader.intake.pdf.glyphs import pages
from tests.intake.pdf.paper import Sheet, paper

_BODY = ("A line of the text that is on every page of this paper,", "and a second line of it.")


def taken(make: Callable[[int], Sheet], count: int) -> list[list[str]]:
    """The rows that were taken from each of some pages."""
    sheets = [make(number).lines(70, 600, *_BODY) for number in range(1, count + 1)]
    return [[row.text for row in rows] for _, rows in without_furniture(pages(paper(*sheets), "x.pdf"))]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda n: Sheet().text(290, 40, str(n)), [["1"], ["2"], ["3"], ["4"]]),
        (lambda n: Sheet().text(290, 40, f"- {n} -"), [["- 1 -"], ["- 2 -"], ["- 3 -"], ["- 4 -"]]),
        (lambda n: Sheet().text(250, 40, f"Page {n} of 4"), [[f"Page {n} of 4"] for n in range(1, 5)]),
        (lambda n: Sheet().text(290, 40, str(n + 16)), [["17"], ["18"], ["19"], ["20"]]),
        (lambda _: Sheet().text(420, 810, "Homework 8", 9), [["Homework 8"]] * 4),
        (lambda n: Sheet().text(60 if n % 2 else 480, 810, "A. Student", 9), [["A. Student"]] * 4),
        (
            lambda n: Sheet().text(30, 820, "11/26/26, 9:45 AM", 8).text(30, 15, f"https://chat.example/c/1 {n}/4", 8),
            [["11/26/26, 9:45 AM", f"https://chat.example/c/1 {n}/4"] for n in range(1, 5)],
        ),
    ],
    ids=["number", "with dashes", "in words", "from 17", "title", "left and right", "browser"],
)
def test_what_pages_repeat_is_taken_out(make: Callable[[int], Sheet], expected: list[list[str]]) -> None:
    """The same words at the same place, or a number that goes up with the pages."""
    assert taken(make, 4) == expected


@pytest.mark.parametrize(
    "make",
    [
        lambda n: Sheet().text(70, 790, f"Problem {n}", 14, font="F2"),
        lambda n: Sheet().text(70, 790, f"Part {n}"),
        lambda n: Sheet().text(70, 790, f"K = {n * n}"),
        lambda n: Sheet().text(70, 790, ("First", "Second", "Third", "Fourth")[n - 1]),
        lambda n: Sheet().text(70, 790 - 40 * n, "The same words"),
        lambda _: Sheet().text(70, 790, "Self-check", 16),
    ],
    ids=["problems", "parts", "answers", "words", "elsewhere", "large type"],
)
def test_what_belongs_to_the_text_stays(make: Callable[[int], Sheet]) -> None:
    """Headings go up with the pages too; a title in larger type may be the same by chance."""
    assert taken(make, 4) == [[], [], [], []]


def test_a_running_heading_stays_where_it_is_met_first() -> None:
    """It may be the only heading of its problem."""
    assert taken(lambda _: Sheet().text(420, 790, "Problem 1", 10), 3) == [[], ["Problem 1"], ["Problem 1"]]


def test_the_number_of_a_files_only_page_is_taken_out() -> None:
    """In the middle of the foot; an answer of 1 elsewhere stays."""
    assert taken(lambda _: Sheet().text(294.4, 40, "1"), 1) == [["1"]]
    assert taken(lambda _: Sheet().text(70, 40, "1"), 1) == [[]]


def test_few_pages_are_held_at_a_time() -> None:
    """The first page comes before the fifth is asked for."""
    asked = []

    def source() -> object:
        for page in pages(paper(*(Sheet().text(70, 600, f"Text {n}") for n in range(20))), "x.pdf"):
            asked.append(page.number)
            yield page

    next(without_furniture(source()))  # type: ignore[arg-type]
    assert asked == [1, 2, 3]
