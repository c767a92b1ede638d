"""What Moodle writes when all submissions of an assignment are downloaded.

Its names are built in ``mod/assign/classes/downloader.php`` of Moodle: the full name (of a group where groups hand in,
“Participant” where marking is blind), the number that the assignment gives to the participant, and how it was handed
in; then a folder, or in the older way the name of the file. That number is of the assignment, not of the student.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from grader.diagnostics import Diagnostic
from grader.intake.handins.trees import Entry, Tree
from grader.intake.layouts.base import HandIn, Layout, Sign, Wanted, files_in, named_sign, never_answers, stray
from grader.records import Person

_NAME = re.compile(
    r"(?P<who>[^_]{1,200}(?:_[^_]{1,200}){0,4}?)(?:_(?P<number>\d{1,20}))?_assignsubmission_(?P<way>file|onlinetext)"
    r"(?:_(?P<name>.*))?",
    re.DOTALL,
)


class Moodle(Layout):
    """See the module."""

    name: ClassVar[str] = "moodle"
    summary: ClassVar[str] = "Moodle: the archive of all submissions of an assignment, or its unpacked folder"
    sample: ClassVar[str] = "Ada Lovelace_1327627_assignsubmission_file_/hw.md"

    def sign(self, tree: Tree) -> Sign:
        """By the names of folders and files."""
        names = [entry.name for entry in tree.files if not never_answers(entry.name)] + list(tree.folders)
        fitting = [name for name in names if _NAME.fullmatch(name)]
        return named_sign(tree, names, fitting, "as Moodle writes them")

    def hand_ins(self, tree: Tree, wanted: Wanted) -> Iterator[HandIn | Diagnostic]:
        """Files and typed text of one participant are one hand-in."""
        found: dict[tuple[str, str], list[Entry]] = {}
        for folder, entries in tree.by_folder.items():
            match = _NAME.fullmatch(folder)
            if match is None:
                yield from (stray(entry, f"an archive of Moodle ({self.sample})") for entry in entries)
            else:
                found.setdefault((match["who"], match["number"] or ""), []).extend(files_in(entries))
        for entry in tree.files:
            match = None if never_answers(entry.name) else _NAME.fullmatch(entry.name)
            if match is None:
                yield stray(entry, f"an archive of Moodle ({self.sample})")
            else:
                own = replace(entry, parts=(match["name"] or entry.name,))
                found.setdefault((match["who"], match["number"] or ""), []).append(own)
        for (who, number), files in found.items():
            key = f"{who} ({number})" if number else who
            yield HandIn(key, tuple(files), (Person(key, who),))
