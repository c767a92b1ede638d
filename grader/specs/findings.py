"""Collecting what is wrong with a spec, each finding with its place and in words an author can use."""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections.abc import Iterable
from typing import Protocol

from grader.diagnostics import Diagnostic, Span, author_error

MOST_FINDINGS = 100  # listed for one file; the rest are counted


class Placed(Protocol):
    """Anything with offsets into the file."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset past the last character."""


class Source:
    """A text and its name; turns offsets into places.

    Args:
        text: decoded, without byte order mark.
        file: its path as the user gave it.
    """

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self._lines = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]

    def span(self, node: Placed) -> Span:
        """The place of a node, without the blank lines that YAML counts to the end of a block."""
        return self.span_at(node.start, node.end)

    def span_at(self, start: int, end: int) -> Span:
        """The place from one offset to another; both are clipped to the text."""
        start = min(max(start, 0), len(self.text))
        end = min(max(end, start), len(self.text))
        while end > start and self.text[end - 1].isspace():
            end -= 1
        line = bisect_right(self._lines, start)
        return Span(self.file, start, end, line, start - self._lines[line - 1] + 1)


class Findings:
    """The diagnostics of one file, in the order of their places.

    Args:
        source: the text that they are about.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self._found: dict[Diagnostic, None] = {}
        self._more = 0

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found) + self._more

    @property
    def full(self) -> bool:
        """No further finding will be listed, so that looking for its fix is idle."""
        return len(self._found) >= MOST_FINDINGS

    def add(self, code: str, message: str, node: Placed, fix: str) -> None:
        """Add an error at a node; the same one at the same place is kept once."""
        self.add_at(code, message, node.start, node.end, fix)

    def add_at(self, code: str, message: str, start: int, end: int, fix: str) -> None:
        """Add an error at offsets."""
        self.extend([author_error(code, message, self.source.span_at(start, end), fix)])

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add diagnostics that were made elsewhere."""
        for one in diagnostics:
            if one in self._found:
                continue
            if self.full:
                self._more += 1
            else:
                self._found[one] = None

    def sorted(self) -> tuple[Diagnostic, ...]:
        """All findings, first those of this file by their place; a count of those not listed ends them."""

        def place(one: Diagnostic) -> tuple[bool, int]:
            elsewhere = one.span is None or one.span.file != self.source.file
            return elsewhere, one.span.start if one.span else 0

        listed = sorted(self._found, key=place)
        if self._more:
            listed.append(
                author_error(
                    "spec-too-many-errors",
                    f"{self._more} further errors of this file are not listed",
                    self.source.span_at(0, 0),
                    "mend those above first",
                )
            )
        return tuple(listed)


def shown(text: str, most: int = 60) -> str:
    """A piece of an author's text in quotes, on one line and of bounded length."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return '"' + "".join(c if c.isprintable() else " " for c in cut) + '"'


def did_you_mean(word: str, names: Iterable[str]) -> str | None:
    """The name most like ``word``, or None if none is like it. Case counts little."""
    by_fold = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(word[:60].casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def suggestion(word: str, names: Iterable[str], otherwise: str = "") -> str:
    """A fix: the likely name, else the known ones, else ``otherwise``."""
    known = sorted(names)
    if like := did_you_mean(word, known):
        return f'did you mean "{like}"?'
    if otherwise:
        return otherwise
    listed = ", ".join(known[:20]) + (" …" if len(known) > 20 else "")
    return f"known here: {listed}" if known else ""
