"""Archives, read in memory: nothing is unpacked to a disk, so no name can lead anywhere.

One kind of archive a module, found by discovery. A member is a file like any other; where one is
asked for, a path will do as well.
"""

from __future__ import annotations

import inspect
import pkgutil
from functools import cache, lru_cache
from importlib import import_module
from io import BytesIO
from pathlib import Path

from grader.diagnostics import InputError
from grader.intake.archives.base import Archive, ArchiveKind, File, Info, Limits, Member, refused
from grader.intake.archives.lines import Line

__all__ = [
    "ARCHIVES",
    "CLASS",
    "STUDENT",
    "File",
    "Info",
    "Limits",
    "Line",
    "Member",
    "contents",
    "is_archive",
    "read_bytes",
    "size_of",
    "stem_of",
]

CLASS = Limits(members=100_000, packed=None, unpacked=None)
"""Of an archive with the work of a class, which is read member by member."""

STUDENT = Limits(members=2_000, packed=64 * 1024 * 1024, unpacked=100 * 1024 * 1024)
"""Of an archive that one student handed in."""


@cache
def kinds() -> tuple[ArchiveKind, ...]:
    """All kinds of archives, in the order of their names."""
    found: dict[str, ArchiveKind] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if inspect.isclass(value) and issubclass(value, ArchiveKind) and not inspect.isabstract(value):
                found[value.name] = value()
    return tuple(one for _, one in sorted(found.items()))


ARCHIVES: tuple[str, ...] = tuple(sorted(suffix for kind in kinds() for suffix in kind.suffixes))
"""Endings of the names of archives, lower case with the dot."""


def is_archive(name: str) -> bool:
    """Whether a file is called like an archive.

    Args:
        name: of the file.
    """
    return name.lower().endswith(ARCHIVES)


def stem_of(name: str) -> str:
    """The name of a file without its ending; ``.tar.gz`` is one ending.

    Args:
        name: of the file.
    """
    ending = next((e for e in sorted(ARCHIVES, key=len, reverse=True) if name.lower().endswith(e)), None)
    return name[: -len(ending)] if ending and len(ending) < len(name) else Path(name).stem


def contents(file: File, limits: Limits) -> tuple[Info, ...]:
    """What an archive holds, in its order, folders left out.

    Args:
        file: the archive: a file, or a member of an archive of a class.
        limits: that it must keep to.

    Raises:
        InputError: ``archive-broken``, ``archive-limit``: it cannot be read, or breaks a limit.
    """
    return _opened(file, limits).infos


def read_bytes(file: File, most: int) -> bytes:
    """The first bytes of a file, wherever it stands.

    Args:
        file: a file, or a member of an archive.
        most: that are of use; one more is read, so that a larger file shows.

    Raises:
        OSError: the file, or the archive that holds it, cannot be read.
        InputError: ``archive-broken``: the member cannot be unpacked.
    """
    if isinstance(file, Path):
        with file.open("rb") as stream:
            return stream.read(most + 1)
    if isinstance(file, Line):
        return file.read(most)
    return _opened(file.archive, file.limits).read(file.index, most)


def size_of(file: File) -> int:
    """Bytes of a file; those of a member as its archive says.

    Args:
        file: a file, or a member of an archive.

    Raises:
        OSError: the file cannot be looked at.
    """
    return file.stat().st_size if isinstance(file, Path) else file.size


def _opened(file: File, limits: Limits) -> Archive:
    if isinstance(file, Path):
        state = file.stat()
        return _on_disk(file, state.st_mtime_ns, state.st_size, limits)
    return _inside(file, limits)


# Opening an archive costs time by the number of its members, so the one in use stays open: else reading a class of
# n students would cost n².
@lru_cache(maxsize=2)
def _on_disk(path: Path, changed: int, size: int, limits: Limits) -> Archive:
    if limits.packed is not None and size > limits.packed:
        raise _too_large(path, limits.packed)
    return _kind_of(path, read_bytes(path, 1024)).open(path, str(path), limits)


@lru_cache(maxsize=1)
def _inside(member: Member, limits: Limits) -> Archive:
    packed = limits.packed or 0
    data = read_bytes(member, packed)
    if len(data) > packed:
        raise _too_large(member, packed)
    return _kind_of(member, data[:1024]).open(BytesIO(data), str(member), limits)


def _kind_of(file: File, head: bytes) -> ArchiveKind:
    found = next((kind for kind in kinds() if kind.shows(head)), None)
    if found is None:
        what = "empty" if not head else "no archive of a kind that can be read"
        raise refused("archive-broken", str(file), f"the file is {what}, though its name says so")
    return found


def _too_large(file: File, most: int) -> InputError:
    return refused("archive-limit", str(file), f"the archive has more than {most:,} bytes")
