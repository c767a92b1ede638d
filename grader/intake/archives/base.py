"""What an archive is to the rest: infos of its members, and their bytes on demand."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import ClassVar, TypeAlias

from grader.diagnostics import InputError, Span, operator_error

OUTSIDE = "its path leads out of the archive"
"""The trouble with a member that cannot be told to be anybody's."""

_FIXES = {
    "archive-broken": "Pack it again as a plain .zip, without a password.",
    "archive-limit": "Hand in only the answers, unpacked or in a small .zip; one of a class may be unpacked, too.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may be.

    Args:
        members: most members.
        packed: most bytes of the archive; None for any.
        unpacked: most bytes of all members together; None for any.
    """

    members: int
    packed: int | None
    unpacked: int | None


@dataclass(frozen=True, slots=True)
class Info:
    """A member of an archive.

    Args:
        parts: its path, a name for each folder.
        index: its number in the archive.
        size: bytes when unpacked, as the archive says.
        trouble: why it is not to be read, in a few words; "" if it may be.
    """

    parts: tuple[str, ...]
    index: int
    size: int
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    Args:
        archive: a file, or a member of an archive that is a file.
        parts: its path in the archive.
        index: its number in the archive.
        size: bytes when unpacked, as the archive says.
        limits: that the archive keeps to.
    """

    archive: Path | Member
    parts: tuple[str, ...]
    index: int
    size: int
    limits: Limits

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.parts[-1]

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending of its name, with the dot."""
        return PurePosixPath(self.name).suffix

    def __str__(self) -> str:
        return "/".join((str(self.archive), *self.parts))


File: TypeAlias = Path | Member
"""Where bytes come from."""


class Archive(ABC):
    """An open archive.

    Attributes:
        infos: of its members; of those with the same path all but the last have that trouble.
    """

    infos: tuple[Info, ...]

    @abstractmethod
    def read(self, index: int, most: int) -> bytes:
        """The first bytes of a member, at most one more than ``most``.

        Args:
            index: of the member.
            most: that are of use.

        Raises:
            InputError: ``archive-broken``.
        """


class ArchiveKind(ABC):
    """A kind of archive, told by its bytes.

    Class attributes:
        name: for people.
        suffixes: endings of names, lower case with the dot.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    @abstractmethod
    def shows(self, head: bytes) -> bool:
        """Whether a file begins like one.

        Args:
            head: its first bytes.
        """

    @abstractmethod
    def open(self, source: Path | BytesIO, name: str, limits: Limits) -> Archive:
        """The archive.

        Args:
            source: where it stands.
            name: of it, for messages.
            limits: that it must keep to.

        Raises:
            InputError: ``archive-broken``, ``archive-limit``.
        """


def refused(code: str, name: str, why: str) -> InputError:
    """The error about an archive that is not read.

    Args:
        code: ``archive-broken`` or ``archive-limit``.
        name: of the archive or the member.
        why: in a few words.
    """
    return InputError(operator_error(code, f"Not read: {why}.", Span(name, 0, 0, 1), _FIXES[code]))


def parts_of(name: str) -> tuple[tuple[str, ...], str]:
    """The parts of a member's path, and what is wrong with it.

    Args:
        name: as the archive has it; tools of Windows write backslashes.
    """
    parts = tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
    outside = name.startswith(("/", "\\")) or ".." in parts or (parts and parts[0][1:] == ":")
    return parts, OUTSIDE if outside else ""


def last_of_each(infos: list[Info]) -> tuple[Info, ...]:
    """Members in order; of several with one path only the last is to be read, as unpacking would leave it.

    Args:
        infos: of all members.
    """
    last = {info.parts: info.index for info in infos}
    again = "another file of the same path comes after it"
    return tuple(one if last[one.parts] == one.index else replace(one, trouble=one.trouble or again) for one in infos)
