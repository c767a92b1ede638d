"""What a layout is: it tells whose files are whose in what another tool wrote.

A layout is one module in this package with one subclass of :class:`Layout`, found by discovery. Who somebody is, is
taken from names of files and folders and from the tool's own metadata, never from what stands in an answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import ClassVar

from grader.diagnostics import Audience, Diagnostic, Severity, Span
from grader.intake.handins.trees import Entry, Tree
from grader.records import Person

_NEVER_ANSWERS = frozenset({"README", "LICENSE", "LICENCE", "COPYING", "NOTICE", "SUBMISSION_METADATA", "ROSTER"})


@dataclass(frozen=True, slots=True)
class HandIn:
    """One attempt of a student or a group, as a layout finds it.

    Args:
        key: whose it is; hand-ins of one key are attempts, in their order.
        entries: the files, with paths from the folder of the hand-in.
        people: whose work it is; empty where the key is all that is known.
        at: when it came in, with its time zone.
        late: whether the tool marked it as late; None where it says nothing.
        earlier: attempts before this one of which there are no files, each in a few words.
        notes: what else there is to say.
    """

    key: str
    entries: tuple[Entry, ...]
    people: tuple[Person, ...] = ()
    at: datetime | None = None
    late: bool | None = None
    earlier: tuple[str, ...] = ()
    notes: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a tree is asked for.

    Args:
        assignment: name, where a tree holds several; "" for the only one.
    """

    assignment: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """How much a tree looks like a layout.

    Args:
        fits: what fits, in a few words; "" if nothing does.
        but: what does not, in a few words; "" if all does.
    """

    fits: str = ""
    but: str = ""


class Layout(ABC):
    """How a tool lays out what was handed in.

    Class attributes:
        name: as in ``--layout``.
        summary: one line for the list of layouts.
        sample: what a path looks like.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    sample: ClassVar[str]

    @abstractmethod
    def sign(self, tree: Tree) -> Sign:
        """Whether a tree is laid out like this.

        Args:
            tree: a folder or an archive.
        """

    @abstractmethod
    def hand_ins(self, tree: Tree, wanted: Wanted) -> Iterator[HandIn | Diagnostic]:
        """Whose files are whose.

        Args:
            tree: a folder or an archive.
            wanted: what of it is asked for.

        Yields:
            Hand-ins, those of one key in their order; a diagnostic for what belongs to nobody.

        Raises:
            InputError: ``layout-metadata``, ``layout-assignment``: nothing can be told.
        """


def never_answers(name: str) -> bool:
    """Whether a file is no answer whatever its ending: README, LICENSE, a roster, expected results.

    Args:
        name: of the file.
    """
    return PurePosixPath(name).stem.upper() in _NEVER_ANSWERS or name.endswith(".expected.yaml")


def files_in(entries: Iterable[Entry], depth: int = 1) -> Iterator[Entry]:
    """The files of a folder, with paths from that folder.

    Args:
        entries: the files, with paths from the tree.
        depth: of the folder in the tree.
    """
    return (replace(entry, parts=entry.parts[depth:]) for entry in entries)


def named_sign(tree: Tree, names: list[str], fitting: list[str], what: str) -> Sign:
    """The sign of a layout that is told by the names at the top.

    Args:
        tree: whose names they are.
        names: of all files and folders at its top that may be somebody's.
        fitting: those of the layout's kind.
        what: the kind, in a few words.
    """
    if not fitting:
        return Sign()
    known = set(fitting)
    other = next((name for name in names if name not in known), None)
    fits = f"{len(fitting)} of {len(names)} names in {tree.name} are {what}"
    return Sign(fits, f"{other!r} is not" if other is not None else "")


def not_graded(entry: Entry, why: str = "it is not an answer file") -> Diagnostic:
    """The note on a file that is nobody's answer.

    Args:
        entry: the file.
        why: in a few words.
    """
    return Diagnostic(
        "input-not-graded",
        Severity.NOTE,
        Audience.OPERATOR,
        f"{entry.name!r} was not graded: {why}.",
        Span(str(entry.file), 0, 0, 1),
        "Nothing to do, unless it holds answers: then save it as text, Markdown or LaTeX.",
    )


def stray(entry: Entry, expected: str) -> Diagnostic:
    """The warning about a file that a layout gives to nobody; a note on one that is no answer anyway.

    Args:
        entry: the file.
        expected: how it would be called if it were somebody's.
    """
    if never_answers(entry.name):
        return not_graded(entry)
    return Diagnostic(
        "layout-stray",
        Severity.WARNING,
        Audience.OPERATOR,
        f"Nobody's: {entry.name!r} is not named as in {expected}, so it was not graded.",
        Span(str(entry.file), 0, 0, 1),
        "Give it the name of its student's other files, or grade it by itself.",
    )
