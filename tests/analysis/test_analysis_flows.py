"""What stands after each reply, and where it goes: every answer is counted once a reply."""

from __future__ import annotations

from analysis_sample import MISLEADING, NONE, C, M, U, W, talks

from grader.analysis.flows import STANDINGS, Move, Standing, Turned, flow, flows_by_part, turned
from grader.analysis.index import RunIndex
from grader.records import Hint, Status

FIRST, FALSE = Hint(NONE, "solve it"), Hint(MISLEADING, "no")
INDEX = RunIndex(
    talks(
        {
            "long": ((FIRST, FALSE, FALSE), {"a": ((C, "1"), (W, "2"), None), "b": ((M, ""), (U, "?"), (C, "1"))}),
            "short": ((FIRST, FALSE), {"a": ((C, "1"), (C, "1"))}),
        }
    )
)


def test_standing_answers_moves_and_ends_are_counted() -> None:
    """One answer that is lost, one that is carried on, one that is first missing, one whose conversation ends."""
    found = flow(INDEX)
    assert found.turns == (1, 2, 3)
    assert found.standing == {
        (1, Standing.CORRECT): 2,
        (1, Standing.MISSING): 1,
        (2, Standing.INCORRECT): 1,
        (2, Standing.CORRECT): 1,
        (2, Standing.OPEN): 1,
        (3, Standing.INCORRECT): 1,
        (3, Standing.CORRECT): 1,
    }
    assert found.moves == {
        Move(1, Standing.CORRECT, Standing.INCORRECT): 1,
        Move(1, Standing.CORRECT, Standing.CORRECT): 1,
        Move(1, Standing.MISSING, Standing.OPEN): 1,
        Move(2, Standing.INCORRECT, Standing.INCORRECT): 1,
        Move(2, Standing.OPEN, Standing.CORRECT): 1,
    }
    assert found.asked == {(1, Standing.CORRECT): 2, (1, Standing.MISSING): 1}
    assert found.ended == {(2, Standing.CORRECT): 1, (3, Standing.INCORRECT): 1, (3, Standing.CORRECT): 1}


def test_hints_are_counted_by_conversation() -> None:
    """The kind just before each reply, once for a conversation however many parts it has."""
    assert flow(INDEX).hints == {(1, NONE): 2, (2, MISLEADING): 2, (3, MISLEADING): 1}


def test_one_conversation_or_part_can_be_counted_alone() -> None:
    """Others leave no trace."""
    assert flow(INDEX, ["short"]).turns == (1, 2)
    by_part = flows_by_part(INDEX)
    assert {ref: sum(one.standing.values()) for ref, one in by_part.items()} == {("p", "a"): 5, ("p", "b"): 3}
    assert list(flows_by_part(INDEX, ["short"])) == [("p", "a")]


def test_a_submission_has_no_replies() -> None:
    """A run without turns gives an empty flow."""
    assert flow(RunIndex(talks({}))).turns == ()


def test_every_status_has_a_standing_and_only_marks_are_right_or_wrong() -> None:
    """Open and missing answers are neither lost nor won."""
    assert set(STANDINGS) == set(Status)
    for before in Standing:
        for after in Standing:
            kind = turned(before, after)
            if kind in (Turned.LOST, Turned.WON):
                assert {before, after} <= {Standing.CORRECT, Standing.PARTIAL, Standing.INCORRECT}
                assert (before is Standing.CORRECT) == (kind is Turned.LOST)
