"""A course made by ``grade init``, for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from course_sample import new_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A fresh copy of the course that ``grade init`` makes."""
    return new_course(tmp_path / "course")
