"""`grade autograder`: what stands in the archive, and what its command makes of a submission."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from command_line import Done, grade_here
from gradescope_contract import checked, told

import grader

GOOD = "# Problem 1\n\n(a) y = [1, 2, 3, 4]\n\n(b) 1\n\n# Problem 2\n\n(a) 0 <= c < 4\n\n(b) B\n"
USER = {"email": "ada@example.org", "id": 1, "name": "Ada Lovelace"}
METADATA = {"created_at": "2026-10-02T09:00:00Z", "assignment": {"title": "<b>1</b>"}, "users": [USER]}


def made(course: Path, *options: str) -> zipfile.ZipFile:
    """The archive of a course."""
    done = grade_here("autograder", "--course", course, "--out", "a.zip", *options, cwd=course.parent)
    assert done.code == 0, done.err
    return zipfile.ZipFile(course.parent / "a.zip")


def container(root: Path, **files: str) -> Path:
    """The folder of a container with these files handed in."""
    base = root / "autograder"
    for name, text in files.items():
        path = base / "submission" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    base.mkdir(exist_ok=True)
    (base / "submission_metadata.json").write_text(json.dumps(METADATA), encoding="utf-8")
    return base


def run(base: Path, course: Path, *options: str) -> tuple[Done, dict[str, Any]]:
    """Grade the submission of a container; the command, and the results that it wrote."""
    done = grade_here("autograder", "run", base, "--course", course, *options)
    return done, checked(json.loads((base / "results/results.json").read_text(encoding="utf-8")))


def test_the_archive_holds_what_gradescope_asks_and_nothing_of_the_class(course: Path) -> None:
    """Two scripts that can be run at its top, the package, the course; no submission, no result, no cache."""
    (course / "out").mkdir()
    (course / "out/grades.csv").write_text("ada,10\n", encoding="utf-8")
    (course / "reference/table.csv").write_text("1,2\n", encoding="utf-8")
    (course / "reference/secret").symlink_to("/etc/hostname")
    archive = made(course)
    assert archive.namelist() == sorted(archive.namelist())
    assert set(archive.namelist()) == {
        "course/grade.toml",
        "course/problems/damping.yaml",
        "course/problems/moving-average.yaml",
        "course/reference/__init__.py",
        "course/reference/damping.py",
        "course/reference/moving_average.py",
        "course/reference/table.csv",
        "failed.json",
        "package/constraints.txt",
        f"package/grade-{grader.__version__}-py3-none-any.whl",
        "run_autograder",
        "setup.sh",
    }
    modes = {name: archive.getinfo(name).external_attr >> 16 & 0o777 for name in archive.namelist()}
    assert {name for name, mode in modes.items() if mode & 0o111} == {"run_autograder", "setup.sh"}
    assert archive.read("run_autograder").startswith(b"#!/usr/bin/env bash\n")
    checked(json.loads(archive.read("failed.json")))


def test_the_archive_has_the_same_bytes_each_time(course: Path) -> None:
    """Equal files make equal archives, so that a new upload is a change."""
    made(course)
    first = (course.parent / "a.zip").read_bytes()
    made(course)
    assert (course.parent / "a.zip").read_bytes() == first


def test_the_wheel_is_this_package_whole(course: Path) -> None:
    """Every file of the package stands in it with its digest, and its needs are those of the installed one."""
    archive = made(course)
    name = next(name for name in archive.namelist() if name.endswith(".whl"))
    wheel = zipfile.ZipFile(io.BytesIO(archive.read(name)))
    package = Path(grader.__file__).parent
    files = {
        f"grader/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    info = f"grade-{grader.__version__}.dist-info"
    assert set(wheel.namelist()) == files | {
        f"{info}/{one}" for one in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")
    }
    rows = list(csv.reader(io.StringIO(wheel.read(f"{info}/RECORD").decode())))
    assert {row[0] for row in rows} == set(wheel.namelist())
    metadata = wheel.read(f"{info}/METADATA").decode()
    assert f"Version: {grader.__version__}\n" in metadata
    assert "Requires-Dist: sympy" in metadata
    assert "extra ==" not in metadata
    pins = archive.read("package/constraints.txt").decode().splitlines()
    assert all(pin.count("==") == 1 for pin in pins)
    assert {"sympy", "mpmath", "werkzeug"} <= {pin.partition("==")[0] for pin in pins}


def test_the_problems_stand_in_the_script(course: Path) -> None:
    """Those that are asked, by their ids: those of the options, else those that the course assigns."""
    assert b"--problems moving-average --problems damping --visibility visible" in made(course).read("run_autograder")
    script = made(course, "--problems", "damp*", "--release-expected", "--visibility", "after_published")
    assert b"--problems damping --visibility after_published --release-expected 2>&1" in script.read("run_autograder")


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--problems", "nothing"), 5, "problems-none"),
        (("--out", "no/a.zip/b"), 2, "out-write"),
        (("--out", "/"), 2, ""),
    ],
)
def test_what_cannot_be_made_is_told(course: Path, options: tuple[str, ...], code: int, says: str) -> None:
    """Wrong names and places end with an error and leave no archive."""
    (course / "no").mkdir()
    (course / "no/a.zip").write_text("x", encoding="utf-8")
    done = grade_here("autograder", *options, cwd=course)
    assert (done.code, says in done.err) == (code, True), done.err
    assert not (course / "autograder.zip").exists()


def test_a_course_with_a_broken_spec_is_refused(course: Path) -> None:
    """Also where that problem is not asked: the image would not be built."""
    (course / "problems/damping.yaml").write_text("id: damping\n", encoding="utf-8")
    done = grade_here("autograder", "--problems", "moving-average", cwd=course)
    assert done.code == 3
    assert "autograder-course" in done.err


def test_own_numbers_ask_for_a_roster(course: Path) -> None:
    """Without one the numbers would come from an address that the papers were not made with."""
    with (course / "grade.toml").open("a", encoding="utf-8") as stream:
        stream.write("\nown_numbers = true\n")
    assert "autograder-own-numbers" in grade_here("autograder", cwd=course).err
    (course / "roster.csv").write_text("id,email\n1001,ada@example.org\n", encoding="utf-8")
    assert "autograder-own-numbers" not in grade_here("autograder", cwd=course).err
    assert "course/roster.csv" in zipfile.ZipFile(course / "autograder.zip").namelist()


def test_this_program_is_not_taken_from_an_index(course: Path) -> None:
    """A line of requirements.txt that names it is left out: on PyPI the name is another project's."""
    kept = "# more\nscipy>=1.11\ngrade-school\n"
    for line in ("grade", "grade>=0.5", "grade @ git+https://example.org/grade", " grade[inspect]==1 # x"):
        (course / "requirements.txt").write_text(f"{line}\n{kept}", encoding="utf-8")
        assert made(course).read("course/requirements.txt").decode() == kept


