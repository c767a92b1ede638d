"""What is graded at once: a chunk of the input, under a name made from its content.

Where an input is cut depends on the input alone, so that every run of it has the same chunks, however many processes
or machines work on them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from grader.diagnostics import InputError
from grader.intake.archives import File, Line, size_of
from grader.intake.chats import Chat, chat_formats
from grader.intake.corrected import copy_of
from grader.intake.handins.submissions import Submission
from grader.intake.talks.annotations import labels_beside, sidecar
from grader.intake.talks.recorded import Recording, Unread, recordings_at
from grader.scoring.subjects import Source
from grader.store.runs.manifest import file_digest

CHUNK = 512 * 1024  # bytes of recorded conversations, about, or of lines of submissions
FEW = 32 * 1024  # bytes of files, each of which is one subject
MOST_FILES = 8
MOST_LINES = 200  # students in lines, each of whom has a result for every part

Piece: TypeAlias = Source | Recording
"""What a chunk is made of: subjects, and files of conversations or stretches of them."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the input that is graded at once.

    Args:
        place: among the chunks of the run, from 0.
        name: made from what is in it, and from all that its grading depends on.
        pieces: subjects, and files of them.
        count: of the subjects, about.
        size: in bytes, about.
    """

    place: int
    name: str
    pieces: tuple[Piece, ...]
    count: int
    size: int

    def sources(self) -> Iterator[Source]:
        """The subjects, one at a time."""
        for piece in self.pieces:
            if isinstance(piece, Recording):
                yield from piece.chats()
            else:
                yield piece


@dataclass(frozen=True, slots=True)
class _Cut:
    """A piece with its size, what tells it from others of that kind, and how much of a chunk it fills."""

    piece: Piece
    count: int
    size: int
    identity: str
    share: float


def _cut(piece: Piece, size: int, identity: str, most: int | None = None, most_of_them: int | None = None) -> _Cut:
    """One subject; a chunk holds about so many bytes, and so many subjects, of its kind."""
    return _Cut(piece, 1, size, identity, max(size / (most or FEW), 1 / (most_of_them or MOST_FILES)))


def chunks_of_transcripts(path: Path, chat_format: str, digests: Mapping[str, str], depends: str) -> Iterator[Chunk]:
    """The chunks of a file or a folder of transcripts.

    Args:
        path: of the input.
        chat_format: name of the format, where the person says it.
        digests: of the files' contents, by their path from ``path``.
        depends: digest of all else on which a verdict depends.
    """
    return _grouped(_cuts(path, chat_format, digests), depends)


def chunks_of_submissions(
    submissions: Iterable[Submission], path: Path, digests: Mapping[str, str], depends: str
) -> Iterator[Chunk]:
    """The chunks of what students handed in; all attempts of a student are in one chunk.

    Args:
        submissions: in their order.
        path: of the input.
        digests: of the files' contents, by their path from ``path``.
        depends: digest of all else on which a verdict depends.
    """
    return _grouped((_cut_of_submission(one, path, digests) for one in submissions), depends)


def _grouped(cuts: Iterable[_Cut], depends: str) -> Iterator[Chunk]:
    waiting: list[_Cut] = []
    place = 0
    filled = 0.0
    for cut in cuts:
        if waiting and filled + cut.share > 1 and not _same_student(waiting[-1], cut):
            yield _chunk(place, waiting, depends)
            place += 1
            waiting, filled = [], 0.0
        waiting.append(cut)
        filled += cut.share
    if waiting:
        yield _chunk(place, waiting, depends)


def _same_student(one: _Cut, other: _Cut) -> bool:
    keys = [cut.piece.key for cut in (one, other) if isinstance(cut.piece, Submission)]
    return len(keys) == 2 and keys[0] == keys[1]


def _chunk(place: int, cuts: list[_Cut], depends: str) -> Chunk:
    whole = hashlib.sha256(depends.encode())
    for cut in cuts:
        whole.update(b"\0" + cut.identity.encode("utf-8", "surrogatepass"))
    pieces = tuple(cut.piece for cut in cuts)
    return Chunk(place, whole.hexdigest()[:32], pieces, sum(c.count for c in cuts), sum(c.size for c in cuts))


# ---------------------------------------------------------------- transcripts


def _cuts(path: Path, chat_format: str, digests: Mapping[str, str]) -> Iterator[_Cut]:
    for found in recordings_at(path, chat_format):
        if isinstance(found, Recording):
            yield from _cuts_of_recording(found, _digest(found.path, path, digests))
        elif isinstance(found, Unread):
            yield _cut(found, 0, f"unread {found.name} {found.error}")
        else:
            yield _cut(found, _size(found), f"file {_told(found, path, digests)} {file_digest(sidecar(found))}")


def _cuts_of_recording(file: Recording, digest: str) -> Iterator[_Cut]:
    identity = f"recording {file.path} {file.format} {digest} {_labels_in(file.path.parent)}"
    whole = True
    try:
        for stretch in chat_formats()[file.format].stretches(file.path, file.head, CHUNK):
            piece = Recording(file.path, file.format, file.head.within(stretch))
            yield _Cut(piece, stretch.count, stretch.size, f"{identity} {stretch.start}-{stretch.stop}", 1.0)
            whole = False
    except InputError as error:
        yield _cut(Unread(file.path.stem, error), 0, f"{identity} unread")
        return
    if whole:  # read here, one conversation at a time
        for number, chat in enumerate(file.chats()):
            size = sum(len(one.text) for one in chat.messages) if isinstance(chat, Chat) else 0
            yield _cut(chat, size, f"{identity} {number}")


@lru_cache(maxsize=64)
def _labels_in(folder: Path) -> str:
    """A digest of all labels that people put beside recorded conversations."""
    whole = hashlib.sha256()
    for path in sorted(labels_beside(folder)):
        whole.update(f"{path.name} {file_digest(path)}\0".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()[:16]


# ---------------------------------------------------------------- submissions


def _cut_of_submission(one: Submission, path: Path, digests: Mapping[str, str]) -> _Cut:
    said = [repr(one.delivery), *map(str, one.diagnostics)]
    files = [_told(file, path, digests) for file in one.files]
    size = sum(_size(file) for file in one.files)
    identity = "\n".join(["submission", one.subject, one.key, *said, *files])
    if all(isinstance(file, Line) for file in one.files):
        return _cut(one, size, identity, CHUNK, MOST_LINES)
    return _cut(one, size, identity)


def _told(file: File, root: Path, digests: Mapping[str, str]) -> str:
    """What tells a file, with its content, from others; a copy that a person corrected is read in its place."""
    if isinstance(file, Line):  # by what stands in it, so that lines before and behind it make no difference
        return f"{file} {file.digest}"
    whole = file
    while not isinstance(whole, Path):  # of a member of an archive the digest is that of the archive
        whole = whole.archive
    copy = file_digest(copy_of(whole)) if whole is file else ""
    return f"{file} {_digest(whole, root, digests)} {copy}"


def _digest(file: Path, root: Path, digests: Mapping[str, str]) -> str:
    """The digest of a file of the input; of one that lies elsewhere, made now."""
    name = file.name if file == root else file.relative_to(root).as_posix() if file.is_relative_to(root) else ""
    return digests[name] if name in digests else file_digest(file)


def _size(file: File) -> int:
    try:
        return size_of(file)
    except (OSError, InputError):
        return 0
