"""Records as JSON and back, exactly.

Fractions are written as ``"1/3"``, times in ISO 8601, lone surrogates as escapes. What has its default value is left
out. Renderings are kept once: the expected answer of a part is the same for every student.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter

from grader.records import Rendered

T = TypeVar("T")

Row = tuple[Any, ...]
_JSON = json.JSONEncoder(allow_nan=False, separators=(",", ":"))


_adapters: dict[type[Any], TypeAdapter[Any]] = {}  # making one takes longer than a hundred records


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def plain(record: Any, kind: type[Any]) -> Any:
    """A record as dicts, lists, texts and numbers."""
    return _adapter(kind).dump_python(record, mode="json", exclude_defaults=True)


def to_text(record: Any, kind: type[Any]) -> str:
    """A record as JSON in ASCII."""
    return as_json(plain(record, kind))


def as_json(value: Any) -> str:
    """A plain value as JSON in ASCII, so that lone surrogates are kept."""
    return _JSON.encode(value)


def from_plain(value: Any, kind: type[T]) -> T:
    """A record of a plain value.

    Raises:
        ValueError: it is none of that kind.
    """
    return _adapter(kind).validate_python(value)


def from_text(text: str, kind: type[T]) -> T:
    """A record of its JSON.

    Raises:
        ValueError: it is no JSON, or no record of that kind.
        RecursionError: it is nested as no record is.
    """
    return from_plain(json.loads(text), kind)


def bound(text: str) -> str | bytes:
    """A text as SQLite can take it: one with lone surrogates as bytes, to be cast to text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


class Renderings:
    """Renderings that were given numbers, each once; of the texts only a digest stays in memory."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._new: list[Row] = []

    def number(self, one: Mapping[str, str]) -> int:
        """The number of a rendering, given as a plain value."""
        texts = (one["unicode"], one["latex"], one["mathml"])
        whole = f"{len(texts[0])},{len(texts[1])},{''.join(texts)}"
        key = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).digest()[:16]
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._new.append((self._numbers[key], *map(bound, texts)))
        return self._numbers[key]

    def take(self) -> list[Row]:
        """The rows that came since the last call."""
        new, self._new = self._new, []
        return new


def without_renderings(result: dict[str, Any], known: Renderings) -> None:
    """Put numbers in place of the renderings of a plain result."""
    for verdict in _verdicts(result):
        verdict.update({name: known.number(verdict[name]) for name in RENDERED if name in verdict})


def with_renderings(result: dict[str, Any], known: Mapping[int, Rendered]) -> None:
    """Put the renderings into a plain result again.

    Raises:
        KeyError: a number that no rendering has.
    """
    for verdict in _verdicts(result):
        verdict.update({name: known[verdict[name]] for name in RENDERED if name in verdict})


RENDERED = ("read_as", "expected")


def _verdicts(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The verdict that stands, and that of the machine where a person decided."""
    return [result[name] for name in ("verdict", "machine") if result.get(name) is not None]
