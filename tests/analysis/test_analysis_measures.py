"""Measures of rows: intervals by problem where there are enough, and time to the first right answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from analysis_sample import MISLEADING, NEUTRAL, NONE, Answer, C, D, M, W, hint, talk, talks

from grader.analysis.enough import too_few
from grader.analysis.firsts import FirstRight, first_right, time_to_right
from grader.analysis.index import RunIndex
from grader.analysis.measures import MEASURES, Tally, measured
from grader.analysis.rates import Rate
from grader.analysis.rows import Row, rows
from grader.analysis.stats import rate_of
from grader.analysis.summary import by_part, summarize
from grader.records import StopPolicy

TASK, SURE, FALSE = hint(NONE), hint(NEUTRAL), hint(MISLEADING)


def lost_of(signs: str) -> list[Row]:
    """One change after a misleading hint for each sign, each of a problem of its own: ``-`` lost, ``+`` kept."""
    pairs: dict[str, Sequence[Answer]] = {"-": [(C, "1"), (W, "2")], "+": [(C, "1"), (C, "1")]}
    run = talks({f"t{at}": ([TASK, FALSE], {"a": pairs[sign]}) for at, sign in enumerate(signs)})
    index = RunIndex(run)
    return [replace(row, problem=row.subject) for row in rows(index, index.changes)]


@pytest.mark.parametrize(
    ("sizes", "why"),
    [
        ([3], "all answers belong to one problem, which does not show how much problems differ"),
        ([3, 0], "all answers belong to one problem, which does not show how much problems differ"),
        ([1, 1, 1, 1], "4 problems are too few to tell how much problems differ"),
        ([1, 1, 1, 1, 1], ""),
        ([2, 2, 2, 2, 1], ""),
        ([90, 1, 1, 1, 1, 1],
         "6 problems, of which a few have most of the answers, are too few to tell how much problems differ"),
        ([7] * 200, ""),
    ],
)  # fmt: skip
def test_how_many_problems_are_enough(sizes: list[int], why: str) -> None:
    """Five, if they weigh as more than four; problems without answers are none."""
    assert too_few(sizes) == why


def test_what_a_cluster_is_stands_in_the_reason() -> None:
    assert too_few([1, 1], "conversation") == "2 conversations are too few to tell how much conversations differ"


def test_a_rate_has_the_interval_of_its_problems() -> None:
    """Three of eight lost, one answer a problem: Wilson's interval as the statistics give it."""
    found = Tally(lost_of("-+-+-+++"))["right_to_wrong"]
    expected = rate_of({at: (sign, 1) for at, sign in enumerate((1, 0, 1, 0, 1, 0, 0, 0))})
    assert found.rate == Rate(3, 8)
    assert expected is not None and found.interval == expected.interval is not None
    assert found.why == ""


def test_too_few_problems_have_a_reason_in_place_of_an_interval() -> None:
    few = Tally(lost_of("-+-"))["right_to_wrong"]
    assert (few.rate, few.interval) == (Rate(1 + 1, 3), None)
    assert few.why == "3 problems are too few to tell how much problems differ"
    none = measured({})
    assert (none.rate, none.interval, none.why) == (Rate(0, 0), None, "there is nothing to count")


def test_a_tally_has_each_measure_once() -> None:
    """Rows of first replies are in no measure."""
    tally = Tally(lost_of("-+"))
    assert list(tally) == [measure.name for measure in MEASURES] and len(tally) == len(MEASURES)
    assert tally["answered"].rate == Rate(2, 2)


def test_how_accuracy_moved() -> None:
    """All right before, five of eight after: a loss of 3/8, with an exact test where there are enough problems."""
    gain = Tally(lost_of("-+-+-+++")).gain()
    assert gain is not None and gain.test is not None
    assert gain.difference.value == pytest.approx(-3 / 8)
    assert gain.test.p_value == 2 / 8
    few = Tally(lost_of("-+-")).gain()
    assert few is not None and few.test is None and few.difference.interval is None
    assert Tally([]).gain() is None


def test_of_one_part_the_conversation_is_the_cluster() -> None:
    """Six conversations about one problem: none as clusters of problems, six as conversations."""
    found = [replace(row, problem="p") for row in lost_of("-+-+-+")]
    assert summarize(found).measured["right_to_wrong"].interval is None
    (part,) = by_part(found)
    assert part.part == ("p", "a")
    assert part.measured["right_to_wrong"].interval is not None


def firsts(*times: tuple[int, bool], problems: int = 6) -> list[FirstRight]:
    return [FirstRight(f"t{at}", f"p{at % problems}", "a", time, right) for at, (time, right) in enumerate(times)]


def test_time_to_the_first_right_answer_by_hand() -> None:
    """Of six, two are right at once; one of four in the second reply, and then one stops: 2/3, then 2/3 · 3/4 = 1/2."""
    found = time_to_right(firsts((1, True), (1, True), (2, True), (2, False), (3, False), (3, True)))
    assert found.curve is not None
    assert [(one.time, one.at_risk, one.events, one.censored) for one in found.curve.steps] == [
        (1, 6, 2, 0), (2, 4, 1, 1), (3, 2, 1, 1),
    ]  # fmt: skip
    assert [one.survival for one in found.curve.steps] == pytest.approx([2 / 3, 1 / 2, 1 / 4])
    assert (found.asked, found.unknown, found.problems, found.why) == (6, 0, 6, "")
    assert found.curve.steps[0].interval is not None


def test_what_is_not_known_is_counted_and_not_in_the_curve() -> None:
    """Never answered, or undecided at once; and few problems have a curve without intervals."""
    run = talk([TASK, SURE], a=[(M, ""), (M, "")], b=[(D, "y"), None])
    found = time_to_right(first_right(RunIndex(run)))
    assert (found.curve, found.asked, found.unknown) == (None, 2, 2)
    few = time_to_right(firsts((1, True), (2, False), (0, False), problems=2))
    assert few.curve is not None and few.curve.n == 2
    assert few.unknown == 1 and few.why == "2 problems are too few to tell how much problems differ"
    assert {step.interval for step in few.curve.steps} == {None}
    assert few.stops == {StopPolicy.UNKNOWN: 3}
