"""What a student is told of a wrong answer in words, letters, lists and sizes: what was found, what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from grader import check

_TERMS: dict[str, Any] = {"expected": [0, 1, 3, 7], "type": "sequence"}
_SHAPE: dict[str, Any] = {"expected": "d × p", "type": "shape", "variables": ["d", "p"]}


@pytest.mark.parametrize(
    ("response", "asked", "says"),
    [
        ("7, 3, 1, 0", _TERMS, "in another order"),
        ("0, 3, 1, 8", _TERMS, "1 of 4 entries is right"),
        ("h_1 = 0, h_2 = 1, h_3 = 3, h_4 = 8", _TERMS, "Indices go up to 4, where 4 entries from 0 on"),
        ("h_1 = 0, h_2 = 1, h_3 = 3, h_4 = 7", _TERMS, "begin at 1; a person decides"),
        ("h_1 = 0, h_2 = 1, h_3 = 3, h_4 = 7", {**_TERMS, "start": 0}, "begin at 1, not at 0"),
        ("0137", _TERMS, "found one number; expected a list"),
        ("(d, p, 1)", _SHAPE, "the answer is an array of 3 axes"),
        ("d", _SHAPE, "the answer is a vector"),
        ("p × d", _SHAPE, "rows come first"),
        ("(B, d, T)", {"expected": "B × T × d", "type": "shape", "variables": ["B", "T", "d"]}, "in another order."),
        ("B", {"expected": "C", "type": "choice", "options": ["a wing", "an ear", "an eye"]}, "Option B is not right"),
        ("O(L m)", {"expected": "L N", "type": "growth", "variables": ["L", "N"]}, "no variable called m"),
    ],
)
def test_feedback_names_what_was_found(response: str, asked: dict[str, Any], says: str) -> None:
    """The feedback says what the answer is, in words that tell it from the next slip."""
    verdict = check(response, **asked)
    assert says in verdict.feedback
    assert verdict.status.value != "correct"
