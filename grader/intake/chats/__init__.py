"""Recorded conversations in the formats of other tools: which format a file has, and what was said.

The bytes decide first, then the shape of the first JSON value; the file's ending never does.
"""

from __future__ import annotations

import inspect
import json
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from grader.diagnostics import InputError, Span, operator_error
from grader.intake.chats.archives import member_names
from grader.intake.chats.base import Chat, ChatFormat, Head, open_bytes

__all__ = ["Chat", "ChatFormat", "chat_formats", "format_of", "read_chats"]

LOOK = 4 * 1024 * 1024
"""Bytes of a file in which its first value must end."""


@cache
def chat_formats() -> Mapping[str, ChatFormat]:
    """The known formats by name, in the order of their names."""
    found: dict[str, ChatFormat] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if inspect.isclass(value) and issubclass(value, ChatFormat) and not inspect.isabstract(value):
                found[value.name] = value()
    return dict(sorted(found.items()))


def format_of(path: Path, name: str = "") -> tuple[ChatFormat, Head] | None:
    """The format of a file.

    Args:
        path: of the file.
        name: of a format, where the person says which it is.

    Returns:
        The format and the beginning of the file; None where it shows none of them, as for text.

    Raises:
        InputError: ``chat-ambiguous``: it shows several; or the file cannot be read.
    """
    head = head_of(path)
    if name:
        return chat_formats()[name], head
    shown = [one for one in chat_formats().values() if one.shows(head)]
    if len(shown) > 1:
        listed = ", ".join(one.name for one in shown)
        raise InputError(
            operator_error(
                "chat-ambiguous",
                f"the file may be of several formats: {listed}",
                Span(str(path), 0, 0, 1),
                f"Say which: --format {shown[0].name}",
            )
        )
    return (shown[0], head) if shown else None


def read_chats(path: Path, name: str = "") -> Iterator[Chat | InputError]:
    """The conversations of a file in one of the formats.

    Args:
        path: of the file.
        name: of the format; found by what the file shows if "".

    Yields:
        Conversations one at a time; in place of one that cannot be read, the error.

    Raises:
        InputError: the file is of none or of several formats, or nothing further can be read.
    """
    found = format_of(path, name)
    if found is None:
        raise InputError(
            operator_error(
                "chat-unknown",
                f"the file is of none of the formats {', '.join(chat_formats())}",
                Span(str(path), 0, 0, 1),
                "Say which it is with --format, or write it as Markdown with lines such as `User:` and `LLM:`.",
            )
        )
    kind, head = found
    yield from kind.read(path, head)


def head_of(path: Path) -> Head:
    """The beginning of a file.

    Args:
        path: of the file.

    Raises:
        InputError: it cannot be read.
    """
    with open_bytes(path) as stream:
        data = stream.read(LOOK)
    if data.startswith(b"PK\x03\x04"):
        return Head(data, members=member_names(path))
    text = data.decode("utf-8-sig", "replace").lstrip()
    if text[:1] not in ("{", "["):
        return Head(data)
    decoder = json.JSONDecoder()
    listed = text.startswith("[")
    try:
        value, end = decoder.raw_decode(text[1:].lstrip() if listed else text)
    except (ValueError, RecursionError):
        return Head(data)
    return Head(data, value, lines=not listed and _goes_on(text[end:]), listed=listed)


def _goes_on(rest: str) -> bool:
    """Whether another value follows on a line of its own."""
    blanks = len(rest) - len(rest.lstrip())
    return "\n" in rest[:blanks] and blanks < len(rest)
