"""A text as a rule looks at it: which of its characters are formulas or code, worked out when first asked."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from functools import cached_property

Range = tuple[int, int]

_INSIDE = r"[^$\\\n]++|\\[\s\S]|\n(?![ \t\r]*\n)"
_MARK = re.compile(
    rf"(?P<dollars>\$\$(?:{_INSIDE}|\$(?!\$))*+\$\$|\$(?!\$)(?:{_INSIDE})*+\$)"
    r"|(?P<opens>\\[(\[])|\\begin\{(?P<environment>equation|align|gather|multline|eqnarray|displaymath|math)\*?\}"
    r"|\\[\\$`]|^[ \t>]{0,12}(?P<fence>```|~~~)[^\n]*|(?P<code>`[^`\n]{1,300}`)",
    re.MULTILINE,
)
_CLOSING = {fence: re.compile(rf"\n[ \t>]{{0,12}}{fence}[^\n]*") for fence in ("```", "~~~")}
_CLOSES = {r"\(": r"\)", r"\[": r"\]"}
_BLANK = re.compile(r"\n[ \t\r]*\n")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_NO_CONTROLS = b"\t\n\r" + bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100))
_NOT_LINE_END = re.compile(r"[^\n\r]")


class View:
    """A text.

    Args:
        text: the words.
        file: the name of its file.
        pages: offsets at which pages begin, where that is known.
    """

    def __init__(self, text: str, file: str = "", pages: tuple[int, ...] = ()) -> None:
        self.text = text
        self.file = file
        self.pages = pages

    @cached_property
    def ascii(self) -> bool:
        """Whether every character is one of ASCII."""
        return self.text.isascii()

    @cached_property
    def foreign(self) -> frozenset[str]:
        """The characters that are not of ASCII."""
        return frozenset() if self.ascii else frozenset("".join(_FOREIGN.findall(self.text)))

    @cached_property
    def controls(self) -> bytes:
        """The control characters of ASCII, but for those that end lines and for tabs."""
        return self.text.encode("utf-8", "surrogatepass").translate(None, delete=_NO_CONTROLS)

    @cached_property
    def plain(self) -> bool:
        """Whether every character is a printable one of ASCII, a tab or a line feed."""
        return self.ascii and not self.controls and "\r" not in self.text

    @cached_property
    def latex(self) -> bool:
        """Whether it is a LaTeX document, in which marks of Markdown mean nothing."""
        return self.file.endswith(".tex") or "\\begin{document}" in self.text or "\\documentclass" in self.text

    @cached_property
    def scanned(self) -> bool:
        """Whether it shows the marks of Markdown that a program read from pictures of pages.

        Such programs set formulas off by two spaces and escape the stars that they saw.
        """
        text = self.text
        return text.count("  $") >= 3 and (text.count("$  ") >= 3 or "\\*\\*" in text)

    @cached_property
    def formulas(self) -> tuple[Range, ...]:
        """Ranges of formulas with their marks: dollars, brackets with backslashes, environments. They do not overlap.

        A single dollar that is not followed by another in its paragraph is a dollar.
        """
        return tuple(r for r, is_formula in self._set_apart if is_formula)

    @cached_property
    def prose(self) -> str:
        """The text with every character of formulas and code blanked; lines stay where they are."""
        pieces: list[str] = []
        at = 0
        for (start, end), _ in self._set_apart:
            piece = self.text[start:end]
            blank = _NOT_LINE_END.sub("\0", piece) if "\n" in piece or "\r" in piece else "\0" * len(piece)
            pieces += (self.text[at:start], blank)
            at = end
        pieces.append(self.text[at:])
        return "".join(pieces)

    def in_formula(self, at: int) -> bool:
        """Whether the character at an offset belongs to a formula."""
        index = bisect.bisect_right(self._formula_starts, at) - 1
        return index >= 0 and at < self.formulas[index][1]

    def lines_with(self, *words: str) -> Iterator[Range]:
        """The lines in which one of some words stands, in order; the range leaves out the end of the line."""
        text = self.text
        found: set[Range] = set()
        for word in words:
            at = text.find(word)
            while at >= 0:
                start = text.rfind("\n", 0, at) + 1
                end = text.find("\n", at)
                end = len(text) if end < 0 else end
                found.add((start, end))
                at = text.find(word, end)
        yield from sorted(found)

    @cached_property
    def _formula_starts(self) -> list[int]:
        return [start for start, _ in self.formulas]

    @cached_property
    def _set_apart(self) -> list[tuple[Range, bool]]:
        """Ranges of formulas and of code, and whether each is a formula."""
        text = self.text
        found: list[tuple[Range, bool]] = []
        ends = _Ends(text)
        at = 0
        while (m := _MARK.search(text, at)) is not None:
            start, at = m.span()
            kind = m.lastgroup
            if kind == "dollars":
                found.append(((start, at), True))
            elif kind == "code":
                found.append(((start, at), False))
            elif kind == "fence":
                at = ends.of_code(m.group("fence"), at)
                found.append(((start, at), False))
            elif kind in ("opens", "environment"):
                name = m.group("environment")
                end = ends.of_environment(name, at) if name else ends.of_brackets(_CLOSES[m.group("opens")], at)
                if end > at:
                    found.append(((start, end), True))
                    at = end
        return found


class _Ends:
    """Finds where formulas and code end; what was looked for in vain is not looked for again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._none: set[str] = set()
        self._paragraph = 0  # brackets that open before this offset do not close in their paragraph

    def of_code(self, fence: str, at: int) -> int:
        """Where a block of code ends: with a line of its fence, or with the text."""
        closing = None if fence in self._none else _CLOSING[fence].search(self._text, at)
        if closing is None:
            self._none.add(fence)
        return closing.end() if closing else len(self._text)

    def of_environment(self, name: str, at: int) -> int:
        """Where an environment ends; ``at`` if it does not."""
        end = self._find(f"\\end{{{name}", at)
        return at if end < 0 else self._text.find("}", end) + 1

    def of_brackets(self, mark: str, at: int) -> int:
        """Where ``\\(`` or ``\\[`` closes; ``at`` if it does not in its paragraph."""
        if at < self._paragraph or (end := self._find(mark, at)) < 0:
            return at
        blank = _BLANK.search(self._text, at, end)
        if blank is not None:
            self._paragraph = blank.start()
            return at
        return end + len(mark)

    def _find(self, words: str, at: int) -> int:
        if words in self._none:
            return -1
        end = self._text.find(words, at)
        if end < 0:
            self._none.add(words)
        return end
