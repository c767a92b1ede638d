"""Problems and parts that a person's words name: "1(c)", "parts (d)-(f)", "problem 3"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.intake.parts.byid import those
from grader.intake.parts.kept import FEW, LONG, MANY, SHORT, kept
from grader.intake.parts.labels import ROMAN, Label, Tree, known_parts
from grader.intake.parts.titles import plain
from grader.records import Problem

MOST_WORDS = 20_000  # characters of a person's turn that are searched for references

_MATH = re.compile(r"\$[^$\n]{1,500}\$")
_PROBLEMS = re.compile(
    r"\b(?:problems?|questions?|exercises?|prob\.)[ \t\u00a0]{0,4}#?[ \t]{0,4}(?=\d)|\b[QqP](?=\d)", re.IGNORECASE
)
_NUMBERS = re.compile(r"(\d{1,3})(?:(?:\([a-z]{1,4}\)){0,2}[ \t]*(?:,[ \t]*and\b|,|and\b|&|[-–]|to\b)[ \t]*(?=\d))?")
_REFERENCE = re.compile(
    r"(?<![\w.}\\^])(?=[\w(#])(?:"  # most places are ruled out before each form is tried
    # 1(c), 1c, 1.c, Q3c; then (ii), .ii
    r"[QqP#]?(?P<number>\d{1,3})(?:[ \t]?\((?P<letter>[a-z])\)|[ \t]?(?P<glued>[a-n])(?![a-z])"
    r"|\.(?P<dotted>[a-n])(?![\w.]))"
    r"(?:[ \t]?[.(]?(?P<sub>[ivx]{1,4})\b\)?)?"
    # (ii) of (b)
    r"|(?:(?i:parts?)[ \t]{0,4})?\(?(?P<below>[ivx]{1,4})\)?[ \t]of[ \t](?:part[ \t])?\(?(?P<above>[a-n])\)"
    # (c), part(c), (b)(ii), (b)ii, (b) ii.
    r"|(?:(?i:parts?|subparts?)[ \t]{0,4})?\((?P<paren>[a-z]|[ivx]{2,4})\)"
    r"(?:[ \t]?\(?(?P<psub>[ivx]{1,4})[).]|(?P<pglued>[ivx]{1,4})\b)?"
    # part c, part C, Part (C), part b.ii, part b ii
    r"|(?i:parts?|subparts?)(?:[ \t]{1,4}(?P<bare>[a-nA-HJ-N])\b|[ \t]{0,4}\((?P<capital>[A-HJ-N])\))"
    r"(?:\.(?P<bsub>[ivx]{1,4})\b|[ \t](?P<spaced>ii|iii|iv|vi{1,3})\b)?"
    # b.ii, bii; c) where no bracket is open
    r"|(?P<short>[a-n])(?:\.(?P<ssub>[ivx]{1,4})|(?P<tight>i{2,3}|iv|vi{1,3}))\b|(?P<half>[a-n])\)"
    # redo c, your answer to c
    r"|(?i:redo|re-?check|double-check|revisit|(?:rethink|reconsider)(?: about)?|back to"
    r"|(?:answers?|solutions?) (?:to|for|of))[ \t](?P<verb>[b-n])"
    r"(?![\w'’^(\[]|[ \t]*[=<>+*/])"
    # And c? What about c?
    r"|(?:And|(?i:(?:what|how) about))[ \t](?P<then>[a-n])(?=[ \t]?\?)"
    r")"
)
_LETTERS = ("letter", "glued", "dotted", "above", "paren", "bare", "capital", "short", "half", "verb", "then")
_BELOW = ("sub", "below", "psub", "pglued", "bsub", "spaced", "ssub", "tight")
_KNOWN_ONLY = ("short", "half", "verb", "then")  # forms that other words have, too
_TO = re.compile(r"[ \t]*(?:-|–|—|to\b|through\b)[ \t]*(?:\d{1,3}[ \t]?)?(\()?([a-n])(\))?(?![\w'’])", re.IGNORECASE)
_AND_BARE = re.compile(r"[ \t]*(?:,[ \t]*and|,|and|&)[ \t]+([a-n])(?![\w('’])")
_CASE = re.compile(
    r"\bthe[ \t]([a-z]{4,20})[ \t](?:case|part|example|version|variant|setting|model)s?\b", re.IGNORECASE
)
_NO_CASE = frozenset(
    "first second third fourth last next other same worst best base special general whole entire main previous final"
    " remaining only easy hard latter former this that most".split()
)
_RUN = re.compile(r"[\w-]+")
_LOOK_BACK = 80  # characters in which a bracket may have been opened


@dataclass(frozen=True, slots=True)
class References:
    """What some words name.

    Args:
        problems: ids of the problems named, in order, each once.
        parts: ``(problem id, label)``, in order, each once.
        called: those of the problems that are called so (“problem 2”, by id or title), and not by “2a” alone.
    """

    problems: tuple[str, ...]
    parts: tuple[tuple[str, Label], ...]
    called: tuple[str, ...] = ()


class _Names:
    """How the problems of a course are called."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems
        self.numbers = {problem.number.lower(): problem.id for problem in problems if problem.number}
        self.trees = {key.problem_id: Tree(key.labels) for key in known_parts(problems)}
        self._order = {problem.id: place for place, problem in enumerate(problems)}
        self._ids: dict[str, list[str]] = {}  # by what they are in small letters
        for problem in problems:
            if "-" in problem.id:
                self._ids.setdefault(problem.id.casefold(), []).append(problem.id)
        self._titles: dict[str, list[tuple[str, str]]] = {}  # of several words, by the first one
        for problem in problems:
            first, _, more = (title := plain(problem.title)).partition(" ")
            if more:
                self._titles.setdefault(first, []).append((problem.id, title))
        self._remembered = lru_cache(maxsize=FEW)(self._found)
        self._asked = lru_cache(maxsize=MANY)(self._found)

    def found(self, text: str, current: str, *, by_person: bool) -> References:
        """What a text names; arguments as of :func:`references`."""
        if by_person and len(text) <= SHORT:
            return self._asked(text, current)
        return (self._found if len(text) > LONG else self._remembered)(text, current)

    def _found(self, text: str, current: str) -> References:
        return _references(text, self, current)

    def said(self, text: str) -> list[str]:
        """The problems whose id or title stands in a text, in their order.

        “singular values” alone do not name “singular-values”, and titles and ids of one word are words like others.
        """
        found: set[str] = set()
        if "-" in text:
            runs = [run for run in _RUN.findall(text) if "-" in run]
            small = {folded for run in runs if len(folded := run.casefold()) == len(run)}  # not “ß”, which is no “ss”
            found = {problem for run in small for problem in self._ids.get(run, ())}
        words = plain_words(text)
        spaced = f" {words} "
        for first in self._titles.keys() & set(words.split()):
            found.update(problem for problem, title in self._titles[first] if f" {title} " in spaced)
        return sorted(found, key=self._order.__getitem__)


