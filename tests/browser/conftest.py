"""One browser and one set of pages for all tests of this folder.

The workers of pytest-xdist take a file at a time, so that a worker starts at most one browser and grades the examples
once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import SETTINGS, Chromium, Visit, Visits
from site_of_pages import Site, examined


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """The browser."""
    with Chromium(tmp_path_factory.mktemp("profile")).closing() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Iterator[Site]:
    """All pages."""
    pages = Site(tmp_path_factory.mktemp("site"), shared_folder)
    yield pages
    pages.close()


@pytest.fixture(scope="session")
def visit(chromium: Chromium, site: Site) -> Visits:
    """What came of a visit; a page is opened once in each setting, however many tests ask what they saw."""
    seen: dict[tuple[str, str], Visit] = {}

    def look(page: str, setting: str) -> Visit:
        if (page, setting) not in seen:
            address, how = site.address(page), SETTINGS[setting]
            seen[page, setting] = chromium.visit(address, how, examine=examined(page, setting))
        return seen[page, setting]

    return look
