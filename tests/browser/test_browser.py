"""The pages in a real Chromium: no overflow, no errors, usable with scripts off and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from report_sample import STUDENTS, FakeType, class_run, hints_run

from grader.analysis import equality
from grader.reports import Pages

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(equality, "answer_type", lambda name: FakeType())
        pages = Pages(class_run())
        (folder / "class.html").write_text(pages.class_report(), encoding="utf-8")
        (folder / "hints.html").write_text(Pages(hints_run()).hints_report(), encoding="utf-8")
        for number, name in enumerate(STUDENTS):
            (folder / f"student{number}.html").write_text(pages.student_page(name), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("needs chromium and chromedriver on the PATH")
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    profile = tmp_path_factory.mktemp("profile")
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield started
    started.quit()


def show(chrome: Any, path: Path, width: int, fragment: str = "", scripts: bool = True) -> None:
    size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    chrome.get("about:blank")
    chrome.get(path.as_uri() + fragment)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["class", "hints", *(f"student{i}" for i in range(8))])
def test_the_page_does_not_scroll_sideways_and_the_console_is_empty(
    chrome: Any, site: Path, name: str, width: int
) -> None:
    show(chrome, site / f"{name}.html", width)
    chrome.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert chrome.execute_script("return document.documentElement.scrollWidth") <= width
    assert chrome.execute_script("return innerWidth") == width
    assert chrome.get_log("browser") == []
    assert chrome.execute_script("return document.styleSheets.length") == 1


def test_a_cell_opens_its_drawer_and_escape_brings_the_focus_back(chrome: Any, site: Path) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    show(chrome, site / "hints.html", 1280)
    wait = WebDriverWait(chrome, 10)  # the page goes on when it learns of its new address
    cell = chrome.find_element(By.CSS_SELECTOR, "a.cell[href='#cell-0-0-4']")
    drawer = chrome.find_element(By.ID, "cell-0-0-4")
    assert not drawer.is_displayed()
    cell.send_keys(Keys.ENTER)
    wait.until(lambda _: drawer.is_displayed() and chrome.switch_to.active_element == drawer)
    before = chrome.execute_script("return scrollY")
    drawer.send_keys(Keys.ESCAPE)
    wait.until(lambda _: not drawer.is_displayed() and chrome.switch_to.active_element == cell)
    assert chrome.execute_script("return scrollY") == before


@pytest.mark.parametrize("width", WIDTHS)
def test_drawers_open_without_scripts_and_stay_in_the_window(chrome: Any, site: Path, width: int) -> None:
    from selenium.webdriver.common.by import By

    show(chrome, site / "hints.html", width, "#cell-0-0-4", scripts=False)
    drawer = chrome.find_element(By.ID, "cell-0-0-4")
    assert drawer.is_displayed() and "Witness" in drawer.text
    assert drawer.rect["x"] >= 0 and drawer.rect["x"] + drawer.rect["width"] <= width
    drawer.find_element(By.CSS_SELECTOR, "a.close").click()
    assert not drawer.is_displayed()


def test_filters_show_the_rows_that_match_and_are_kept_in_the_address(chrome: Any, site: Path) -> None:
    from selenium.webdriver.common.by import By

    show(chrome, site / "class.html", 1280)
    rows = chrome.find_elements(By.CSS_SELECTOR, "table.marks tbody tr")
    chrome.find_element(By.CSS_SELECTOR, "[data-filter=students]").send_keys("gauss")
    assert [row.find_element(By.TAG_NAME, "th").text for row in rows if row.is_displayed()] == ["Carl Gauss"]
    assert "name=gauss" in chrome.current_url
    chrome.refresh()
    rows = chrome.find_elements(By.CSS_SELECTOR, "table.marks tbody tr")
    assert sum(row.is_displayed() for row in rows) == 1


def test_the_table_sorts_by_total(chrome: Any, site: Path) -> None:
    from selenium.webdriver.common.by import By

    show(chrome, site / "class.html", 1280)
    chrome.find_element(By.CSS_SELECTOR, "th[data-sort=number] button").click()
    cells = chrome.find_elements(By.CSS_SELECTOR, "table.marks tbody td.num")
    values = [float(cell.get_attribute("data-value")) for cell in cells]
    assert values == sorted(values) and len(values) == 8


def test_filters_are_not_shown_where_scripts_are_off(chrome: Any, site: Path) -> None:
    """What cannot work is not there; all else is."""
    from selenium.webdriver.common.by import By

    show(chrome, site / "class.html", 1280, scripts=False)
    assert not chrome.find_element(By.CSS_SELECTOR, ".tools").is_displayed()
    assert len(chrome.find_elements(By.CSS_SELECTOR, "table.marks tbody tr")) == 8
