"""Texts that once took time with the square of their length take it with their length."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from steps import calls

from grader.intake.documents import read_document
from grader.intake.repair.rules import line_ends
from grader.intake.talks.transcripts import MOST_FRONT, read_conversation


def test_a_run_of_carriage_returns_is_one_match() -> None:
    """However long it is, and whatever follows."""
    for end in ("", "x", "\n"):
        assert len(line_ends._ODD.findall("\r" * 5_000 + end)) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\r\rb", "a\n\nb"), ("a\r\r\nb", "a\r\nb"), ("a\r\nb", "a\r\nb"), ("a\rb", "a\nb"), ("a\r\r\r", "a\n\n\n")],
)
def test_odd_ends_of_lines_become_plain_ones(tmp_path: Path, text: str, shown: str) -> None:
    """Carriage returns alone are ends of lines; several before a line feed are one end."""
    file = tmp_path / "a.md"
    file.write_bytes(text.encode())
    assert read_document(file, 1000).text.replace("\r\n", "\n") == shown.replace("\r\n", "\n")


def test_a_long_block_at_the_start_is_not_read_as_yaml(tmp_path: Path) -> None:
    """It is told, and the turns are read all the same."""
    talk = tmp_path / "talk.md"
    assert sys.getrecursionlimit() < MOST_FRONT
    talk.write_text(f"---\nid: {'[' * MOST_FRONT}\n---\nUser: hi\n\nLLM: hello\n", encoding="utf-8")
    found = []
    assert calls(lambda: found.append(read_conversation(talk, []))) < 300_000
    assert len(found[0].turns) == 2
    assert "more than 20,000 characters" in found[0].diagnostics[0].message
