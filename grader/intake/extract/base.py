"""What an extractor is: it takes the text out of a file that is not text, as Markdown with TeX mathematics.

An extractor is one module in this package with one subclass of :class:`Extractor`, found by discovery.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from grader.diagnostics import Audience, Diagnostic, InputError, Severity, Span, operator_error
from grader.intake.layout import Layout
from grader.records import Doubt, Places, Repair

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
MOST_UNPACKED = 100 * 1024 * 1024
"""Most bytes that an archive may hold when unpacked."""

MOST_MEMBERS = 10_000
"""Most members of such an archive."""

_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file.

    Args:
        text: Markdown; formulas in TeX between dollars.
        left_out: what is in the file and not in the text, in a few words each: "2 pictures".
        places: of the lines of ``text`` in the file, where the file has pages.
        doubts: stretches of ``text`` that may not be what the file shows.
        layout: how it looks on its pages, where that is known.
        repairs: what was taken out of the text because it is no part of it.
    """

    text: str
    left_out: tuple[str, ...] = ()
    places: Places | None = None
    doubts: tuple[Doubt, ...] = ()
    layout: Layout | None = None
    repairs: tuple[Repair, ...] = ()


class Extractor(ABC):
    """Takes the text out of one kind of file.

    Class attributes:
        name: of the kind, for people: "a Word document".
        suffixes: endings of file names, lower case with the dot.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    @abstractmethod
    def fits(self, data: bytes, suffix: str) -> bool:
        """Whether a file is of this kind.

        Args:
            data: the bytes.
            suffix: ending of the file's name, lower case with the dot.
        """

    @abstractmethod
    def extract(self, data: bytes, name: str) -> Extracted:
        """The text of a file.

        Args:
            data: the bytes.
            name: of the file, for messages.

        Raises:
            InputError: ``input-broken``: it is not what it seems to be.
        """


def broken(name: str, what: str, why: str) -> InputError:
    """The error about a file that cannot be taken apart.

    Args:
        name: of the file.
        what: it seems to be: "a Word document".
        why: in a few words.
    """
    return InputError(
        operator_error(
            "input-broken",
            f"The file is {what} that cannot be read: {why}.",
            Span(name, 0, 0, 1),
            "Save it again, or hand in the answers as text, Markdown or LaTeX.",
        )
    )


def not_read(name: str, left_out: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """A warning about what of a file is not in its text.

    Args:
        name: of the file.
        left_out: see :class:`Extracted`.
    """
    if not left_out:
        return ()
    return (
        Diagnostic(
            "input-left-out",
            Severity.WARNING,
            Audience.STUDENT,
            f"Not read: {', '.join(left_out)}. Answers in them are not seen.",
            Span(name, 0, 0, 1),
            "Type the answers as text.",
        ),
    )


def safe_archive(data: bytes, name: str, what: str) -> bytes:
    """A zip archive made anew of the members of another, that a library can unpack as it likes.

    A member may unpack to gigabytes though the archive says that it has a hundred bytes; ``zipfile`` unpacks it whole
    before it looks. Here no more is unpacked than was said, and what is handed on is not packed.

    Args:
        data: the bytes.
        name: of the file.
        what: the file seems to be.

    Raises:
        InputError: it is no archive, is damaged, encrypted, has too many members, unpacks to too much, or by a method
            that unpacks whole blocks.
    """
    made = io.BytesIO()
    with _archive(data, name, what) as found, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as safe:
        last = {member.filename: member for member in found.infolist() if not member.is_dir()}
        try:
            for member in last.values():
                with found.open(member) as stream:
                    safe.writestr(member.filename, b"".join(iter(partial(stream.read, _PIECE), b"")))
        except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError, OverflowError, zlib.error) as error:
            raise broken(name, what, str(error)) from error
    return made.getvalue()


def _archive(data: bytes, name: str, what: str) -> zipfile.ZipFile:
    """A zip archive whose members may be read, a piece at a time."""
    try:
        made = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise broken(name, what, str(error)) from error
    members = made.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise broken(name, what, "it is encrypted")
    if any(member.compress_type not in _METHODS for member in members):
        raise broken(name, what, "it is packed by a method that is not read")
    if len(members) > MOST_MEMBERS:
        raise broken(name, what, f"it has more than {MOST_MEMBERS:,} members")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise broken(name, what, f"it unpacks to more than {MOST_UNPACKED // 2**20} MB")
    return made


def counted(number: int, one: str, several: str) -> tuple[str, ...]:
    """``("2 pictures",)``; nothing for none.

    Args:
        number: how many.
        one, several: the words.
    """
    return (f"{number} {one if number == 1 else several}",) if number else ()
