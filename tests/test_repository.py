"""Promises about the repository itself: one version, complete packages, readable files, no local paths."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import grader

ROOT = Path(__file__).parents[1]
CODE = ("grader", "reference", "tests", "benchmarks")
MOST_LINES = 400

# Folders of somebody's machine; the character classes keep the line from matching itself.
LOCAL_PATH = re.compile(r"(?<![\w.:/<])/(?:hom[e]|User[s]|roo[t]|wor[k]|tm[p]|mn[t])/\w|[A-Z]:\\User[s]\\")


def project_file() -> dict[str, object]:
    """The parsed pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def kept_files() -> list[Path]:
    """Files that are, or would be, under version control; skips the test outside a checkout."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout, or git is not installed")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def code_files() -> list[Path]:
    """Every Python file of the project."""
    found = [path for folder in CODE for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(found) > 10
    return found


def local_paths(text: str) -> list[int]:
    """Lines of ``text``, from 1, that name a folder of somebody's machine."""
    return [n for n, line in enumerate(text.splitlines(), 1) if LOCAL_PATH.search(line)]


def test_the_version_is_the_same_everywhere() -> None:
    """The package and pyproject.toml agree on the version, and the changelog has a section for it."""
    project = project_file()["project"]
    assert isinstance(project, dict)
    assert grader.__version__ == project["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(grader.__version__)}\]", changelog, re.MULTILINE)


def test_the_wheel_takes_every_file_of_the_package() -> None:
    """Templates, style sheets and py.typed are all matched by a package-data pattern of pyproject.toml."""
    tool = project_file()["tool"]
    assert isinstance(tool, dict)
    patterns = tool["setuptools"]["package-data"]["grader"]
    taken = {path for pattern in patterns for path in (ROOT / "grader").glob(pattern)}
    data = {
        path
        for path in (ROOT / "grader").rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc") and "__pycache__" not in path.parts
    }
    assert ROOT / "grader/py.typed" in taken
    assert sorted(map(str, data - taken)) == []


def test_every_folder_of_modules_is_a_package() -> None:
    """The wheel takes packages only, so each folder of grader that holds modules has an __init__.py."""
    folders = {path.parent for path in (ROOT / "grader").rglob("*.py")}
    course = ROOT / "grader/commands/course"  # what `grade init` copies; data, not a package
    lacking = [str(f) for f in folders if not (f / "__init__.py").is_file() and not f.is_relative_to(course)]
    assert lacking == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    """What is under version control works wherever it is checked out."""
    found = []
    for path in kept_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # damaged text is an example of its own; pictures and PDFs have no paths to follow
        found += [f"{path.relative_to(ROOT)}:{line}" for line in local_paths(text)]
    assert found == []


@pytest.mark.parametrize("path", ["/hom@e/ada/x", "see /wor@k/main", "'/tm@p/a'", "C:\\User@s\\ada", "=/roo@t/b"])
def test_a_local_path_is_noticed(path: str) -> None:
    """Home folders and scratch folders count as local, on three systems."""
    assert local_paths(f"first line\n{path.replace('@', '')}") == [2]


@pytest.mark.parametrize(
    "text", ["https://example.org/hom@e/page", "/usr/bin/env", "the wor@k/depth model", "out/tm@p/a"]
)
def test_other_paths_are_left_alone(text: str) -> None:
    """Addresses, system commands and relative paths are no local paths."""
    assert local_paths(text.replace("@", "")) == []


def test_every_module_says_what_it_is() -> None:
    """Each Python file begins with a docstring, apart from empty __init__ files."""
    silent = []
    for path in code_files():
        text = path.read_text(encoding="utf-8")
        if text.strip() and not ast.get_docstring(ast.parse(text)):
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


def test_test_modules_have_names_of_their_own() -> None:
    """They are imported by their names alone, so that a second one of the same name would not be collected."""
    counted = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, number in counted.items() if number > 1] == []


def test_no_module_outgrows_its_reader() -> None:
    """A Python file has at most 400 lines; a longer one does more than one thing."""
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in code_files()}
    assert [f"{p.relative_to(ROOT)}: {n}" for p, n in sizes.items() if n > MOST_LINES] == []


def test_continuous_integration_runs_the_tests_of_the_makefile() -> None:
    """.ci/run can be executed and ends in `make test`, as does the workflow."""
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")
    assert "run: make test" in (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["demo", "test", "lint", "types", "bench", "clean"])
def test_the_makefile_has_the_promised_targets(target: str) -> None:
    """`make -n TARGET` knows what to do for each documented target."""
    command = ["make", "-n", target]
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    try:
        done = subprocess.run(command, cwd=ROOT, env=outside, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("make is not installed")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
