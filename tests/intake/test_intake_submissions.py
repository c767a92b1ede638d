"""Whose files are whose."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.diagnostics import InputError
from grader.intake.handins.submissions import read_submissions


def make(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1(c) 5\n", encoding="utf-8")
    return root


def found(root: Path) -> dict[str, list[str]]:
    return {s.subject: [f.relative_to(root).as_posix() for f in s.files] for s in read_submissions(root).submissions}


def test_a_folder_of_files_is_a_file_a_student(tmp_path: Path) -> None:
    """In natural order: 2 before 10."""
    make(tmp_path, "student10.md", "student2.txt", "student1.tex")
    assert list(found(tmp_path)) == ["student1", "student2", "student10"]


def test_a_folder_of_folders_is_a_folder_a_student(tmp_path: Path) -> None:
    """All answer files of a folder, also deeper ones, in natural order."""
    make(tmp_path, "ann/p10.md", "ann/p2.md", "ann/more/p1.md", "bob/hw.tex")
    assert found(tmp_path) == {
        "ann": ["ann/p2.md", "ann/p10.md", "ann/more/p1.md"],
        "bob": ["bob/hw.tex"],
    }


def test_files_beside_folders_are_students_too(tmp_path: Path) -> None:
    """Mixed layouts; a folder and a file of one name stay apart."""
    make(tmp_path, "ann/hw.md", "bob.md", "ann.md")
    assert found(tmp_path) == {"ann": ["ann/hw.md"], "ann.md": ["ann.md"], "bob": ["bob.md"]}


def test_one_file_is_one_student(tmp_path: Path) -> None:
    """The path itself may be the answer."""
    path = make(tmp_path, "ann.md") / "ann.md"
    (only,) = read_submissions(path).submissions
    assert (only.subject, only.files) == ("ann", (path,))


def test_what_is_no_answer_is_noted(tmp_path: Path) -> None:
    """README, LICENSE, expected results, images and hidden files are never graded."""
    make(tmp_path, "ann/hw.md", "ann/README.md", "ann/a.expected.yaml", "ann/plot.png", "ann/.hidden.md")
    make(tmp_path, "README.md", "LICENSE", "ann.expected.yaml", ".git/x.md", "__pycache__/y.md")
    (only,) = read_submissions(tmp_path).submissions
    assert [f.name for f in only.files] == ["hw.md"]
    assert {d.code for d in only.diagnostics} == {"input-not-graded"}
    assert {d.message.split("'")[1] for d in only.diagnostics} == {"README.md", "a.expected.yaml", "plot.png"}
    strays = {d.message.split("'")[1] for d in read_submissions(tmp_path).notes}
    assert strays == {"README.md", "LICENSE", "ann.expected.yaml"}


def test_a_student_whose_only_file_cannot_be_read_is_listed(tmp_path: Path) -> None:
    """So that a human sees that something was handed in."""
    make(tmp_path, "ann/scan.heic", "bob.pages", "cid.md")
    (tmp_path / "dan").mkdir()
    by_name = {s.subject: s for s in read_submissions(tmp_path).submissions}
    assert list(by_name) == ["ann", "bob", "cid", "dan"]
    for name in ("ann", "bob", "dan"):
        assert by_name[name].files == ()
        assert [(d.code, str(d.severity)) for d in by_name[name].diagnostics] == [("input-format", "error")]
    assert by_name["cid"].diagnostics == ()


def test_links_that_lead_outside_are_not_followed(tmp_path: Path) -> None:
    """Neither files nor folders, nor loops; each is told."""
    secret = make(tmp_path / "secret", "key.md")
    root = make(tmp_path / "in", "ann/hw.md", "bob/hw.md")
    (root / "ann" / "key.md").symlink_to(secret / "key.md")
    (root / "ann" / "deep").symlink_to(secret)
    (root / "ann" / "loop").symlink_to(root / "ann" / "loop")
    (root / "eve").symlink_to(secret)
    by_name = {s.subject: s for s in read_submissions(root).submissions}
    assert list(by_name) == ["ann", "bob"]
    assert [f.name for f in by_name["ann"].files] == ["hw.md"]
    assert [d.code for d in by_name["ann"].diagnostics] == ["input-link-outside"] * 3
    assert [d.code for d in read_submissions(root).notes] == ["input-link-outside"]


def test_nothing_at_the_path_is_an_input_error(tmp_path: Path) -> None:
    """With the path."""
    with pytest.raises(InputError) as caught:
        read_submissions(tmp_path / "none")
    assert caught.value.diagnostics[0].code == "input-unreadable"
    assert "none" in str(caught.value)
