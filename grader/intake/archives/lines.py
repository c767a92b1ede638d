"""JSON lines of what a class handed in: a file of a student a line, ``{"student": "ada", "text": "# Problem 1 …"}``.

The file is read once to find the lines of each student; a line is read again when it is that student's turn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.diagnostics import Audience, Diagnostic, Severity, Span
from grader.intake.archives.base import Limits, Member, refused

STUDENT = ("student", "subject", "id")
TEXT = ("text", "answer", "response", "submission")
MOST_LINE = 8 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_ANY = Limits(members=1, packed=None, unpacked=None)


@dataclass(frozen=True, slots=True)
class Line(Member):
    """The text in a line; its index is the byte where the line begins, its size that of the line.

    Args:
        digest: of the line.
    """

    digest: str

    def read(self, most: int) -> bytes:
        """The first bytes of the text, at most one more than ``most``.

        Args:
            most: that are of use.

        Raises:
            OSError: the file cannot be read.
            InputError: ``archive-broken``: another line stands there now.
        """
        path = self.archive
        assert isinstance(path, Path)  # noqa: S101 - lines are of a file of their own
        with path.open("rb") as stream:
            stream.seek(self.index)
            line = stream.readline(self.size)
        found = _field(_object(line), TEXT)
        if found is None or _digest(line) != self.digest:
            raise refused("archive-broken", str(self), "the line was changed while it was graded")
        return found.encode("utf-8", "surrogatepass")[: most + 1]


@dataclass(frozen=True, slots=True)
class Told:
    """What a line says of itself.

    Args:
        number: of the line, from 1.
        student: whose it is.
        start, size: of the line, in bytes.
        digest: of the line.
        trouble: why it is not to be read, in a few words; "" if it may be.
    """

    number: int
    student: str
    start: int
    size: int
    digest: str
    trouble: str = ""

    def line(self, path: Path) -> Line:
        """The line as a file."""
        return Line(path, (self.student, f"answers-{self.number}.md"), self.start, self.size, _ANY, self.digest)

    def note(self, path: Path) -> Diagnostic | None:
        """Why it is not to be read; None if it may be."""
        if not self.trouble:
            return None
        says = f"Line {self.number} is not read: {self.trouble}."
        fix = 'Write an object a line: {"student": "ada", "text": "# Problem 1 …"}.'
        span = Span(str(path), 0, 0, self.number)
        return Diagnostic("input-line", Severity.ERROR, Audience.OPERATOR, says, span, fix)


def is_lines(path: Path) -> bool:
    """Whether a path that a person names is a file of such lines: by its ending and its first bytes.

    Raises:
        OSError: it cannot be read.
    """
    if path.suffix.lower() not in (".jsonl", ".ndjson") or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(1024).removeprefix(_BOM).lstrip().startswith(b"{")


def told_lines(path: Path) -> Iterator[Told]:
    """What the lines of a file say of themselves, one at a time; blank ones are none.

    Args:
        path: of the file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        number = start = 0
        while line := stream.readline(MOST_LINE + 1):
            number += 1
            long = len(line) > MOST_LINE
            while long and not line.endswith(b"\n") and (line := stream.readline(MOST_LINE)):
                pass
            if line.strip(_BOM + b" \t\r\n"):
                yield _told(number, start, b"" if long else line)
            start = stream.tell()


def _told(number: int, start: int, line: bytes) -> Told:
    value = _object(line)
    student = _field(value, STUDENT)
    name = (student or "").replace("/", "-").strip().lstrip(".") or f"line {number}"
    trouble = ""
    if not isinstance(value, dict):
        trouble = "it is no JSON object of at most 8 MB"
    elif student is None:
        trouble = f"it names no student (one of {', '.join(STUDENT)})"
    elif _field(value, TEXT) is None:
        trouble = f"it holds no text (one of {', '.join(TEXT)})"
    return Told(number, name, start, len(line), _digest(line), trouble)


def _digest(line: bytes) -> str:
    return hashlib.blake2b(line, digest_size=16).hexdigest()


def _object(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _field(value: Any, names: tuple[str, ...]) -> str | None:
    """The first of some fields that holds text, or a number for a name; None if none does."""
    if isinstance(value, dict):
        for name in names:
            found = value.get(name)
            if isinstance(found, str) or (isinstance(found, int) and not isinstance(found, bool)):
                return str(found)
    return None
