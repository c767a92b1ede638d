"""Archives are read in memory, member by member, and hostile ones cost themselves alone."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.diagnostics import InputError
from grader.intake.archives import CLASS, STUDENT, Limits, Member, contents, is_archive, read_bytes, stem_of
from grader.intake.documents import read_document
from grader.intake.handins.submissions import read_submissions

MB = 1024 * 1024


def made(path: Path, fill: Callable[[zipfile.ZipFile], None]) -> Path:
    """A zip archive with what ``fill`` puts into it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return path


def member(path: Path, name: str) -> Member:
    """A member by its name."""
    info = next(info for info in contents(path, STUDENT) if "/".join(info.parts) == name)
    return Member(path, info.parts, info.index, info.size, STUDENT)


def troubles(path: Path) -> dict[str, str]:
    """Why members are not to be read."""
    return {"/".join(info.parts): info.trouble for info in contents(path, STUDENT)}


def code(path: Path, limits: Limits = STUDENT) -> str:
    """The code of the error about an archive."""
    with pytest.raises(InputError) as caught:
        contents(path, limits)
    assert str(path) in str(caught.value)
    return caught.value.diagnostics[0].code


def tar(path: Path, *members: tuple[tarfile.TarInfo, bytes], mode: str = "w:gz") -> Path:
    """A tar archive of these members."""
    with tarfile.open(path, mode) as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


# ---------------------------------------------------------------- sound ones


def test_a_member_is_read_like_a_file(tmp_path: Path) -> None:
    """Its name is that of the archive and its path in it, and a document is made of it."""
    path = made(tmp_path / "a.zip", lambda z: z.writestr("hw/p1.md", "1(c) 5\n"))
    one = member(path, "hw/p1.md")
    assert (one.name, one.stem, one.suffix) == ("p1.md", "p1", ".md")
    document = read_document(one, 100)
    assert (document.text, document.file) == ("1(c) 5\n", f"{path}/hw/p1.md")
    with pytest.raises(InputError, match="7 bytes; the limit is 3"):
        read_document(one, 3)


