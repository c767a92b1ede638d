"""Which of a student's files are answers, also in an archive of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.diagnostics import Diagnostic, InputError, Span, operator_error, student_error
from grader.intake.archives import ARCHIVES, STUDENT, File, is_archive
from grader.intake.files import leads_outside, link_note
from grader.intake.handins.endings import may_be_answer, readable
from grader.intake.handins.trees import Entry, in_archive
from grader.intake.layouts import platform_of
from grader.intake.layouts.base import never_answers, not_graded


def answer_files(key: str, entries: Iterable[Entry]) -> tuple[tuple[File, ...], tuple[Diagnostic, ...]]:
    """The answers among the files of a hand-in, and what there is to say of the others.

    Args:
        key: whose it is, for messages.
        entries: the files; an archive among them is read, one inside an archive of theirs is not.
    """
    found = list(_unpacked(entries))
    answers = [one for one in found if isinstance(one, Entry) and _is_answer(one)]
    others = [one for one in found if isinstance(one, Entry) and not _is_answer(one)]
    notes = [one for one in found if isinstance(one, Diagnostic)]
    if answers:
        return tuple(one.file for one in answers), (*notes, *map(not_graded, others))
    if others:
        return (), (*notes, *(_no_kind(one) for one in others))
    if any(note.span is not None for note in notes):
        return (), tuple(notes)
    empty = student_error(
        "input-format",
        f"{key!r} handed in no files.",
        None,
        "Hand in the answers as text, Markdown, LaTeX, HTML, a Word document or a notebook.",
    )
    return (), (*notes, empty)


def _is_answer(entry: Entry) -> bool:
    return may_be_answer(entry.name) and not never_answers(entry.name)


def _unpacked(entries: Iterable[Entry]) -> Iterator[Entry | Diagnostic]:
    """The files, those of archives in their place."""
    for entry in entries:
        file = entry.file
        if entry.trouble:
            yield entry.trouble
        elif isinstance(file, Path) and file.is_symlink() and leads_outside(file, _folder(entry, file)):
            yield link_note(file)
        elif not is_archive(entry.name):
            yield entry
        else:
            yield from _inside(file)


def _folder(entry: Entry, file: Path) -> Path:
    """The folder of the hand-in."""
    return file.parents[min(len(entry.parts), len(file.parents)) - 1]


def _inside(file: File) -> Iterator[Entry | Diagnostic]:
    try:
        tree = in_archive(file, STUDENT)
    except InputError as error:
        yield from error.diagnostics
        return
    except OSError as error:
        yield operator_error(
            "input-unreadable",
            f"The archive cannot be read: {error.strerror or error}.",
            Span(str(file), 0, 0, 1),
            "Check that you may read it.",
        )
        return
    if platform := platform_of(tree):
        yield operator_error(
            "archive-class",
            f"Not read: it is laid out by {platform} and holds the work of a class, not of one student.",
            Span(str(file), 0, 0, 1),
            "Name the archive itself: grade submissions ARCHIVE.",
        )
        return
    yield from tree.notes
    for entry in tree.entries:
        if entry.trouble:
            yield entry.trouble
        elif is_archive(entry.name):
            yield student_error(
                "archive-nested",
                "Not read: it is an archive in an archive.",
                Span(str(entry.file), 0, 0, 1),
                "Hand in the files themselves, or one archive of them.",
            )
        else:
            yield entry


def _no_kind(entry: Entry) -> Diagnostic:
    expected = ", ".join((*sorted(readable()), *ARCHIVES))
    return student_error(
        "input-format",
        f"{entry.name!r} is not a kind of file that can be read; expected one of {expected}.",
        Span(str(entry.file), 0, 0, 1),
        "Hand in the answers as text, Markdown or LaTeX.",
    )
