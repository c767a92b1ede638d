"""The pins for applications lie within the ranges for the library, and are whole."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]


def pins(name: str) -> dict[str, Version]:
    """The versions of a file of pins, by canonical name; each line is a pin or a remark."""
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    wanted = [line.partition("==") for line in lines if line and not line.startswith("#")]
    assert all(sign == "==" for _, sign, _ in wanted)
    return {canonicalize_name(package): Version(version) for package, _, version in wanted}


def ranges(name: str) -> list[Requirement]:
    """What pyproject.toml asks for, an extra within an extra in its place."""
    found = [Requirement(line) for line in PROJECT["dependencies"]]
    for line in EXTRAS["test"] if name == "test.txt" else ():
        one = Requirement(line)
        own = canonicalize_name(one.name) == "grade"
        found += [Requirement(x) for extra in one.extras for x in EXTRAS[extra]] if own else [one]
    return found


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_every_range_accepts_its_pin(name: str) -> None:
    """And each requirement has one."""
    pinned = pins(name)
    assert [str(one) for one in ranges(name) if canonicalize_name(one.name) not in pinned] == []
    refused = [one for one in ranges(name) if not one.specifier.contains(pinned[canonicalize_name(one.name)])]
    assert refused == []


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_what_pinned_packages_need_is_pinned(name: str) -> None:
    """As far as they are installed here: no version is left to the day on which somebody installs."""
    pinned = pins(name)
    lacking = set()
    for package in pinned:
        try:
            needed = [Requirement(line) for line in metadata.distribution(package).requires or ()]
        except metadata.PackageNotFoundError:
            continue
        wanted = [one for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
        lacking |= {canonicalize_name(one.name) for one in wanted} - pinned.keys()
    assert lacking == set()


def test_both_files_agree() -> None:
    """What is run is what is tested."""
    run, test = pins("run.txt"), pins("test.txt")
    assert {name: version for name, version in run.items() if test.get(name) != version} == {}


def test_every_requirement_has_a_lower_bound_and_a_reason_for_an_upper_one() -> None:
    """Upper bounds are explained on the page of decisions."""
    (page,) = (ROOT / "docs/decisions").glob("*-ranges-for-the-library*.md")
    text = page.read_text(encoding="utf-8")
    for line in PROJECT["dependencies"]:
        one = Requirement(line)
        assert ">=" in str(one.specifier), line
        if "<" in re.sub(">=|<=", "", str(one.specifier)):
            assert f"`{one.name}`" in text, f"{line}: no reason for the upper bound"
