"""What is made of the problems of a course is made once for the same problems, and never for others."""

from __future__ import annotations

from grader.intake.parts.kept import MOST, kept
from grader.intake.parts.references import references
from grader.records import Problem


def problem(id_: str, number: str = "", title: str = "") -> Problem:
    return Problem(id_, number, title, "", {}, "s.py", (), "p.yaml")


def test_the_same_items_get_the_same_thing() -> None:
    """A list and a tuple of the same objects are the same; equal objects are others."""
    lengths = kept(lambda items: [len(item) for item in items])
    one, two = [1], [1]
    first = lengths([one])
    assert lengths((one,)) is first
    assert lengths([two]) is not first


def test_only_the_last_ones_are_kept_and_no_identity_is_used_again() -> None:
    """However many sequences there are, each gets what belongs to it."""
    text = kept(lambda items: str(items))
    for number in range(5 * MOST):
        assert text([[number]]) == f"[[{number}]]"


def test_problems_are_named_by_their_own_course_alone() -> None:
    """Two courses with the same names of files have nothing to do with each other."""
    first, other = [problem("ridge-a", "1"), problem("ridge-ab", "2")], [problem("ridge-ab", "1")]
    for _ in range(2):
        assert references("Look at RIDGE-AB and problem 1.", first).problems == ("ridge-a", "ridge-ab")
        assert references("Look at RIDGE-AB and problem 1.", other).problems == ("ridge-ab",)
        assert references("no such-ridge-a here", first).problems == ()


def test_a_title_is_named_by_all_of_its_words() -> None:
    """One word of it, or a title of one word, names nothing."""
    known = [problem("x", "", "Products of matrices"), problem("y", "", "Products")]
    assert references("the products of matrices, please", known).problems == ("x",)
    assert references("the products", known).problems == ()
