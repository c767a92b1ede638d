"""The right answer read back, wrong answers next to it, and given values that hide a slip."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from course_sample import course, part, write

from grader.answers import get_type
from grader.answers.base import Slipped
from grader.records import KnownWeakness, Part, Rendered
from grader.scoring.verification import Finding, Plan, verify
from grader.specs import Course, load_course

SOLVER = """
from fractions import Fraction

def half(): return Fraction(1, 2)
def ends(): return "[1, 4]"
def letter(): return "B"
def some(): return ["A", "C"]
def table(): return [[1, 2], [3, 4]]
def entries(): return [1, 2, 3]
def roots(): return [2, -3]
def line(): return "y = 2x + 1"
def gain(sigma, lam): return Fraction(sigma) ** 2 / (sigma**2 + lam)
def product(A, x): return 2 * (A @ x)
def count(n): return 3 * n + 5

def kernel(A, B, C):
    state, out = B, []
    for _ in range(3):
        out.append(sum(c * s[0] for c, s in zip(C[0], state)))
        state = [[sum(a * s[0] for a, s in zip(row, state))] for row in A]
    return out

def trace(A): return A[0][0] + A[1][1]
def power(a, b): return a**b
"""
SHAPES = {"shapes": {"A": ["m", "n"], "x": ["n", 1]}}
PARTS = (
    part("number", "half"),
    part("interval", "ends", "interval", options={"variable": "λ", "domain": "λ >= 0"}),
    part("choice", "letter", "choice", options={"options": ["O(n)", "O(n^2)"]}),
    part("choices", "some", "choices", options={"options": ["keys", "values", "queries"]}),
    part("matrix", "table", "matrix"),
    part("sequence", "entries", "sequence"),
    part("set", "roots", "set"),
    part("equation", "line", "equation", options={"variables": ["x", "y"]}),
    part("formula", "gain", "expression", key="σ²/(σ² + λ)", options={"domain": "σ > 0, λ > 0"}),
    part("matrices", "product", "matrix_expression", key="2 A x", options=SHAPES),
    part("cost", "count", "growth", key="n", options={"variables": ["n"]}),
)


def found_in(made: Course, check: str, **plan: Any) -> list[Finding]:
    """The findings of one check."""
    return [finding for finding in verify(made, Plan(**{"seeds": (), **plan})) if finding.check == check]


# ---------------------------------------------------------------- print


def test_the_right_answer_of_every_type_is_read_back(tmp_path: Path) -> None:
    """In each notation it is correct, alone and under its heading in a submission."""
    found = found_in(course(tmp_path, SOLVER, *PARTS), "print")
    assert {finding.part for finding in found} == {one.id for one in PARTS}
    assert [finding.message for finding in found if finding.level != "ok"] == []
    assert any("lambda in [1, 4]" in finding.message for finding in found)


def test_a_notation_that_is_not_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the notation and what the reader says."""
    from grader.scoring.truth import Truth
    from grader.scoring.verification.cases import Case
    from grader.scoring.verification.printing import check_print

    one = PARTS[0]
    kind = get_type("number")
    case = Case(course(tmp_path, SOLVER, one).problems[0], one, Truth(kind.key(Fraction(1, 2), one.options)))
    monkeypatch.setattr(type(kind), "printed", lambda *_: Rendered("a half-moon", "\\frac{1}{2}", ""))
    wrong = [finding for finding in check_print(case) if finding.level == "error"]
    assert len(wrong) == 1
    assert "the right answer in Unicode, 'a half-moon', must be correct, but is" in wrong[0].message
    assert wrong[0].diagnostic is not None
    assert wrong[0].diagnostic.code == "verify-print"


def test_an_answer_that_a_submission_hides_is_an_error(tmp_path: Path) -> None:
    """Two parts under one heading that share their cue cannot be told apart in a submission."""
    twins = [replace(part(name, "half"), label=("a",), cues=("value",)) for name in ("one", "two")]
    wrong = [finding for finding in found_in(course(tmp_path, SOLVER, *twins), "print") if finding.level == "error"]
    assert wrong
    assert "under the part's heading must be correct" in wrong[0].message


# ---------------------------------------------------------------- perturb


