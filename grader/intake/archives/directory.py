"""The central directory of a zip archive (APPNOTE 6.3.10, sections 4.3 and 4.5.3), a member at a time.

``zipfile`` makes an object for each member and keeps them all: a gigabyte for a million.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_END = struct.Struct("<4s4H2LH")  # end of the central directory (4.3.16)
_LOCATOR = struct.Struct("<4sLQL")  # of the end record in archives above 4 GB (4.3.15)
_END64 = struct.Struct("<4sQ2H2L4Q")  # (4.3.14)
_ENTRY = struct.Struct("<4s6H3L5H2L")  # (4.3.12)
_EXTRA = struct.Struct("<HH")
_SIGNATURE = b"PK\x05\x06"
_LONGEST_COMMENT = 0xFFFF
_LARGE = 0xFFFFFFFF  # stands for a number that is in the field of id 1
_FURTHEST = 1 << 62
_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the central directory is.

    Args:
        start: the byte where it begins in the file.
        size: of it, in bytes.
        before: bytes that stand before the archive in its file; offsets in it do not count them.
    """

    start: int
    size: int
    before: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A member, as the directory has it.

    Args:
        name: of it; bytes that are no UTF-8, where it says that they are, or of code page 437.
        flags, method, checksum: as the format defines them.
        packed, size: bytes in the archive and when unpacked.
        offset: where it begins in the file.
    """

    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int


def directory_of(stream: BinaryIO) -> Directory | None:
    """Where the central directory is; None where the end of the archive is not found.

    Args:
        stream: of the archive.
    """
    whole = stream.seek(0, os.SEEK_END)
    first = stream.seek(max(0, whole - _LONGEST_COMMENT - _END.size))
    tail = stream.read()
    at = len(tail) - _END.size
    if at < 0 or not (tail.startswith(_SIGNATURE, at) and tail.endswith(b"\0\0")):  # else it has a comment
        at = tail.rfind(_SIGNATURE)
    if at < 0 or len(tail) < at + _END.size:
        return None
    size, offset = _END.unpack_from(tail, at)[5:7]
    end = first + at
    if end >= _LOCATOR.size + _END64.size:  # whose numbers count where there is one; it stands before its locator
        stream.seek(end - _LOCATOR.size - _END64.size)
        record, locator = stream.read(_END64.size), stream.read(_LOCATOR.size)
        if locator.startswith(b"PK\x06\x07") and record.startswith(b"PK\x06\x06"):
            size, offset = _END64.unpack(record)[8:10]
            end -= _LOCATOR.size + _END64.size
    return Directory(end - size, size, end - size - offset)


def listed(stream: BinaryIO, directory: Directory) -> Iterator[Listed]:
    """The members in the order of the directory.

    Args:
        stream: of the archive; is read from further on, and may be moved between members.
        directory: of it.

    Raises:
        ValueError: it is damaged.
    """
    place, end = directory.start, directory.start + directory.size
    if place < 0 or directory.before < 0:
        raise ValueError("its directory is not where it says")
    block, at = b"", 0
    while place < end:
        if len(block) - at < _ENTRY.size + 3 * 0xFFFF and place + len(block) - at < end:
            stream.seek(place)
            block, at = stream.read(min(2**20, end - place)), 0
        if len(block) - at < _ENTRY.size or not block.startswith(b"PK\x01\x02", at):
            raise ValueError("a member is missing in its directory")
        fields = _ENTRY.unpack_from(block, at)
        flags, method, checksum, packed, size = fields[3], fields[4], *fields[7:10]
        lengths = fields[10:13]
        body = at + _ENTRY.size
        length = _ENTRY.size + sum(lengths)
        if at + length > len(block):
            raise ValueError("its directory ends in a member")
        name = block[body : body + lengths[0]]
        numbers = [size, packed, fields[16]]
        if _LARGE in numbers:
            numbers = _large(numbers, block[body + lengths[0] : body + lengths[0] + lengths[1]])
        if numbers[2] > _FURTHEST:
            raise ValueError("a member stands where no file reaches")
        yield Listed(_name(name, flags), flags, method, checksum, numbers[1], numbers[0], numbers[2] + directory.before)
        at, place = at + length, place + length


def _large(numbers: list[int], extra: bytes) -> list[int]:
    """Sizes and offset, with those from the field of id 1 that do not fit into four bytes (4.5.3)."""
    at = 0
    while at + _EXTRA.size <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size
        if kind == 1:
            many = min(length, len(extra) - at) // 8
            found = iter(struct.unpack_from(f"<{many}Q", extra, at))
            return [next(found, one) if one == _LARGE else one for one in numbers]
        at += length
    return numbers


def _name(data: bytes, flags: int) -> str:
    if flags & _UTF8 or data.isascii():
        return data.decode("utf-8", "surrogateescape")
    return data.decode("cp437")
