"""What a format of recorded conversations is: how a file shows it, and how conversations come out of it.

A format is one module in this package with one subclass of :class:`ChatFormat`; it is found by discovery and tested
through the files of its name in ``tests/intake/chats/``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from grader.diagnostics import Diagnostic, InputError, Span, operator_error
from grader.records import Origin

USER, ASSISTANT = "user", "assistant"

Json = Any  # what a JSON value can be


@dataclass(frozen=True, slots=True)
class Message:
    """What one side said at once.

    Args:
        role: ``user`` or ``assistant``; nothing else is kept.
        text: the words, without visible thinking, tool calls and pictures.
        hint: kind of hint that the record declares, or "".
        about: parts (``problem/part``) that the record says the hint is about.
    """

    role: str
    text: str
    hint: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chat:
    """A recorded conversation.

    Args:
        id: as recorded, or made from the file's name and the place in it.
        model: as recorded; "" if it is not.
        messages: in order; two of one side may follow each other.
        file: path as given.
        line: where the record begins, from 1; 1 where the format has no lines.
        diagnostics: what was left out, and why.
        stop: how it was decided when the conversation ends, as the record declares it; "" if it does not.
        origin: which record of which repetition it is, where the tool names them.
    """

    id: str
    model: str
    messages: tuple[Message, ...]
    file: str
    line: int = 1
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    stop: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a file that can be read by itself.

    Args:
        start, stop: of a file of lines the bytes from the start of one line to the end of another; of an archive the
            places of its samples, from 0.
        line: number of the first line, from 1; 1 in archives.
        count: of the lines, or samples.
        size: in bytes.
    """

    start: int
    stop: int
    line: int
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, as far as it takes to know its format.

    Args:
        data: the first bytes.
        value: the first JSON value: of a file of lines that of the first line, of a list its first item; None if there
            is none, or it is not whole.
        lines: the file is one value a line.
        listed: the file is one list.
        members: names in a zip archive: those at its top, and the first of the others.
        stretch: to which reading keeps; None for the whole file.
    """

    data: bytes
    value: Json = None
    lines: bool = False
    listed: bool = False
    members: tuple[str, ...] = ()
    stretch: Stretch | None = None

    def within(self, stretch: Stretch) -> Head:
        """The same for a piece of the file, without what only tells the format; small enough to be sent around.

        Args:
            stretch: the piece.
        """
        return replace(self, data=b"", value=None, members=self.members[:1], stretch=stretch)


class ChatFormat(ABC):
    """One way to record conversations.

    Class attributes:
        name: as in ``--format``.
        summary: one line for the table of formats: which tool writes it.
    """

    name: ClassVar[str]
    summary: ClassVar[str]

    @abstractmethod
    def shows(self, head: Head) -> bool:
        """Whether a file begins as this format does, and as no other.

        Args:
            head: of the file.
        """

    @abstractmethod
    def read(self, path: Path, head: Head) -> Iterator[Chat | InputError]:
        """The conversations of a file, one at a time, so that large files need little memory.

        Args:
            path: of the file.
            head: of the file.

        Yields:
            Conversations; in place of one that cannot be read, the error, and the others all the same.

        Raises:
            InputError: nothing further can be read.
        """

    def stretches(self, path: Path, head: Head, size: int) -> Iterator[Stretch]:
        """The pieces in which a file can be read, by several processes at once.

        Args:
            path: of the file.
            head: of the file; :meth:`read` takes it with one of the stretches (:meth:`Head.within`).
            size: about how many bytes a piece shall have.

        Yields:
            Pieces in order that make up the file; nothing where it can only be read as a whole.

        Raises:
            InputError: it cannot be read.
        """
        if head.lines:
            yield from line_stretches(path, size)


def line_stretches(path: Path, size: int) -> Iterator[Stretch]:
    """The pieces of a file of lines; each ends with the first line that makes it as long as it shall be.

    Args:
        path: of the file.
        size: of a piece, in bytes.

    Raises:
        InputError: the file cannot be read.
    """
    with open_bytes(path) as stream:
        start, line = 0, 1
        while block := stream.read(size):
            count = block.count(b"\n")
            while not block.endswith(b"\n") and (block := stream.readline(size)):
                count += block.endswith(b"\n")
            stop = stream.tell()
            count += block[-1:] != b"\n"  # a last line need not end
            yield Stretch(start, stop, line, count, stop - start)
            start, line = stop, line + count


def open_bytes(path: Path) -> BinaryIO:
    """A file, open for reading.

    Args:
        path: of the file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(
            operator_error(
                "input-unreadable",
                f"The file cannot be read: {error.strerror or error}.",
                Span(str(path), 0, 0, 1),
                "Check that it is a file and that you may read it.",
            )
        ) from error


