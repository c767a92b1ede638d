"""Text under a heading at which several parts are answered: what answers one of them is no answer to another."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.answers import get_type
from grader.intake.claims import claims_of_submission
from grader.intake.handins.submissions import Submission
from grader.records import Part, Problem

MAX = 1_000_000


def part(label: str, kind: str, **fields: Any) -> Part:
    """A part worth 1 point."""
    options = get_type(kind).options_model(**fields.pop("options", {}))
    return Part(label, tuple(label.split(".")), "", Fraction(1), kind, options, "solve", **fields)


WHY = [{"points": 1, "text": "Why."}]
TEXTS = Problem(
    "texts", "6", "Words", "", {}, "reference/x.py",
    (
        part("a", "number", symbols=("x",)),
        replace(part("a.why", "rubric", options={"criteria": WHY, "least_words": 5}), label=("a",)),
        replace(part("a.how", "derivation", options={"variables": ["y", "z"], "start": "y = z + z"}), label=("a",)),
    ),
    "texts.yaml",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why", "how"),
    [
        ("x = 5", False, False),
        ("x = 5, since it is the only one that fits", True, False),
        ("y = z + z = 2 z and so x = 5", False, True),
    ],
)
def test_the_answer_to_one_part_is_no_answer_to_another_under_its_heading(
    text: str, why: bool, how: bool, tmp_path: Path
) -> None:
    """A few words are no text for a person, and formulas that leave out what is asked about are no derivation."""
    path = tmp_path / "hw.md"
    path.write_text(f"# Problem 6\n\n(a) {text}\n", encoding="utf-8")
    claims, _ = claims_of_submission(Submission("ada", (path,)), (TEXTS,), MAX)
    assert [claim.span is not None for claim in claims] == [True, why, how]
