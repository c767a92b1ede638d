"""What Canvas writes when all submissions of an assignment are downloaded.

Its names are built in ``lib/content_zipper.rb`` of Canvas: the sortable name without what is no letter, digit or
underscore and in lower case, ``LATE``, the number of the user (``anon_`` and a code where marking is anonymous), the
number of the file, and the name that the student gave it. Text typed on the page ends in ``text.html``. Older versions
write all of it in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from grader.diagnostics import Diagnostic
from grader.intake.handins.trees import Entry, Tree
from grader.intake.layouts.base import HandIn, Layout, Sign, Wanted, named_sign, never_answers, stray
from grader.records import Person

_NAME = re.compile(
    r"(?:(?P<who>(?!(?:LATE_)?anon_)\w{1,200}?)_)?(?P<late>LATE_|late_)?(?P<user>\d{1,20}|anon_[A-Za-z0-9]{1,20})_"
    r"(?:(?P<file>\d{1,20})_(?P<name>.+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>\d{1,3})(?P<ending>\.\w{1,12})?")


class Canvas(Layout):
    """See the module."""

    name: ClassVar[str] = "canvas"
    summary: ClassVar[str] = "Canvas: the archive of all submissions, or its unpacked folder"
    sample: ClassVar[str] = "lovelaceada_LATE_1234_567890_hw.md"

    def sign(self, tree: Tree) -> Sign:
        """By the names of the files; Canvas makes no folders."""
        names = [entry.name for entry in tree.files if not never_answers(entry.name)] + list(tree.folders)
        fitting = [entry.name for entry in tree.files if _parsed(entry.name)]
        return named_sign(tree, names, fitting, "as Canvas writes them")

    def hand_ins(self, tree: Tree, wanted: Wanted) -> Iterator[HandIn | Diagnostic]:
        """Files of one user are one hand-in, or several where a name comes again with a number."""
        found: dict[str, list[tuple[re.Match[str], Entry]]] = {}
        for entry in tree.entries:
            match = _parsed(entry.name) if len(entry.parts) == 1 else None
            if match is None:
                yield stray(entry, f"an archive of Canvas ({self.sample})")
            else:
                own = replace(entry, parts=(match["name"] or f"{match['typed']}.html",))
                found.setdefault(match["user"], []).append((match, own))
        for user, files in found.items():
            who = next((match["who"] for match, _ in files if match["who"]), "")
            late = any(match["late"] for match, _ in files)
            key = f"{who} ({user})" if who else user
            for entries in _attempts([entry for _, entry in files]):
                yield HandIn(key, entries, (Person(user, who),), late=late)


def _parsed(name: str) -> re.Match[str] | None:
    return None if never_answers(name) else _NAME.fullmatch(name)


def _attempts(entries: list[Entry]) -> Iterator[tuple[Entry, ...]]:
    """The files of each attempt: ``hw.md``, then ``hw-1.md``, then ``hw-2.md``; others belong to all of them.

    A number counts only beside the file without it: a student may call a file ``part-2.md``.
    """
    names = {entry.name for entry in entries}
    versions: dict[str, dict[int, list[Entry]]] = {}
    for entry in entries:
        again = _AGAIN.fullmatch(entry.name)
        first = f"{again['stem']}{again['ending'] or ''}" if again else entry.name
        if again is not None and first in names:
            versions.setdefault(first, {}).setdefault(int(again["number"]), []).append(entry)
        else:
            versions.setdefault(entry.name, {}).setdefault(0, []).append(entry)
    for step in sorted({number for numbers in versions.values() for number in numbers}):
        yield tuple(one for numbers in versions.values() for one in numbers[max(n for n in numbers if n <= step)])
