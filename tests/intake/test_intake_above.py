"""Answers to parts that stand under the heading of the part above them."""

from __future__ import annotations

from pathlib import Path

from shared import own_course

from grader.intake.claims import claim_in_text, claims_of_conversation
from grader.intake.talks.transcripts import read_conversation

ROOT = Path(__file__).resolve().parents[2]
TABLE = "| | rec | reg |\n|---|---|---|\n| α | 0 | {} |\n| β | 0.001 | 1 |\n\nSo $\\lambda > 0.001$.\n"
PROBLEM = next(problem for problem in own_course().problems if problem.id == "purification")


def test_a_range_under_the_heading_of_a_answers_its_part() -> None:
    """Another part that asks for a range of λ is (c), which has a heading of its own."""
    claim = claim_in_text("## 3(a)\n\n" + TABLE.format(2), PROBLEM, PROBLEM.part("a.ii"))
    assert claim.text == "\\lambda > 0.001"


def test_a_later_reply_under_the_heading_of_a_answers_anew(tmp_path: Path) -> None:
    """It is no repetition that may be passed over."""
    replies = [f"### 3(a)\n\n{TABLE.format(value)}" for value in ("1.4", "2")]
    path = tmp_path / "talk.md"
    path.write_text(
        f"User: Q3 (a)?\n\nLLM:\n{replies[0]}\n\nUser: Square it.\n\nLLM:\n{replies[1]}\n", encoding="utf-8"
    )
    claims = claims_of_conversation(read_conversation(path, [PROBLEM]), [PROBLEM])
    (last,) = [claim for claim in claims if (claim.part, claim.turn) == ("a.i", 2)]
    assert (last.carried, "| 2 |" in last.text) == (False, True)
