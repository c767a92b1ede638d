"""Rows on the disk come back as they were put in: in the order of their keys, or together by key; in flat memory."""

from __future__ import annotations

import tracemalloc

from grader.intake.spool import Spool, as_key, as_text


def filled(*rows: tuple[str, str]) -> Spool:
    """A spool with some rows."""
    spool = Spool()
    for key, value in rows:
        spool.add(as_key(key), as_key(value))
    return spool


def test_rows_of_a_key_stand_together_in_the_order_of_the_keys() -> None:
    """A key stands where it came first, whatever came between its rows."""
    spool = filled(("b", "1"), ("a", "2"), ("b", "3"), ("c", "4"), ("a", "5"))
    expected = [(b"b", [b"1", b"3"]), (b"a", [b"2", b"5"]), (b"c", [b"4"])]
    assert list(spool.grouped()) == expected
    assert list(spool.grouped()) == expected, "it can be read again"
    assert len(spool) == 5


def test_rows_by_key_and_the_last_of_a_key() -> None:
    """Keys are bytes; those of one key keep their order."""
    spool = filled(("b", "1"), ("a", "2"), ("b", "0"))
    assert list(spool.ordered()) == [(b"a", b"2"), (b"b", b"1"), (b"b", b"0")]
    assert (spool.last(b"b"), spool.last(b"x")) == (b"0", None)


def test_an_empty_spool_and_names_that_are_no_unicode() -> None:
    """Names of files may hold any bytes."""
    assert list(Spool().grouped()) == list(Spool().ordered()) == []
    assert [as_text(key) for key, _ in filled(("\udcff.md", "")).ordered()] == ["\udcff.md"]


def test_memory_stays_flat() -> None:
    """Python holds one group at a time, however many there are."""
    spool = Spool()
    tracemalloc.start()
    try:
        for number in range(30_000):
            spool.add(b"student %d" % (number % 10_000), b"x" * 40)
        assert sum(len(rows) for _, rows in spool.grouped()) == 30_000
        assert tracemalloc.get_traced_memory()[1] < 500_000
    finally:
        tracemalloc.stop()
