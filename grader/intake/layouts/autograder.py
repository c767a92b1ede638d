"""The container in which Gradescope runs an autograder: the files of one submission, and JSON with whose they are.

https://gradescope-autograders.readthedocs.io/en/latest/submission_metadata/ tells the form of the JSON. Gradescope
writes it, but names, addresses and titles in it are free texts of others, and the results of earlier attempts, of any
size, stand in it too: it is read as a stream of events, of which few texts are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import ClassVar

from grader.diagnostics import Diagnostic, InputError, Span, operator_error
from grader.intake.archives import read_bytes
from grader.intake.handins.trees import Entry, Tree
from grader.intake.layouts.base import HandIn, Layout, Sign, Wanted, files_in
from grader.records import Person
from grader.specs.deadlines import time_of

FOLDER, METADATA = "submission", "submission_metadata.json"
MOST_METADATA = 64 * 1024 * 1024
"""Most bytes of the metadata."""

_LOOK = 64 * 1024
_MOST_DEPTH = 64
_MOST_PEOPLE = 1_000
_LONGEST = 1_000  # characters of a text that is kept
_ITEM = "*"  # stands for any place in a list


@dataclass(slots=True)
class _Said:
    """What the metadata say, of everything only what is known."""

    created: str = ""
    due: str = ""
    people: list[dict[str, str]] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)


class Autograder(Layout):
    """See the module."""

    name: ClassVar[str] = "autograder"
    summary: ClassVar[str] = "Gradescope: the folder of the container in which an autograder runs"
    sample: ClassVar[str] = "submission/hw.md, submission_metadata.json"

    def sign(self, tree: Tree) -> Sign:
        """By the metadata beside a folder of that name."""
        metadata = _metadata(tree)
        if metadata is None or FOLDER not in tree.folders:
            return Sign()
        try:
            shown = b'"users"' in read_bytes(metadata.file, _LOOK)
        except (InputError, OSError):
            return Sign()
        return Sign(f"{METADATA} names users, beside {FOLDER}/" if shown else "")

    def hand_ins(self, tree: Tree, wanted: Wanted) -> Iterator[HandIn | Diagnostic]:
        """The one submission; whatever else stands in the container is no answer."""
        name = f"{tree.name}/{METADATA}"
        metadata = _metadata(tree)
        if metadata is None:
            raise _unusable(name, "there is no such file")
        try:
            data = read_bytes(metadata.file, MOST_METADATA)
        except OSError as error:
            raise _unusable(name, error.strerror or str(error)) from error
        if len(data) > MOST_METADATA:
            raise _unusable(name, f"it has more than {MOST_METADATA:,} bytes")
        said = _said(data, name)
        people = tuple(person for one in said.people if (person := _person(one)).id)
        if not people:
            raise _unusable(name, "it names nobody under “users”")
        at = time_of(said.created, UTC)
        dues = [due for one in said.people if (due := time_of(one.get("due_date", "") or said.due, UTC))]
        yield HandIn(
            " + ".join(person.id for person in people),
            tuple(files_in(tree.by_folder.get(FOLDER, ()))),
            people,
            at=at,
            late=at > max(dues) if at and dues else None,
            earlier=tuple(map(_attempt, said.earlier)),
        )


def _metadata(tree: Tree) -> Entry | None:
    return next((entry for entry in tree.files if entry.name == METADATA and not entry.trouble), None)


def _person(said: dict[str, str]) -> Person:
    name, email = said.get("name", ""), said.get("email", "")
    number = f"user {said['id']}" if said.get("id") else ""
    return Person(said.get("sid", "") or email or name or number, name, email)


def _attempt(submitted: str) -> str:
    at: datetime | None = time_of(submitted, UTC)
    return f"{at:%Y-%m-%d %H:%M %Z}, not in the container" if at else "not in the container"


def _said(data: bytes, name: str) -> _Said:
    """What is kept of the metadata.

    Raises:
        InputError: they are not JSON.
    """
    import ijson  # here, for few submissions come with JSON

    said = _Said()
    place: list[str] = []  # the keys that lead to what comes next
    try:
        for event, value in ijson.basic_parse(BytesIO(data), use_float=True):
            if event == "map_key":
                place[-1] = value[:_LONGEST]
            elif event in ("start_map", "start_array"):
                _begin(said, tuple(place), event)
                place.append(_ITEM if event == "start_array" else "")
                if len(place) > _MOST_DEPTH:
                    raise ValueError("nested too deeply")
            elif event in ("end_map", "end_array"):
                place.pop()
            elif isinstance(value, str | int) and not isinstance(value, bool):
                _keep(said, tuple(place), str(value)[:_LONGEST].strip())
    except (ijson.JSONError, ValueError, RecursionError) as error:
        raise _unusable(name, f"it is not JSON ({' '.join(str(error).split())[:200]})") from error
    return said


def _begin(said: _Said, place: tuple[str, ...], event: str) -> None:
    if event == "start_map" and place == ("users", _ITEM):
        said.people.append({})
        if len(said.people) > _MOST_PEOPLE:
            raise ValueError("it names too many people")
    elif event == "start_map" and place == ("previous_submissions", _ITEM) and len(said.earlier) < _MOST_PEOPLE:
        said.earlier.append("")


def _keep(said: _Said, place: tuple[str, ...], value: str) -> None:
    if place == ("created_at",):
        said.created = value
    elif place == ("assignment", "due_date"):
        said.due = value
    elif place == ("previous_submissions", _ITEM, "submission_time") and said.earlier:
        said.earlier[-1] = value
    elif place[:2] == ("users", _ITEM) and said.people:
        inner = place[2:]  # a student may have a later date than the assignment
        if inner in (("name",), ("email",), ("sid",), ("id",), ("assignment", "due_date")):
            said.people[-1][inner[-1]] = value


def _unusable(name: str, why: str) -> InputError:
    return InputError(
        operator_error(
            "layout-metadata",
            f"The metadata of the submission cannot be read: {why}.",
            Span(name, 0, 0, 1),
            "Run the autograder again; Gradescope writes this file anew.",
        )
    )
