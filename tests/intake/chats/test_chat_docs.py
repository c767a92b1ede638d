"""The page of formats lists what is there."""

from __future__ import annotations

from pathlib import Path

from grader.intake.chats import chat_formats

PAGE = Path(__file__).parents[3] / "docs/formats.md"


def test_the_table_has_every_format_with_its_summary() -> None:
    """In the order of the names, one line each."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert rows == [f"| `{name}` | {one.summary} |" for name, one in chat_formats().items()]
