"""What the formats that are JSON have in common: records one by one, and conversations from their messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from grader.diagnostics import Audience, Diagnostic, InputError, Severity, Span
from grader.intake.chats.base import Chat, Head, Json, Message, broken
from grader.intake.chats.streams import json_items, json_lines, json_whole
from grader.records import Origin


def objects(path: Path, head: Head) -> Iterator[tuple[int, Mapping[str, Json] | InputError]]:
    """The objects of a file, each with its line, or its place in a list.

    Args:
        path: of the file.
        head: of the file.

    Yields:
        Pairs of line (or place, from 1) and object; in place of a value that is none, the error.

    Raises:
        InputError: nothing further can be read.
    """
    for line, value in _values(path, head):
        if isinstance(value, (dict, InputError)):
            yield line, value
        else:
            yield line, broken(path, line, f"a JSON {type(value).__name__}", "an object")


def _values(path: Path, head: Head) -> Iterator[tuple[int, Json]]:
    if head.lines:
        for found in json_lines(path, head.stretch):
            if isinstance(found, InputError):
                place = found.diagnostics[0].span
                yield (place.line if place else 1), found
            else:
                yield found
    elif head.listed:
        yield from enumerate(json_items(path), 1)
    else:
        yield 1, json_whole(path)


def chats_of(
    path: Path,
    line: int,
    identity: str,
    model: str,
    turns: Sequence[Sequence[Message | None]],
    head: Head,
    diagnostics: tuple[Diagnostic, ...] = (),
    stop: str = "",
    origin: Origin | None = None,
) -> Iterator[Chat | InputError]:
    """The conversations of one record: one for each way in which it went on.

    Args:
        path: of the file.
        line: of the record, or its place in a list.
        identity: as recorded, or "".
        model: as recorded, or "".
        turns: the messages of each; None for those that say nothing.
        head: of the file.
        diagnostics: of the record.
        stop: the stop policy that it declares, or "".
        origin: of the record; None where the format does not name its records.
    """
    single = not (head.lines or head.listed)
    name = identity or (path.stem if single else f"{path.stem}-{line}")
    for number, messages in enumerate(turns, 1):
        spoken = tuple(one for one in messages if one is not None)
        if not spoken:
            yield broken(path, line, "a conversation in which nothing is said", "messages with text")
            continue
        own = name if len(turns) == 1 else f"{name}-{number}"
        yield Chat(own, model, spoken, str(path), line if head.lines else 1, diagnostics, stop, origin)


def left_out(path: Path, line: int, what: str) -> Diagnostic:
    """A note on what is in a record and not read.

    Args:
        path: of the file.
        line: of the record.
        what: was left out.
    """
    return Diagnostic(
        "chat-left-out",
        Severity.WARNING,
        Audience.OPERATOR,
        f"{what} cannot be read and was left out.",
        Span(str(path), 0, 0, line),
        "If answers stand there, grade them by hand.",
    )
