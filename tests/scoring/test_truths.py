"""The truths of many parts: in workers, so that a bad solver costs its own part and no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from course_sample import course, part

from grader.records import Part, Problem
from grader.scoring.solvers import Limits, solve_part
from grader.scoring.truths import solve_all, truths
from grader.specs import Course

MANY = """
import os, time

def good():
    return 7

def hangs():
    time.sleep(60)

def spins():
    while True:
        pass

def dies():
    os._exit(9)

def eats():
    return len(bytearray(3 * 1024 ** 3))

def raises():
    raise ValueError("no")
"""


def test_a_solver_that_hangs_or_dies_fails_only_its_own_part(tmp_path: Path) -> None:
    """In workers each bad solver costs its own part and no other; each is told with its code and its line."""
    names = ("good", "hangs", "dies", "eats", "raises", "spins")
    made = course(tmp_path, MANY, *(part(name, name) for name in names), part("last", "good"))
    found = truths(made, Limits(timeout=2.0, memory_mb=256, workers=2))
    codes = {key[1]: [d.code for d in truth.diagnostics] for key, truth in found.items()}
    assert codes == {
        "good": [],
        "hangs": ["solver-timeout"],
        "dies": ["solver-died"],
        "eats": ["solver-memory"],
        "raises": ["solver-raised"],
        "spins": ["solver-timeout"],
        "last": [],
    }
    span = found["sum", "hangs"].diagnostics[0].span
    assert span is not None
    assert (span.file, span.line) == (str(tmp_path / "reference/sums.py"), 7)


def test_only_parts_with_a_confirmation_are_confirmed(tmp_path: Path) -> None:
    """The second computations are run under their own names, for the parts that have one."""
    source = "def f():\n    return 1\n\ndef g():\n    return 2\n"
    made = course(tmp_path, source, part("a", "f", confirm="g"), part("b", "f"))
    found = truths(made, Limits(workers=1), "confirm")
    assert list(found) == [("sum", "a")]
    assert found["sum", "a"].value == solve_part(tmp_path, *pair(made, "a"), "g").value


def test_one_part_is_solved_for_several_values_of_what_is_given(tmp_path: Path) -> None:
    """The same part with other numbers has another truth; truths come in the order of the parts asked for."""
    made = course(tmp_path, "def f(a):\n    return a\n", part("a", "f"))
    problem, own = pair(made, "a")
    pairs = [(replace(problem, given={"a": value}), own) for value in (3, 1, 2)]
    found = solve_all(tmp_path, pairs, Limits(workers=2))
    assert [truth.value.real.node.value for truth in found if truth] == [3, 1, 2]


def pair(made: Course, name: str) -> tuple[Problem, Part]:
    """The course's problem with one of its parts."""
    return made.problems[0], made.problems[0].part(name)
