"""What Moodle exports: folders or files by full name and participant."""

from __future__ import annotations

from pathlib import Path

import pytest
from handed_in import codes, files, folder, of, zipped

from grader.diagnostics import InputError
from grader.intake.handins.submissions import read_submissions


def test_a_folder_a_participant(tmp_path: Path) -> None:
    """As Moodle writes them since 3.1, with and without the last underscore."""
    path = zipped(
        tmp_path / "MAT-1-HW 2-771.zip",
        "Ada Lovelace_1327627_assignsubmission_file_/hw.md",
        "Ada Lovelace_1327627_assignsubmission_file_/more/extra.tex",
        "Emmy Noether_1327631_assignsubmission_file/hw.md",
    )
    found = read_submissions(path)
    assert found.layout == "moodle"
    assert files(found) == {
        "Ada Lovelace (1327627)": ["hw.md", "extra.tex"],
        "Emmy Noether (1327631)": ["hw.md"],
    }
    assert of(found, "Ada Lovelace (1327627)").delivery.people[0].name == "Ada Lovelace"


def test_files_side_by_side(tmp_path: Path) -> None:
    """The older way, and the way without folders: the name of the file follows."""
    names = ("Ada Lovelace_12_assignsubmission_file_hw 1.md", "Ada Lovelace_12_assignsubmission_file_b.md",
             "Emmy Noether_13_assignsubmission_file_hw.md")  # fmt: skip
    found = read_submissions(folder(tmp_path, *names))
    assert {name: len(own) for name, own in files(found).items()} == {"Ada Lovelace (12)": 2, "Emmy Noether (13)": 1}


def test_typed_text_goes_with_the_files(tmp_path: Path) -> None:
    """What was typed on the page is a file of its own beside them."""
    root = folder(
        tmp_path,
        "Ada Lovelace_12_assignsubmission_file_/hw.md",
        "Ada Lovelace_12_assignsubmission_onlinetext_/onlinetext.html",
        "Emmy Noether_13_assignsubmission_onlinetext_onlinetext.html",
    )
    assert files(read_submissions(root)) == {
        "Ada Lovelace (12)": ["hw.md", "onlinetext.html"],
        "Emmy Noether (13)": ["Emmy Noether_13_assignsubmission_onlinetext_onlinetext.html"],
    }


def test_two_of_one_name_and_blind_marking_are_told_apart(tmp_path: Path) -> None:
    """By the number of the participant; groups hand in under their own name, one without number."""
    root = folder(
        tmp_path,
        "Kim Lee_7_assignsubmission_file_/hw.md",
        "Kim Lee_8_assignsubmission_file_/hw.md",
        "Participant_9_assignsubmission_file_/hw.md",
        "Group 1_77_assignsubmission_file_/hw.md",
        "Default group_assignsubmission_file_/hw.md",
    )
    assert list(files(read_submissions(root))) == [
        "Default group",
        "Group 1 (77)",
        "Kim Lee (7)",
        "Kim Lee (8)",
        "Participant (9)",
    ]


def test_an_empty_folder_is_a_hand_in_without_files(tmp_path: Path) -> None:
    """It is listed, so that a person sees it."""
    root = folder(tmp_path, "Ada Lovelace_12_assignsubmission_file_/hw.md", "Kim Lee_8_assignsubmission_file_/")
    found = read_submissions(root)
    assert files(found) == {"Ada Lovelace (12)": ["hw.md"], "Kim Lee (8)": []}
    assert codes(found) == {"Kim Lee (8)": ["input-format"]}


def test_a_folder_of_another_kind_makes_it_ambiguous(tmp_path: Path) -> None:
    """Named in the message; with the option its files are told and not graded."""
    root = folder(tmp_path, "Ada Lovelace_12_assignsubmission_file_/hw.md", "solutions/hw.md")
    with pytest.raises(InputError, match="'solutions' is not"):
        read_submissions(root)
    assert codes(read_submissions(root, layout="moodle")) == {"": ["layout-stray"]}
