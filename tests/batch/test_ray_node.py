"""A machine of a cluster says what keeps it from grading: other versions, an input or a folder that it does not see."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from grader.batch.ray_node import MOST_LOOKED_AT, Misfit, Place, look, place_of, sight_of


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Of a run over a folder with one file, named as from the folder of the command."""
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks/one.md").write_text("User: Hello\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return place_of(Path("talks"), Path("out/.grade"))


def said(place: Place) -> tuple[str, bool]:
    """What a machine of the name n1 says, and whether it is about files."""
    found = look(place, "n1")
    assert isinstance(found, Misfit)
    assert found.node == "n1"
    return found.says, found.storage


def test_a_machine_that_sees_all_fits(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It fits from any folder, and is then in that of the command; nothing is left of its trial."""
    monkeypatch.chdir("/")
    assert look(place, "n1") is None
    assert Path.cwd() == tmp_path
    assert [one.name for one in place.work.iterdir()] == ["cluster"]


def test_other_versions_are_told(place: Place) -> None:
    """Each version that differs, here and there."""
    other = replace(place, environment={**place.environment, "numpy": "0.1"})
    assert said(other) == (f"it has numpy {place.environment['numpy']}, not 0.1", False)


def test_an_input_that_is_not_seen_is_told(place: Place, tmp_path: Path) -> None:
    """It is not there, or of the same name only: another file, or the same file of another time."""
    os.utime(tmp_path / "talks/one.md", (1, 1))
    assert said(place) == ("it sees other files at talks than the machine of the command", True)
    (tmp_path / "talks").rename(tmp_path / "gone")
    assert said(place) == ("it cannot see the input talks: No such file or directory", True)
    gone = replace(place, folder=tmp_path / "gone too")
    assert said(gone)[0].startswith(f"it cannot see {tmp_path}/gone too, where the command runs: ")


def test_a_folder_of_results_that_is_not_shared_is_told(place: Place) -> None:
    """It is not there, or another one is at its place."""
    assert said(replace(place, mark="another"))[0].startswith(f"it sees another folder at {place.work} ")
    (place.work / "cluster").unlink()
    says, storage = said(place)
    assert says == f"it cannot write into {place.work}: No such file or directory"
    assert storage


def test_a_list_is_known_by_its_files_too(tmp_path: Path) -> None:
    """A machine that sees the list, and not the files in it, sees another input."""
    (tmp_path / "one.md").touch()
    (tmp_path / "inputs.list").write_text("one.md\n", encoding="utf-8")
    before = sight_of(tmp_path / "inputs.list")
    (tmp_path / "one.md").unlink()
    assert sight_of(tmp_path / "inputs.list") != before


def test_a_large_folder_is_known_by_its_first_entries(tmp_path: Path) -> None:
    """More than a thousand files are not looked at on each machine."""
    for number in range(MOST_LOOKED_AT + 1):
        (tmp_path / f"{number:05}").touch()
    before = sight_of(tmp_path)
    (tmp_path / f"{MOST_LOOKED_AT:05}").write_text("more", encoding="ascii")
    assert sight_of(tmp_path) == before
    (tmp_path / "00000").write_text("more", encoding="ascii")
    assert sight_of(tmp_path) != before
