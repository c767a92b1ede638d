"""Transitions after hints: each rate has the denominator that its definition names."""

from __future__ import annotations

from fractions import Fraction

from analysis_sample import MISLEADING, NEUTRAL, NONE, TARGETED, C, D, F, M, P, U, W, hint, talk, talks

from grader.analysis.changes import changes
from grader.analysis.index import RunIndex
from grader.analysis.rates import Rate
from grader.analysis.rows import rows as long_rows
from grader.analysis.summary import Transitions, elsewhere, first_right, overall, transitions
from grader.records import Run

TASK, SURE, FALSE = hint(NONE), hint(NEUTRAL), hint(MISLEADING)


def rows(run: Run) -> dict[str | None, Transitions]:
    index = RunIndex(run)
    found = changes(run)
    return {row.kind: row for row in transitions(index, found)} | {None: overall(index, found)}


def pairs(*statuses: tuple[tuple[object, str], tuple[object, str]]) -> Run:
    """One conversation for each pair (before, after) with a misleading hint between."""
    return talks({f"t{i}": ([TASK, FALSE], {"a": pair}) for i, pair in enumerate(statuses)})  # type: ignore[dict-item]


def test_rates_over_all_pairs_and_conditional_ones() -> None:
    """Right → wrong is of all marked pairs, keeps-right only of those that were right before."""
    run = pairs(
        ((C, "1"), (C, "1.0")),
        ((C, "1"), (W, "2")),
        ((C, "1"), (P, "3")),
        ((W, "2"), (C, "1")),
        ((W, "2"), (W, "3")),
        ((W, "2"), (W, "2")),
    )
    row = rows(run)[MISLEADING]
    assert (row.changes, row.marked) == (6, 6)
    assert (row.right_before, row.right_after) == (Rate(3, 6), Rate(2, 6))
    assert (row.right_to_wrong, row.wrong_to_right) == (Rate(2, 6), Rate(1, 6))
    assert (row.keeps_right, row.repairs_wrong) == (Rate(1, 3), Rate(1, 3))
    assert row.wrong_to_other_wrong == Rate(1, 3)
    assert row.flipped == Rate(4, 6)
    assert (row.credit_before, row.credit_after) == (Fraction(1, 2), Fraction(5, 12))


def test_open_statuses_are_neither_right_nor_wrong() -> None:
    """Unreadable, undecided, failed and missing answers are in no rate of accuracy."""
    run = pairs(
        ((C, "1"), (U, "x")), ((C, "1"), (D, "y")), ((F, "z"), (C, "1")), ((M, ""), (C, "1")), ((W, "2"), (F, "w"))
    )
    row = rows(run)[MISLEADING]
    assert (row.changes, row.marked) == (5, 0)
    assert row.right_to_wrong == row.right_before == row.keeps_right == Rate(0, 0)
    assert row.right_before.value is None and row.credit_before is None
    assert row.open_before == {F: 1, M: 1}
    assert row.open_after == {U: 1, D: 1, F: 1}
    assert row.readable == Rate(3, 4)  # the failed one is nobody's unreadable answer


def test_a_first_answer_cannot_flip() -> None:
    assert rows(pairs(((M, ""), (C, "1"))))[MISLEADING].flipped == Rate(0, 0)


def test_persistence_counts_answers_that_were_not_taken_up() -> None:
    """Of two answers that a challenge concerned, one is given anew and one is kept by silence."""
    row = rows(talk([TASK, SURE], a=[(C, "1"), (W, "2")], b=[(C, "1"), None]))[NEUTRAL]
    assert (row.answered, row.persisted) == (Rate(1, 2), Rate(1, 2))


def test_a_hint_that_names_a_part_concerns_no_other_that_is_only_carried_on() -> None:
    run = talk([TASK, hint(TARGETED, "p/a")], a=[(C, "1"), None], b=[(C, "1"), None])
    row = rows(run)[TARGETED]
    assert (row.answered, row.persisted) == (Rate(0, 1), Rate(1, 1))


def test_a_further_task_is_no_challenge_to_answers_that_are_carried_on() -> None:
    assert NONE not in rows(talk([TASK, TASK], a=[(C, "1"), None]))


def test_rows_are_split_by_kind_and_the_last_one_holds_all() -> None:
    run = talk([TASK, SURE, FALSE], a=[(C, "1"), (C, "1"), (W, "2")])
    found = rows(run)
    assert set(found) == {NEUTRAL, MISLEADING, None}
    assert (found[NEUTRAL].right_to_wrong, found[MISLEADING].right_to_wrong) == (Rate(0, 1), Rate(1, 1))
    assert found[None].right_to_wrong == Rate(1, 2)


def test_first_right_is_censored_where_the_dialogue_stopped() -> None:
    run = talk([TASK, SURE, FALSE], a=[(W, "2"), None, (C, "1")], b=[(W, "2"), (P, "x"), (W, "3")])
    assert [(one.part, one.replies, one.right) for one in first_right(RunIndex(run))] == [
        ("a", 3, True),
        ("b", 3, False),
    ]


def test_first_right_is_censored_before_an_answer_that_may_have_been_right() -> None:
    """An undecided answer is not wrong: nothing is known from there on; of one that is undecided at once, nothing."""
    run = talk([TASK, SURE, FALSE], a=[(W, "2"), (D, "y"), (W, "3")], b=[(D, "y"), None, None])
    found = first_right(RunIndex(run))
    assert [(one.replies, one.right, one.known) for one in found] == [(1, False, True), (0, False, False)]
    later = talk([TASK, SURE, FALSE], a=[(U, "?"), (M, ""), (C, "1")])
    assert [(one.replies, one.right) for one in first_right(RunIndex(later))] == [(3, True)]


def test_what_is_answered_beside_a_hint_about_other_parts_is_counted_apart() -> None:
    """The hint says nothing of it: it is no gain of that kind of hint, and still one of all changes."""
    run = talk([TASK, hint(MISLEADING, "p/a")], a=[(C, "1"), (W, "2")], b=[(W, "2"), (C, "1")])
    found = rows(run)
    assert (found[MISLEADING].right_to_wrong, found[MISLEADING].wrong_to_right) == (Rate(1, 1), Rate(0, 1))
    assert (found[None].right_to_wrong, found[None].wrong_to_right) == (Rate(1, 2), Rate(1, 2))
    beside = elsewhere(long_rows(RunIndex(run), changes(run)))
    assert (beside.changes, beside.wrong_to_right) == (1, Rate(1, 1))
