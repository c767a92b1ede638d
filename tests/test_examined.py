"""Whole replies and papers, and the statuses that an examiner gave before the grader saw them: none is contradicted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from shared import own_course, own_truths

from grader.intake.chats.base import Chat, Message
from grader.intake.claims import claims_of_conversation, claims_of_submission
from grader.intake.handins.submissions import Submission
from grader.intake.talks.recorded import conversation_of
from grader.records import Claim, Verdict
from grader.scoring.score import score_claim

FOLDER = Path(__file__).resolve().parent / "examined"
ITEMS = [
    pytest.param(item, id=f"{path.stem}-{item['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for item in yaml.safe_load(path.read_text(encoding="utf-8"))
]
DECIDED = frozenset({"correct", "partial", "incorrect"})
Labels = dict[tuple[int, str, str], str]


def claims(item: dict[str, Any], folder: Path) -> tuple[Claim, ...]:
    """What is read of an item as the answers to the parts that it labels."""
    named = {problem for _, problem, _ in labels(item)}
    problems = [problem for problem in own_course().problems if problem.id in named]
    if "paper" in item:
        path = folder / (item["name"] if "." in item["name"] else f"{item['name']}.md")
        path.write_text(item["paper"], encoding="utf-8")
        return claims_of_submission(Submission("student", (path,)), problems, 10**6)[0]
    messages = [
        Message("user", turn["user"], turn.get("hint", ""), tuple(turn.get("about", ())))
        if "user" in turn
        else Message("assistant", turn["reply"])
        for turn in item["talk"]
    ]
    chat = Chat(item["name"], "", tuple(messages), "talk.json")
    return claims_of_conversation(conversation_of(chat, own_course().problems), problems)


def labels(item: dict[str, Any]) -> Labels:
    """The status of each part after each reply, by number of the reply (0 in a paper), problem and part."""
    found: Labels = {}
    standing: dict[tuple[str, str], str] = {}
    turns = [{"reply": item["paper"], "expected": item["expected"]}] if "paper" in item else item["talk"]
    replies = [turn for turn in turns if "reply" in turn]
    for number, turn in enumerate(replies, 0 if "paper" in item else 1):
        for problem, parts in turn.get("expected", {}).items():
            standing |= {(problem, part): status for part, status in parts.items()}
        found |= {(number, problem, part): status for (problem, part), status in standing.items()}
    return found


def contradictions(item: dict[str, Any], folder: Path) -> Iterator[str]:
    """The answers that count as right or wrong against the label."""
    wanted = labels(item)
    for claim in claims(item, folder):
        expected = wanted.get((claim.turn or 0, claim.problem, claim.part))
        if expected is None:
            continue
        problem = next(one for one in own_course().problems if one.id == claim.problem)
        verdict = score_claim(problem, problem.part(claim.part), claim, own_truths()[claim.problem, claim.part])
        if verdict.status.value in DECIDED and expected != meant(verdict):
            yield f"{claim.turn or 0} {claim.problem}/{claim.part}"


def meant(verdict: Verdict) -> str:
    """The status, where a mistake that the spec foresees is a wrong answer, whatever it earns."""
    return "incorrect" if verdict.reason == "foreseen_mistake" else verdict.status.value


@pytest.mark.parametrize("item", ITEMS)
def test_no_label_of_an_examiner_is_contradicted(item: dict[str, Any], tmp_path: Path) -> None:
    """Open answers may be; and those that are known to be contradicted still are, else they are to be struck out."""
    assert sorted(contradictions(item, tmp_path)) == sorted(item.get("contradicted", []))
