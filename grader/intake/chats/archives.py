"""Members of zip archives as JSON: bounded, and also those compressed with Zstandard, which ``zipfile`` cannot read."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from grader.diagnostics import InputError, Span, operator_error
from grader.intake.archives.directory import Listed, directory_of, listed
from grader.intake.chats.base import broken, open_bytes
from grader.intake.chats.streams import parsed
from grader.intake.spool import Spool, as_key

if TYPE_CHECKING:
    from zstandard import ZstdDecompressor

MOST_MEMBER = 64 * 1024 * 1024
"""Most bytes of a member when unpacked."""

MOST_MEMBERS = 5_000_000
"""Most members of an archive; their names wait on the disk."""

MOST_NAMES = 1_000
"""Names from which the format of an archive is told, besides those at its top."""

_ZSTANDARD = 93  # number of the method in the zip format (APPNOTE 6.3.7, section 4.4.5)
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 1  # bit of the flags
_PLACE = struct.Struct("<2HL3Q")  # of a member: flags, method, checksum, bytes packed and unpacked, offset


class Archive:
    """A zip archive whose members are JSON.

    Args:
        path: of the file.

    Raises:
        InputError: it is no zip archive, or has too many members.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = open_bytes(path)
        self._unpacker: ZstdDecompressor | None = None
        self._members = Spool()
        try:
            for one in _listed(self._file):
                place = _PLACE.pack(one.flags, one.method, one.checksum, one.packed, one.size, one.offset)
                self._members.add(as_key(one.name), place)
            if len(self._members) > MOST_MEMBERS:
                raise ValueError(f"it has more than {MOST_MEMBERS:,} members")
        except (OSError, ValueError, struct.error) as error:
            self._file.close()
            raise unreadable(path, str(error)) from error

    def names(self) -> Iterator[str]:
        """The names of the members, in the order of the archive; of those that it has several times each."""
        return (one.name for one in _listed(self._file))

    def json(self, name: str) -> Any:
        """A member's value; None where there is no such member. Of several of one name the last counts.

        Args:
            name: of the member.

        Raises:
            InputError: it cannot be unpacked, or is too large.
            ValueError: it is not JSON.
        """
        found = self._members.last(as_key(name))
        return None if found is None else parsed(self._unpacked(Listed(name, *_PLACE.unpack(found))))

    def _unpacked(self, info: Listed) -> bytes:
        if info.size > MOST_MEMBER:
            raise broken(self.path, 1, f"{info.name} of {info.size:,} bytes", f"at most {MOST_MEMBER:,}")
        try:
            data = self._by_method(info, self._packed(info))
        except (OSError, EOFError, ValueError, zlib.error, struct.error) as error:
            raise broken(self.path, 1, f"{info.name} that cannot be unpacked ({error})", "a sound archive") from error
        if len(data) > MOST_MEMBER:
            raise broken(self.path, 1, f"{info.name} that unpacks to more than it says", "a sound archive")
        return data

    def _packed(self, info: Listed) -> bytes:
        """A member as it lies in the file; ``ZipFile.open`` makes four objects for each, and costs as much again."""
        if info.flags & _ENCRYPTED:
            raise ValueError("it is encrypted")
        self._file.seek(info.offset)
        header = _LOCAL_HEADER.unpack(self._file.read(_LOCAL_HEADER.size))
        if header[0] != _LOCAL_SIGNATURE:
            raise ValueError("there is no member where the archive says")
        self._file.seek(header[-2] + header[-1], 1)
        if info.packed > MOST_MEMBER:  # memory for all that is to be read is taken at once
            raise ValueError(f"it says that it has {info.packed:,} bytes, packed")
        packed = self._file.read(info.packed)
        if len(packed) < info.packed:
            raise EOFError("the archive ends in it")
        return packed

    def _by_method(self, info: Listed, packed: bytes) -> bytes:
        """A member unpacked, up to one byte more than is allowed."""
        if info.method == zipfile.ZIP_STORED:
            data = packed
        elif info.method == zipfile.ZIP_DEFLATED:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, MOST_MEMBER + 1)
        elif info.method == _ZSTANDARD:
            return self._zstandard(packed, info.size)  # whose frames can have checksums of their own
        else:  # the others unpack whole blocks, of any size
            raise ValueError("it is packed by a method that is not read")
        if len(data) <= MOST_MEMBER and zlib.crc32(data) != info.checksum:
            raise ValueError("its checksum is another")
        return data

    def _zstandard(self, packed: bytes, size: int) -> bytes:
        import zstandard  # here, for few archives use it

        if self._unpacker is None:
            self._unpacker = zstandard.ZstdDecompressor()
        try:
            with self._unpacker.stream_reader(packed) as reader:
                data = reader.read(size + 1)  # memory for all that is read is taken at once
                return bytes(data if len(data) <= size else data + reader.read(MOST_MEMBER + 1 - len(data)))
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error


def _listed(stream: BinaryIO) -> Iterator[Listed]:
    """The members of an archive, one more than are allowed at most.

    Raises:
        ValueError: it is none, or damaged.
    """
    directory = directory_of(stream)
    if directory is None:
        raise ValueError("it has no end as a zip archive has")
    return islice(listed(stream, directory), MOST_MEMBERS + 1)


def member_names(path: Path) -> tuple[str, ...]:
    """The names at the top of a zip archive, and the first of the others; none where it cannot be read.

    Args:
        path: of the file.
    """
    top: list[str] = []
    below: list[str] = []
    try:
        with path.open("rb") as stream:
            for one in _listed(stream):
                names = below if "/" in one.name else top
                if len(names) < MOST_NAMES:
                    names.append(one.name)
    except (OSError, ValueError, struct.error):
        return ()
    return (*top, *below)


def unreadable(path: Path, why: str) -> InputError:
    """The error about an archive that cannot be opened.

    Args:
        path: of the file.
        why: in a few words.
    """
    return InputError(
        operator_error(
            "chat-archive",
            f"the archive cannot be read: {why}",
            Span(str(path), 0, 0, 1),
            "Copy the file again; it may have been cut off.",
        )
    )
