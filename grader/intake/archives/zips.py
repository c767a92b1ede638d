"""Zip archives: of members only stored and deflated ones, which are unpacked no further than they are read.

Other methods of the format (bzip2, LZMA) unpack whole blocks at once, and a block of a few bytes may hold gigabytes.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import ClassVar

from grader.intake.archives.base import Archive, ArchiveKind, Info, Limits, last_of_each, parts_of, refused
from grader.intake.archives.directory import directory_of

_ENTRY = 256  # bytes of the directory for a member, at a generous guess
_EMPTY = b"PK\x05\x06"
_UTF8 = 0x800
_ENCRYPTED = 0x1
_UNIX = 3


class Zip(ArchiveKind):
    """See the module."""

    name: ClassVar[str] = "a zip archive"
    suffixes: ClassVar[tuple[str, ...]] = (".zip",)

    def shows(self, head: bytes) -> bool:
        """By the signature of a member, or of the end of an empty archive."""
        return head.startswith((b"PK\x03\x04", _EMPTY))

    def open(self, source: Path | BytesIO, name: str, limits: Limits) -> Archive:
        """Only the directory of the archive is read."""
        if isinstance(source, Path):
            with source.open("rb") as stream:
                directory = directory_of(stream)
        else:
            directory = directory_of(source)
        if directory is not None and directory.size > limits.members * _ENTRY:  # a reader holds it in memory
            raise refused("archive-limit", name, f"the archive has more than {limits.members:,} members")
        try:
            made = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError, struct.error) as error:
            raise refused("archive-broken", name, f"the archive is damaged ({error})") from error
        members = made.infolist()
        if len(members) > limits.members:
            raise refused("archive-limit", name, f"the archive has {len(members):,} members, not {limits.members:,}")
        if limits.unpacked is not None and sum(one.file_size for one in members) > limits.unpacked:
            raise refused("archive-limit", name, f"the archive unpacks to more than {limits.unpacked:,} bytes")
        return _Zip(made, name)


class _Zip(Archive):
    def __init__(self, made: zipfile.ZipFile, name: str) -> None:
        self._zip = made
        self._name = name
        self._members = made.infolist()
        self.infos = last_of_each([_info(i, one) for i, one in enumerate(self._members) if not one.is_dir()])

    def read(self, index: int, most: int) -> bytes:
        """The first bytes of a member."""
        member = self._members[index]
        try:
            with self._zip.open(member) as stream:
                return stream.read(most + 1)
        except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError, OverflowError, zlib.error) as error:
            name = f"{self._name}/{'/'.join(_info(index, member).parts)}"
            raise refused("archive-broken", name, f"it cannot be unpacked ({error})") from error


def _info(index: int, member: zipfile.ZipInfo) -> Info:
    parts, trouble = parts_of(_name_of(member))
    if not parts:
        trouble = "it has no name"
    elif member.flag_bits & _ENCRYPTED:
        trouble = "it is encrypted"
    elif member.create_system == _UNIX and stat.S_ISLNK(member.external_attr >> 16):
        trouble = "it is a link"
    elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        trouble = "it is packed by a method that is not read"
    return Info(parts or ("?",), index, member.file_size, trouble)


def _name_of(member: zipfile.ZipInfo) -> str:
    """The member's name; macOS writes UTF-8 without saying so, and no other text reads as UTF-8 by chance."""
    if member.flag_bits & _UTF8 or member.filename.isascii():
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename
