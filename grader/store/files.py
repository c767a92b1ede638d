"""Files that are either written whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

_PART = ".part"  # at the end of the names of files that are not whole


@contextmanager
def atomic_writer(path: Path) -> Iterator[TextIO]:
    """A text stream that becomes ``path`` when the block ends without an error.

    Folders are made as needed. Until the end the text stands in a hidden file beside ``path``; an
    error removes that and leaves an older ``path`` as it was. A lone surrogate, which no UTF-8
    file can hold, is written as its escape. A device or pipe is written to directly: it cannot be replaced.

    Raises:
        OSError: the folder or file cannot be written.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        return
    with atomic_path(path) as part, part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        yield stream


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """An empty file that becomes ``path`` when the block ends without an error; see :func:`atomic_writer`.

    Raises:
        OSError: the folder or file cannot be written.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=_PART, dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())
        os.replace(part, path)  # noqa: PTH105 - said by name: this is the step that is atomic
    finally:
        part.unlink(missing_ok=True)


def remove_parts(folder: Path) -> None:
    """Remove what a process that was killed had begun to write in a folder in which nobody else writes."""
    for part in folder.glob(f".*{_PART}"):
        part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a whole file, or nothing."""
    with atomic_writer(path) as stream:
        stream.write(text)


def write_lines(objects: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write one JSON object a line, each as it comes; the whole file, or nothing.

    Returns:
        How many lines were written.
    """
    count = 0
    with atomic_writer(path) as stream:
        for one in objects:
            stream.write(json.dumps(one, ensure_ascii=False, allow_nan=False) + "\n")
            count += 1
    return count


def _umask() -> int:
    """The permissions that new files do not get; temporary files start with fewer still."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
