"""Parquet, written by DuckDB: the fields of ``results.jsonl`` in typed columns; ``review``, ``evidence`` as JSON text.

DuckDB reads lines of JSON, which both know, in flat memory. It is confined to the two files that it is given: no
network, no extension, no other file.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, ClassVar

from grader.diagnostics import InputError, operator_error
from grader.records import Result
from grader.store.exports.base import Export, Options, Written
from grader.store.exports.columns import TYPES
from grader.store.exports.source import Kept
from grader.store.files import write_lines
from grader.store.results import result_object

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NESTED = ("review", "evidence")  # as JSON text
MEMORY = 256  # MiB that DuckDB may take
THREADS = 2
_BUFFER = 2  # MiB for a line of JSON
_BUFFERS = 8  # that fit into the memory beside what Parquet takes


class Parquet(Export):
    """See the module."""

    name: ClassVar[str] = "parquet"
    summary: ClassVar[str] = "Parquet: the same in typed columns, for data frames and SQL; needs the extra [parquet]"
    file: ClassVar[str] = "results.parquet"

    def write(self, kept: Kept, options: Options, path: Path) -> Written:
        """One row for each result, in the order of the run."""
        _installed()
        with TemporaryDirectory(prefix=".parquet-", dir=path.parent) as folder:
            lines = Path(folder, "results.jsonl")
            rows = write_lines(map(parquet_row, kept.results()), lines)
            _convert(lines, path)
        return Written(rows, "result")


def parquet_row(result: Result) -> dict[str, Any]:
    """The object of a result with its nested values as JSON text, and no character that Parquet cannot hold.

    A lone surrogate, which UTF-8 has no bytes for, becomes its escape.
    """
    made = result_object(result)
    for name in NESTED:
        if made[name] is not None:
            made[name] = json.dumps(made[name], ensure_ascii=False, allow_nan=False)
    return {name: _encodable(value) if isinstance(value, str) else value for name, value in made.items()}


def _encodable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _convert(lines: Path, path: Path) -> None:
    """Have DuckDB make a Parquet file of lines of JSON.

    Args:
        lines, path: the one file that it may read, and the one that it may write.
    """
    import duckdb

    with lines.open("rb") as stream:
        longest = max(_BUFFER, max(map(len, stream), default=0) // 2**20 + 1)
    connection = _confined(max(MEMORY, 4 * _BUFFERS * longest), lines, path)
    try:
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in TYPES.items())
        source = (
            f"read_json({_quoted(lines)}, format = 'newline_delimited', maximum_object_size = {longest * 2**20}, "
            f"columns = {{{columns}}})"
        )
        names = ", ".join(f'"{name}"' for name in TYPES)
        how = "FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false"  # one of its own would be a file of another name
        _run(connection, f"COPY (SELECT {names} FROM {source}) TO {_quoted(path)} ({how})")  # noqa: S608
    except duckdb.Error as error:
        says = f"DuckDB did not write {path}: {str(error).partition(chr(10))[0]}"
        fix = "Is there room on the disk? Or choose --to jsonl, which DuckDB and others read as well."
        raise InputError(operator_error("export-parquet", says, None, fix)) from error
    finally:
        connection.close()


def _confined(memory: int, *paths: Path) -> DuckDBPyConnection:
    """A connection that reaches some files and nothing else.

    Args:
        memory: that it may take, in MiB.
        paths: of the files.
    """
    import duckdb

    connection = duckdb.connect(
        config={
            "memory_limit": f"{memory}MiB",
            "threads": THREADS,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": "",
        }
    )
    _run(connection, f"SET allowed_paths = [{', '.join(map(_quoted, paths))}]")
    _run(connection, "SET enable_external_access = false")
    _run(connection, "SET lock_configuration = true")
    return connection


def _run(connection: DuckDBPyConnection, statement: str) -> None:
    """Carry out a statement to its end: DuckDB 2 would leave it unfinished until its result is fetched."""
    connection.execute(statement).fetchall()


def _quoted(path: Path) -> str:
    """A path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def _installed() -> None:
    """That DuckDB is there.

    Raises:
        InputError: ``export-extra``.
    """
    try:
        import duckdb  # noqa: F401
    except ImportError as error:
        fix = "Install it: pip install 'duckdb>=1.2,<3'; or choose --to jsonl, which DuckDB and others read as well."
        raise InputError(
            operator_error("export-extra", "Parquet is written by DuckDB, which is not here", None, fix)
        ) from error
