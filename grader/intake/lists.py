"""Lists of inputs: a text file ``NAME.list`` with the path of a file or a folder in each line, from where it stands.

What begins with ``#`` is a remark.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.diagnostics import InputError, Span, operator_error

ENDING = ".list"
MOST_BYTES = 256 * 1024 * 1024


def is_list(path: Path) -> bool:
    """Whether a path that a person names is a list of inputs."""
    return path.suffix.lower() == ENDING and path.is_file()


def listed(path: Path) -> Iterator[Path | InputError]:
    """The inputs of a list, one at a time.

    Args:
        path: of the list.

    Yields:
        Paths; an error in place of one that is not there.

    Raises:
        InputError: the list cannot be read.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _wrong(path, 1, f"it has more than {MOST_BYTES // 2**20} MB", "Divide it.")
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, 1):
                name = line.strip()
                if not name or name.startswith("#"):
                    continue
                found = path.parent / name
                if "\0" in name or not found.exists():
                    yield _wrong(path, number, f"there is no {name[:200]!r}", "Paths go from the folder of the list.")
                else:
                    yield found
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, 1, f"it cannot be read: {error}", "Write it as text in UTF-8, a path a line.") from error


def _wrong(path: Path, line: int, says: str, fix: str) -> InputError:
    return InputError(operator_error("input-list", says, Span(str(path), 0, 0, line), fix))
