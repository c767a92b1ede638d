"""Without the extra ``inspect`` nothing here can run."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

collect_ignore_glob = ["test_inspect_*.py"] if find_spec("inspect_ai") is None else []


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of two problems with two parts each, and room for logs beside it; no test writes into it."""
    from inspect_sample import make_course

    return make_course(tmp_path_factory.mktemp("inspect") / "course")


@pytest.fixture
def own_course(tmp_path: Path) -> Path:
    """The same for one test alone."""
    from inspect_sample import make_course

    return make_course(tmp_path / "course")
