"""Truth, key and annotator side by side: what is a conflict, how it is named, and what is not compared."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from grader.analysis.index import RunIndex
from grader.analysis.opinions import conflicts_of, meant, opinions
from grader.diagnostics import Span
from grader.records import (
    Claim,
    Conversation,
    Evidence,
    HintKind,
    Label,
    Part,
    Problem,
    Rendered,
    Result,
    Run,
    Status,
    Verdict,
    Witness,
)

PART = Part("c", ("c",), "", Fraction(1), "number", None, "solve")
PROBLEM = Problem("range", "1", "A range", "", {}, "reference/x.py", (PART,), "x.yaml")
SHOWN = Rendered("[1, 4]", "[1, 4]", "<math/>")


def result(status: Status, turn: int = 1, feedback: str = "") -> Result:
    """An answer with this status."""
    credit = {Status.CORRECT: Fraction(1), Status.PARTIAL: Fraction(1, 2), Status.INCORRECT: Fraction(0)}.get(status)
    witness = Witness((("λ", "1"),), "excluded", "included") if credit != 1 else None
    evidence = Evidence("exact", "", witness)
    claim = Claim("talk", "range", "c", turn, "(1, 4)", Span("talk.md", 0, 6, 1))
    return Result(claim, Verdict(status, credit, "", None, SHOWN, feedback, evidence), HintKind.NONE)


def said(says: str, by: str = "annotator", turn: int = 1, part: str = "range/c") -> Label:
    return Label(by, turn, part, says)


@pytest.mark.parametrize(
    ("words", "status"),
    [("right", Status.CORRECT), (" Wrong ", Status.INCORRECT), ("partial", Status.PARTIAL), ("nice", None), ("", None)],
)
def test_three_words_can_be_compared(words: str, status: Status | None) -> None:
    """All others are shown as they are."""
    assert meant(said(words)) is status


def test_a_conflict_is_named_with_its_evidence() -> None:
    """Where the answer fails, and why; or what it was found to equal, and how."""
    (lost,) = conflicts_of(result(Status.INCORRECT, feedback="Both ends belong to it."), [said("right")])
    assert str(lost) == (
        "the annotator says right, the computation says incorrect: "
        "Both ends belong to it. (at λ = 1: yours excluded, expected included)"
    )
    (kept,) = conflicts_of(result(Status.CORRECT), [said("wrong", "key")])
    assert str(kept) == "the key says wrong, the computation says correct: equal to [1, 4] (exact)"
    (named,) = conflicts_of(result(Status.PARTIAL), [said("right", "Ada")])
    assert named.says == "Ada says right, the computation says partial"


def test_key_and_annotator_can_part_where_the_computation_is_open() -> None:
    """An open status is no party, nor is an answer that is not there; free words never are."""
    labels = [said("right", "key"), said("wrong"), said("looks odd")]
    for found in (None, result(Status.UNDECIDED), result(Status.UNREADABLE), result(Status.MISSING)):
        assert [str(one) for one in conflicts_of(found, labels)] == ["the key says right, the annotator says wrong"]


@pytest.mark.parametrize("says", ["right", "wrong", "partial"])
def test_agreement_is_no_conflict(says: str) -> None:
    """Each word agrees with its own status."""
    status = meant(said(says))
    assert status is not None
    assert conflicts_of(result(status), [said(says), said(says, "key")]) == ()


def run(*labels: Label) -> Run:
    """Two turns of one conversation, the first right and the second wrong."""
    talk = Conversation("talk", "model", (), "talk.md", labels)
    results = (result(Status.CORRECT), result(Status.INCORRECT, 2))
    return Run("transcripts", "", (PROBLEM,), ("talk",), results, (talk,))


def test_conflicts_come_first_and_labels_of_one_answer_are_together() -> None:
    """Then what cannot be compared, then agreement; key, annotator and others are told apart."""
    labels = (
        said("right"),
        said("fine", "key"),
        said("right", turn=2),
        said("hm", "Ada", 2),
        said("right", part="range/d"),
    )
    found = opinions(RunIndex(run(*labels)))
    assert [(one.turn, one.part, one.agrees) for one in found] == [
        (2, "range/c", False), (1, "range/d", None), (1, "range/c", True),
    ]  # fmt: skip
    assert [label.says for label in found[0].annotator + found[0].others] == ["right", "hm"]
    assert [label.says for label in found[2].key] == ["fine"]
    assert found[1].where is None and found[1].result is None


def test_labels_of_a_conversation_without_results_are_kept() -> None:
    """It failed to be graded; what people said of it is still shown."""
    bare = replace(run(said("right")), subjects=(), results=())
    (one,) = opinions(RunIndex(bare))
    assert (one.result, one.agrees) == (None, None)
