"""The page of formats lists what is there."""

from __future__ import annotations

from pathlib import Path

from grader.intake.chats import chat_formats
from grader.intake.extract import extractable
from grader.intake.formats import suffixes

PAGE = Path(__file__).parents[2] / "docs/formats.md"


def test_the_table_has_every_format_with_its_summary() -> None:
    """In the order of the names, one line each."""
    rows = [line for line in lines() if line.startswith("| `") and not line.startswith("| `.")]
    assert rows == [f"| `{name}` | {one.summary} |" for name, one in chat_formats().items()]


def test_the_page_has_every_ending_of_a_submission() -> None:
    """Each stands in one row, in the order of the alphabet within it."""
    rows = [line.split("|")[1] for line in lines() if line.startswith("| `.")]
    named = [ending.strip(" `") for row in rows for ending in row.split(",")]
    assert sorted(named) == sorted(suffixes() | extractable())


def lines() -> list[str]:
    """The lines of the page."""
    return PAGE.read_text(encoding="utf-8").splitlines()
