"""What platforms export. Of each are given: who handed in which files, and, with a star, who did so late."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from format_examples.base import Example

PAPER = "Problem 1\n\n(a) 14\n\n(b) 5\n"


def folder(*names: str, **texts: str) -> Callable[[Path], Path]:
    """A folder of papers; further files by name."""

    def make(root: Path) -> Path:
        root = root / "export"
        for name, content in {**dict.fromkeys(names, PAPER), **texts}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return root

    return make


def archive(*names: str, **texts: str) -> Callable[[Path], Path]:
    """The same, as a zip archive."""

    def make(root: Path) -> Path:
        path = root / "export.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in {**dict.fromkeys(names, PAPER), **texts}.items():
                made.writestr(name, content)
        return path

    return make


PLAIN = [
    Example(
        "plain",
        "a folder a student",
        folder("ada/hw.md", "ada/appendix.tex", "émile/hw.txt"),
        read={"ada": ["appendix.tex", "hw.md"], "émile": ["hw.txt"]},
    ),
    Example("plain", "a file a student", folder("ada.md", "bo.tex"), read={"ada": ["ada.md"], "bo": ["bo.tex"]}),
    Example(
        "plain",
        "a folder with nothing in it that can be read",
        folder("ada/hw.md", **{"bo/hw.pages": "x"}),
        says="not a kind of file",
        read={"ada": ["hw.md"], "bo": []},
    ),
]

NBGRADER = [
    Example(
        "nbgrader",
        "the folder of a course",
        folder(
            "submitted/ada/ps1/hw.md",
            "submitted/bo/ps1/hw.md",
            **{"submitted/ada/ps1/timestamp.txt": "2026-10-01 09:00:00.000000 UTC", "gradebook.db": "x"},
        ),
        read={"ada": ["hw.md"], "bo": ["hw.md"]},
    ),
    Example(
        "nbgrader",
        "its folder of what was submitted, with feedback beside it",
        folder("submitted/ada/ps1/hw.md", "autograded/ada/ps1/hw.md", "feedback/ada/ps1/hw.html"),
        read={"ada": ["hw.md"]},
    ),
    Example(
        "nbgrader",
        "a time that is none",
        folder("submitted/ada/ps1/hw.md", **{"submitted/ada/ps1/timestamp.txt": "yesterday"}),
        says="time",
        read={"ada": ["hw.md"]},
    ),
]

META = """submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '1001'
    :email: ada@example.org
  :created_at: 2026-10-01 09:00:00.000000000 Z
  :score: 0.0
  :status: ungraded
  :history: []
submission_2:
  :submitters:
  - :name: Emmy Noether
    :sid: '1002'
  - :name: Bo Chen
    :sid: '1003'
    :email:
  :created_at: 2026-10-02 09:00:00.000000000 Z
  :history: []
"""
GRADESCOPE = [
    Example(
        "gradescope",
        "an export, with a group",
        folder("submission_1/hw.md", "submission_2/hw.md", **{"submission_metadata.yml": META}),
        read={"1001": ["hw.md"], "1002 + 1003": ["hw.md"]},
    ),
    Example(
        "gradescope",
        "the same in its archive",
        archive(
            "assignment_9_export/submission_1/hw.md",
            "assignment_9_export/submission_2/hw.md",
            **{"assignment_9_export/submission_metadata.yml": META},
        ),
        read={"1001": ["hw.md"], "1002 + 1003": ["hw.md"]},
    ),
    Example(
        "gradescope",
        "metadata that are no YAML",
        folder("submission_1/hw.md", **{"submission_metadata.yml": META.replace(":submitters:", ":submitters: [", 1)}),
        says="YAML",
    ),
]

JSON_META = """{"id": 4, "created_at": "2026-10-02T09:00:00.000000-07:00", "assignment": {"id": 7, "title": "Homework",
 "due_date": "2026-10-01T23:00:00.000000-07:00", "total_points": "20.0"}, "submission_method": "upload",
 "users": [{"email": "ada@example.org", "id": 1, "name": "Ada Lovelace"}], "previous_submissions": []}"""
JSON_GROUP = JSON_META.replace('"users": [', '"users": [{"email": "", "id": 2, "name": "Bo Chen"}, ')
AUTOGRADER = [
    Example(
        "autograder",
        "one submission of several files, late; the rest of the container is nobody's",
        folder("submission/hw.md", "submission/b/2.tex", "source/n.md", **{"submission_metadata.json": JSON_META}),
        read={"ada@example.org*": ["hw.md", "2.tex"]},
    ),
    Example(
        "autograder",
        "a group, one of whom has no address",
        folder("submission/hw.md", **{"submission_metadata.json": JSON_GROUP.replace("10-01T23", "10-03T23")}),
        read={"Bo Chen + ada@example.org": ["hw.md"]},
    ),
    Example(
        "autograder",
        "metadata that break off",
        folder("submission/hw.md", **{"submission_metadata.json": JSON_META[:-1]}),
        says="not JSON",
    ),
]

CANVAS = [
    Example(
        "canvas",
        "the archive of a class, one of them late",
        archive("lovelaceada_1001_50001_hw.md", "noetheremmy_LATE_1002_50002_hw.tex"),
        read={
            "lovelaceada (1001)": ["lovelaceada_1001_50001_hw.md"],
            "noetheremmy (1002)*": ["noetheremmy_LATE_1002_50002_hw.tex"],
        },
    ),
    Example(
        "canvas",
        "the unpacked folder, with a second attempt",
        folder("lovelaceada_1001_50001_hw.md", "lovelaceada_1001_50009_hw-1.md"),
        read={"lovelaceada (1001)": ["lovelaceada_1001_50009_hw-1.md"]},
    ),
    Example(
        "canvas",
        "a file that somebody put among them",
        archive("lovelaceada_1001_50001_hw.md", "notes for the tutor.md"),
        says="whose is what",
    ),
]

MOODLE = [
    Example(
        "moodle",
        "the archive, a folder a participant",
        archive(
            "Ada Lovelace_1327627_assignsubmission_file_/hw.md", "Emmy Noether_1327628_assignsubmission_file_/hw.md"
        ),
        read={"Ada Lovelace (1327627)": ["hw.md"], "Emmy Noether (1327628)": ["hw.md"]},
    ),
    Example(
        "moodle",
        "files without folders",
        archive("Ada Lovelace_1327627_assignsubmission_file_hw.md"),
        read={"Ada Lovelace (1327627)": ["Ada Lovelace_1327627_assignsubmission_file_hw.md"]},
    ),
    Example(
        "moodle",
        "an empty hand-in beside a text typed in",
        folder(
            "Ada Lovelace_1327627_assignsubmission_onlinetext_/onlinetext.html",
            "Bo Chen_1327629_assignsubmission_file_/photo.heic",
        ),
        says="not a kind of file",
        read={"Ada Lovelace (1327627)": ["onlinetext.html"], "Bo Chen (1327629)": []},
    ),
]

LAYOUTS = [*PLAIN, *NBGRADER, *GRADESCOPE, *AUTOGRADER, *CANVAS, *MOODLE]
