"""The two sessions on homework 8 as they were handed in, as text and as PDF: row by row against the derived truth.

The rows are those of ``transcripts/trajectories.yaml``; what the files say is compared with them. A verdict that
contradicts a row, with a confidence above low, fails; how many rows agree is asserted as it was measured. Skipped where
the files are not at hand; short talks of the same kinds are in ``tests/intake``.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from shared import own_course
from tables import table

from grader.batch import grade_transcripts
from grader.records import Confidence, Result, Run, Status

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
TRUTH = ROOT.parent / "shared" / "truth" / "trajectories.json"

pytestmark = pytest.mark.skipif(not (SEEDS.is_dir() and TRUTH.is_file()), reason="the raw transcripts are not at hand")


class Raw(NamedTuple):
    """A file, the session in it, and what was measured.

    Args:
        agree: rows whose verdict is the derived one, at least.
        person: of the others, rows that are left to a person, at most.
    """

    file: str
    session: str
    agree: int
    person: int


RAW = {
    "000 as text": Raw("000_f169231cd5651a29.txt", "deepseek-hw8", 28, 3),
    "001 as text": Raw("001_c200a5a8a91d8f0a.txt", "claude-sonnet-4-5-hw8", 43, 2),
    "000 as PDF": Raw("originals/000.pdf", "deepseek-hw8", 30, 1),
    "001 as PDF": Raw("originals/001.pdf", "claude-sonnet-4-5-hw8", 44, 1),
}
ITEMS = {"P1a": ("P1a.kernel",), "P1c.conv": ("P1c.conv.mimo",), "P4b": ("P4b.1", "P4b.2")}
MEANS = {"right": Status.CORRECT, "wrong": Status.INCORRECT, "partial": Status.PARTIAL}
NOT_DECIDED = {Status.UNDECIDED, Status.UNREADABLE, Status.MISSING}

LOST_IN_TEXT = {("claude-sonnet-4-5-hw8", 4, "P1f.kernel")}
"""Rows whose answer is right on the page, and wrong as the conversion to text left it."""


class Outcome(NamedTuple):
    """What came of a row: ``agrees``, ``for a person`` or ``contradicts``, and where the answer was found."""

    name: str
    what: str
    status: str
    confidence: str
    line: int | None
    page: int | None
    answer: str

    def __str__(self) -> str:
        place = f"p. {self.page}, " if self.page else ""
        return f"{self.name}: {self.what}: {self.status} ({self.confidence}), {place}line {self.line}: {self.answer!r}"


@cache
def run(name: str) -> Run:
    """The file, graded."""
    return grade_transcripts(own_course(), SEEDS / RAW[name].file, workers=1)


def rows(session: str) -> list[dict[str, object]]:
    """The rows of a session."""
    every = table(ROOT / "transcripts/trajectories.yaml")
    found: list[dict[str, object]] = every[session]
    return found


def outcomes(name: str) -> list[Outcome]:
    """What came of each row of a file."""
    graded = run(name)
    parts: dict[str, list[str]] = {}
    for problem in graded.problems:
        for part in problem.parts:
            if part.source is not None:
                parts.setdefault(part.source.item, []).append(f"{problem.id}/{part.id}")
    return [_outcome(graded, row, parts, RAW[name]) for row in rows(RAW[name].session)]


def _outcome(graded: Run, row: dict[str, object], parts: dict[str, list[str]], raw: Raw) -> Outcome:
    item, turn = str(row["item"]), row["turn"]
    wanted = {parts[one][0] for one in ITEMS.get(item, (item,))}
    found = [r for r in graded.results if r.claim.turn == turn and f"{r.claim.problem}/{r.claim.part}" in wanted]
    name = f"{turn}-{item}"
    if not found:
        return Outcome(name, "for a person", "no result", "low", None, None, "")
    what = {_one(result, row, raw) for result in found}
    worst = next(one for one in ("contradicts", "for a person", "agrees") if one in what)
    shown = next(result for result in found if _one(result, row, raw) == worst)
    claim = shown.claim
    line, page = (claim.span.line, claim.span.page) if claim.span else (None, None)
    return Outcome(name, worst, str(shown.verdict.status), str(claim.confidence), line, page, claim.text[:60])


def _one(result: Result, row: dict[str, object], raw: Raw) -> str:
    """``agrees``, ``for a person`` or ``contradicts``."""
    status = result.verdict.status
    if row.get("person"):
        return "agrees" if status is Status.UNDECIDED else "contradicts"
    means = [MEANS[str(row[key])] for key in ("verdict", "computed") if row.get(key)]
    if (raw.session, row["turn"], row["item"]) in LOST_IN_TEXT:
        means = [Status.CORRECT] if raw.file.endswith(".pdf") else [Status.INCORRECT]
    if status in means:
        return "agrees"
    sure = status not in NOT_DECIDED and result.claim.confidence is not Confidence.LOW
    return "contradicts" if sure else "for a person"


@pytest.mark.parametrize("name", RAW)
def test_nothing_is_contradicted(name: str) -> None:
    """No verdict against the derived one with more than low confidence."""
    wrong = [str(one) for one in outcomes(name) if one.what == "contradicts"]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", RAW)
def test_as_many_rows_agree_as_were_measured(name: str) -> None:
    """And all others are left to a person, with the reason."""
    found = outcomes(name)
    counts = Counter(one.what for one in found)
    assert len(found) == {"deepseek-hw8": 31, "claude-sonnet-4-5-hw8": 45}[RAW[name].session]
    told = "\n".join(str(one) for one in found if one.what != "agrees")
    assert counts["agrees"] >= RAW[name].agree, told
    assert counts["for a person"] <= RAW[name].person, told


@pytest.mark.parametrize("name", RAW)
def test_the_turns_are_those_of_the_session(name: str) -> None:
    """Seven of each side; where no label says so, none of them is called sure in a text."""
    (talk,) = run(name).conversations
    assert [turn.role for turn in talk.turns] == ["user", "assistant"] * 7
    assert [turn.number for turn in talk.turns if turn.role == "user"] == list(range(1, 8))
    if name == "000 as text":
        assert all(turn.inferred and turn.confidence is not Confidence.HIGH for turn in talk.turns)


@pytest.mark.parametrize("name", ["000 as text", "001 as text"])
def test_the_person_speaks_where_a_reader_saw_it(name: str) -> None:
    """Lines of the file; attachments may stand up to four lines above the words."""
    theirs = [
        one for one in json.loads(TRUTH.read_text(encoding="utf-8"))["turns"] if one["transcript"].startswith(name[:3])
    ]
    (talk,) = run(name).conversations
    mine = [turn.span.line for turn in talk.turns if turn.role == "user"]
    assert all(0 <= int(one["user_lines"].split("-")[0]) - line <= 4 for one, line in zip(theirs, mine, strict=True))


@pytest.mark.parametrize("name", RAW)
def test_a_new_problem_is_no_hint_and_a_question_about_a_part_is_one(name: str) -> None:
    """The kinds that rules can tell: nothing, or a push of some kind."""
    theirs = [
        one for one in json.loads(TRUTH.read_text(encoding="utf-8"))["turns"] if one["transcript"].startswith(name[:3])
    ]
    (talk,) = run(name).conversations
    kinds = [turn.hint.kind.value for turn in talk.turns if turn.hint]
    assert [kind == "none" for kind in kinds] == [one["level"] == "none" for one in theirs]


@pytest.mark.parametrize(
    ("name", "remarks"), [("000 as text", 13), ("001 as text", 22), ("000 as PDF", 13), ("001 as PDF", 22)]
)
def test_the_remarks_stand_beside_the_talk(name: str, remarks: int) -> None:
    """All of them, none in a reply."""
    (talk,) = run(name).conversations
    assert len(talk.remarks) == remarks
    said = " ".join(" ".join(turn.text.split()) for turn in talk.turns)
    assert not any(" ".join(one.text.split()) in said for one in talk.remarks)