def test_wrong_answers_next_to_the_right_one_are_told_from_it(tmp_path: Path) -> None:
    """For every type there are some, and none passes."""
    found = found_in(course(tmp_path, SOLVER, *PARTS), "perturb")
    assert {finding.part for finding in found} == {one.id for one in PARTS}
    assert [finding.message for finding in found if finding.level != "ok"] == []


@pytest.mark.parametrize(
    ("which", "texts"),
    [
        (0, {"0.6", "-0.5"}),
        (1, {"λ ∈ (1, 4]", "λ ∈ [1, 4)", "λ ∈ [1, ∞)"}),
        (4, {"[[1, 3], [2, 4]]", "[[2, 1], [3, 4]]"}),
        (8, {"σ²/(σ² - λ)", "σ/(σ² + λ)", "σ³/(σ² + λ)", "(σ² + λ)/σ²", "σ²/σ²"}),
        (9, {"2Aᵀx", "2Axᵀ", "Ax"}),
        (10, {"Θ(n log(n))", "Θ(n n)"}),
    ],
)
def test_slips_are_those_that_people_make(which: int, texts: set[str]) -> None:
    """Digits, signs, end points, transpositions, exponents, factors, logarithms."""
    one = PARTS[which]
    kind = get_type(one.type)
    value = {0: Fraction(1, 2), 1: "[1, 4]", 4: [[1, 2], [3, 4]]}.get(which, one.key)
    made = {slip.text for slip in kind.slips(kind.key(value, one.options), one.options)}
    assert texts <= made


def test_what_is_within_the_tolerance_is_no_wrong_answer() -> None:
    """A last digit that the part does not ask for may change."""
    one = part("a", "half", options={"rel": "1e-2"})
    kind = get_type("number")
    slips = list(kind.slips(kind.key("3.14159", one.options), one.options))
    assert {slip.text: slip.differs for slip in slips} == {"-3.14159": True, "3.1416": False, "4.14159": True}


def test_a_wrong_answer_that_passes_is_a_weakness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with its slip, and is no error."""
    from grader.scoring.truth import Truth
    from grader.scoring.verification.cases import Case
    from grader.scoring.verification.perturbing import check_perturbed

    one = part("a", "half", options={"abs": "10"})
    kind = get_type("number")
    case = Case(course(tmp_path, SOLVER, one).problems[0], one, Truth(kind.key(Fraction(1, 2), one.options)))
    monkeypatch.setattr(type(kind), "slips", lambda *_: iter([Slipped("digit of 0.5", "0.6", True)]))
    (weak,) = check_perturbed(case)
    assert (weak.level, weak.name) == ("weakness", "digit of 0.5")
    assert "'0.6' is another answer, but comes out correct" in weak.message
    assert weak.diagnostic is not None
    assert weak.diagnostic.severity == "warning"


# ---------------------------------------------------------------- given


def given(tmp_path: Path, one: Part, values: dict[str, Any]) -> list[Finding]:
    """What is found of one part with these values."""
    made = course(tmp_path, SOLVER, one)
    return found_in(replace(made, problems=(replace(made.problems[0], given=values),)), "given")


A = [[Fraction(7, 10), Fraction(1, 10)], [Fraction(1, 5), Fraction(3, 5)]]


@pytest.mark.parametrize(
    ("solve", "kind", "values", "names"),
    [
        ("kernel", "sequence", {"A": A, "B": [[1], [0]], "C": [[1, 0]]}, ["transpose A", "exchange B and C"]),
        ("kernel", "sequence", {"A": A, "B": [[1], [0]], "C": [[0, 1]]}, []),
        ("trace", "number", {"A": A}, []),  # so it is for all matrices
        ("power", "number", {"a": 2, "b": 2}, ["exchange a and b"]),
        ("power", "number", {"a": 2, "b": 3}, []),
    ],
)
def test_values_that_hide_a_slip_are_a_weakness(
    tmp_path: Path, solve: str, kind: str, values: dict[str, Any], names: list[str]
) -> None:
    """C = Bᵀ hides a transposition and a = b an exchange; what holds for all values is no weakness of these."""
    found = given(tmp_path, part("a", solve, kind), values)
    assert [(finding.level, finding.name) for finding in found] == [("weakness", name) for name in names]


def test_a_known_weakness_passes_and_is_told_when_it_is_gone(tmp_path: Path) -> None:
    """Named with its reason it is a check that passed; one that is none is a warning."""
    known = (KnownWeakness("exchange a and b", "The numbers are the book's."), KnownWeakness("transpose A", "Old."))
    found = given(tmp_path, part("a", "power", known_weaknesses=known), {"a": 2, "b": 2})
    assert [finding.level for finding in found] == ["ok", "warning"]
    assert "The numbers are the book's." in found[0].message
    assert found[1].diagnostic is not None
    assert found[1].diagnostic.code == "verify-known"


# ---------------------------------------------------------------- draws

SPEC = """
id: sums
title: Sums
solver: reference/sums.py
given:
  a: {draw: integer, from: 2, to: 9, default: 3}
  b: {draw: integer, from: 11, to: 19, default: 12}
