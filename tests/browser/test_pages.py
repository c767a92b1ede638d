"""What holds for every page in a real browser: on a screen, a tablet and a phone, light, dark and in print."""

from __future__ import annotations

import pytest
from chromium import SETTINGS, Visits
from site_of_pages import PAGES, examined

pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(("page", "setting"), [(page, name) for page in PAGES for name in SETTINGS], ids=str)
EACH_PAGE = pytest.mark.parametrize("page", PAGES)
EACH_REPORT = pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith("review")])


@EACH
def test_the_page_does_not_scroll_sideways(visit: Visits, page: str, setting: str) -> None:
    """What is wide scrolls in a box of its own, and the window keeps the width that it has; paper is not scrolled."""
    width, facts = SETTINGS[setting].width, visit(page, setting).facts
    if SETTINGS[setting].media == "print":  # what is wider is printed smaller by the browser, down to two thirds
        assert facts["scrollWidth"] <= 1.5 * width, facts["beyond"]
        return
    assert facts["beyond"] == []
    assert (facts["width"], facts["scrollWidth"]) == (width, width)


@EACH
def test_the_page_asks_for_nothing_and_has_nothing_to_complain_of(visit: Visits, page: str, setting: str) -> None:
    """No request, an empty console, nothing that the page's own security policy forbids."""
    seen = visit(page, setting)
    assert (seen.requests, seen.console, seen.refused) == ([], [], [])


@pytest.mark.parametrize(
    ("page", "setting"), [(page, name) for page in PAGES for name in SETTINGS if examined(page, name)], ids=str
)
def test_the_page_can_be_used_by_everybody(visit: Visits, page: str, setting: str) -> None:
    """axe finds no fault by the rules of WCAG 2.2 A and AA and by good practice: contrast, names, roles, order."""
    assert visit(page, setting).faults == []


@EACH_PAGE
def test_the_dark_scheme_is_dark_and_paper_is_white(visit: Visits, page: str) -> None:
    """Light letters on dark ground where the reader prefers that, and never in print."""
    dark = visit(page, "tablet, dark").facts
    assert dark["ground"] < 0.2 < 0.7 < dark["ink"]
    for setting in ("wide", "print"):
        light = visit(page, setting).facts
        assert light["ink"] < 0.3 < 0.9 < light["ground"]


@EACH_REPORT
def test_nothing_is_cut_off_in_print(visit: Visits, page: str) -> None:
    """On paper nothing can be scrolled: no box hides a part of what it holds."""
    assert visit(page, "print").facts["cut"] == []


@EACH_PAGE
def test_without_scripts_nothing_waits_for_one(visit: Visits, page: str) -> None:
    """A control that only a script can answer is not shown."""
    assert visit(page, "phone, dark, no scripts").facts["idle"] == []


@EACH_PAGE
def test_without_scripts_the_page_says_the_same(visit: Visits, page: str) -> None:
    """All that is read with scripts is read without, but for the controls of scripts."""
    with_scripts, without = (set(visit(page, name).facts["words"]) for name in ("phone", "phone, dark, no scripts"))
    assert sorted(with_scripts - without) == []
