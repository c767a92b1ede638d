"""A course with claims, shapes and texts, as its author and its person who marks see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import grade_here, lines

SPEC = """\
id: rotations
title: Rotations
solver: reference/rotations.py
parts:
  - id: a
    prompt: "True or false? Every normal matrix is symmetric."
    points: 1
    answer: {type: classification, solve: normal_is_symmetric}
    confirm: by_search
    accept: [no, "False, since a rotation is normal."]
    reject: [yes, "True or false"]
  - id: b
    prompt: "f maps m numbers to n numbers. Which shape has its Jacobian?"
    points: 1
    answer: {type: shape, variables: [m, n], key: "n × m", solve: jacobian_shape}
    confirm: by_counting
    accept: ["R^{n×m}", "(n, m)"]
    reject: ["m × n", "nm"]
  - id: c
    prompt: "Why is a rotation normal?"
    points: 2
    answer:
      type: rubric
      criteria:
        - {points: 1, text: "Its transpose is its inverse."}
        - {points: 1, text: "A matrix commutes with its inverse."}
      solve: facts
    confirm: facts_again
"""

SOLVER = '''\
"""Rotations."""

from itertools import product

import numpy as np

ROTATION = np.array([[0, -1], [1, 0]])


def normal_is_symmetric():
    """A rotation by 90 degrees is normal, and not symmetric."""
    assert (ROTATION @ ROTATION.T == ROTATION.T @ ROTATION).all()
    return {"is": False, "at": {"A": ROTATION}, "shows": "A Aᵀ = Aᵀ A, but A ≠ Aᵀ"}


def by_search():
    """All matrices with entries -1, 0 and 1."""
    found = [np.array(entries).reshape(2, 2) for entries in product((-1, 0, 1), repeat=4)]
    return all((a == a.T).all() for a in found if (a @ a.T == a.T @ a).all())


def jacobian_shape(m, n):
    """Finite differences of x -> W x."""
    w = np.arange(m * n).reshape(n, m)
    return np.stack([w @ column for column in np.eye(m)], axis=1).shape


def by_counting(m, n):
    """A row for each output, a column for each input."""
    return [n, m]


def facts():
    """Where the rotation sends the first unit vector."""
    return {"image of (1, 0)": ROTATION @ np.array([1, 0])}


def facts_again():
    """The first column."""
    return {"image of (1, 0)": ROTATION[:, 0]}
'''


@pytest.fixture
def rotations(tmp_path: Path) -> Path:
    """The course, and two students."""
    (tmp_path / "problems").mkdir()
    (tmp_path / "problems/rotations.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference/rotations.py").write_text(SOLVER, encoding="utf-8")
    (tmp_path / "submissions").mkdir()
    for name, a, b, c in (
        ("ada", "The claim is false.", "n x m", "Its transpose undoes it.\n\nAnd a matrix commutes with its inverse."),
        ("bob", "True, it is diagonalizable.", "m × n", ""),
    ):
        text = f"# Rotations\n## a\n{a}\n## b\n{b}\n## c\n{c}\n"
        (tmp_path / f"submissions/{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_verify_prints_the_counterexample_and_the_facts(rotations: Path) -> None:
    """What a solver found is there for a person to look at; everything agrees."""
    done = grade_here("verify", cwd=rotations)
    assert done.code == 0, done.err
    assert (
        "rotations/a: normal_is_symmetric gives false. At A = [[0, −1], [1, 0]]: A Aᵀ = Aᵀ A, but A ≠ Aᵀ." in done.out
    )
    assert "rotations/c: facts gives image of (1, 0) = [0, 1]" in done.out


def test_a_confirmation_of_the_other_class_or_other_facts_is_an_error(rotations: Path) -> None:
    """Both are computed twice."""
    solver = rotations / "reference/rotations.py"
    wrong = SOLVER.replace("return all(", "return not all(").replace("return [n, m]", "return [m, n]")
    solver.write_text(wrong.replace("ROTATION[:, 0]", "ROTATION[0]"), encoding="utf-8")
    done = grade_here("verify", "--json", cwd=rotations)
    assert done.code == 1
    assert {f["part"] for f in done.json["findings"] if f["level"] == "error"} == {"a", "b", "c"}


def test_what_a_person_marks_is_listed_with_its_criteria(rotations: Path) -> None:
    """The rest is marked; a text is open, an empty one missing, and neither is 0."""
    assert grade_here("submissions", "submissions", "--out", "out", cwd=rotations).code == 0
    found = {(o["subject"], o["part"]): o for o in lines(rotations / "out/results.jsonl")}
    statuses = [found[name, part]["status"] for name in ("ada", "bob") for part in "abc"]
    assert statuses == ["correct", "correct", "undecided", "incorrect", "incorrect", "missing"]
    assert found["bob", "a"]["feedback"].endswith("At A = [[0, −1], [1, 0]]: A Aᵀ = Aᵀ A, but A ≠ Aᵀ.")
    assert found["bob", "b"]["reason"] == "order"
    assert found["ada", "c"]["reason"] == "for_a_person"
    report = (rotations / "out/report.html").read_text(encoding="utf-8")
    assert "1 point: Its transpose is its inverse." in report
    assert "image of (1, 0) = [0, 1]" in report
    assert "And a matrix commutes with its inverse." in report


def student_pages(course: Path) -> dict[str, str]:
    """The students' pages by their names."""
    return {path.name.split("-")[0]: path.read_text(encoding="utf-8") for path in (course / "out/students").iterdir()}


