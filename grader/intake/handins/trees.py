"""What a folder or an archive holds, as one list of files with their paths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from grader.diagnostics import Audience, Diagnostic, Severity, Span
from grader.intake.archives import CLASS, File, Limits, contents
from grader.intake.archives.base import OUTSIDE, Member
from grader.intake.files import is_hidden, is_hidden_name, leads_outside, link_note, natural_key, visible


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, and where it stands in its tree.

    Args:
        parts: a name for each folder, and its own.
        file: the bytes.
        trouble: why it is not to be read; None if it may be.
    """

    parts: tuple[str, ...]
    file: File
    trouble: Diagnostic | None = None

    @property
    def name(self) -> str:
        """Its own name."""
        return self.parts[-1]


@dataclass(frozen=True)
class Tree:
    """A folder or an archive.

    Args:
        name: as the person gave it.
        entries: its files in natural order; nothing hidden, no link that leads outside.
        folders: names of the folders at its top, also of empty ones.
        notes: what of it is left out, and why.
        archive: whether it is an archive.
    """

    name: str
    entries: tuple[Entry, ...]
    folders: tuple[str, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    archive: bool = False

    @cached_property
    def files(self) -> tuple[Entry, ...]:
        """The files at its top."""
        return tuple(entry for entry in self.entries if len(entry.parts) == 1)

    @cached_property
    def by_folder(self) -> dict[str, tuple[Entry, ...]]:
        """The files below each folder at its top, in natural order of the folders."""
        found: dict[str, list[Entry]] = {name: [] for name in self.folders}
        for entry in self.entries:
            if len(entry.parts) > 1:
                found.setdefault(entry.parts[0], []).append(entry)
        return {name: tuple(found[name]) for name in sorted(found, key=natural_key)}

    def below(self, folder: str) -> Tree:
        """The tree of one of its folders.

        Args:
            folder: at its top.
        """
        entries = tuple(replace(entry, parts=entry.parts[1:]) for entry in self.by_folder[folder])
        folders = tuple(dict.fromkeys(entry.parts[0] for entry in entries if len(entry.parts) > 1))
        return replace(self, name=f"{self.name}/{folder}", entries=entries, folders=folders)


def tree_of(path: Path) -> Tree:
    """What stands at a path.

    Args:
        path: a folder, or an archive of the work of a class.

    Raises:
        InputError: ``archive-broken``, ``archive-limit``.
        OSError: it cannot be read.
    """
    if not path.is_dir():
        return in_archive(path, CLASS)
    entries: list[Entry] = []
    folders: list[str] = []
    notes: list[Diagnostic] = []
    for one in sorted(path.iterdir(), key=lambda entry: natural_key(entry.name)):
        if is_hidden(one):
            continue
        if leads_outside(one, path):
            notes.append(link_note(one))
        elif one.is_dir():
            folders.append(one.name)
            found, links = visible(one)
            entries += (Entry(file.relative_to(path).parts, file) for file in found)
            entries += (_link(note, path) for note in links)
        elif one.is_file():
            entries.append(Entry((one.name,), one))
    return Tree(str(path), tuple(entries), tuple(folders), tuple(notes))


def in_archive(file: File, limits: Limits) -> Tree:
    """What an archive holds.

    Args:
        file: the archive.
        limits: that it must keep to.

    Raises:
        InputError: ``archive-broken``, ``archive-limit``.
        OSError: it cannot be read.
    """
    infos = [
        info for info in contents(file, limits) if info.trouble == OUTSIDE or not any(map(is_hidden_name, info.parts))
    ]
    infos.sort(key=lambda info: tuple(map(natural_key, info.parts)))
    entries = []
    lost = []
    for info in infos:
        member = Member(file, info.parts, info.index, info.size, limits)
        trouble = _troubled(member, info.trouble) if info.trouble else None
        if trouble and info.trouble == OUTSIDE:
            lost.append(trouble)
        else:
            entries.append(Entry(info.parts, member, trouble))
    folders = tuple(dict.fromkeys(entry.parts[0] for entry in entries if len(entry.parts) > 1))
    return Tree(str(file), tuple(entries), folders, tuple(lost), archive=True)


def _link(note: Diagnostic, root: Path) -> Entry:
    file = Path(note.span.file) if note.span else root
    return Entry(file.relative_to(root).parts, file, note)


def _troubled(file: Member, why: str) -> Diagnostic:
    fix = "Pack the answers again as ordinary files, without a password and without links."
    span = Span(str(file), 0, 0, 1)
    return Diagnostic("archive-member", Severity.ERROR, Audience.OPERATOR, f"Not read: {why}.", span, fix)
