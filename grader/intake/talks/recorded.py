"""Conversations that other tools recorded, as ours: turns, hints, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from grader.diagnostics import Diagnostic, InputError, Span
from grader.intake.chats import Chat, chat_formats, format_of
from grader.intake.chats.base import ASSISTANT, USER, Head, Message
from grader.intake.corrected import has_copy
from grader.intake.files import leads_outside, natural_bytes, walked
from grader.intake.lists import is_list, listed
from grader.intake.parts.kept import MANY, SHORT
from grader.intake.parts.references import references
from grader.intake.repair import repaired
from grader.intake.spool import Spool, as_key, as_text
from grader.intake.talks.annotations import read_labels
from grader.intake.talks.asking import Asking
from grader.intake.talks.hints import declared_hint
from grader.intake.talks.stops import stop_policy
from grader.intake.talks.thoughts import spoken
from grader.intake.talks.transcripts import SUFFIXES
from grader.records import Conversation, Hint, Places, Problem, Repair, Turn

RECORDED = frozenset({".json", ".jsonl", ".ndjson", ".eval"})
"""Endings of files that other tools write."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A conversation, or a whole file, that cannot be read.

    Args:
        name: what to call it.
        error: why.
    """

    name: str
    error: InputError


_NO_NAME = re.compile(r"[^\w. -]+")  # what the name of a file cannot hold everywhere


@dataclass(frozen=True, slots=True)
class Recording:
    """A file of recorded conversations, or a stretch of it.

    Args:
        path: of the file.
        format: name of its format.
        head: of the file, with the stretch.
    """

    path: Path
    format: str
    head: Head

    def chats(self) -> Iterator[Chat | Unread]:
        """The conversations, one at a time."""
        stretch = self.head.stretch
        first = stretch.start + 1 if stretch and not self.head.lines else 1
        try:
            for number, chat in enumerate(chat_formats()[self.format].read(self.path, self.head), first):
                yield Unread(self._name(number, chat), chat) if isinstance(chat, InputError) else chat
        except InputError as error:
            yield Unread(self.path.stem, error)

    def _name(self, number: int, error: InputError) -> str:
        """What to call a conversation that cannot be read: by its line, or its place in the file."""
        place = error.diagnostics[0].span
        return f"{self.path.stem}-{place.line if self.head.lines and place else number}"


Found: TypeAlias = Path | Chat | Unread  # a path is a transcript of our own: Markdown or text


def transcripts_at(path: Path, name: str = "") -> Iterator[Found]:
    """The conversations at a path, one at a time.

    Args:
        path: a file of one of the formats, or a folder of such files.
        name: of the format, where the person says it; else each file is looked at.

    Yields:
        Paths of Markdown transcripts, recorded conversations, and what cannot be read.
    """
    for found in recordings_at(path, name):
        if isinstance(found, Recording):
            yield from found.chats()
        else:
            yield found


def recordings_at(path: Path, name: str = "") -> Iterator[Path | Unread | Recording]:
    """The files of transcripts at a path, one at a time; see :func:`transcripts_at`.

    Args:
        path: a file of one of the formats, a list of files, or a folder of such files.
        name: of the format, where the person says it.

    Yields:
        Paths of Markdown transcripts, files of recorded conversations, and what cannot be read.
    """
    for file in _files(path):
        if isinstance(file, InputError):
            yield Unread(path.stem, file)
            continue
        try:
            recorded = name or file == path or file.suffix.lower() in RECORDED
            found = format_of(file, name) if recorded and not has_copy(file) else None
            yield file if found is None else Recording(file, found[0].name, found[1])
        except InputError as error:
            yield Unread(file.stem, error)


def _files(path: Path) -> Iterator[Path | InputError]:
    if is_list(path):
        for one in listed(path):
            yield from (one,) if isinstance(one, InputError) or is_list(one) else _files(one)
    elif path.is_dir():
        names = Spool()
        for found in walked(path, SUFFIXES | RECORDED):
            if found.stem.upper() != "README" and not leads_outside(found, path):
                names.add(natural_bytes(str(found)), as_key(str(found)))
        yield from (Path(as_text(name)) for _, name in names.ordered())
    else:
        yield path


def conversation_of(chat: Chat, problems: Sequence[Problem]) -> Conversation:
    """A recorded conversation with its turns numbered and its hints told.

    Args:
        chat: as recorded.
        problems: of the course; hints are resolved against them.

    Returns:
        The conversation. A turn's span begins at 0 in its own words, in the line of the record.
    """
    turns: list[Turn] = []
    notes: list[Diagnostic] = list(chat.diagnostics)
    asking = Asking(problems)
    repairs: list[Repair] = []
    number = 0
    for role, group in groupby(chat.messages, key=lambda one: one.role):
        messages = tuple(group)
        written = "\n\n".join(one.text if role == USER else spoken(one.text) for one in messages)
        mended = _asked(written) if role == USER and len(written) <= SHORT else repaired(written)
        words = mended.text
        repairs += (
            replace(one, span=replace(one.span, file=chat.file, line=one.span.line + chat.line - 1))
            for one in mended.repairs
        )
        span = Span(chat.file, 0, len(words), chat.line)
        hint: Hint | None = None
        if role == USER:
            declared, more = _declared(messages, words, span, problems)
            notes += more
            named = references(words, problems, asking.current).problems
            hint = asking.turn(words, list(named), declared)
        else:
            number += 1
        places = _below(mended.places, chat.line)
        at = number if role == ASSISTANT else number + 1
        turns.append(Turn(role, at, words, span, hint, places=places, doubts=mended.doubts))
    beside = Path(chat.file).with_name(_NO_NAME.sub("-", chat.id) + ".md")
    labels, label_notes = read_labels(beside, problems, number)
    stop, stop_notes = stop_policy(chat.stop, Span(chat.file, 0, 0, chat.line))
    said = (*notes, *stop_notes, *label_notes)
    return Conversation(
        chat.id,
        chat.model,
        tuple(turns),
        chat.file,
        labels,
        said,
        repairs=tuple(repairs),
        stop=stop,
        origin=chat.origin,
    )


_asked = lru_cache(maxsize=MANY)(repaired)  # what persons say comes again; replies hardly do


def _below(places: Places | None, line: int) -> Places | None:
    """The places of a text that begins in a line of the file."""
    return Places(tuple(one + line - 1 for one in places.lines), places.pages) if places is not None else None


def _declared(
    messages: Sequence[Message], words: str, span: Span, problems: Sequence[Problem]
) -> tuple[Hint | None, tuple[Diagnostic, ...]]:
    """The hint that the last message with one declares."""
    for one in reversed(messages):
        if one.hint or one.about:
            fields = [f"hint: {one.hint}"] if one.hint else []
            fields += [f"about: {', '.join(one.about)}"] if one.about else []
            return declared_hint("; ".join(fields), words, span, problems)
    return None, ()
