"""The export of claude.ai: a list of conversations with ``chat_messages``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import InputError
from grader.intake.chats.base import Chat, ChatFormat, Head, Message, broken, message, text_field, words_of
from grader.intake.chats.records import chats_of, left_out, objects


class ClaudeExport(ChatFormat):
    """See the module."""

    name: ClassVar[str] = "claude-export"
    summary: ClassVar[str] = "claude.ai's data export (conversations.json)"

    def shows(self, head: Head) -> bool:
        """Each conversation has ``chat_messages``."""
        return isinstance(head.value, Mapping) and isinstance(head.value.get("chat_messages"), list)

    def read(self, path: Path, head: Head) -> Iterator[Chat | InputError]:
        """One conversation each; the words are those of the content's blocks, else the plain text."""
        for line, value in objects(path, head):
            if isinstance(value, InputError):
                yield value
                continue
            said = value.get("chat_messages")
            if not isinstance(said, list):
                yield broken(path, line, "no `chat_messages`", "a list of messages")
                continue
            messages: list[Message | None] = []
            notes = []
            for one in said:
                if not isinstance(one, Mapping):
                    continue
                words = words_of(one.get("content")) or str(one.get("text") or "")
                messages.append(message(str(one.get("sender")), words, one))
                if one.get("attachments") or one.get("files"):
                    notes.append(left_out(path, 1, f"An attachment to message {len(messages)} of conversation {line}"))
            identity = text_field(value, "name", "uuid")
            yield from chats_of(path, line, identity, text_field(value, "model"), [messages], head, tuple(notes))