def test_a_student_sees_the_counterexample_but_no_criteria_and_no_facts(rotations: Path) -> None:
    """Of two classes the other one is no secret; a shape in another order is told without the right one; criteria say
    what a right text holds."""
    assert grade_here("submissions", "submissions", "--out", "out", cwd=rotations).code == 0
    pages = student_pages(rotations)
    assert "The claim is false. At A = [[0, −1], [1, 0]]: A Aᵀ = Aᵀ A, but A ≠ Aᵀ." in pages["bob"]
    assert "Check A =" not in pages["bob"]
    assert "they stand in another order" in pages["bob"]
    assert "texts are read and marked by a person" in pages["ada"]
    assert "Its transpose is its inverse" not in pages["ada"]
    assert "image of" not in pages["ada"]


def test_after_the_release_a_student_sees_the_criteria(rotations: Path) -> None:
    assert grade_here("submissions", "submissions", "--out", "out", "--release-expected", cwd=rotations).code == 0
    assert "1 point: Its transpose is its inverse." in student_pages(rotations)["ada"]


def test_problems_say_who_decides(rotations: Path) -> None:
    """The neutral contract tells which parts no program marks."""
    listed = grade_here("problems", "--json", cwd=rotations).json
    assert [o["decided_by"] for o in listed] == ["machine", "machine", "human"]


def test_lines_of_json_are_checked_with_these_types(rotations: Path) -> None:
    """By type and options, or by problem and part."""
    asked = [
        {"id": 1, "type": "classification", "expected": False, "response": "no"},
        {"id": 2, "type": "shape", "expected": [3, 2], "response": "3 x 2"},
        {"id": 3, "type": "rubric", "expected": None, "response": "Because.",
         "options": {"criteria": [{"points": 0.5, "text": "why"}]}},
        {"id": 4, "problem": "rotations", "part": "a", "response": "yes"},
        {"id": 5, "problem": "rotations", "part": "b", "response": "ℝ^{n×m}"},
        {"id": 6, "problem": "rotations", "part": "c", "response": "It preserves lengths."},
    ]  # fmt: skip
    done = grade_here("check", "--jsonl", "-", cwd=rotations, stdin="\n".join(map(json.dumps, asked)))
    assert [json.loads(line)["status"] for line in done.out.splitlines()] == [
        "correct", "correct", "undecided", "incorrect", "correct", "undecided"
    ]  # fmt: skip
