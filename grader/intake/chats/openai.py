"""OpenAI's chat completions: requests with ``messages``, completions with ``choices``, lines of batch files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import InputError
from grader.intake.chats.base import Chat, ChatFormat, Head, Json, Message, broken, message, stop_declared, text_field
from grader.intake.chats.records import chats_of, objects


class OpenAI(ChatFormat):
    """See the module."""

    name: ClassVar[str] = "openai"
    summary: ClassVar[str] = "OpenAI chat completions, fine-tuning files and batch outputs (JSON or JSON Lines)"

    def shows(self, head: Head) -> bool:
        """``messages`` with roles, ``choices`` with messages, or a batch line around one of them."""
        value = head.value
        if not isinstance(value, Mapping) or _is_anthropic(value):
            return False
        body = _body(value)
        return bool(_roles(value)) or (isinstance(body, Mapping) and _has_choices(body))

    def read(self, path: Path, head: Head) -> Iterator[Chat | InputError]:
        """One conversation a record; several choices are several conversations."""
        for line, value in objects(path, head):
            if isinstance(value, InputError):
                yield value
                continue
            body, said = _body(value), _roles(value)
            if not said and not _has_choices(body):
                yield broken(path, line, "no messages", "`messages`, or `choices` with messages")
                continue
            asked = [message(role, content, one) for role, content, one in said]
            replies = _choices(body) or [()]
            model = text_field(value, "model") or text_field(body, "model")
            identity = text_field(value, "custom_id", "id") or text_field(body, "id")
            turns = [(*asked, *reply) for reply in replies]
            yield from chats_of(path, line, identity, model, turns, head, stop=stop_declared(value, body))


def _is_anthropic(value: Mapping[str, Json]) -> bool:
    return (
        value.get("type") == "message" or "max_tokens_to_sample" in value or isinstance(value.get("system"), str | list)
    )


def _roles(value: Mapping[str, Json]) -> list[tuple[str, Json, Mapping[str, Json]]]:
    messages = value.get("messages")
    if not isinstance(messages, list):
        request = value.get("request") or value.get("body")
        messages = request.get("messages") if isinstance(request, Mapping) else None
    found = messages if isinstance(messages, list) else []
    return [(str(one["role"]), one.get("content"), one) for one in found if isinstance(one, dict) and "role" in one]


def _body(value: Mapping[str, Json]) -> Mapping[str, Json]:
    """The completion itself: of a batch line, the body of its response."""
    response = value.get("response")
    if isinstance(response, Mapping):
        body = response.get("body", response)
        return body if isinstance(body, Mapping) else {}
    return value


def _has_choices(body: Mapping[str, Json]) -> bool:
    return bool(_choices(body))


def _choices(body: Mapping[str, Json]) -> list[tuple[Message | None, ...]]:
    choices = body.get("choices")
    replies = [one.get("message") for one in choices if isinstance(one, Mapping)] if isinstance(choices, list) else []
    return [(message("assistant", one.get("content"), one),) for one in replies if isinstance(one, Mapping)]
