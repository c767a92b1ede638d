"""Reading an author's files: regular files only, bounded in size, UTF-8."""

from __future__ import annotations

import stat
from pathlib import Path

from grader.diagnostics import Span, SpecError, author_error
from grader.specs.findings import Source

MOST_BYTES = 1_000_000  # of a spec, a solver or a settings file


def read_bytes(path: Path, what: str) -> bytes:
    """The bytes of a regular file.

    Args:
        path: the file.
        what: its part in the course, for messages: "spec", "solver".

    Raises:
        SpecError: it is missing, unreadable, not a regular file, or larger than :data:`MOST_BYTES`.
    """
    place = Span(str(path), 0, 0, 1)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SpecError(
                author_error("spec-not-found", f"the {what} is not a file", place, "give the path of a file")
            )
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL or a lone surrogate
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise SpecError(
            author_error(
                "spec-not-found",
                f"the {what} cannot be read: {reason}",
                place,
                "check the path and the permissions",
            )
        ) from error
    if len(data) > MOST_BYTES:
        raise SpecError(
            author_error(
                "spec-too-large",
                f"the {what} is larger than {MOST_BYTES} bytes",
                place,
                "put large data into a file that the solver reads",
            )
        )
    return data


def read_source(path: Path, what: str) -> Source:
    """The text of a UTF-8 file, with or without byte order mark.

    Raises:
        SpecError: as :func:`read_bytes`, or it is not UTF-8.
    """
    data = read_bytes(path, what)
    try:
        return Source(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        # The decoder may or may not have counted the mark; the bytes before the bad one are what matters.
        before = error.object[: error.start].decode("utf-8-sig")
        start = len(before)
        place = Source(before, str(path)).span_at(start, start)
        raise SpecError(
            author_error(
                "spec-encoding",
                f"the {what} is not UTF-8: the byte 0x{error.object[error.start]:02X} cannot stand here",
                place,
                "save the file as UTF-8",
            )
        ) from error
