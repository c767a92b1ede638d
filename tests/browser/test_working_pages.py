"""What a reader does with the pages: open an answer, go back, look for a student, sort, print."""

from __future__ import annotations

import pytest
from chromium import SETTINGS, Chromium, Setting
from pypdfium2 import PdfDocument
from site_of_pages import Site

pytestmark = pytest.mark.browser
CELL = "return document.querySelector(\"td a[href^='#cell']\")"
ROWS = """
const heads = [...document.querySelectorAll("tbody th[scope=row]")];
return heads.filter((head) => arguments[0].includes(head.innerText.trim())).map((head) => [head.innerText.trim(),
  head.parentElement.checkVisibility()]);
"""


def text_of(pdf: bytes) -> str:
    """The words of a PDF file without blanks; where they break is the printer's."""
    return "".join("".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)).split())


def test_an_answer_opens_and_escape_brings_the_focus_back(chromium: Chromium, site: Site) -> None:
    """Enter on a cell shows all about its answer; Escape closes it, and nothing has moved."""
    chromium.open(site.address("hints report"), SETTINGS["wide"])
    cell = chromium.run(CELL)
    drawer = chromium.run("return document.getElementById(arguments[0].hash.slice(1))", cell)
    assert not drawer.is_displayed()
    cell.send_keys(chromium.keys.ENTER)
    chromium.wait(lambda: drawer.is_displayed() and chromium.driver.switch_to.active_element == drawer)
    before = chromium.run("return scrollY")
    assert chromium.faults() == []
    chromium.press(chromium.keys.ESCAPE)
    chromium.wait(lambda: not drawer.is_displayed() and chromium.driver.switch_to.active_element == cell)
    assert chromium.run("return scrollY") == before


@pytest.mark.parametrize("setting", [Setting(1280, scripts=False), SETTINGS["phone, dark, no scripts"]], ids=str)
def test_an_answer_opens_without_scripts_and_stays_in_the_window(
    chromium: Chromium, site: Site, setting: Setting
) -> None:
    """The address alone opens it, and its link closes it."""
    chromium.open(site.address("hints report"), setting)
    cell = chromium.run(CELL)
    name = chromium.run("return arguments[0].hash", cell)
    chromium.open(site.address("hints report") + name, setting)
    drawer = chromium.run("return document.getElementById(arguments[0])", name[1:])
    assert drawer.is_displayed() and "Read as" in drawer.text
    assert drawer.rect["x"] >= 0 and drawer.rect["x"] + drawer.rect["width"] <= setting.width
    closing = chromium.run("return arguments[0].querySelector('a[href=\"#_\"]')", drawer)
    closing.click()
    assert not drawer.is_displayed()


def test_a_search_shows_the_students_that_match_and_is_kept_in_the_address(chromium: Chromium, site: Site) -> None:
    """The others are hidden; the address brings the search back."""
    names = ["Carl Gauss", "Emmy Noether"]
    chromium.open(site.address("class report"), SETTINGS["wide"])
    chromium.run("return document.querySelector('[data-filter=students]')").send_keys("gauss")
    expected = [["Carl Gauss", True], ["Emmy Noether", False]]
    chromium.wait(lambda: sorted(chromium.run(ROWS, names)) == expected)
    assert "gauss" in chromium.driver.current_url
    chromium.driver.refresh()
    assert sorted(chromium.run(ROWS, names)) == expected


def test_a_column_of_numbers_is_sorted_as_numbers(chromium: Chromium, site: Site) -> None:
    """By the totals of all eight students."""
    chromium.open(site.address("class report"), SETTINGS["wide"])
    chromium.run("return document.querySelector('th[data-sort=number] button')").click()
    values = chromium.run(
        "return [...document.querySelectorAll('tbody td[data-value]')].map((one) => one.dataset.value)"
    )
    assert len(values) == 8
    assert list(map(float, values)) == sorted(map(float, values))


@pytest.mark.parametrize("page", ["class report", "student with long answers", "hints report"])
def test_what_a_page_says_is_printed(chromium: Chromium, site: Site, page: str) -> None:
    """Each answer that stands on the page, also what is folded or opens on demand, stands on paper."""
    chromium.open(site.address(page), SETTINGS["wide"])
    words = chromium.run("return [...document.querySelectorAll('blockquote mark')].map((one) => one.textContent)")
    assert words
    printed = text_of(chromium.paper())
    plain = ["".join(text.split()) for text in words if text.isascii()]
    assert [text[:60] for text in plain if text[:200] not in printed] == []
