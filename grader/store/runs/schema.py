"""The tables of ``run.sqlite``, and opening one that can be relied on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

from grader.diagnostics import Diagnostic, InputError, Span, operator_error
from grader.store.files import atomic_path

NAME = "run.sqlite"  # of the file, in the folder of the results
SCHEMA = 1  # kept as SQLite's user_version; raised when a file of before cannot be read as one of now
APPLICATION = 0x67726164  # SQLite's application_id: "grad"
_PLACE = "INTEGER PRIMARY KEY"  # of a record among those of its kind, from 0

MOST_BYTES = 256 * 1024 * 1024  # of one value

# Table, column, declaration. Texts that other people wrote may hold lone surrogates and are put in by a cast.
TABLES: Mapping[str, Mapping[str, str]] = {
    "about": {"name": "TEXT PRIMARY KEY", "value": "TEXT NOT NULL"},
    "files": {"path": "TEXT PRIMARY KEY", "digest": "TEXT NOT NULL", "data": "BLOB NOT NULL"},
    "inputs": {"path": "TEXT PRIMARY KEY", "digest": "TEXT NOT NULL"},
    "problems": {"place": _PLACE, "id": "TEXT NOT NULL", "file": "TEXT NOT NULL", "spec": "TEXT NOT NULL"},
    "subjects": {"place": _PLACE, "name": "TEXT NOT NULL", "delivery": "TEXT"},
    "papers": {"subject": "TEXT NOT NULL", "problem": "TEXT NOT NULL", "seed": "TEXT NOT NULL"},
    "renderings": {
        "id": "INTEGER PRIMARY KEY",
        "unicode": "TEXT NOT NULL",
        "latex": "TEXT NOT NULL",
        "mathml": "TEXT NOT NULL",
    },
    "results": {
        "place": _PLACE,
        "subject": "TEXT NOT NULL",
        "problem": "TEXT NOT NULL",
        "part": "TEXT NOT NULL",
        "turn": "INTEGER",
        "hint": "TEXT",
        "status": "TEXT NOT NULL",
        "credit": "TEXT",
        "reason": "TEXT NOT NULL",
        "answer": "TEXT NOT NULL",
        "more": "TEXT NOT NULL",
    },
    "conversations": {"place": _PLACE, "id": "TEXT NOT NULL", "model": "TEXT NOT NULL", "value": "TEXT NOT NULL"},
    "failures": {"place": _PLACE, "subject": "TEXT NOT NULL", "value": "TEXT NOT NULL"},
    "absent": {"place": _PLACE, "value": "TEXT NOT NULL"},
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: tuple(TABLES[name]) for name in ("subjects", "papers", "renderings", "results", "conversations", "failures")
}
"""Of the tables that hold what came of the subjects."""

UNIQUE_NAMES = "CREATE UNIQUE INDEX subject_names ON subjects (name)"
INDICES = (
    "CREATE INDEX results_of ON results (subject, problem, part, turn)",
    "CREATE INDEX results_by_status ON results (status)",
)


@contextmanager
def made(path: Path) -> Iterator[sqlite3.Connection]:
    """An empty file with all tables, in a transaction; it appears when the block ends without an error.

    Args:
        path: of the file; an older one is replaced.

    Raises:
        OSError: it cannot be written.
    """
    with atomic_path(path) as part:
        connection = None
        try:
            # Nobody else knows the file yet, so that it needs no journal.
            connection = sqlite3.connect(part, isolation_level=None, uri=True)
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
            connection.execute("BEGIN")
            for name in TABLES:
                connection.execute(_statement(name))
            yield connection
        except sqlite3.OperationalError as error:
            raise OSError(error.sqlite_errorcode, str(error), str(path)) from error
        finally:
            if connection is not None:
                connection.close()


@cache
def insertion(table: str) -> str:
    """The statement that puts one row into a table."""
    values = ("CAST(? AS TEXT)" if kind.startswith("TEXT") else "?" for kind in TABLES[table].values())
    return f"INSERT INTO {table} VALUES ({', '.join(values)})"  # noqa: S608 - names of our own


def _statement(table: str) -> str:
    columns = ", ".join(f"{name} {kind}" for name, kind in TABLES[table].items())
    return f"CREATE TABLE {table} ({columns})"


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A stored run, for reading.

    Raises:
        InputError: it is not there, is no stored run, is damaged, or was written by a newer version; also where that
            shows only while it is read.
    """
    if not path.is_file():
        fix = "Name the folder that grade submissions or grade transcripts wrote with --out."
        raise InputError(operator_error("run-none", f"there is no stored run: {path} is not a file", fix=fix))
    connection = None
    try:
        connection = sqlite3.connect(f"file:{quote(bytes(path.resolve()))}?mode=ro", uri=True, isolation_level=None)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
        connection.text_factory = _text
        _check(connection, path)
        yield connection
    except sqlite3.DatabaseError as error:
        raise InputError(damaged(path, f"{error}")) from error
    finally:
        if connection is not None:
            connection.close()


def _text(raw: bytes) -> str:
    """Text as it was put in: with lone surrogates, which names of files can hold."""
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError("a text in it is no UTF-8") from error


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """That it is a stored run whose tables are those of this version, and nothing that only looks like them."""
    connection.execute("PRAGMA trusted_schema = OFF")
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION,):
        fix = f"A stored run is the file {NAME} that grade submissions or grade transcripts writes."
        raise InputError(operator_error("run-other", "this database is no stored run of grade", _span(path), fix))
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA:
        says = f"this run is stored in form {version}; this version of grade reads up to form {SCHEMA}"
        fix = "Use the version of grade that wrote it, or a newer one; or grade again into another folder."
        raise InputError(operator_error("run-newer", says, _span(path), fix))
    there = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")}
    if missing := [name for name in TABLES if _statement(name) not in there]:
        raise InputError(damaged(path, f"it has no table “{missing[0]}” as it should be"))


def damaged(path: Path, why: str) -> Diagnostic:
    """What to say of a file that cannot be relied on."""
    fix = "Grade again into the same folder: decisions made by hand are in decisions.jsonl and are kept."
    return operator_error("run-damaged", f"the stored run cannot be read: {why}", _span(path), fix)


def _span(path: Path) -> Span:
    return Span(str(path), 0, 0, 1)
