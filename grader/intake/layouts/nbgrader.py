"""nbgrader's folders: ``submitted/STUDENT/ASSIGNMENT/``, with the time in ``timestamp.txt``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import ClassVar

from grader.diagnostics import Audience, Diagnostic, InputError, Severity, Span, operator_error
from grader.intake.archives import read_bytes
from grader.intake.handins.trees import Entry, Tree
from grader.intake.layouts.base import HandIn, Layout, Sign, Wanted, files_in, stray
from grader.specs.deadlines import time_of

STEP = "submitted"
TIME = "timestamp.txt"
_LONGEST = 200  # bytes of a time


class Nbgrader(Layout):
    """See the module."""

    name: ClassVar[str] = "nbgrader"
    summary: ClassVar[str] = "nbgrader: the folder of a course, or its folder of what was submitted"
    sample: ClassVar[str] = "submitted/ada/ps1/problem.ipynb"

    def sign(self, tree: Tree) -> Sign:
        """By the folder ``submitted`` with folders in folders, or a time beside the files of an assignment."""
        inside = tree.by_folder.get(STEP, ())
        if any(len(entry.parts) > 3 for entry in inside):
            return Sign(f"there are {STEP}/STUDENT/ASSIGNMENT/ folders")
        timed = any(len(entry.parts) == 3 and entry.name == TIME for entry in tree.entries)
        return Sign(f"there are STUDENT/ASSIGNMENT/{TIME}" if timed else "")

    def hand_ins(self, tree: Tree, wanted: Wanted) -> Iterator[HandIn | Diagnostic]:
        """One for each student who has the assignment."""
        if STEP in tree.by_folder:
            tree = tree.below(STEP)
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in tree.entries:
            if len(entry.parts) > 2:
                found.setdefault((entry.parts[0], entry.parts[1]), []).append(entry)
            else:
                yield stray(entry, f"nbgrader's folders ({self.sample})")
        assignment = _assignment(tree, sorted({name for _, name in found}), wanted.assignment)
        for (student, name), entries in found.items():
            if name == assignment:
                yield _hand_in(student, tuple(files_in(entries, 2)))


def _assignment(tree: Tree, names: list[str], wanted: str) -> str:
    """The assignment that is meant; with none named, the only one."""
    if wanted in names or (not wanted and len(names) == 1):
        return wanted or names[0]
    listed = ", ".join(names[:20]) or "none"
    found = f"there is no assignment {wanted!r}; there are: {listed}" if wanted else f"there are assignments: {listed}"
    fix = f"Say which: --assignment {names[0]}" if names else "Name the folder above that of the students."
    raise InputError(operator_error("layout-assignment", f"{tree.name}: {found}", fix=fix))


def _hand_in(student: str, entries: tuple[Entry, ...]) -> HandIn:
    time = next((entry for entry in entries if entry.parts == (TIME,) and not entry.trouble), None)
    rest = tuple(entry for entry in entries if entry is not time)
    if time is None:
        return HandIn(student, rest)
    try:
        written = read_bytes(time.file, _LONGEST).decode("utf-8-sig")
        at = time_of(written, UTC)
    except (OSError, InputError, UnicodeDecodeError):
        at = None
    return HandIn(student, rest, at=at, notes=() if at else (_no_time(time),))


def _no_time(entry: Entry) -> Diagnostic:
    return Diagnostic(
        "layout-time",
        Severity.WARNING,
        Audience.OPERATOR,
        f"{entry.name} holds no time that can be read; expected one like 2026-11-20 23:59:00 UTC.",
        Span(str(entry.file), 0, 0, 1),
        "Mend it, or see yourself whether the submission was late.",
    )
