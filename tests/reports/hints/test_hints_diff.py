"""The words that changed between two answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.hints.diff import MOST_WORDS, Piece, difference

SIGNS = {"same": "{}", "del": "[-{}-]", "ins": "[+{}+]"}


def shown(before: str, after: str) -> str:
    return "".join(SIGNS[piece.kind].format(piece.text) for piece in difference(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("O(log L + log d)", "O(log L log n)", "O(log L [-+ -]log [-d-][+n+])"),
        ("[0, 1.5, 1.2]", "[1.5, 1.2]", "[[-0, -]1.5, 1.2]"),
        ("(1, 4)", "[1, 4]", "[-(-][+[+]1, 4[-)-][+]+]"),
        ("0.96", "0.968", "[-0.96-][+0.968+]"),  # a number is one word
        ("", "7", "[+7+]"),
        ("7", "", "[-7-]"),
        ("x_1", "x_2", "x_[-1-][+2+]"),
    ],
)
def test_what_was_taken_out_and_put_in_is_marked(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@pytest.mark.parametrize(("before", "after"), [("x = 1", "x = 1"), ("x  =\n1", "x = 1"), ("", " ")])
def test_white_space_is_no_difference(before: str, after: str) -> None:
    assert difference(before, after) == ()


def test_unchanged_stretches_are_cut() -> None:
    """What is the same is shown around the change only."""
    pieces = difference("a " * 60 + "x " + "b " * 60, "a " * 60 + "y " + "b " * 60)
    assert [piece.kind for piece in pieces] == ["same", "del", "ins", "same"]
    assert pieces[0].text.startswith(" … a") and pieces[-1].text.endswith("b  … ")
    assert sum(len(piece.text) for piece in pieces) < 120


def test_of_long_answers_the_first_words_are_compared_and_it_is_said() -> None:
    *_, last = difference("x " * (MOST_WORDS + 10), "y " + "x " * (MOST_WORDS - 1))
    assert last == Piece("same", " … (19 and 0 more characters are not compared)")


def test_long_texts_with_few_words_in_common_stand_one_behind_the_other() -> None:
    """Word by word they would be confetti."""
    found = difference("first " * 100, "second " * 100)
    assert [piece.kind for piece in found] == ["del", "same", "ins"]
    assert all(len(piece.text) < 250 for piece in found)


@given(st.text("ab1 +_", max_size=30), st.text("ab1 +_", max_size=30))
def test_both_answers_can_be_read_off_the_pieces(before: str, after: str) -> None:
    """But for white space: same and taken out is the answer before, same and put in is the one after."""
    pieces = difference(before, after)
    if not pieces:
        assert before.split() == after.split() or "".join(before.split()) == "".join(after.split())
        return
    for kind, whole in (("del", before), ("ins", after)):
        read = "".join(piece.text for piece in pieces if piece.kind in ("same", kind))
        assert "".join(read.split()) == "".join(whole.split())
