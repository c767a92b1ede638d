"""JSON from files of any size: one value a line, one list, or one value; no more than one value is held at a time."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.diagnostics import InputError
from grader.intake.chats.base import Stretch, broken, open_bytes
from grader.intake.nesting import nested_beyond

MOST_LINE = 64 * 1024 * 1024
"""Most bytes of one line; longer ones are skipped."""

MOST_DEPTH = 100
"""Deepest nesting of a value; the trees of real conversations are flat."""

Json = Any


def json_lines(path: Path, stretch: Stretch | None = None) -> Iterator[tuple[int, Json] | InputError]:
    """The values of a file with one value a line, each with its line; blank lines are none.

    Args:
        path: of the file.
        stretch: to which to keep; None for the whole file.

    Yields:
        Pairs of line and value; an error for a line that is not JSON, or too long.

    Raises:
        InputError: the file cannot be read.
    """
    with open_bytes(path) as stream:
        number = stretch.line - 1 if stretch else 0
        stream.seek(stretch.start if stretch else 0)
        while (stretch is None or stream.tell() < stretch.stop) and (line := stream.readline(MOST_LINE + 1)):
            number += 1
            if len(line) > MOST_LINE and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MOST_LINE)
                yield broken(path, number, f"a line of more than {MOST_LINE // 2**20} MB", "a conversation a line")
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield _value(path, number, line)


def _value(path: Path, number: int, line: bytes) -> tuple[int, Json] | InputError:
    try:
        return number, parsed(line)
    except (ValueError, RecursionError) as error:
        return broken(path, number, f"a line that is not JSON ({error})", "one JSON object a line")


def json_items(path: Path) -> Iterator[Json]:
    """The items of a file that is one JSON list, one at a time.

    Args:
        path: of the file.

    Raises:
        InputError: the file cannot be read, or is not JSON from some place on.
    """
    import ijson  # here, for most transcripts are no lists

    count = 0
    with open_bytes(path) as stream:
        try:
            for item in ijson.items(stream, "item", use_float=True):
                count += 1
                deep = nested_beyond(item, MOST_DEPTH)
                yield broken(path, 1, f"an item {count} that is nested too deeply", "a conversation") if deep else item
        except (ijson.JSONError, ValueError, RecursionError) as error:
            raise broken(path, 1, f"no JSON after {count} whole conversations ({error})", "a JSON list") from error


def json_whole(path: Path, max_bytes: int = MOST_LINE) -> Json:
    """The value of a file that is one JSON value.

    Args:
        path: of the file.
        max_bytes: larger files are refused.

    Raises:
        InputError: it cannot be read, is too large, or is not JSON.
    """
    with open_bytes(path) as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise broken(path, 1, f"more than {max_bytes // 2**20} MB in one value", "smaller files, or one value a line")
    try:
        return parsed(data)
    except (ValueError, RecursionError) as error:
        raise broken(path, 1, f"a file that is not JSON ({error})", "JSON") from error


def parsed(data: bytes) -> Json:
    """The value of a JSON text.

    Args:
        data: in UTF-8.

    Raises:
        ValueError, RecursionError: it is none, or nested too deeply.
    """
    value = json.loads(data.removeprefix(BOM_UTF8).decode())
    brackets = data.count(b"[") + data.count(b"{")  # in texts, too: no fewer than levels
    if brackets > MOST_DEPTH and nested_beyond(value, MOST_DEPTH):
        raise ValueError(f"nested more than {MOST_DEPTH} levels deep")
    return value
