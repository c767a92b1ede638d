"""Folders and files a student, in a folder or in an archive; and what no layout can tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from handed_in import codes, files, folder, packed, shown, zipped

from grader.diagnostics import InputError
from grader.intake.handins.submissions import read_submissions
from grader.intake.layouts import layouts


def test_an_archive_is_read_like_its_folder(tmp_path: Path) -> None:
    """Folders and files beside them, in natural order, with names that say where they stand."""
    names = ("ada/p10.md", "ada/p2.md", "ada/deep/p1.tex", "emil.md")
    found = read_submissions(zipped(tmp_path / "class.zip", *names))
    assert found.layout == "plain"
    assert {name: sorted(own) for name, own in files(found).items()} == {
        name: sorted(own) for name, own in files(read_submissions(folder(tmp_path / "class", *names))).items()
    }
    assert shown(found.submissions[1], tmp_path) == ["class.zip/emil.md"]


@pytest.mark.parametrize("name", ["hw.zip", "HW (1).zip", "hw-2.zip"])
def test_the_folder_that_was_packed_is_no_student(tmp_path: Path, name: str) -> None:
    """As the file managers of all systems pack a folder, also when it was downloaded again."""
    found = read_submissions(zipped(tmp_path / name, "hw/ada/p.md", "hw/emil/p.md", "__MACOSX/hw/._x"))
    assert files(found) == {"ada": ["p.md"], "emil": ["p.md"]}


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("handins/ada/p.md", "handins/emil/p.md"), "one folder, 'handins'"),
        (("ada.md", "emil.md"), "files only"),
        (("hw/ada.md", "hw/emil.md"), "files only"),
    ],
)
def test_an_archive_of_a_class_or_of_a_student_is_a_question(tmp_path: Path, names: tuple[str, ...], why: str) -> None:
    """Files p1 and p2 may be two students or two problems: the person says, and nothing is graded until then."""
    path = zipped(tmp_path / "hw.zip", *names)
    with pytest.raises(InputError) as caught:
        read_submissions(path)
    assert caught.value.diagnostics[0].code == "layout-ambiguous"
    assert why in str(caught.value)
    assert "--layout plain" in str(caught.value)
    assert read_submissions(path, layout="plain").layout == "plain"


def test_a_students_archive_is_a_file_of_theirs(tmp_path: Path) -> None:
    """Beside others, or alone, as zip, tar or tar.gz; of an archive in it the rest is graded."""
    root = folder(tmp_path, "ada/p1.md", "emil.md")
    zipped(root / "ada" / "rest.zip", "p2.md", "p3.md")
    zipped(root / "eve.zip", "hw/p1.md", more={"hw/inner.zip": packed("p2.md"), "hw/photo.png": b"\x89PNG"})
    found = read_submissions(root)
    assert files(found) == {"ada": ["p1.md", "p2.md", "p3.md"], "emil": ["emil.md"], "eve": ["p1.md"]}
    assert codes(found) == {"eve": ["archive-nested", "input-not-graded"]}
    assert shown(found.submissions[2], root) == ["eve.zip/hw/p1.md"]


@pytest.mark.parametrize(
    "names",
    [
        ("adal_1_50_hw.md", "emmyn_2_51_hw.md"),
        ("hw/Ada L_1_assignsubmission_file_/hw.md", "hw/Emmy N_2_assignsubmission_file_/hw.md"),
    ],
)
def test_the_archive_of_a_class_is_no_student(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Left in a folder, it is not taken for the work of one: it is to be named itself."""
    zipped(tmp_path / "download.zip", *names)
    found = read_submissions(tmp_path)
    assert (files(found), codes(found)) == ({"download": []}, {"download": ["archive-class"]})


def test_an_archive_and_a_folder_of_one_name_are_two_students(tmp_path: Path) -> None:
    """As a file and a folder are."""
    root = folder(tmp_path, "ada/p1.md")
    zipped(root / "ada.zip", "p1.md")
    assert list(files(read_submissions(root))) == ["ada", "ada.zip"]


