"""Records as JSON and back, exactly.

Fractions are written as ``"1/3"``, times in ISO 8601, lone surrogates as escapes. What has its default value is left
out. Renderings are kept once: the expected answer of a part is the same for every student.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter

from grader.records import Rendered, Result

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
    try:
        return _adapter(kind).validate_python(value)
    except ZeroDivisionError as error:  # older versions of pydantic let it through
        raise ValueError("a fraction over 0") from error


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
    """Renderings under numbers made from their texts, so that one has the same number in every file."""

    def __init__(self) -> None:
        self._known: set[int] = set()
        self._new: list[Row] = []

    def number(self, one: Mapping[str, str]) -> int:
        """The number of a rendering, given as a plain value: 63 bits of a digest."""
        texts = (one["unicode"], one["latex"], one["mathml"])
        whole = f"{len(texts[0])},{len(texts[1])},{''.join(texts)}"
        digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).digest()
        number = int.from_bytes(digest[:8], "big") >> 1
        if number not in self._known:
            self._known.add(number)
            self._new.append((number, *map(bound, texts)))
        return number

    def add(self, rows: Sequence[Row]) -> None:
        """Take rows that another one made."""
        self._new += (row for row in rows if row[0] not in self._known)
        self._known.update(row[0] for row in rows)

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


def result_row(result: Result, renderings: Renderings) -> tuple[Row, str]:
    """The row of an answer without its place and its subject, and what else is known of it as JSON.

    Args:
        result: the answer.
        renderings: that get its formulas.

    Returns:
        Problem, part, turn, kind of hint, status, credit, reason and words; and the rest.
    """
    more: dict[str, Any] = plain(result, Result)
    without_renderings(more, renderings)
    claim, verdict = more["claim"], more["verdict"]
    del claim["subject"]
    problem, part = claim.pop("problem"), claim.pop("part")
    turn, text = claim.pop("turn", None), claim.pop("text", "")
    status, credit, reason = (verdict.pop(name) for name in ("status", "credit", "reason"))
    return (problem, part, turn, more.pop("hint", None), status, credit, reason, bound(text)), as_json(more)


RENDERED = ("read_as", "expected")


def _verdicts(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The verdict that stands, and that of the machine where a person decided."""
    return [result[name] for name in ("verdict", "machine") if result.get(name) is not None]
