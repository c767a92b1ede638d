"""Markdown: front matter, HTML comments, fences, struck-through text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from grader.intake.formats.base import (
    STRUCK,
    Format,
    Range,
    between,
    commands_with_argument,
    struck_by_tags,
    struck_by_tildes,
)

_FENCE = re.compile(r"^[ \t>]{0,12}(```+|~~~+)([^\n]*)$", re.MULTILINE)
_SIGNS = re.compile(r"^(?:#{1,6}[ \t]+\S|[ \t]{0,3}```|\\?\*\\?\*\S)", re.MULTILINE)


def front_matter(text: str) -> Range | None:
    """The range of a YAML block between ``---`` lines at the very start, None if there is none."""
    if not text.startswith(("---\n", "---\r\n")):
        return None
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE).search(text, 4)
    if closing is None or ":" not in text[4 : closing.start()]:
        return None
    return 0, closing.end()


def fences(text: str) -> Iterator[tuple[Range, Range]]:
    """Code blocks: the ranges of the opening line and of the closing line.

    A block that never closes runs to the end; its closing range is empty there.
    """
    mark = ""
    opened: Range = (0, 0)
    for match in _FENCE.finditer(text):
        if not mark:
            if match.group(1)[0] == "`" and "`" in match.group(2):
                continue  # inline code that begins with three backticks
            mark, opened = match.group(1), match.span()
        elif match.group(1).startswith(mark) and not match.group(2).strip():
            yield opened, match.span()
            mark = ""
    if mark:
        yield opened, (len(text), len(text))


class Markdown(Format):
    """Markdown as people and models write it."""

    name: ClassVar[str] = "markdown"
    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown")
    rank: ClassVar[int] = 2

    def shows(self, text: str) -> bool:
        """Whether there is a heading, a fence or bold text at the start of a line."""
        return _SIGNS.search(text) is not None

    def hidden(self, text: str) -> Iterator[Range]:
        """Front matter, comments, the marker lines of fences, struck text. Code itself is kept."""
        head = front_matter(text)
        if head:
            yield head
        blocks = list(fences(text))
        for opening, closing in blocks:
            yield opening
            yield closing
        code = [(opening[0], closing[1]) for opening, closing in blocks]
        hidden = [*between(text, "<!--", "-->"), *struck_by_tildes(text), *struck_by_tags(text)]
        yield from outside(hidden, code)
        yield from commands_with_argument(text, STRUCK)


def outside(ranges: list[Range], code: list[Range]) -> Iterator[Range]:
    """Those ranges that do not start inside a code block; there, marks are only characters."""
    blocks = iter(sorted(code))
    block = next(blocks, None)
    for start, end in sorted(ranges):
        while block and block[1] <= start:
            block = next(blocks, None)
        if block is None or start < block[0]:
            yield start, end
