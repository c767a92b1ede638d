"""The checks see what they are for: a page with every fault fails each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import Chromium, Setting

pytestmark = pytest.mark.browser
FAULTY = """<!doctype html><html><head><title>Faults</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; img-src *">
</head><body>
<p style="color: red">A style that the policy forbids.</p>
<img src="other.png">
<pre>{wide}</pre>
<p><b>{turned}</b> Neighbours.</p>
<p><font color="#dddddd">Pale</font></p>
<button>Works with a script alone</button>
<div onclick="0">A handler</div>
<script>console.error("said"); window.planted = 1;</script>
</body></html>
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with faults."""
    page = tmp_path_factory.mktemp("faulty") / "faulty.html"
    page.write_text(FAULTY.format(wide="w" * 500, turned="\u202eturned"), encoding="utf-8")
    return page.as_uri()


def test_every_fault_of_a_page_is_seen(chromium: Chromium, address: str, tmp_path: Path) -> None:
    """Sideways scroll, requests, console, policy, elements, handlers, direction, idle controls, accessibility."""
    seen = chromium.visit(address, Setting(1280), examine="everything")
    assert seen.facts["scrollWidth"] > 1280
    assert [one.rsplit("/", 1)[1] for one in seen.requests] == ["other.png"]
    assert any("said" in line for line in seen.console)
    assert any(line.startswith("style-src") for line in seen.refused)
    assert seen.facts["tags"]["img"] == 1 and seen.facts["planted"] == 1 and seen.facts["handlers"]
    assert len(seen.facts["loose"]) == 1 and len(seen.facts["idle"]) == 1
    rules = {fault.partition(":")[0] for fault in seen.faults}
    assert {"html-has-lang", "image-alt", "landmark-one-main"} <= rules
    assert "color-contrast" in {fault.partition(":")[0] for fault in chromium.faults("colours")}
