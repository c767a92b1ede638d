"""The container file says what it is to say, and what it copies is enough to install the package.

No image is built here, for that takes a container runtime and a network: the file is read, and its installation is
tried in a folder that holds what the image would hold.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def instructions() -> list[tuple[str, str]]:
    """The instructions of the file, each with its arguments on one line."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


def of(name: str) -> list[str]:
    """The arguments of each instruction of a name."""
    return [rest for word, rest in instructions() if word == name]


def copied() -> list[Path]:
    """What is copied from this repository."""
    sources = (shlex.split(one)[:-1] for one in of("COPY") if not one.startswith("--from"))
    return [ROOT / name for names in sources for name in names]


def test_it_uses_no_other_instructions() -> None:
    """Nothing is downloaded by ADD, and nothing runs in a shell of its own."""
    assert {word for word, _ in instructions()} <= {
        "FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "ENTRYPOINT", "CMD",
    }  # fmt: skip


def test_base_images_are_pinned() -> None:
    """By registry, name and whole version, and both stages are of the same, so that the environment fits."""
    bases = [one.split(" ")[0] for one in of("FROM")]
    assert len(set(bases)) == 1
    assert re.fullmatch(r"docker\.io/library/python:3\.\d+\.\d+-slim-[a-z]+", bases[0])
    minor = tuple(map(int, bases[0].partition(":")[2].partition("-")[0].split(".")[:2]))
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["classifiers"]
    assert f"Programming Language :: Python :: {minor[0]}.{minor[1]}" in classifiers


def test_what_is_copied_is_there_and_not_ignored() -> None:
    """Every source exists, and .dockerignore lets it through and nothing else."""
    assert all(path.exists() for path in copied())
    rules = [
        one for one in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if not one.startswith("#")
    ]
    assert rules[0] == "*"
    assert sorted(one.removeprefix("!") for one in rules if one.startswith("!")) == sorted(p.name for p in copied())
    assert any(fnmatch("grader/__pycache__", rule.replace("**/", "*")) for rule in rules[1:])


def test_it_installs_as_the_readme_does() -> None:
    """The same commands, so that what is documented is what the image has."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (install,) = re.findall(r"## Install\n\n```console\n\$ (.+)\n", readme)
    assert install in of("RUN")


def test_it_runs_as_nobody_in_particular() -> None:
    """A number that is no root, which a platform can check; the program is the entry point; it starts in the course."""
    assert [one for one in instructions() if one[0] in ("USER", "ENTRYPOINT", "CMD")] == [
        ("USER", "10001:10001"),
        ("ENTRYPOINT", '["grade"]'),
        ("CMD", '["--help"]'),
    ]
    assert "--uid 10001" in " ".join(of("RUN"))
    assert of("WORKDIR")[-1] == "/course"
    assert re.search(r"install -d -o grade -g grade /course /out$", of("RUN")[-1])
    (kept,) = (one for one in of("COPY") if one.startswith("--from=build"))
    environment = kept.split(" ")[-1]
    assert f"PATH={environment}/bin:" in of("ENV")[-1]
    assert environment == f"{of('WORKDIR')[0]}/.venv"


def test_what_is_copied_is_enough_to_install(tmp_path: Path) -> None:
    """A wheel is built from these files alone, and holds every file of the package."""
    for path in copied():
        if path.is_dir():
            shutil.copytree(path, tmp_path / path.name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copy(path, tmp_path)
    build = [sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--quiet", "--wheel-dir", "made"]
    done = subprocess.run(build, cwd=tmp_path, capture_output=True, text=True, check=False)
    if re.search(r"No matching distribution found for setuptools|Temporary failure|Connection", done.stderr):
        pytest.skip("setuptools, which builds the wheel, cannot be downloaded here")
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "made").glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("grader/")}
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "grader").rglob("*") if path.is_file()}
    assert names == {name for name in files if "__pycache__" not in name}
