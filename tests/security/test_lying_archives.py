"""Archives that say other than they hold: no more memory is taken than is said to be allowed."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from grader.diagnostics import InputError
from grader.intake.chats.archives import Archive
from grader.intake.extract.base import MOST_MEMBERS, safe_archive
from grader.intake.extract.word import Word

NAMES = ("[Content_Types].xml", "word/document.xml")


def lying(said: int, megabytes: int) -> bytes:
    """An archive whose members unpack to so many megabytes of blanks, and say that they have so many bytes."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(deflate.compress(b" " * 2**20) for _ in range(megabytes)) + deflate.flush()
    checksum = zlib.crc32(b" " * said)  # right for what is said, so that no checksum stops it
    body, directory = b"", b""
    for name in map(str.encode, NAMES):
        fields = (checksum, len(packed), said, len(name), 0)
        directory += (
            struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *fields, 0, 0, 0, 0, len(body)) + name
        )
        body += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, *fields) + name + packed
    count = len(NAMES)
    return body + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)


def peak(data: bytes) -> int:
    """Bytes that reading a Word document takes at most."""
    tracemalloc.start()
    try:
        with pytest.raises(InputError):
            Word().extract(data, "a.docx")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_word_document_unpacks_to_no_more_than_it_says() -> None:
    """A file of 200 kB that holds 100 MB in each member, and says 100 bytes, takes some megabytes."""
    data = lying(100, 100)
    assert len(data) < 250_000
    assert peak(data) < 16 * 2**20


def test_a_word_document_of_too_many_members_is_refused() -> None:
    """Before one of them is read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(MOST_MEMBERS + 1):
            archive.writestr(str(number), b"")
    with pytest.raises(InputError, match="more than 10,000 members"):
        safe_archive(made.getvalue(), "a.docx", "a Word document")


def test_entities_are_not_expanded() -> None:
    """A billion laughs in the document are an error, or nothing."""
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        part = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{types}">{rels}{part}</Types>')
        relation = f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{relations}">{relation}</Relationships>')
        archive.writestr("word/document.xml", f'<!DOCTYPE l [<!ENTITY a "ha">{entities}]>{body}')
    assert peak(made.getvalue()) < 16 * 2**20


@pytest.mark.parametrize("size", [2**40, 2**62, 2**63 + 5])
@pytest.mark.parametrize("method", [0, 8, 93])
def test_a_member_of_a_log_that_says_it_is_huge_is_an_error(tmp_path: Path, method: int, size: int) -> None:
    """Memory for it is not even asked for, and the command goes on."""
    name = b"header.json"
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 45, 0, method, 0, 0, 0, 2**32 - 1, 2**32 - 1, len(name), 0) + name
    extra = struct.pack("<HHQQ", 1, 16, 100, size)
    fields = (0, 2**32 - 1, 2**32 - 1, len(name), len(extra), 0, 0, 0, 0, 0)
    directory = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 45, 45, 0, method, 0, 0, *fields) + name + extra
    body = local + b"x" * 40
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(body), 0)
    path = tmp_path / "log.eval"
    path.write_bytes(body + directory + end)
    archive = Archive(path)
    with pytest.raises(InputError):
        archive.json("header.json")
