"""What a student handed in, as text: for a person who looks where an answer might stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from grader.diagnostics import Diagnostic, InputError, Span, operator_error
from grader.records.decisions import digest
from grader.store.runs import Manifest

if TYPE_CHECKING:
    from grader.intake.archives import File

LONGEST = 200_000  # characters of a file that are shown
BEFORE, AFTER = 4, 40  # lines that are shown around a place


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a file as it was read.

    Args:
        number: of the line of the file.
        page: of the file; None where there are none.
    """

    number: int
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class FileText:
    """A file as it was read.

    Args:
        file: its path, as results name it.
        lines: of its text, without what is too long to be shown.
        cut: number of characters left out.
        problems: why there is no text, or what was said of it.
    """

    file: str
    lines: tuple[TextLine, ...] = ()
    cut: int = 0
    problems: tuple[Diagnostic, ...] = ()

    def around(self, place: Span | None) -> tuple[TextLine, ...]:
        """The lines about a place; the first ones where it is in another file, or not known."""
        line = place.line if place and place.file == self.file else 0
        start = next((at for at, one in enumerate(self.lines) if one.number >= line), 0)
        return self.lines[max(0, start - BEFORE) : start + AFTER]


def anchor(file: str, line: int) -> str:
    """The name of a line on the page that shows the files."""
    return f"l{digest(file)[:6]}-{line}"


def handed_in(manifest: Manifest, subjects: Collection[str]) -> dict[str, tuple[FileText, ...]]:
    """The files of students, read anew from where they were when they were graded.

    They are read in a process of its own with limits, for what it may cost to read a hostile file.

    Args:
        manifest: of the run.
        subjects: the students.

    Returns:
        The files of each of them, at least one: where there is none it says why.
    """
    from grader.intake.handins.roster import roster_for
    from grader.intake.handins.submissions import read_submissions
    from grader.scoring.subjects import SUBJECT_TIMEOUT
    from grader.scoring.workers import WorkerFailure, map_in_workers

    path, settings = manifest.place(manifest.path), manifest.settings
    try:
        roster = roster_for(manifest.place(manifest.course), settings.roster, path)
        found = read_submissions(
            path, settings, roster, layout=manifest.layout, assignment=manifest.assignment
        ).submissions
    except InputError as error:
        return dict.fromkeys(subjects, (FileText(str(path), problems=error.diagnostics),))
    files = [(one.subject, file) for one in found if one.subject in subjects for file in one.files]
    work = partial(_lines, settings.max_file_mb * 1024 * 1024)
    paths = [file for _, file in files]
    done = map_in_workers(work, paths, workers=1, timeout=SUBJECT_TIMEOUT, memory_mb=settings.memory_mb)
    texts: dict[str, tuple[FileText, ...]] = {}
    for (subject, _), (file, text) in zip(files, done, strict=True):
        if isinstance(text, WorkerFailure):
            why = operator_error("review-not-read", f"the file could not be read: {text.message}")
            text = FileText(str(file), problems=(why,))
        texts[subject] = (*texts.get(subject, ()), text)
    for subject in subjects:
        if subject not in texts:
            fix = "Look into the folder; what was graded may have been moved since."
            nothing = operator_error("review-no-file", f"no file of {subject} is found in {path} now", fix=fix)
            texts[subject] = (FileText(str(path), problems=(nothing,)),)
    return texts


def _lines(max_bytes: int, file: File) -> FileText:
    """A file as lines; this is what runs in a worker."""
    from grader.intake.documents import read_document

    try:
        document = read_document(file, max_bytes, extract=True)
    except InputError as error:
        return FileText(str(file), problems=error.diagnostics)
    shown = document.text[:LONGEST]
    lines = []
    for number, text in enumerate(shown.split("\n"), start=1):
        place = document.places
        line, page = (number, None) if place is None else (place.line(number), place.page(number))
        lines.append(TextLine(line, page, text.rstrip("\r")))
    return FileText(document.file, tuple(lines), len(document.text) - len(shown))
