"""Finding files: natural order, nothing hidden, nothing outside."""

from __future__ import annotations

import os
import re
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


def visible(root: Path, suffixes: frozenset[str] | None = None) -> tuple[list[Path], list[Diagnostic]]:
    """All files below ``root`` in natural order, and warnings for links that lead outside.

    Args:
        root: a folder.
        suffixes: endings, lower case with the dot, to which to keep; None for all.
    """
    found: list[Path] = []
    notes: list[Diagnostic] = []
    top = len(root.parts)
    for folder, names, files in os.walk(root, followlinks=False):
        here = Path(folder)
        names[:] = sorted((n for n in names if not is_hidden(here / n)), key=natural_key)
        for name in [n for n in names if (here / n).is_symlink()]:
            # A linked folder inside the root is met where it really is; any other is outside.
            if leads_outside(here / name, root):
                notes.append(link_note(here / name))
        names[:] = [n for n in names if not (here / n).is_symlink()]
        if len(here.parts) - top >= _DEEPEST:
            names.clear()
        for name in sorted(files, key=natural_key):
            path = here / name
            if is_hidden(path) or (suffixes is not None and path.suffix.lower() not in suffixes):
                continue
            if leads_outside(path, root):
                notes.append(link_note(path))
            elif path.is_file():  # no pipes, no devices
                found.append(path)
    return found, notes
