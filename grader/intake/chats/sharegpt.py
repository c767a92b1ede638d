"""ShareGPT: ``conversations`` of turns ``from`` human or gpt, whose ``value`` may be HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import InputError
from grader.intake.chats.base import Chat, ChatFormat, Head, broken, message, stop_declared, text_field
from grader.intake.chats.records import chats_of, objects

_MARKUP = re.compile(r"\s*<(?:div|p|ul|ol|pre|h[1-6]|span|table)\b[^<>]*>", re.IGNORECASE)


class ShareGPT(ChatFormat):
    """See the module."""

    name: ClassVar[str] = "sharegpt"
    summary: ClassVar[str] = "ShareGPT and Vicuna training files (JSON or JSON Lines)"

    def shows(self, head: Head) -> bool:
        """The first turn says whom it is ``from``."""
        turns = head.value.get("conversations") if isinstance(head.value, Mapping) else None
        return isinstance(turns, list) and bool(turns) and isinstance(turns[0], Mapping) and "from" in turns[0]

    def read(self, path: Path, head: Head) -> Iterator[Chat | InputError]:
        """One conversation a record."""
        for line, value in objects(path, head):
            if isinstance(value, InputError):
                yield value
                continue
            turns = value.get("conversations")
            if not isinstance(turns, list):
                yield broken(path, line, "no `conversations`", "a list of turns")
                continue
            said = [
                message(str(one.get("from")), without_markup(str(one.get("value") or "")), one)
                for one in turns
                if isinstance(one, Mapping)
            ]
            identity, model = text_field(value, "id"), text_field(value, "model")
            yield from chats_of(path, line, identity, model, [said], head, stop=stop_declared(value))


def without_markup(value: str) -> str:
    """The words of a value that is HTML; a value that is not stays as it is.

    Args:
        value: begins with an element where it is HTML.
    """
    if not _MARKUP.match(value):
        return value
    from grader.intake.html.trees import tree_of  # here, for most values are plain
    from grader.intake.html.writing import markdown

    try:
        return markdown(tree_of(value)).strip()
    except (AssertionError, RecursionError, ValueError):
        return value  # no HTML after all, or nested beyond reading: the words are in it
