"""Rows that wait on the disk, so that there may be any number of them.

SQLite keeps them in a file that stands in no folder and is gone with the process; a few thousand stay in its memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

CACHE = 4_000  # kB of a spool that are kept in memory

_GROUP = """
    CREATE TABLE groups AS
    SELECT dense_rank() OVER (ORDER BY first) - 1 AS number, key, value
    FROM rows JOIN (SELECT key, min(place) AS first FROM rows GROUP BY key) USING (key)
    ORDER BY first, place
"""
_GROUPED = "SELECT key, value FROM groups WHERE number >= ? AND number < ? ORDER BY number, rowid"


class Spool:
    """Rows of a key and a value, both bytes; filled first, then read as often as need be."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute(f"PRAGMA cache_size = -{CACHE}")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("BEGIN")
        self._database.execute("CREATE TABLE rows (place INTEGER PRIMARY KEY, key BLOB NOT NULL, value BLOB NOT NULL)")
        self._filled = self._together = False

    def add(self, key: bytes, value: bytes) -> None:
        """Put a row behind the others."""
        self._database.execute("INSERT INTO rows (key, value) VALUES (?, ?)", (key, value))

    def last(self, key: bytes) -> bytes | None:
        """The value of the last row with a key; None if there is none."""
        self._fill()
        found = self._database.execute("SELECT value FROM rows WHERE key = ? ORDER BY place DESC LIMIT 1", (key,))
        row = found.fetchone()
        return None if row is None else bytes(row[0])

    def ordered(self) -> Iterator[tuple[bytes, bytes]]:
        """The rows by their keys, those of one key in the order in which they came."""
        self._fill()
        yield from self._database.execute("SELECT key, value FROM rows ORDER BY key, place")

    def grouped(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[bytes, list[bytes]]]:
        """The values of each key, in the order in which the keys came first.

        Args:
            start, stop: of the keys, from 0; all others are passed over.
        """
        self._group()
        rows = self._database.execute(_GROUPED, (start, len(self) if stop is None else stop))
        for key, own in groupby(rows, key=itemgetter(0)):
            yield key, [value for _, value in own]

    def groups(self) -> int:
        """How many keys there are."""
        self._group()
        count: int = self._database.execute("SELECT coalesce(max(number), -1) + 1 FROM groups").fetchone()[0]
        return count

    def __len__(self) -> int:
        count: int = self._database.execute("SELECT count(*) FROM rows").fetchone()[0]
        return count

    def _fill(self) -> None:
        """Index the rows, once."""
        if not self._filled:
            self._database.execute("CREATE INDEX by_key ON rows (key)")
            self._filled = True

    def _group(self) -> None:
        """Put the rows of each key together, once."""
        if not self._together:
            self._fill()
            self._database.execute(_GROUP)
            self._database.execute("CREATE INDEX by_number ON groups (number)")
            self._together = True


def as_key(text: str) -> bytes:
    """A text as a key or a value, also one with lone surrogates, which names of files can hold."""
    return text.encode("utf-8", "surrogatepass")


def as_text(data: bytes) -> str:
    """The text of :func:`as_key`."""
    return data.decode("utf-8", "surrogatepass")
