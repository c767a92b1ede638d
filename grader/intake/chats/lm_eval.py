"""Samples of the LM Evaluation Harness: one line for each document and filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import InputError
from grader.intake.chats.base import Chat, ChatFormat, Head, Json, broken, message, text_field
from grader.intake.chats.records import chats_of, objects


class LmEval(ChatFormat):
    """See the module."""

    name: ClassVar[str] = "lm-eval"
    summary: ClassVar[str] = "LM Evaluation Harness samples (samples_*.jsonl)"

    def shows(self, head: Head) -> bool:
        """A line has a document's hash and the filtered answers."""
        return isinstance(head.value, Mapping) and {"doc_hash", "filtered_resps"} <= head.value.keys()

    def read(self, path: Path, head: Head) -> Iterator[Chat | InputError]:
        """One conversation for each document and answer; a document's other filters are the same answers again."""
        seen: set[str] = set()
        for line, value in objects(path, head):
            if isinstance(value, InputError):
                yield value
                continue
            document = f"{text_field(value, 'doc_id')}:{text_field(value, 'doc_hash')}"
            answers = list(_texts(value.get("resps")))
            if document == ":" or not answers:
                yield broken(path, line, "no document with `resps`", "a sample of the harness")
                continue
            if document in seen:
                continue
            seen.add(document)
            asked = message("user", _prompt(value.get("arguments")))
            turns = [[asked, message("assistant", answer)] for answer in answers]
            identity = f"{path.stem}-{text_field(value, 'doc_id') or line}"
            yield from chats_of(path, line, identity, "", turns, head)


def _texts(value: Json) -> Iterator[str]:
    """The answers, however deep the lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _prompt(arguments: Json) -> str:
    """The first text among the arguments of the request: a list of lists, or numbered mappings."""
    if isinstance(arguments, Mapping):
        arguments = list(arguments.values())
    while isinstance(arguments, list | tuple | Mapping) and arguments:
        arguments = next(iter(arguments.values())) if isinstance(arguments, Mapping) else arguments[0]
    return arguments if isinstance(arguments, str) else ""
