"""The example submissions and transcripts reach every tool that is exported to, and come back as they were."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from command_line import ROOT, grade_here, lines
from shared import example_class, example_talks, own_course

from grader.store.grades import write_grades
from grader.store.runs import NAME, manifest_of, save

HEADER = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Homework 7 (70)", "Homework 8 (71)"]
# Canvas's rows: name, SIS id; and whether the student of the examples is found there beyond doubt.
LISTED = [
    ("Okonjo, Amara", "s1", "amara-okonjo"),
    ("Rastegar, Fatemeh", "s2", ""),  # twice
    ("Rastegar, Fatemeh", "s3", ""),
    ('Ferraz, "João"', "s4", "joão-ferraz"),
    ("KEKOA, LEILANI", "s5", "leilani-kekoa"),
    ("Mbatha,\nNokuthula", "s6", "nokuthula-mbatha"),
    ("Ramanan, Priya", "s7", "priya-ramanan"),
    ("Quillay, S.", "s8", ""),  # an initial is no name
    ("Somebody, Else", "tomasz-zurek", "tomasz-zurek"),  # an id; work without a name contradicts no name
    ("Karaçay, Yusuf", "s10", "yusuf-karaçay"),
    ("Halmos, Zsófia", "s11", "zsófia-halmos"),
    ("Marchetti, E\u0301lodie", "s12", "élodie-marchetti"),
    ("中森葵", "s13", "中森葵"),
    ("=林晓岚", "s14", "林晓岚"),  # signs do not count in a name
    ("=1+1", "s15", ""),
]


@pytest.fixture(scope="module")
def graded(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run of each kind."""
    root = tmp_path_factory.mktemp("examples")
    runs = {"s": example_class(shared_folder), "t": example_talks(shared_folder)}
    for name, run in runs.items():
        (root / name).mkdir()
        save(run, root / name / NAME, manifest_of(run.kind, own_course(), ROOT / "transcripts", root / name))
    write_grades(runs["s"], root / "s" / "grades.csv")
    return root


def table(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_grade_book_of_canvas_gets_the_totals_of_the_class(graded: Path) -> None:
    """Those of ``grades.csv``, in the rows of those whose they are, whatever their names are written like."""
    with (graded / "book.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([HEADER, ["    Points Possible", "", "", "", "", "10", "94"]])
        writer.writerows([name, number, sis, "", "A", "7", ""] for number, (name, sis, _) in enumerate(LISTED, 1))
    arguments = ("export", "s", "--to", "canvas", "--gradebook", "book.csv")
    done = grade_here(*arguments, cwd=graded)
    assert (done.code, done.out) == (0, "wrote s/canvas.csv: 0 marks, 11 without a final one\n")
    assert (graded / "s" / "canvas.csv").read_bytes() == (graded / "book.csv").read_bytes()
    done = grade_here(*arguments, "--include-open", cwd=graded)
    assert (done.code, done.out) == (4, "wrote s/canvas.csv: 11 marks, 2 not entered\n")
    totals = {row["student"]: row["total"] for row in table(graded / "s" / "grades.csv")}
    found = table(graded / "s" / "canvas.csv", "utf-8-sig")[1:]
    assert [row["Homework 8 (71)"] for row in found] == [totals.get(subject, "") for _, _, subject in LISTED]
    assert {row["Homework 7 (70)"] for row in found} == {"7"}
    for who in ("fatemeh-rastegar", "santiago-quillay"):
        assert f"beyond doubt that of {who}: {totals[who]} of 94 are not entered" in done.err
    assert "2 cells that the platform wrote begin as a formula does" in done.err


def test_nbgrader_gets_the_totals_of_the_class(graded: Path) -> None:
    """In the order of the class."""
    assert grade_here("export", "s", "--to", "nbgrader", "--include-open", cwd=graded).code == 0
    found = [(row["student_id"], row["score"], row["max_score"]) for row in table(graded / "s" / "nbgrader.csv")]
    totals = [(row["student"], row["total"], row["possible"]) for row in table(graded / "s" / "grades.csv")]
    assert found == totals


@pytest.mark.parametrize("out", ["s", "t"])
def test_results_read_back_from_csv_and_parquet_as_from_json_lines(graded: Path, out: str) -> None:
    """Every field of every result."""
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is in the extra [parquet]")
    for name in ("csv", "parquet", "jsonl"):
        assert grade_here("export", out, "--to", name, cwd=graded).code == 0
    expected = lines(graded / out / "results.jsonl")
    with duckdb.connect() as connection:
        asked = connection.execute("SELECT * FROM read_parquet(?)", [str(graded / out / "results.parquet")])
        names = [column[0] for column in asked.description]
        found = [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
    for row in found:
        row |= {name: row[name] and json.loads(row[name]) for name in ("review", "evidence")}
    assert found == expected
    for cells, one in zip(table(graded / out / "results.csv"), expected, strict=True):
        assert cells["text"].removeprefix("'") == one["text"].removeprefix("'")
        assert (cells["credit"] or None) == (None if one["credit"] is None else str(one["credit"]))
        assert cells["turn"] == ("" if one["turn"] is None else str(one["turn"]))
