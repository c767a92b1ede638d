"""The archive in a clean folder: its two scripts, run as Gradescope runs them, grade what was handed in.

Only the folder's name differs from Gradescope's. The packages that grade needs are those of this environment, so that
the test needs no index; ``GRADE_TEST_INSTALL=1`` lets pip install them as ``setup.sh`` does by itself.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import pytest
from gradescope_contract import checked
from shared import example_class

from grader.commands.autograder import command

ROOT = Path(__file__).parents[1]
STUDENTS = ROOT / "examples/submissions"
METADATA = {
    "id": 4,
    "created_at": "2026-10-02T09:00:00.000000-07:00",
    "assignment": {"id": 7, "title": "<script>alert(1)</script>", "due_date": "2026-10-01T23:00:00-07:00"},
    "users": [{"email": "ada@example.org", "id": 1, "name": "Ada Lovelace"}],
    "previous_submissions": [],
}
pytestmark = pytest.mark.skipif(
    os.name == "nt" or not all(map(shutil.which, ("bash", "timeout"))),
    reason="needs bash and timeout, as Gradescope has",
)


def environment(base: Path, **more: str) -> dict[str, str]:
    """A plain one, with the folder's name and what the tests lend."""
    made = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(base), "GRADE_AUTOGRADER_BASE": str(base)}
    made |= {"GRADE_AUTOGRADER_PYTHON": sys.executable, **more}
    if os.environ.get("GRADE_TEST_INSTALL"):
        return made | {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    lent = str(Path(numpy.__file__).parents[1])  # without the .pth files in it, and so without this tree
    return made | {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PYTHONPATH": lent}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after the archive of homework 8 was unpacked and setup.sh was run."""
    base = tmp_path_factory.mktemp("container") / "autograder"
    (base / "source").mkdir(parents=True)
    archive = base.parent / "autograder.zip"
    with pytest.raises(SystemExit) as ended:
        command(["--course", str(ROOT), "--out", str(archive)])
    assert ended.value.code == 0
    with zipfile.ZipFile(archive) as opened:
        for info in opened.infolist():  # as unzip does, with the permissions, which Python by itself leaves out
            Path(opened.extract(info, base / "source")).chmod(info.external_attr >> 16 & 0o777)
    shutil.copy(base / "source/run_autograder", base)
    setup = [str(base / "source/setup.sh")]
    done = subprocess.run(setup, env=environment(base), cwd=base, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ssm-kernels/b.i" in done.stdout
    return base


Graded = Callable[..., tuple[dict[str, Any], str]]


@pytest.fixture(scope="module")
def graded(built: Path) -> Graded:
    """Hands in and grades: the results that were written, and what was printed for the staff."""

    def grade(fill: Callable[[Path], object], metadata: object = METADATA, **more: str) -> tuple[dict[str, Any], str]:
        shutil.rmtree(built / "submission", ignore_errors=True)
        (built / "submission").mkdir()
        fill(built / "submission")
        (built / "submission_metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
        script = [str(built / "run_autograder")]
        done = subprocess.run(
            script, env=environment(built, **more), cwd=built, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.stderr == ""  # all goes to what Gradescope keeps for the staff
        results = (built / "results/results.json").read_text(encoding="utf-8")
        return checked(json.loads(results)), done.stdout

    return grade


def handing_in(student: str) -> Callable[[Path], object]:
    """The files of one of the example students."""
    path = STUDENTS / student
    return lambda folder: (
        shutil.copytree(path, folder, dirs_exist_ok=True) if path.is_dir() else shutil.copy(path, folder)
    )


def test_the_package_that_grades_is_the_one_in_the_archive(built: Path) -> None:
    """Not the tree that the archive was made from."""
    python = built / "source/.venv/bin/python"
    code = "import grader; print(grader.__file__)"
    done = subprocess.run(
        [str(python), "-c", code], env=environment(built), cwd=built, capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()).is_relative_to(built / "source/.venv")


STUDENTS_TRIED = ("santiago-quillay.md", "leilani-kekoa", "élodie-marchetti")  # a file, two of them, and in other words


@pytest.fixture(scope="module")
def graded_once(graded: Graded) -> Callable[[str], dict[str, Any]]:
    """The results of one of the example students, who hands in once."""
    return cache(lambda student: graded(handing_in(student))[0])


@pytest.mark.parametrize("student", STUDENTS_TRIED)
def test_marks_are_those_of_grade_submissions(
    graded_once: Callable[[str], dict[str, Any]], student: str, shared_folder: Path
) -> None:
    """Part by part: points where there is a mark, and none where there is none."""
    results, class_run = graded_once(student), example_class(shared_folder)
    points = {(problem.id, part.id): part.points for problem in class_run.problems for part in problem.parts}
    expected = [
        None if credit is None else round(float(credit * points[one.claim.problem, one.claim.part]), 4)
        for one in class_run.results
        if one.claim.subject == student.removesuffix(".md")
        for credit in (one.verdict.credit,)
    ]
    assert len(expected) == 36
    assert [test.get("score") for test in results["tests"] if "number" in test] == expected


def test_it_is_late_by_the_due_date_of_gradescope(graded_once: Callable[[str], dict[str, Any]]) -> None:
    """It is told; no point is taken off."""
    results = graded_once(STUDENTS_TRIED[0])
    assert "This was late." in results["output"]
    assert "<script>" not in json.dumps(results)


def hostile(folder: Path) -> None:
    """An archive in which a file unpacks to a gigabyte, links to the keys, a huge file, a name with escapes."""
    (folder / "link.md").symlink_to(folder.parent / "source/course/reference")
    (folder / "host.md").symlink_to("/etc/passwd")
    (folder / "big.md").write_text("x" * 8_000_000, encoding="utf-8")
    (folder / "a\x1b[2J\n.md").write_text("# Problem 3\n\n(c) $\\lambda \\in [1, 4]$\n", encoding="utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a.md", b"0" * 200_000_000)
        bomb.writestr("../../source/course/problems/x.yaml", "id: x\n")
    (folder / "bomb.zip").write_bytes(packed.getvalue())


def test_hostile_files_cost_themselves_alone(graded: Graded, built: Path) -> None:
    """What can be read is marked; nothing is written outside, and nothing of the machine is told."""
    before = sorted(path for path in (built / "source/course").rglob("*") if path.suffix != ".pyc")
    results, said = graded(hostile)
    marked = [(test["number"], test["score"]) for test in results["tests"] if "score" in test]
    assert marked == [("2.5", 4.0)]
    assert "root:" not in json.dumps(results) + said
    assert "\x1b" not in json.dumps(results, ensure_ascii=False) + said
    assert sorted(path for path in (built / "source/course").rglob("*") if path.suffix != ".pyc") == before


def test_nothing_handed_in_has_no_total(graded: Graded) -> None:
    """No file at all: every part is missing, and none is 0."""
    results, _ = graded(lambda folder: None)
    assert "score" not in results


def test_a_failure_of_the_grader_is_told_by_grade(graded: Graded) -> None:
    """Metadata that name nobody."""
    results, said = graded(handing_in("amara-okonjo"), {"users": []})
    assert results["extra_data"]["failed"] == ["layout-metadata"]
    assert "layout-metadata" in said


@pytest.mark.parametrize("seconds", ["0.01", "0.3"])
def test_a_run_that_takes_too_long_is_a_failure(graded: Graded, seconds: str) -> None:
    """Before Gradescope ends it, which would be a 0."""
    results, said = graded(handing_in("amara-okonjo"), GRADE_AUTOGRADER_SECONDS=seconds)
    assert results["extra_data"]["failed"] == ["unknown"]
    assert "grade ended with 124" in said


def test_a_grader_that_is_not_there_is_a_failure(graded: Graded, built: Path) -> None:
    """The script itself says so, and leaves no results of an earlier run."""
    program = built / "source/.venv/bin/grade"
    program.rename(program.with_name("gone"))
    try:
        results, _ = graded(handing_in("amara-okonjo"))
    finally:
        program.with_name("gone").rename(program)
    assert results["extra_data"]["failed"] == ["unknown"]
