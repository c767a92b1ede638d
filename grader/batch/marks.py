"""Texts with places for what tells a conversation from others that say the same: its name, model, file and line.

A conversation is written once with marks in these places (:func:`unnamed`); what is between them is the same for all.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import TypeAlias

from grader.intake.chats import Chat
from grader.records import Origin

# Marks are drawn anew for each process, so that no input can hold one.
_SECRET = f"mark-{secrets.token_hex(16)}-"
_REACH = 1_000_000  # lines that a record may have
BASE = (secrets.randbelow(9 * 10**9) + 10**9) * _REACH
"""The line of a marked conversation: 16 digits, of which the last six tell the lines below it."""

_EPOCH = BASE + _REACH - 1
_NAMES = re.compile(rf'"{_SECRET}(id|file|model|sample)"')
_NUMBERS = re.compile(rf"{BASE // _REACH}(\d{{6}})")

Slot: TypeAlias = tuple[int, str | int]  # place among the pieces, and what belongs there: a name, or a number of lines


@dataclass(frozen=True, slots=True)
class Marked:
    """JSON with places to be filled in.

    Args:
        pieces: of the text, an empty one at each place.
        slots: the places.
    """

    pieces: tuple[str, ...]
    slots: tuple[Slot, ...]

    def filled(self, names: Mapping[str | int, str], line: int) -> str:
        """The text of one conversation.

        Args:
            names: what belongs at the places, as JSON.
            line: where the conversation begins.
        """
        pieces = list(self.pieces)
        for place, what in self.slots:
            pieces[place] = names[what] if what in names else str(line + int(what))
        return "".join(pieces)


def marked(text: str) -> Marked | None:
    """The text with its places; None where a mark stands within other words, which only a copy of them could.

    Args:
        text: JSON, or several values of it, of a conversation with :func:`unnamed` name, file and line.
    """
    found: list[tuple[int, int, str | int]] = [(*one.span(), one[1]) for one in _NAMES.finditer(text)]
    if len(found) != text.count(_SECRET):
        return None
    for one in _NUMBERS.finditer(text):
        below = int(one[1])
        found.append((*one.span(), "epoch" if below == _REACH - 1 else below))
    found.sort()
    pieces: list[str] = []
    slots: list[Slot] = []
    start = 0
    for first, last, what in found:
        pieces += (text[start:first], "")
        slots.append((len(pieces) - 1, what))
        start = last
    return Marked((*pieces, text[start:]), tuple(slots))


def names_of(chat: Chat, name: str, *, escaped: bool) -> dict[str | int, str]:
    """What belongs at the places of a marked text.

    Args:
        chat: the conversation.
        name: that it has.
        escaped: whether the text is JSON in ASCII.
    """
    told = {"id": name, "model": chat.model, "file": chat.file}
    if chat.origin is not None:
        told["sample"] = chat.origin.sample
    quoted = encode_basestring_ascii if escaped else encode_basestring
    names: dict[str | int, str] = {what: quoted(one) for what, one in told.items()}
    if chat.origin is not None:
        names["epoch"] = str(chat.origin.epoch)
    return names


def unnamed(chat: Chat) -> Chat:
    """A conversation with marks in place of its name, its model, its file and its line."""
    origin = None if chat.origin is None else Origin(f"{_SECRET}sample", _EPOCH)
    model = f"{_SECRET}model" if chat.model else ""
    return replace(chat, id=f"{_SECRET}id", model=model, file=f"{_SECRET}file", line=BASE, origin=origin)
