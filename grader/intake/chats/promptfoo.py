"""Results of promptfoo: each row has a prompt and a response, or the messages of several turns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import InputError
from grader.intake.chats.base import Chat, ChatFormat, Head, Json, Message, broken, message, stop_declared, text_field
from grader.intake.chats.records import chats_of
from grader.intake.chats.streams import json_whole


class Promptfoo(ChatFormat):
    """See the module."""

    name: ClassVar[str] = "promptfoo"
    summary: ClassVar[str] = "promptfoo results (JSON)"

    def shows(self, head: Head) -> bool:
        """``results.results`` in a version that is known."""
        inner = head.value.get("results") if isinstance(head.value, Mapping) else None
        return isinstance(inner, Mapping) and isinstance(inner.get("results"), list) and inner.get("version") in (2, 3)

    def read(self, path: Path, head: Head) -> Iterator[Chat | InputError]:
        """One conversation a row."""
        whole = json_whole(path)
        results = whole.get("results") if isinstance(whole, Mapping) else None
        rows = results.get("results") if isinstance(results, Mapping) else None
        if not isinstance(rows, list):
            raise broken(path, 1, "no `results.results`", "the results of promptfoo")
        for number, row in enumerate(rows, 1):
            if not isinstance(row, Mapping) or not isinstance(row.get("response"), Mapping):
                yield broken(path, 1, f"a row {number} without a response", "a row with `response`")
                continue
            response, provider = row["response"], row.get("provider")
            model = text_field(provider, "id", "label") if isinstance(provider, Mapping) else str(provider or "")
            identity = f"{path.stem}-{text_field(row, 'testIdx') or number}-{model}".strip("-")
            stop = stop_declared(row, response)
            yield from chats_of(path, 1, identity, model, [list(_messages(row, response))], head, stop=stop)


def _messages(row: Mapping[str, Json], response: Mapping[str, Json]) -> Iterator[Message | None]:
    meta = response.get("metadata")
    turns = meta.get("messages") if isinstance(meta, Mapping) else None
    if not isinstance(turns, list):
        prompt = row.get("prompt")
        raw = prompt.get("raw") if isinstance(prompt, Mapping) else prompt
        turns = _chat(raw) or [{"role": "user", "content": raw}]
        turns = [*turns, {"role": "assistant", "content": response.get("output")}]
    for one in turns:
        if isinstance(one, Mapping):
            yield message(str(one.get("role")), one.get("content"), one)


def _chat(raw: Json) -> list[Json]:
    """The messages of a prompt that is itself a list of messages, written as JSON."""
    if not isinstance(raw, str) or not raw.lstrip().startswith("["):
        return []
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return []
    return value if isinstance(value, list) and all(isinstance(one, Mapping) for one in value) else []
