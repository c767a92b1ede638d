"""Anthropic's messages: requests with ``system`` and ``messages``, responses of type ``message``, batch results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import InputError
from grader.intake.chats.base import Chat, ChatFormat, Head, Json, Message, broken, message, stop_declared, text_field
from grader.intake.chats.records import chats_of, objects


class Anthropic(ChatFormat):
    """See the module."""

    name: ClassVar[str] = "anthropic"
    summary: ClassVar[str] = "Anthropic messages: requests, responses, batch results (JSON or JSON Lines)"

    def shows(self, head: Head) -> bool:
        """A response of type ``message``, or a request whose ``system`` stands beside its messages."""
        value = head.value
        if not isinstance(value, Mapping):
            return False
        return bool(_response(value)) or (
            isinstance(value.get("messages"), list) and isinstance(value.get("system"), str | list)
        )

    def read(self, path: Path, head: Head) -> Iterator[Chat | InputError]:
        """One conversation a record: the request's messages, then the response's."""
        for line, value in objects(path, head):
            if isinstance(value, InputError):
                yield value
                continue
            request = value.get("request") or value.get("params") or value
            response = _response(value)
            asked = request.get("messages") if isinstance(request, Mapping) else None
            if not isinstance(asked, list) and not response:
                yield broken(path, line, "no messages", "a request with `messages`, or a response of type `message`")
                continue
            said: list[Message | None] = [
                message(str(one.get("role")), one.get("content"), one)
                for one in asked or ()
                if isinstance(one, Mapping)
            ]
            if response:
                said.append(message("assistant", response.get("content")))
            model = text_field(response, "model") or (text_field(request, "model") if asked else "")
            identity = text_field(value, "custom_id", "id") or text_field(response, "id")
            yield from chats_of(path, line, identity, model, [said], head, stop=stop_declared(value, request))


def _response(value: Mapping[str, Json]) -> Mapping[str, Json]:
    """The response in a record, wherever it stands; empty if there is none."""
    inner = value.get("result")
    for one in (value, value.get("response"), inner.get("message") if isinstance(inner, Mapping) else None):
        if isinstance(one, Mapping) and one.get("type") == "message" and isinstance(one.get("content"), list):
            return one
    return {}
