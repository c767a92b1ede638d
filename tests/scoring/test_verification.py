"""`verify`: what a spec claims of its solver and its examples holds, or is told to its author."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from course_sample import course, part

from grader.records import Mistake
from grader.scoring.verification import Finding, verify

SOLVER = """
from fractions import Fraction
import math, time

def half():
    return Fraction(1, 2)

def half_again():
    return 0.5

def third():
    return Fraction(1, 3)

def third_in_decimals():
    return 0.33333

def hangs():
    time.sleep(60)
"""


SHORT = 3.0
"""Seconds for a function that hangs, and for those beside it, which take some milliseconds."""


def findings(root: Path, **fields: object) -> list[Finding]:
    """All findings about one part."""
    solve = str(fields.pop("solve", "half"))
    seconds = SHORT if "hangs" in (solve, fields.get("confirm")) else 60.0
    return list(verify(course(root, SOLVER, part("a", solve, **fields), timeout=seconds)))


def levels(found: list[Finding]) -> list[tuple[str, str]]:
    """Check and level of each finding on what the spec promises; printing and perturbing have tests of their own."""
    return [(f.check, f.level) for f in found if f.check not in ("print", "perturb", "given")]


def test_a_sound_part_passes_every_check(tmp_path: Path) -> None:
    """Solver, confirmation, accept, reject and mistake are each found in order."""
    found = findings(
        tmp_path,
        confirm="half_again",
        accept=("1/2", "0.5"),
        reject=("0.4",),
        mistakes=(Mistake("2", Fraction(1, 4), "Upside down."),),
    )
    assert levels(found) == [
        ("solve", "ok"),
        ("confirm", "ok"),
        ("accept", "ok"),
        ("accept", "ok"),
        ("reject", "ok"),
        ("mistake", "ok"),
    ]


@pytest.mark.parametrize(
    ("fields", "check", "words"),
    [
        ({"confirm": "third"}, "confirm", "but third gives 1/3"),
        ({"confirm": "hangs"}, "confirm", "hangs gave no answer within 3 s"),
        ({"accept": ("0.6",)}, "accept", "'0.6' must be correct, but is incorrect"),
        ({"accept": ("a halved one",)}, "accept", "'a halved one' must be correct, but is"),
        ({"reject": ("2/4",)}, "reject", "'2/4' must not be correct, but is"),
        ({"mistakes": (Mistake("0.50", Fraction(0), "No."),)}, "mistake", "the mistake '0.50' is a correct answer"),
        ({"mistakes": (Mistake("a half-moon", Fraction(0), "No."),)}, "mistake", "the mistake 'a half-moon' is"),
        ({"solve": "hangs"}, "solve", "hangs gave no answer within 3 s"),
    ],
)
def test_what_does_not_hold_is_an_error(tmp_path: Path, fields: dict[str, object], check: str, words: str) -> None:
    """Each broken promise is one error of its check that says what was found and expected, with a fix."""
    wrong = [f for f in findings(tmp_path, **fields) if f.level == "error"]
    assert [f.check for f in wrong] == [check]
    assert words in wrong[0].message
    diagnostic = wrong[0].diagnostic
    assert diagnostic is not None
    assert diagnostic.span is not None
    assert diagnostic.fix


def test_without_a_confirmation_there_is_a_warning(tmp_path: Path) -> None:
    """One computation alone is allowed, with a warning."""
    assert levels(findings(tmp_path)) == [("solve", "ok"), ("confirm", "warning")]


@pytest.mark.parametrize(("rel", "level"), [("1e-3", "ok"), ("1e-9", "error")])
def test_a_numerical_confirmation_is_held_to_the_parts_tolerance(tmp_path: Path, rel: str, level: str) -> None:
    """A decimal agrees with an exact value exactly if the part's own tolerance says so."""
    found = findings(tmp_path, solve="third", confirm="third_in_decimals", options={"rel": rel})
    assert [f.level for f in found if f.check == "confirm"] == [level]


def test_a_part_whose_solver_fails_does_not_stop_the_next(tmp_path: Path) -> None:
    """The other part of the same problem is verified."""
    made = course(tmp_path, SOLVER, part("a", "hangs"), part("b", "half"), timeout=SHORT)
    found = list(verify(made))
    assert levels([f for f in found if f.part == "a"]) == [("solve", "error")]
    assert levels([f for f in found if f.part == "b"]) == [("solve", "ok"), ("confirm", "warning")]
