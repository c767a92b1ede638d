"""The glyphs of a page: those that somebody can see, where the page shows them."""

from __future__ import annotations

import pytest

from grader.intake.pdf.glyphs import Page, pages
from tests.intake.pdf.paper import Sheet, paper


def page(sheet: Sheet) -> Page:
    """The only page of a file."""
    (found,) = pages(paper(sheet), "x.pdf")
    return found


def words(found: Page) -> str:
    """Its characters without spaces."""
    return "".join(glyph.text for glyph in found.glyphs if not glyph.text.isspace())


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        (Sheet().text(70, 700, "seen").text(70, 680, "white", colour="1 1 1"), 5),
        (Sheet().text(70, 700, "seen").text(70, 680, "pale", colour=".96 .96 .96"), 4),
        (Sheet().text(70, 700, "seen").text(70, 680, "tiny", 0.1), 4),
        (Sheet().text(70, 700, "seen").text(-300, 680, "outside"), 7),
        (Sheet().text(70, 700, "seen").text(70, 900, "above"), 5),
        (Sheet().text(70, 700, "seen").text(70, 680, "unwritten", mode=3), 9),
        (Sheet().text(70, 700, "seen").text(70, 680, "covered").box(60, 675, 200, 692, "1 1 1"), 7),
    ],
    ids=["white", "pale", "tiny", "beside the page", "above the page", "without ink", "covered"],
)
def test_what_nobody_sees_is_left_out_and_counted(sheet: Sheet, hidden: int) -> None:
    """Words for graders that people do not see are no answer."""
    found = page(sheet)
    assert (words(found), found.hidden) == ("seen", hidden)


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    """As on slides."""
    found = page(Sheet().box(60, 690, 300, 720, "0 0 .5").text(70, 700, "Title", colour="1 1 1"))
    assert (words(found), found.hidden) == ("Title", 0)


def test_what_lies_under_words_hides_nothing() -> None:
    """The ground of a box is drawn before its words, also where other words came before."""
    found = page(Sheet().text(70, 700, "one").box(60, 675, 200, 692, ".9 .9 1").text(70, 680, "two"))
    assert (words(found), found.hidden) == ("onetwo", 0)


def test_the_text_of_a_scan_is_a_layer() -> None:
    """Letters without ink over a picture are what a program recognized in it."""
    found = page(Sheet().picture(0, 0, 595, 842).text(70, 700, "recognized", mode=3))
    assert (words(found), found.hidden, found.layer) == ("recognized", 0, True)


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "-1 0 0 -1", ".7 .7 -.7 .7"])
def test_turned_text_is_left_out_and_counted(matrix: str) -> None:
    """A stamp in the margin stands in no line."""
    found = page(Sheet().text(70, 700, "level").text(30, 300, "turned", matrix=matrix))
    assert (words(found), found.turned) == ("level", 6)


@pytest.mark.parametrize(
    ("turned", "matrix"), [(0, "1 0 0 1"), (90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0")]
)
def test_a_page_is_read_as_it_is_shown(turned: int, matrix: str) -> None:
    """Its text is upright on the turned page, and runs from left to right."""
    found = page(Sheet(turned=turned).text(300, 500, "Up", matrix=matrix))
    assert (words(found), found.turned, found.hidden) == ("Up", 0, 0)
    assert (found.width, found.height) == ((842, 595) if turned in (90, 270) else (595, 842))
    first, second = found.glyphs
    assert second.x > first.right - 1 > first.x
    assert second.y == pytest.approx(first.y)
    assert first.box[0] < first.box[2]
    assert first.box[1] < first.box[3]


def test_the_corners_of_a_page_may_be_named_in_any_order() -> None:
    """Right and top before left and bottom is the same page."""
    made = paper(Sheet().text(72, 700, "seen"))
    box = b"/MediaBox [0 0 595 842]"
    assert box in made
    (page,) = pages(made.replace(box, b"/MediaBox [595 842 0 0]"), "a.pdf")
    assert (len(page.glyphs), page.hidden) == (4, 0)


def test_a_cut_page_begins_at_its_cut() -> None:
    """What is cut off is not seen; places are counted from the corner that is shown."""
    found = page(Sheet(crop=(50, 100, 500, 800)).text(70, 700, "in").text(20, 700, "out").text(70, 50, "below"))
    assert (words(found), found.hidden) == ("in", 8)
    assert (found.glyphs[0].x, found.glyphs[0].y) == pytest.approx((20, 600))


def test_small_squares_are_dots_and_thin_ones_bars() -> None:
    """Browsers draw the marks of lists."""
    found = page(Sheet().text(80, 700, "item").box(70, 702, 74, 706).box(80, 690, 200, 691))
    assert [tuple(map(round, box)) for box in found.dots] == [(70, 702, 74, 706)]
    assert [(round(bar.left), round(bar.right), bar.level) for bar in found.bars] == [(80, 200, True)]


def test_a_formula_that_is_drawn_is_one_sign_without_a_character() -> None:
    """So that an answer that cannot be read is not taken for one that is missing; an icon is no formula."""
    corners = [(x, y) for x in range(0, 6, 2) for y in (0, 7, 3)]

    def shape(left: float, bottom: float) -> str:
        return f"{left} {bottom} m " + " ".join(f"{left + x} {bottom + y} l" for x, y in corners) + " f"

    written = Sheet().text(70, 700, "Answer:")
    written.marks += [shape(120 + 8 * n, 700) for n in range(4)]
    found = page(written)
    assert (words(found), found.shapes) == ("Answer:\N{REPLACEMENT CHARACTER}", 1)
    assert found.glyphs[-1].y == found.glyphs[0].y
    icon = Sheet().text(70, 700, "Copy", 11)
    icon.marks += [shape(120 + n, 700 + n) for n in range(4)]
    assert (words(page(icon)), page(icon).shapes) == ("Copy", 0)
