"""Markdown tables that give one part a row."""

from __future__ import annotations

import re
from dataclasses import replace

from grader.intake.parts.headings import Form, Named, Reader

_NAMES_PARTS = re.compile(r"part|problem|question|item|exercise|label|task|q$|#", re.IGNORECASE)
_WITH_WORDS = re.compile(r"[*_ ]{0,4}\(?([a-z])\)?[*_]{0,3}(?:[,:]|[ ](?:[–—-][ ])?(?=[(–—a-z]))(?=[^|]{3})")
"""A letter with words that say what of the part the row gives: “d, work”, “c (kernel known)”."""

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:+-]*$")


class Table:
    """A table while it is read row by row; its first row says what the columns are."""

    def __init__(self) -> None:
        self.rows = 0
        self._heads: list[str] = []

    def row(self, line: str, reader: Reader, problem: str) -> tuple[Named, int] | None:
        """The part that a row names and the offset past the cells that name it, or None.

        Args:
            line: the row, with its pipes.
            reader: knows the problems.
            problem: id of the problem in which the table stands.
        """
        self.rows += 1
        cells = _cells(line)
        if not cells or _RULE.match(line):
            return None
        texts = [line[start:end].strip() for start, end in cells]
        if self.rows == 1:
            self._heads = texts
        if len(cells) < 2:
            return None
        naming = [_NAMES_PARTS.search(_bare(head)) is not None for head in self._heads]
        names_parts = naming[:1] == [True]  # a table without a head has an empty one in Markdown
        tries = [(texts[0], cells[0][1])]
        if names_parts and len(texts) > 2 and _NAMES_PARTS.search(self._heads[1] if len(self._heads) > 1 else ""):
            joint = " " if texts[1].startswith("(") else "."
            tries.insert(0, (f"{_bare(texts[0])}{joint}{texts[1]}", cells[1][1]))
        for text, end in tries:
            named = reader.read(text, problem)
            if named is None and names_parts:
                named = reader.read(f"({_bare(text)})", problem)
            if named is None or not named.names or named.several or named.rest:
                continue
            # "| d | 4 |" is a table of variables unless its head says that it lists parts.
            if named.form >= Form.PAREN or len(named.names) > 1 or names_parts:
                return replace(named, form=Form.MARKED), min(end + 1, len(line))
        worded = _WITH_WORDS.match(line, cells[0][0]) if names_parts else None
        named = reader.read(f"({worded[1]})", problem) if worded else None
        if worded and named is not None and named.names and not named.several and not named.rest:
            return replace(named, form=Form.MARKED), worded.end()
        return None


def _bare(text: str) -> str:
    return text.strip("*_ ()").removesuffix(")")


def _cells(line: str) -> list[tuple[int, int]]:
    """Start and end of each cell, without its pipes."""
    pipes = [match.start() for match in _PIPE.finditer(line)]
    ends = [*pipes[1:], len(line)]
    return [(start + 1, end) for start, end in zip(pipes, ends, strict=True) if line[start + 1 : end].strip()]
