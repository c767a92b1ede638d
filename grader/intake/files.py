"""Finding files: natural order, nothing hidden, nothing outside."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from grader.diagnostics import Audience, Diagnostic, Severity, Span

_DIGITS = re.compile(r"(\d+)")
_DEEPEST = 12  # folders in folders
COPY = ".intake.md"
"""What is added to a file's name for its editable copy, which is read in its place."""

_CACHES = frozenset({"__pycache__", "__MACOSX", "node_modules", "Thumbs.db", "desktop.ini"})


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key by which ``hw2`` stands before ``hw10``; the same for any case of letters."""
    pieces = _DIGITS.split(name)
    # Digits are compared by length first: no number is ever too long to convert.
    keys = [
        (1, len(piece.lstrip("0")), piece.lstrip("0")) if piece.isdigit() else (0, 0, piece.casefold())
        for piece in pieces
    ]
    return (*keys, (2, 0, name))


def is_hidden_name(name: str) -> bool:
    """Whether a file or folder of that name is hidden, a cache or an editor's copy."""
    return name.startswith(".") or name in _CACHES or name.endswith("~")


def is_hidden(path: Path) -> bool:
    """Whether a file or folder is hidden, a cache, an editor's copy, or the editable copy of a file that is there."""
    if is_hidden_name(path.name):
        return True
    is_copy = path.name.endswith(COPY) and not path.is_symlink()  # a link is none
    return is_copy and path.with_name(path.name.removesuffix(COPY)).is_file()


def leads_outside(path: Path, root: Path) -> bool:
    """Whether a link leads out of ``root`` (or nowhere)."""
    if not path.is_symlink():
        return False
    try:
        return not path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # broken, or a loop of links
        return True


def link_note(path: Path) -> Diagnostic:
    """The warning for a link that leads outside."""
    return Diagnostic(
        "input-link-outside",
        Severity.WARNING,
        Audience.OPERATOR,
        f"{path.name!r} is a link that leads out of the folder or nowhere; it was not followed.",
        Span(str(path), 0, 0, 1),
        "Copy the file into the folder if it is meant to be graded.",
    )


def natural_bytes(name: str) -> bytes:
    """The same order as that of :func:`natural_key`, as bytes; for names without NUL, as those of files are."""
    pieces = []
    for kind, length, text in natural_key(name):
        pieces.append(bytes([kind + 1]) + length.to_bytes(4, "big") + text.encode("utf-8", "surrogatepass") + b"\0")
    return b"".join(pieces)


def visible(root: Path, suffixes: frozenset[str] | None = None) -> tuple[list[Path], list[Diagnostic]]:
    """All files below ``root`` in natural order, and warnings for links that lead outside.

    Args:
        root: a folder.
        suffixes: endings, lower case with the dot, to which to keep; None for all.
    """
    found: list[Path] = []
    links: list[Path] = []
    for path in walked(root, suffixes):
        (links if leads_outside(path, root) else found).append(path)

    def place(path: Path) -> list[tuple[bool, tuple[tuple[int, int, str], ...]]]:
        *folders, name = path.relative_to(root).parts
        return [*((True, natural_key(one)) for one in folders), (False, natural_key(name))]  # files before folders

    return sorted(found, key=place), list(map(link_note, sorted(links, key=place)))


def walked(root: Path, suffixes: frozenset[str] | None = None) -> Iterator[Path]:
    """All files below ``root``, and the links that lead outside, as they come; no list of a folder is in memory.

    A linked folder inside the root is met where it really is.

    Args:
        root: a folder.
        suffixes: endings of files, lower case with the dot, to which to keep; None for all.
    """
    waiting = [(root, 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            entries = os.scandir(folder)
        except OSError:
            continue  # as os.walk has it
        with entries:
            for entry in entries:
                path = folder / entry.name
                is_folder = path.is_dir()  # which an entry that is a loop of links would make an error
                wanted = is_folder or suffixes is None or path.suffix.lower() in suffixes
                if not wanted or is_hidden(path):
                    continue
                if entry.is_symlink() and (is_folder or leads_outside(path, root)):
                    if leads_outside(path, root):
                        yield path
                elif is_folder:
                    if depth < _DEEPEST:
                        waiting.append((path, depth + 1))
                elif path.is_file():  # no pipes, no devices
                    yield path
