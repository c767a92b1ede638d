"""JSON Lines, CSV and Parquet hold every result of a run, as it is and in its order."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from export_sample import HOSTILE, answers, class_of, course, hostile, keep, written

from grader.diagnostics import InputError
from grader.records import Run
from grader.specs import Course
from grader.store.exports import base, exports, parquet
from grader.store.exports.columns import TYPES
from grader.store.exports.csv import COLUMNS
from grader.store.results import write_results

ESCAPED = HOSTILE.encode("utf-8", "backslashreplace").decode()  # as files hold it


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course."""
    return course(tmp_path_factory.mktemp("exported") / "course")


@pytest.fixture(scope="module")
def run(graded: Course) -> Run:
    """Two students, one of them with hostile texts."""
    return class_of(graded, [answers("ada", 1, "1/3", None, 0), [hostile()]])


@pytest.fixture(scope="module")
def out(graded: Course, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which it is kept."""
    return keep(graded, run, tmp_path_factory.mktemp("kept"))


def objects(path: Path) -> list[dict[str, Any]]:
    """The objects of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_each_format_is_one_module_with_a_name_of_its_own() -> None:
    """Discovery finds them; a file name ends as it must; what a format takes is an option."""
    found = exports()
    assert list(found) == ["canvas", "csv", "inspect", "jsonl", "moodle", "nbgrader", "parquet"]
    for one in found.values():
        assert one.file.endswith(one.ending or one.file)
        assert one.takes <= set(base.Options.__dataclass_fields__)
        assert set(one.kinds) <= set(base.BOTH)


def test_json_lines_are_those_of_the_results(run: Run, out: Path, tmp_path: Path) -> None:
    """Byte for byte what ``results.jsonl`` is."""
    assert written(out, "jsonl", tmp_path / "a.jsonl").rows == 5
    write_results(run, tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_csv_has_the_same_in_columns_without_formulas(out: Path, tmp_path: Path) -> None:
    """Numbers are numbers, nothing is an empty cell, and a text that begins like a formula has an apostrophe."""
    written(out, "csv", tmp_path / "r.csv")
    written(out, "jsonl", tmp_path / "r.jsonl")
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert list(found[0]) == list(COLUMNS)
    for row, one in zip(found, objects(tmp_path / "r.jsonl"), strict=True):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
        assert (float(row["credit"]) if row["credit"] else None) == one["credit"]
        assert row["carried"] == "false"
        assert row["status"] == one["status"]
    assert found[4]["text"] == f"'{ESCAPED}"
    assert found[4]["witness"].startswith(f"at λ = {ESCAPED}: yours -1, expected ")
    assert (found[2]["credit"], found[0]["method"]) == ("", "")


def test_a_run_with_results_missing_is_not_exported(graded: Course, run: Run, tmp_path: Path) -> None:
    """A file that lost records gives an error, and no shorter table."""
    folder = keep(graded, run, tmp_path / "out")
    connection = sqlite3.connect(folder / "run.sqlite")
    connection.executescript("DELETE FROM results WHERE place = 1")
    connection.close()
    with pytest.raises(InputError, match="some of its results are missing"):
        written(folder, "jsonl", tmp_path / "r.jsonl")
    assert not (tmp_path / "r.jsonl").exists()


# ---------------------------------------------------------------- Parquet


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a Parquet file."""
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is in the extra [parquet]")
    with duckdb.connect() as connection:
        asked = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in asked.description]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]


def escaped(value: Any) -> Any:
    """A value whose lone surrogates are escapes, as Parquet holds it."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def test_parquet_reads_back_equal_to_json_lines(out: Path, tmp_path: Path) -> None:
    """In the same order with the same types; evidence is JSON text; a lone surrogate, and nothing else, is escaped."""
    pytest.importorskip("duckdb", reason="DuckDB is in the extra [parquet]")
    assert written(out, "parquet", tmp_path / "r.parquet").rows == 5
    written(out, "jsonl", tmp_path / "r.jsonl")
    found, shown = rows(tmp_path / "r.parquet"), objects(tmp_path / "r.jsonl")
    assert [one["credit"] for one in found] == [1.0, 1 / 3, None, 0.0, 1 / 3]
    assert found[4]["text"] == ESCAPED
    for row, one in zip(found, shown, strict=True):
        expected = {name: one[name] if name in parquet.NESTED else escaped(one[name]) for name in one}
        assert {**row, **{name: row[name] and json.loads(row[name]) for name in parquet.NESTED}} == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.jsonl", "r.parquet"]


def test_parquet_of_no_results_has_its_columns(graded: Course, tmp_path: Path) -> None:
    """An empty table is no error."""
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is in the extra [parquet]")
    folder = keep(graded, class_of(graded, []), tmp_path / "out")
    assert written(folder, "parquet", tmp_path / "r.parquet").rows == 0
    with duckdb.connect() as connection:
        asked = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(tmp_path / "r.parquet")])
        kinds = {name: kind for name, kind, *_ in asked.fetchall()}
    assert kinds == dict(TYPES)


def test_parquet_reaches_only_the_files_that_it_is_given(tmp_path: Path) -> None:
    """The connection reads no other file, loads no extension and can be given no other rights."""
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is in the extra [parquet]")
    (tmp_path / "other.csv").write_text("a\n1\n", encoding="utf-8")
    connection = parquet._confined(64, tmp_path / "one.jsonl")
    for statement in (
        f"FROM read_csv('{tmp_path}/other.csv')",
        f"COPY (SELECT 1) TO '{tmp_path}/new.csv'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        f"ATTACH '{tmp_path}/new.db'",
    ):
        with pytest.raises(duckdb.Error):
            connection.execute(statement).fetchall()
    connection.close()
    assert [path.name for path in tmp_path.iterdir()] == ["other.csv"]


@pytest.mark.parametrize("name", ["a[b]*?", "it's", "b c; d", "ü"])
def test_parquet_is_written_into_a_folder_of_any_name(graded: Course, run: Run, tmp_path: Path, name: str) -> None:
    """Names are neither patterns nor SQL."""
    pytest.importorskip("duckdb", reason="DuckDB is in the extra [parquet]")
    folder = keep(graded, run, tmp_path / name)
    written(folder, "parquet", folder / "r.parquet")
    assert len(rows(Path((folder / "r.parquet").rename(tmp_path / "plain.parquet")))) == 5


def test_a_long_answer_fits_into_parquet(graded: Course, tmp_path: Path) -> None:
    """A line longer than DuckDB's own limit is read."""
    pytest.importorskip("duckdb", reason="DuckDB is in the extra [parquet]")
    folder = keep(graded, class_of(graded, [[hostile("ada")]]), tmp_path / "out")
    connection = sqlite3.connect(folder / "run.sqlite")
    connection.execute("UPDATE results SET answer = ?", ("x" * 20_000_000,))
    connection.commit()
    connection.close()
    written(folder, "parquet", tmp_path / "r.parquet")
    assert len(rows(tmp_path / "r.parquet")[0]["text"]) == 20_000_000


def test_without_duckdb_it_is_said_what_to_install(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no file is left behind."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(InputError, match=r"pip install 'duckdb"):
        written(out, "parquet", tmp_path / "r.parquet")
    assert list(tmp_path.iterdir()) == []
