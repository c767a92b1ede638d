"""Follow-through: one slip costs once, and a trivial earlier value wins nothing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from course_sample import course, loaded, part, write

from grader import batch
from grader.records import Status
from grader.scoring.follow import follow_check, is_trivial

SOLVER = """\
def sides():
    return [3, 4]


def area(part_a=None):
    width, height = part_a if part_a is not None else sides()
    if len(part_a or (1, 2)) != 2:
        raise RuntimeError("two sides are needed")
    if width == height:
        raise ValueError("trivial: a square needs no product")
    return width * height


def cost(part_b=None):
    return 10 * (part_b if part_b is not None else 12)


def forgets(part_a=None):
    return 5 if part_a else 6
"""


@pytest.fixture
def made(tmp_path: Path):
    """Sides, then their product, then its price: each builds on the part before."""
    following = {"follow_through": True}
    return loaded(
        tmp_path,
        SOLVER,
        part("a", "sides", "sequence"),
        part("b", "area", needs=("a",), **following),
        part("c", "cost", needs=("b",), **following),
    )


def verdicts(made, root: Path, *answers: str):
    """Verdicts on answers to a, b and c."""
    text = "# Problem 1\n" + "\n\n".join(f"({name}) {answer}" for name, answer in zip("abc", answers, strict=False))
    write(root / "handed-in/ada/hw.md", text)
    run = batch.grade_submissions(made, root / "handed-in", workers=1)
    return {result.claim.part: result.verdict for result in run.results}


def test_what_follows_from_a_slip_is_right(made, tmp_path: Path) -> None:
    """A wrong side costs its own marks; the product of what was written there is right, and so is its price."""
    found = verdicts(made, tmp_path, "[3, 5]", "15", "150")
    assert found["a"].status is Status.PARTIAL
    assert (found["b"].status, found["b"].reason, found["b"].credit) == (Status.CORRECT, "follow_through", 1)
    assert "your own answer to (a)" in found["b"].feedback
    assert (found["c"].status, found["c"].reason) == (Status.CORRECT, "follow_through")


def test_what_does_not_follow_stays_wrong(made, tmp_path: Path) -> None:
    """A second slip costs its own marks, and the verdict is the first one."""
    found = verdicts(made, tmp_path, "[3, 5]", "16")
    assert (found["b"].status, found["b"].reason) == (Status.INCORRECT, "different")


def test_the_right_answer_is_right_whatever_stands_before_it(made, tmp_path: Path) -> None:
    """Who gets the right product after a wrong side keeps the marks for it."""
    found = verdicts(made, tmp_path, "[3, 5]", "12")
    assert found["b"].status is Status.CORRECT
    assert found["b"].reason != "follow_through"


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("[0, 0]", "0", ""),  # every product with 0 is 0
        ("[5, 5]", "25", "makes this part trivial (a square needs no product)"),
        ("[0, 5]", "0", ""),  # what would be right is trivial
        ("[3, 5, 7]", "105", ""),  # the solver fails
        ("?", "15", ""),  # nothing that could be followed
    ],
)
def test_a_trivial_or_unusable_value_wins_nothing(made, tmp_path: Path, first: str, second: str, says: str) -> None:
    """Zeros, values that the solver refuses and values that break it leave the first verdict as it is."""
    found = verdicts(made, tmp_path, first, second)
    assert found["b"].status is Status.INCORRECT
    assert says in found["b"].feedback


@pytest.mark.parametrize(
    ("value", "trivial"),
    [
        (0, True),
        (Fraction(1, 2), False),
        ([0, 0], True),
        ([0, 1], False),
        ([[1, 0], [0, 1]], True),
        ([[0, 1], [1, 0]], False),
        ("B", False),
        (None, False),
    ],
)
def test_zeros_and_identities_are_trivial(value: object, trivial: bool) -> None:
    """They may make later questions answer themselves."""
    assert is_trivial(value) is trivial


def test_verify_sees_a_function_that_starts_from_nothing_else(tmp_path: Path, made) -> None:
    """With the right earlier answers a function must give the right answer."""
    problem = made.problems[0]
    assert follow_check(tmp_path, problem, problem.part("b")) == ""
    bad = course(
        tmp_path, SOLVER, part("a", "sides", "sequence"), part("b", "forgets", needs=("a",), follow_through=True)
    )
    problem = bad.problems[0]
    says = "with the right answers as part_a forgets gives 5, without them 6"
    assert follow_check(tmp_path, problem, problem.part("b")) == says
