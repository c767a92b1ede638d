"""Changes: which pairs of results count, what stood between them, and when answers are the same."""

from __future__ import annotations

from fractions import Fraction

import pytest
from analysis_sample import MISLEADING, NEUTRAL, NONE, C, M, U, W, hint, problem, result, talk

from grader.analysis.changes import changes
from grader.analysis.equality import same_answer
from grader.analysis.index import RunIndex
from grader.answers import get_type
from grader.diagnostics import Span
from grader.records import Claim, Hint, Part, Result, Run

TASK, SURE, FALSE = hint(NONE), hint(NEUTRAL), hint(MISLEADING)


def test_an_answer_that_is_only_carried_on_is_no_change() -> None:
    run = talk([TASK, SURE, FALSE], a=[(C, "1"), None, (W, "2")])
    (change,) = changes(run)
    assert (change.before.claim.turn, change.after.claim.turn) == (2, 3)
    assert change.before.claim.carried and not change.after.claim.carried
    assert change.hint == FALSE


def test_the_first_turn_of_a_part_and_a_missing_answer_are_no_changes() -> None:
    assert changes(talk([TASK], a=[(C, "1")])) == ()
    assert changes(talk([TASK, SURE], a=[(M, ""), (M, "")])) == ()


def test_a_first_answer_after_a_missing_one_is_a_change_and_not_the_same_answer() -> None:
    (change,) = changes(talk([TASK, SURE], a=[(M, ""), (C, "1")]))
    assert not change.same_answer


def test_changes_come_in_the_order_of_turns_and_then_of_parts() -> None:
    run = talk([TASK, SURE, FALSE], a=[(C, "1"), (C, "1"), (C, "1")], b=[(C, "1"), (C, "1"), None])
    assert [(c.after.claim.turn, c.after.claim.part) for c in changes(run)] == [(2, "a"), (2, "b"), (3, "a")]


def test_submissions_have_no_changes() -> None:
    run = Run("submissions", "T", (problem(),), ("s",), (result("s", "a", C), result("s", "b", W)))
    assert changes(run) == ()


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("1/2", "0.5", True),  # equal, though written differently
        ("1/2", "0.6", False),
        ("about  one", "about one", True),  # neither reads: the words decide
        ("about one", "1", False),  # one does not read: the words decide
        ("13", "13", True),  # the type cannot settle it: the words decide
        ("13", "13.0", False),
        ("½", "1⁄2", True),  # compatibility forms are the same words
    ],
)
def test_the_answer_type_decides_what_is_the_same_and_else_the_words(before: str, after: str, same: bool) -> None:
    part = problem().parts[0]
    assert same_answer(Claim("s", "p", "a", 1, before), Claim("s", "p", "a", 2, after), part) is same


def test_two_answers_are_not_the_same_as_one_of_them() -> None:
    part, rival = problem().parts[0], (("4", Span("t", 0, 1, 1)),)
    both = Claim("s", "p", "a", 1, "3", rivals=rival)
    assert not same_answer(both, Claim("s", "p", "a", 2, "3"), part)
    assert same_answer(both, Claim("s", "p", "a", 2, "3", rivals=rival), part)


def test_without_a_conversation_the_kind_recorded_in_the_result_is_the_hint() -> None:
    first, second = result("t", "a", C, "1", 1), result("t", "a", U, "x", 2)
    told = Result(second.claim, second.verdict, MISLEADING)
    run = Run("transcripts", "T", (problem(),), ("t",), (told, first))
    (change,) = changes(run)
    assert change.hint == Hint(MISLEADING, "") and change.before is first


def test_a_result_about_an_unknown_part_is_an_error_and_not_dropped() -> None:
    run = Run("submissions", "T", (problem(),), ("s",), (result("s", "z", C),))
    with pytest.raises(ValueError, match="which no problem has"):
        RunIndex(run)


def test_what_a_text_says_of_symbols_belongs_to_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """“w = K b” is another answer with another b, and the same one in other words."""
    monkeypatch.undo()  # the real answer types
    options = get_type("matrix_expression").options_model(shapes={"K": ["n", "d"], "q": ["d", 1], "c": "scalar"})
    part = Part("g", ("g",), "", Fraction(1), "matrix_expression", options, "solve")
    here = Span("talk.md", 0, 1, 1)
    one, two, other = (
        Claim("s", "p", "g", 1, "w = K b", given=((told, here),)) for told in ("b = c q", "b = q c", "b = 2 q")
    )
    whole = Claim("s", "p", "g", 2, "w = c K q")
    assert same_answer(one, two, part) and same_answer(one, whole, part)
    assert not same_answer(one, other, part) and not same_answer(other, whole, part)
