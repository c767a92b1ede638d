"""Conversations that say the same, word for word, are graded once; the others are copies of the first.

What is written of a conversation depends on its words alone, but for its name, its model, its file and the line where
it begins; of each copy these places are filled in (:mod:`grader.batch.marks`). Whether a conversation is the first of
its kind or a copy, the same bytes come out.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

import zstandard

from grader.analysis.row_stream import lines_of_talk
from grader.batch.marks import Marked, marked
from grader.batch.shelf import Shelf
from grader.intake.chats import Chat
from grader.records import Conversation, Result
from grader.scoring.subjects import Key, Reading
from grader.store.results import line_of
from grader.store.runs.codec import Renderings, Row, result_row, to_text

FILE = "copies.sqlite"
MOST_KEPT = 256 * 1024 * 1024
"""Bytes of the file."""

AT_HAND = 24_000_000
"""Bytes, about, of the copies that a worker has in memory."""

TRIED = 4_000
"""Conversations of a worker after which it knows whether they come again."""

SELDOM = 8
"""One conversation in so many has to come again, or what came once is not kept: that takes a sixth of grading it."""

_BESIDE = 4_000  # bytes of a copy in memory for everything but its texts, about
_MET = 1 << 22  # bytes, one for each remainder of a hash
_LARGEST = 16 * 1024 * 1024  # bytes of a copy when unpacked


@dataclass(frozen=True, slots=True)
class Copy:
    """All that is written of a conversation, with places for its name, its model, its file and its line.

    Args:
        results: rows of the answers: problem, part, turn, hint, status, credit, reason, words.
        more: of each answer what else is known.
        lines, rows: of ``results.jsonl`` and of ``changes.jsonl``, each in one text.
        conversation: all of it.
        renderings: rows of formulas, by their numbers.
        statuses: results by status.
        named: ids of the problems that are asked only because it names them.
        size: of all that in memory, in bytes, about.
    """

    results: tuple[Row, ...]
    more: tuple[Marked, ...]
    lines: Marked
    rows: Marked
    conversation: Marked
    renderings: tuple[Row, ...]
    statuses: Mapping[str, int]
    named: frozenset[str]
    size: int


def copy_of(key: Key, reading: Reading, results: tuple[Result, ...]) -> Copy | None:
    """What is to be written of a conversation and of its copies; None where that depends on more than its words.

    Args:
        key: by which it was graded.
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
        lines.append(line_of(one))
    told = to_text(conversation, Conversation)
    changed = lines_of_talk(key.only(reading.problems).problems, conversation, results)
    whole, line, row_lines = marked(told), marked("".join(lines)), marked(changed)
    texts = [one for one in more if one is not None]
    if whole is None or line is None or row_lines is None or len(texts) != len(more):
        return None
    formulas = tuple(renderings.take())
    size += len(told) + len(changed) + 2 * sum(map(len, lines)) + _BESIDE
    size += sum(len(text) for row in formulas for text in row[1:])
    statuses = Counter(str(one.verdict.status) for one in results)
    named = reading.problems & key.others
    return Copy(tuple(rows), tuple(texts), line, row_lines, whole, formulas, statuses, named, size)


class Copies:
    """The conversations that were seen of late, by their words: those of this worker in memory, those of all on disk.

    Args:
        shelf: shared by the processes of a machine.
        of: digest of all that a copy depends on, apart from the words.
        at_hand: bytes, about, of those in memory.
    """

    def __init__(self, shelf: Shelf, of: bytes = b"", at_hand: int = AT_HAND) -> None:
        self._shelf = shelf
        self._of = of
        self._at_hand = at_hand
        self._size = self._asked = self._found = 0
        self._met = bytearray(_MET)
        self._known: OrderedDict[bytes, Copy] = OrderedDict()

    def get(self, words: bytes) -> Copy | None:
        """What is to be written of a conversation, if one with the same words was graded.

        Args:
            words: see :func:`words_of`.
        """
        self._asked += 1
        found = self._known.get(words)
        if found is not None:
            self._known.move_to_end(words)
        elif (data := self._shelf.get(words + self._of)) is not None and (found := unpacked(data)) is not None:
            self._hold(words, found)
        self._found += found is not None
        return found

    def wants(self, words: bytes) -> bool:
        """Whether a conversation that is not known is worth a place: it came before, or most seem to come again.

        A guess that does no harm when it is wrong; from now on the conversation came before.

        Args:
            words: see :func:`words_of`.
        """
        place = int.from_bytes(words[:8], "big") % _MET
        before, self._met[place] = self._met[place], 1
        self._found += before
        return bool(before) or SELDOM * self._found >= self._asked - TRIED

    def keep(self, words: bytes, copy: Copy) -> None:
        """Keep what is to be written of a conversation."""
        self._hold(words, copy)
        self._shelf.put(words + self._of, packed(copy))

    def _hold(self, words: bytes, copy: Copy) -> None:
        self._known[words] = copy
        self._size += copy.size
        while self._size > self._at_hand and len(self._known) > 1:
            _, gone = self._known.popitem(last=False)
            self._size -= gone.size


def words_of(chat: Chat) -> bytes:
    """A digest of all that is said in a conversation, and of nothing else."""
    told = [
        [[one.role, one.text, one.hint, one.about] for one in chat.messages],
        chat.stop,
        not chat.model,
        chat.origin is None,
    ]
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).digest()


def packed(copy: Copy) -> bytes:
    """A copy in few bytes; texts with lone surrogates, which the database takes as bytes, are told apart."""
    marked_texts = [copy.lines, copy.rows, copy.conversation, *copy.more]
    told = [
        [[_told(one) for one in row] for row in copy.results],
        [[one.pieces, one.slots] for one in marked_texts],
        [[_told(one) for one in row] for row in copy.renderings],
        copy.statuses,
        sorted(copy.named),
        copy.size,
    ]
    return zstandard.compress(json.dumps(told).encode(), 1)


def unpacked(data: bytes) -> Copy | None:
    """The copy that was packed; None where the bytes are damaged."""
    try:
        told = json.loads(zstandard.decompress(data, _LARGEST))
        results, texts, renderings, statuses, named, size = told
        lines, changed, talk, *more = (Marked(tuple(pieces), tuple(map(tuple, slots))) for pieces, slots in texts)
        rows, formulas = (tuple(tuple(map(_meant, row)) for row in one) for one in (results, renderings))
    except (zstandard.ZstdError, ValueError, TypeError, RecursionError):
        return None
    return Copy(rows, tuple(more), lines, changed, talk, formulas, statuses, frozenset(named), size)


def _told(value: object) -> object:
    return [value.decode("utf-8", "surrogatepass")] if isinstance(value, bytes) else value


def _meant(value: object) -> object:
    return value[0].encode("utf-8", "surrogatepass") if isinstance(value, list) else value
