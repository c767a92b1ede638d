"""JSON lines of what a class handed in: one student a line, ``{"student": "ada", "text": "# Problem 1 …"}``.

Several lines of one student are several files of theirs. Where each line begins is found once; a line is read again
when it is that student's turn.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

from grader.diagnostics import InputError
from grader.intake.archives.base import Archive, ArchiveKind, Info, Limits, refused

STUDENT = ("student", "subject", "id")
TEXT = ("text", "answer", "response", "submission")
MOST_LINE = 8 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


class Lines(ArchiveKind):
    """See the module. It is told by the command, and no student's file is taken for one."""

    name: ClassVar[str] = "JSON lines"
    suffixes: ClassVar[tuple[str, ...]] = ()

    def shows(self, head: bytes) -> bool:
        """A line begins with an object."""
        return head.removeprefix(_BOM).lstrip().startswith(b"{")

    def open(self, source: Path | BytesIO, name: str, limits: Limits) -> Archive:
        """With the place of each line."""
        if not isinstance(source, Path):
            raise refused("archive-broken", name, "lines of submissions are read from a file of their own")
        return _Lines(source, name, limits)


class _Lines(Archive):
    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._path = path
        self._name = name
        self._starts: list[int] = []
        infos = []
        with path.open("rb") as stream:
            while True:
                start = stream.tell()
                if not (line := stream.readline(MOST_LINE + 1)):
                    break
                long = len(line) > MOST_LINE
                while long and line and not line.endswith(b"\n"):
                    line = stream.readline(MOST_LINE)
                if not line.strip(_BOM + b" \t\r\n"):
                    continue
                self._starts.append(start)
                if len(self._starts) > limits.members:
                    raise refused("archive-limit", name, f"the file has more than {limits.members:,} lines")
                infos.append(_info(len(self._starts) - 1, b"" if long else line))
        self.infos = tuple(infos)

    def read(self, index: int, most: int) -> bytes:
        """The text of a line."""
        with self._path.open("rb") as stream:
            stream.seek(self._starts[index])
            line = stream.readline(MOST_LINE)
        found = _field(_object(line), TEXT)
        if found is None:
            raise refused("archive-broken", f"{self._name}:{index + 1}", "the line was changed while it was read")
        return found.encode("utf-8", "surrogatepass")[: most + 1]


def _info(index: int, line: bytes) -> Info:
    value = _object(line)
    student, text = _field(value, STUDENT), _field(value, TEXT)
    name = (student or "").replace("/", "-").strip().lstrip(".") or f"line {index + 1}"
    trouble = ""
    if not isinstance(value, dict):
        trouble = "the line is no JSON object of at most 8 MB"
    elif student is None:
        trouble = f"the line names no student (one of {', '.join(STUDENT)})"
    elif text is None:
        trouble = f"the line holds no text (one of {', '.join(TEXT)})"
    return Info((name, f"answers-{index + 1}.md"), index, len((text or "").encode("utf-8", "surrogatepass")), trouble)


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


def told_by_command(path: Path) -> bool:
    """Whether a path that a person names is a file of such lines: by its ending and its first bytes."""
    if path.suffix.lower() not in (".jsonl", ".ndjson") or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            head = stream.read(1024)
    except OSError as error:
        raise InputError(refused("archive-broken", str(path), f"{error.strerror}").diagnostics) from error
    return Lines().shows(head)