def test_names_that_differ_by_case_are_two_students(tmp_path: Path) -> None:
    """Nothing is unpacked to a disk that might put them together."""
    found = read_submissions(zipped(tmp_path / "x.zip", "Ada/p.md", "ada/p.md", "ADA/p.md"))
    assert sorted(files(found)) == ["ADA", "Ada", "ada"]
    assert all(len(one.files) == 1 for one in found.submissions)


def test_names_may_be_anything(tmp_path: Path) -> None:
    """Markup, line breaks, formulas, right-to-left marks, both ways to write an accent."""
    names = ["<script>alert(1)</script>", "a\nb", "=1+1", "\u202eevil", "Zoe\u0301", "naïve", "🙂", "con", " x "]
    names = [name.replace("/", "∕") for name in names]
    found = read_submissions(folder(tmp_path, *(f"{name}/hw.md" for name in names)))
    assert sorted(one.subject for one in found.submissions) == sorted(names)
    assert all(len(one.files) == 1 for one in found.submissions)


def test_a_roster_among_the_submissions_is_nobodys_work(tmp_path: Path) -> None:
    """Whatever its ending."""
    found = read_submissions(folder(tmp_path, "ada.md", "roster.csv"))
    assert (files(found), codes(found)) == ({"ada": ["ada.md"]}, {"": ["input-not-graded"]})


def test_files_of_one_name_that_cannot_be_read_are_one_student(tmp_path: Path) -> None:
    """Two photographs of one sheet: the student is listed once, with both."""
    found = read_submissions(folder(tmp_path, "ada.png", "ada.jpeg"))
    assert files(found) == {"ada": []}
    assert codes(found) == {"ada": ["input-format", "input-format"]}


def test_a_picture_beside_a_students_file_is_told(tmp_path: Path) -> None:
    """As one of that student; where two have the name, as nobody's."""
    found = read_submissions(folder(tmp_path / "a", "ada.md", "ada.png", "emil/hw.md", "emil.jpeg"))
    assert files(found) == {"ada": ["ada.md"], "emil": ["hw.md"]}
    assert codes(found) == {"ada": ["input-not-graded"], "emil": ["input-not-graded"]}
    found = read_submissions(folder(tmp_path / "b", "ada.md", "ada/hw.md", "ada.png"))
    assert codes(found) == {"": ["input-not-graded"]}


def test_every_layout_has_a_name_a_line_and_a_sample() -> None:
    """Discovery finds all of them."""
    assert list(layouts()) == ["autograder", "canvas", "gradescope", "moodle", "nbgrader", "plain"]
    assert all(one.summary and one.sample for one in layouts().values())


def test_two_layouts_at_once_are_ambiguous(tmp_path: Path) -> None:
    """Both are named."""
    root = folder(tmp_path, "submitted/ada/ps1/p.md", **{"submission_metadata.yml": "submitted:\n  :submitters: []\n"})
    with pytest.raises(InputError) as caught:
        read_submissions(root)
    assert "gradescope" in str(caught.value)
    assert "nbgrader" in str(caught.value) or "submitted/STUDENT" in str(caught.value)
    assert "--layout gradescope" in str(caught.value)


def test_five_thousand_students_of_whom_one_is_broken(tmp_path: Path) -> None:
    """All are there, and one is told of."""
    root = tmp_path / "class"
    for number in range(5000):
        path = root / f"s{number}" / "hw.md"
        path.parent.mkdir(parents=True)
        path.write_text("1(c) 5\n")
    (root / "s77" / "hw.md").unlink()
    (root / "s77" / "hw.zip").write_bytes(b"PK\x03\x04 and no more")
    found = read_submissions(root)
    assert len(found.submissions) == 5000
    assert codes(found) == {"s77": ["archive-broken"]}
