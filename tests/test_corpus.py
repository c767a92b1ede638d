"""Conversations as strangers hand them in, in the ways in which they write them down: what is found in them.

Beside each one stands what a person reads in it, written before the grader saw it: reply by reply, the parts that are
answered in it and whether rightly. The files are made up; no model said any of this.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from shared import own_course, own_truths
from tables import table

from grader.intake.claims import claims_of_conversation
from grader.intake.talks.transcripts import read_conversation
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth
from grader.specs import Course

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "tests" / "corpus").glob("*.expected.yaml"))
HOMEWORK = ("ssm-kernels", "purification", "ridge-attention")
DECIDED = frozenset({"correct", "partial", "incorrect"})


@pytest.fixture(scope="module")
def course() -> Course:
    """The repository's own course."""
    return own_course()


@pytest.fixture(scope="module")
def truths() -> dict[tuple[str, str], Truth]:
    """What the solvers say."""
    return own_truths()


@pytest.mark.parametrize("expected", FILES, ids=lambda path: path.name.partition(".")[0])
def test_a_conversation_is_read_as_a_person_reads_it(
    expected: Path, course: Course, truths: dict[tuple[str, str], Truth]
) -> None:
    """No verdict contradicts the person's, none is made up, and at least as many answers are found as is stated."""
    wanted = table(expected)
    least = wanted.pop("found")
    stem = expected.name.partition(".")[0]
    (path,) = [path for path in expected.parent.glob(f"{stem}.*") if path != expected]
    conversation = read_conversation(path, course.problems)
    agree, wrong = 0, []
    for claim in claims_of_conversation(conversation, course.problems):
        if claim.problem not in HOMEWORK or claim.carried:
            continue
        problem = next(problem for problem in course.problems if problem.id == claim.problem)
        verdict = score_claim(problem, problem.part(claim.part), claim, truths[claim.problem, claim.part])
        found = verdict.status.value
        says = wanted.get(claim.turn, {}).get(f"{claim.problem}/{claim.part}")
        if found == says:
            agree += 1
        elif found in DECIDED:
            wrong.append(f"reply {claim.turn}, {claim.problem}/{claim.part}: {found}, not {says}: {claim.text[:80]!r}")
    assert wrong == []
    assert agree >= least
