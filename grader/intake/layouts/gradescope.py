"""What Gradescope exports: a folder (or a PDF) a submission, and ``submission_metadata.yml`` with whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from grader.diagnostics import Audience, Diagnostic, InputError, Severity, Span
from grader.intake.archives import read_bytes
from grader.intake.handins.trees import Entry, Tree
from grader.intake.layouts.base import HandIn, Layout, Sign, Wanted, files_in, stray
from grader.intake.layouts.metadata import Value, entries_of, moment, text, unusable
from grader.records import Person

METADATA = "submission_metadata.yml"
MOST_METADATA = 256 * 1024 * 1024
"""Most bytes of the metadata."""

_LOOK = 64 * 1024


class Gradescope(Layout):
    """See the module."""

    name: ClassVar[str] = "gradescope"
    summary: ClassVar[str] = "Gradescope: the export of an assignment, as an archive or a folder"
    sample: ClassVar[str] = "assignment_1_export/submission_2/hw.md"

    def sign(self, tree: Tree) -> Sign:
        """By the file of metadata and the keys in it."""
        try:
            _, metadata = _found(tree)
            shown = metadata is not None and b":submitters" in read_bytes(metadata.file, _LOOK)
        except (InputError, OSError):
            shown = False
        return Sign(f"{METADATA} names submitters" if shown else "")

    def hand_ins(self, tree: Tree, wanted: Wanted) -> Iterator[HandIn | Diagnostic]:
        """In the order of the metadata; then what it does not name."""
        tree, metadata = _found(tree)
        if metadata is None:
            raise unusable(f"{tree.name}/{METADATA}", "there is no such file")
        name = str(metadata.file)
        try:
            data = read_bytes(metadata.file, MOST_METADATA)
        except OSError as error:
            raise unusable(name, error.strerror or str(error)) from error
        if len(data) > MOST_METADATA:
            raise unusable(name, f"it has more than {MOST_METADATA:,} bytes")
        files = {entry.name: (entry,) for entry in tree.files if entry is not metadata}
        seen = set()
        for key, said in entries_of(data, name):
            seen.add(key)
            entries = (*files_in(tree.by_folder.get(key, ())), *files.get(key, ()))
            yield _hand_in(key, entries, said, name)
        for folder, inside in tree.by_folder.items():
            if folder not in seen:
                yield HandIn(folder, tuple(files_in(inside)), notes=(_unnamed(folder, name),))
        for entry in tree.files:
            if entry.name not in seen and entry is not metadata:
                yield stray(entry, METADATA)


def _found(tree: Tree) -> tuple[Tree, Entry | None]:
    """The folder of the export, which may stand alone in the tree, and its metadata."""
    if not tree.files and len(tree.by_folder) == 1:
        tree = tree.below(next(iter(tree.by_folder)))
    return tree, next((entry for entry in tree.files if entry.name == METADATA and not entry.trouble), None)


def _hand_in(key: str, entries: tuple[Entry, ...], said: dict[str, Value], name: str) -> HandIn:
    people = []
    submitters = said.get(":submitters")
    for one in submitters if isinstance(submitters, list) else []:
        if isinstance(one, dict):
            person = Person("", text(one.get(":name")), text(one.get(":email")))
            sid = text(one.get(":sid")) or person.email or person.name
            people.append(Person(sid, person.name, person.email))
    known = tuple(person for person in people if person.id)
    history = said.get(":history")
    earlier = [_attempt(one) for one in (history if isinstance(history, list) else []) if isinstance(one, dict)]
    return HandIn(
        " + ".join(person.id for person in known) or key,
        entries,
        known,
        at=moment(said.get(":created_at")),
        earlier=tuple(earlier),
        notes=() if known else (_unnamed(key, name),),
    )


def _attempt(said: dict[str, Value]) -> str:
    at = moment(said.get(":created_at"))
    return f"{at:%Y-%m-%d %H:%M %Z}, not in the export" if at else "not in the export"


def _unnamed(key: str, name: str) -> Diagnostic:
    return Diagnostic(
        "layout-unnamed",
        Severity.WARNING,
        Audience.OPERATOR,
        f"The metadata does not say whose {key!r} is; it was graded under that name.",
        Span(name, 0, 0, 1),
        "Look the submission up in Gradescope.",
    )
