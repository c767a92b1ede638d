"""``grade check --jsonl``: a stream of answers, in input order, with flat memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, TypeAlias

from grader.commands.common import USAGE, stop, to_json
from grader.diagnostics import operator_error
from grader.scoring.workers import WorkerFailure, map_in_workers

if TYPE_CHECKING:
    from grader.specs import Course

Line: TypeAlias = tuple[int, bytes | None]  # number, from 1, and content; None for one that is too long

MOST_BYTES = 8 * 1024 * 1024  # in a line
LINE_TIMEOUT = 10.0  # seconds
MEMORY_MB = 1024


def check_stream(source: str, target: str, course: Course | None, workers: int | None) -> int:
    """Check every line of a JSON Lines file.

    Args:
        source, target: paths, or ``-`` for standard input and output.
        course: for lines that name a problem and a part.
        workers: number of processes; as many as there are processors if None.

    Returns:
        How many lines failed: malformed, of an unknown type, or not decided for want of time.
    """
    try:
        return _check_all(source, target, course, workers)
    except OSError as error:
        fix = "Name a file in a folder that you may write to, or - for standard output."
        stop([operator_error("out-write", f"cannot write {target}: {error.strerror}", fix=fix)], USAGE)


def _check_all(source: str, target: str, course: Course | None, workers: int | None) -> int:
    failed = 0
    with _open_source(source) as stream, _open_target(target) as out:
        done = map_in_workers(
            partial(_check, course),
            _lines(stream),
            workers=workers,
            timeout=LINE_TIMEOUT,
            memory_mb=MEMORY_MB,
        )
        for (number, content), outcome in done:
            if isinstance(outcome, WorkerFailure):
                outcome = _failed(number, _identity(content), f"worker_{outcome.kind}", outcome.message)
            failed += outcome["status"] == "failed"
            out.write(to_json(outcome) + "\n")
    return failed


def _open_source(source: str) -> AbstractContextManager[BinaryIO]:
    if source == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(source).open("rb")
    except OSError as error:
        fix = "Name an existing file, or - for standard input."
        stop([operator_error("input-open", f"cannot read {source}: {error.strerror}", fix=fix)], USAGE)


def _open_target(target: str) -> AbstractContextManager[TextIO]:
    if target == "-":
        return nullcontext(sys.stdout)
    from grader.store.files import atomic_writer

    return atomic_writer(Path(target))


def _lines(stream: BinaryIO) -> Iterator[Line]:
    """Lines that are not blank, with their numbers; no more than one is held at a time."""
    number = 0
    while line := stream.readline(MOST_BYTES + 1):
        number += 1
        if len(line) > MOST_BYTES and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(MOST_BYTES)
            yield number, None
        elif line.strip():
            yield number, line


def _check(course: Course | None, line: Line) -> dict[str, Any]:
    """Check one line, in a worker."""
    from grader.scoring.check import check_line

    number, content = line
    if content is None:
        return _failed(number, None, "bad_line", f"it is longer than {MOST_BYTES // 1024 // 1024} MB")
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        return _failed(number, None, "bad_line", f"it is not JSON: {error}")
    if not isinstance(value, dict):
        return _failed(number, None, "bad_line", "it is not a JSON object")
    outcome = check_line(value, course)
    if outcome["status"] == "failed":
        outcome["feedback"] = f"line {number}: {outcome['feedback']}"
    return outcome


def _failed(number: int, identity: object, reason: str, message: str) -> dict[str, Any]:
    """The result for a line that could not be worked on."""
    return {
        "schema": 1,
        "id": identity,
        "status": "failed",
        "credit": None,
        "reason": reason,
        "read_as": None,
        "feedback": f"line {number}: {message}",
        "evidence": None,
        "seconds": 0.0,
    }


def _identity(content: bytes | None) -> object:
    """The ``id`` of a line whose worker failed, if it has one."""
    try:
        value = json.loads(content or b"null")
    except (ValueError, RecursionError):
        return None
    return value.get("id") if isinstance(value, dict) else None
