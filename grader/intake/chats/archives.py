"""Members of zip archives as JSON: bounded, and also those compressed with Zstandard, which ``zipfile`` cannot read."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.diagnostics import InputError, Span, operator_error
from grader.intake.chats.base import broken, open_bytes
from grader.intake.chats.streams import parsed

if TYPE_CHECKING:
    from zstandard import ZstdDecompressor

MOST_MEMBER = 64 * 1024 * 1024
"""Most bytes of a member when unpacked."""

MOST_MEMBERS = 200_000
"""Most members of an archive."""

_ZSTANDARD = 93  # number of the method in the zip format (APPNOTE 6.3.7, section 4.4.5)
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 1  # bit of the flags


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
        try:
            self._zip = zipfile.ZipFile(self._file)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            self._file.close()
            raise unreadable(path, str(error)) from error
        if len(self._zip.infolist()) > MOST_MEMBERS:
            self._file.close()
            raise unreadable(path, f"it has more than {MOST_MEMBERS} members")

    def names(self) -> tuple[str, ...]:
        """The names of the members, each once."""
        return tuple(dict.fromkeys(self._zip.namelist()))

    def json(self, name: str) -> Any:
        """A member's value; None where there is no such member. Of several of one name the last counts.

        Args:
            name: of the member.

        Raises:
            InputError: it cannot be unpacked, or is too large.
            ValueError: it is not JSON.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return None
        return parsed(self._unpacked(info))

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        if info.file_size > MOST_MEMBER:
            raise broken(self.path, 1, f"{info.filename} of {info.file_size:,} bytes", f"at most {MOST_MEMBER:,}")
        try:
            data = self._by_method(info, self._packed(info))
        except (OSError, EOFError, ValueError, zlib.error, struct.error) as error:
            raise broken(
                self.path, 1, f"{info.filename} that cannot be unpacked ({error})", "a sound archive"
            ) from error
        if len(data) > MOST_MEMBER:
            raise broken(self.path, 1, f"{info.filename} that unpacks to more than it says", "a sound archive")
        return data

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        """A member as it lies in the file; ``ZipFile.open`` makes four objects for each, and costs as much again."""
        if info.flag_bits & _ENCRYPTED:
            raise ValueError("it is encrypted")
        self._file.seek(info.header_offset)
        header = _LOCAL_HEADER.unpack(self._file.read(_LOCAL_HEADER.size))
        if header[0] != _LOCAL_SIGNATURE:
            raise ValueError("there is no member where the archive says")
        self._file.seek(header[-2] + header[-1], 1)
        if info.compress_size > MOST_MEMBER:  # memory for all that is to be read is taken at once
            raise ValueError(f"it says that it has {info.compress_size:,} bytes, packed")
        packed = self._file.read(info.compress_size)
        if len(packed) < info.compress_size:
            raise EOFError("the archive ends in it")
        return packed

    def _by_method(self, info: zipfile.ZipInfo, packed: bytes) -> bytes:
        """A member unpacked, up to one byte more than is allowed."""
        if info.compress_type == zipfile.ZIP_STORED:
            data = packed
        elif info.compress_type == zipfile.ZIP_DEFLATED:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, MOST_MEMBER + 1)
        elif info.compress_type == _ZSTANDARD:
            return self._zstandard(packed, info.file_size)  # whose frames can have checksums of their own
        else:  # the others unpack whole blocks, of any size
            raise ValueError("it is packed by a method that is not read")
        if len(data) <= MOST_MEMBER and zlib.crc32(data) != info.CRC:
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


def member_names(path: Path) -> tuple[str, ...]:
    """The names in a zip archive; none where it cannot be read.

    Args:
        path: of the file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(archive.namelist()[:MOST_MEMBERS])
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        return ()


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
