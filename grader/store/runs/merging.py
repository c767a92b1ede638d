"""Pieces of a run put together into one ``run.sqlite``, by the database itself: no record passes through Python."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from grader.store.runs.codec import bound
from grader.store.runs.manifest import Manifest
from grader.store.runs.schema import COLUMNS, UNIQUE_NAMES
from grader.store.runs.writing import Writer

_PLACED = ("subjects", "results", "conversations", "failures")
_NAMED = {"subjects": "name", "results": "subject", "conversations": "id", "failures": "subject", "papers": "subject"}
_NAMED_INSIDE = {"conversations": "$.id", "failures": "$.subject"}  # where the name stands in the value


class Merger(Writer):
    """A writer that takes pieces, each written by :class:`grader.store.runs.writing.Records`."""

    def __init__(self, connection: sqlite3.Connection, manifest: Manifest) -> None:
        super().__init__(connection, manifest)
        self._uses: dict[str, int] = {}  # of names that occur again, how often so far
        connection.execute(UNIQUE_NAMES)

    def merge(self, path: Path, renamed: Mapping[str, str]) -> Mapping[str, str]:
        """Take all records of a piece; subjects whose names are taken get others: ``ada (2)``.

        Args:
            path: of the piece.
            renamed: of its subjects that share a name in the piece, the name that they share.

        Returns:
            The names that subjects got, by those that they had in the piece; only of those that got another.

        Raises:
            sqlite3.Error: it cannot be read.
        """
        self._flush()
        self._connection.execute("COMMIT")  # no other file can be opened in a transaction
        self._connection.execute("ATTACH ? AS piece", (f"file:{quote(bytes(path.resolve()))}?mode=ro",))
        try:
            self._connection.execute("BEGIN")
            names = self._names(renamed)
            for table in COLUMNS:
                self._copy(table, names)
            self._connection.execute("COMMIT")
        finally:
            self._connection.execute("DETACH piece")
            self._connection.execute("BEGIN")
        return names

    def _names(self, renamed: Mapping[str, str]) -> dict[str, str]:
        """New names for those that are taken."""
        taken = "SELECT s.name FROM piece.subjects s JOIN main.subjects m ON m.name = s.name"
        if not renamed and self._connection.execute(f"{taken} LIMIT 1").fetchone() is None:
            return {}
        names: dict[str, str] = {}
        given: set[str] = set()
        for (name,) in self._connection.execute("SELECT name FROM piece.subjects ORDER BY place").fetchall():
            new = self._free(renamed.get(name, name), given)
            given.add(new)
            if new != name:
                names[name] = new
        return names

    def _free(self, base: str, given: set[str]) -> str:
        """The name, with the next number where it is taken."""
        new = base
        while new in given or self._connection.execute(_IS_TAKEN, (bound(new),)).fetchone():
            self._uses[base] = self._uses.get(base, 1) + 1
            new = f"{base} ({self._uses[base]})"
        return new

    def _copy(self, table: str, names: Mapping[str, str]) -> None:
        first = self._counts.get(table, 0)
        columns = [f"place + {first}" if one == "place" else one for one in COLUMNS[table]]
        if names and table in _NAMED:
            self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS names (old TEXT PRIMARY KEY, new TEXT)")
            self._connection.execute("DELETE FROM temp.names")
            rows = [(bound(old), bound(new)) for old, new in names.items()]
            self._connection.executemany("INSERT INTO temp.names VALUES (CAST(? AS TEXT), CAST(? AS TEXT))", rows)
            name = _NAMED[table]
            new = f"coalesce((SELECT new FROM temp.names WHERE old = {name}), {name})"  # noqa: S608 - names of our own
            columns[COLUMNS[table].index(name)] = new
            if table in _NAMED_INSIDE:
                columns[COLUMNS[table].index("value")] = f"json_set(value, '{_NAMED_INSIDE[table]}', {new})"
        conflict = "OR IGNORE " if table == "renderings" else ""
        into = f"INSERT {conflict}INTO main.{table} SELECT {', '.join(columns)}"
        statement = f"{into} FROM piece.{table} ORDER BY {'place' if table in _PLACED else 'rowid'}"
        done = self._connection.execute(statement)
        if table in _PLACED and done.rowcount > 0:
            self._counts[table] = first + done.rowcount


_IS_TAKEN = "SELECT 1 FROM main.subjects WHERE name = CAST(? AS TEXT)"