def test_a_submission_is_graded(course: Path, tmp_path: Path) -> None:
    """Every part right: all points, nothing open, the total is shown."""
    done, results = run(container(tmp_path, **{"hw.md": GOOD}), course)
    assert done.code == 0, done.err
    assert (results["score"], results["extra_data"]["possible"]) == (10.0, 10.0)
    assert [test["status"] for test in results["tests"]] == ["passed"] * 4
    assert results["extra_data"]["subject"] == "ada@example.org"


def test_a_heading_adds_no_problem_and_no_points(course: Path, tmp_path: Path) -> None:
    """A text that answers what was not asked is not graded on it, as `grade submissions` would."""
    _, results = run(container(tmp_path, **{"hw.md": GOOD}), course, "--problems", "damping")
    assert [test["number"] for test in results["tests"]] == ["1.1", "1.2"]
    assert results["score"] == 4.0


def test_an_id_that_is_a_folder_too_names_one_problem(course: Path, tmp_path: Path) -> None:
    """The archive names problems by id, and a folder of that name adds nothing."""
    folder = course / "problems/damping"
    folder.mkdir()
    (course / "problems/moving-average.yaml").rename(folder / "moving-average.yaml")
    archive = made(course, "--problems", "moving-average")
    assert b"--problems moving-average --vis" in archive.read("run_autograder")
    _, results = run(container(tmp_path, **{"hw.md": GOOD}), course, "--problems", "moving-average")
    assert results["score"] == 6.0


