"""Plain text. What people borrow from Markdown means the same here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from grader.intake.formats.base import Format, Range
from grader.intake.formats.markdown import Markdown


class Text(Format):
    """Plain text."""

    name: ClassVar[str] = "text"
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text")
    rank: ClassVar[int] = 9

    def shows(self, text: str) -> bool:
        """Nothing shows that a text is plain."""
        return False

    def hidden(self, text: str) -> Iterator[Range]:
        """As in Markdown: struck text, comments, fences."""
        yield from Markdown().hidden(text)
