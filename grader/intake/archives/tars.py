"""Tar archives, plain or by gzip, of one student: they are unpacked into memory, no further than the limit."""

from __future__ import annotations

import gzip
import tarfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import ClassVar

from grader.intake.archives.base import Archive, ArchiveKind, Info, Limits, last_of_each, parts_of, refused


class Tar(ArchiveKind):
    """See the module."""

    name: ClassVar[str] = "a tar archive"
    suffixes: ClassVar[tuple[str, ...]] = (".tar", ".tar.gz", ".tgz")

    def shows(self, head: bytes) -> bool:
        """By the signature of gzip, or that of tar at its place."""
        return head.startswith(b"\x1f\x8b") or head[257:262] == b"ustar"

    def open(self, source: Path | BytesIO, name: str, limits: Limits) -> Archive:
        """Unpacked as a whole, for a tar archive has no directory."""
        if limits.unpacked is None:
            raise refused("archive-broken", name, "the work of a class is read from a .zip, not from a tar archive")
        try:
            data = _plain(source.read_bytes() if isinstance(source, Path) else source.getvalue(), limits.unpacked)
        except (OSError, EOFError, zlib.error) as error:
            raise refused("archive-broken", name, f"the archive is damaged ({error})") from error
        if len(data) > limits.unpacked:
            raise refused("archive-limit", name, f"the archive unpacks to more than {limits.unpacked:,} bytes")
        members: list[tarfile.TarInfo] = []
        try:
            made = tarfile.open(fileobj=BytesIO(data), mode="r:")  # noqa: SIM115 - closed with its reader
            while (member := made.next()) is not None:
                members.append(member)
                if len(members) > limits.members:
                    raise refused("archive-limit", name, f"the archive has more than {limits.members:,} members")
        except (tarfile.TarError, OSError, EOFError, ValueError, OverflowError, RecursionError) as error:
            raise refused("archive-broken", name, f"the archive is damaged ({error})") from error
        return _Tar(data, members)


class _Tar(Archive):
    def __init__(self, data: bytes, members: list[tarfile.TarInfo]) -> None:
        self._data = data
        self._members = members
        self.infos = last_of_each([_info(i, one) for i, one in enumerate(members) if not one.isdir()])

    def read(self, index: int, most: int) -> bytes:
        """A slice of what was unpacked."""
        member = self._members[index]
        return self._data[member.offset_data : member.offset_data + min(member.size, most + 1)]


def _info(index: int, member: tarfile.TarInfo) -> Info:
    parts, trouble = parts_of(member.name)
    if not parts:
        trouble = "it has no name"
    elif member.issym() or member.islnk():
        trouble = "it is a link"
    elif not member.isreg() or member.issparse():
        trouble = "it is no ordinary file"
    return Info(parts or ("?",), index, member.size, trouble)


def _plain(data: bytes, most: int) -> bytes:
    """The bytes without gzip, one more than ``most`` at the utmost."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    with gzip.open(BytesIO(data)) as stream:
        return stream.read(most + 1)
