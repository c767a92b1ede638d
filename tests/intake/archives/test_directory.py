"""The directory of a zip archive, read a member at a time, says what ``zipfile`` says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.intake.archives import directory
from grader.intake.archives.directory import directory_of, listed


def packed(names: list[str], comment: bytes = b"", before: bytes = b"") -> io.BytesIO:
    """An archive of small members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.comment = comment
        for number, name in enumerate(names):
            archive.writestr(name, name * number, zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED)
    return io.BytesIO(before + made.getvalue())


def found(stream: io.BytesIO) -> list[tuple[object, ...]]:
    """What is told of the members."""
    there = directory_of(stream)
    assert there is not None
    return [(m.name, m.flags, m.method, m.checksum, m.packed, m.size, m.offset) for m in listed(stream, there)]


def expected(stream: io.BytesIO) -> list[tuple[object, ...]]:
    """What ``zipfile`` tells of them."""
    return [
        (m.filename, m.flag_bits, m.compress_type, m.CRC, m.compress_size, m.file_size, m.header_offset)
        for m in zipfile.ZipFile(stream).infolist()
    ]


NAMES = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1), max_size=9)


@settings(max_examples=60, deadline=None)
@given(names=NAMES, comment=st.binary(max_size=30), before=st.binary(max_size=9))
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_are_those_that_zipfile_finds(names: list[str], comment: bytes, before: bytes) -> None:
    """Whatever they are called, and whatever stands before and behind them."""
    stream = packed(names, comment, before)
    assert found(stream) == expected(stream)


def test_directories_longer_than_a_block_and_numbers_of_eight_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As archives have them that are larger than 4 GB, or hold more than 65,535 members."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 50)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 100)
    stream = packed([f"samples/{'x' * 200}{number}.json" for number in range(6_000)])
    assert b"PK\x06\x06" in stream.getvalue()
    assert len(stream.getvalue()) > 2**21
    assert found(stream) == expected(stream)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_damaged_archive_is_an_error_or_members(data: st.DataObject) -> None:
    """And nothing else, whatever byte is another."""
    whole = bytearray(packed(["a.json", "b/c.json"], b"note").getvalue())
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    stream = io.BytesIO(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    there = directory_of(stream)
    if there is not None:
        try:
            assert all(one.offset <= directory._FURTHEST for one in listed(stream, there))
        except ValueError as error:
            assert str(error)


def test_no_archive_has_no_directory(tmp_path: Path) -> None:
    """Nor has an empty file."""
    assert directory_of(io.BytesIO(b"")) is None
    assert directory_of(io.BytesIO(b"PK\x03\x04" + b"x" * 100)) is None
