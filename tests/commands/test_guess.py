"""`grade PATH`: what a path holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.commands.guess import kind_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("path", sorted((ROOT / "examples/submissions").iterdir()), ids=lambda path: path.name)
def test_a_paper_with_a_question_in_it_is_no_conversation(path: Path) -> None:
    """Where nothing labels two speakers, a sentence that asks does not make one."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    assert {kind_of(file)[0] for file in files} == {"submissions"}


@pytest.mark.parametrize("path", sorted((ROOT / "transcripts").glob("*hw8.md")), ids=lambda path: path.name)
def test_a_transcript_is_one(path: Path) -> None:
    """By its labels."""
    assert kind_of(path)[0] == "transcripts"
