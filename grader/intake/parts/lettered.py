"""Sections of a text in which options are answered by letter: “**C.** It is O(d²)” is no heading of a part (c)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from grader.intake.parts.labels import Label, known_parts
from grader.intake.parts.sections import Section, find_sections
from grader.records import Part, Problem

_CAPITAL = re.compile(r"^[ \t]*(?:[-*+>][ \t]+)?[*_]{0,3}\(?([A-Z])[.):]", re.MULTILINE)
_CHOICES = frozenset({"choice", "choices"})


def sections_of(masked: str, problems: Sequence[Problem], inside: tuple[str, Label] = ("", ())) -> list[Section]:
    """Cut a text at its headings, as :func:`find_sections` does, but leave the options of a question whole.

    A line that begins with a capital letter is an answer, and no heading, where the part that is being
    answered has an option of that letter.

    Args:
        masked: text of a document.
        problems: of the course.
        inside: problem and label to which the text belongs before its first heading.
    """
    known = known_parts(problems)
    lines = [match for match in _CAPITAL.finditer(masked) if _is_option(match.group(1), problems)]
    if not lines:
        return find_sections(masked, known, inside)
    without = find_sections(_hidden(masked, lines), known, inside)
    answers = []
    at = 0
    for match in lines:
        while at + 1 < len(without) and without[at + 1].heading_start <= match.start(1):
            at += 1
        part = _part_of(without[at], problems)
        if part is not None and match.group(1) in part.options.options:
            answers.append(match)
    return find_sections(_hidden(masked, answers), known, inside)


def _hidden(masked: str, lines: Iterable[re.Match[str]]) -> str:
    """The text with the capital letters of some lines replaced by a mark of the same length."""
    pieces, last = [], 0
    for match in lines:
        pieces += [masked[last : match.start(1)], "·"]
        last = match.end(1)
    return "".join([*pieces, masked[last:]])


def _is_option(letter: str, problems: Sequence[Problem]) -> bool:
    return any(
        part.type in _CHOICES and letter in part.options.options for problem in problems for part in problem.parts
    )


def _part_of(section: Section, problems: Sequence[Problem]) -> Part | None:
    """The choice that a section answers."""
    for problem in problems:
        for part in problem.parts:
            if problem.id == section.problem and part.label == section.label and part.type in _CHOICES:
                return part
    return None