@pytest.mark.parametrize(("name", "mode"), [("a.tar", "w:"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz")])
def test_tar_archives_are_read_too(tmp_path: Path, name: str, mode: str) -> None:
    """Plain and by gzip, of one student; not those of a class, for they would be read from the start for each file."""
    path = tar(
        tmp_path / name, (tarfile.TarInfo("hw/a.md"), b"first"), (tarfile.TarInfo("hw/b.md"), b"other"), mode=mode
    )
    assert [info.parts for info in contents(path, STUDENT)] == [("hw", "a.md"), ("hw", "b.md")]
    found = read_submissions(tmp_path)
    assert [read_bytes(file, 100) for file in found.submissions[0].files] == [b"first", b"other"]
    assert code(path, CLASS) == "archive-broken"


@pytest.mark.parametrize(
    ("name", "stem", "archive"),
    [
        ("a.tar.gz", "a", True),
        ("a.b.ZIP", "a.b", True),
        ("a.md", "a", False),
        (".zip", ".zip", True),
        ("a", "a", False),
    ],
)
def test_endings(name: str, stem: str, archive: bool) -> None:
    """``.tar.gz`` is one ending, in any case of letters."""
    assert (stem_of(name), is_archive(name)) == (stem, archive)


def test_names_that_mac_os_writes_are_utf8(tmp_path: Path) -> None:
    """It does not say so in the archive; a name in the old character set stays what it is."""
    path = made(tmp_path / "a.zip", lambda z: z.writestr("Muller/x.md", "1"))
    data = path.read_bytes().replace(b"Muller/x.md", "Müler/x.md".encode())
    path.write_bytes(data)
    assert list(troubles(path)) == ["Müler/x.md"]
    path.write_bytes(data.replace("ü".encode(), b"\x81u"))  # ü in code page 437
    assert list(troubles(path)) == ["Müuler/x.md"]


def test_paths_with_backslashes_have_folders(tmp_path: Path) -> None:
    """As some tools of Windows write them."""
    path = made(tmp_path / "a.zip", lambda z: z.writestr("ada\\hw.md", "1"))
    assert troubles(path) == {"ada/hw.md": ""}


def test_of_two_members_of_one_name_the_last_counts(tmp_path: Path) -> None:
    """As unpacking would leave it; the other is told."""

    def fill(archive: zipfile.ZipFile) -> None:
        archive.writestr("a.md", "old")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.md", "new")

    path = made(tmp_path / "a.zip", fill)
    (only,) = read_submissions(path, layout="plain").submissions
    assert [read_bytes(file, 100) for file in only.files] == [b"new"]
    assert [d.code for d in only.diagnostics] == ["archive-member"]


# ---------------------------------------------------------------- hostile ones


@pytest.mark.parametrize("name", ["../../a.md", "/etc/a.md", "x/../../a.md", "C:/a.md", "..\\a.md", "\\a.md"])
def test_a_path_that_leads_out_is_not_read(tmp_path: Path, name: str) -> None:
    """Neither up nor to a root, of any system; beside it all is read."""

    def fill(archive: zipfile.ZipFile) -> None:
        archive.writestr(name, "x")
        archive.writestr("ok.md", "fine")

    path = made(tmp_path / "a.zip", fill)
    assert sorted(map(bool, troubles(path).values())) == [False, True]
    found = read_submissions(path, layout="plain")
    assert [one.subject for one in found.submissions] == ["ok"]
    assert [d.code for d in found.notes] == ["archive-member"]


def test_links_and_locked_and_rare_members_are_not_read(tmp_path: Path) -> None:
    """Each with its reason."""

    def fill(archive: zipfile.ZipFile) -> None:
        link = zipfile.ZipInfo("link.md")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("rare.md", "x" * 100, compress_type=zipfile.ZIP_BZIP2)
        archive.writestr("locked.md", "x")
        archive.writestr("ok.md", "fine")

    path = made(tmp_path / "a.zip", fill)
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(b"locked.md"))
    data[entry + 8] |= 1  # the flag of encryption
    path.write_bytes(data)
    assert troubles(path) == {
        "link.md": "it is a link",
        "rare.md": "it is packed by a method that is not read",
        "locked.md": "it is encrypted",
        "ok.md": "",
    }


def test_links_and_devices_of_a_tar_are_not_read(tmp_path: Path) -> None:
    """Soft links, hard links, pipes."""
    kinds = {"soft.md": tarfile.SYMTYPE, "hard.md": tarfile.LNKTYPE, "pipe.md": tarfile.FIFOTYPE}
    infos = []
    for name, kind in kinds.items():
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "ok.md"
        infos.append((info, b""))
    path = tar(tmp_path / "a.tar", *infos, (tarfile.TarInfo("ok.md"), b"fine"), mode="w:")
    assert {name: bool(trouble) for name, trouble in troubles(path).items()} == {
        **dict.fromkeys(kinds, True),
        "ok.md": False,
    }


def test_a_bomb_is_unpacked_no_further_than_it_is_read(tmp_path: Path) -> None:
    """A gigabyte of zeros costs what may be read of it; an archive that admits to more is refused unread."""

    def fill(archive: zipfile.ZipFile) -> None:
        with archive.open("bomb.md", "w", force_zip64=True) as stream:
            for _ in range(64):
                stream.write(b"\0" * MB)

    path = made(tmp_path / "a.zip", fill)
    tracemalloc.start()
    data = read_bytes(member(path, "bomb.md"), MB)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(data) == MB + 1
    assert peak < 8 * MB
    assert code(path, Limits(10, None, 10 * MB)) == "archive-limit"


def test_a_bomb_in_gzip_is_refused(tmp_path: Path) -> None:
    """At the limit of what an archive may unpack to."""
    path = tmp_path / "a.tar.gz"
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for _ in range(101):
            stream.write(b"\0" * MB)
    assert code(path) == "archive-limit"


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    """In a zip before its directory is read, in a tar while it is read."""
    path = made(tmp_path / "a.zip", lambda z: [z.writestr(f"{i}", "") for i in range(50)] and None)
    assert len(contents(path, Limits(50, None, None))) == 50
    assert code(path, Limits(49, None, None)) == "archive-limit"
    assert code(path, Limits(5, None, None)) == "archive-limit"
    members = [(tarfile.TarInfo(str(i)), b"") for i in range(50)]
    assert code(tar(tmp_path / "b.tar", *members, mode="w:"), Limits(49, None, MB)) == "archive-limit"


def test_a_large_archive_is_not_opened(tmp_path: Path) -> None:
    """A student's is read into memory where it stands in another one; so it is limited."""
    path = made(tmp_path / "a.zip", lambda z: z.writestr("a.md", "x" * 1000))
    assert code(path, Limits(10, 50, None)) == "archive-limit"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 and no more",
        b"Rar!\x1a\x07\x00 something",
        b"\x1f\x8b\x08 and no more",
        b"\x1f\x8b",
        b"\0" * 257 + b"ustar" + b"\xff" * 5000,
        b"PK\x05\x06" + b"\xff" * 18,
        b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 9, 9, 0xFFFFFFFF, 0xFFFFFFFF, 0),
        b"just text",
    ],
)
def test_what_is_no_archive_is_an_error(tmp_path: Path, data: bytes) -> None:
    """With the name of the file, whatever the bytes."""
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert code(path) in ("archive-broken", "archive-limit")


def test_damaged_archives_never_crash(tmp_path: Path) -> None:
    """Cut at any place, or with any byte changed: what can be read of it, or an error."""
    whole = made(tmp_path / "whole.zip", lambda z: [z.writestr(f"{i}.md", f"{i}" * 40) for i in range(3)] and None)
    gz = tar(tmp_path / "whole.tar.gz", (tarfile.TarInfo("a.md"), b"x" * 100))
    plain = tar(tmp_path / "whole.tar", (tarfile.TarInfo("a.md"), b"x" * 100), mode="w:")
    ends = {"members": 0, "error": 0}
    for kind, data in enumerate((whole.read_bytes(), gz.read_bytes(), plain.read_bytes()[:1536])):
        for at in range(0, len(data), max(1, len(data) // 150)):
            for change, damaged in enumerate((data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])):
                path = tmp_path / f"{kind}-{at}-{change}.zip"
                path.write_bytes(damaged)
                try:
                    for info in contents(path, STUDENT):
                        read_bytes(Member(path, info.parts, info.index, info.size, STUDENT), 100)
                    ends["members"] += 1
                except InputError:
                    ends["error"] += 1
    assert all(ends.values())
