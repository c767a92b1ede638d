"""Does a line open with the name of a problem or a part?

This module reads one line and says what it could name, and in what form. Whether that is meant
as a heading depends on what stands around it and on the known labels: ``sections`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from grader.intake.parts.decorations import Decoration, past_tail, read_decoration, stops
from grader.intake.parts.headingwords import (
    AFTER_NUMBER,
    AGAIN,
    CASE,
    LEAD,
    PART,
    PROBLEM,
    SEVERAL_BARE,
    WIDE,
    reads_as_answer,
    worded_number,
)
from grader.intake.parts.labelpaths import GAP, LabelPath, read_path, read_path_after_number
from grader.intake.parts.labels import ROMAN, Label, PartKey, Tree
from grader.intake.parts.titles import LINE_LOOK, plain

UNKNOWN = ""  # the problem of a heading that names one the course does not have
_AROUND_TITLE = 120  # characters that may stand on a title's line besides: a number, points, marks
_MOST_LINES = 128  # that a reader remembers
_LAST_LETTER = "n"  # "2(x + 1)", "4z": no assignment has so many parts


class Form(IntEnum):
    """How a heading is written; the larger, the less it can be anything else."""

    DOT = 1  # "b." "i." "b:"
    HALF = 2  # "b)"
    PAREN = 3  # "(b)"
    KEY = 4  # "1b)", "3(c)"
    WORD = 5  # "Part (b)", "Problem 1"
    MARKED = 6  # a Markdown or LaTeX heading, bold, a table's cell, \item[(b)]


@dataclass(frozen=True, slots=True)
class Named:
    """What a line names.

    Args:
        problem: id of the problem; UNKNOWN for one that the course lacks; None if none is named.
        names: the label's parts in lower case, outermost first; () for a problem's own heading.
        several: it names more than one part, as in "(d)-(f)".
        end: offset in the line past the heading; the rest of the line is text.
        form: how it is written.
        level: 1 to 6 for Markdown and LaTeX headings, else 0.
        capital: the label is a capital letter and may be an option: "B) nd²".
        stopped: a colon, a bracket, the end of the line or the like closes the heading.
        rest: what follows on the line, trimmed.
        titled: the problem is named by its title, not by a number.
    """

    problem: str | None
    names: Label
    several: bool
    end: int
    form: Form
    level: int
    capital: bool
    stopped: bool
    rest: str
    titled: bool = False


@dataclass(frozen=True, slots=True)
class _Core:
    """A name without what stands around it."""

    problem: str | None
    path: LabelPath
    form: Form
    capital: bool = False


_ANSWERS = re.compile(
    r"(?:(?:my|the|final|full|revised|corrected|updated)[ \t]+){0,3}"
    r"(?:answers?|solutions?|soln?\.?|ans\.?|work|response)(?:[ \t]+(to|for|of|on))?[ \t]*(:?)[ \t]*",
    re.IGNORECASE,
)
_HOMEWORK = re.compile(
    r"(?:hw|homework|assignment|pset|problem[ \t]+set)[ \t]*#?[ \t]*\d{1,3}" + GAP + r"[-–—:,./|]?" + GAP,
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"\d{1,3}(?:\.\d{1,3}){1,4}\.?[ \t\u00a0]+|\d{1,3}\.?[ \t\u00a0]+(?=problem|question|exercise|part)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\d{1,2}[.)][ \t]{1,4}(?P<bold>(?:\*\*|__)?)(?=\((?P<label>[A-Za-z]{1,4})\))")
_NUMBER = re.compile(r"(\d{1,3})((?:\.\d{1,3})*)(?![\d.,]*\d)")
_ENCLOSED = re.compile(r"\((?P<number>\d{1,3}\.?)(?=[a-n][).])")
_CLOSED = re.compile(r"[.:](?!\w)")
_PRODUCT = re.compile(r"\([a-z][A-Z]\)(?=[\w^(])")
_TWO_LETTERS = re.compile(r"[a-z]{2}")
_ANSWER = re.compile(r"[ \t]+[A-Z0-9\[({$\\]")  # "4c B", "3c [1, 4]", but not "4d x"
_MARKS = r"(?:(?:\\?\*){2}|__)?"  # "**3.** (c)", "3. **(c)**"
_GAP_AFTER_NUMBER = re.compile(r"-(?=[a-z][):])|" + GAP + r"[.)]?" + _MARKS + GAP + _MARKS)


class Reader:
    """Reads lines against the problems of a course."""

    def __init__(self, known: Sequence[PartKey]) -> None:
        self.trees = {key.problem_id: Tree(key.labels) for key in known}
        self._none = Tree(())
        self._by_number = {key.number.lower(): key.problem_id for key in known if key.number}
        self._numbers = {problem: number for number, problem in self._by_number.items()}
        self._odd = sorted((n for n in self._by_number if not n.isdigit()), key=len, reverse=True)
        self._by_title: dict[str, str] = {}
        for key in known:
            for name in (key.title, key.problem_id):
                if plain(name):
                    self._by_title.setdefault(plain(name), key.problem_id)
        self._opening = re.compile("|".join(sorted({re.escape(t.split()[0]) for t in self._by_title})) or r"(?!)")
        self._longest = max(map(len, self._by_title), default=0) + _AROUND_TITLE
        self._read = lru_cache(maxsize=_MOST_LINES)(self._named)

    def tree(self, problem: str | None) -> Tree:
        """The labels of a problem; an empty tree for one that the course lacks."""
        return self.trees.get(problem or UNKNOWN) or self._none

    def number(self, problem: str) -> str:
        """The number of a problem, "" if it has none."""
        return self._numbers.get(problem, "")

    def problem_numbered(self, number: str) -> str:
        """The problem with this number; UNKNOWN if the course lacks it."""
        return self._by_number.get(number.lstrip("0") or "0", UNKNOWN)

    def problem_counted(self, count: int) -> str:
        """The problem that stands at this place of a counted list; one alone and without a number stands first."""
        if count == 1 and len(self.trees) == 1 and not self._numbers:
            return next(iter(self.trees))
        return self.problem_numbered(str(count))

    def read(self, line: str, problem: str = UNKNOWN) -> Named | None:
        """What the line names, or None if it does not open with a name.

        Args:
            line: without its line end; only its first LINE_LOOK characters are looked at.
            problem: id of the problem in which the line stands; its labels guide the reading.

        A text is looked over before it is cut, so that the last lines are remembered.
        """
        return self._read(line[:LINE_LOOK], problem)

    def _named(self, line: str, problem: str) -> Named | None:
        line = line.translate(WIDE)
        look = self._past_counter(line, read_decoration(line), problem)
        if look.end >= len(line):
            return None
        if word := self._word(line, look, problem):
            return word
        core = self._core(line, look, problem)
        if core is None or (core.problem and not core.path.names and self._is_title(line[look.end :])):
            return self._title(line, look)
        stopped = stops(line, core.path.end)
        end = past_tail(line, core.path.end, look)
        rest = line[end:].strip()
        if core.problem and rest and self._by_title.get(plain(rest)) == core.problem:
            end, stopped = len(line), True
        marked = look.level > 0 or look.item or (look.bold > 0 and stopped)
        form = Form.MARKED if marked else core.form
        return Named(
            core.problem,
            core.path.names,
            core.path.several,
            end,
            form,
            look.level,
            core.capital,
            stopped,
            rest,
        )

    def _past_counter(self, line: str, look: Decoration, problem: str) -> Decoration:
        """Past the number of a list's item before a label, “1. **(a)**”, in a problem that has no number itself."""
        match = _LISTED.match(line, look.end) if line[look.end : look.end + 1].isdigit() else None
        if match is None or not self.tree(problem).known((match["label"].lower(),)) or self.number(problem):
            return look
        return replace(look, end=match.end(), bold=look.bold + bool(match["bold"]))

    def _core(self, line: str, look: Decoration, problem: str) -> _Core | None:
        at = look.end
        if (look.level or look.bold) and (match := AGAIN.match(line, at)):
            at = match.end()
        if match := _HOMEWORK.match(line, at):
            at = match.end()
        asked = False
        if match := _ANSWERS.match(line, at):
            if match.group(2) and not match.group(1):
                return None  # "Answer: (c)" gives an answer
            at, asked = match.end(), not match.group(1)
        if match := _COUNTER.match(line, at):
            at = match.end()
        if match := PROBLEM.match(line, at):
            return self._numbered(line, match.end())
        if asked and (core := self._asked(line, at, problem, look)):
            return core
        keyed = self._keyed(line, at) if line[at : at + 1].isalnum() else self._enclosed(line, at)
        if keyed:
            return keyed
        if match := PART.match(line, at):
            return self._after_part(line, match.end(), problem, bool(match.group(1)))
        if (match := CASE.match(line, at)) and (path := read_path(line, match.end(), self.tree(problem))):
            return _Core(None, path, Form.WORD) if path.names[0] in ROMAN else None
        if asked:
            return None  # "Solution (c)" may well be an answer: only "Solution to (c)" is a heading
        if match := LEAD.match(line, at) or AGAIN.match(line, at):
            return self._led(line, match.end(), problem)
        return self._relative(line, at, problem, look)

    def _asked(self, line: str, at: int, problem: str, look: Decoration) -> _Core | None:
        """What "Solution" and "Answer" are of, where no other word tells: "Solution 3:", "## Answer (d)"."""
        if line[at : at + 1].isdigit():
            number = self._number(line, at)
            if number is None or not number[0]:
                return None
            if not look.level and not re.match(r"[:.](?!\d)|[ \t]*$", line[number[1] :]):
                return None
            called = re.search(r"(?i:solutions?|soln?\.?)[ \t]*$", line[:at]) is not None
            if called or look.level or line[number[1] : number[1] + 1] == ":":
                return _Core(number[0], LabelPath((), number[1], False, False, False), Form.WORD)
            return None  # "Answer 3" may give one
        path = read_path(line, at, self.tree(problem))
        if path is None or path.bare or path.capital or not self.tree(problem).known(path.names):
            return None
        colon = line[path.end : path.end + 1] == ":"
        return _Core(None, path, Form.WORD) if look.level or colon else None

    def _after_part(self, line: str, at: int, problem: str, plural: bool) -> _Core | None:
        """After "Part": a label, several, or a problem's number and a label, "Part 3(c)"."""
        if plural and (match := SEVERAL_BARE.match(line, at)):
            first = (match.group()[0].lower(),)
            return _Core(None, LabelPath(first, match.end(), False, False, True), Form.WORD)
        if line[at].isdigit() and (keyed := self._keyed(line, at)):
            return _Core(keyed.problem, keyed.path, Form.WORD)
        path = read_path(line, at, self.tree(problem))
        return _Core(None, _several(path, plural), Form.WORD) if path else None

    def _led(self, line: str, at: int, problem: str) -> _Core | None:
        """After "For" or "Now": a label that a colon closes."""
        if match := PART.match(line, at):
            at = match.end()
        path = read_path(line, at, self.tree(problem))
        return _Core(None, path, Form.WORD) if path and line[path.end : path.end + 1] == ":" else None

    def _relative(self, line: str, at: int, problem: str, look: Decoration) -> _Core | None:
        """A label with neither a problem nor a word before it."""
        path = read_path(line, at, self.tree(problem))
        if path is None:
            return None
        closed = _CLOSED.match(line, path.end) is not None
        alone = (look.level > 0 or look.bold > 0 or look.item) and stops(line, path.end)
        if path.bare and not closed and not alone:
            return None  # "a kernel"
        if line[at] == "(" and (_TWO_LETTERS.match(line, path.end) or _PRODUCT.match(line, at)):
            return None  # "(c)ompute", "(dX)Y"
        form = Form.PAREN if line[at] == "(" else Form.HALF if line[path.end - 1] == ")" else Form.DOT
        return _Core(None, path, form, path.capital)

    def _number(self, line: str, at: int) -> tuple[str, int] | None:
        """The problem whose number stands here (UNKNOWN if the course lacks it), and its end."""
        low = line[at : at + 40].lower()
        for odd in self._odd:
            if low.startswith(odd) and not low[len(odd) : len(odd) + 1].isdigit():
                return self._by_number[odd], at + len(odd)
        match = _NUMBER.match(line, at)
        if match is None:
            return None
        if match.group(2):
            return UNKNOWN, match.end()  # "Exercise 1.2" of a textbook
        return self.problem_numbered(match.group(1)), match.end()

    def _numbered(self, line: str, at: int) -> _Core | None:
        """After "Problem": the number and perhaps a label."""
        number = self._number(line, at)
        worded = worded_number(line, at) if number is None else None
        if worded and (stops(line, worded[1]) or AFTER_NUMBER.match(line, worded[1])):
            number = self.problem_numbered(worded[0]), worded[1]
        if number is None:
            return None
        problem, end = number
        if match := AFTER_NUMBER.match(line, end):
            end = match.end()
        if line[at - 1] in "{[" and line[end : end + 1] in ("}", "]"):
            end += 1  # "\\problem{3}"
        path = read_path_after_number(line, end, self.tree(problem))
        return _Core(problem, path or LabelPath((), end, False, False, False), Form.WORD)

    def _keyed(self, line: str, at: int) -> _Core | None:
        """A number and a label with no word: "3(c)", "1b)", "1.b.ii", "3. (a)", "1. a)"."""
        number = self._number(line, at)
        if number is None:
            return None
        problem, end = number
        tree = self.tree(problem)
        gap = _GAP_AFTER_NUMBER.match(line, end)
        first = gap.end() if gap else end
        path = read_path(line, first, tree)
        if path is None or not path.names[0].isalpha():
            return None
        glued = line[end:first] in ("", ".", "-")
        closed = line[path.end : path.end + 1] in (".", ":", "|")
        if path.capital and line[path.end + 1 : path.end + 2].isalnum():
            closed = False  # "2 X.T @ y"
        if glued and tree.known(path.names):
            closed |= stops(line, path.end) or _ANSWER.match(line, path.end) is not None
        if path.bare and not closed:
            return None  # "4 d", "4d < n", "1. a kernel"
        if not tree.known(path.names) and path.names[0] not in ROMAN and path.names[0] > _LAST_LETTER:
            return None
        return _Core(problem, path, Form.KEY)

    def _enclosed(self, line: str, at: int) -> _Core | None:
        """A number and a known label in brackets: "(3c)", "(3.a.ii)"."""
        match = _ENCLOSED.match(line, at)
        number = self._number(line, at + 1) if match else None
        if match is None or number is None or not number[0]:
            return None
        tree = self.tree(number[0])
        path = read_path(line, match.end("number"), tree)
        if path is None or not tree.known(path.names) or line[path.end - 1 : path.end + 1].find(")") < 0:
            return None
        end = path.end if line[path.end - 1] == ")" else path.end + 1
        rest = line[end:].strip()
        if rest[:1].islower() and not reads_as_answer(rest):
            return None  # "(3c) is the equation above"
        return _Core(number[0], LabelPath(path.names, end, False, False, False), Form.KEY)

    def _word(self, line: str, look: Decoration, problem: str) -> Named | None:
        """A line that is nothing but a label of a word, "**Every order**", or begins with it: "Every order: …"."""
        called = self.tree(problem).words
        if not called:
            return None
        if (opens := _CALLED.match(line, look.end)) and (name := called.get(_PART.sub("", plain(opens[1])))):
            rest = line[opens.end() :].strip()
            return Named(None, (name,), False, opens.end(), Form.WORD, look.level, False, True, rest)
        text = line[look.end :].strip()
        name = called.get(_PART.sub("", plain(text)))
        enclosed = text.startswith("(") or text.rstrip("*_ ").endswith((":", ")", "."))
        strong = look.level > 0 or look.bold > 0 or look.item
        if name is None or not (strong or enclosed):
            return None
        form = Form.MARKED if strong else Form.WORD
        return Named(None, (name,), False, len(line), form, look.level, False, True, "")

    def _is_title(self, text: str) -> bool:
        return plain(text) in self._by_title

    def _title(self, line: str, look: Decoration) -> Named | None:
        """A line that is a problem's title or id, perhaps with a number before it."""
        if len(line) - look.end > self._longest:
            return None
        if not look.level and not self._opening.search(line[look.end :].casefold()):
            return None
        words = plain(line[look.end :])
        problem = self._by_title.get(words)
        if problem is None and look.level and words.isdigit():  # "# 3"
            problem = self._by_number.get(words)
        strong = look.level > 0 or look.bold > 0
        if problem is None or not (strong or " " in words):
            return None
        form = Form.MARKED if strong else Form.WORD
        return Named(problem, (), False, len(line), form, look.level, False, True, "", True)


def _several(path: LabelPath, plural: bool) -> LabelPath:
    return LabelPath(path.names, path.end, path.capital, path.bare, path.several or plural)


_PART = re.compile(r"^(?:sub)?part ")
_CALLED = re.compile(r"([^\W\d_][\w -]{1,40})(?::[*_]{2}|[*_]{2}[ \t]?:|:)[ \t]*(?=\S)")
