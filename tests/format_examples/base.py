"""What an example of a format is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ASK = "Problem 1. Let x_1 = 2 and x_{k+1} = 3 x_k - 1. (a) What is x_3? (b) Is the sequence increasing?"
SAY = "Problem 1\n\n(a) x_2 = 5 and x_3 = 14, so the answer is 14.\n\n(b) Yes, it is increasing."
READ = {"a": "14", "b": "5"}  # the right answers of a document
DOUBT = "Are you sure about (a)?"
AGAIN = "(a) I checked it once more: x_3 = 3 · 5 - 1 = 14."


@dataclass(frozen=True)
class Example:
    """A file, or a folder of files.

    Args:
        format: whose example it is.
        shows: what it is, in a few words.
        make: writes it into an empty folder, and returns its path.
        says: of a broken one, words of the message that it gives; "" for one that is right.
        read: what is read all the same, or of a right one; what it is depends on the kind of format.
    """

    format: str
    shows: str
    make: Callable[[Path], Path]
    says: str = ""
    read: Any = None

    @property
    def broken(self) -> bool:
        """Something in it cannot be read."""
        return bool(self.says)

    def __str__(self) -> str:
        return f"{self.format}-{self.shows}"


def text(name: str, content: str) -> Callable[[Path], Path]:
    """A file of text."""
    return data(name, content.encode())


def data(name: str, content: bytes) -> Callable[[Path], Path]:
    """A file of bytes."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return make


def lines(*values: Any) -> str:
    """One JSON value a line."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def pretty(value: Any) -> str:
    """JSON as people look at it."""
    return json.dumps(value, indent=2, ensure_ascii=False)
