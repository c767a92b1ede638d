"""What holds for all tests."""

from __future__ import annotations

import gc
import multiprocessing.forkserver
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
LONG = (
    "test_docs.py browser batch answers test_gradescope_container.py test_hostile.py inspect commands security intake "
    "scoring test_ci_files.py test_raw_transcripts.py test_growth_keys.py"
).split()
"""Where the longest tests are, the longest files first: what comes last is short, and no worker waits for another."""

WARM = ("sympy", "flint", "grader.specs.load", "grader.scoring.solvers", "grader.scoring.verification.run")
"""What nearly every worker of a test imports. The fork server of a test process imports it once, for all its pools."""

_preload = multiprocessing.forkserver.set_forkserver_preload


def _preload_more(modules: Sequence[str]) -> None:
    _preload([*modules, *WARM])


multiprocessing.forkserver.set_forkserver_preload = _preload_more  # commands that run as processes are not changed

EXAMPLES = 60
"""Most examples that a law is tried on, the same ones each time; GRADE_EXAMPLES=10 tries others, ten times as many."""

TIMES = int(os.environ.get("GRADE_EXAMPLES", "0"))

# Nothing asserts a time.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=EXAMPLES, database=None)
settings.register_profile("searching", deadline=None, max_examples=EXAMPLES * max(TIMES, 1))
settings.load_profile("searching" if TIMES else "steady")


def tried_on(law: Any) -> None:
    """Have a test of Hypothesis that names a number of its own keep to :data:`EXAMPLES`, or take more of them."""
    own: settings = law._hypothesis_internal_use_settings
    if TIMES:
        law._hypothesis_internal_use_settings = settings(own, max_examples=own.max_examples * TIMES, derandomize=False)
    else:
        most = min(own.max_examples, EXAMPLES)
        law._hypothesis_internal_use_settings = settings(own, max_examples=most, derandomize=True, database=None)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all processes of a session; see ``shared.py``."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first; laws get their number of examples."""

    def place(item: pytest.Item) -> int:
        top = item.path.relative_to(HERE).parts[0] if item.path.is_relative_to(HERE) else ""
        return LONG.index(top) if top in LONG else len(LONG)

    items.sort(key=place)
    functions = {id(one): one for one in (getattr(item, "obj", None) for item in items)}
    for function in functions.values():
        law = getattr(function, "__func__", function)
        if getattr(law, "is_hypothesis_test", False) and hasattr(law, "_hypothesis_internal_use_settings"):
            tried_on(law)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector of garbage need not look through it again."""
    gc.collect()
    gc.freeze()
