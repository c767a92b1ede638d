"""One event of the log as one JSON object, and back; what is no such object is told, never skipped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from grader.records import Aside, Decision, Event, Item, Note, Status, Undo
from grader.records.decisions import DIGITS

SCHEMA = 1
LONGEST_LINE = 64 * 1024  # bytes
LONGEST_NAME = 1000  # characters of an identifier
LONGEST_TEXT = 8000  # characters of a reason or comment

_CREDIT = re.compile(r"[01]|[1-9]\d{0,11}/[1-9]\d{0,11}")
_DIGEST = re.compile(rf"[0-9a-f]{{{DIGITS}}}")


class LineError(ValueError):
    """A line that is no event; the message says what was found and what was expected."""


def event_object(event: Event) -> dict[str, Any]:
    """One line of ``decisions.jsonl``, as ``docs/review.md`` describes it."""
    head = {"schema": SCHEMA, "event": _NAMES[type(event)], "id": event.id, "at": _moment(event.at), "by": event.by}
    if isinstance(event, Undo):
        return {**head, "of": event.of, "why": event.why}
    head |= event.item._asdict()
    if isinstance(event, Note):
        return {**head, "text": event.text}
    if isinstance(event, Aside):
        return {**head, "act": event.act, "answer": event.answer, "text": event.text, "why": event.why}
    machine = {"status": str(event.machine_status), "credit": _written(event.machine_credit)}
    return {
        **head,
        "act": event.act,
        "answer": event.answer,
        "spec": event.spec,
        "text": event.text,
        "status": str(event.status),
        "credit": _written(event.credit),
        "why": event.why,
        "comment": event.comment,
        "machine": machine,
    }


def write_event(event: Event) -> bytes:
    """The line of an event with its end, in UTF-8.

    Raises:
        LineError: it would not read back: a text is too long.
    """
    line = json.dumps(event_object(event), ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")
    read_event(line)
    return line + b"\n"


def read_event(line: bytes) -> Event:
    """The event that a line holds.

    Raises:
        LineError: it is not one.
    """
    if len(line) > LONGEST_LINE:
        raise LineError(f"the line has {len(line)} bytes; at most {LONGEST_LINE} are read")
    try:
        found = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise LineError(f"it is not JSON in UTF-8: {line[:60].decode('utf-8', 'replace')}") from None
    if not isinstance(found, dict):
        raise LineError("it is not a JSON object")
    if found.get("schema") != SCHEMA or isinstance(found.get("schema"), bool):
        raise LineError(f"schema is {_told(found.get('schema'))}; this version reads {SCHEMA}")
    name = found.get("event")
    if not isinstance(name, str) or name not in _READERS:
        raise LineError(f"event is {_told(name)}; known are {', '.join(_READERS)}")
    keys, read = _READERS[name]
    if odd := sorted(set(found) ^ keys):
        one = odd[0]
        raise LineError(f"the key {_told(one)} is {'unknown' if one in found else 'not there'} in the event {name}")
    try:
        return read(found)
    except ValueError as error:
        raise LineError(str(error)) from None


# ---------------------------------------------------------------- fields


def _decision(found: Mapping[str, Any]) -> Decision:
    machine = found["machine"]
    if not isinstance(machine, dict) or set(machine) != {"status", "credit"}:
        raise LineError(f"machine is {_told(machine)}; expected an object with status and credit")
    status, credit = _status(found), _credit(found)
    if credit is None:
        raise LineError("credit is null; a decision gives a share of the points")
    return Decision(
        id=_name(found, "id"),
        **_item(found)._asdict(),
        answer=_digest(found, "answer"),
        status=status,
        credit=credit,
        by=_text(found, "by"),
        at=_time(found),
        why=_text(found, "why"),
        spec=_digest(found, "spec"),
        comment=_text(found, "comment"),
        act=_text(found, "act"),
        text=_text(found, "text"),
        machine_status=_status(machine),
        machine_credit=_credit(machine),
    )


def _aside(found: Mapping[str, Any]) -> Aside:
    return Aside(
        _name(found, "id"),
        *_item(found),
        answer=_digest(found, "answer"),
        by=_text(found, "by"),
        at=_time(found),
        why=_text(found, "why"),
        act=_text(found, "act"),
        text=_text(found, "text"),
    )


def _note(found: Mapping[str, Any]) -> Note:
    item = _item(found)._asdict()
    return Note(_name(found, "id"), **item, by=_text(found, "by"), at=_time(found), text=_text(found, "text"))


def _undo(found: Mapping[str, Any]) -> Undo:
    return Undo(_name(found, "id"), _name(found, "of"), _text(found, "by"), _time(found), _text(found, "why"))


_HEAD = {"schema", "event", "id", "at", "by"}
_READERS: Mapping[str, tuple[set[str], Callable[[Mapping[str, Any]], Event]]] = {
    "decide": (
        {*_HEAD, *Item._fields, "act", "answer", "spec", "text", "status", "credit", "why", "comment", "machine"},
        _decision,
    ),
    "aside": ({*_HEAD, *Item._fields, "act", "answer", "text", "why"}, _aside),
    "comment": ({*_HEAD, *Item._fields, "text"}, _note),
    "undo": ({*_HEAD, "of", "why"}, _undo),
}
_NAMES: Mapping[type[Event], str] = {Decision: "decide", Aside: "aside", Note: "comment", Undo: "undo"}


def _item(found: Mapping[str, Any]) -> Item:
    turn = found["turn"]
    if turn is not None and (not isinstance(turn, int) or isinstance(turn, bool) or not 1 <= turn <= 10**6):
        raise LineError(f"turn is {_told(turn)}; expected the number of a reply, from 1, or null")
    return Item(_name(found, "subject"), _name(found, "problem"), _name(found, "part"), turn)


def _text(found: Mapping[str, Any], key: str, longest: int = LONGEST_TEXT) -> str:
    value = found[key]
    if not isinstance(value, str):
        raise LineError(f"{key} is {_told(value)}; expected a text")
    if len(value) > longest:
        raise LineError(f"{key} has {len(value)} characters; at most {longest} are read")
    return value


def _name(found: Mapping[str, Any], key: str) -> str:
    value = _text(found, key, LONGEST_NAME)
    if not value:
        raise LineError(f"{key} is empty")
    return value


def _digest(found: Mapping[str, Any], key: str) -> str:
    value = found[key]
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise LineError(f"{key} is {_told(value)}; expected a digest of {DIGITS} hexadecimal digits")
    return value


def _status(found: Mapping[str, Any]) -> Status:
    value = found["status"]
    if not isinstance(value, str) or value not in set(Status):
        raise LineError(f"status is {_told(value)}; expected one of {', '.join(Status)}")
    return Status(value)


def _credit(found: Mapping[str, Any]) -> Fraction | None:
    value = found["credit"]
    if value is None:
        return None
    if not isinstance(value, str) or not _CREDIT.fullmatch(value) or Fraction(value) > 1:
        raise LineError(f"credit is {_told(value)}; expected a share from 0 to 1 as a text, such as '1/2'")
    return Fraction(value)


def _time(found: Mapping[str, Any]) -> datetime:
    value = found["at"]
    try:
        at = datetime.fromisoformat(value)
        return at.astimezone(UTC) if at.tzinfo else _no_zone(value)
    except (TypeError, ValueError, OverflowError):
        raise LineError(f"at is {_told(value)}; expected a time such as 2026-11-26T15:00:00Z") from None


def _no_zone(value: str) -> datetime:
    raise ValueError(value)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(credit: Fraction | None) -> str | None:
    return None if credit is None else str(credit)


def _told(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False) if value is not None else "missing or null"
    return text if len(text) <= 60 else f"{text[:60]}…"
