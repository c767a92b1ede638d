"""Gradescope's ``submission_metadata.yml``, read as a stream of events: only what is needed of it is ever built.

The file holds the output of every test of every submission, and so may be large; Ruby wrote it, with symbols as keys
and tags of its own classes, of which none is built; and an alias in it costs no more than a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, TypeAlias

from grader.diagnostics import InputError, Span, operator_error
from grader.specs.deadlines import time_of

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

KEEP = frozenset({":submitters", ":name", ":sid", ":email", ":created_at", ":history", ":id", "time", "utc"})
"""Keys of which the values are built; others are passed over."""

_MOST_DEPTH = 12
_MOST_ENTRIES = 10_000  # in one list or mapping
_LONGEST = 1_000  # characters of a text that is kept


def entries_of(data: bytes, name: str) -> Iterator[tuple[str, dict[str, Value]]]:
    """The folders of an export, each with what the file says of it.

    Args:
        data: of the file.
        name: of the file, for messages.

    Raises:
        InputError: ``layout-metadata``: it is not what Gradescope writes.
    """
    import yaml  # here, for few submissions come with YAML

    loader = yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader
    events = iter(yaml.parse(BytesIO(data), Loader=loader))
    try:
        while not isinstance(event := next(events), yaml.MappingStartEvent):
            if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
                raise unusable(name, "it is not a mapping of folders")
        reader = _Reader(events, yaml)
        for key in reader.keys_here():
            value = reader.value(reader.next(), 1)
            yield key, value if isinstance(value, dict) else {}
    except StopIteration as error:
        raise unusable(name, "it breaks off") from error
    except (yaml.YAMLError, ValueError) as error:
        raise unusable(name, f"it is not YAML ({' '.join(str(error).split())})") from error


def moment(value: Value) -> datetime | None:
    """A time as Ruby writes it: a text, or an object with the time in UTC; a time without a zone is in UTC.

    Args:
        value: as read.
    """
    if isinstance(value, dict):
        value = value.get("utc") or value.get("time")
    return time_of(value, UTC) if isinstance(value, str) else None


def text(value: Value) -> str:
    """A text; "" for anything else.

    Args:
        value: as read.
    """
    return value.strip() if isinstance(value, str) else ""


def unusable(name: str, why: str) -> InputError:
    """The error about metadata that cannot be used.

    Args:
        name: of the file.
        why: in a few words.
    """
    return InputError(
        operator_error(
            "layout-metadata",
            f"The metadata of the export cannot be read: {why}.",
            Span(name, 0, 0, 1),
            "Download the export again; or read its folders without names, by --layout plain.",
        )
    )


class _Reader:
    """Builds values from events."""

    def __init__(self, events: Iterator[Any], yaml: Any) -> None:
        self._events = events
        self._yaml = yaml
        self._anchors: dict[str, Value] = {}

    def next(self) -> Any:
        """The next event."""
        return next(self._events)

    def keys_here(self) -> Iterator[str]:
        """The keys of a mapping that has begun; the caller reads the value after each."""
        while not isinstance(event := self.next(), self._yaml.MappingEndEvent):
            if isinstance(event, self._yaml.ScalarEvent):
                yield event.value
            else:
                self._pass(event)
                yield ""

    def value(self, event: Any, depth: int) -> Value:
        """The value that begins with an event."""
        if isinstance(event, self._yaml.AliasEvent):
            return self._anchors.get(event.anchor)
        made: Value
        if isinstance(event, self._yaml.ScalarEvent):
            made = event.value[:_LONGEST]
        elif depth > _MOST_DEPTH:
            raise ValueError("nested too deeply")
        elif isinstance(event, self._yaml.SequenceStartEvent):
            made = self._list(depth)
        else:
            made = self._mapping(depth)
        if event.anchor:
            self._anchors[event.anchor] = made
        return made

    def _list(self, depth: int) -> Value:
        made: list[Value] = []
        while not isinstance(event := self.next(), self._yaml.SequenceEndEvent):
            made.append(self.value(event, depth + 1))
            if len(made) > _MOST_ENTRIES:
                raise ValueError("a list is too long")
        return made

    def _mapping(self, depth: int) -> Value:
        made: dict[str, Value] = {}
        for key in self.keys_here():
            event = self.next()
            if key in KEEP:
                made[key] = self.value(event, depth + 1)
            else:
                self._pass(event)
        return made

    def _pass(self, event: Any) -> None:
        """Read to the end of a value without building it."""
        depth = 0
        while True:
            if isinstance(event, self._yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, self._yaml.CollectionEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = self.next()
