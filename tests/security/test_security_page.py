"""docs/security.md is true: the tests that it names exist, and its limits are those of the code."""

from __future__ import annotations

import ast
import re
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
LIMITS = re.findall(r"^\| (.+?) \| (\d+) \| `([\w.]+):([\w.]+)` \|$", PAGE, re.MULTILINE)
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    """At the top of its file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("what", "number", "module", "name"), LIMITS, ids=[limit[0] for limit in LIMITS])
def test_a_limit_is_that_of_the_code(what: str, number: str, module: str, name: str) -> None:
    """The number stands behind the name."""
    value = reduce(getattr, name.split("."), import_module(module)) if "Settings" not in name else default(name)
    assert value == int(number), f"{what}: {value} in the code"


def default(name: str) -> object:
    """What a setting is where no file sets it."""
    from grader.specs.settings import Settings

    return getattr(Settings(), name.partition(".")[2])


def test_every_promise_names_a_test() -> None:
    """Each row of the tables of promises; and the page has limits."""
    promises = [line for line in PAGE.splitlines() if line.startswith("| ") and "| promise |" not in line]
    rows = [line for line in promises if not re.search(r"\| \d+ \| `grader", line) and "in the code" not in line]
    assert [line for line in rows if "::test_" not in line] == []
    assert len(rows) > 20 and len(LIMITS) > 25


def test_the_way_to_report_a_hole_is_at_the_top() -> None:
    """SECURITY.md says how, for which versions, and leads to the page."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "docs/security.md" in text and "## Reporting a hole" in text and "## Supported versions" in text
