"""What a reply is about when a person asks back in words of one part."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.intake.parts.contexts import contexts
from grader.intake.talks.transcripts import read_conversation
from grader.specs import load_course

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("What does one step of the naive recursion cost?", ("c",)), ("Is doubling really that deep?", ("d",)),
        ("What is the critical path?", ()), ("Are the naive recursion and the doubling alike?", ()),
        ("Is the sum right?", ()),
    ],
)  # fmt: skip
def test_a_word_that_one_part_has_says_which_is_meant(tmp_path: Path, asked: str, label: tuple[str, ...]) -> None:
    """“the naive recursion” is in (c) alone; “critical path” is asked in several."""
    path = tmp_path / "talk.md"
    talk = "User: Solve problem 1.\n\nLLM: Done.\n\n## (c)\n\nO(L)\n\n## (d)\n\nO(1)\n\nUser: "
    path.write_text(f"{talk}{asked}\n\nLLM: It is O(L).\n", encoding="utf-8")
    problems = [problem for problem in load_course(ROOT).problems if problem.id == "ssm-kernels"]
    assert contexts(read_conversation(path, problems), problems)[-1].label == label
