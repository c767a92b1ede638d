"""A real Chromium for the tests: pages opened in a setting, and what the browser has to say of them.

Everything goes through the DevTools protocol, to which the page's security policy does not apply: the policy stays
as strict as it is for a reader, and the tests look on from outside.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

HEIGHT = 844
"""Of the window, in pixels of CSS."""
PAPER = 718
"""Width of the text on A4 with margins of 1 cm, in pixels of CSS."""
FACTS = (Path(__file__).parent / "browser" / "facts.js").read_text(encoding="utf-8")
BEFORE = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""
"""Runs in each page before the page's own script."""


@dataclass(frozen=True)
class Setting:
    """How a reader looks at a page.

    Args:
        width: of the window, in pixels of CSS; below 600 it is a phone's.
        scheme: ``light`` or ``dark``.
        media: ``screen`` or ``print``.
        scripts: whether the page's script may run.
    """

    width: int
    scheme: str = "light"
    media: str = "screen"
    scripts: bool = True


@dataclass(frozen=True)
class Visit:
    """What came of opening a page, with everything on it unfolded.

    Args:
        facts: what ``facts.js`` counts and measures.
        requests: addresses that were asked for, the page's own left out.
        console: what the browser's console holds.
        refused: what the security policy of the page forbade.
        faults: what axe finds wrong, where it was asked.
    """

    facts: dict[str, Any]
    requests: list[str]
    console: list[str]
    refused: list[str]
    faults: list[str]


SETTINGS = {
    "wide": Setting(1280),
    "tablet, dark": Setting(820, scheme="dark"),
    "phone": Setting(390),
    "phone, dark, no scripts": Setting(390, scheme="dark", scripts=False),
    "print": Setting(PAPER, media="print"),
}
"""Those in which every page is tried: each width, scheme and medium, with scripts and without."""

LEFT_OUT: dict[str, list[str]] = {
    "everything": [],
    "colours": [],
    "names": ["color-contrast", "target-size"],
    "names and sizes": ["color-contrast"],
}
"""Rules of axe that are left out of each examination; those need every element's look and place, which takes long."""

Visits = Callable[[str, str], Visit]
"""Opens a page in a setting, both by their names; what was seen once is not opened again."""


class Chromium:
    """A browser that runs without a window.

    Args:
        profile: an empty folder for its files.
    """

    def __init__(self, profile: Path) -> None:
        browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
        if not browser or not driver:
            pytest.skip("needs chromium and chromedriver on the PATH")
        webdriver = pytest.importorskip("selenium.webdriver")
        options = webdriver.ChromeOptions()
        options.binary_location = browser
        for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        options.add_experimental_option("perfLoggingPrefs", {"enableNetwork": True, "enablePage": False})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        self.driver.set_script_timeout(120)
        self.command("Page.addScriptToEvaluateOnNewDocument", source=BEFORE)

    def command(self, name: str, **values: object) -> Any:
        """Send a command of the DevTools protocol, and get what it answers."""
        return self.driver.execute_cdp_cmd(name, values)

    def run(self, script: str, *arguments: object) -> Any:
        """What a piece of JavaScript returns; it runs in the page."""
        return self.driver.execute_script(script, *arguments)

    def open(self, address: str, setting: Setting) -> None:
        """Show a page as a reader in that setting would have it."""
        size = {"width": setting.width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": setting.width < 600}
        self.command("Emulation.setDeviceMetricsOverride", **size)
        self.command("Emulation.setScriptExecutionDisabled", value=not setting.scripts)
        scheme = [{"name": "prefers-color-scheme", "value": setting.scheme}]
        self.command("Emulation.setEmulatedMedia", media=setting.media, features=scheme)
        self.driver.get("about:blank")
        self.said()
        self.driver.get(address)
        # Without scripts, and on a busy machine, the driver may come back before a long page is there as a whole.
        self.wait(lambda: self.run("return document.readyState") == "complete")

    def settle(self) -> None:
        """Wait until fonts are there and the page's own script has looked at the sizes of its boxes."""
        self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1]; const frame = requestAnimationFrame;"
            "document.fonts.ready.then(() => frame(() => frame(() => frame(() => done()))));"
        )

    def said(self) -> tuple[list[str], list[str]]:
        """What the console holds, and the addresses asked for, since this was last called."""
        console = [entry["message"] for entry in self.driver.get_log("browser")]
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        asked = (e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent")
        return console, [address for address in asked if address != "about:blank"]

    def visit(self, address: str, setting: Setting, *, examine: str = "") -> Visit:
        """Open a page, unfold everything, and take down what can be said of it.

        Args:
            examine: by which rules axe examines it, a key of :data:`LEFT_OUT`; "" for not at all.
        """
        self.open(address, setting)
        facts = self.run(FACTS)
        console, asked = self.said()
        faults = self.faults(examine) if examine else []
        return Visit(facts, [one for one in asked if one != address], console, facts.pop("refused"), faults)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver, duration=0).send_keys(*keys).perform()

    def paper(self) -> bytes:
        """The page that is open as a PDF file of A4 pages."""
        self.command("Emulation.setEmulatedMedia", media="print")
        centimetre = 1 / 2.54
        margins = dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), centimetre)
        printed = self.command("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=True, **margins)
        return base64.b64decode(printed["data"])

    def faults(self, examine: str = "everything") -> list[str]:
        """What axe finds wrong with the page that is open, each with its rule and the element.

        Args:
            examine: by which rules, a key of :data:`LEFT_OUT`.
        """
        self.run(f"if (!window.axe) {{ {axe()} }}")
        only = ["color-contrast"] if examine == "colours" else []
        found = self.driver.execute_async_script(_AXE, only, LEFT_OUT[examine])
        return [f"{one['rule']}: {one['help']}: {one['html']} {one['why']}" for one in found]

    @cached_property
    def keys(self) -> Any:
        """The names of the keys."""
        from selenium.webdriver.common.keys import Keys

        return Keys

    def wait(self, until: Callable[[], object]) -> None:
        """Wait until something is so; fail where it does not come about in a minute."""
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 60, poll_frequency=0.02).until(lambda _: until())

    @contextmanager
    def closing(self) -> Iterator[Chromium]:
        """The browser, closed at the end."""
        try:
            yield self
        finally:
            self.driver.quit()


_AXE = """
const done = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const told = (rule) => rule.nodes.map((node) => ({
  rule: rule.id, help: rule.help, html: node.html.slice(0, 200),
  why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ").slice(0, 300),
}));
const rules = Object.fromEntries(arguments[1].map((name) => [name, { enabled: false }]));
const runOnly = arguments[0].length ? { type: "rule", values: arguments[0] } : { type: "tag", values: tags };
axe.run(document, { runOnly, rules, resultTypes: ["violations"], preload: false })
  .then((result) => result.violations.flatMap(told), (error) => [{ rule: String(error), help: "", html: "", why: "" }])
  .then(done);
"""


@lru_cache(maxsize=1)
def axe() -> str:
    """The source of axe-core, from a package whose only other need is selenium."""
    package = pytest.importorskip("selenium_axe_python").__name__
    return (resources.files(package) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
