"""The file of decisions: appended to under a lock, each line on the disk before anybody is told that it is kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from grader.diagnostics import Diagnostic, InputError, Span, operator_error, operator_warning
from grader.records import Event
from grader.store.decisions.lines import LineError, read_event, write_event
from grader.store.decisions.log import Log

if sys.platform != "win32":
    import fcntl

FILE = "decisions.jsonl"
LARGEST = 256 * 1024 * 1024  # bytes
_TOLD = 20  # of the lines that cannot be read


def read_log(path: Path) -> Log:
    """The log in a file; an empty one where there is no file.

    A last line without its end was being written when the machine or the program stopped: nobody was told
    that it is kept. It is left out, and a diagnostic of the log says so.

    Raises:
        InputError: a line is no event; every such line is named. Or the file is too large.
        OSError: the file cannot be read.
    """
    try:
        with path.open("rb") as stream, _locked(stream, alone=False):
            found = stream.read(LARGEST + 1)
    except FileNotFoundError:
        return Log()
    if len(found) > LARGEST:
        fix = "Is this the file that `grade review` wrote? Move it away to begin a new one."
        raise InputError(operator_error("decisions-size", f"{path} has more than {LARGEST} bytes", fix=fix))
    *lines, torn = found.split(b"\n")
    events: list[Event] = []
    wrong: list[Diagnostic] = []
    for number, line in enumerate(lines, start=1):
        try:
            events.append(read_event(line))
        except LineError as error:
            fix = "Mend the line, or move it out of the file; no decision is applied before."
            wrong.append(operator_error("decisions-line", f"no decision: {error}", _place(path, number), fix))
    if len(wrong) > _TOLD:
        wrong[_TOLD:] = [operator_error("decisions-line", f"and {len(wrong) - _TOLD} more lines like these")]
    if wrong:
        raise InputError(wrong)
    notes = (_torn(path, len(lines) + 1, torn),) if torn else ()
    return Log(tuple(events), notes, len(found) - len(torn))


class ChangedError(Exception):
    """The file is not any more what the caller had read; nothing was written."""


def append(path: Path, events: Iterable[Event], known: Log | None = None) -> None:
    """Write events to the end of the file, all of them or none, and return when they are on the disk.

    Of what a crash left of a last line, the bytes are moved to a file beside it first.

    Args:
        path: of the file; made where it is not there.
        events: to write.
        known: the log that the events were made after the reading of; None to write them whatever stands there.

    Raises:
        ChangedError: somebody else has written since ``known`` was read.
        InputError: an event does not fit into a line.
        OSError: the file cannot be written; it is then as it was.
    """
    try:
        data = b"".join(map(write_event, events))
    except LineError as error:
        raise InputError(operator_error("decisions-long", f"it cannot be kept: {error}")) from None
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists()
    with path.open("a+b", buffering=0) as stream, _locked(stream, alone=True):
        _clear_torn(path, stream)
        end = stream.seek(0, os.SEEK_END)
        if known is not None and end != known.size:
            raise ChangedError
        try:
            _write_all(stream, data)
            os.fsync(stream.fileno())
        except OSError:
            stream.truncate(end)
            raise
    if fresh:
        _sync_folder(path.parent)


def _clear_torn(path: Path, stream: BinaryIO) -> None:
    """Move what stands behind the last end of a line out of the file."""
    size = stream.seek(0, os.SEEK_END)
    start = max(0, size - LARGEST)
    stream.seek(start)
    last = stream.read() if size else b""
    torn = last[last.rfind(b"\n") + 1 :]
    if not torn:
        return
    with path.with_name(f"{path.name}.torn").open("ab", buffering=0) as aside:
        _write_all(aside, torn + b"\n")
        os.fsync(aside.fileno())
    stream.truncate(size - len(torn))


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write all of the bytes: an unbuffered file may take them in pieces."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]


@contextmanager
def _locked(stream: BinaryIO, *, alone: bool) -> Iterator[None]:
    """Hold the file's lock: many may read, or one may write, also from other processes. Windows has no such lock:
    there the threads of one server take turns, and two servers should not write to one file."""
    if sys.platform != "win32":
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
    try:
        yield
    finally:
        if sys.platform != "win32":
            fcntl.flock(stream.fileno(), fcntl.LOCK_UN)


def _sync_folder(folder: Path) -> None:
    """Have the name of a new file on the disk as well, where folders can be opened."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _torn(path: Path, number: int, torn: bytes) -> Diagnostic:
    message = f"the last line breaks off after {len(torn)} bytes and is left out: its writing was cut short"
    fix = "Look whether the last decision is there, and decide again if not."
    place = _place(path, number)
    return operator_warning("decisions-torn", message, place, fix)


def _place(path: Path, line: int) -> Span:
    return Span(str(path), 0, 0, line)
