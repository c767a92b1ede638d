"""The page of formats lists what is there."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

from grader.intake.chats import chat_formats
from grader.intake.extract import extractable
from grader.intake.formats import suffixes
from grader.intake.layouts import layouts
from grader.intake.repair import all_rules

PAGE = Path(__file__).parents[2] / "docs/formats.md"


def test_the_table_has_every_format_with_its_summary() -> None:
    """In the order of the names, one line each."""
    assert rows_below("| format |") == [f"| `{name}` | {one.summary} |" for name, one in chat_formats().items()]


def test_the_table_has_every_layout_with_its_sample() -> None:
    """In the order of the names, one line each; and each has a row that says what it tells."""
    expected = [f"| `{name}` | {one.summary} | `{one.sample}` |" for name, one in layouts().items()]
    assert rows_below("| layout | what") == expected
    assert [row.split("`")[1] for row in rows_below("| layout | who")] == list(layouts())


def test_the_page_has_every_ending_of_a_submission() -> None:
    """Each stands in one row, in the order of the alphabet within it."""
    rows = [line.split("|")[1] for line in lines() if line.startswith("| `.")]
    named = [ending.strip(" `") for row in rows for ending in row.split(",")]
    assert sorted(named) == sorted(suffixes() | extractable())


def test_the_table_has_every_rule_of_repair() -> None:
    """In the order in which they are applied, with the confidence that they have where nothing else is said."""
    expected = [f"| `{one.name}` | {one.does} | {one.confidence} |" for one in all_rules()]
    assert rows_below("| rule |") == expected


def rows_below(header: str) -> list[str]:
    """The rows of the table with that header."""
    start = next(i for i, line in enumerate(lines()) if line.startswith(header))
    return list(takewhile(lambda line: line.startswith("|"), lines()[start + 2 :]))


def lines() -> list[str]:
    """The lines of the page."""
    return PAGE.read_text(encoding="utf-8").splitlines()
