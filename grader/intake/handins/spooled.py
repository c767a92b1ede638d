"""Hand-ins of any number of students, a student a line: of JSON lines and of lists of files and folders."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from grader.diagnostics import Diagnostic, InputError, Span, operator_error
from grader.intake.archives.lines import Told, told_lines
from grader.intake.handins.trees import Entry, tree_of
from grader.intake.layouts import HandIn
from grader.intake.lists import listed
from grader.intake.spool import Spool, as_key, as_text

MOST_NOTES = 1_000


@dataclass(frozen=True, slots=True)
class Spooled(Iterable[list[HandIn]]):
    """The hand-ins of each student, in the order in which the students come first.

    Args:
        rows: what is known of each line, by student.
        made: the hand-ins of a student, of their rows.
        notes: what belongs to nobody.
    """

    rows: Spool
    made: Callable[[str, list[bytes]], list[HandIn]]
    notes: tuple[Diagnostic, ...] = ()

    def __iter__(self) -> Iterator[list[HandIn]]:
        for key, rows in self.rows.grouped():
            yield self.made(as_text(key), rows)


def spooled_lines(path: Path) -> Spooled:
    """JSON lines; all lines of a student are files of one hand-in, wherever they stand.

    Args:
        path: of the file.

    Raises:
        OSError: it cannot be read.
    """
    rows = Spool()
    for told in told_lines(path):
        rows.add(as_key(told.student), json.dumps(astuple(told)).encode())

    def made(student: str, values: list[bytes]) -> list[HandIn]:
        every = [Told(*json.loads(value)) for value in values]
        lines = [(one.line(path), one.note(path)) for one in every]
        return [HandIn(student, tuple(Entry((line.name,), line, note) for line, note in lines))]

    return Spooled(rows, made)


def spooled_list(path: Path) -> Spooled:
    """A list with a file or a folder a line; several of one name are attempts of one student.

    Args:
        path: of the list.

    Raises:
        InputError: it cannot be read.
    """
    rows = Spool()
    notes: list[Diagnostic] = []
    for one in listed(path):
        if isinstance(one, InputError):
            notes += one.diagnostics[: MOST_NOTES - len(notes)]
        else:
            rows.add(as_key(one.stem if one.is_file() else one.name), as_key(str(one)))
    return Spooled(rows, lambda student, paths: [_hand_in(student, Path(as_text(one))) for one in paths], tuple(notes))


def _hand_in(student: str, path: Path) -> HandIn:
    """The files of one student: a file, or all below a folder."""
    if not path.is_dir():
        return HandIn(student, (Entry((path.name,), path),))
    try:
        tree = tree_of(path)
    except OSError as error:
        says, span = f"The folder cannot be read: {error.strerror or error}.", Span(str(path), 0, 0, 1)
        why = operator_error("input-unreadable", says, span, "Check that you may read what is there.")
        return HandIn(student, (), notes=(why,))
    return HandIn(student, tree.entries, notes=tree.notes)
