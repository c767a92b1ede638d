"""Answers as the plain values that solvers take, for parts that are judged by earlier ones."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from grader.answers import get_type

OPTIONS = {"options": {"A": "yes", "B": "no", "C": "maybe"}}


@pytest.mark.parametrize(
    ("kind", "options", "text", "value"),
    [
        ("number", {}, "2/3", Fraction(2, 3)),
        ("number", {}, "0.5", Fraction(1, 2)),
        ("number", {}, "√2", 2**0.5),
        ("sequence", {}, "[0, 1.5]", [0, Fraction(3, 2)]),
        ("sequence", {"index": "k", "start": 0, "variables": ["a"]}, "K_k = a^k", None),
        ("matrix", {}, "[[1, 2], [3, 4]]", [[1, 2], [3, 4]]),
        ("matrix", {}, "(3, 6, 9)", [3, 6, 9]),
        ("matrix", {"variables": ["a"]}, "[[a, 2]]", None),
        ("choice", OPTIONS, "B", "B"),
        ("choices", OPTIONS, "C and A", ["A", "C"]),
        ("classification", {}, "False", "false"),
        ("expression", {"variables": ["x"]}, "x + 1", None),
    ],
)
def test_an_answer_as_a_solver_takes_it(kind: str, options: dict[str, Any], text: str, value: object) -> None:
    """Exact where it is rational, in lists as it is written; None where a formula is the answer."""
    found = get_type(kind)
    own = found.options_model.model_validate(options)
    assert found.plain(found.read(text, own), own) == value


def test_a_truth_is_handed_on_like_an_answer() -> None:
    """What a solver gave for one part can be given to the next."""
    matrix = get_type("matrix")
    options = matrix.options_model()
    assert matrix.plain(matrix.key([3, 6, 9], options), options) == [3, 6, 9]
