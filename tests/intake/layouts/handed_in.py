"""Builds what platforms export, for the tests of this folder: a folder, or a zip archive of the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from grader.intake.archives.base import Member
from grader.intake.handins.submissions import HandedIn, Submission

TEXT = "# Problem 1\n\n(c) 5\n"


def folder(root: Path, *names: str, **texts: str) -> Path:
    """A folder of files that all hold one answer; of a name that ends in a slash, an empty folder.

    Args:
        texts: by name, what a file holds instead.
    """
    for name in (*names, *texts):
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts.get(name, TEXT), encoding="utf-8")
    return root


def zipped(path: Path, *names: str, more: Mapping[str, str | bytes] | None = None) -> Path:
    """A zip archive of such files."""
    path.write_bytes(packed(*names, more=more))
    return path


def packed(*names: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """The bytes of a zip archive of such files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**dict.fromkeys(names, TEXT), **(more or {})}.items():
            archive.writestr(name, text)
    return made.getvalue()


def files(found: HandedIn) -> dict[str, list[str]]:
    """The names of each subject's answers."""
    return {one.subject: [file.name for file in one.files] for one in found.submissions}


def codes(found: HandedIn) -> dict[str, list[str]]:
    """The codes of what is said of each subject's files; under "" of what is nobody's."""
    said = {one.subject: [d.code for d in one.diagnostics] for one in found.submissions if one.diagnostics}
    return {**said, **({"": [d.code for d in found.notes]} if found.notes else {})}


def of(found: HandedIn, subject: str) -> Submission:
    """The submission of a subject."""
    return next(one for one in found.submissions if one.subject == subject)


def shown(submission: Submission, root: Path) -> list[str]:
    """Its files as they are named in reports, from a folder."""
    return [str(f).removeprefix(f"{root}/") for f in submission.files if isinstance(f, Path | Member)]
