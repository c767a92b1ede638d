"""What a document format is, and the marks that several formats share."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about a text.

    Args:
        code: of the diagnostic.
        start: offset in the text.
        message: a sentence that says what was found and what was expected.
        fix: what the writer can do.
    """

    code: str
    start: int
    message: str
    fix: str


class Format(ABC):
    """One way to write a document.

    Class attributes:
        name: as in ``Document.format``.
        suffixes: endings of file names, lower case with the dot.
        rank: smaller is asked first whether a text shows its signs.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    rank: ClassVar[int]

    @abstractmethod
    def shows(self, text: str) -> bool:
        """Whether the text has signs that no other format has."""

    def carried_out(self, text: str) -> tuple[str, tuple[Note, ...]]:
        """The text as it is to be read, line for line, and what there is to say of it; by default as it stands."""
        return text, ()

    @abstractmethod
    def hidden(self, text: str) -> Iterator[Range]:
        """Ranges of characters that are neither prose nor answer; they may overlap."""


def blank(text: str, ranges: Iterable[Range]) -> str:
    """``text`` with every character in ``ranges`` replaced by a space; line ends are kept."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(ranges):
        start = max(start, at)
        if end <= start:
            continue
        pieces += (text[at:start], _spaces(text[start:end]))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


# Every character at which str.splitlines breaks: lines stay where they are.
_NOT_LINE_END = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def _spaces(piece: str) -> str:
    return _NOT_LINE_END.sub(" ", piece)


def between(text: str, opening: str, closing: str) -> Iterator[Range]:
    """Ranges from each ``opening`` through its ``closing``; one that never closes gives nothing."""
    at = 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            return
        at = end + len(closing)
        yield start, at


_BRACES = re.compile(r"\\([A-Za-z]+)\*?[ \t]*(?:\[[^\]\n]{0,200}\][ \t]*)?\{|\\.|[{}]", re.DOTALL)


def commands_with_argument(text: str, names: frozenset[str]) -> Iterator[Range]:
    """Ranges of TeX commands ``\\name[..]{..}`` with one of ``names``; braces are matched.

    One pass with a stack, so that unclosed braces cost nothing more.
    """
    if not any(f"\\{name}" in text for name in names):
        return  # nearly every text, and each has many braces
    stack: list[int] = []
    for match in _BRACES.finditer(text):
        found = match.group()
        if found == "}":
            if stack and (start := stack.pop()) >= 0:
                yield start, match.end()
        elif found.endswith("{") and found != r"\{":
            stack.append(match.start() if match.group(1) in names else -1)


STRUCK = frozenset({"sout", "st", "xout"})  # the argument is withdrawn; \cancel is algebra

_TILDES = re.compile(r"~~+|\n[ \t]*\n")


def struck_by_tildes(text: str) -> Iterator[Range]:
    """Ranges of ``~~withdrawn~~`` text; it must close in the same paragraph."""
    opened = -1
    for match in _TILDES.finditer(text) if "~~" in text else ():
        start, end = match.span()
        if end - start != 2 or match.group() != "~~":
            opened = -1 if match.group()[0] == "\n" else opened
        elif opened >= 0 and not text[start - 1].isspace():
            yield opened, end
            opened = -1
        elif end < len(text) and not text[end].isspace():
            opened = start


_TAG = re.compile(r"<(/?)(del|s|strike)>", re.IGNORECASE)


def struck_by_tags(text: str) -> Iterator[Range]:
    """Ranges of ``<del>withdrawn</del>`` text (also ``<s>``, ``<strike>``)."""
    opened = -1
    for match in _TAG.finditer(text) if "<" in text else ():
        if not match.group(1):
            opened = match.start() if opened < 0 else opened
        elif opened >= 0:
            yield opened, match.end()
            opened = -1


def without_struck(text: str) -> str:
    """A text of which only what stands is left: what is withdrawn in Markdown, HTML or TeX is blanked.

    Args:
        text: a bare answer or a reply.
    """
    ranges = [*struck_by_tildes(text), *struck_by_tags(text), *commands_with_argument(text, STRUCK)]
    return blank(text, ranges) if ranges else text
