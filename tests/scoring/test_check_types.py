"""Lines of `grade check --jsonl` for every answer type: its examples, and keys that are none."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from test_scoring_check import line

from grader.answers import get_type, type_names
from grader.records import Status


def test_every_type_can_be_named() -> None:
    """Each type's first right example comes out correct as a line; where a person decides, it is for a person."""
    for name in type_names():
        kind = get_type(name)
        status = Status.CORRECT if kind.decided_by == "machine" else Status.UNDECIDED
        example = next(e for e in kind.examples if e.status is status)
        options = json.loads(json.dumps(dict(example.options)))
        outcome = line(type=name, expected=example.expected, response=example.response, options=options)
        assert outcome["status"] == status.value, (name, example)


def nested(depth: int) -> list[Any]:
    """A list in a list in a list."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "expected",
    [None, {}, "", "   ", math.nan, math.inf, True, [[]], [None], {"a": [1]}, "? & !", "[1, 2", nested(900)],
    ids=lambda value: repr(value)[:16],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["auto", *type_names()])
def test_a_key_that_is_none_fails(kind: str, expected: object) -> None:
    """It is the caller's fault, told as such; the response is not judged by it."""
    if (kind in ("classification", "auto") and expected is True) or (
        kind == "rubric" and (expected in (None, "") or isinstance(expected, dict))
    ):
        return  # a truth value is a key, and a person needs none
    options = {"criteria": [{"points": 1, "text": "It says why."}]} if kind == "rubric" else {}
    outcome = line(id=1, type=kind, expected=expected, response="5", options=options)
    assert outcome["status"] == "failed"
    assert outcome["feedback"]
