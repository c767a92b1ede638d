"""The messages of Inspect as those of a conversation that is read from a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grader.intake.chats.base import Message, message


def messages_of(messages: Iterable[Any]) -> tuple[Message, ...]:
    """The two sides of a conversation of Inspect, without thinking, tools and pictures.

    Args:
        messages: ``ChatMessage`` of Inspect.
    """
    found = []
    for one in messages:
        content = one.content
        if not isinstance(content, str):
            content = [{"type": piece.type, "text": getattr(piece, "text", None)} for piece in content]
        if (said := message(one.role, content, {"metadata": one.metadata})) is not None:
            found.append(said)
    return tuple(found)
