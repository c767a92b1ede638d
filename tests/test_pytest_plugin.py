"""The plugin of pytest: the parts of a course are tests, and failures are the diagnostics of `grade verify`."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from course_sample import edit, new_course

ROOT = Path(__file__).parents[1]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A fresh copy of the course that `grade init` makes."""
    return new_course(tmp_path / "course")


OPTIONS = ("-p", "grader.pytest_plugin", "-p", "no:cacheprovider")


def apart(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest with the plugin, and without this repository's settings, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "120"}
    command = [sys.executable, "-m", "pytest", *OPTIONS, *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=environment, encoding="utf-8", check=False
    )


@dataclass(frozen=True)
class Done:
    """What a run of pytest came to: its exit code, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: str) -> Done:
    """The same in this process, which is quicker; it has imported the program, and its workers are shared."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(folder):
        patch.setenv("COLUMNS", "120")
        patch.setattr(sys, "path", list(sys.path))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = pytest.main([*OPTIONS, "--capture=no", *arguments])
    return Done(int(code), out.getvalue(), err.getvalue())


def test_every_part_is_a_test(course: Path) -> None:
    """Each part of the course is collected under its spec, and passes."""
    done = apart(course.parent, "-v", "--grade-course", "course")
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout
    assert "damping.yaml::a PASSED" in done.stdout


def test_a_course_can_be_named_in_the_settings(course: Path) -> None:
    """`grade_course` counts from the root folder, and the tests beside the course still run."""
    (course.parent / "pytest.ini").write_text("[pytest]\ngrade_course = course\n", encoding="utf-8")
    (course.parent / "test_own.py").write_text("def test_own():\n    pass\n", encoding="utf-8")
    assert "5 passed" in run(course.parent).stdout


def test_without_a_course_nothing_happens(course: Path) -> None:
    """Specs are no tests unless a course is named."""
    (course / "test_alone.py").write_text("def test_alone():\n    pass\n", encoding="utf-8")
    assert "1 passed" in run(course).stdout


def test_a_failure_shows_the_diagnostic(course: Path) -> None:
    """The part fails with file, line, column, message, code and fix; the other parts pass."""
    edit(course / "problems/damping.yaml", 'accept: ["0 <= c < 4", ', 'accept: ["0 <= c < 5", ')
    done = run(course, "--grade-course", ".")
    assert done.returncode == 1
    assert "1 failed, 3 passed" in done.stdout
    assert "'0 <= c < 5' must be correct, but is incorrect" in done.stdout
    assert "[verify-accept]" in done.stdout
    assert "fix: Correct the solver" in done.stdout


def test_a_spec_that_does_not_load_is_an_error_of_collection(course: Path) -> None:
    """Its faults are shown with their places."""
    edit(course / "problems/damping.yaml", "title:", "titel:")
    done = run(course, "--grade-course", ".")
    assert done.returncode == 2
    assert "damping.yaml:3:1" in done.stdout


def test_one_part_can_be_chosen(course: Path) -> None:
    """A node id chooses a part, as it chooses any test."""
    done = run(course, "--grade-course", ".", "problems/damping.yaml::b")
    assert "1 passed" in done.stdout


def test_a_course_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    """The message names the folder."""
    done = run(tmp_path, "--grade-course", "nowhere")
    assert done.returncode == 4
    assert "nowhere is no folder" in done.stderr


def test_a_weakness_warns_and_fails_where_that_is_asked(tmp_path: Path) -> None:
    """With a = b nobody who mistakes base for exponent is noticed: a warning, or with --grade-strict a failure."""
    (tmp_path / "problems").mkdir()
    (tmp_path / "reference").mkdir()
    (tmp_path / "problems/power.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "reference/power.py").write_text(SOLVER, encoding="utf-8")
    done = run(tmp_path, "--grade-course", ".")
    assert "1 passed, 1 warning" in done.stdout
    assert "exchange a and b" in done.stdout
    assert run(tmp_path, "--grade-course", ".", "--grade-strict").returncode == 1


SPEC = """
id: power
title: A Power
solver: reference/power.py
given: {a: 2, b: 2}
parts:
  - {id: a, points: 1, prompt: "What is $a^b$?", answer: {type: number, solve: power}, confirm: product}
"""
SOLVER = """
def power(a, b):
    return a**b


def product(a, b):
    found = 1
    for _ in range(b):
        found *= a
    return found
"""
