"""Members of zip archives as JSON: bounded, and also those compressed with Zstandard, which ``zipfile`` cannot read."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.diagnostics import InputError, Span, operator_error
from grader.intake.chats.base import broken
from grader.intake.chats.streams import parsed

MOST_MEMBER = 64 * 1024 * 1024
"""Most bytes of a member when unpacked."""

MOST_MEMBERS = 200_000
"""Most members of an archive."""

_ZSTANDARD = 93  # number of the method in the zip format (APPNOTE 6.3.7, section 4.4.5)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")


class Archive:
    """A zip archive whose members are JSON.

    Args:
        path: of the file.

    Raises:
        InputError: it is no zip archive, or has too many members.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise unreadable(path, str(error)) from error
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise unreadable(path, f"it has more than {MOST_MEMBERS} members")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

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
            if info.compress_type == _ZSTANDARD:
                return self._whole(info, self._zstandard(info))
            if info.compress_type not in _METHODS:  # the others unpack whole blocks, of any size
                raise ValueError("it is packed by a method that is not read")
            with self._zip.open(info) as stream:
                data = stream.read(MOST_MEMBER + 1)
        except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError, zlib.error, struct.error) as error:
            raise broken(
                self.path, 1, f"{info.filename} that cannot be unpacked ({error})", "a sound archive"
            ) from error
        return self._whole(info, data)

    def _whole(self, info: zipfile.ZipInfo, data: bytes) -> bytes:
        """The bytes of a member, if they are not too many."""
        if len(data) > MOST_MEMBER:
            raise broken(self.path, 1, f"{info.filename} that unpacks to more than it says", "a sound archive")
        return data

    def _zstandard(self, info: zipfile.ZipInfo) -> bytes:
        import zstandard  # here, for few archives use it

        with self.path.open("rb") as stream:
            stream.seek(info.header_offset)
            header = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
            stream.seek(header[-2] + header[-1], 1)
            packed = stream.read(info.compress_size)
        try:
            with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
                return reader.read(MOST_MEMBER + 1)
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
