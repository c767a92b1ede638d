"""The problems to copy from: they verify, and answers that their specs do not list are graded as a reader would."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.records import Status
from grader.scoring.check import check_line
from grader.scoring.verification import Plan, verify
from grader.specs import Course, load_course

COURSE = Path(__file__).resolve().parents[1] / "examples/course"

RIGHT = {
    "socks/a": [
        r"\frac{\binom{6}{2}+\binom{4}{2}}{\binom{10}{2}}",
        "p = 21/45 = 7/15 ≈ 0.4667",
        "The probability is 1 − 8/15.",
    ],
    "socks/b": ["1 − 0.1517 = 0.8483", "3·7/15·(8/15)² + 3·(7/15)²·(8/15) + (7/15)³", "q = 1 - (8/15)^3 = 0.8483"],
    "socks/c": ["on average 2.143 mornings", r"\frac{1}{1 - \frac{8}{15}}", "E = 1/p = 15/7"],
    "blocks/a": [
        r"X = -\mathbf{A}^{-1}\mathbf{B}\mathbf{D}^{-1}",
        "-np.linalg.inv(A) @ B @ np.linalg.inv(D)",
        "A^-1 (B - 2 B) D^-1",
    ],
    "blocks/b": ["S⁻¹ with S = D − C A⁻¹ B", r"(I - D^{-1} C A^{-1} B)^{-1} D^{-1}", "D^-1 (I - C A^-1 B D^-1)^-1"],
    "blocks/c": [
        r"|D|\,|A - BD^{-1}C|",
        "det(A)·det(D)·det(I − D⁻¹ C A⁻¹ B)",
        "det(D - C A^-1 B)/det(A^-1)",
    ],
    "merge/a": ["quadratic in k, linear in n", "Theta(n * k**2)", r"\Theta(nk^2 - k)"],
    "merge/b": ["O(N log k) where N = nk", "n·k·ceil(log2 k)", "O(n k log(k^2))"],
    "merge/c": [r"\sum_{i=1}^{r} 2^{r-i}(2^i n - 1)", "T(n, r) = 2^r (n r - 1) + 1", "k n r - k + 1 where k = 2^r"],
}
"""Right answers that the specs do not list, by part."""

WRONG = {
    "socks/a": ["21/50", "0.4767"],
    "socks/b": ["1 - (7/15)^3", "(8/15)^3 ≈ 0.1517"],
    "socks/c": ["7/8", r"\frac{15}{8} = 1.875"],
    "blocks/a": ["-D^-1 B A^-1", "-A^-1 D^-1 B"],
    "blocks/b": ["D^-1 - C A^-1 B", r"(D - C A B)^{-1}"],
    "blocks/c": ["det(A) + det(D - C A^-1 B)", "det(D) det(D - C A^-1 B)"],
    "merge/a": ["Θ(n k²·log k)", "k^2 + n k"],
    "merge/b": ["Θ(n k sqrt(k))", "k log k + n"],
    "merge/c": ["r(n - 1)·2^r", "(n r - 1)·2^r"],
}
"""Wrong answers that the specs do not list, by part."""


@pytest.fixture(scope="module")
def course() -> Course:
    """The course, without a fault in its specs."""
    found = load_course(COURSE)
    assert found.diagnostics == ()
    return found


def test_the_course_verifies_without_errors_or_weaknesses(course: Course) -> None:
    """At the values of the specs and at three draws."""
    findings = list(verify(course, Plan(seeds=("1", "2", "3"), workers=1)))
    assert [finding for finding in findings if finding.level != "ok"] == []


@pytest.mark.parametrize(("part", "answer"), [(part, answer) for part in RIGHT for answer in RIGHT[part]])
def test_right_answers_in_other_notations_are_correct(course: Course, part: str, answer: str) -> None:
    """What the specs do not list is read, too."""
    assert outcome(course, part, answer) == Status.CORRECT


@pytest.mark.parametrize(("part", "answer"), [(part, answer) for part in WRONG for answer in WRONG[part]])
def test_wrong_answers_are_not_correct(course: Course, part: str, answer: str) -> None:
    """They are read, and refused."""
    assert outcome(course, part, answer) in (Status.INCORRECT, Status.PARTIAL)


def outcome(course: Course, part: str, answer: str) -> str:
    """The status of an answer to a part."""
    problem, _, name = part.partition("/")
    return str(check_line({"problem": problem, "part": name, "response": answer}, course)["status"])
