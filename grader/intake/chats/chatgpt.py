"""The export of ChatGPT: each conversation is a tree of messages, of which one branch is the one seen last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import InputError
from grader.intake.chats.base import ASSISTANT, Chat, ChatFormat, Head, Json, Message, broken, message, text_field
from grader.intake.chats.records import chats_of, objects

MOST_BRANCHES = 50
"""Most ways through one conversation that are read."""

_SPOKEN = frozenset({"text", "multimodal_text"})  # kinds of content; others are code, recaps of reasoning, results


class ChatGPT(ChatFormat):
    """See the module."""

    name: ClassVar[str] = "chatgpt"
    summary: ClassVar[str] = "ChatGPT's data export (conversations.json)"

    def shows(self, head: Head) -> bool:
        """A ``mapping`` whose nodes have parents and children."""
        nodes = head.value.get("mapping") if isinstance(head.value, Mapping) else None
        if not isinstance(nodes, Mapping) or not nodes:
            return False
        first = next(iter(nodes.values()))
        return isinstance(first, Mapping) and "parent" in first and "children" in first

    def read(self, path: Path, head: Head) -> Iterator[Chat | InputError]:
        """The branch that ends at the current node; each other leaf below the root is a conversation of its own."""
        for line, value in objects(path, head):
            if isinstance(value, InputError):
                yield value
                continue
            nodes = value.get("mapping")
            if not isinstance(nodes, Mapping):
                yield broken(path, line, "no `mapping`", "a tree of messages")
                continue
            if wrong := _torn(nodes):
                yield broken(path, line, wrong, "a tree in which every message leads to the root")
                continue
            ways = [_way(nodes, leaf) for leaf in _leaves(nodes, value.get("current_node"))]
            model = next((name for way in ways for node in way if (name := _model(node))), "")
            turns = [_spoken(way) for way in ways]
            yield from chats_of(path, line, text_field(value, "title", "id"), model, _different(turns), head)


def _leaves(nodes: Mapping[str, Json], current: Json) -> list[str]:
    """The current node first, then the other nodes without children."""
    others = [key for key, node in nodes.items() if isinstance(node, Mapping) and not node.get("children")]
    first = [current] if isinstance(current, str) and current in nodes else []
    return [*first, *(key for key in others if key not in first)][:MOST_BRANCHES]


def _torn(nodes: Mapping[str, Json]) -> str:
    """What keeps a mapping from being a tree; "" where it is one."""
    rooted: set[str] = set()
    for key in nodes:
        way: list[str] = []
        at: Json = key
        while isinstance(at, str) and at not in rooted:
            node = nodes.get(at)
            if not isinstance(node, Mapping):
                return f"a message whose parent {at!r} is not there"
            if len(way) > len(nodes):
                return "messages that are each other's parents"
            way.append(at)
            at = node.get("parent")
        rooted.update(way)
    return ""


def _way(nodes: Mapping[str, Json], leaf: str) -> list[Mapping[str, Json]]:
    """The messages from the root to a leaf."""
    way: list[Mapping[str, Json]] = []
    seen: set[str] = set()
    at: Json = leaf
    while isinstance(at, str) and at not in seen and isinstance(node := nodes.get(at), Mapping):
        seen.add(at)
        if isinstance(said := node.get("message"), Mapping):
            way.append(said)
        at = node.get("parent")
    return way[::-1]


def _spoken(way: list[Mapping[str, Json]]) -> list[Message]:
    """What was said and seen; pieces of one reply are put together."""
    found: list[Message | list[str]] = []  # of a reply its pieces
    for said in way:
        meta = said.get("metadata")
        hidden = isinstance(meta, Mapping) and meta.get("is_visually_hidden_from_conversation")
        content, author = said.get("content"), said.get("author")
        if hidden or said.get("recipient", "all") != "all" or not isinstance(content, Mapping):
            continue
        if str(content.get("content_type")) not in _SPOKEN or not isinstance(author, Mapping):
            continue
        one = message(str(author.get("role")), content.get("parts"), said)
        if one is None:
            continue
        if one.role != ASSISTANT:
            found.append(one)
        elif found and isinstance(found[-1], list):
            found[-1].append(one.text)
        else:
            found.append([one.text])
    return [Message(ASSISTANT, "\n\n".join(one)) if isinstance(one, list) else one for one in found]


def _model(said: Mapping[str, Json]) -> str:
    meta = said.get("metadata")
    return text_field(meta, "model_slug") if isinstance(meta, Mapping) else ""


def _different(turns: list[list[Message]]) -> list[list[Message]]:
    """The ways without those in which the same was said, or that only begin another one."""
    kept: list[list[Message]] = []
    for way in turns:
        if way and not any(way == other[: len(way)] for other in kept):
            kept.append(way)
    return kept or [[]]
