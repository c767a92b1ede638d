"""What waits for a person: put together where one look settles it, in order of marks."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from analysis_sample import SPAN, C, D, M, U, W, problem, result

from grader.analysis.index import RunIndex
from grader.analysis.waiting import Waiting, missing, waiting
from grader.records import Result, Run


def index(*results: Result) -> RunIndex:
    subjects = tuple(dict.fromkeys(one.claim.subject for one in results))
    return RunIndex(Run("submissions", "T", (problem(),), subjects, results))


def told(found: tuple[Waiting, ...]) -> list[tuple[str, list[str], Fraction]]:
    return [(one.where.part.id, [r.claim.subject for r in one.results], one.stake) for one in found]


def because(one: Result, reason: str) -> Result:
    return replace(one, verdict=replace(one.verdict, reason=reason))


def test_equal_answers_that_wait_for_the_same_reason_are_one_look() -> None:
    """1/2 and 0.5 are; the marks of both are at stake, and so they come before a part of more points."""
    found = waiting(index(result("s", "a", D, "7"), *(result(s, "b", D, t) for s, t in (("t", "1/2"), ("u", "0.5")))))
    assert told(found) == [("a", ["s"], Fraction(4)), ("b", ["t", "u"], Fraction(4))]
    assert found[1].writings == 2


def test_more_marks_at_stake_come_first() -> None:
    made = [result("s", "a", D, "7"), *(result(s, "b", D, "3") for s in "tuv")]
    assert told(waiting(index(*made))) == [("b", ["t", "u", "v"], Fraction(6)), ("a", ["s"], Fraction(4))]


def test_other_reasons_are_other_looks() -> None:
    made = because(result("s", "a", D, "3"), "doubtful"), because(result("t", "a", D, "3"), "undecided")
    assert len(waiting(index(*made))) == 2


def test_damaged_and_unreadable_words_are_put_together_by_the_words_alone() -> None:
    """What was lost may have made the difference between 1/2 and 0.5."""
    damaged = [because(result(s, "a", D, t), "damaged") for s, t in (("s", "1/2"), ("t", "0.5"), ("u", "1/2"))]
    assert [len(one.results) for one in waiting(index(*damaged))] == [2, 1]
    unread = [result(s, "a", U, t) for s, t in (("s", "1/2 ??"), ("t", "0.5 ??"), ("u", "1/2  ??"))]
    assert [len(one.results) for one in waiting(index(*unread))] == [2, 1]


def test_several_final_answers_are_put_together_only_with_the_same_others() -> None:
    three, five = [
        replace(one, claim=replace(one.claim, rivals=((rival, SPAN),)))
        for one, rival in ((result("s", "a", D, "4"), "3"), (result("t", "a", D, "4"), "5"))
    ]
    assert len(waiting(index(three, five))) == 2
    again = replace(three, claim=replace(three.claim, subject="u"))
    assert len(waiting(index(three, again))) == 1


def test_marked_and_missing_answers_do_not_wait_and_missing_ones_are_named_apart() -> None:
    found = index(result("s", "a", C), result("s", "b", M), result("t", "a", W), result("t", "b", M))
    assert waiting(found) == ()
    (absent,) = missing(found)
    assert (absent.where.part.id, absent.subjects, absent.stake) == ("b", ("s", "t"), Fraction(4))
