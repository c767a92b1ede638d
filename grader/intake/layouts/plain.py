"""A folder a student, or a file a student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from grader.diagnostics import Diagnostic
from grader.intake.archives import stem_of
from grader.intake.files import natural_key
from grader.intake.handins.endings import may_be_answer
from grader.intake.handins.trees import Entry, Tree
from grader.intake.layouts.base import HandIn, Layout, Sign, Wanted, files_in, never_answers, not_graded


class Plain(Layout):
    """See the module. It is what a tree is read as that shows no other layout."""

    name: ClassVar[str] = "plain"
    summary: ClassVar[str] = "one folder a student, or one file a student"
    sample: ClassVar[str] = "ada/hw.md, emil.tex, eve.zip"

    def sign(self, tree: Tree) -> Sign:
        """None of its own."""
        return Sign()

    def hand_ins(self, tree: Tree, wanted: Wanted) -> Iterator[HandIn | Diagnostic]:
        """Two entries with one name are told apart by the ending."""
        files: dict[bool, list[Entry]] = {True: [], False: []}
        for entry in tree.files:
            if never_answers(entry.name):
                yield not_graded(entry)
            else:
                files[may_be_answer(entry.name)].append(entry)
        uses = Counter([*tree.by_folder, *(stem_of(name) for name in {entry.name for entry in files[True]})])
        found = {name: tuple(files_in(entries)) for name, entries in tree.by_folder.items()}
        for entry in files[True]:
            stem = stem_of(entry.name)
            key = stem if uses[stem] == 1 else entry.name
            found[key] = (*found.get(key, ()), entry)
        for entry in files[False]:
            # A file that cannot be read is one of the student of its name, or a student's only one.
            stem = stem_of(entry.name)
            if uses[stem] > 1:
                yield not_graded(entry, f"there are several called {stem!r}")
            else:
                found[stem] = (*found.get(stem, ()), entry)
        for key in sorted(found, key=natural_key):
            yield HandIn(key, found[key])
