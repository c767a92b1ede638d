"""What holds for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
LONG = ("test_docs.py", "browser", "test_hostile.py", "commands", "test_pytest_plugin.py", "test_ci_files.py")
"""Where the longest tests are."""

settings.register_profile("untimed", deadline=None)  # nothing asserts a time
settings.load_profile("untimed")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, so that at the end no worker waits for another."""

    def place(item: pytest.Item) -> int:
        top = item.path.relative_to(HERE).parts[0] if item.path.is_relative_to(HERE) else ""
        return LONG.index(top) if top in LONG else len(LONG)

    items.sort(key=place)
