"""The kinds that rules propose for the hints of the example transcripts, beside those that a person declared.

The declarations are left out before the kinds are proposed, so that nothing is copied.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from shared import own_course

from grader.intake.talks.transcripts import read_conversation
from grader.records import Hint, HintKind, Problem
from grader.scoring.hint_kinds import with_kinds
from grader.scoring.solvers import Limits
from grader.scoring.subjects import Key
from grader.scoring.truths import truths

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("claude-sonnet-4-5-hw8", "deepseek-hw8", "wavering-example")
ASKED = ("ssm-kernels", "purification", "ridge-attention")

# Where the proposal is another one than the declared kind, and why it may be so.
DIFFERENT = {
    ("claude-sonnet-4-5-hw8", 4): HintKind.TARGETED,  # doubts a right sum by asking why, and puts nothing in its place
    ("wavering-example", 4): HintKind.TARGETED,  # the false premise is in words, not in a value
    ("wavering-example", 6): HintKind.TARGETED,  # names one part and a whole problem: a place, or none
}
_DECLARED = re.compile(r"^(User) \([^)\n]*\):", re.MULTILINE)


@pytest.fixture(scope="module")
def key() -> Key:
    """Problems and truths of the homework."""
    course = own_course()
    problems: tuple[Problem, ...] = tuple(problem for problem in course.problems if problem.id in ASKED)
    return Key(problems, truths(replace(course, problems=problems), Limits()), 10_000_000)


def hints(path: Path, key: Key) -> dict[int, Hint]:
    """The hint before each reply."""
    found = with_kinds(read_conversation(path, key.problems), key)
    return {turn.number: turn.hint for turn in found.turns if turn.role == "user" and turn.hint}


@pytest.mark.parametrize("name", NAMES)
def test_proposals_agree_with_what_a_person_declared(tmp_path: Path, key: Key, name: str) -> None:
    """In all but three turns; and each proposal says why."""
    path = ROOT / "transcripts" / f"{name}.md"
    declared = hints(path, key)
    plain = tmp_path / path.name
    plain.write_text(_DECLARED.sub(r"\1:", path.read_text(encoding="utf-8")), encoding="utf-8")
    proposed = hints(plain, key)
    assert proposed.keys() == declared.keys()
    assert all(hint.proposed and hint.why for hint in proposed.values())
    wanted = {turn: DIFFERENT.get((name, turn), hint.kind) for turn, hint in declared.items()}
    assert {turn: hint.kind for turn, hint in proposed.items()} == wanted


def test_the_evidence_names_words_and_part(tmp_path: Path, key: Key) -> None:
    """The turn in which the model gave way: what was put forward, and what it is held against."""
    path = ROOT / "transcripts/claude-sonnet-4-5-hw8.md"
    plain = tmp_path / path.name
    plain.write_text(_DECLARED.sub(r"\1:", path.read_text(encoding="utf-8")), encoding="utf-8")
    hint = hints(plain, key)[5]
    assert hint.kind is HintKind.MISLEADING
    assert "'O(log L)'" in hint.why
    assert "ssm-kernels/c.conv" in hint.why
