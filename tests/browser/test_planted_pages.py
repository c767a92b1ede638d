"""Markup in names, answers, remarks and file names is text, in a real parser of HTML."""

from __future__ import annotations

import pytest
from chromium import SETTINGS, Chromium, Visits
from planted import PLANTS, as_shown
from site_of_pages import PAGES, Site

pytestmark = pytest.mark.browser
PLANTED = pytest.mark.parametrize("page", [page for page in PAGES if "planted" in page])
FOREIGN = ("img", "iframe", "object", "embed", "textarea", "base", "audio", "video", "foreignobject")


@PLANTED
def test_no_element_comes_of_a_text(visit: Visits, page: str) -> None:
    """One style and one script, the page's own, and none of what was planted."""
    facts = visit(page, "wide").facts
    assert facts["planted"] is None
    assert (facts["tags"]["script"], facts["tags"]["style"], facts["titles"]) == (1, 1, 1)
    own = ("textarea",) if page.startswith("review") else ()
    assert [name for name in FOREIGN if name in facts["tags"] and name not in own] == []
    assert facts["handlers"] == []


@PLANTED
def test_every_address_leads_into_the_page_or_beside_it(visit: Visits, page: str) -> None:
    """No text becomes an address."""
    links = visit(page, "wide").facts["links"]
    assert [link for link in links if ":" in link or link.startswith("//")] == []


@PLANTED
def test_a_text_that_turns_the_direction_does_not_turn_its_neighbours(visit: Visits, page: str) -> None:
    """It stands in an isolate, or alone in its block."""
    assert visit(page, "wide").facts["loose"] == []


@pytest.mark.parametrize("page", ["class report, planted", "hints report, planted"])
def test_what_was_planted_is_read_as_it_is(chromium: Chromium, site: Site, page: str) -> None:
    """Each text stands on the page, character for character."""
    chromium.open(site.address(page), SETTINGS["wide"])
    text = chromium.run("return document.body.textContent")
    expected = [as_shown(plant) for plant in PLANTS[:7]]
    assert [plant for plant in expected if plant not in text] == []
    assert chromium.run("return document.title").startswith(as_shown(PLANTS[3]))
