"""What is asked of whom: assigned problems, problems that are named, numbers of one's own."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from course_sample import write

from grader import batch as pipeline
from grader.records import Run, Status
from grader.specs import Course, draw_for, load_course

SUM = """\
id: sum
number: 1
title: A sum of two numbers
solver: reference/sums.py
given: {{a: {a}, b: 3}}
parts:
  - id: a
    prompt: What is {shown} + 3?
    points: 2
    answer: {{type: number, solve: total}}
    mistakes:
      - {{solve: difference, credit: 1/2, says: You subtracted.}}
  - id: b
    prompt: What is 3 + 3?
    points: 1
    answer: {{type: number, solve: doubled}}
"""
SOLVER = """\
def total(a, b):
    return a + b


def difference(a, b):
    return a - b


def doubled(b):
    return 2 * b
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course with a problem whose number is drawn, and one that is not assigned."""
    drawn = "{draw: integer, from: 10, to: 99999, default: 7}"
    write(tmp_path / "problems/hw/sum.yaml", SUM.format(a=drawn, shown="{{ a }}"))
    other = SUM.format(a="1", shown="1").replace("id: sum", "id: other").replace("number: 1\n", "")
    write(tmp_path / "problems/more/other.yaml", other.replace("A sum of two numbers", "Another sum of numbers"))
    write(tmp_path / "reference/sums.py", SOLVER)
    write(tmp_path / "grade.toml", 'assigned = ["hw"]\nown_numbers = true\nseed = "2026"\n')
    return tmp_path


def graded(course: Course, root: Path, answers: dict[str, str], **options: object) -> Run:
    """A run over one file for each student."""
    for student, text in answers.items():
        write(root / "handed-in" / student / "hw.md", text)
    return pipeline.grade_submissions(course, root / "handed-in", workers=1, **options)


def own(course: Course, student: str) -> int:
    """The number that a student has in place of 7."""
    value = draw_for(course.problem("sum"), student, course.settings).given["a"]
    assert isinstance(value, int)
    return value


def test_each_student_is_judged_by_their_own_numbers(folder: Path) -> None:
    """The answer to the own question is right, that to a neighbour's is wrong, and mistakes follow the numbers."""
    course = load_course(folder)
    ada, bo = own(course, "ada"), own(course, "bo")
    assert ada != bo
    run = graded(
        course,
        folder,
        {
            "ada": f"# Problem 1\n(a) {ada + 3}\n\n(b) 6",
            "bo": f"# Problem 1\n(a) {ada + 3}\n\n(b) 6",
            "cy": f"# Problem 1\n(a) {own(course, 'cy') - 3}\n\n(b) 6",
        },
    )
    found = {(r.claim.subject, r.claim.part): (r.verdict.status, r.verdict.credit) for r in run.results}
    assert found["ada", "a"] == (Status.CORRECT, 1)
    assert found["bo", "a"] == (Status.INCORRECT, 0)
    assert found["cy", "a"] == (Status.PARTIAL, Fraction(1, 2))
    assert {found[name, "b"][0] for name in ("ada", "bo", "cy")} == {Status.CORRECT}
    assert run.own["bo"][0].parts[0].prompt == f"What is {bo} + 3?"


def test_another_seed_gives_other_numbers(folder: Path) -> None:
    """So that last year's answers are not this year's."""
    course = load_course(folder)
    later = replace(course, settings=replace(course.settings, seed="2027"))
    assert own(course, "ada") != own(later, "ada")


def test_without_the_setting_all_have_the_numbers_of_the_spec(folder: Path) -> None:
    """Draws alone change nobody's numbers."""
    write(folder / "grade.toml", 'assigned = ["hw"]\n')
    run = graded(load_course(folder), folder, {"ada": "# Problem 1\n(a) 10"})
    assert run.results[0].verdict.status is Status.CORRECT
    assert run.own == {}


@pytest.mark.parametrize(
    ("text", "selectors", "problems"),
    [
        ("# Problem 1\n(a) 10", (), ["sum"]),
        ("# Problem 1\n(a) 10\n\n# Another sum of numbers\n(a) 4", (), ["sum", "other"]),
        ("# Problem 1\n(a) 10", ("other",), ["other"]),
        ("# Problem 1\n(a) 10", ("more",), ["other"]),
        ("# Problem 1\n(a) 10", ("*",), ["sum", "other"]),
    ],
)
def test_a_run_asks_what_is_assigned_named_or_chosen(
    folder: Path, text: str, selectors: tuple[str, ...], problems: list[str]
) -> None:
    """Assigned problems by default, others where a heading names them; a choice on the command line wins."""
    run = graded(load_course(folder), folder, {"ada": text}, problems=selectors)
    assert [problem.id for problem in run.problems] == problems


def test_a_problem_may_be_named_in_a_file_that_is_no_text(folder: Path) -> None:
    """The heading is looked for in the text that is taken out of a notebook; a broken Word document names none."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["# Another sum of numbers\n", "(a) 4"]}
    book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    write(folder / "handed-in" / "ada" / "hw.ipynb", json.dumps(book))
    write(folder / "handed-in" / "bob" / "hw.docx", "PK\x03\x04 and no archive")
    run = graded(load_course(folder), folder, {"cem": "# Problem 1\n(a) 10"})
    assert [problem.id for problem in run.problems] == ["sum", "other"]
    assert [failure.subject for failure in run.failures] == ["bob"]


def test_a_setting_that_assigns_nothing_is_an_error(folder: Path) -> None:
    """A folder that is not there is told, and the rest is graded."""
    write(folder / "grade.toml", 'assigned = ["hw", "homework"]\n')
    (one,) = load_course(folder).diagnostics
    assert one.code == "spec-setting"
    assert '"homework"' in one.message
