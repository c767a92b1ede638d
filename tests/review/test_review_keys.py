"""The pages of a review in a real Chromium: every step by keys, and the same by forms where scripts are off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import Chromium
from review_sample import group_of

from grader.review.desk import Desk
from grader.review.server import ReviewServer
from grader.store.decisions import apply

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser without a window."""
    with Chromium(tmp_path_factory.mktemp("profile")).closing() as browser:
        yield browser.driver


class Keyboard:
    """A person who has no mouse."""

    def __init__(self, chrome: Any) -> None:
        self.chrome = chrome

    def press(self, keys: str, goes_on: bool = False) -> None:
        """Type keys where the focus is; wait for another page where one has to come."""
        from selenium.webdriver.support.ui import WebDriverWait

        self.chrome.execute_script("window.old = true")
        self.chrome.switch_to.active_element.send_keys(keys)
        if goes_on:
            new = "return !window.old && document.readyState === 'complete'"
            WebDriverWait(self.chrome, 20).until(lambda chrome: chrome.execute_script(new))

    @property
    def focus(self) -> str:
        """Name of the field in which keys write."""
        return str(self.chrome.execute_script("return document.activeElement.name || ''"))

    def text(self, selector: str) -> str:
        """The words of an element of the page."""
        return str(self.chrome.execute_script("return document.querySelector(arguments[0])?.innerText ?? ''", selector))


def marks(desk: Desk) -> list[str]:
    """Subject, part and credit of what is decided."""
    groups, state = desk.now()
    found = apply(groups.run, state.log).run.results
    return sorted(f"{one.claim.subject} {one.claim.part} {one.verdict.credit}" for one in found if one.decision)


def test_a_whole_review_by_keys(chrome: Any, server: ReviewServer, desk: Desk) -> None:
    """Begin, full, points by a digit, points that are typed, criteria, a comment, leave open, skip, back, undo; and
    the browser has nothing to complain of."""
    from selenium.webdriver.common.keys import Keys

    keys = Keyboard(chrome)
    chrome.get(server.address)
    keys.press("n", goes_on=True)
    assert keys.text("h1").startswith("Part b")  # three who wrote the same
    keys.press("c")
    assert keys.focus == "comment"
    keys.press("fine 1n" + Keys.ESCAPE)  # in a field keys write
    assert keys.focus == "" and marks(desk) == []
    keys.press("2", goes_on=True)
    assert marks(desk) == ["ada b 2/3", "emmy b 2/3", "zoe b 2/3"]
    assert "Recorded: 2 of 3" in keys.text(".flash")
    keys.press("u", goes_on=True)
    assert marks(desk) == [] and "Taken back" in keys.text(".flash")
    keys.press("f", goes_on=True)
    assert marks(desk) == ["ada b 1", "emmy b 1", "zoe b 1"]
    keys.press("p")
    assert keys.focus == "points"
    keys.press("1.5" + Keys.ENTER, goes_on=True)
    assert "ada a 3/8" in marks(desk) and "emmy a 3/8" in marks(desk)
    here = chrome.current_url.partition("?")[0]
    keys.press("s", goes_on=True)
    keys.press("k", goes_on=True)
    assert chrome.current_url.partition("?")[0] == here
    keys.press("l", goes_on=True)
    assert "left open for kurt" in keys.text(".flash")
    name = group_of(desk, "carl", "b").name
    chrome.get(f"{server.address}item/{name}")
    keys.press("r")
    chrome.execute_script("document.querySelector('input[name=criterion]').click()")
    keys.press("x", goes_on=True)
    assert "carl b 1/3" in marks(desk)
    keys.press("q", goes_on=True)
    assert "to decide" in keys.text("h2#list").lower()
    assert chrome.get_log("browser") == []


def test_up_and_down_the_queue(chrome: Any, server: ReviewServer) -> None:
    """j and k move the focus along the rows, Enter opens one, ? shows the keys."""
    from selenium.webdriver.common.keys import Keys

    keys = Keyboard(chrome)
    chrome.get(server.address)
    focused = "return [...document.querySelectorAll('.rowlink')].indexOf(document.activeElement)"
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        keys.press(key)
        assert chrome.execute_script(focused) == place
    keys.press("?")
    assert chrome.execute_script("return document.getElementById('keys').open")
    keys.press(Keys.ENTER, goes_on=True)
    assert "/item/" in chrome.current_url


def test_without_scripts_the_forms_do_the_same(chrome: Any, server: ReviewServer, desk: Desk) -> None:
    """Enter in the field of points gives these points and not full marks; buttons go on."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        chrome.get(f"{server.address}item/{group_of(desk, 'kurt', 'a').name}")
        chrome.find_element(By.ID, "points").send_keys("1" + Keys.ENTER)
        WebDriverWait(chrome, 20).until(lambda one: "Recorded" in one.page_source)
        assert marks(desk) == ["kurt a 1/4"]
        chrome.find_element(By.CSS_SELECTOR, ".flash button").click()
        WebDriverWait(chrome, 20).until(lambda one: "Taken back" in one.page_source)
        assert marks(desk) == []
    finally:
        chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_another_page_cannot_send_a_form(chrome: Any, server: ReviewServer, desk: Desk, tmp_path: Path) -> None:
    """Even one that knows the address: the browser says where the form comes from."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    address = f"{server.address}item/{group_of(desk, 'kurt', 'a').name}"
    page = (
        f'<form method=post action="{address}"><input name=who value=0><button name=mark value=full>go</button></form>'
    )
    (tmp_path / "evil.html").write_text(page, encoding="utf-8")
    chrome.get((tmp_path / "evil.html").as_uri())
    chrome.find_element(By.TAG_NAME, "button").click()
    WebDriverWait(chrome, 20).until(lambda one: "Forbidden" in one.page_source)
    assert marks(desk) == []