def test_what_is_open_is_no_mark(course: Path, tmp_path: Path) -> None:
    """A missing part and two answers at once: the total is of the rest, and hidden."""
    text = "# Problem 1\n\n(a) y = [1, 2, 3, 4]\n\n(b) Either 1 or 2.\n\n# Problem 2\n\n(b) B\n"
    done, results = run(container(tmp_path, **{"hw.md": text}), course)
    assert done.code == 0, done.err
    assert results["score"] == 5.0
    assert results["extra_data"]["open"] == ["moving-average/b", "damping/a"]
    assert "not marked as 0" in results["tests"][-1]["output"]


def test_nothing_that_can_be_read_is_no_mark(course: Path, tmp_path: Path) -> None:
    """A picture: every part waits, and there is no total."""
    base = container(tmp_path, **{"photo.heic": "x"})
    done, results = run(base, course)
    assert done.code == 4
    assert "score" not in results
    assert "not a kind of file" in done.err


def test_metadata_that_cannot_be_used_are_a_failure(course: Path, tmp_path: Path) -> None:
    """The results say so to student and staff, and hold no mark."""
    base = container(tmp_path, **{"hw.md": GOOD})
    (base / "submission_metadata.json").write_text("{", encoding="utf-8")
    done, results = run(base, course)
    assert done.code == 4
    assert results["extra_data"]["failed"] == ["layout-metadata"]
    assert "not your doing" in results["output"]


def test_marks_that_people_gave_reach_gradescope(course: Path, tmp_path: Path) -> None:
    """Decided on an export of the same submission, by the roster's ids; the archive carries them."""
    text = "# Problem 1\n\n(a) y = [1, 2, 3, 4]\n\n(b) Either 1 or 2.\n\n# Problem 2\n\n(a) 0 <= c < 4\n\n(b) B\n"
    (course / "roster.csv").write_text("id,name,email\n1001,Ada Lovelace,ada@example.org\n", encoding="utf-8")
    export = course / "export"
    (export / "submission_1").mkdir(parents=True)
    (export / "submission_1/hw.md").write_text(text, encoding="utf-8")
    (export / "submission_metadata.yml").write_text(
        "submission_1:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '77'\n    :email: ada@example.org\n",
        encoding="utf-8",
    )
    assert grade_here("submissions", "export", cwd=course).code == 0
    decide = ("--decide", "1001", "moving-average/b", "50 %", "--why", "the first is right", "--comment", "Say which.")
    done = grade_here("review", "out", "--by", "S", *decide, cwd=course)
    assert done.code == 0, done.err
    archive = made(course, "--decisions", str(course / "out/decisions.jsonl"))
    assert b'--decisions "$source/decisions.jsonl"' in archive.read("run_autograder")
    assert archive.read("decisions.jsonl") == (course / "out/decisions.jsonl").read_bytes()
    base = container(tmp_path, **{"hw.md": text})
    _, before = run(base, course)
    done, after = run(base, course, "--decisions", str(course / "out/decisions.jsonl"))
    assert done.code == 0, done.err
    assert (before["score"], after["score"]) == (8.0, 9.0)
    assert after["extra_data"]["open"] == []
    assert "Say which." in told(after)
    assert "the first is right" not in told(after)
