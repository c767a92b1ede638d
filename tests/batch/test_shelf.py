"""What processes of one machine know in common: found by all, bounded, and never a reason to fail."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from grader.batch.shelf import Shelf

MOST = 1024 * 1024


def test_what_one_puts_others_find_after_a_flush(tmp_path: Path) -> None:
    """The one itself finds it at once; the first value of a name stays."""
    one, other = (Shelf(tmp_path / "shelf.sqlite", MOST) for _ in range(2))
    one.put(b"a", b"1")
    assert (one.get(b"a"), other.get(b"a")) == (b"1", None)
    one.flush()
    other.put(b"a", b"2")
    other.flush()
    assert (one.get(b"a"), other.get(b"a"), other.get(b"b")) == (b"1", b"1", None)


def test_a_full_one_is_emptied(tmp_path: Path) -> None:
    """And takes what comes next."""
    shelf = Shelf(tmp_path / "shelf.sqlite", MOST)
    for number in range(8):
        shelf.put(bytes([number]), bytes(MOST // 4))
        shelf.flush()
    assert shelf.get(bytes([7])) is not None
    assert shelf.get(bytes([0])) is None
    assert (tmp_path / "shelf.sqlite").stat().st_size < 3 * MOST


def test_without_a_file_nothing_stays() -> None:
    """Where a cluster works on a run, nothing is shared."""
    shelf = Shelf(None, MOST)
    shelf.put(b"a", b"1")
    shelf.flush()
    assert shelf.get(b"a") is None


def test_a_file_that_is_none_of_ours_is_left_alone(tmp_path: Path) -> None:
    """Something else, or a table of something else: nothing is found, and nothing fails."""
    (tmp_path / "text").write_text("no database, " * 100)
    with sqlite3.connect(tmp_path / "other") as connection:
        connection.execute("CREATE TABLE known (what TEXT)")
    with sqlite3.connect(tmp_path / "texts") as connection:
        connection.execute("CREATE TABLE known (name BLOB, value BLOB)")
        connection.execute("INSERT INTO known VALUES (x'61', 7)")
    for name in ("text", "other", "texts", "text/folder"):
        shelf = Shelf(tmp_path / name, MOST)
        assert shelf.get(b"a") is None
        shelf.put(b"a", b"1")
        shelf.flush()
    assert (tmp_path / "text").read_text().startswith("no database")
