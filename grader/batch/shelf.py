"""What the processes of one machine know in common about a run: bytes by a digest of what they follow from, on disk.

What stands there is a function of its name alone, so that it makes no difference to any result whether something is
found; a file that cannot be read or written is as good as none.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

_TABLE = "CREATE TABLE IF NOT EXISTS known (name BLOB PRIMARY KEY, value BLOB NOT NULL)"  # rows of a kilobyte
_USED = (
    "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size"
)


class Shelf:
    """A file of values by their names, for one process of several.

    Args:
        path: of the file, made if need be; None for a shelf on which nothing stays.
        most: bytes of the file. When it is full it is emptied: what is still asked for comes back soon.
    """

    def __init__(self, path: Path | None, most: int) -> None:
        self._most = most
        self._new: dict[bytes, bytes] = {}
        self._file = None if path is None else _opened(path)

    def get(self, name: bytes) -> bytes | None:
        """What stands under a name."""
        if self._file is None:
            return None
        if (waiting := self._new.get(name)) is not None:
            return waiting
        try:
            row = self._file.execute("SELECT value FROM known WHERE name = ?", (name,)).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row and isinstance(row[0], bytes) else None

    def put(self, name: bytes, value: bytes) -> None:
        """Put something under a name; other processes find it after :meth:`flush`."""
        if self._file is not None:
            self._new[name] = value

    def flush(self) -> None:
        """Write what is new to the disk; if it cannot be written now, it is not missed."""
        if self._file is None or not self._new:
            return
        rows, self._new = list(self._new.items()), {}
        try:
            with self._file:
                if self._file.execute(_USED).fetchone()[0] > self._most:
                    self._file.execute("DELETE FROM known")
                self._file.executemany("INSERT OR IGNORE INTO known VALUES (?, ?)", rows)
        except sqlite3.Error:
            self._file.close()
            self._file = None


def _opened(path: Path) -> sqlite3.Connection | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=5.0)
        connection.execute("PRAGMA journal_mode = WAL")  # readers do not wait for a writer
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_TABLE)
    except (sqlite3.Error, OSError):
        return None
    return connection
