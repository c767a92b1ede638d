"""Which problems do texts name by a heading? Looked for where a course has more problems than are assigned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.intake.parts.decorations import read_decoration
from grader.intake.parts.titles import LINE_LOOK, plain
from grader.records import Problem

_HEADS = frozenset("#*\\")  # of headings in Markdown and LaTeX


def names_of(problems: Iterable[Problem]) -> dict[str, str]:
    """The ids of problems by the lines that name them: their titles and ids.

    Args:
        problems: looked for.
    """
    return {name: problem.id for problem in problems for name in (plain(problem.title), plain(problem.id)) if name}


def named_in(texts: Iterable[str], names: Mapping[str, str]) -> set[str]:
    """The ids of those problems whose title or id is a line of a text.

    Args:
        texts: of submissions or transcripts, raw.
        names: see :func:`names_of`.
    """
    found: set[str] = set()
    if not names:
        return found
    for text in texts:
        for line in text.splitlines():
            if not 0 < len(line) <= LINE_LOOK:
                continue
            name = names.get(words := plain(line[read_decoration(line).end :] if line.startswith("\\") else line))
            if name and (" " in words or line.lstrip()[:1] in _HEADS):  # one word alone may be any word
                found.add(name)
    return found


def named_problems(texts: Iterable[str], problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Those of some problems whose title or id is a line of a text.

    Args:
        texts: of submissions or transcripts, raw.
        problems: looked for.

    Returns:
        The problems named, in their order.
    """
    found = named_in(texts, names_of(problems))
    return tuple(problem for problem in problems if problem.id in found)
