"""Which answers stand together, so that one mark settles them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from grader.answers import get_type
from grader.diagnostics import Span
from grader.records import Claim, Part, Problem, Result, Run, Status, Verdict
from grader.review.items import Groups

NUMBER = get_type("number")
PART = Part("a", ("a",), "How many?", Fraction(2), "number", NUMBER.options_model(), "solve")
PROBLEM = Problem("count", "1", "Counting", "", {"n": 3}, "reference/count.py", (PART,), "problems/count.yaml")


def said(
    subject: str, text: str, status: Status = Status.UNDECIDED, turn: int | None = None, **claim: object
) -> Result:
    made = Claim(subject, "count", "a", turn, text, **claim)  # type: ignore[arg-type]
    credit = Fraction(0) if status.carries_marks else None
    return Result(made, Verdict(status, credit, "unsettled"))


def groups(*results: Result, own: dict[str, tuple[Problem, ...]] | None = None) -> list[list[str]]:
    """The subjects of each group of open answers."""
    subjects = tuple(dict.fromkeys(one.claim.subject for one in results))
    run = Run("submissions", "t", (PROBLEM,), subjects, results, own=own or {})
    return [[item.subject for item in group.items] for group in Groups(run).open]


def test_equal_answers_stand_together_the_largest_group_first() -> None:
    """``1/2`` and ``0.5`` are one answer, also where the machine could not settle them."""
    assert groups(said("ada", "7"), said("emmy", "1/2"), said("carl", "0.5")) == [["emmy", "carl"], ["ada"]]


def test_other_final_answers_keep_answers_apart() -> None:
    """“3 or 4” is not “3”, nor “3 or 5”."""
    four, five = (("4", Span("x", 0, 1, 1)),), (("5", Span("x", 0, 1, 1)),)
    found = groups(said("ada", "3"), said("emmy", "3", rivals=four), said("carl", "3", rivals=five))
    assert sorted(found) == [["ada"], ["carl"], ["emmy"]]


def test_another_status_keeps_answers_apart() -> None:
    """What the machine says of them differs, and so may the mark."""
    assert len(groups(said("ada", "3"), said("emmy", "3", Status.FAILED))) == 2


def test_answers_to_different_numbers_are_never_put_together() -> None:
    """The same words to another question are another answer; nothing is nothing whatever was asked."""
    own = {"emmy": (replace(PROBLEM, given={"n": 5}),), "carl": (replace(PROBLEM, given={"n": 3}),)}
    assert sorted(groups(said("ada", "x"), said("emmy", "x"), own=own)) == [["ada"], ["emmy"]]
    blank = [said(name, "", Status.MISSING) for name in ("ada", "emmy", "carl")]
    assert groups(*blank, own=own) == [["ada", "emmy", "carl"]]


def test_what_only_carries_an_answer_on_is_no_item_of_its_own() -> None:
    """A conversation gives one item for each answer and for each stretch of silence."""
    turns = (
        said("m", "", Status.MISSING, 1),
        said("m", "", Status.MISSING, 2),
        said("m", "3", turn=3),
        said("m", "3", turn=4, carried=True),
        said("m", "3", turn=5),
    )
    run = Run("transcripts", "t", (PROBLEM,), ("m",), turns)
    found = [
        (item.turn, last) for group in Groups(run).open for item, last in zip(group.items, group.last, strict=True)
    ]
    assert sorted(found) == [(1, 2), (3, 4), (5, 5)]


def test_names_of_groups_follow_their_answers() -> None:
    """An address from before a new grading never leads to other answers."""
    run = Run("submissions", "t", (PROBLEM,), ("ada", "emmy"), (said("ada", "3"), said("emmy", "3")))
    (one,) = Groups(run).open
    (other,) = Groups(replace(run, results=run.results[:1])).open
    assert one.name != other.name
    assert Groups(run).open[0].name == one.name
