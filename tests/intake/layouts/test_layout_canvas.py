"""What Canvas exports: whose files are whose by the names that Canvas builds."""

from __future__ import annotations

from pathlib import Path

import pytest
from handed_in import codes, files, folder, of, packed, shown, zipped

from grader.diagnostics import InputError
from grader.intake.handins.submissions import read_submissions
from grader.specs import Settings


def test_an_archive_is_read_by_the_names_in_it(tmp_path: Path) -> None:
    """Name, number of the user, number of the file; files of one user are one hand-in."""
    path = zipped(
        tmp_path / "export.zip",
        "lovelaceada_1001_50001_hw.md",
        "noetheremmy_1002_50002_part one.md",
        "noetheremmy_1002_50003_part two.tex",
    )
    found = read_submissions(path)
    assert found.layout == "canvas"
    assert files(found) == {
        "lovelaceada (1001)": ["lovelaceada_1001_50001_hw.md"],
        "noetheremmy (1002)": ["noetheremmy_1002_50002_part one.md", "noetheremmy_1002_50003_part two.tex"],
    }
    assert shown(found.submissions[0], tmp_path) == ["export.zip/lovelaceada_1001_50001_hw.md"]


def test_the_unpacked_folder_is_the_same(tmp_path: Path) -> None:
    """Whether or not it was unpacked, and in whatever folder."""
    names = ("lovelaceada_1001_50001_hw.md", "noetheremmy_LATE_1002_50002_hw.md")
    unpacked = read_submissions(folder(tmp_path / "homework", *names))
    archive = read_submissions(zipped(tmp_path / "hw.zip", *names))
    wrapped = read_submissions(zipped(tmp_path / "again.zip", *(f"homework/{name}" for name in names)))
    for one in (archive, wrapped):
        assert files(one) == files(unpacked)
        assert [s.delivery for s in one.submissions] == [s.delivery for s in unpacked.submissions]


def test_late_is_what_canvas_marked(tmp_path: Path) -> None:
    """Older versions write it in small letters; a student called Late is not late."""
    names = ("adamsa_LATE_1_50_x.md", "bellb_late_2_51_x.md", "late_3_52_x.md", "cohnc_4_53_late_x.md")
    found = read_submissions(folder(tmp_path, *names))
    late = {one.subject: one.delivery.late for one in found.submissions}
    assert late == {"adamsa (1)": True, "bellb (2)": True, "late (3)": False, "cohnc (4)": False}


def test_anonymous_submissions_have_only_a_code(tmp_path: Path) -> None:
    """Where marking is anonymous."""
    found = read_submissions(folder(tmp_path, "anon_Qx7aB_50_hw.md", "LATE_anon_k9Zzz_51_hw.md"))
    assert files(found) == {"anon_Qx7aB": ["anon_Qx7aB_50_hw.md"], "anon_k9Zzz": ["LATE_anon_k9Zzz_51_hw.md"]}
    assert of(found, "anon_k9Zzz").delivery.late is True


def test_typed_text_is_a_page(tmp_path: Path) -> None:
    """Text typed into Canvas has no number of a file."""
    found = read_submissions(folder(tmp_path, "adamsa_17_text.html", "bellb_LATE_18_link.html"))
    assert files(found) == {"adamsa (17)": ["adamsa_17_text.html"], "bellb (18)": ["bellb_LATE_18_link.html"]}


@pytest.mark.parametrize(
    ("policy", "graded", "attempt"),
    [("last", "ada_1_52_hw-2.md", 3), ("first", "ada_1_50_hw.md", 1)],
)
def test_a_file_handed_in_again_is_another_attempt(tmp_path: Path, policy: str, graded: str, attempt: int) -> None:
    """``hw.md``, ``hw-1.md``, ``hw-2.md``: one of them counts, the others are told; other files go with each."""
    names = ("ada_1_50_hw.md", "ada_1_51_hw-1.md", "ada_1_52_hw-2.md", "ada_1_50_notes.md")
    (only,) = read_submissions(folder(tmp_path, *names), Settings(attempts=policy)).submissions
    assert {f.name for f in only.files} == {graded, "ada_1_50_notes.md"}
    assert (only.delivery.attempt, only.delivery.of, len(only.delivery.others)) == (attempt, 3, 2)


def test_a_number_alone_is_no_attempt(tmp_path: Path) -> None:
    """``part-2.md`` without ``part.md`` is what the student called the file."""
    (only,) = read_submissions(folder(tmp_path, "ada_1_50_part-1.md", "ada_1_51_part-2.md")).submissions
    assert (len(only.files), only.delivery.of) == (2, 1)


def test_two_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    """They differ by Canvas's own number."""
    (only,) = read_submissions(folder(tmp_path, "ada_1_50_hw.md", "ada_1_51_hw.md")).submissions
    assert len(only.files) == 2


def test_a_students_own_archive_is_opened(tmp_path: Path) -> None:
    """Also inside the archive of the class; README is no answer, whoever's."""
    own = packed("hw/one.md", "hw/two.md", "hw/README.md", "__MACOSX/hw/._one.md")
    path = zipped(tmp_path / "all.zip", "bellb_2_51_hw.md", "bellb_2_52_README.md", more={"adamsa_1_50_hw.zip": own})
    found = read_submissions(path)
    assert shown(of(found, "adamsa (1)"), tmp_path) == [
        "all.zip/adamsa_1_50_hw.zip/hw/one.md",
        "all.zip/adamsa_1_50_hw.zip/hw/two.md",
    ]
    assert codes(found) == {"adamsa (1)": ["input-not-graded"], "bellb (2)": ["input-not-graded"]}


def test_one_name_that_does_not_fit_makes_it_ambiguous(tmp_path: Path) -> None:
    """With the name, the candidates and the option; with the option it is told and not graded. README does no harm."""
    root = folder(tmp_path, "adamsa_1_50_hw.md", "bellb_2_51_hw.md", "README.md", "notes.md")
    with pytest.raises(InputError) as caught:
        read_submissions(root)
    said = str(caught.value)
    assert caught.value.diagnostics[0].code == "layout-ambiguous"
    assert "2 of 3 names" in said
    assert "'notes.md' is not" in said
    assert "--layout canvas" in said
    found = read_submissions(root, layout="canvas")
    assert codes(found) == {"": ["layout-stray", "input-not-graded"]}
    assert list(files(found)) == ["adamsa (1)", "bellb (2)"]


def test_letters_of_all_scripts_stay(tmp_path: Path) -> None:
    """Canvas keeps letters of every script in its names, and a file may be called anything."""
    names = ("gaußcarl_1_50_домашка.md", "李明_2_51_作业 1.md", "élisaéric_3_52_a\nb.md")
    assert list(files(read_submissions(folder(tmp_path, *names)))) == ["gaußcarl (1)", "élisaéric (3)", "李明 (2)"]