def broken(file: Path | str, line: int, found: str, expected: str) -> InputError:
    """The error about a record that cannot be read.

    Args:
        file: path as given.
        line: where the record begins.
        found: what is there.
        expected: what the format has there.
    """
    return InputError(
        operator_error(
            "chat-record",
            f"found {found}, expected {expected}",
            Span(str(file), 0, 0, line),
            "Export the conversation again, or leave this record out; the others are graded.",
        )
    )


# ---------------------------------------------------------------- contents of messages

_WORDS = frozenset({"text", "input_text", "output_text"})
_SILENT = frozenset({"thinking", "redacted_thinking", "reasoning", "tool_use", "tool_result", "tool_call"})


def _kind(block: Mapping[str, Json]) -> str:
    return str(block.get("type", "text"))


def words_of(content: Json) -> str:
    """The words of a message's content: text, or a list of blocks of which those with words count.

    Args:
        content: text, a list of blocks, or nothing.
    """
    if isinstance(content, str):
        return content
    if not isinstance(content, Sequence):
        return ""
    pieces = []
    for block in content:
        if isinstance(block, str):
            pieces.append(block)
        elif isinstance(block, Mapping) and _kind(block) in _WORDS and isinstance(block.get("text"), str):
            pieces.append(block["text"])
    return "\n\n".join(pieces)


def hides_words(content: Json) -> bool:
    """Whether a content has blocks that are no words and no thinking either: pictures, files.

    Args:
        content: text, a list of blocks, or nothing.
    """
    if isinstance(content, str) or not isinstance(content, Sequence):
        return False
    kinds = [_kind(block) for block in content if isinstance(block, Mapping)]
    return any(kind not in _WORDS | _SILENT for kind in kinds)


_SIDES = {"human": USER, "user": USER, "assistant": ASSISTANT, "gpt": ASSISTANT, "model": ASSISTANT}


def message(role: str, content: Json, record: Mapping[str, Json] | None = None) -> Message | None:
    """A message of one of the two sides; None for other roles, and where nothing is said.

    Args:
        role: as the format names it.
        content: see :func:`words_of`.
        record: may declare a ``hint`` and what it is ``about``, itself or in its ``metadata``.
    """
    side = _SIDES.get(role)
    words = content if isinstance(content, str) else words_of(content)
    if side is None or not words or words.isspace():
        return None
    if record is None:
        return Message(side, words)
    metadata = record.get("metadata")
    declared = metadata if "hint" not in record and isinstance(metadata, dict) else record
    hint, about = declared.get("hint"), declared.get("about")
    if hint is None and about is None:
        return Message(side, words)
    named = tuple(one for one in about if isinstance(one, str)) if isinstance(about, list | tuple) else ()
    return Message(side, words, hint if isinstance(hint, str) else "", named)


def stop_declared(*records: Json) -> str:
    """The stop policy in the ``metadata`` of the first record that declares one; "" if none does.

    Args:
        records: of a conversation and of what it belongs to, the nearest first.
    """
    for record in records:
        meta = record.get("metadata") if isinstance(record, dict) else None
        if isinstance(meta, dict) and isinstance(meta.get("stop"), str):
            return str(meta["stop"])
    return ""


def text_field(record: Mapping[str, Json], *names: str) -> str:
    """The first of some fields that holds text or a number, as text; "" if none does.

    Args:
        record: with the fields.
        names: of them, best first.
    """
    for name in names:
        value = record.get(name)
        if isinstance(value, str):
            if value and not value.isspace():
                return value
        elif isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""
