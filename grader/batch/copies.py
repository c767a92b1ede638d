"""Conversations that say the same, word for word, are graded once in a worker; the others are copies of the first.

What is written of a conversation depends on its words alone, but for its name, its model, its file and the line where
it begins.
It is written once with marks in these places, and of each copy the places are filled in. Whether a conversation is
the first of its kind or a copy, the same bytes come out.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import zlib
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from grader.intake.chats import Chat
from grader.records import Conversation, Origin, Result
from grader.scoring.subjects import Reading
from grader.store.results import result_object
from grader.store.runs.codec import Renderings, Row, result_row, to_text

AT_HAND = 12_000_000
"""Bytes, about, of the copies that a worker has at hand."""

MOST = 32_000_000
"""Bytes, about, of those that it keeps packed."""

_BESIDE_PACKED = 200  # bytes of a place
_ALIKE = 32 * 1024

_BESIDE = 4_000  # bytes of a copy for everything but its texts, about

_MET = 1 << 22  # bytes, one for each remainder of a hash

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
    names: dict[str | int, str] = {what: json.dumps(one, ensure_ascii=escaped) for what, one in told.items()}
    if chat.origin is not None:
        names["epoch"] = str(chat.origin.epoch)
    return names


def unnamed(chat: Chat) -> Chat:
    """A conversation with marks in place of its name, its model, its file and its line."""
    origin = None if chat.origin is None else Origin(f"{_SECRET}sample", _EPOCH)
    model = f"{_SECRET}model" if chat.model else ""
    return replace(chat, id=f"{_SECRET}id", model=model, file=f"{_SECRET}file", line=BASE, origin=origin)


@dataclass(frozen=True, slots=True)
class Copy:
    """All that is written of a conversation, with places for its name, its model, its file and its line.

    Args:
        results: rows of the answers: problem, part, turn, hint, status, credit, reason, words.
        more: of each answer what else is known.
        lines: of ``results.jsonl``, in one text.
        conversation: all of it.
        renderings: rows of formulas, by their numbers.
        statuses: results by status.
        problems: ids of those that it is about.
        size: of all that in memory, in bytes, about.
    """

    results: tuple[Row, ...]
    more: tuple[Marked, ...]
    lines: Marked
    conversation: Marked
    renderings: tuple[Row, ...]
    statuses: Mapping[str, int]
    problems: frozenset[str]
    size: int


def copy_of(reading: Reading, results: tuple[Result, ...]) -> Copy | None:
    """What is to be written of a conversation and of its copies; None where that depends on more than its words.

    Args:
        reading: of an :func:`unnamed` conversation.
        results: of it.
    """
    conversation = reading.conversation
    if conversation is None or reading.errors or reading.notes:
        return None
    renderings = Renderings()
    rows: list[Row] = []
    more: list[Marked | None] = []
    lines = []
    size = 0
    for one in results:
        row, text = result_row(one, renderings)
        rows.append(row)
        more.append(marked(text))
        size += len(text)
        lines.append(json.dumps(result_object(one), ensure_ascii=False, allow_nan=False) + "\n")
    told = to_text(conversation, Conversation)
    whole, line = marked(told), marked("".join(lines))
    texts = [one for one in more if one is not None]
    if whole is None or line is None or len(texts) != len(more):
        return None
    formulas = tuple(renderings.take())
    size += len(told) + 2 * sum(map(len, lines)) + sum(len(text) for row in formulas for text in row[1:]) + _BESIDE
    statuses = Counter(str(one.verdict.status) for one in results)
    return Copy(tuple(rows), tuple(texts), line, whole, formulas, statuses, reading.problems, size)


class Copies:
    """The conversations that a worker has seen of late, by their words: a few at hand, and many packed.

    Args:
        most: bytes, about, of those that are packed.
        at_hand: of those that are not.
    """

    def __init__(self, most: int = MOST, at_hand: int = AT_HAND) -> None:
        self._most = most
        self._at_hand = at_hand
        self._size = self._size_at_hand = 0
        self._met = bytearray(_MET)
        self._known: OrderedDict[bytes, Copy] = OrderedDict()
        self._packed: OrderedDict[bytes, bytes] = OrderedDict()
        self._alike = b""  # of the first copies: what others have in common with them takes no place

    def get(self, words: bytes) -> Copy | None:
        """What is to be written of a conversation, if one with the same words was graded.

        Args:
            words: see :func:`words_of`.
        """
        if (found := self._known.get(words)) is not None:
            self._known.move_to_end(words)
        elif (data := self._packed.get(words)) is not None:
            self._packed.move_to_end(words)
            self._hold(words, found := unpacked(data, self._alike))
        return found

    def met(self, words: bytes) -> bool:
        """Whether a conversation with the same words came before, as far as can be told; from now on it did.

        What comes once only is not worth a place; that it is sometimes taken for another does no harm.
        """
        place = int.from_bytes(words[:8], "big") % _MET
        before, self._met[place] = self._met[place], 1
        return bool(before)

    def keep(self, words: bytes, copy: Copy) -> None:
        """Keep what is to be written of a conversation; what was not asked for longest goes."""
        self._hold(words, copy)
        if len(self._alike) < _ALIKE:
            self._alike += plain_of(copy)
            return
        data = packed(copy, self._alike)
        self._packed[words] = data
        self._size += len(data) + _BESIDE_PACKED
        while self._size > self._most:
            _, gone = self._packed.popitem(last=False)
            self._size -= len(gone) + _BESIDE_PACKED

    def _hold(self, words: bytes, copy: Copy) -> None:
        self._known[words] = copy
        self._size_at_hand += copy.size
        while self._size_at_hand > self._at_hand and len(self._known) > 1:
            _, gone = self._known.popitem(last=False)
            self._size_at_hand -= gone.size


def words_of(chat: Chat) -> bytes:
    """A digest of all that is said in a conversation, and of nothing else."""
    told = [
        [[one.role, one.text, one.hint, one.about] for one in chat.messages],
        chat.stop,
        not chat.model,
        chat.origin is None,
    ]
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).digest()


def plain_of(copy: Copy) -> bytes:
    """A copy as JSON; texts with lone surrogates, which the database takes as bytes, are told apart."""
    marked_texts = [copy.lines, copy.conversation, *copy.more]
    told = [
        [[_told(one) for one in row] for row in copy.results],
        [[one.pieces, one.slots] for one in marked_texts],
        [[_told(one) for one in row] for row in copy.renderings],
        copy.statuses,
        sorted(copy.problems),
        copy.size,
    ]
    return json.dumps(told).encode()


def packed(copy: Copy, alike: bytes) -> bytes:
    """A copy in few bytes.

    Args:
        copy: to be packed.
        alike: others that it may share much with; the last 32 kB count (RFC 1950, preset dictionaries).
    """
    packer = zlib.compressobj(zdict=alike)
    return packer.compress(plain_of(copy)) + packer.flush()


def unpacked(data: bytes, alike: bytes) -> Copy:
    """The copy that was packed."""
    results, texts, renderings, statuses, problems, size = json.loads(zlib.decompressobj(zdict=alike).decompress(data))
    lines, conversation, *more = (Marked(tuple(pieces), tuple(map(tuple, slots))) for pieces, slots in texts)
    rows, formulas = (tuple(tuple(map(_meant, row)) for row in one) for one in (results, renderings))
    return Copy(rows, tuple(more), lines, conversation, formulas, statuses, frozenset(problems), size)


def _told(value: object) -> object:
    return [value.decode("utf-8", "surrogatepass")] if isinstance(value, bytes) else value


def _meant(value: object) -> object:
    return value[0].encode("utf-8", "surrogatepass") if isinstance(value, list) else value