@kept
def _names(problems: Sequence[Problem]) -> _Names:
    return _Names(problems)


def references(text: str, problems: Sequence[Problem], current: str = "", *, by_person: bool = True) -> References:
    """The problems and parts that ``text`` names.

    Args:
        text: a person's words; only the first MOST_WORDS characters are searched. Who asked, what is hinted at and
            what a reply is about are asked one after another, so that the last texts are remembered.
        problems: of the course.
        current: id of the problem that is talked about, to which "(c)" alone belongs.
        by_person: they may come again in another conversation, as the words of a reply hardly do.
    """
    return _names(problems).found(text[:MOST_WORDS], current, by_person=by_person)


def _references(text: str, names: _Names, current: str) -> References:
    if "$" in text:
        text = _MATH.sub(lambda match: " " * len(match.group()), text)
    mentions = _problem_mentions(text, names.numbers)
    named = [problem for _, problem in mentions]
    named += names.said(text)
    called = tuple(dict.fromkeys(named))
    parts: list[tuple[str, Label]] = []
    if len(names.problems) == 1 and not current:
        current = names.problems[0].id
    if not current and len(set(named)) == 1:
        current = named[0]
    remaining = iter([*mentions, (len(text) + 1, "")])
    upcoming = next(remaining)
    for match in _REFERENCE.finditer(text):
        while upcoming[0] <= match.start():
            current = upcoming[1]
            upcoming = next(remaining)
        if match.group("glued") and _in_formula(match, text):
            continue
        if match.group("number"):
            current = names.numbers.get(match.group("number"), "")
            if current:
                named.append(current)
        if current:
            parts += [(current, label) for label in _labels(match, text, names.trees[current])]
    parts += _cases(text, names, current or (mentions[0][1] if mentions else ""))
    return References(tuple(dict.fromkeys(named)), tuple(dict.fromkeys(parts)), called)


def _in_formula(match: re.Match[str], text: str) -> bool:
    """Whether “4b” is a product and no name: it has a power, or a sign of a formula stands beside it."""
    before = text[max(0, match.start() - 2) : match.start()].rstrip()[-1:]
    return before in _SIGNS or _FOLLOWS.match(text, match.end()) is not None


_SIGNS = frozenset("=·×≤≥≈^√−")
_FOLLOWS = re.compile(r"[²³⁰¹⁴-⁹₀-₉ᵀ]|[ \t]?[=·×≤≥≈^]|[ \t]?[+−][ \t]?(?!#?\d{1,3}[a-n]\b)")


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
    """The labels that one reference names, with those that a range or a list adds."""
    form = next(name for name in _LETTERS if match.group(name))
    letter = match.group(form).lower()
    sub = next((match.group(name) for name in _BELOW if match.group(name)), None)
    names = (letter, sub) if sub in ROMAN else (letter,)
    if form in _KNOWN_ONLY and not (tree.known(names) and _stands_alone(match, text, form)):
        return []
    place = tree.place(names, ())
    if place is None:
        return []
    labels = [place.label]
    at = match.end()
    bare = form in ("bare", "glued", "verb")
    if sub is None and (last := _TO.match(text, at)) and letter < last.group(2).lower() and (bare or last.group(3)):
        labels += [(chr(code),) for code in range(ord(letter) + 1, ord(last.group(2).lower()) + 1)]
    while form in ("bare", "verb") and (more := _AND_BARE.match(text, at)):
        labels.append((more.group(1),))
        at = more.end()
    return labels


def _stands_alone(match: re.Match[str], text: str, form: str) -> bool:
    """Whether the bracket of "c)" closes nothing that was opened before."""
    if form != "half":
        return True
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return before.count("(") <= before.count(")")


def _cases(text: str, names: _Names, current: str) -> list[tuple[str, Label]]:
    """Parts called by what they are about: “the scalar case”, where one part alone speaks of “scalar”."""
    parts = [part for problem in those((current,), names.problems) for part in problem.parts]
    called = {match.group(1).lower(): None for match in _CASE.finditer(text)} if parts else {}
    if not called:
        return []
    told = [(part.label, set(plain_words(f"{part.prompt} {' '.join(part.cues)}").split())) for part in parts]
    found: list[tuple[str, Label]] = []
    for word in called:
        said = {label for label, words in told if word in words and word not in _NO_CASE}
        if len(said) == 1:
            found.append((current, tuple(name.lower() for name in said.pop())))
    return found
