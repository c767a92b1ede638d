"""Problems and parts that a person's words name: "1(c)", "parts (d)-(f)", "problem 3"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.intake.headings import plain
from grader.intake.labels import ROMAN, Label, Tree, known_parts
from grader.records import Problem

MOST_WORDS = 20_000  # characters of a person's turn that are searched for references

_MATH = re.compile(r"\$[^$\n]{1,500}\$")
_PROBLEMS = re.compile(
    r"\b(?:problems?|questions?|exercises?|prob\.)[ \t\u00a0]{0,4}#?[ \t]{0,4}(?=\d)|\b[QqP](?=\d)", re.IGNORECASE
)
_NUMBERS = re.compile(r"(\d{1,3})(?:(?:\([a-z]{1,4}\)){0,2}[ \t]*(?:,[ \t]*and\b|,|and\b|&|[-–]|to\b)[ \t]*(?=\d))?")
_REFERENCE = re.compile(
    r"(?<![\w.}\\^])(?:"
    r"(?P<number>\d{1,3})[ \t]?(?:\((?P<letter>[a-z])\)|(?P<glued>[a-n])(?![a-z]))"
    r"(?:[ \t]?[.(]?(?P<sub>[ivx]{1,4})\b\)?)?"
    r"|\((?P<paren>[a-z]|[ivx]{2,4})\)(?:[ \t]?\(?(?P<psub>[ivx]{1,4})[).])?"
    r"|(?i:parts?|subparts?)[ \t]{1,4}(?P<bare>[a-n])\b(?:\.(?P<bsub>[ivx]{1,4})\b)?"
    r")"
)
_TO = re.compile(r"[ \t]*(?:-|–|to|through)[ \t]*\(?([a-n])\)", re.IGNORECASE)
_AND_BARE = re.compile(r"[ \t]*(?:,[ \t]*and|,|and|&)[ \t]+([a-n])(?![\w(])")


@dataclass(frozen=True, slots=True)
class References:
    """What some words name.

    Args:
        problems: ids of the problems named, in order, each once.
        parts: ``(problem id, label)``, in order, each once.
    """

    problems: tuple[str, ...]
    parts: tuple[tuple[str, Label], ...]


def references(text: str, problems: Sequence[Problem], current: str = "") -> References:
    """The problems and parts that ``text`` names.

    Args:
        text: a person's words; only the first MOST_WORDS characters are searched.
        problems: of the course.
        current: id of the problem that is talked about, to which "(c)" alone belongs.
    """
    text = _MATH.sub(lambda match: " " * len(match.group()), text[:MOST_WORDS])
    numbers = {problem.number.lower(): problem.id for problem in problems if problem.number}
    trees = {key.problem_id: Tree(key.labels) for key in known_parts(problems)}
    mentions = _problem_mentions(text, numbers)
    named = [problem for _, problem in mentions]
    words = f" {plain_words(text)} "
    for problem in problems:
        for name in (plain(problem.title), plain(problem.id)):
            if " " in name and f" {name} " in words:
                named.append(problem.id)
    parts: list[tuple[str, Label]] = []
    if len(problems) == 1 and not current:
        current = problems[0].id
    if not current and len(set(named)) == 1:
        current = named[0]
    remaining = iter([*mentions, (len(text) + 1, "")])
    upcoming = next(remaining)
    for match in _REFERENCE.finditer(text):
        while upcoming[0] <= match.start():
            current = upcoming[1]
            upcoming = next(remaining)
        if match.group("number"):
            current = numbers.get(match.group("number"), "")
            if current:
                named.append(current)
        if not current:
            continue
        parts += [(current, label) for label in _labels(match, text, trees[current])]
    return References(tuple(dict.fromkeys(named)), tuple(dict.fromkeys(parts)))


def plain_words(text: str) -> str:
    """All words of a text in lower case with single spaces."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def part_name(problem: Problem, label: Label) -> str:
    """``problem/part`` for a label: the part's id where there is one such part, else the label itself."""
    parts = [part for part in problem.parts if tuple(name.lower() for name in part.label) == label]
    return f"{problem.id}/{parts[0].id if len(parts) == 1 else '.'.join(label)}"


def _problem_mentions(text: str, numbers: dict[str, str]) -> list[tuple[int, str]]:
    """Offsets and ids of the problems called by number; "" for numbers the course lacks."""
    found: list[tuple[int, str]] = []
    for match in _PROBLEMS.finditer(text):
        at = match.end()
        while number := _NUMBERS.match(text, at):
            # Text follows the last number; a number before a label is a reference of its own.
            found.append((match.start(), numbers.get(number.group(1), "")))
            at = number.end()
            if not text[number.end() : number.end() + 1].isdigit() or number.end() == number.end(1):
                break
    return [(at, problem) for at, problem in found if problem]


def _labels(match: re.Match[str], text: str, tree: Tree) -> list[Label]:
    letter = match.group("letter") or match.group("glued") or match.group("paren") or match.group("bare")
    sub = match.group("sub") or match.group("psub") or match.group("bsub")
    if sub and sub not in ROMAN:
        sub = None
    names = (letter, sub) if sub else (letter,)
    place = tree.place(names, ())
    if place is None:
        return []
    labels = [place.label]
    if sub is None and (last := _TO.match(text, match.end())) and letter < last.group(1):
        for code in range(ord(letter) + 1, ord(last.group(1)) + 1):
            labels.append((chr(code),))
    at = match.end()
    while match.group("bare") and (more := _AND_BARE.match(text, at)):
        labels.append((more.group(1),))
        at = more.end()
    return labels
