"""Codes of specs: every one that can be reported is explained, and importing the package is light."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import grader.specs
from grader.specs import CODES

PACKAGE = Path(grader.specs.__file__).parent


def test_every_code_is_explained_and_used() -> None:
    """The codes in the package's sources are those that CODES explains, no more and no fewer."""
    used = {
        code
        for path in PACKAGE.glob("*.py")
        if path.name != "codes.py"
        for code in re.findall(r'"(spec-[a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    assert used == set(CODES)
    assert all(text.endswith(".") for text in CODES.values())


def test_importing_the_package_loads_nothing_heavy() -> None:
    """The public names come on first use; pydantic and yaml are not loaded before that."""
    program = (
        "import sys, grader.specs\n"
        "print(sorted({'pydantic', 'yaml', 'sympy', 'numpy'} & set(sys.modules)))\n"
        "grader.specs.find_course\n"
        "print(sorted({'pydantic', 'yaml'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["[]", "[]", ""]


def test_public_names_are_there_and_others_are_not() -> None:
    """All that __all__ names can be had; a misspelt name is an AttributeError."""
    assert all(getattr(grader.specs, name) is not None for name in grader.specs.__all__)
    with pytest.raises(AttributeError, match="load_problems"):
        _ = grader.specs.load_problems
