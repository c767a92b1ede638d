"""Sections of a text in which options are answered by letter: “**C.** It is O(d²)” is no heading of a part (c)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from grader.intake.parts.kept import FEW, LONG, kept
from grader.intake.parts.labels import Label, known_parts
from grader.intake.parts.sections import Section, find_sections
from grader.records import Part, Problem

_CAPITAL = re.compile(r"^[ \t]*(?:[-*+>][ \t]+)?[*_]{0,3}\(?([A-Z])[.):]", re.MULTILINE)
_SEVERAL = re.compile(
    r"^[ \t]*\(([a-z])\)(?=(?:(?:[ \t]*,[ \t]*and|[ \t]*,|[ \t]+and|[ \t]*&)[ \t]*\([a-z]\)){1,25}[ \t.]*$)",
    re.MULTILINE,
)
"""A line that is nothing but letters in brackets: “(a), (c) and (d)”."""
_CHOICES = frozenset({"choice", "choices"})


def sections_of(masked: str, problems: Sequence[Problem], inside: tuple[str, Label] = ("", ())) -> list[Section]:
    """Cut a text at its headings, as :func:`find_sections` does, but leave the options of a question whole.

    A line that begins with a capital letter, or is nothing but letters in brackets, is an answer, and no heading,
    where the part that is being answered has an option of that letter.

    Args:
        masked: text of a document.
        problems: of the course.
        inside: problem and label to which the text belongs before its first heading.
    """
    return list(_cutter(problems).sections(masked, inside))


class _Cutter:
    """Cuts texts at the headings of one course; the last texts are remembered, for each is cut more than once.

    Args:
        problems: of the course.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems
        self.known = known_parts(problems)
        choices = (part for problem in problems for part in problem.parts if part.type in _CHOICES)
        self.letters = frozenset(letter for part in choices for letter in part.options.options)
        self._remembered = lru_cache(maxsize=FEW)(self._sections)

    def sections(self, masked: str, inside: tuple[str, Label]) -> Sequence[Section]:
        """The sections of a text; arguments as of :func:`sections_of`."""
        cut = self._sections if len(masked) > LONG else self._remembered
        return cut(masked, inside)

    def _sections(self, masked: str, inside: tuple[str, Label]) -> Sequence[Section]:
        return tuple(_sections(masked, self, inside))


@kept
def _cutter(problems: Sequence[Problem]) -> _Cutter:
    return _Cutter(problems)


def _sections(masked: str, cutter: _Cutter, inside: tuple[str, Label]) -> list[Section]:
    known, problems = cutter.known, cutter.problems
    lines = _lines(masked, cutter.letters) if cutter.letters else []
    if not lines:
        return find_sections(masked, known, inside)
    without = find_sections(_hidden(masked, lines), known, inside)
    answers = []
    at = 0
    for match in lines:
        while at + 1 < len(without) and without[at + 1].heading_start <= match.start(1):
            at += 1
        part = _part_of(without[at], problems)
        if part is not None and match.group(1).upper() in part.options.options:
            answers.append(match)
    return find_sections(_hidden(masked, answers), known, inside)


def _lines(masked: str, letters: Collection[str]) -> list[re.Match[str]]:
    """The lines that may answer by letters of options, in order."""
    found = [match for match in _CAPITAL.finditer(masked) if match.group(1) in letters]
    more = [match for match in _SEVERAL.finditer(masked) if match.group(1).upper() in letters] if "(" in masked else []
    return sorted([*found, *more], key=lambda match: match.start()) if more else found


def _hidden(masked: str, lines: Iterable[re.Match[str]]) -> str:
    """The text with the first letters of some lines replaced by a mark of the same length."""
    pieces, last = [], 0
    for match in lines:
        pieces += [masked[last : match.start(1)], "·"]
        last = match.end(1)
    return "".join([*pieces, masked[last:]])


def _part_of(section: Section, problems: Sequence[Problem]) -> Part | None:
    """The choice that a section answers."""
    for problem in problems:
        for part in problem.parts:
            if problem.id == section.problem and part.label == section.label and part.type in _CHOICES:
                return part
    return None
