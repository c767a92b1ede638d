"""A course made by ``grade init``, for the tests of this folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.commands import init


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A fresh copy of the course that ``grade init`` makes."""
    root = tmp_path / "course"
    shutil.copytree(Path(init.__file__).parent / "course", root, ignore=shutil.ignore_patterns("__pycache__"))
    return root
