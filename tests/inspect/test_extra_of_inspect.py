"""Without the extra nothing else needs Inspect, and what does says what to install."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

import grader.inspect
from grader.diagnostics import InputError


@pytest.mark.skipif(find_spec("inspect_ai") is None, reason="the extra is not installed: pip install '.[inspect]'")
def test_the_extra_is_tried() -> None:
    """Where this is skipped, so are the other tests of this folder."""
    assert grader.inspect.marks.__name__ == "_marks"


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setattr(grader.inspect, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install 'inspect-ai"):
        _ = grader.inspect.marks
    with pytest.raises(AttributeError, match="no attribute"):
        _ = grader.inspect.nothing


def test_nothing_else_imports_it() -> None:
    """Neither the command line, nor what grades, nor the part of this package that runs in workers."""
    modules = "grader.commands.main, grader.commands.transcripts, grader.batch.runs, grader.inspect.judging"
    program = f"import sys, {modules}; sys.exit('inspect_ai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
