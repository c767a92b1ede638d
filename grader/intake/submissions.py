"""Submission layouts: whose files are whose.

- a file is one student;
- a folder of folders gives each folder to a student, and files beside them to students of their own;
- a folder of files gives each file to a student.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.diagnostics import Audience, Diagnostic, InputError, Severity, Span, operator_error, student_error
from grader.intake.extract import extractable
from grader.intake.files import is_hidden, leads_outside, link_note, natural_key, visible
from grader.intake.formats import suffixes

_NEVER_ANSWERS = frozenset({"README", "LICENSE", "LICENCE", "COPYING", "NOTICE", "SUBMISSION_METADATA"})


@dataclass(frozen=True, slots=True)
class Submission:
    """What one student handed in.

    Args:
        subject: the student: name of the folder, or stem of the file.
        files: answers, in natural order; empty where there are none that can be read.
        diagnostics: files that are not graded, links not followed, formats not read.
    """

    subject: str
    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_submissions(path: Path) -> Iterator[Submission]:
    """The submissions at a path, in natural order of the students.

    Args:
        path: a folder of submissions, or one student's file.

    Raises:
        InputError: ``input-unreadable`` if there is nothing at ``path``.
    """
    if path.is_file():
        yield _of_files(path.stem, [path], [])
        return
    if not path.is_dir():
        raise InputError(
            operator_error(
                "input-unreadable",
                "There is no such file or folder.",
                Span(str(path), 0, 0, 1),
                "Check the path.",
            )
        )
    for subject, entry in _subjects(path):
        if entry.is_dir():
            files, notes = visible(entry)
            yield _of_files(subject, files, notes)
        else:
            yield _of_files(subject, [entry], [])


def stray_files(path: Path) -> tuple[Diagnostic, ...]:
    """Notes on what lies in a folder of submissions and belongs to no student."""
    if not path.is_dir():
        return ()
    notes = []
    for entry in sorted(path.iterdir(), key=lambda e: natural_key(e.name)):
        if is_hidden(entry):
            continue
        if leads_outside(entry, path):
            notes.append(link_note(entry))
        elif entry.is_file() and _never_answers(entry):
            notes.append(_not_graded(entry))
    return tuple(notes)


def _subjects(root: Path) -> list[tuple[str, Path]]:
    """Students and their entries; two entries with one name are told apart by the ending."""
    entries = [
        entry
        for entry in sorted(root.iterdir(), key=lambda e: natural_key(e.name))
        if not is_hidden(entry) and not leads_outside(entry, root)
        if entry.is_dir() or (entry.is_file() and not _never_answers(entry))
    ]
    readable = {e: e.name if e.is_dir() else e.stem for e in entries if e.is_dir() or e.suffix.lower() in _readable()}
    uses = Counter(readable.values())
    found = [(name if uses[name] == 1 else entry.name, entry) for entry, name in readable.items()]
    # A file that cannot be read is a student's only one where no other entry has its name.
    found += [(e.stem, e) for e in entries if e not in readable and e.stem not in uses]
    return sorted(found, key=lambda pair: natural_key(pair[0]))


def _of_files(subject: str, files: list[Path], notes: list[Diagnostic]) -> Submission:
    answers = [f for f in files if f.suffix.lower() in _readable() and not _never_answers(f)]
    graded = set(answers)
    others = [f for f in files if f not in graded]
    if answers:
        return Submission(subject, tuple(answers), (*notes, *map(_not_graded, others)))
    if not files:
        empty = student_error(
            "input-format",
            f"{subject!r} handed in no files.",
            None,
            "Hand in the answers as text, Markdown, LaTeX, HTML, a Word document or a notebook.",
        )
        return Submission(subject, (), (*notes, empty))
    expected = ", ".join(sorted(_readable()))
    errors = [
        student_error(
            "input-format",
            f"{f.name!r} is not a kind of file that can be read; expected one of {expected}.",
            Span(str(f), 0, 0, 1),
            "Hand in the answers as text, Markdown or LaTeX.",
        )
        for f in others
    ]
    return Submission(subject, (), (*notes, *errors))


def _readable() -> frozenset[str]:
    """Endings of files that may hold answers."""
    return suffixes() | extractable()


def _never_answers(path: Path) -> bool:
    """README, LICENSE and files of expected results, whatever their ending."""
    return path.stem.upper() in _NEVER_ANSWERS or path.name.endswith(".expected.yaml")


def _not_graded(path: Path) -> Diagnostic:
    return Diagnostic(
        "input-not-graded",
        Severity.NOTE,
        Audience.OPERATOR,
        f"{path.name!r} was not graded: it is not an answer file.",
        Span(str(path), 0, 0, 1),
        "Nothing to do, unless it holds answers: then save it as text, Markdown or LaTeX.",
    )
