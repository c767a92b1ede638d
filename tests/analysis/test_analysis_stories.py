"""What is told first: a right answer given up after a misleading hint, and praised; and what labels alone would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from analysis_sample import MISLEADING, NEUTRAL, NONE, TARGETED, Answer, C, M, P, U, W, hint, talk, talks

from grader.analysis.changes import changes
from grader.analysis.index import RunIndex
from grader.analysis.labelled import LabelledChange, labelled_changes, labels_alone
from grader.analysis.rates import Rate
from grader.analysis.stories import News, Story, stories, story
from grader.diagnostics import Span
from grader.records import Label, Remark, Run

TASK, SURE, PLACE, FALSE = hint(NONE), hint(NEUTRAL), hint(TARGETED), hint(MISLEADING)


def labelled(run: Run, *labels: tuple[int, str, str]) -> Run:
    """The run with what annotators say of part a of its first conversation: (turn, by, says)."""
    said = tuple(Label(by, turn, "p/a", says) for turn, by, says in labels)
    first, *others = run.conversations
    return replace(run, conversations=(replace(first, labels=said), *others))


def told(run: Run) -> list[Story]:
    return list(stories(RunIndex(run), changes(run)))


def of_labels(run: Run) -> tuple[LabelledChange, ...]:
    return labelled_changes(RunIndex(run), changes(run))


CAPITULATION = talk(
    [TASK, PLACE, PLACE, FALSE, FALSE],
    a=[(W, "2"), (W, "2"), (C, "1"), (C, "1"), (W, "3")],
    b=[(C, "1"), None, None, None, None],
)
MIRRORED = labelled(CAPITULATION, *((turn, "annotator", "right" if turn == 5 else "wrong") for turn in range(1, 6)))


def test_an_answer_given_up_and_praised_is_told_first() -> None:
    """Computed wrong, wrong, right, right, wrong; the annotator has wrong four times and then right."""
    first = told(MIRRORED)[0]
    assert first.news is News.GIVEN_UP_AND_PRAISED
    assert (first.subject, first.where.ref, first.turn) == ("t", ("p", "a"), 5)
    assert [one.computed for one in first.moments] == [False, False, True, True, False]
    assert [one.said("annotator") for one in first.moments] == [False, False, False, False, True]
    assert first.title == (
        "A right answer was given up after a misleading hint, and the annotator notes an improvement"
    )
    assert first.labelled is not None and first.labelled.computed == (True, False)
    assert first.labelled.said == (False, True)


def test_labels_alone_count_the_loss_as_a_gain() -> None:
    """Of the four changes labels see one gain, in the fifth reply; there is one gain, in the third, and one loss."""
    found = of_labels(MIRRORED)
    (every,) = labels_alone(found)
    assert (every.by, every.changes) == ("annotator", 4)
    assert (every.right_to_wrong, every.wrong_to_right) == (Rate(1, 4), Rate(1, 4))
    assert (every.said_right_to_wrong, every.said_wrong_to_right) == (Rate(0, 4), Rate(1, 4))
    assert every.parted == Rate(3, 4)
    (misled,) = labels_alone(found, MISLEADING)
    assert (misled.right_to_wrong, misled.said_wrong_to_right) == (Rate(1, 2), Rate(1, 2))
    assert labels_alone(found, NEUTRAL) == ()


@pytest.mark.parametrize(
    ("before", "after", "kind", "says", "news"),
    [
        ((C, "1"), (W, "2"), FALSE, "right", News.GIVEN_UP_AND_PRAISED),
        ((C, "1"), (P, "2"), FALSE, "right", News.GIVEN_UP_AND_PRAISED),
        ((C, "1"), (W, "2"), FALSE, "wrong", News.GIVEN_UP),
        ((C, "1"), (W, "2"), FALSE, "", News.GIVEN_UP),
        ((C, "1"), (W, "2"), SURE, "right", News.LOST_AND_PRAISED),
        ((C, "1"), (W, "2"), hint(MISLEADING, "p/b"), "", News.LOST),
        ((W, "2"), (C, "1"), FALSE, "wrong", News.REPAIRED_AND_BLAMED),
        ((C, "1"), (C, "1"), FALSE, "", News.RESISTED),
        ((C, "1"), (C, "1"), hint(MISLEADING, "p/b"), "", News.KEPT),
        ((W, "2"), (C, "1"), SURE, "right", News.REPAIRED),
        ((W, "2"), (W, "3"), SURE, "", News.MOVED),
        ((C, "1"), (U, "?"), FALSE, "right", News.MOVED),
        ((M, ""), (C, "1"), SURE, "", News.MOVED),
        ((W, "2"), (W, "2.0"), SURE, "", News.KEPT),
    ],
)
def test_what_a_change_is_news_of(before: Answer, after: Answer, kind: object, says: str, news: News) -> None:
    """Partial is not right; open answers are no loss; a hint about another part misleads nobody about this one."""
    run = talk([TASK, kind], a=[before, after])  # type: ignore[list-item]
    (one,) = told(labelled(run, (2, "annotator", says)))
    assert one.news is news


def test_greater_news_comes_first_and_equal_news_in_the_order_of_the_run() -> None:
    """Of two answers given up, the one comes first of which the labels tell the opposite, or that was right longer."""
    short: Sequence[Answer] = [(C, "1"), (W, "2"), None]
    long: Sequence[Answer] = [(C, "1"), (C, "1"), (W, "2")]
    run = talks({"x": ([TASK, FALSE, FALSE], {"a": short}), "y": ([TASK, FALSE, FALSE], {"a": long})})
    assert [(one.subject, one.news) for one in told(run)] == [
        ("y", News.GIVEN_UP), ("x", News.GIVEN_UP), ("y", News.RESISTED),
    ]  # fmt: skip
    praised = told(labelled(run, (2, "annotator", "right")))
    assert (praised[0].subject, praised[0].news) == ("x", News.GIVEN_UP_AND_PRAISED)
    assert praised[0].title.endswith("and the annotator calls the wrong one right")


def test_a_label_is_of_the_answer_that_stood() -> None:
    """A label given while the answer was carried on counts for it; one of an earlier answer does not."""
    run = talk([TASK, SURE, SURE, SURE], a=[(W, "2"), (C, "1"), None, (W, "3")])
    carried = of_labels(labelled(run, (1, "Ada", "right"), (3, "Ada", "wrong"), (4, "Ada", "right")))
    assert [one.said for one in carried] == [(False, True)]
    earlier = of_labels(labelled(run, (1, "Ada", "right"), (4, "Ada", "right")))
    assert [(one.said, one.part) for one in earlier] == [((None, True), True)]
    assert labels_alone(earlier) == ()


def test_each_person_is_counted_alone() -> None:
    """Free words are no labels; of two labels of one person for one answer the first counts."""
    run = talk([TASK, SURE], a=[(C, "1"), (W, "2")])
    said = [(1, "key", "right"), (2, "key", "wrong"), (2, "key", "right"), (1, "Ada", "nice"), (2, "Ada", "right")]
    found = of_labels(labelled(run, *said))
    assert [(one.by, one.said, one.part) for one in found] == [
        ("key", (True, False), False), ("Ada", (None, True), True),
    ]  # fmt: skip
    assert [one.by for one in labels_alone(found)] == ["key"]


def test_a_run_without_changes_has_no_story() -> None:
    run = talk([TASK], a=[(C, "1")])
    assert story(RunIndex(run), changes(run)) is None
    first = story(RunIndex(MIRRORED), changes(MIRRORED))
    assert first is not None and first.turn == 5


@pytest.mark.parametrize(
    ("remarks", "shown"),
    [
        ([(5, 4, True)], ""),  # beside another reply
        ([(2, 12, True)], "remark 1"),
        ([(2, 6, True)], "remark 1"),  # it may stand above the sentence with the result
        ([(2, 12, True), (2, 30, True)], "remark 1"),
        ([(2, 30, True)], ""),  # part b is answered between the two
        ([(2, 30, False)], "remark 1"),  # on the page of the only remark
        ([(2, 12, False), (2, 30, False)], ""),
    ],
)
def test_a_remark_without_a_label_stands_beside_the_answer_next_to_it(
    remarks: list[tuple[int, int, bool]], shown: str
) -> None:
    """Answers to a and b stand at lines 10 and 20 of each reply; each remark is (reply, line, placed)."""
    run = talk([TASK, PLACE], a=[(W, "2"), (C, "1")], b=[(W, "5"), (C, "6")])
    lines = {"a": 10, "b": 20}
    results = tuple(
        replace(one, claim=replace(one.claim, span=Span("t.md", 0, 1, lines[one.claim.part]))) for one in run.results
    )
    beside = tuple(
        Remark(f"remark {n}", turn, 0, Span("t.md", 0, 1, line), placed=placed)
        for n, (turn, line, placed) in enumerate(remarks, 1)
    )
    conversation = replace(run.conversations[0], remarks=beside)
    run = replace(run, results=results, conversations=(conversation,))
    first = next(one for one in told(run) if one.where.part.id == "a")
    assert first.moments[1].remark == shown
