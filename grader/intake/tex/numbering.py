"""Sections that a document numbers in its own way: ``\\renewcommand{\\thesubsection}{(\\alph{subsection})}``.

TeX prints the label before the title, so a section without words about a part may be one: ``\\subsection{Kernel}``
reads ``\\subsection{(a) Kernel}``. The usual numbers 1, 1.1 say nothing of problems and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.intake.tex.counters import Counters
from grader.intake.tex.definitions import TITLE, Macro

LEVELS = ("section", "subsection", "subsubsection", "paragraph")
_NUMBERS = re.compile(r"^(?:\d{1,3}[.-])+(?=[A-Za-z(])")
_LABEL = re.compile(r"\(?([A-Za-z]{1,4})[.):]?")
_SAYS_MORE = re.compile(r"[A-Za-z]")


class Numbering:
    """How far the sections of a document are, from where it says how they are numbered.

    Args:
        counters: of the document, in which the sections are counted.
    """

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self._counts = False

    def begin(self, name: str) -> None:
        """Count from here on, if a macro says how sections are numbered.

        Args:
            name: of the macro that was defined.
        """
        if not self._counts and any(name in (f"\\the{level}", TITLE.format(level)) for level in LEVELS):
            self._counts = True
            for level in LEVELS:
                self._counters.declare(level)

    def step(self, level: str, macros: Mapping[str, Macro]) -> Macro | None:
        """A section begins.

        Args:
            level: one of LEVELS.
            macros: defined so far.

        Returns:
            The macro that prints its label; None where the document says nothing of it.
        """
        if not self._counts:
            return None
        self._counters.step(level)
        for lower in LEVELS[LEVELS.index(level) + 1 :]:
            self._counters.reset(lower)
        return macros.get(TITLE.format(level)) or macros.get(f"\\the{level}")


def label(printed: str) -> str:
    """What is put before a title, of what TeX prints there: "(a)" of "1.a", and nothing of "1.1"."""
    printed = _NUMBERS.sub("", printed.strip())
    if not _SAYS_MORE.search(printed):
        return ""
    alone = _LABEL.fullmatch(printed)
    return f"({alone.group(1)}) " if alone else f"{printed} "