parts:
  - id: a
    prompt: "What is {{ a }} + {{ b }}?"
    points: 1
    answer: {type: number, solve: total}
    confirm: %s
    accept: ["15", "{{ a + b }}"]
    reject: ["{{ a - b }}"]
  - id: b
    prompt: "What is the mean of $x$ and $y$?"
    points: 1
    answer: {type: expression, key: "(x + y)/2", solve: mean}
    confirm: mean
"""
SUMS = """
from fractions import Fraction

def total(a, b): return a + b
def counted(a, b): return len([*range(a), *range(b)])
def stuck(a, b): return 15
def mean(x, y): return Fraction(x + y, 2)
"""


def drawn(root: Path, confirm: str = "counted") -> Course:
    """A course whose first part has drawn values."""
    write(root / "problems/sums.yaml", SPEC.replace("%s", confirm).replace("    confirm: mean\n", ""))
    write(root / "reference/sums.py", SUMS)
    return load_course(root)


def test_each_draw_is_verified(tmp_path: Path) -> None:
    """At the spec's own values everything counts, at a drawn one only what goes along; a key gets other instances."""
    found = list(verify(drawn(tmp_path), Plan(seeds=("1", "2"))))
    assert [finding.message for finding in found if finding.level == "error"] == []
    accepted = [(f.seed, f.message) for f in found if (f.part, f.check) == ("a", "accept")]
    assert [seed for seed, _ in accepted] == ["", "", "1", "2"]
    assert [f.seed for f in found if (f.part, f.check) == ("b", "key")] == ["", "1", "2"]


def test_what_fails_at_a_draw_names_the_seed_and_the_values(tmp_path: Path) -> None:
    """It passes at the spec's own values, and is told once with the seed, the values, and how many draws are alike."""
    found = [f for f in verify(drawn(tmp_path, "stuck"), Plan(seeds=("1", "2", "3"))) if f.level == "error"]
    assert [(f.check, f.seed) for f in found] == [("confirm", "1")]
    assert found[0].message.startswith("with seed 1 (a = ")
    assert "at 2 other draws" in found[0].message
    assert found[0].diagnostic is not None
    assert found[0].diagnostic.span is not None
    assert (found[0].diagnostic.span.line, found[0].diagnostic.span.column) == (13, 14)


def test_one_draw_can_be_repeated(tmp_path: Path) -> None:
    """With a seed alone, and without the spec's own values, only that draw is made; of parts that vary."""
    found = list(verify(drawn(tmp_path), Plan(only=("sums/a",), seeds=("ada",), defaults=False)))
    assert {(finding.part, finding.seed) for finding in found} == {("a", "ada")}


@pytest.mark.parametrize(("only", "ids"), [(("sums",), {"a", "b"}), (("*/b",), {"b"}), (("sums/[ab]",), {"a", "b"})])
def test_parts_are_chosen_by_patterns(tmp_path: Path, only: tuple[str, ...], ids: set[str]) -> None:
    """A problem's name takes all its parts."""
    assert {finding.part for finding in verify(drawn(tmp_path), Plan(only=only, seeds=()))} == ids


def test_an_example_is_told_with_its_own_line(tmp_path: Path) -> None:
    """Of several answers under `accept`, the place is that of the wrong one."""
    made = drawn(tmp_path)
    text = (tmp_path / "problems/sums.yaml").read_text(encoding="utf-8")
    write(tmp_path / "problems/sums.yaml", text.replace('["15", ', '["15", "16", '))
    wrong = [f for f in verify(load_course(made.root), Plan(seeds=())) if f.level == "error"]
    assert [str(f.diagnostic.span).rpartition("sums.yaml")[2] for f in wrong if f.diagnostic] == [":14:20"]
