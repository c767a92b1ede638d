"""Everything that can be worked with the mouse can be worked with the keys, and one sees where one is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from chromium import HEIGHT, SETTINGS, Chromium, Setting
from site_of_pages import PAGES, Site

pytestmark = pytest.mark.browser
WIDE = SETTINGS["wide"]
EACH_PAGE = pytest.mark.parametrize("page", [page for page in PAGES if "example" not in page or "review" in page])

WATCH = """
const focusable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
const stops = focusable.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled
  && one.tabIndex >= 0
  && (one.type !== "radio" || one.checked || !document.querySelector(`input[name="${one.name}"]:checked`)));
window.seen = [];
const told = (element) => `<${element.localName}> ${element.textContent.trim().slice(0, 40)}`;
const LOOKS = ["outlineColor", "boxShadow", "backgroundColor", "borderColor", "stroke", "strokeWidth"];
const look = (element) => [element, ...element.querySelectorAll("svg, svg *")].map((one) => {
  const style = getComputedStyle(one);
  return [style.outlineStyle === "none" ? "" : style.outlineWidth, ...LOOKS.map((name) => style[name])].join();
}).join();
const before = new Map(stops.map((one) => [one, look(one)]));
addEventListener("focusin", ({ target }) => {
  window.seen.push({
    at: stops.indexOf(target), name: told(target),
    marked: !before.has(target) || before.get(target) !== look(target),
    box: target.getBoundingClientRect().toJSON(),
  });
});
window.stops = stops.map(told);
return stops.length;
"""
"""Before keys are pressed: what can be stopped at, and how it looks; afterwards ``seen`` holds each stop."""


Walk = tuple[list[dict[str, object]], list[str]]
"""The stops of the Tab key from the first to the last, and all that should be among them."""


@pytest.fixture(scope="module")
def walk(chromium: Chromium, site: Site) -> Callable[[str], Walk]:
    """The way of the Tab key through a page by its name, gone once."""

    @cache
    def through(page: str) -> Walk:
        chromium.open(site.address(page), WIDE)
        chromium.settle()  # boxes that scroll are stops, and which do is known only then
        wanted = chromium.run(WATCH)
        chromium.press(*[chromium.keys.TAB] * (wanted + 1))
        for _ in range(10):  # the browser has stops of its own
            if len({one["at"] for one in chromium.run("return seen")} - {-1}) >= wanted:
                break
            chromium.press(*[chromium.keys.TAB] * 10)
        return chromium.run("return seen"), chromium.run("return stops")

    return through


@EACH_PAGE
def test_tab_reaches_everything_in_the_order_of_the_page(walk: Callable[[str], Walk], page: str) -> None:
    """No control is left out, none holds the focus, and the way is the order of reading."""
    seen, stops = walk(page)
    reached = [one["at"] for one in seen if one["at"] != -1]
    first_time_round = list(dict.fromkeys(reached))
    assert [stops[n] for n in sorted(set(range(len(stops))) - set(reached))] == []
    assert first_time_round == sorted(first_time_round)


@EACH_PAGE
def test_one_sees_where_the_focus_is(walk: Callable[[str], Walk], page: str) -> None:
    """Each stop of the Tab key changes its look and stands in the window."""
    seen, _ = walk(page)
    assert [one["name"] for one in seen if not one["marked"]] == []
    out = [one["name"] for one in seen if one["box"]["bottom"] < 0 or one["box"]["top"] > HEIGHT]
    assert out == []


@EACH_PAGE
def test_the_first_stop_leads_to_the_content(chromium: Chromium, site: Site, page: str) -> None:
    """A reader of screens need not hear the head of the page each time."""
    chromium.open(site.address(page), Setting(1280, scripts=False))
    chromium.press(chromium.keys.TAB)
    focused = chromium.driver.switch_to.active_element
    assert focused.is_displayed() and focused.text.startswith("Skip")
    assert (focused.get_attribute("href") or "").endswith("#main")
